"""One visit from its order to the seal: crawl, wait for the draft judging, evidence leg, seal."""

import asyncio
import contextlib
import fcntl
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from crawler.crawl import SECONDS_SHARE, Crawl
from crawler.crew import Crew
from crawler.fetching import Fetcher
from crawler.frontier import Frontier
from crawler.orders import Crawled, Progress, Sealed, VisitOrder
from crawler.probes.availability import samples_of
from crawler.probes.site import ProbeSite
from crawler.probing import run_probes
from crawler.reading import PageReader
from snapshot.hosts import OwnHosts
from snapshot.models import PageRecord, ProbeResult, SearchReport
from snapshot.writer import SnapshotWriter

LOCK_SECONDS = 20.0
"""How long a visit waits for the process that had it before to let go of its folder."""

EVIDENCE_SHARE = 1 - SECONDS_SHARE
"""Share of a visit's time for the evidence leg."""

Stage = Literal["waiting", "home", "crawling", "rendering", "probing", "judging", "evidence", "sealing", "done"]


class BusyFolderError(Exception):
    """Another process makes this visit."""


async def make_visit(order: VisitOrder, crew: Crew, finish: "asyncio.Future[Sequence[str]]") -> None:
    """Make one visit, or go on with it. `finish` gets the ids of the cited pages when the caller has judged the draft.

    A sealed folder is left as it is. Raises BusyFolderError, OSError (disk), or what broke; the folder stays valid.
    """
    order.folder.mkdir(parents=True, exist_ok=True)
    with await _locked(order.folder):
        visit = Visit(order, crew)
        if visit.writer.sealed:
            crew.emit(sealed_event(order))
            return
        await visit.run(finish)


class Visit:
    """The parts of one visit that its stages share."""

    def __init__(self, order: VisitOrder, crew: Crew) -> None:
        self.order = order
        self.crew = crew
        self.writer = SnapshotWriter(order.folder, crew.objects)
        self.own = OwnHosts.of(order.visit.agency)

    async def run(self, finish: "asyncio.Future[Sequence[str]]") -> None:
        """The stages in order."""
        crew, order = self.crew, self.order
        self.writer.begin(order.visit, crew.settings.user_agent)
        for name, artefact in order.given.items():
            self.writer.probe(name, artefact)
        hosts = frozenset((order.visit.agency.portal_url or "", *order.visit.agency.extra_hosts))
        browser = await crew.browser.context(order.visit.agency.id, hosts)
        try:
            fetcher = Fetcher(crew.settings, crew.downloader, crew.politeness, crew.robots, crew.guard, order.visit_id)
            reader = PageReader(crew, fetcher, self.writer, self.own, browser)
            if not (order.folder / "search.json").exists():
                self._tell("home", None, None)
                crawl = Crawl(order, crew, fetcher, self.writer, reader, self.own, self._heard)
                searched = await crawl.run()
                self._tell("probing", None, None)
                forms = tuple(crawl.forms)
                await run_probes(ProbeSite(order.visit, self.own, crew, fetcher, self.writer, browser, forms))
                self.writer.search(searched)
            crew.emit(Crawled(visit_id=order.visit_id))
            self._tell("judging", None, None)
            await self._evidence_leg(reader, await finish)
        finally:
            await browser.close()
        self._tell("sealing", None, None)
        await self._last_samples()
        await asyncio.to_thread(self.writer.seal, datetime.now(UTC))
        crew.emit(sealed_event(order))

    async def _last_samples(self) -> None:
        """Copy the availability samples anew: a visit may have waited for days to be gone on with."""
        path = self.order.folder / "probes" / "availability.json"
        if path.exists() and ProbeResult.model_validate_json(path.read_bytes()).status == "done":
            data = await asyncio.to_thread(samples_of, self.order.visit, self.crew)
            self.writer.probe("availability", ProbeResult(status="done", data=data))

    async def _evidence_leg(self, reader: PageReader, page_ids: Sequence[str]) -> None:
        """Show the cited pages that have no screenshot yet. A page that cannot be shown keeps its level: shot null."""
        if not self.crew.settings.max_renders:
            return
        until = asyncio.get_running_loop().time() + self.crew.settings.max_visit_seconds * EVIDENCE_SHARE
        for page_id in dict.fromkeys(page_ids):
            record = self.writer.pages.get(page_id)
            if record is None or record.status is None or not needs_shot(record):
                continue
            if asyncio.get_running_loop().time() >= until:
                break
            record, _ = await reader.show(record, "evidence")
            self._tell("evidence", record, None)

    def _heard(self, record: PageRecord, frontier: Frontier) -> None:
        self._tell("crawling", record, frontier)

    def _tell(self, stage: Stage, record: PageRecord | None, frontier: Frontier | None) -> None:
        pages = self.writer.pages.values()
        self.crew.emit(
            Progress(
                visit_id=self.order.visit_id,
                agency=self.order.visit.agency.id,
                stage=stage,
                pages=len(pages),
                rendered=sum(page.rendering is not None for page in pages),
                queued=frontier.queued if frontier else 0,
                open_labels=frontier.open_labels if frontier else 0,
                url=record.url if record else "",
            )
        )


def needs_shot(record: PageRecord) -> bool:
    """Whether the evidence leg has to show a page: its screenshot or its layout map is missing."""
    rendering = record.rendering
    return rendering is None or rendering.screenshot is None or rendering.layout is None


def sealed_event(order: VisitOrder) -> Sealed:
    """The event that tells of a sealed folder, read from the folder itself."""
    pages = SnapshotWriter(order.folder).read_pages()
    search = SearchReport.model_validate_json((order.folder / "search.json").read_bytes())
    return Sealed(
        visit_id=order.visit_id,
        pages=len(pages),
        rendered=sum(page.rendering is not None for page in pages),
        cause=search.home_cause,
    )


async def _locked(folder: Path) -> "contextlib.AbstractContextManager[None]":
    """Hold the folder for this process alone. Raises BusyFolderError when another one keeps it."""
    handle = os.open(folder, os.O_RDONLY)
    until = asyncio.get_running_loop().time() + LOCK_SECONDS
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if asyncio.get_running_loop().time() >= until:
                os.close(handle)
                raise BusyFolderError(f"another process makes the visit in {folder.name}") from error
            await asyncio.sleep(0.2)
        else:
            return _held(handle)


@contextlib.contextmanager
def _held(handle: int) -> Iterator[None]:
    try:
        yield
    finally:
        os.close(handle)
