"""One pace per host, shared by documents, browser loads and probes of all visits of a process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

CONNECTIONS = 2
"""Documents of one host on their way at the same time."""


class _Host:
    def __init__(self, delay: float) -> None:
        self.delay = delay
        self.next_at = 0.0
        self.documents = 0
        self.loading = False
        self.loads_waiting = 0
        self.changed = asyncio.Condition()
        self.turn = asyncio.Lock()
        self.closed = ""


class Politeness:
    """Gives each host its pace: `requests_per_second` documents, one browser load at a time and nothing beside it."""

    def __init__(self, requests_per_second: float, longest_delay: float = 10.0) -> None:
        self._delay = 1.0 / requests_per_second
        self._longest = longest_delay
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def document(self, host: str) -> AsyncIterator[None]:
        """Hold a place for one document: waits for the host's pace, a free connection and the end of a load."""
        slot = self._slot(host)
        async with slot.changed:
            await slot.changed.wait_for(
                lambda: not slot.loading and slot.loads_waiting == 0 and slot.documents < CONNECTIONS
            )
            slot.documents += 1
        try:
            await self._turn(slot)
            yield
        finally:
            async with slot.changed:
                slot.documents -= 1
                slot.changed.notify_all()

    @asynccontextmanager
    async def load(self, host: str) -> AsyncIterator[None]:
        """Hold the host alone for one page in the browser; the time it takes is charged to the host's pace."""
        slot = self._slot(host)
        async with slot.changed:
            slot.loads_waiting += 1
            try:
                await slot.changed.wait_for(lambda: not slot.loading and slot.documents == 0)
            finally:
                slot.loads_waiting -= 1
            slot.loading = True
        try:
            await self._turn(slot)
            yield
        finally:
            slot.next_at = max(slot.next_at, asyncio.get_running_loop().time())
            async with slot.changed:
                slot.loading = False
                slot.changed.notify_all()

    def slow_down(self, host: str, delay: float) -> None:
        """Keep to a robots.txt Crawl-delay up to the longest one; never quicker than the setting."""
        slot = self._slot(host)
        slot.delay = max(slot.delay, min(delay, self._longest))

    def rest(self, host: str, seconds: float) -> None:
        """Ask nothing more of the host for so long (Retry-After)."""
        slot = self._slot(host)
        slot.next_at = max(slot.next_at, asyncio.get_running_loop().time() + seconds)

    def close(self, host: str, why: str) -> None:
        """Ask nothing more of the host in this process."""
        self._slot(host).closed = why

    def closed(self, host: str) -> str:
        """Why the host is not asked any more; "" where it is open."""
        slot = self._hosts.get(host)
        return slot.closed if slot is not None else ""

    def pace(self, host: str) -> float:
        """Seconds between two documents of the host."""
        return self._slot(host).delay

    async def _turn(self, slot: _Host) -> None:
        loop = asyncio.get_running_loop()
        async with slot.turn:
            # A Retry-After may move the turn while it is waited for.
            while (wait := slot.next_at - loop.time()) > 0:  # noqa: ASYNC110 - waits for a time, not for an event
                await asyncio.sleep(wait)
            slot.next_at = loop.time() + slot.delay

    def _slot(self, host: str) -> _Host:
        return self._hosts.setdefault(host, _Host(self._delay))
