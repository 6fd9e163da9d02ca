"""The one spider for all portals: keeps the engine open and runs each visit as a task of its own."""

import asyncio
import functools
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from config.models import Agency
from config.settings import Settings
from config.vocabulary import Cause
from crawler.browser import Browser
from crawler.crew import Crew
from crawler.downloading import Downloader, stop_foreign_types
from crawler.orders import (
    Beat,
    Cancelled,
    CancelVisit,
    Command,
    Event,
    Failed,
    FinishVisit,
    Sampled,
    StartVisit,
    TakeSample,
    VisitOrder,
)
from crawler.perceiving import Perceiver
from crawler.politeness import Politeness
from crawler.robots import Robots
from crawler.safety import AddressGuard
from crawler.sampling import sample_home
from crawler.visit import BusyFolderError, make_visit

log = logging.getLogger(__name__)

SAMPLES_AT_ONCE = 20
"""Portals that are looked at side by side for an availability sample; each keeps to its own pace."""


class PortalSpider(Spider):
    """Takes commands from a queue until it is given None, and tells events."""

    name = "portal"

    def __init__(
        self,
        *,
        workspace: Settings,
        guard: AddressGuard,
        commands: "asyncio.Queue[Command | None]",
        emit: Callable[[Event], None],
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self._workspace = workspace
        self._guard = guard
        self._commands = commands
        self._emit = emit
        self._visits: dict[str, asyncio.Task[None]] = {}
        self._finish: dict[str, asyncio.Future[Sequence[str]]] = {}
        self._samples: set[asyncio.Task[None]] = set()
        self._sampling = asyncio.Semaphore(SAMPLES_AT_ONCE)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "PortalSpider":
        """As Scrapy builds it; bodies of images, films and archives are refused at their headers."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(stop_foreign_types, signal=signals.headers_received)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Run visits until the commands end. It yields no requests: visits ask the engine themselves."""
        settings = self._workspace
        politeness = Politeness(settings.requests_per_second, settings.crawl_delay_max_seconds)
        perceiver = Perceiver(settings.perception_workers)
        assert self.crawler.engine is not None
        try:
            async with Browser(settings, self._guard) as browser:
                crew = Crew(
                    settings=settings,
                    guard=self._guard,
                    downloader=Downloader(self.crawler.engine, self._guard, settings.request_timeout_seconds),
                    politeness=politeness,
                    robots=Robots(settings.user_agent, politeness, obey=settings.obey_robots),
                    perceiver=perceiver,
                    browser=browser,
                    emit=self._emit,
                )
                while (command := await self._commands.get()) is not None:
                    self._obey(command, crew)
                await self._end_visits()
        finally:
            perceiver.close()
        no_requests: tuple[Any, ...] = ()
        for request in no_requests:
            yield request

    def _obey(self, command: Command, crew: Crew) -> None:
        match command:
            case StartVisit(order=order):
                self._finish[order.visit_id] = asyncio.get_running_loop().create_future()
                task = self._visits[order.visit_id] = asyncio.ensure_future(self._visit(order, crew))
                task.add_done_callback(functools.partial(self._ended, order.visit_id))
            case FinishVisit(visit_id=visit_id, page_ids=page_ids):
                waiting = self._finish.get(visit_id)
                if waiting is not None and not waiting.done():
                    waiting.set_result(page_ids)
            case CancelVisit(visit_id=visit_id):
                under_way = self._visits.get(visit_id)
                if under_way is not None:
                    under_way.cancel()
            case TakeSample():
                sampling = asyncio.ensure_future(self._sample(command, crew))
                self._samples.add(sampling)
                sampling.add_done_callback(self._samples.discard)
            case Beat():
                pass  # heard where commands come in (crawler.child)

    async def _sample(self, command: TakeSample, crew: Crew) -> None:
        """One availability sample; what breaks it is told, and breaks no other."""
        agency = command.agency
        self._open(agency, crew)
        try:
            async with self._sampling:
                sample = await sample_home(agency, command.round, crew)
        except Exception as error:  # A full disk or a fault of ours: the sample is lost, the others go on.
            log.exception("the sample of %s broke", agency.id)
            self._emit(Sampled(agency=agency.id, sample=None, detail=f"{type(error).__name__}: {error}"[:300]))
        else:
            self._emit(Sampled(agency=agency.id, sample=sample))

    def _open(self, agency: Agency, crew: Crew, urls: Sequence[str] = ()) -> None:
        """Let private addresses through that the register names, where the operator allows it."""
        if crew.settings.allow_private:
            named = [agency.portal_url or "", *(_as_url(host) for host in agency.extra_hosts)]
            self._guard.open([*named, *urls])

    async def _visit(self, order: VisitOrder, crew: Crew) -> None:
        """One visit; what breaks it is told, and breaks no other."""
        self._open(order.visit.agency, crew, [service.url or "" for service in order.visit.services])
        try:
            await make_visit(order, crew, self._finish[order.visit_id])
        except BusyFolderError as error:
            self._emit(Failed(visit_id=order.visit_id, cause=Cause.CRASH, detail=str(error)))
        except OSError as error:
            log.exception("visit %s: the disk failed", order.visit_id)
            detail = f"cannot write to {order.folder}: {error.strerror or error}"
            self._emit(Failed(visit_id=order.visit_id, cause=Cause.CRASH, detail=detail))
        except Exception as error:  # One visit's fault must not end the others.
            log.exception("visit %s broke", order.visit_id)
            detail = f"{type(error).__name__}: {error}"[:300]
            self._emit(Failed(visit_id=order.visit_id, cause=Cause.CRASH, detail=detail))

    def _ended(self, visit_id: str, task: "asyncio.Task[None]") -> None:
        self._visits.pop(visit_id, None)
        self._finish.pop(visit_id, None)
        if task.cancelled():
            self._emit(Cancelled(visit_id=visit_id))

    async def _end_visits(self) -> None:
        tasks = [*self._visits.values(), *self._samples]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _as_url(host: str) -> str:
    return host if "://" in host else f"http://{host}"
