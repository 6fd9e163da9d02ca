"""No browser outlives the process that started it."""

import signal
import subprocess
import sys
import time

import psutil
import pytest

from tests.crawler.in_browser.site import FILLER, BrowserSite

pytestmark = pytest.mark.browser

PROGRAM = """
import asyncio, sys
from config.settings import Settings
from crawler.browser import Browser, ShowOptions
from crawler.safety import AddressGuard

async def main(url, stay):
    async with Browser(Settings(), AddressGuard.for_register([url], allow_private=True)) as browser:
        portal = await browser.context("a", frozenset())
        shown = await portal.show(url, reason="r", want=ShowOptions())
        print(shown.status, flush=True)
        if stay:
            await asyncio.sleep(60)

asyncio.run(main(sys.argv[1], sys.argv[2] == "stay"))
"""


def _started(url: str, how: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", PROGRAM, url, how]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those that still run; a dead one that nobody has asked for its exit status yet is dead."""
    return [p for p in processes if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]


def test_browser_dies_with_a_killed_parent(site: BrowserSite) -> None:
    with _started(site.page("/", FILLER), "stay") as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "200\n"
        children = psutil.Process(parent.pid).children(recursive=True)
        assert len(children) >= 3
        parent.send_signal(signal.SIGKILL)
        parent.wait(10)
    until = time.monotonic() + 10
    while _alive(children) and time.monotonic() < until:
        time.sleep(0.05)
    assert _alive(children) == []


def test_leaving_closes_the_browser(site: BrowserSite) -> None:
    with _started(site.page("/", FILLER), "leave") as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "200\n"
        children = psutil.Process(parent.pid).children(recursive=True)
        assert parent.wait(20) == 0
    assert _alive(children) == []
