"""One document, politely and safely: robots.txt, pace, redirects, new tries, Retry-After; the outcome has a cause."""

import email.utils
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urljoin

from config.settings import Settings
from config.vocabulary import Cause
from crawler.addresses import host_of, suffix_of, tidy
from crawler.downloading import Answer, Downloader
from crawler.politeness import Politeness
from crawler.robots import Robots, Verdict
from crawler.safety import AddressGuard, RefusedAddressError
from snapshot.hosts import OwnHosts

REDIRECTS = frozenset({301, 302, 303, 307, 308})
REFRESH_SECONDS = 5.0
"""A meta refresh within this time is a redirect; a later one is a page that renews itself."""
REFRESH_BYTES = 20_000
"""A page larger than this has content of its own; its meta refresh is left alone."""
SECOND_LOOK_REST = 5
"""Turns of its pace that a host rests before it is asked once more for what failed."""
BACK_OFF_SECONDS = 1.0
"""Rest before the first new try, doubled with each; a slow setting makes it longer."""

_REFRESH = re.compile(
    rb"""<meta[^>]{0,100}http-equiv\s*=\s*["']?refresh["']?[^>]{0,100}content\s*=\s*["']?\s*([\d.]+)\s*[;,]\s*"""
    rb"""(?:url\s*=\s*)?["']?([^"'>\s]+)""",
    re.IGNORECASE,
)
_STATUS_CAUSES = {401: Cause.LOGIN, 403: Cause.BLOCKED, 407: Cause.BLOCKED, 429: Cause.BLOCKED, 451: Cause.BLOCKED}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of one address. `url` is the last address; `redirects` all before it.

    `left` = a redirect leads to another body's host: `url` names it, and it was not asked.
    """

    answer: Answer
    redirects: tuple[str, ...] = ()
    cause: Cause | None = None
    detail: str | None = None
    left: bool = False

    @property
    def url(self) -> str:
        """The final address."""
        return self.answer.url

    @property
    def read(self) -> bool:
        """Whether a document came that can be looked at."""
        return self.cause is None and not self.left


class Fetcher:
    """Fetches for one visit; pace and robots rules are shared by all visits of the process."""

    def __init__(
        self,
        settings: Settings,
        downloader: Downloader,
        politeness: Politeness,
        robots: Robots,
        guard: AddressGuard,
        visit_id: str,
    ) -> None:
        self._settings = settings
        self._downloader = downloader
        self._politeness = politeness
        self._robots = robots
        self._guard = guard
        self._visit_id = visit_id
        self.received = 0

    async def fetch(self, url: str, own: OwnHosts | None) -> Fetched:
        """Fetch one document. Redirects are followed on own hosts; everywhere where None is given."""
        seen: list[str] = []
        asked = Counter([url])
        while True:
            answer = await self._patiently(url)
            target = _target(answer)
            if not target:
                return self._outcome(answer, tuple(seen))
            seen.append(url)
            # Once more to the same address is a portal that sets a cookie first.
            if len(seen) > self._settings.max_redirects or asked[target] > 1:
                return Fetched(answer, tuple(seen), Cause.REDIRECT_LOOP, f"redirects go round: {target}"[:200])
            if own is not None and target not in own:
                return Fetched(replace(answer, url=target), tuple(seen), left=True, detail="leads to other body")
            asked[target] += 1
            url = target

    async def permitted(self, url: str) -> Verdict:
        """Whether robots.txt lets an address be asked; for loads in the browser that no link of a read page led to."""
        return await self._robots.verdict(url, self._once)

    async def sitemaps(self, url: str) -> tuple[str, ...]:
        """Sitemaps that the host's robots.txt names."""
        return await self._robots.sitemaps(url, self._once)

    def give_second_chance(self, url: str) -> bool:
        """Let the host rest a little, and a robots.txt that could not be read be asked for again (then True)."""
        self._politeness.rest(host_of(url), SECOND_LOOK_REST * self._politeness.pace(host_of(url)))
        return self._robots.forget_closed(url)

    async def _patiently(self, url: str) -> Answer:
        """One address with new tries after a passing fault, as robots.txt and the host allow."""
        host = host_of(url)
        try:
            self._guard.check(url)
        except RefusedAddressError as error:
            return Answer(url, datetime.now(UTC), cause=Cause.REFUSED, detail=str(error))
        verdict = await self._robots.verdict(url, self._once)
        if not verdict.allowed:
            return Answer(url, datetime.now(UTC), cause=verdict.cause, detail=verdict.detail)
        for attempt in range(self._settings.retries + 1):
            answer = await self._once(url)
            again = answer.passing or answer.cut or answer.status == 429 or (answer.status or 0) >= 500
            if not again or self._politeness.closed(host) or attempt == self._settings.retries:
                break
            if not answer.header("retry-after"):
                self._politeness.rest(host, max(BACK_OFF_SECONDS, self._politeness.pace(host)) * 2**attempt)
        return answer

    async def _once(self, url: str) -> Answer:
        """One request in the host's turn."""
        host = host_of(url)
        if why := self._politeness.closed(host):
            return Answer(url, datetime.now(UTC), cause=Cause.BLOCKED, detail=why)
        pdf = suffix_of(url) == "pdf"
        limit = self._settings.max_file_bytes if pdf else self._settings.max_body_bytes
        async with self._politeness.document(host):
            if why := self._politeness.closed(host):
                return Answer(url, datetime.now(UTC), cause=Cause.BLOCKED, detail=why)
            answer = await self._downloader.get(url, max_bytes=limit, cookies=self._visit_id)
        self.received += len(answer.body)
        self._heed_retry_after(host, answer)
        return answer

    def _heed_retry_after(self, host: str, answer: Answer) -> None:
        if answer.status not in (403, 429, 503) or not (text := answer.header("retry-after")):
            return
        seconds = _seconds(text)
        if seconds > self._settings.retry_after_max_seconds:
            self._politeness.close(host, f"the host asks for {seconds:.0f} s of rest (status {answer.status})")
        elif seconds > 0:
            self._politeness.rest(host, seconds)

    def _outcome(self, answer: Answer, redirects: tuple[str, ...]) -> Fetched:
        cause, detail = answer.cause, answer.detail
        if cause is None and (why := self._politeness.closed(host_of(answer.url))) and answer.status in (403, 429, 503):
            cause, detail = Cause.BLOCKED, why
        elif cause is None and answer.status is not None and answer.status >= 300:
            cause, detail = _STATUS_CAUSES.get(answer.status, Cause.HTTP_ERROR), f"HTTP status {answer.status}"
        elif cause is None and answer.cut:
            detail = "the answer was cut off"
        return Fetched(answer, redirects, cause, detail)


def _target(answer: Answer) -> str:
    """Where the answer sends on to, "" where it is a document of its own."""
    location = ""
    if answer.status in REDIRECTS:
        location = answer.header("location")
    elif answer.status == 200 and len(answer.body) < REFRESH_BYTES:
        refresh = _REFRESH.search(answer.body)
        if refresh and float(refresh[1].rstrip(b".") or 0) <= REFRESH_SECONDS:
            location = refresh[2].decode("utf-8", "replace")
    if not location:
        return ""
    target = tidy(urljoin(answer.url, location.strip()))
    return "" if answer.status == 200 and target == answer.url else target


def _seconds(retry_after: str) -> float:
    """Retry-After as seconds from now: a number or an HTTP date; 0 for what is neither."""
    text = retry_after.strip()
    if text.isdigit():
        return float(text)
    try:
        return max(0.0, (email.utils.parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return 0.0
