"""A small round with sealed snapshots of hostile portals, made without a crawl."""

import hashlib
import io
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path

from PIL import Image
from sqlalchemy import Engine

from checks.findings import Finding, Reason
from config.declarations import DeclaredFile, DeclaredRow, declared_file
from config.loading import load_framework
from config.models import Agency, Framework, Register, Service
from config.vocabulary import Cause, Label, Outcome
from review.passwords import hash_password
from review.permissions import Role
from snapshot.models import (
    Box,
    Candidate,
    ClickStep,
    Evidence,
    LabelSearch,
    PageRecord,
    SearchReport,
    VisitRecord,
)
from snapshot.writer import SnapshotWriter
from store import repository
from store.accounts import add_account
from store.repository import Round
from store.session import open_store
from tests.review.queue import ListedJobs

ROOT = Path(__file__).parents[2]
AS_OF = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
PASSWORD = "a long test password"
HOSTILE = '"><script>window.hacked=1</script><img src=x onerror="window.hacked=1">'
HOSTILE_URL = "javascript:window.hacked=1//"
HOSTILE_PAGE = """<!doctype html><title>پرونده<script>window.hacked=1</script></title><meta charset="utf-8">
<meta http-equiv="refresh" content="0;url=PORTAL/away"><base href="PORTAL/">
<link rel="stylesheet" href="PORTAL/style.css"><script>parent.hacked=1; top.location="PORTAL/"</script>
<body onload="window.hacked=1"><h1>میز خدمت</h1><img src="PORTAL/pixel.png" onerror="parent.hacked=1">
<svg onload="parent.hacked=1"><script>parent.hacked=1</script></svg><form action="PORTAL/"><button>Go</button></form>
<iframe src="PORTAL/frame"></iframe><a href="javascript:parent.hacked=1">x</a></body>"""

AGENCIES = (
    Agency(id="roads", name_fa="سازمان راهداری", name_en="Roads", kind="main", portal_url="https://roads.example/"),
    Agency(id="post", name_fa="شرکت پست", name_en="Post", kind="other", cluster="comms", portal_url=HOSTILE_URL),
)
SERVICES = tuple(
    Service(id=f"s{number}", agency="roads", title_fa=f"خدمت {number}", title_en=f"Service {number}")
    for number in (1, 2, 3)
)
PEOPLE: dict[str, tuple[Role, str]] = {
    "admin": (Role.ADMINISTRATOR, ""),
    "lead": (Role.LEAD, ""),
    "sara": (Role.EVALUATOR, ""),
    "omid": (Role.EVALUATOR, ""),
    "rep": (Role.AGENCY, "roads"),
    "reader": (Role.READER, ""),
}


@dataclass(frozen=True)
class World:
    """A workspace with one round."""

    engine: Engine
    home: Path
    round: Round
    portal: str = "http://portal.invalid"
    jobs: ListedJobs = field(default_factory=ListedJobs)


@cache
def hashed() -> str:
    """Argon2 is slow on purpose; one hash will do for everybody here."""
    return hash_password(PASSWORD)


def framework() -> Framework:
    shipped = load_framework(ROOT / "config" / "frameworks" / "english-example.toml")
    return shipped.model_copy(update={"minimum_coverage": Fraction(0), "minimum_priority_coverage": Fraction(0)})


def make_world(home: Path, portal: str = "http://portal.invalid") -> World:
    """Accounts, a round `r1`, and one judged visit of each agency; hostile pages call the address `portal`."""
    home.mkdir(parents=True, exist_ok=True)
    engine = open_store(f"sqlite:///{home / 'didban.db'}")
    for name, (role, agency) in PEOPLE.items():
        add_account(
            engine, name=name, full_name=name, role=role, agency=agency or None, password_hash=hashed(), who="test"
        )
    round_ = repository.open_round(engine, "r1", Register(agencies=AGENCIES, services=SERVICES), framework())
    world = World(engine, home, round_, portal)
    for visited in AGENCIES:
        visit(world, visited)
    _declare(world)
    return world


def visit(world: World, agency: Agency, *, quote: str = HOSTILE, at: datetime = AS_OF) -> str:
    """A sealed and judged visit of an agency; another quote is other evidence."""
    ordered = repository.order_visit(world.engine, "r1", agency.id, counts=True, as_of=at)
    services = tuple(service for service in SERVICES if service.agency == agency.id)
    html = HOSTILE_PAGE.replace("PORTAL", world.portal)
    writer = SnapshotWriter(world.home / ordered.folder)
    writer.begin(
        VisitRecord(visit_id=ordered.id, round="r1", agency=agency, services=services, started_at=at, as_of=at)
    )
    record = PageRecord(
        page_id=writer.next_page_id(), url=HOSTILE_URL, requested_url=HOSTILE_URL, status=200, fetched_at=at,
        content_type="text/html; charset=utf-8", page_type=Label.SERVICES_LIST,
        click_path=(ClickStep(url="/", how="start"), ClickStep(url="/", how="link", text=HOSTILE)),
    )  # fmt: skip
    record = writer.add_page(record, html.encode(), [("Content-Type", "text/html")])
    rendering = writer.add_rendering(
        record.page_id, rendered_at=at, final_url=record.url, reason="evidence", html=html,
        screenshot=_jpeg(), screenshot_before_consent=_jpeg(),
    )  # fmt: skip
    record = writer.replace_page(record.model_copy(update={"rendering": rendering}))
    candidate = Candidate(url=HOSTILE, promise=0.8, state="filtered", detail=HOSTILE)
    label = LabelSearch(label=Label.SERVICES_LIST, threshold=0.3, candidates=(candidate,))
    writer.search(SearchReport(labels=(label,)))
    writer.seal(at)
    piece = Evidence(
        url=HOSTILE_URL, page_id=record.page_id, fetched_at=at, http_status=200, sha256=record.body_sha256,
        dom="rendered", quote=quote, screenshot=rendering.screenshot, box=Box(x=40, y=60, width=200, height=40),
        redirects=(HOSTILE,), click_path=record.click_path,
    )  # fmt: skip
    repository.save_judged(
        world.engine, ordered.id, _findings(agency.id, piece), page_count=1, rendered_count=1, cause=None
    )
    return ordered.id


def _declare(world: World) -> None:
    """The roads agency declares what the visit found of E4, with a file that would run in a browser."""
    content = f"<script>window.hacked=1</script>{HOSTILE}".encode()
    sha256 = hashlib.sha256(content).hexdigest()
    path = declared_file(world.home, sha256)
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    file = DeclaredFile(name="proof.html", sha256=sha256, size_bytes=len(content))
    row = DeclaredRow(row=1, agency="roads", service=None, indicator="E4", level=0.75, note=HOSTILE, evidence=(file,))
    repository.add_declarations(world.engine, "r1", [row], who="rep", file="roads.csv", file_sha256="0" * 64)


def later(days: int) -> datetime:
    return AS_OF + timedelta(days=days)


def _findings(agency: str, piece: Evidence) -> list[Finding]:
    def finding(indicator: str, level: float | None, service: str | None = None, **more: object) -> Finding:
        values: dict[str, object] = {
            "round": "r1", "agency": agency, "service": service, "indicator": indicator, "check": "service-desk",
            "outcome": Outcome.UNKNOWN if level is None else Outcome.LEVEL, "level": level, "confidence": 0.9,
            "reason": Reason(key="found"), "text_fa": f"یافت شد {HOSTILE}", "text_en": f"found {HOSTILE}",
            "evidence": () if level is None else (piece,),
        }  # fmt: skip
        return Finding.model_validate({**values, **more})

    portal = [
        finding("E1", 0.5 if agency == "roads" else 1),
        finding("E4", 0.75, confidence=0.5),
        finding("E5", None, cause=Cause.TIMEOUT),
        finding("E6", None, cause=Cause.LOGIN, ceiling=0.5),
    ]
    if agency != "roads":
        return portal
    return [
        *portal,
        finding("E2", 0.25, "s1", confidence=0.6),
        finding("E2", 0.25, "s2", confidence=0.6),
        finding("E2", 1, "s3"),
        *(finding("E3", 0, service.id) for service in SERVICES),
    ]


def _jpeg() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (640, 900), (240, 244, 248)).save(file, "JPEG")
    return file.getvalue()
