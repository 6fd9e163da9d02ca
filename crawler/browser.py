"""A thin layer over Playwright: one browser, a context for each agency, started anew when it crashed or grew old."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Self

from playwright.async_api import Browser as Chromium
from playwright.async_api import BrowserContext, Error, Playwright, async_playwright

from config.settings import Settings
from crawler.browser_context import PortalContext
from crawler.chromium import FLAGS, NoBrowserError, find_browser
from crawler.guard_proxy import GuardProxy
from crawler.safety import AddressGuard
from crawler.shown import Shown, ShowOptions

__all__ = ["Browser", "NoBrowserError", "PortalContext", "ShowOptions", "Shown"]

START_SECONDS = 60.0
CLOSE_SECONDS = 10.0
CONCURRENT_PAGES = 2
"""More pages at once gain nothing: one load fills most of two cores."""

VIEWPORT_WIDTH, VIEWPORT_HEIGHT = 1366, 900
PHONE_WIDTH, PHONE_HEIGHT = 360, 640
"""The narrow screen of the rubric of mobile use (U06), CSS pixels."""


class Browser:
    """The browser of one crawl process. Started at the first page; everything is closed on exit.

    The guard decides which addresses pages may reach: pages have no way to the network but the guarding proxy.
    """

    def __init__(self, settings: Settings, guard: AddressGuard) -> None:
        self.settings = settings
        self._guard = guard
        self._playwright: Playwright | None = None
        self._chromium: Chromium | None = None
        self._contexts: list[PortalContext] = []
        self._starting = asyncio.Lock()
        self._places = asyncio.Semaphore(CONCURRENT_PAGES)
        self._active = 0
        self._shown = 0
        self._condemned = False
        self._idle = asyncio.Event()
        self._idle.set()
        self.generation = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for context in tuple(self._contexts):
            await context.close()
        await self._stop_chromium()
        await self._stop_driver()

    @property
    def version(self) -> str:
        """The browser's version, empty before its first start."""
        return self._chromium.version if self._chromium is not None else ""

    async def context(self, agency_id: str, own_hosts: frozenset[str], *, phone: bool = False) -> PortalContext:
        """A context for one agency's portal: its own cookies and its own way to the network; a phone's if wanted."""
        proxy = GuardProxy(self._guard, load_bytes=2 * self.settings.max_file_bytes)
        await proxy.start()
        context = PortalContext(self, proxy, agency_id, own_hosts, phone=phone)
        self._contexts.append(context)
        return context

    def forget(self, context: PortalContext) -> None:
        """A context has been closed."""
        if context in self._contexts:
            self._contexts.remove(context)

    def condemn(self, generation: int) -> None:
        """A page of this browser start cannot be closed: start anew before the next page."""
        if generation == self.generation:
            self._condemned = True

    @contextlib.asynccontextmanager
    async def place(self) -> AsyncIterator[Chromium]:
        """A place to show one page in a running browser; waits while all are taken. Raises NoBrowserError."""
        async with self._places:
            chromium = await self._running()
            self._active += 1
            self._idle.clear()
            try:
                yield chromium
            finally:
                self._shown += 1
                self._active -= 1
                if self._active == 0:
                    self._idle.set()

    async def _running(self) -> Chromium:
        async with self._starting:
            old = self._condemned or self._shown >= self.settings.browser_recycle_pages
            if self._chromium is not None and old:
                await self._idle.wait()
                await self._stop_chromium()
            if self._chromium is not None and self._chromium.is_connected():
                return self._chromium
            await self._stop_chromium()
            try:
                self._chromium = await asyncio.wait_for(self._start(), START_SECONDS)
            except (Error, TimeoutError, OSError) as error:
                raise NoBrowserError(f"the browser does not start: {str(error).splitlines()[0:1]}") from error
            self._shown = 0
            self._condemned = False
            self.generation += 1
            return self._chromium

    async def _start(self) -> Chromium:
        program = find_browser(self.settings)
        if program is None:
            raise NoBrowserError("no browser program was found; set DIDBAN_CHROMIUM")
        if self._playwright is None:
            self._playwright = await async_playwright().start()
        return await self._playwright.chromium.launch(
            executable_path=program,
            args=list(FLAGS),
            chromium_sandbox=os.geteuid() != 0,  # The sandbox refuses to run as root.
            # Only contexts reach the network, each by its own proxy; what belongs to none finds a closed door.
            proxy={"server": "http://127.0.0.1:9"},
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
        )

    async def _stop_chromium(self) -> None:
        if self._chromium is None:
            return
        chromium, self._chromium = self._chromium, None
        try:
            await asyncio.wait_for(chromium.close(), CLOSE_SECONDS)
        except Error:
            return  # Gone already.
        except TimeoutError:
            await self._stop_driver()  # The driver kills its browsers when it ends.

    async def _stop_driver(self) -> None:
        if self._playwright is None:
            return
        playwright, self._playwright = self._playwright, None
        with contextlib.suppress(Error, TimeoutError):
            await asyncio.wait_for(playwright.stop(), CLOSE_SECONDS)

    async def new_context(self, chromium: Chromium, proxy: GuardProxy, *, phone: bool) -> BrowserContext:
        """A browser context as every portal gets it: nothing is kept, granted or downloaded.

        A phone has a narrow touch screen and heeds the page's viewport setting; its shots have one pixel per CSS pixel.
        """
        width, height = (PHONE_WIDTH, PHONE_HEIGHT) if phone else (VIEWPORT_WIDTH, VIEWPORT_HEIGHT)
        return await chromium.new_context(
            viewport={"width": width, "height": height},
            is_mobile=phone,
            has_touch=phone,
            locale="fa-IR",
            timezone_id="Asia/Tehran",
            user_agent=self._user_agent(chromium.version, phone=phone),
            ignore_https_errors=True,
            accept_downloads=False,
            service_workers="block",
            permissions=[],
            proxy={"server": f"http://127.0.0.1:{proxy.port}"},
        )

    def _user_agent(self, version: str, *, phone: bool) -> str:
        """A browser that portals serve as one, and that says who drives it."""
        major = version.partition(".")[0]
        system, kind = ("Linux; Android 10; K", " Mobile") if phone else ("X11; Linux x86_64", "")
        return (
            f"Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) "
            f"Chrome/{major}.0.0.0{kind} Safari/537.36 {self.settings.user_agent}"
        )
