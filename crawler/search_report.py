"""search.json: for each label of the plan what was seen, visited, filtered, failed or left open."""

from collections.abc import Iterable

from config.vocabulary import Cause, Label
from crawler.frontier import THRESHOLD, Entry
from snapshot.models import Candidate, LabelSearch, SearchReport

LISTED = 0.2
"""Promise from which an address is listed as a candidate; below it promised next to nothing."""


def search_report(
    labels: Iterable[Label],
    entries: Iterable[Entry],
    *,
    home_cause: Cause | None,
    menus_cause: Cause | None,
    open_cause: Cause = Cause.BUDGET,
) -> SearchReport:
    """The report over all entries of a frontier. What is still open when a visit ends gets `open_cause`."""
    known = list(entries)
    return SearchReport(
        home_cause=home_cause,
        menus_cause=menus_cause,
        labels=tuple(_label_search(label, known, open_cause) for label in labels),
    )


def _label_search(label: Label, entries: list[Entry], open_cause: Cause) -> LabelSearch:
    candidates = tuple(
        sorted(
            (
                _candidate(entry, entry.promises[label], service, open_cause)
                for entry in entries
                if entry.promises.get(label, 0.0) >= LISTED
                for service in (entry.services or [None])
            ),
            key=lambda candidate: (-candidate.promise, candidate.url, candidate.service or ""),
        )
    )
    settled = all(c.state in ("visited", "filtered") for c in candidates if c.promise >= THRESHOLD)
    return LabelSearch(label=label, threshold=THRESHOLD, candidates=candidates, saturated=settled)


def _candidate(entry: Entry, promise: float, service: str | None, open_cause: Cause) -> Candidate:
    state = "open" if entry.state in ("open", "taken") else entry.state
    return Candidate(
        url=entry.url,
        promise=round(min(promise, 1.0), 3),
        state=state,
        cause=open_cause if state == "open" else entry.cause,
        detail=entry.detail,
        page_id=entry.page_id,
        service=service,
    )
