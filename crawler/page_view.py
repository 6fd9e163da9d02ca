"""One page in the browser while it is looked at: opening, waiting until it is quiet, reading what it shows."""

import asyncio
import contextlib
import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import CDPSession, Error, Page, Response
from playwright.async_api import TimeoutError as BrowserTimeoutError

from config.settings import Settings
from config.vocabulary import Cause
from crawler.consent import close_dialogs
from crawler.guard_proxy import GuardProxy
from crawler.layout import layout_script, page_layout, quiet_script
from crawler.shots import scroll_through, take_shot
from crawler.shown import NotShownError, Shown, ShowOptions, Trace

SETTLE_SECONDS = 1.5
AWAITING_SETTLE_SECONDS = 3.0
EMPTY_SETTLE_SECONDS = 6.0
"""A page without text yet is given longer: a script application that waits for its data."""

EMPTY_TEXT = 80
QUIET_MS = 150
MAX_MESSAGES = 10
LOAD_SHARE = 0.6
"""Share of the page's time for its load event; a page that never ends loading is then looked at as it stands."""

PROXY_STATUS = 502
"""What the guarding proxy answers for a connection that it does not make."""

NET_ERRORS = {
    "ERR_NAME_NOT_RESOLVED": Cause.DNS,
    "ERR_CONNECTION_REFUSED": Cause.REFUSED,
    "ERR_CONNECTION_RESET": Cause.REFUSED,
    "ERR_CONNECTION_CLOSED": Cause.REFUSED,
    "ERR_EMPTY_RESPONSE": Cause.REFUSED,
    "ERR_TUNNEL_CONNECTION_FAILED": Cause.REFUSED,
    "ERR_ADDRESS_UNREACHABLE": Cause.REFUSED,
    "ERR_UNSAFE_PORT": Cause.REFUSED,
    "ERR_TIMED_OUT": Cause.TIMEOUT,
    "ERR_CONNECTION_TIMED_OUT": Cause.TIMEOUT,
    "ERR_TOO_MANY_REDIRECTS": Cause.REDIRECT_LOOP,
    "ERR_SSL": Cause.TLS,
    "ERR_CERT": Cause.TLS,
}


class PageView:
    """The page, its proxy and what has happened on it. Made for one look, closed after it."""

    def __init__(self, page: Page, proxy: GuardProxy, settings: Settings, trace: Trace) -> None:
        self.page = page
        self.proxy = proxy
        self.settings = settings
        self.trace = trace
        self.popups: list[str] = []
        self.messages: list[str] = []
        self.navigations = 0
        self.opened = asyncio.Event()
        self._session: CDPSession | None = None
        page.on("response", self._answered)
        page.on("framenavigated", self._navigated)

    def close(self) -> None:
        """Stop listening to the page."""
        with contextlib.suppress(Error):
            self.page.remove_listener("response", self._answered)
            self.page.remove_listener("framenavigated", self._navigated)

    def popup_opened(self, url: str) -> None:
        """A pop-up came up and is being closed; its address is kept."""
        self.popups.append(url)
        self.trace.log("close pop-up", None, url)

    def message_dismissed(self, text: str) -> None:
        """A message box of the page was dismissed; the first ones are kept."""
        if len(self.messages) < MAX_MESSAGES:
            self.messages.append(text[:200])
            self.trace.log("dismiss message", None, text[:200])

    async def open(self, url: str) -> None:
        """Go to an address and wait until it is loaded and quiet. Raises NotShownError."""
        seconds = self.settings.render_timeout_seconds
        try:
            response = await self.page.goto(url, wait_until="commit", timeout=seconds * 1000)
        except BrowserTimeoutError as error:
            raise NotShownError(Cause.TIMEOUT, f"no answer within {seconds:g} s") from error
        except Error as error:
            raise self._not_opened(url, str(error)) from error
        if response is not None:
            self._check_failure(response.url)
        await self.loaded()
        self.opened.set()

    async def loaded(self) -> None:
        """Wait for the load event (a page that never fires it is looked at as it stands), then for quiet."""
        seconds = self.settings.render_timeout_seconds * LOAD_SHARE
        try:
            await self.page.wait_for_load_state("load", timeout=seconds * 1000)
        except BrowserTimeoutError:
            await self.settle(at_most=SETTLE_SECONDS)
        else:
            await self.settle()

    async def settle(self, at_most: float = EMPTY_SETTLE_SECONDS) -> None:
        """Wait until document and network are quiet, 1.5 s at most.

        Longer while answers are still awaited, and longest while the page shows next to no text.
        """
        loop = asyncio.get_running_loop()
        begin = loop.time()
        at_most = min(at_most, self.settings.render_timeout_seconds / 4)
        while True:
            length = await self.evaluate(quiet_script(QUIET_MS, 1000))
            spent = loop.time() - begin
            has_text = isinstance(length, int) and length >= EMPTY_TEXT
            if spent >= at_most:
                return
            if self.proxy.quiet(QUIET_MS / 1000):
                if has_text or spent >= SETTLE_SECONDS:
                    return
            elif has_text and spent >= AWAITING_SETTLE_SECONDS:
                return

    async def evaluate(self, expression: str) -> Any:
        """The value of an expression in a world that the page's own scripts cannot touch. Raises NotShownError.

        The page may go elsewhere meanwhile (a redirect by script): then it is asked again.
        """
        last = ""
        for _ in range(4):
            try:
                return await self._evaluate(expression)
            except Error as error:
                last = str(error)
                with contextlib.suppress(BrowserTimeoutError):
                    await self.page.wait_for_load_state("load", timeout=3_000)
        raise NotShownError(Cause.CRASH, f"the page cannot be asked: {last[:200]}")

    async def send(self, method: str, **params: Any) -> dict[str, Any]:
        """A command of the browser's own protocol."""
        if self._session is None:
            self._session = await self.page.context.new_cdp_session(self.page)
        answer: dict[str, Any] = await self._session.send(method, params)
        return answer

    async def capture(self, want: ShowOptions) -> Shown:
        """What the page shows now: dialogs closed, document, layout map and screenshots as wanted."""
        before = await close_dialogs(self, screenshot=want.screenshot)
        if want.screenshot or want.layout:
            await scroll_through(self)
        shown_at = datetime.now(UTC)
        found = json.loads(await self.evaluate(layout_script(layout=want.layout)))
        html: str = found["html"]
        if len(html) > self.settings.max_body_bytes:
            raise NotShownError(Cause.TOO_LARGE, f"the document has {len(html)} characters")
        layout = page_layout(found, self._viewport_width()) if want.layout else None
        screenshot = await take_shot(self, found["page_width"], found["page_height"]) if want.screenshot else None
        url = str(found["url"])
        if not url.startswith(("http://", "https://")):
            raise self._not_opened(url, "")  # The browser's own page for an address that a script led to.
        self._check_failure(url)
        status = self.trace.visited[-1][1] if self.trace.visited else None
        way = [address for address, _ in self.trace.visited]
        while way and _same_document(way[-1], url):
            way.pop()
        return Shown(
            final_url=url,
            status=status,
            cause=None,
            detail=None,
            shown_at=shown_at,
            redirects=tuple(way),
            html=html,
            layout=layout,
            screenshot=screenshot,
            screenshot_before_consent=before,
            interactions=tuple(self.trace.interactions),
            received_bytes=self.proxy.received,
        )

    def _viewport_width(self) -> int:
        size = self.page.viewport_size
        return size["width"] if size else 0

    async def _evaluate(self, expression: str) -> Any:
        tree = await self.send("Page.getFrameTree")
        world = await self.send(
            "Page.createIsolatedWorld", frameId=tree["frameTree"]["frame"]["id"], worldName="observer"
        )
        answer = await self.send(
            "Runtime.evaluate",
            expression=expression,
            contextId=world["executionContextId"],
            returnByValue=True,
            awaitPromise=True,
        )
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            text = details.get("exception", {}).get("description") or details.get("text", "")
            raise NotShownError(Cause.CRASH, f"a script of ours failed: {text[:200]}")
        return answer["result"].get("value")

    def _answered(self, response: Response) -> None:
        request = response.request
        if not request.is_navigation_request():
            return
        with contextlib.suppress(Error):  # A frame that is already gone was not the page itself.
            if request.frame == self.page.main_frame:
                self.trace.visited.append((response.url, response.status))

    def _navigated(self, frame: Any) -> None:
        if frame == self.page.main_frame:
            self.navigations += 1

    def _check_failure(self, url: str) -> None:
        """A refusal of the proxy looks like an answer (502) to the browser; the proxy knows better."""
        if not self.trace.visited or self.trace.visited[-1][1] != PROXY_STATUS:
            return
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        failure = self.proxy.failures.get(((parts.hostname or "").lower(), port))
        if failure is not None:
            self.trace.visited.pop()
            raise NotShownError(*failure)

    def _not_opened(self, url: str, message: str) -> NotShownError:
        line = (message.splitlines() or [""])[0]
        if "Download is starting" in line or "ERR_ABORTED" in line:
            return NotShownError(Cause.MISSING_ARTEFACT, "not a page: a download or an empty answer")
        if self.proxy.failures:
            # The address that failed last is the one that the redirects led to.
            return NotShownError(*list(self.proxy.failures.values())[-1])
        for name, cause in NET_ERRORS.items():
            if name in line:
                return NotShownError(cause, f"{url}: net::{name}")
        return NotShownError(Cause.CRASH, line[:300])


def _same_document(first: str, second: str) -> bool:
    return first.partition("#")[0] == second.partition("#")[0]
