"""One crawl process for visits that come and go, each asked for by a thread of its own."""

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from config.settings import Settings
from config.vocabulary import Cause
from crawler.orders import Cancelled, Crawled, Event, Failed, FinishVisit, Sampled, Sealed, StartVisit, VisitOrder
from crawler.process import DEATHS_TOGETHER, END_SECONDS, LOG_NAME, CrawlProcess

LOOK_SECONDS = 0.2


class CrawlHouse:
    """Keeps one crawl process, started with the first visit and anew when it dies. Threads may call all methods.

    `answers`: whether the crawl may go on; once it is false, the crawl process ends by itself (crawler.lifeline).
    """

    def __init__(self, settings: Settings, logs: Path, *, answers: Callable[[], bool] = lambda: True) -> None:
        self._settings = settings
        self._log_file = logs / LOG_NAME
        self._answers = answers
        self._lock = threading.Lock()
        self._process: CrawlProcess | None = None
        self._hearers: dict[str, queue.Queue[Event | None]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.__exit__(None, None, None)

    def visit(
        self,
        order: VisitOrder,
        *,
        cited_pages: Callable[[VisitOrder], Sequence[str]],
        stopped: threading.Event,
        on_event: Callable[[Event], None] = lambda _: None,
    ) -> Sealed | Failed | Cancelled:
        """Make a visit, or go on with it; returns when it is sealed, failed, or `stopped` was set and it has stopped.

        A visit that was in flight when the crawl process died goes on in the next one, and alone after the second
        death; it fails with cause `crash` if it dies once more.
        """
        for _ in range(DEATHS_TOGETHER):
            ended = self._together(order, cited_pages, stopped, on_event)
            if ended is not None:
                return ended
            if stopped.is_set():
                return Cancelled(visit_id=order.visit_id)
        with CrawlProcess(self._settings, self._log_file, answers=self._answers) as process:
            process.tell(StartVisit(order=order))
            ended = _follow(process, order, process.hear_within, cited_pages, stopped, on_event)
        if ended is None and stopped.is_set():
            return Cancelled(visit_id=order.visit_id)
        return ended or Failed(
            visit_id=order.visit_id, cause=Cause.CRASH, detail=f"the crawl process died each time, see {self._log_file}"
        )

    def _together(
        self,
        order: VisitOrder,
        cited_pages: Callable[[VisitOrder], Sequence[str]],
        stopped: threading.Event,
        on_event: Callable[[Event], None],
    ) -> Sealed | Failed | Cancelled | None:
        heard: queue.Queue[Event | None] = queue.Queue()
        with self._lock:
            self._hearers[order.visit_id] = heard
            process = self._process = self._process or self._begin()
            process.tell(StartVisit(order=order))
        try:
            return _follow(process, order, lambda seconds: heard.get(timeout=seconds), cited_pages, stopped, on_event)
        finally:
            with self._lock:
                self._hearers.pop(order.visit_id, None)

    def _begin(self) -> CrawlProcess:
        process = CrawlProcess(self._settings, self._log_file, answers=self._answers)
        process.__enter__()
        threading.Thread(target=self._pass_on, args=(process,), name="crawl house", daemon=True).start()
        return process

    def _pass_on(self, process: CrawlProcess) -> None:
        """Give each event to the thread that asked for the visit; None to all of them when the process has ended."""
        while (event := process.hear()) is not None:
            # Samples are ordered elsewhere: here all events are of visits.
            hearer = None if isinstance(event, Sampled) else self._hearers.get(event.visit_id)
            if hearer is not None:
                hearer.put(event)
        with self._lock:
            died = self._process is process
            if died:
                self._process = None
            for hearer in self._hearers.values():
                hearer.put(None)
        if died:
            process.__exit__(None, None, None)


def _follow(
    process: CrawlProcess,
    order: VisitOrder,
    hear: Callable[[float], Event | None],
    cited_pages: Callable[[VisitOrder], Sequence[str]],
    stopped: threading.Event,
    on_event: Callable[[Event], None],
) -> Sealed | Failed | Cancelled | None:
    """Follow a visit to its end; None where the crawl process ended first. `hear` raises queue.Empty after its time."""
    told = False
    while True:
        if stopped.is_set() and not told:
            told = True
            process.cancel(order.visit_id)
        try:
            event = hear(LOOK_SECONDS)
        except queue.Empty:
            continue
        if event is None:
            return None
        on_event(event)
        match event:
            case Crawled(visit_id=visit_id):
                try:
                    cited = tuple(cited_pages(order))
                except Exception:
                    process.cancel(visit_id)  # it would wait for its evidence leg for ever
                    _await_end(hear)
                    raise
                process.tell(FinishVisit(visit_id=visit_id, page_ids=cited))
            case Sealed() | Failed() | Cancelled():
                return event
            case _:
                pass


def _await_end(hear: Callable[[float], Event | None]) -> None:
    """Take in what is left of a visit's events, so that none is taken for one of the next visit of that name."""
    until = time.monotonic() + END_SECONDS
    while time.monotonic() < until:
        with contextlib.suppress(queue.Empty):
            if isinstance(hear(LOOK_SECONDS), Sealed | Failed | Cancelled | None):
                return
