"""Probe site-search: one query for a registered service's title in the portal's own search, as a person would ask it.

One query in a visit, a public title and nothing of any person. An address that robots.txt forbids is never asked, also
where only a script of the page leads to it, and a search that is sent to another body's host is not sent.
"""

import asyncio
import contextlib
from dataclasses import asdict, replace
from typing import Any
from urllib.parse import quote_plus, unquote_plus

from playwright.async_api import Error, Route

from config.vocabulary import Cause
from crawler.clicking import click_element
from crawler.consent import close_dialogs
from crawler.layout import quoted
from crawler.page_view import PageView
from crawler.probes.looking import logged, probe_script
from crawler.probes.search_answer import SearchAnswer, read_answer
from crawler.probes.search_box import SearchBox, SearchTask, search_task
from crawler.probes.site import ProbeSite
from crawler.shown import NotShownError, Shown, ShowOptions
from crawler.sitemaps import sitemap_addresses
from snapshot.models import ProbeResult
from snapshot.perception.models import Perception
from snapshot.perception.page import perceive

ANSWER_SECONDS = 5.0
"""How long a search is given to begin to answer."""
ROBOTS_SECONDS = 5.0
MARK = "%25QUERY%25"
"""How the place of the query stands in the address that the script builds."""


async def ask_site_search(site: ProbeSite) -> ProbeResult:
    """Ask the search for one service, in its host's turn.

    data: {query, service, box: {page_id, url, selector, place, label, method, action} or None, outcome, status, url,
    results, position, first: [[caption, url]], quote, by, screenshot, sitemap}. outcome: found (the service is among
    the results, at `position` from 1), about (results on it, not the service), unrelated, empty, error, unchanged (the
    box does nothing), outside (another body's engine: `action`, not sent), no_box. `by` is how it was sent: box, or
    address where the box is closed and cannot be opened. `sitemap` counts the addresses of sitemap.xml, read only where
    the crawl came upon no page that is a map; else None. Failed with its cause where it could not be asked: robots,
    login, captcha, timeout, missing_artefact (no registered service, or a box that cannot be opened).
    """
    task = await site.seen(search_task)
    data: dict[str, Any] = {"query": task.query, "service": task.service, "box": None, "sitemap": None}
    if task.box is None:
        return ProbeResult(status="failed", cause=Cause.MISSING_ARTEFACT, data={**data, "reason": "home was not read"})
    if not task.site_map:
        data["sitemap"] = len(await sitemap_addresses(site.fetcher, site.home))
    if not task.query:
        reason = {"reason": "no registered service to ask for"}
        return ProbeResult(status="failed", cause=Cause.MISSING_ARTEFACT, data={**data, **reason})
    for url in filter(None, (task.box.url, task.box.action)):
        await site.fetcher.permitted(url)  # So that the rules are known before the host is held for the load.
    async with site.turn(task.box.url):
        search = _Search(site, task, task.box)
        shown = await site.browser.visit(task.box.url, search.work)
    site.log(logged(task.box.page_id, shown))
    data.update(box=search.box, by=search.by)
    cause = search.cause or (shown.cause if search.answer is None else None)
    if search.answer is None:
        reason = {"reason": shown.detail or "the search could not be asked"}
        return ProbeResult(status="failed", cause=cause or Cause.CRASH, data={**data, **reason})
    if shown.screenshot is not None and search.by:
        data["screenshot"] = site.writer.add_shot("site-search", shown.screenshot)
    data.update(asdict(search.answer), status=shown.status, url=shown.final_url)
    return ProbeResult(status="done", data=data)


class _Search:
    """One query on its way, from the page with the box to what was answered."""

    def __init__(self, site: ProbeSite, task: SearchTask, where: SearchBox) -> None:
        self._site = site
        self._task = task
        self._where = where
        self.box: dict[str, Any] | None = None
        self.by: str | None = None
        self.answer: SearchAnswer | None = None
        self.cause: Cause | None = None

    async def work(self, view: PageView) -> Shown:
        """Open the page, ask, and read the answer. Raises NotShownError."""
        await view.open(self._where.url)
        await close_dialogs(view, screenshot=False)
        before = await view.capture(ShowOptions(screenshot=False, layout=False))
        found = await self._find(view)
        if found is None:
            self.answer = SearchAnswer("no_box")
            return before
        self.box = {
            **{key: found[key] for key in ("selector", "label", "method", "action")},
            "page_id": self._where.page_id,
            "url": self._where.url,
            "place": self._where.place,
        }
        if (found["action"] or "").startswith("http") and found["action"] not in self._site.own:
            self.answer = SearchAnswer("outside", quote=found["action"][:200])
            return before
        await view.page.route("**/*", self._guarded)
        try:
            return await self._asked(view, found, before)
        finally:
            with contextlib.suppress(Error):
                await view.page.unroute("**/*", self._guarded)

    async def _asked(self, view: PageView, found: dict[str, Any], before: Shown) -> Shown:
        navigations, messages = view.navigations, len(view.messages)
        direct = found["address"].replace(MARK, quote_plus(self._task.query))
        barred = await self._barred(direct) if direct else None
        if barred is not None:
            self.cause = barred
            return before
        if found["shown"]:
            await self._type(view, found)
        elif direct:
            self.by = "address"
            view.trace.log("search by address", found["selector"], self._task.query)
            await view.open(direct)
        else:
            raise NotShownError(Cause.MISSING_ARTEFACT, "the search box is closed and was not opened")
        if self.cause is not None:
            return before
        shown = await view.capture(ShowOptions(screenshot=True, layout=False))
        moved = view.navigations != navigations or _address(shown.final_url) != _address(before.final_url)
        said = " ".join(view.messages[messages:])
        await self._read(shown, before, moved=moved, message=said)
        return replace(shown, interactions=tuple(view.trace.interactions))

    async def _read(self, shown: Shown, before: Shown, *, moved: bool, message: str) -> None:
        after, first = await asyncio.to_thread(lambda: (_perceived(shown), _perceived(before)))
        barred = {"login": Cause.LOGIN, "blocked": Cause.CAPTCHA if after.signals.captcha else Cause.BLOCKED}
        if after.page_type in barred and moved:
            self.cause = barred[after.page_type]
            return
        self.answer = read_answer(
            after,
            first,
            query=self._task.query,
            addresses=self._task.addresses,
            status=shown.status,
            moved=moved,
            message=message,
        )

    async def _find(self, view: PageView) -> dict[str, Any] | None:
        """The box as it stands; a closed one is opened first."""
        script = probe_script("site_search.js").replace("%SELECTOR%", quoted(self._where.selector or ""))
        script = script.replace("%NAME%", quoted(self._where.name))
        found: dict[str, Any] | None = await view.evaluate(script)
        if found is not None and not found["shown"] and found["opener"]:
            with contextlib.suppress(NotShownError):  # Then it stays closed, and is asked by its address.
                await click_element(view, found["opener"])
            found = await view.evaluate(script) or found
        return found

    async def _type(self, view: PageView, found: dict[str, Any]) -> None:
        self.by = "box"
        before = await view.evaluate(_STATE)
        navigations, popups = view.navigations, len(view.popups)
        box = view.page.locator(found["selector"])
        await box.fill(self._task.query, timeout=3_000)
        view.trace.log("search", found["selector"], self._task.query)
        # In a form around the whole page, Enter may press any other control; there the box's own comes first.
        ways = ["press", "enter"] if found["submit"] and found["wide"] else ["enter", "press"]
        for way in ways:
            with contextlib.suppress(Error):
                if way == "enter":
                    await box.press("Enter", timeout=3_000, no_wait_after=True)
                elif found["submit"]:
                    await view.page.locator(found["submit"]).click(timeout=2_000, no_wait_after=True)
                    view.trace.log("press search", found["submit"], None)
            if await self._answered(view, before, navigations, popups, ANSWER_SECONDS / 2):
                return

    async def _answered(self, view: PageView, before: list[int], navigations: int, popups: int, seconds: float) -> bool:
        """Wait for what the search brings. False where nothing has moved."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while loop.time() < until and self.cause is None:
            await asyncio.sleep(0.05)
            if len(view.popups) != popups:
                await view.open(view.popups[-1])
                return True
            if view.navigations != navigations or not view.proxy.quiet(0.1):
                await asyncio.sleep(0.2)  # The first sign of a new page, or of an answer on its way.
                await view.loaded()
            if view.navigations != navigations or await view.evaluate(_STATE) != before:
                await view.settle()
                return True
        return self.cause is not None

    async def _guarded(self, route: Route) -> None:
        """Let a request pass unless it is a page or a call that robots.txt forbids."""
        request = route.request
        asks = request.resource_type in ("document", "xhr", "fetch") and request.url in self._site.own
        with contextlib.suppress(Error):
            cause = await self._barred(request.url) if asks else None
            if cause is not None:
                if request.is_navigation_request() or self._task.query in unquote_plus(request.url):
                    self.cause = cause
                await route.abort("blockedbyclient")
            else:
                await route.continue_()

    async def _barred(self, url: str) -> Cause | None:
        """Why an address may not be asked; None where it may."""
        try:
            verdict = await asyncio.wait_for(self._site.fetcher.permitted(url), ROBOTS_SECONDS)
        except TimeoutError:
            # The rules of another origin of this host wait for the end of this load.
            return Cause.TIMEOUT
        return verdict.cause


_STATE = "[document.getElementsByTagName('*').length, document.body ? document.body.innerText.length : 0]"


def _perceived(shown: Shown) -> Perception:
    return perceive(shown.html.encode(), shown.final_url, content_type="text/html; charset=utf-8")


def _address(url: str) -> str:
    return url.rstrip("#/")
