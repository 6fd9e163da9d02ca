"""Runs visits in a crawl process of their own, hears its events, and starts it anew when it dies."""

import contextlib
import logging
import queue
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from config.models import Agency
from config.settings import Settings
from config.vocabulary import Cause
from crawler.lifeline import SILENCE_SHARE
from crawler.orders import (
    EVENTS,
    Beat,
    Cancelled,
    CancelVisit,
    Command,
    Crawled,
    Event,
    Failed,
    FinishVisit,
    Progress,
    Sampled,
    Sealed,
    StartVisit,
    TakeSample,
    VisitOrder,
)

DEATHS_TOGETHER = 2
"""Deaths of a crawl process after which the visits in flight run alone."""
END_SECONDS = 30.0
BEATS_PER_SILENCE = 6
LOG_NAME = "crawl.log"

log = logging.getLogger(__name__)


def run_visits(
    orders: Sequence[VisitOrder],
    settings: Settings,
    *,
    cited_pages: Callable[[VisitOrder], Sequence[str]],
    on_event: Callable[[Event], None],
    answers: Callable[[], bool] = lambda: True,
) -> Mapping[str, Sealed | Failed]:
    """Make these visits, or go on with them; returns when each is sealed or failed, by visit id.

    `cited_pages` is called here when a visit is crawled and names the pages for the evidence leg. `on_event` hears all
    events. A crawl process that dies is started anew with the visits that are not done; a visit that was in flight at
    two deaths runs alone, and fails with cause `crash` if it dies again. KeyboardInterrupt ends the crawl process
    cleanly and is raised on; what was visited stays on disk and the same call goes on from there. While `answers` is
    false no crawl process lives for long (crawler.lifeline).
    """
    results: dict[str, Sealed | Failed] = {}
    waiting = {order.visit_id: order for order in orders}
    deaths: Counter[str] = Counter()
    while waiting:
        together = [order for order in waiting.values() if deaths[order.visit_id] < DEATHS_TOGETHER]
        batch = together or list(waiting.values())[:1]
        done = _run_batch(batch, settings, cited_pages, on_event, answers)
        results.update(done)
        for order in batch:
            if order.visit_id in done:
                waiting.pop(order.visit_id)
                continue
            deaths[order.visit_id] += 1
            if not together:
                failed = Failed(
                    visit_id=order.visit_id,
                    cause=Cause.CRASH,
                    detail=f"the crawl process died each time, see {_log_file(order)}",
                )
                on_event(failed)
                results[order.visit_id] = failed
                waiting.pop(order.visit_id)
    return results


def _run_batch(
    orders: Sequence[VisitOrder],
    settings: Settings,
    cited_pages: Callable[[VisitOrder], Sequence[str]],
    on_event: Callable[[Event], None],
    answers: Callable[[], bool],
) -> dict[str, Sealed | Failed]:
    """Make visits in one crawl process until all are done or it dies."""
    results: dict[str, Sealed | Failed] = {}
    by_id = {order.visit_id: order for order in orders}
    with CrawlProcess(settings, _log_file(orders[0]), answers=answers) as process:
        for order in orders:
            process.tell(StartVisit(order=order))
        while len(results) < len(by_id):
            event = process.hear()
            if event is None:
                log.warning("the crawl process died; %d visits were not done", len(by_id) - len(results))
                break
            on_event(event)
            match event:
                case Crawled(visit_id=visit_id):
                    process.tell(FinishVisit(visit_id=visit_id, page_ids=tuple(cited_pages(by_id[visit_id]))))
                case Sealed(visit_id=visit_id) | Failed(visit_id=visit_id):
                    results[visit_id] = event
                case Progress() | Sampled() | Cancelled():
                    pass
    return results


def sample_homes(process: "CrawlProcess", agencies: Sequence[Agency], round: str) -> dict[str, Sampled]:
    """One availability sample of each of these portals, side by side, by agency; without those left when it died."""
    for agency in agencies:
        process.tell(TakeSample(agency=agency, round=round))
    taken: dict[str, Sampled] = {}
    while len(taken) < len(agencies):
        event = process.hear()
        if event is None:
            log.warning("the crawl process died; %d samples were not taken", len(agencies) - len(taken))
            break
        if isinstance(event, Sampled):
            taken[event.agency] = event
    return taken


class CrawlProcess:
    """A crawl process of our own. Its events are read by a thread, so that it never waits for a busy listener.

    It is kept going by a beat for as long as `answers` is true; it ends by itself soon after the beat does.
    """

    def __init__(self, settings: Settings, log_file: Path, *, answers: Callable[[], bool] = lambda: True) -> None:
        self._settings = settings
        self._log_file = log_file
        self._answers = answers
        self._events: queue.Queue[Event | None] = queue.Queue()
        self._writing = threading.Lock()
        self._over = threading.Event()

    def __enter__(self) -> Self:
        self._log_file.parent.mkdir(parents=True, exist_ok=True)
        with self._log_file.open("ab") as log_output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "crawler.process"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log_output,
                start_new_session=True,  # Ctrl-C reaches only us; we end the crawl process cleanly.
            )
        self._reader = threading.Thread(target=self._read, name="crawl events", daemon=True)
        self._reader.start()
        self._send(self._settings.model_dump_json(exclude={"database_url", "jobs_url"}).encode())
        threading.Thread(target=self._beat_on, name="crawl beat", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._over.set()
        with contextlib.suppress(BrokenPipeError), self._writing:
            self._process.stdin.close()
        try:
            self._process.wait(END_SECONDS)
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            self._process.kill()
            self._process.wait()
        self._reader.join(END_SECONDS)
        assert self._process.stdout is not None
        self._process.stdout.close()

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def tell(self, command: Command) -> None:
        """Send a command; one that reaches nobody is noticed by the next `hear`."""
        self._send(command.model_dump_json().encode())

    def cancel(self, visit_id: str) -> None:
        """Stop a visit; what it has stays on disk."""
        self.tell(CancelVisit(visit_id=visit_id))

    def hear(self) -> Event | None:
        """The next event; None when the process has ended."""
        return self._events.get()

    def hear_within(self, seconds: float) -> Event | None:
        """As `hear`; raises queue.Empty when nothing came in this time."""
        return self._events.get(timeout=seconds)

    def _send(self, line: bytes) -> None:
        assert self._process.stdin is not None
        try:
            with self._writing:
                self._process.stdin.write(line + b"\n")
                self._process.stdin.flush()
        except (BrokenPipeError, ValueError):  # ValueError: closed by us in the meantime
            log.warning("the crawl process hears no more")

    def _beat_on(self) -> None:
        seconds = self._settings.lease_seconds * SILENCE_SHARE / BEATS_PER_SILENCE
        while not self._over.wait(seconds) and self._process.poll() is None:
            if self._answers():
                self.tell(Beat())

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.endswith(b"\n"):
                self._events.put(EVENTS.validate_json(line))
        self._events.put(None)


def _log_file(order: VisitOrder) -> Path:
    return order.folder.parent / LOG_NAME


if __name__ == "__main__":
    from crawler.child import main

    sys.exit(main())
