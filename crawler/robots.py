"""robots.txt as RFC 9309 has it: obeyed, and closed where it cannot be read for the server's own fault."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from protego import Protego

from config.vocabulary import Cause
from crawler.downloading import Answer
from crawler.politeness import Politeness

MAX_BYTES = 512_000
"""Rules beyond this are not read (RFC 9309 asks for at least 500 KiB)."""
MAX_REDIRECTS = 5

Ask = Callable[[str], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an address may be asked; if not, the cause and what robots.txt did."""

    cause: Cause | None = None
    detail: str = ""

    @property
    def allowed(self) -> bool:
        """Whether it may be asked."""
        return self.cause is None


@dataclass(frozen=True, slots=True)
class _Rules:
    parser: Protego | None = None
    closed: Verdict | None = None


class Robots:
    """The rules of every host of a process, each read once. `token` is the name that the rules know us by."""

    def __init__(self, user_agent: str, politeness: Politeness, *, obey: bool) -> None:
        self.token = user_agent.split("/", 1)[0].split(" ", 1)[0] or "Didban"
        self._politeness = politeness
        self._obey = obey
        self._rules: dict[str, asyncio.Task[_Rules]] = {}

    async def verdict(self, url: str, ask: Ask) -> Verdict:
        """Whether `url` may be asked. `ask` fetches robots.txt politely the first time that its host comes up."""
        if not self._obey:
            return Verdict()
        rules = await self._rules_of(url, ask)
        if rules.closed is not None:
            return rules.closed
        if rules.parser is None or rules.parser.can_fetch(url, self.token):
            return Verdict()
        return Verdict(Cause.ROBOTS, "robots.txt disallows it")

    async def sitemaps(self, url: str, ask: Ask) -> tuple[str, ...]:
        """The sitemaps that the host's robots.txt names."""
        rules = await self._rules_of(url, ask)
        return tuple(rules.parser.sitemaps) if rules.parser is not None else ()

    def forget_closed(self, url: str) -> bool:
        """Ask again, when it is next needed, for a robots.txt that could not be read. False = it was read."""
        origin = _origin(url)
        task = self._rules.get(origin)
        if task is not None and task.done() and not task.cancelled() and task.result().closed is not None:
            del self._rules[origin]
            return True
        return False

    async def _rules_of(self, url: str, ask: Ask) -> _Rules:
        origin = _origin(url)
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._read(origin, ask))
        # Shielded: another visit may wait for the same rules when this one is cancelled.
        return await asyncio.shield(self._rules[origin])

    async def _read(self, origin: str, ask: Ask) -> _Rules:
        url = f"{origin}/robots.txt"
        answer = await ask(url)
        for _ in range(MAX_REDIRECTS):
            if answer.status not in (301, 302, 303, 307, 308) or not answer.header("location"):
                break
            answer = await ask(urljoin(answer.url, answer.header("location")))
        if answer.status is None:
            cause = answer.cause or Cause.ROBOTS
            return _Rules(closed=Verdict(cause, f"robots.txt could not be read: {answer.detail or cause}"))
        if answer.status >= 500 or answer.status == 429:
            return _Rules(closed=Verdict(Cause.ROBOTS, f"robots.txt answers {answer.status}: nothing may be asked"))
        if answer.status >= 300:
            return _Rules()
        parser = Protego.parse(answer.body[:MAX_BYTES].decode("utf-8", "replace"))
        delay = parser.crawl_delay(self.token)
        if delay:
            self._politeness.slow_down(urlsplit(origin).hostname or "", float(delay))
        return _Rules(parser=parser)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
