"""One crawl process for visits that come and go: cancelled, killed under them, or no longer answered for."""

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from crawler.house import CrawlHouse
from crawler.orders import Cancelled, Event, Progress, Sealed, StartVisit, VisitOrder
from crawler.process import CrawlProcess
from tests.crawler.portal_server import Portal, page
from tests.crawler.visiting import order, settings

pytestmark = pytest.mark.browser


def portal(address: str, pages: int = 6) -> Portal:
    names = [f"/p{n}" for n in range(pages)]
    return Portal(address, {"/": page(*names, title="Home"), **{name: page(title=name) for name in names}})


def visit(house: CrawlHouse, wanted: VisitOrder, stopped: threading.Event, heard: Callable[[Event], None]) -> object:
    return house.visit(wanted, cited_pages=lambda _: (), stopped=stopped, on_event=heard)


def crawl_processes() -> list[psutil.Process]:
    children = psutil.Process().children()
    return [child for child in children if "crawler.process" in " ".join(child.cmdline())]


class After:
    """Does something once, at the first page that a visit tells of."""

    def __init__(self, do: Callable[[], object]) -> None:
        self._do = do
        self.at = 0.0

    def __call__(self, event: Event) -> None:
        if isinstance(event, Progress) and event.pages >= 2 and not self.at:
            self.at = time.monotonic()
            self._do()


def test_visits_of_several_threads_share_one_crawl_process(tmp_path: Path) -> None:
    with portal("127.0.3.1").running() as one, portal("127.0.3.2").running() as two:
        orders = [order(tmp_path, name, site.url) for name, site in (("one", one), ("two", two))]
        seen: list[int] = []
        with CrawlHouse(settings(tmp_path), tmp_path / "logs") as house, ThreadPoolExecutor() as pool:
            ended = pool.map(
                lambda wanted: visit(house, wanted, threading.Event(), lambda _: seen.append(len(crawl_processes()))),
                orders,
            )
            assert [type(end) for end in ended] == [Sealed, Sealed]
        assert set(seen) == {1}
        assert crawl_processes() == []
        assert all((wanted.folder / "manifest.json").exists() for wanted in orders)


def test_cancelled_visit_stops_at_once_and_can_be_gone_on_with(tmp_path: Path) -> None:
    with portal("127.0.3.3", pages=8).running() as site:
        wanted = order(tmp_path, "one", site.url)
        with CrawlHouse(settings(tmp_path, requests_per_second=2), tmp_path / "logs") as house:
            stopped = threading.Event()
            cancel = After(stopped.set)
            assert isinstance(visit(house, wanted, stopped, cancel), Cancelled)
            assert time.monotonic() - cancel.at < 3
            asked = len(site.log)
            time.sleep(1.5)
            assert len(site.log) <= asked + 1  # one may have been on its way
            assert not (wanted.folder / "manifest.json").exists()
            assert isinstance(visit(house, wanted, threading.Event(), lambda _: None), Sealed)
        assert max(Counter(site.paths).values()) <= 2
        assert sum(count > 1 for count in Counter(site.paths).values()) <= 1


def test_visit_goes_on_when_the_crawl_process_is_killed(tmp_path: Path) -> None:
    with portal("127.0.3.4").running() as site:
        wanted = order(tmp_path, "one", site.url)
        with CrawlHouse(settings(tmp_path, requests_per_second=4), tmp_path / "logs") as house:
            kill = After(lambda: os.kill(crawl_processes()[0].pid, signal.SIGKILL))
            assert isinstance(visit(house, wanted, threading.Event(), kill), Sealed)
            assert kill.at
        assert max(Counter(site.paths).values()) <= 2


def test_visit_whose_draft_cannot_be_judged_leaves_nothing_behind(tmp_path: Path) -> None:
    def broken(_: VisitOrder) -> tuple[str, ...]:
        raise RuntimeError("a fault of ours")

    with portal("127.0.3.6", pages=2).running() as site:
        wanted = order(tmp_path, "one", site.url)
        with CrawlHouse(settings(tmp_path), tmp_path / "logs") as house:
            with pytest.raises(RuntimeError, match="a fault of ours"):
                house.visit(wanted, cited_pages=broken, stopped=threading.Event())
            assert not (wanted.folder / "manifest.json").exists()
            # It has let go of its folder, and the next one goes on from what it had.
            asked = len(site.log)
            assert isinstance(visit(house, wanted, threading.Event(), lambda _: None), Sealed)
            assert len(site.log) <= asked + 2


def test_crawl_that_nobody_answers_for_ends_by_itself(tmp_path: Path) -> None:
    answers = threading.Event()
    answers.set()
    with (
        portal("127.0.3.5", pages=30).running() as site,
        CrawlProcess(
            settings(tmp_path, requests_per_second=2, lease_seconds=8), tmp_path / "log", answers=answers.is_set
        ) as process,
    ):
        process.tell(StartVisit(order=order(tmp_path, "one", site.url)))
        events = 0
        while events < 4:  # longer than the silence that would end it
            events += isinstance(process.hear(), Progress)
        answers.clear()
        begun = time.monotonic()
        while process.hear() is not None:
            pass
        assert time.monotonic() - begun < 8  # within the lease, so before another worker may take over
        asked = len(site.log)
        time.sleep(1)
        assert len(site.log) == asked
