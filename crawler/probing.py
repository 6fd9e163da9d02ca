"""The probes of a visit: what its plan asks for beyond the link graph, run after the crawl and before the judging."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from typing import Any

from crawler.addresses import host_of
from crawler.browser import PortalContext
from crawler.crew import Crew
from crawler.probes import tracking_form
from crawler.probes.tracking_form import TrackingCandidate, distinct, probe_tracking_forms
from snapshot.models import Interaction
from snapshot.writer import SnapshotWriter


async def run_probes(
    wanted: Sequence[str],
    crew: Crew,
    writer: SnapshotWriter,
    browser: PortalContext,
    forms: Iterable[TrackingCandidate],
) -> None:
    """Run each wanted probe and store its result; a probe that nobody knows here is left out (its checks stay unknown).

    `forms` are the candidates that the crawl came upon. Each load waits for its host's turn.
    """
    if tracking_form.NAME not in wanted:
        return

    def turn(url: str) -> AbstractAsyncContextManager[None]:
        return crew.politeness.load(host_of(url))

    result = await probe_tracking_forms(browser, distinct(forms), active=crew.settings.active_probes, turn=turn)
    writer.probe(tracking_form.NAME, result)
    for entry in result.data["forms"]:
        if entry["page_id"] == entry["probed_on"]:
            writer.interact(_interactions(entry))


def _interactions(entry: dict[str, Any]) -> Iterable[Interaction]:
    at = datetime.now(UTC)
    for action, selector, detail in entry["interactions"]:
        yield Interaction(at=at, page_id=entry["page_id"], action=action, selector=selector, detail=detail)
