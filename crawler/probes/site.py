"""What a probe may use of the visit that it belongs to."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from crawler.addresses import host_of
from crawler.browser_context import PortalContext
from crawler.crew import Crew
from crawler.fetching import Fetcher
from crawler.probes.tracking_candidates import TrackingCandidate
from snapshot.hosts import OwnHosts
from snapshot.models import Interaction, PageRecord, ProbeResult, VisitRecord
from snapshot.objects import FolderSource
from snapshot.reader import Snapshot
from snapshot.writer import SnapshotWriter

Choice = TypeVar("Choice")


@dataclass(frozen=True, slots=True)
class ProbeSite:
    """One visit, seen from a probe: its record, what was read, the polite ways to the network, and its log.

    `fetcher` keeps to robots.txt, pace and address rules by itself; a load in `browser` waits for `turn`.
    `forms` are the candidates for tracking forms that the crawl came upon.
    """

    visit: VisitRecord
    own: OwnHosts
    crew: Crew
    fetcher: Fetcher
    writer: SnapshotWriter
    browser: PortalContext
    forms: tuple[TrackingCandidate, ...] = ()
    _looked_at: list[Snapshot] = field(default_factory=list, repr=False)

    @property
    def home(self) -> str:
        """The portal's address as the register has it; empty where it names none."""
        return self.visit.agency.portal_url or ""

    @property
    def home_record(self) -> PageRecord | None:
        """What became of the portal's first page; None where it was not asked for."""
        return next((page for page in self.writer.pages.values() if len(page.click_path) == 1), None)

    def turn(self, url: str) -> AbstractAsyncContextManager[None]:
        """The turn of the address's host for one load in the browser."""
        return self.crew.politeness.load(host_of(url))

    def log(self, entries: list[Interaction]) -> None:
        """Write down what was done to the portal."""
        self.writer.interact(entries)

    async def seen(self, choose: Callable[[Snapshot], Choice]) -> Choice:
        """Let `choose` pick from what the crawl has read, off the event loop (perceiving many pages takes seconds).

        All probes of a visit look at one snapshot, so that no page is perceived twice for them.
        """
        return await asyncio.to_thread(lambda: choose(self._snapshot()))

    def _snapshot(self) -> Snapshot:
        if not self._looked_at:
            self._looked_at.append(Snapshot(FolderSource(self.writer.folder)))
        return self._looked_at[0]


Probe: TypeAlias = Callable[["ProbeSite"], Awaitable[ProbeResult | None]]
"""One look beyond the link graph; None where there is nothing to look at."""
