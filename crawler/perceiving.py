"""Perception beside the crawl: pages are looked at in worker processes, so that the network never waits for it."""

import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from crawler.lifeline import die_with_parent
from snapshot.perception.models import Perception
from snapshot.perception.page import perceive

LOOK_SECONDS = 60.0
"""A page that takes longer is given up; its worker is ended."""


class Perceiver:
    """Looks at documents in `workers` processes; in this one where `workers` is 0."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None

    async def look(self, body: bytes, url: str, content_type: str) -> Perception | None:
        """What the page holds; None where it broke or outlasted its worker."""
        if self._workers == 0:
            return perceive(body, url, content_type=content_type)
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._workers, mp_context=context, initializer=die_with_parent)
        pool = self._pool
        try:
            async with asyncio.timeout(LOOK_SECONDS * self._workers):
                return await asyncio.wrap_future(pool.submit(_look, body, url, content_type))
        except (BrokenProcessPool, TimeoutError):
            if self._pool is pool:
                self.close()
            return None

    def close(self) -> None:
        """End the workers, whatever they are at."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        workers = list((pool._processes or {}).values())  # noqa: SLF001 - before 3.14 there is no public way to end them
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.kill()


def _look(body: bytes, url: str, content_type: str) -> Perception:
    return perceive(body, url, content_type=content_type)
