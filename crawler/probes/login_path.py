"""Probe login-path: follow the controls that lead to a login to where they end, and stop before the sign-on itself.

Nothing is typed, nobody logs in. A sign-on server of another body is not entered: its address, with client and return
address, is read off the redirect that leads there.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from playwright.async_api import Error, Request
from playwright.async_api import TimeoutError as BrowserTimeoutError

from config.vocabulary import Cause
from crawler.addresses import host_of
from crawler.clicking import REACTION_SECONDS, click_element
from crawler.layout import quoted
from crawler.page_view import PageView
from crawler.probes.login_candidates import LoginCandidate, login_candidates, password_fields, request_fields
from crawler.probes.site import ProbeSite
from crawler.safety import RefusedAddressError, endpoint_of
from crawler.shown import NotShownError, Shown, ShowOptions
from snapshot.models import Interaction, ProbeResult
from snapshot.perception.models import Perception
from snapshot.sign_on import SignOn, is_sign_on_host, sign_on_at, split_address

MAX_FOLLOWED = 16
"""Controls for which the portal is asked in one visit; what the visit knows already costs nothing."""
_SEND = "(() => { const button = document.querySelector(%SELECTOR%); button?.form?.requestSubmit(button); })()"
HTML_UTF8 = "text/html; charset=utf-8"


@dataclass
class _Way:
    """Where one control led; the numbers of fields are None where the last page was not read."""

    hops: list[str] = field(default_factory=list)
    final_url: str = ""
    status: int | None = None
    password_fields: int | None = None
    request_fields: int | None = None
    cause: Cause | None = None

    def count(self, perception: Perception | None) -> None:
        """Note what the last page asks for."""
        if perception is not None:
            self.password_fields = password_fields(perception.forms)
            self.request_fields = request_fields(perception.forms)


async def follow_logins(site: ProbeSite, *, national_hosts: tuple[str, ...] | None = None) -> ProbeResult:
    """Follow each login control of the pages that were read.

    data: {"entries": [{page_id, selector, text, how, url, hops, final_url, final_host, national, authorize, client_id,
    redirect_uri_host, password_fields, request_fields, status, cause}], "looked_at"}. `hops` are the addresses before
    `final_url`; `authorize` is the sign-on's path, empty where the way ends at no sign-on; `password_fields` and
    `request_fields` (of forms in which something is asked for) are None where the last page was not read.
    `national_hosts` stands in for those of the lexicons (another government, tests).
    """
    follower = _Follower(site, national_hosts)
    entries = [await follower.entry(candidate) for candidate in await site.seen(login_candidates)]
    return ProbeResult(status="done", data={"entries": entries, "looked_at": datetime.now(UTC).isoformat()})


class _Follower:
    """Follows the controls of one visit. A host of another body on which the browser stood is not entered again."""

    def __init__(self, site: ProbeSite, national_hosts: tuple[str, ...] | None) -> None:
        self._site = site
        self._national = national_hosts
        self._entered: set[str] = set()
        self._followed = 0

    async def entry(self, candidate: LoginCandidate) -> dict[str, Any]:
        """What is recorded of one control."""
        way = await self._way(candidate)
        parts, sign_on = split_address(way.final_url), self._sign_on(way.final_url)
        return {
            "page_id": candidate.page_id,
            "selector": candidate.selector,
            "text": candidate.text,
            "how": candidate.how,
            "url": candidate.url,
            "hops": way.hops,
            "final_url": way.final_url,
            "final_host": parts[0] if parts is not None else "",
            "national": sign_on is not None and sign_on.national,
            "authorize": parts[1] if parts is not None and sign_on is not None else "",
            "client_id": sign_on.client if sign_on is not None else "",
            "redirect_uri_host": sign_on.returns_to if sign_on is not None else "",
            "password_fields": way.password_fields,
            "request_fields": way.request_fields,
            "status": way.status,
            "cause": way.cause.value if way.cause is not None else None,
        }

    async def _way(self, candidate: LoginCandidate) -> _Way:
        if candidate.known:
            fields = candidate.password_fields, candidate.request_fields
            return _Way(list(candidate.hops), candidate.known, candidate.status, *fields)
        if candidate.how == "address" and (candidate.url not in self._site.own or self._sign_on(candidate.url)):
            # Only the portal itself is asked; where a link leaves it, the address says all that is wanted.
            return _Way(final_url=candidate.url)
        if self._followed >= MAX_FOLLOWED:
            return _Way(final_url=candidate.url or candidate.page_url, cause=Cause.BUDGET)
        self._followed += 1
        return await self._by_address(candidate) if candidate.how == "address" else await self._in_browser(candidate)

    async def _by_address(self, candidate: LoginCandidate) -> _Way:
        """One document; redirects are followed on the portal's own hosts, and read where they leave them."""
        fetched = await self._site.fetcher.fetch(candidate.url, self._site.own)
        way = _Way(list(fetched.redirects), fetched.url, fetched.answer.status, cause=fetched.cause)
        if not fetched.read:
            return way
        perceiver = self._site.crew.perceiver
        perception = await perceiver.look(fetched.answer.body, fetched.url, fetched.answer.content_type)
        if perception is not None and perception.page_type == "script-shell":
            return await self._in_browser(candidate)
        way.count(perception)
        return way

    async def _in_browser(self, candidate: LoginCandidate) -> _Way:
        """Press the control as a visitor would. Connections to sign-on servers of other bodies are not made."""
        start = candidate.url if candidate.how == "address" else candidate.page_url
        asked: list[str] = []

        async def work(view: PageView) -> Shown:
            view.proxy.bar(self._barred)
            with _noting(view, asked):
                try:
                    await view.open(start)
                    await _press(view, candidate)
                except NotShownError:
                    if not self._stopped(asked):
                        raise
                if self._stopped(asked):
                    done = tuple(view.trace.interactions)
                    return Shown(asked[-1], None, None, None, datetime.now(UTC), interactions=done)
                return await view.capture(ShowOptions(screenshot=False, layout=False))

        async with self._site.turn(start):
            shown = await self._site.browser.visit(start, work)
        self._site.log(
            [
                Interaction(at=shown.shown_at, page_id=candidate.page_id, action=action, selector=place, detail=detail)
                for action, place, detail in shown.interactions
            ]
        )
        way = _Way([url for url in asked if url != shown.final_url], shown.final_url, shown.status, cause=shown.cause)
        if shown.cause is None and shown.html:
            if shown.final_url not in self._site.own:
                self._entered.add(host_of(shown.final_url))
            perception = await self._site.crew.perceiver.look(shown.html.encode(), shown.final_url, HTML_UTF8)
            way.count(perception)
        return way

    def _sign_on(self, url: str) -> SignOn | None:
        return sign_on_at(url, national_hosts=self._national) if url else None

    def _barred(self, host: str, port: int) -> bool:
        if f"{'https' if port == 443 else 'http'}://{host}:{port}/" in self._site.own:
            return False
        name = host if port in (80, 443) else f"{host}:{port}"
        return host in self._entered or is_sign_on_host(name, national_hosts=self._national)

    def _stopped(self, asked: list[str]) -> bool:
        """Whether the last address asked for lies behind the bar."""
        try:
            return bool(asked) and self._barred(*endpoint_of(asked[-1]))
        except RefusedAddressError:
            return False


async def _press(view: PageView, candidate: LoginCandidate) -> None:
    if candidate.how == "click":
        await click_element(view, candidate.selector)
    elif candidate.how == "send":
        view.trace.log("send form without data", candidate.selector, candidate.text)
        with contextlib.suppress(BrowserTimeoutError):
            async with view.page.expect_event("framenavigated", timeout=REACTION_SECONDS * 1000):
                await view.evaluate(_SEND.replace("%SELECTOR%", quoted(candidate.selector)))
        await view.loaded()


@contextlib.contextmanager
def _noting(view: PageView, asked: list[str]) -> Iterator[None]:
    """Note every address that the page itself goes to, redirects included."""

    def note(request: Request) -> None:
        with contextlib.suppress(Error):  # A frame that is already gone was not the page itself.
            if request.is_navigation_request() and request.frame == view.page.main_frame:
                asked.append(request.url)

    view.page.on("request", note)
    try:
        yield
    finally:
        with contextlib.suppress(Error):
            view.page.remove_listener("request", note)
