"""Probe earlier-dates: what pages that give today's date said of their date at an earlier visit of the round."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from crawler.probes.site import ProbeSite
from snapshot.models import ProbeResult, VisitRecord
from snapshot.objects import FolderSource
from snapshot.page_dates import doubtful_pages, own_days
from snapshot.reader import Snapshot

APART = timedelta(hours=24)
"""Time after which an earlier visit tells a page's own date from the clock of its server (design.md, section 5)."""
MAX_PAGES = 40


async def compare_dates(site: ProbeSite) -> ProbeResult | None:
    """Look the pages up in the last sealed visit of the same round that began at least 24 h before this one.

    No request is made. None where there is no such visit. data: {"visit": folder of the earlier visit, "pages":
    [{"page_id", "url", "earlier_fetched_at": ISO time, "earlier": ISO days by which the page dated itself then,
    "now": those of this visit}]}, only pages whose date is in doubt and that both visits read.
    """
    earlier = earlier_visit(site.writer.folder, site.visit)
    if earlier is None:
        return None
    before = Snapshot(FolderSource(earlier))
    pages = await site.seen(lambda now: _compared(now, before))
    return ProbeResult(status="done", data={"visit": earlier.name, "pages": pages})


def earlier_visit(folder: Path, visit: VisitRecord) -> Path | None:
    """The folder of the last sealed visit of this agency and round that is old enough; visits lie side by side."""
    found: list[tuple[Any, Path]] = []
    for other in folder.parent.iterdir():
        if other == folder or not (other / "manifest.json").exists():
            continue
        record = VisitRecord.model_validate_json((other / "visit.json").read_bytes())
        same = record.round == visit.round and record.agency.id == visit.agency.id
        if same and visit.started_at - record.started_at >= APART:
            found.append((record.started_at, other))
    return max(found, default=(None, None))[1]


def _compared(now: Snapshot, before: Snapshot) -> list[dict[str, Any]]:
    pages = []
    for page in doubtful_pages(now)[:MAX_PAGES]:
        known = before.page_at(page.url)
        if known is not None:
            pages.append(
                {
                    "page_id": page.page_id,
                    "url": page.url,
                    "earlier_fetched_at": known.record.fetched_at.isoformat(),
                    "earlier": [day.isoformat() for day in own_days(before, known)],
                    "now": [day.isoformat() for day in own_days(now, page)],
                }
            )
    return pages
