"""How long the review app takes on a large synthetic round: python -m benchmarks.review [--home DIR].

170 agencies, 7,200 services, about 75,000 findings in some 45,000 groups: fewer repeat each other than in a real round,
so the queue is longer. Figures are of this process alone, without network and browser: wall and processor time.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from fractions import Fraction
from importlib.resources import as_file, files
from pathlib import Path

from sqlalchemy import Engine
from starlette.testclient import TestClient

from checks.findings import Finding, Reason
from config.loading import load_framework
from config.models import Agency, Register, Service
from config.vocabulary import Cause, Outcome
from review.app import create_app
from review.guards import SESSION_COOKIE
from review.passwords import new_token, token_digest
from review.permissions import Role
from review.site import Site
from snapshot.models import Evidence
from store import repository
from store.accounts import add_account, begin_login
from store.session import open_store

ROUND = "synthetic"
AGENCIES, SERVICES, TIMES = 170, 7_200, 9
AS_OF = datetime(2026, 3, 1, tzinfo=UTC)
CSRF = "benchmark"


def make_round(engine: Engine) -> int:
    """Fill the store with a judged round; returns the number of findings."""
    with as_file(files("config")) as shipped:
        framework = load_framework(shipped / "frameworks" / "iran-proposal.toml")
    framework = framework.model_copy(update={"minimum_coverage": Fraction(0), "minimum_priority_coverage": Fraction(0)})
    chance = random.Random(1)
    agencies = tuple(
        Agency(id=f"a{n:03}", name_fa=f"دستگاه {n}", name_en=f"Agency {n}", kind="main") for n in range(AGENCIES)
    )
    services = tuple(Service(id=f"s{n}", agency=f"a{n % AGENCIES:03}", title_fa=f"خدمت {n}") for n in range(SERVICES))
    repository.open_round(engine, ROUND, Register(agencies=agencies, services=services), framework)
    count = 0
    for agency in agencies:
        own = [service.id for service in services if service.agency == agency.id]
        findings = [
            _finding(chance, agency.id, indicator.id, unit, indicator.levels or (0.5,))
            for indicator in framework.indicators
            for unit in ([None] if indicator.scope == "portal" else own)
        ]
        visit = repository.order_visit(engine, ROUND, agency.id, counts=True, as_of=AS_OF)
        repository.save_judged(engine, visit.id, findings, page_count=1, rendered_count=0, cause=None)
        count += len(findings)
    return count


def _finding(
    chance: random.Random, agency: str, indicator: str, service: str | None, levels: tuple[float, ...]
) -> Finding:
    unseen = chance.random() < 0.15
    piece = Evidence(
        url=f"https://{agency}.example/{indicator}/{chance.randrange(12)}",
        page_id="p0001",
        fetched_at=AS_OF,
        http_status=200,
        sha256="0" * 64,
        dom="http",
        quote="متن نمونه " * 8,
    )
    return Finding(
        round=ROUND,
        agency=agency,
        service=service,
        indicator=indicator,
        outcome=Outcome.UNKNOWN if unseen else Outcome.LEVEL,
        level=None if unseen else chance.choice(levels),
        cause=Cause.LOGIN if unseen else None,
        confidence=chance.choice((0.5, 0.7, 0.9, 0.95)),
        reason=Reason(key="found"),
        text_fa="متن یافته " * 10,
        text_en="text of a finding " * 6,
        evidence=() if unseen else (piece, piece),
    )


def measure(engine: Engine, home: Path) -> None:
    """Print the figures."""
    add_account(engine, name="lead", full_name="Lead", role=Role.LEAD, password_hash="-", who="benchmark")
    token = new_token()
    begin_login(engine, "lead", token_sha256=token_digest(token), csrf=CSRF)
    site = Site(engine, home)
    _timed("first look", 1, lambda: site.rounds.get(ROUND))
    view = site.rounds.get(ROUND)
    assert view is not None
    groups = sum(len(entry.groups) for entry in view.agencies.values())
    print(f"{groups} groups, {len(view.queue)} of them in the queue")
    client = TestClient(create_app(site), follow_redirects=False)
    client.cookies.set(SESSION_COOKIE, token)
    base = f"/rounds/{ROUND}"
    card = f"{base}/groups/{view.queue[0].key}"
    for name, path in (("overview", base), ("queue", f"{base}/queue"), ("card", card), ("audit", "/audit")):
        _timed(name, TIMES, lambda path=path: client.get(path))  # type: ignore[misc]
    _timed("decide, next", TIMES, lambda: _decide(site, client, base))


def _decide(site: Site, client: TestClient, base: str) -> None:
    view = site.rounds.get(ROUND)
    assert view is not None
    group = view.queue[0]
    form = {"csrf": CSRF, "verdict": "confirm", "service": [cell.service or "" for cell in group.cells]}
    answer = client.post(f"{base}/groups/{group.key}/decision", data=form)
    assert client.get(answer.headers["location"]).status_code == 200


def _timed(name: str, times: int, work: Callable[[], object]) -> None:
    walls, processors = [], []
    for _ in range(times):
        wall, processor = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - wall)
        processors.append(time.process_time() - processor)
    print(
        f"{name:14} median {statistics.median(walls) * 1000:7.0f} ms, worst {max(walls) * 1000:7.0f} ms, "
        f"processor {statistics.median(processors) * 1000:6.0f} ms"
    )


def main() -> None:
    """Make the round and measure it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="empty folder for the synthetic workspace")
    given = parser.parse_args().home
    with tempfile.TemporaryDirectory() as folder:
        home = given or Path(folder)
        home.mkdir(parents=True, exist_ok=True)
        engine = open_store(f"sqlite:///{home / 'didban.db'}")
        print(f"{make_round(engine)} findings")
        measure(engine, home)
        engine.dispose()


if __name__ == "__main__":
    main()
