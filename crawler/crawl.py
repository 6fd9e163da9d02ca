"""The crawl of one portal: pick the best address, read it, learn from it, until nothing can gain any more."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

from config.vocabulary import Cause, Label
from crawler.addresses import host_of
from crawler.crew import Crew
from crawler.downloading import PASSING
from crawler.fetching import Fetcher
from crawler.frontier import Entry, Frontier
from crawler.learning import SERVICE_LABELS, Learner
from crawler.orders import VisitOrder
from crawler.probes.tracking_candidates import TrackingCandidate, tracking_candidates
from crawler.reading import HTML_UTF8, PageRead, PageReader, first_step
from crawler.search_report import search_report
from crawler.sitemaps import sitemap_addresses
from crawler.ways import Ways
from snapshot.hosts import OwnHosts, is_domain_name
from snapshot.models import ClickStep, PageRecord, SearchReport
from snapshot.objects import FolderSource
from snapshot.warc import read_body
from snapshot.writer import SnapshotWriter

SECONDS_SHARE = 0.8
"""Share of a visit's time for the crawl; the rest belongs to the evidence leg."""
IN_FLIGHT = 2
"""Pages of a portal that are on their way at the same time."""
SLOW_SECONDS = 1.0
"""A page that takes longer does not hold up the next one."""
SECOND_LOOKS = 20
"""Failed promising pages that are asked for once more at the end."""

MAY_PASS = PASSING | {Cause.HTTP_ERROR, Cause.ROBOTS}
"""Causes that are worth a second look; robots only where robots.txt could not be read."""

_SCRIPTED = frozenset({"script_shell", "script_menus"})


class Crawl:
    """One portal's crawl. `told` hears of each page that was read; `forms` are for the tracking-form probe."""

    def __init__(
        self,
        order: VisitOrder,
        crew: Crew,
        fetcher: Fetcher,
        writer: SnapshotWriter,
        reader: PageReader,
        own: OwnHosts,
        told: Callable[[PageRecord, Frontier], None],
    ) -> None:
        self._order = order
        self._crew = crew
        self._fetcher = fetcher
        self._writer = writer
        self._reader = reader
        self._told = told
        visit = order.visit
        self.frontier = Frontier(visit.plan.labels, own, explore_pages=max(15, order.max_pages // 4))
        self._ways = Ways()
        self._learner = Learner(self.frontier, self._ways, visit.services, max_links=crew.settings.max_links_per_page)
        self._deadline = asyncio.get_running_loop().time() + crew.settings.max_visit_seconds * SECONDS_SHARE
        self.forms: list[TrackingCandidate] = []
        self._home: Entry | None = None
        self._home_scripted: Cause | None = None
        self._frame_causes: list[Cause | None] = []

    async def run(self) -> SearchReport:
        """Crawl, going on from the pages that are already there, and report what was searched."""
        self._offer_register()
        await self._replay()
        self._writer.skip(self.frontier.skipped())
        if self._home is not None:
            await self._read_all()
            await self._second_looks()
            await self._other_spellings()
            self._write_ways()
        home_cause = self._home_cause()
        return search_report(
            self._order.visit.plan.labels,
            self.frontier.entries.values(),
            home_cause=home_cause,
            open_cause=home_cause or Cause.BUDGET,
            menus_cause=self._home_scripted,
        )

    def _offer_register(self) -> None:
        visit = self._order.visit
        if visit.agency.portal_url:
            self._home = self.frontier.offer(visit.agency.portal_url, first_step(visit.agency.portal_url))
        start = visit.agency.portal_url or ""
        for host in visit.agency.extra_hosts:
            address = host if "://" in host else f"http://{host}/"
            step = ClickStep(url=start, how="register", text=host)
            self.frontier.offer(address, (*first_step(start), step), registered=True)
        for service in visit.services:
            if service.url:
                step = ClickStep(url=start, how="register", text=service.title_fa[:200])
                promises = dict.fromkeys(SERVICE_LABELS, 1.0)
                path = (*first_step(start), step)
                self.frontier.offer(service.url, path, promises=promises, service=service.id, registered=True)

    async def _replay(self) -> None:
        """Learn again from the pages that an earlier attempt read; none of them is asked for again."""
        source = FolderSource(self._writer.folder)
        for record in list(self._writer.pages.values()):
            how = record.click_path[-1].how
            url, _, click = record.requested_url.partition("#") if how == "click" else (record.requested_url, "", "")
            entry = self.frontier.offer(url, record.click_path, click=click or None)
            if entry is None:
                continue
            self.frontier.close(entry)
            rendering = record.rendering
            if rendering is not None:
                self._reader.rendered += rendering.cause != Cause.BUDGET
            perception = None
            if record.cause is None and record.status is not None and record.status < 300:
                shown = rendering is not None and rendering.dom is not None
                body = (
                    source.read(rendering.dom) if shown and rendering and rendering.dom else read_body(source, record)
                )
                kind = HTML_UTF8 if shown else record.content_type or ""
                perception = await self._reader.look(body, record.url, kind)
                if record.body_sha256 and rendering is None:
                    self._reader.bodies.setdefault(record.body_sha256, record.page_id)
            self._reader.settle_known(entry, record)
            scripted = rendering.reason if rendering is not None else ""
            self._take_in(entry, PageRead(record, perception, scripted))

    async def _read_all(self) -> None:
        """Read one page after another; a second beside one that is slow to come, as the host's pace allows."""
        running: dict[asyncio.Task[PageRead], Entry] = {}
        try:
            while True:
                if self._room(len(running)) and (entry := self.frontier.take()) is not None:
                    running[asyncio.ensure_future(self._reader.read(entry))] = entry
                if not running:
                    return
                done, _ = await asyncio.wait(running, timeout=SLOW_SECONDS, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    await self._was_read(running.pop(task), task.result())
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    def _room(self, running: int) -> bool:
        """Whether one more page may be asked for now. Home comes first and alone."""
        home_read = self._home is not None and self._home.page_id is not None
        return running < (IN_FLIGHT if home_read else 1) and not self._spent(running)

    async def _was_read(self, entry: Entry, read: PageRead) -> None:
        self._take_in(entry, read)
        if entry is self._home and read.perception is not None:
            await self._offer_sitemaps(entry)
        self._writer.skip(self.frontier.skipped())
        self._told(read.record, self.frontier)

    def _home_unreachable(self) -> bool:
        """Whether home gave no HTTP answer at all."""
        record = self._writer.pages.get(self._home.page_id or "") if self._home is not None else None
        return record is not None and record.status is None

    def _take_in(self, entry: Entry, read: PageRead) -> None:
        """Learn from a page, and note what home and its frames say of the portal as a whole."""
        path = read.record.click_path
        if read.perception is not None:
            self._learner.learn(read.perception, read.record)
            self.forms += tracking_candidates(read.record, read.perception)
        if entry is self._home:
            # Where home gives no answer at all its host is left alone until a second look.
            silent = read.record.status is None and read.record.cause != Cause.ROBOTS
            self.frontier.avoided_host = host_of(entry.url) if silent else ""
            self._home_scripted = _scripted_cause(read)
        if len(path) == 2 and path[-1].how == "frame":
            self._frame_causes.append(read.record.cause)

    def _write_ways(self) -> None:
        """Give each page the shortest way that links prove, also where another way was found first."""
        home = self._writer.pages.get(self._home.page_id or "") if self._home is not None else None
        if home is None:
            return
        pages = self._writer.pages
        for page_id, way in self._ways.shortest(home, pages, self.frontier.entries.values()).items():
            if way != pages[page_id].click_path and pages[page_id].source == "http":
                self._writer.replace_page(pages[page_id].model_copy(update={"click_path": way}))

    async def _offer_sitemaps(self, home: Entry) -> None:
        """Addresses that the portal's sitemaps name; pages without any link to them can be found only so."""
        assert home.page_id is not None
        url = self._writer.pages[home.page_id].url
        for address in await sitemap_addresses(self._fetcher, url):
            step = ClickStep(url=url, how="sitemap")
            self.frontier.offer(address, (*home.path, step))

    async def _second_looks(self) -> None:
        """Ask once more for what failed in passing: home, registered addresses and what promises most."""
        failed = [entry for entry in self.frontier.entries.values() if entry.page_id and entry.cause in MAY_PASS]
        failed.sort(key=lambda entry: (entry is not self._home, -entry.promise, entry.order))
        for entry in failed[:SECOND_LOOKS]:
            if asyncio.get_running_loop().time() >= self._deadline or self._crew.politeness.closed(host_of(entry.url)):
                continue
            if not self._fetcher.give_second_chance(entry.url) and entry.cause == Cause.ROBOTS:
                continue
            read = await self._reader.read(entry, entry.page_id)
            await self._was_read(entry, read)
            if entry.state == "visited":
                await self._read_all()

    async def _other_spellings(self) -> None:
        """Where the registered home gives no answer at all, look whether it lives under www or the other scheme."""
        home = self._home
        if home is None or home.page_id is None or not self._home_unreachable():
            return
        failed, registered = self._writer.pages[home.page_id], home.url
        for home.url in home_spellings(registered):
            read = await self._reader.read(home, home.page_id)
            if home.state == "visited":
                note = f"the registered address gave no answer: {failed.cause}"
                record = self._writer.replace_page(read.record.model_copy(update={"detail": note}))
                await self._was_read(home, replace(read, record=record))
                await self._read_all()
                return
        home.url = registered
        home.settle("failed", page_id=failed.page_id, cause=failed.cause, detail=failed.detail)
        self._writer.replace_page(failed)

    def _spent(self, running: int = 0) -> bool:
        """Whether pages, seconds or bytes are used up, those counted that are on their way."""
        settings = self._crew.settings
        return (
            len(self._writer.pages) + running >= self._order.max_pages
            or asyncio.get_running_loop().time() >= self._deadline
            or self._fetcher.received >= settings.max_visit_bytes
        )

    def _home_cause(self) -> Cause | None:
        """Why the portal's home was not read; None where it was. A frameset is read when one of its frames is."""
        if self._home is None:
            return Cause.MISSING_ARTEFACT
        record = self._writer.pages.get(self._home.page_id or "")
        if record is None:
            return Cause.BUDGET
        if record.cause is not None:
            return record.cause
        if self._frame_causes and None not in self._frame_causes:
            return self._frame_causes[0]
        return {Label.LOGIN: Cause.LOGIN, Label.SOFT_404: Cause.HTTP_ERROR}.get(record.page_type)


def home_spellings(url: str) -> list[str]:
    """Other addresses that the same portal may answer at: the other scheme, with or without www. None for IP hosts."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.port or not is_domain_name(host):
        return []
    other_host = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
    other_scheme = "http" if parts.scheme == "https" else "https"
    pairs = [(other_scheme, host), (parts.scheme, other_host), (other_scheme, other_host)]
    return [f"{scheme}://{name}{parts.path or '/'}" for scheme, name in pairs]


def _scripted_cause(read: PageRead) -> Cause | None:
    """Why menus that scripts make were not seen; None where they were, or where home needs no script."""
    if read.scripted not in _SCRIPTED:
        return None
    rendering = read.record.rendering
    if rendering is None:
        return Cause.CRASH
    if rendering.dom is None:
        return rendering.cause or Cause.REFUSED
    return None
