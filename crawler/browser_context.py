"""One agency's context in the browser: shows pages one after another, never longer than the time it is given."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from playwright.async_api import Browser as Chromium
from playwright.async_api import BrowserContext, Dialog, Error, Page

from config.vocabulary import Cause
from crawler.chromium import NoBrowserError
from crawler.clicking import click_element
from crawler.guard_proxy import GuardProxy
from crawler.page_view import PageView
from crawler.safety import RefusedAddressError, endpoint_of
from crawler.shown import NotShownError, Shown, ShowOptions, Trace

if TYPE_CHECKING:
    from crawler.browser import Browser

CLOSE_SECONDS = 5.0
EVIDENCE_SECONDS = 20.0
"""Time for clicks, closing dialogs, screenshots and the layout map, after the page's own time and once more of that."""

Work = Callable[[PageView], Coroutine[Any, Any, Shown]]


class PortalContext:
    """Shows the pages of one agency in one reused page. Calls wait for each other."""

    def __init__(
        self, browser: "Browser", proxy: GuardProxy, agency_id: str, own_hosts: frozenset[str], *, phone: bool = False
    ) -> None:
        self.agency_id = agency_id
        self.phone = phone
        self.own_hosts = own_hosts
        self._browser = browser
        self._proxy = proxy
        self._context: BrowserContext | None = None
        self._page: Page | None = None
        self._generation = 0
        self._view: PageView | None = None
        self._turn = asyncio.Lock()

    async def show(self, url: str, *, reason: str, want: ShowOptions) -> Shown:
        """The page behind an address as a person sees it. Whatever goes wrong is a cause in the answer."""
        del reason  # Callers keep it with the rendering; here every page is shown alike.

        async def work(view: PageView) -> Shown:
            await view.open(url)
            return await view.capture(want)

        return await self.visit(url, work)

    async def click(
        self, url: str, selector: str, *, reason: str, want: ShowOptions, path: Sequence[str] = ()
    ) -> Shown:
        """The page that a menu entry without an address leads to: opens `url`, clicks `path`, then `selector`.

        Only links and buttons that send no form of a person's data; anything else is refused, as a cause.
        """
        del reason

        async def work(view: PageView) -> Shown:
            await view.open(url)
            for step in (*path, selector):
                await click_element(view, step)
            return await view.capture(want)

        return await self.visit(url, work)

    async def visit(self, url: str, work: Work) -> Shown:
        """Run some work on the page within its time; for looks that show() and click() do not cover."""
        trace = Trace()
        async with self._turn:
            try:
                endpoint_of(url)
                async with self._browser.place() as chromium:
                    return await self._bounded(chromium, trace, work)
            except RefusedAddressError as error:
                return self._failed(url, trace, Cause.REFUSED, str(error))
            except NotShownError as error:
                return self._failed(url, trace, error.cause, error.detail)
            except (Error, NoBrowserError) as error:
                return self._failed(url, trace, Cause.CRASH, _first_line(error))

    async def close(self) -> None:
        """Close page, context and proxy. The context cannot be used again."""
        await self._drop()
        await self._proxy.close()
        self._browser.forget(self)

    async def _bounded(self, chromium: Chromium, trace: Trace, work: Work) -> Shown:
        seconds = self._browser.settings.render_timeout_seconds
        gone: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        page = await self._ready_page(chromium)

        def lost(why: str) -> None:
            if not gone.done():
                gone.set_result(why)

        def crashed(_page: Page) -> None:
            lost("the page crashed")

        def closed(_page: Page) -> None:
            lost("the browser is gone")

        page.on("crash", crashed)
        page.on("close", closed)
        self._proxy.begin_load()
        view = self._view = PageView(page, self._proxy, self._browser.settings, trace)
        task = asyncio.ensure_future(work(view))
        try:
            await _opened(view, task, gone, seconds)
            shown = await _first(task, gone, seconds + EVIDENCE_SECONDS)
            await self._rest(page)
        except BaseException:
            await self._stop(task)
            await self._drop()
            raise
        finally:
            self._view = None
            view.close()
            with contextlib.suppress(Error):
                page.remove_listener("crash", crashed)
                page.remove_listener("close", closed)
            gone.cancel()
        return shown

    async def _stop(self, task: "asyncio.Task[Shown]") -> None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def _ready_page(self, chromium: Chromium) -> Page:
        """The context's page; a fresh one after a crash, a timeout or a new start of the browser."""
        if self._page is not None and self._generation == self._browser.generation and not self._page.is_closed():
            return self._page
        await self._drop()
        try:
            async with asyncio.timeout(CLOSE_SECONDS * 3):
                self._context = await self._browser.new_context(chromium, self._proxy, phone=self.phone)
                self._page = await self._context.new_page()
        except TimeoutError as error:
            raise NotShownError(Cause.CRASH, "the browser opens no page") from error
        self._generation = self._browser.generation
        self._page.on("dialog", self._dismiss)
        self._context.on("page", self._refuse_popup)
        return self._page

    async def _refuse_popup(self, page: Page) -> None:
        if page is self._page:
            return
        if self._view is not None:
            self._view.popup_opened(page.url)
        with contextlib.suppress(Error):
            await page.close()

    async def _dismiss(self, dialog: Dialog) -> None:
        if self._view is not None:
            self._view.message_dismissed(dialog.message)
        with contextlib.suppress(Error):
            if dialog.type == "beforeunload":
                await dialog.accept()  # Here "dismiss" would mean to stay.
            else:
                await dialog.dismiss()

    async def _rest(self, page: Page) -> None:
        """Stop what the page still does; a page that cannot be left is thrown away."""
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await page.goto("about:blank")
        except (Error, TimeoutError):
            await self._drop()

    async def _drop(self) -> None:
        context, self._context, self._page = self._context, None, None
        if context is not None:
            try:
                await asyncio.wait_for(context.close(), CLOSE_SECONDS)
            except Error:
                return  # It went with its browser.
            except TimeoutError:
                self._browser.condemn(self._generation)

    def _failed(self, url: str, trace: Trace, cause: Cause, detail: str) -> Shown:
        return Shown(
            final_url=trace.visited[-1][0] if trace.visited else url,
            status=trace.visited[-1][1] if trace.visited else None,
            cause=cause,
            detail=detail,
            shown_at=datetime.now(UTC),
            redirects=tuple(address for address, _ in trace.visited[:-1]),
            interactions=tuple(trace.interactions),
            received_bytes=self._proxy.received,
        )


async def _opened(view: PageView, task: "asyncio.Task[Shown]", gone: "asyncio.Future[str]", seconds: float) -> None:
    """Wait until the page is open and quiet. Raises NotShownError when it is not so in time."""
    opened = asyncio.ensure_future(view.opened.wait())
    waiting: set[asyncio.Future[Any]] = {task, gone, opened}
    try:
        done, _ = await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        opened.cancel()
    if not done:
        raise NotShownError(Cause.TIMEOUT, f"not shown within {seconds:g} s")


async def _first(task: "asyncio.Task[Shown]", gone: "asyncio.Future[str]", seconds: float) -> Shown:
    """The task's answer, unless the page goes first or the time is over. Raises NotShownError."""
    waiting: set[asyncio.Future[Any]] = {task, gone}
    await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    if gone.done():
        raise NotShownError(Cause.CRASH, gone.result())
    if not task.done():
        raise NotShownError(Cause.TIMEOUT, f"not shown within {seconds:g} s")
    return task.result()


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or ["the browser failed"])[0][:300]
