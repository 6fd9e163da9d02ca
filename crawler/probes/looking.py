"""What probes that open pages have in common: scripts, log, and the answer where no page could be opened."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from config.vocabulary import Cause
from crawler.shown import Shown
from snapshot.models import Interaction, ProbeResult


@cache
def probe_script(name: str) -> str:
    """The source of a script beside the probes."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def logged(page_id: str, shown: Shown) -> list[Interaction]:
    """What was done on a page, for the visit's log."""
    at = datetime.now(UTC)
    return [
        Interaction(at=at, page_id=page_id, action=action, selector=selector, detail=detail)
        for action, selector, detail in shown.interactions
    ]


def nothing_seen(entries: Sequence[dict[str, Any]]) -> ProbeResult:
    """The result where none of the pages could be looked at: the cause of the first, missing_artefact without any."""
    cause = Cause(entries[0]["cause"]) if entries else Cause.MISSING_ARTEFACT
    return ProbeResult(
        status="failed", cause=cause, data={"reason": "no page could be looked at", "pages": list(entries)}
    )
