"""Visits that are killed: nothing is lost, nothing is asked for twice, nothing sealed is touched."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from warcio.archiveiterator import ArchiveIterator

from config.vocabulary import Cause
from crawler.orders import Crawled, Event, Failed, Progress, Sealed
from crawler.process import run_visits
from snapshot.warc import ARCHIVE
from tests.crawler.portal_server import Portal, page
from tests.crawler.visiting import order, settings

PAGES = 12
RUN = """
import json, signal, sys
from pathlib import Path
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs start with it ignored
from crawler.process import run_visits
from tests.crawler.visiting import order, settings
home = Path(sys.argv[1])
run_visits([order(home, "a", sys.argv[2])], settings(home, requests_per_second=12),
    cited_pages=lambda _: (), on_event=lambda event: print(event.model_dump_json(), flush=True))
"""


@pytest.fixture
def portal() -> Iterator[Portal]:
    with Portal("127.0.0.80").running() as running:
        running.routes["/"] = page(*(f"/p{number}" for number in range(PAGES - 1)))
        running.otherwise = lambda path: page(title=f"Page {path}", text=f"All about {path}. " * 20)
        yield running


def crawl_process() -> psutil.Process:
    """Our crawl process; other tests of this process may have started other servers."""
    children = psutil.Process(os.getpid()).children()
    alive = (child for child in children if child.status() != psutil.STATUS_ZOMBIE)
    return next(child for child in alive if "crawler.process" in child.cmdline())


def start(home: Path, url: str) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-c", RUN, str(home), url], stdout=subprocess.PIPE, text=True)


def whole(folder: Path) -> list[str]:
    """Addresses of the pages in the archive, which must be whole for another reader."""
    with (folder / ARCHIVE).open("rb") as stream:
        records = ArchiveIterator(stream, check_digests="raise")
        return [r.rec_headers["WARC-Target-URI"] for r in records if r.rec_type == "response" and r.content_stream()]


def lines(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "pages.jsonl").read_bytes().splitlines()]


@pytest.mark.parametrize("asked_before", [1, 7])
def test_a_killed_run_goes_on_where_it_was(tmp_path: Path, portal: Portal, asked_before: int) -> None:
    first = start(tmp_path, portal.url)
    while len(portal.paths) < asked_before:
        time.sleep(0.005)
    children = psutil.Process(first.pid).children(recursive=True)
    first.kill()
    first.wait()
    _, alive = psutil.wait_procs(children, timeout=30)
    assert not alive, "the crawl process outlived the one that was killed"
    known = {str(record["url"]) for record in lines(tmp_path / "evidence/r/a")} if asked_before > 1 else set()
    asked = Counter(portal.paths)

    second = start(tmp_path, portal.url)
    assert second.wait(180) == 0
    folder = tmp_path / "evidence/r/a"
    again = Counter(portal.paths) - asked
    assert not {portal.url + path.lstrip("/") for path in again} & known, "a page that was kept was asked for again"
    assert len(whole(folder)) == len(lines(folder)) == PAGES
    assert len({record["page_id"] for record in lines(folder)}) == PAGES
    assert (folder / "manifest.json").exists()


def test_a_crawl_process_that_dies_is_started_anew(tmp_path: Path, portal: Portal) -> None:
    killed: list[int] = []

    def on_event(event: Event) -> None:
        if isinstance(event, Progress) and event.pages == 3 and not killed:
            child = crawl_process()
            killed.append(child.pid)
            child.kill()

    orders = [order(tmp_path, "a", portal.url)]
    results = run_visits(
        orders, settings(tmp_path, requests_per_second=20), cited_pages=lambda _: (), on_event=on_event
    )
    assert killed
    assert isinstance(results["a"], Sealed)
    assert len(whole(tmp_path / "evidence/r/a")) == PAGES


def test_a_visit_that_always_kills_its_process_runs_alone_and_fails(tmp_path: Path, portal: Portal) -> None:
    deaths: list[str] = []

    def on_event(event: Event) -> None:
        if isinstance(event, Progress) and event.agency == "a" and event.stage == "home":
            deaths.append(event.agency)
            crawl_process().kill()

    orders = [order(tmp_path, name, portal.url) for name in ("a", "b")]
    results = run_visits(orders, settings(tmp_path), cited_pages=lambda _: (), on_event=on_event)
    assert isinstance(results["a"], Failed)
    assert results["a"].cause == Cause.CRASH
    assert isinstance(results["b"], Sealed)
    assert len(deaths) == 3


def test_a_sealed_visit_is_told_and_not_touched(tmp_path: Path, portal: Portal) -> None:
    orders = [order(tmp_path, "a", portal.url)]
    run_visits(orders, settings(tmp_path), cited_pages=lambda _: (), on_event=lambda _: None)
    folder = tmp_path / "evidence/r/a"
    before = {path.name: (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.iterdir()}
    asked = len(portal.log)
    results = run_visits(orders, settings(tmp_path), cited_pages=lambda _: (), on_event=lambda _: None)
    assert isinstance(results["a"], Sealed)
    assert results["a"].pages == PAGES
    assert {path.name: (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.iterdir()} == before
    assert len(portal.log) == asked


def test_a_kill_while_judging_asks_for_nothing_again(tmp_path: Path, portal: Portal) -> None:
    asked_at_crawled: list[int] = []

    def on_event(event: Event) -> None:
        if isinstance(event, Crawled):
            asked_at_crawled.append(len(portal.log))
            if len(asked_at_crawled) == 1:
                child = crawl_process()
                child.kill()
                child.wait()

    orders = [order(tmp_path, "a", portal.url)]
    results = run_visits(orders, settings(tmp_path), cited_pages=lambda _: (), on_event=on_event)
    assert isinstance(results["a"], Sealed)
    assert asked_at_crawled[0] == asked_at_crawled[1] == len(portal.log)


def test_a_terminated_run_ends_its_crawl_process(tmp_path: Path, portal: Portal) -> None:
    first = start(tmp_path, portal.url)
    while len(portal.paths) < 2:
        time.sleep(0.005)
    children = psutil.Process(first.pid).children(recursive=True)
    first.send_signal(signal.SIGINT)
    assert first.wait(60) != 0
    _, alive = psutil.wait_procs(children, timeout=30)
    assert not alive
    assert not (tmp_path / "evidence/r/a/manifest.json").exists()
    folder = tmp_path / "evidence/r/a"
    assert len(whole(folder)) == len(lines(folder))


def test_a_full_disk_fails_the_visit_with_a_clear_word_and_keeps_it_valid(tmp_path: Path, portal: Portal) -> None:
    portal.otherwise = lambda path: page(title=f"Page {path}", text=os.urandom(12_000).hex())
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))"
    command = [sys.executable, "-c", f"{limit}\n{RUN}", str(tmp_path), portal.url]
    out = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=180).stdout
    last = json.loads(out.splitlines()[-1])
    assert (last["event"], last["cause"]) == ("failed", "crash")
    assert "cannot write" in last["detail"]
    folder = tmp_path / "evidence/r/a"
    assert 1 < len(whole(folder)) == len(lines(folder)) < PAGES

    results = run_visits(
        [order(tmp_path, "a", portal.url)], settings(tmp_path), cited_pages=lambda _: (), on_event=lambda _: None
    )
    assert isinstance(results["a"], Sealed)
    assert len(whole(folder)) == PAGES
