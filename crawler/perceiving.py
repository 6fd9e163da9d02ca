"""Perception beside the crawl: pages are looked at in worker processes, so that the network never waits for it."""

import asyncio
import gc
import multiprocessing
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import FrameType

from crawler.lifeline import die_with_parent
from snapshot.matching import lexicon
from snapshot.perception.models import Perception
from snapshot.perception.page import perceive
from snapshot.perceptions import pack, unpack

LOOK_SECONDS = 15.0
"""A page that takes its worker longer is given up."""
STUCK_SECONDS = 180.0
"""A worker that cannot even be interrupted is ended after this; also the longest wait in the queue."""

YOUNG_OBJECTS = 50_000
"""Objects made by a worker between two collections."""


class Perceiver:
    """Looks at documents in `workers` processes; in this one where `workers` is 0."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None
        self._alone = asyncio.Lock()

    async def look(self, body: bytes, url: str, content_type: str) -> Perception | None:
        """What the page holds; None where it broke or outlasted its worker."""
        packed = await self.look_packed(body, url, content_type)
        return None if packed is None else unpack(packed)

    async def look_packed(self, body: bytes, url: str, content_type: str) -> bytes | None:
        """What the page holds, packed (`snapshot.perceptions`); None where it broke or outlasted its worker.

        A worker that dies takes the pages of others with it: those are looked at again, each in a worker of its own.
        """
        if self._workers == 0:
            return pack(perceive(body, url, content_type=content_type))
        pool = self._pool = self._pool or _pool(self._workers)
        try:
            return await _ask(pool, body, url, content_type)
        except _WorkerDiedError:
            if self._pool is pool:
                self.close()
        async with self._alone:
            pool = _pool(1)
            try:
                return await _ask(pool, body, url, content_type)
            except _WorkerDiedError:
                return None
            finally:
                _end(pool)

    def close(self) -> None:
        """End the workers, whatever they are at."""
        pool, self._pool = self._pool, None
        if pool is not None:
            _end(pool)


class _WorkerDiedError(Exception):
    """The worker that should have looked is gone or stuck, by this page's fault or another's."""


async def _ask(pool: ProcessPoolExecutor, body: bytes, url: str, content_type: str) -> bytes | None:
    try:
        async with asyncio.timeout(STUCK_SECONDS):
            return await asyncio.wrap_future(pool.submit(_look, body, url, content_type))
    except (BrokenProcessPool, RuntimeError, TimeoutError) as error:
        raise _WorkerDiedError from error
    except asyncio.CancelledError as error:
        task = asyncio.current_task()
        if task is None or task.cancelling():
            raise
        raise _WorkerDiedError from error  # The pool dropped what waited in it.


def _pool(workers: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin)


def _end(pool: ProcessPoolExecutor) -> None:
    workers = list((pool._processes or {}).values())  # noqa: SLF001 - before 3.14 there is no public way to end them
    pool.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.kill()


class _TooLongError(BaseException):
    """Past every handler of ordinary errors: a page must not talk itself out of its time."""


def _begin() -> None:
    die_with_parent()
    # A page makes some ten thousand objects that all go together: the usual collections would walk them many times.
    lexicon()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)
    signal.signal(signal.SIGALRM, _give_up)


def _give_up(_number: int, _frame: FrameType | None) -> None:
    raise _TooLongError


def _look(body: bytes, url: str, content_type: str) -> bytes | None:
    try:
        signal.setitimer(signal.ITIMER_REAL, LOOK_SECONDS)
        return pack(perceive(body, url, content_type=content_type))
    except _TooLongError:
        return None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
