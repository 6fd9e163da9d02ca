"""Makes real visits in a real crawl process, for tests."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from config.models import Agency, Service
from config.settings import Settings
from config.vocabulary import Label
from crawler.orders import VisitOrder
from snapshot.models import Candidate, PageRecord, SearchReport, SkippedAddress, VisitPlan, VisitRecord
from snapshot.writer import SnapshotWriter

PLAN = VisitPlan(labels=(Label.CONTACT_US, Label.ORG_STRUCTURE, Label.SERVICE_INFO, Label.COMPLAINTS_FORM))


def settings(home: Path, **changes: object) -> Settings:
    """Settings for portals on loopback that answer at once."""
    values: dict[str, object] = {
        "home": home,
        "allow_private": True,
        "requests_per_second": 50,
        "request_timeout_seconds": 0.6,
        "retries": 1,
        "max_redirects": 4,
        "max_body_bytes": 300_000,
        "retry_after_max_seconds": 3,
        "perception_workers": 0,
    }
    return Settings.model_validate({**values, **changes})


def order(home: Path, agency: str, url: str, *, services: Sequence[Service] = (), max_pages: int = 30) -> VisitOrder:
    """An order for one portal."""
    now = datetime.now(UTC)
    visit = VisitRecord(
        visit_id=agency,
        round="r",
        agency=Agency(id=agency, name_fa=agency, name_en=agency, kind="main", portal_url=url),
        services=tuple(services),
        started_at=now,
        as_of=now,
        plan=PLAN,
    )
    return VisitOrder(visit=visit, folder=home / "evidence" / "r" / agency, max_pages=max_pages)


class Seen:
    """What a visit's folder says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.records = SnapshotWriter(folder).read_pages()
        self.search = SearchReport.model_validate_json((folder / "search.json").read_bytes())

    def record(self, path: str) -> PageRecord:
        """The record of the address that was asked for."""
        return next(r for r in self.records if r.requested_url.split("/", 3)[3] == path.lstrip("/"))

    @property
    def home(self) -> PageRecord:
        """The record of the home page."""
        return next(r for r in self.records if [step.how for step in r.click_path] == ["start"])

    def candidate(self, label: Label, path: str) -> Candidate:
        """What became of an address that promised a label."""
        found = next(entry for entry in self.search.labels if entry.label == label)
        return next(c for c in found.candidates if c.url.split("/", 3)[3] == path.lstrip("/"))

    @property
    def skipped(self) -> dict[str, str]:
        """Reasons by address."""
        path = self.folder / "skipped.jsonl"
        lines = path.read_bytes().splitlines() if path.exists() else []
        entries = [SkippedAddress.model_validate_json(line) for line in lines]
        return {entry.url.split("/", 3)[3]: entry.reason for entry in entries}
