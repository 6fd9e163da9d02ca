"""Being at work: a heartbeat, and holding agencies and hosts alone while they are visited."""

import contextlib
import logging
import os
import secrets
import threading
import time
from collections.abc import Callable, Collection, Iterator
from types import TracebackType
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from store import leases
from store.leases import Fence, LostLeaseError, WorkerSeen

BEATS_PER_LEASE = 12
SURE_SHARE = 0.6
"""Share of the lease for which a worker that cannot reach the store may still believe to hold what it holds."""
LOST_EXIT_CODE = 4
PATIENCE_STEP_SECONDS = 0.5

log = logging.getLogger(__name__)


RELEASE_TRIES = 5


class BusyError(Exception):
    """Another worker visits this agency, or another agency on one of its hosts."""


def end_at_once(why: str) -> None:
    """End this process: another worker has taken its work over, so nothing that it still does may count."""
    log.critical("%s; this process ends", why)
    os._exit(LOST_EXIT_CODE)


class Watch:
    """Sees other workers die: one whose count stood still for its whole lease, by this process's own steady clock."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since: dict[str, tuple[int, float]] = {}

    def silent(self, living: Collection[WorkerSeen]) -> list[WorkerSeen]:
        """Those of the living that have been silent for longer than their lease since they were first looked at."""
        now = self._clock()
        before, self._since = self._since, {}
        found = []
        for seen in living:
            beats, since = before.get(seen.id, (-1, now))
            self._since[seen.id] = (seen.beats, since if beats == seen.beats else now)
            if beats == seen.beats and now - since > seen.lease_seconds:
                found.append(seen)
        return found

    def forget(self) -> None:
        """Begin anew: while the store was out of reach, nobody could show life."""
        self._since = {}


class Holder:
    """One process at work. While it is entered it beats, and declares others dead that no longer do.

    `name` belongs to one process at a time: whoever joins with it ends what an earlier process of that name held.
    `on_lost` is called when this process was declared dead.
    """

    def __init__(
        self,
        engine: Engine,
        name: str,
        lease_seconds: float,
        *,
        on_lost: Callable[[str], None] = end_at_once,
    ) -> None:
        self.engine = engine
        self.name = name
        self.id = f"{name}#{secrets.token_hex(4)}"
        self.lease_seconds = lease_seconds
        self._on_lost = on_lost
        self._watch = Watch()
        self._stop = threading.Event()
        self._sure_until = 0.0
        self._hosts: dict[str, tuple[Fence, int]] = {}
        self._lock = threading.Lock()
        self._heart = threading.Thread(target=self._beat_on, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        leases.join(self.engine, self.id, self.name, self.lease_seconds)
        self._sure_until = time.monotonic() + self.lease_seconds * SURE_SHARE
        self._heart.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._heart.join()
        with contextlib.suppress(SQLAlchemyError):
            leases.leave(self.engine, self.id)

    @property
    def sure(self) -> bool:
        """Whether this process may still believe that it holds what it holds; where not, it must leave hosts alone."""
        return time.monotonic() < self._sure_until

    @contextlib.contextmanager
    def hold(self, agency: str, hosts: Collection[str], *, until: float = 0.0) -> Iterator[Fence]:
        """Hold an agency alone, and its hosts for this process, whose visits share one pace for each host.

        Raises BusyError where another has one of them and keeps it (by the steady clock) until `until`, LostLeaseError.
        """
        waited = False
        while True:
            try:
                fence = self._take(agency, hosts)
                break
            except BusyError as busy:
                if time.monotonic() >= until:
                    raise
                if not waited:
                    log.warning("%s; waiting for it", busy)
                waited = True
                time.sleep(PATIENCE_STEP_SECONDS)
        try:
            yield fence
        finally:
            with contextlib.suppress(SQLAlchemyError):
                self._release(fence, hosts)

    def _take(self, agency: str, hosts: Collection[str]) -> Fence:
        with self._lock:
            fence = leases.take(self.engine, self.id, f"agency:{agency}")
            if fence is None:
                raise BusyError(f"{agency} is being visited by another worker")
            taken: list[str] = []
            for host in sorted(set(hosts)):
                held, count = self._hosts.get(host, (None, 0))
                held = held or leases.take(self.engine, self.id, f"host:{host}")
                if held is None:
                    self._drop(fence, taken)
                    raise BusyError(f"{host} is being visited by another worker")
                self._hosts[host] = (held, count + 1)
                taken.append(host)
            return fence

    def _release(self, fence: Fence, hosts: Collection[str]) -> None:
        with self._lock:
            self._drop(fence, sorted(set(hosts)))

    def _drop(self, fence: Fence, hosts: Collection[str]) -> None:
        for host in hosts:
            held, count = self._hosts.pop(host)
            if count > 1:
                self._hosts[host] = (held, count - 1)
            else:
                self._let_go(held)
        self._let_go(fence)

    def _let_go(self, fence: Fence) -> None:
        """Release a lease, also where the database is away for a moment: nobody else could for as long as we live."""
        for _ in range(RELEASE_TRIES - 1):
            try:
                leases.release(self.engine, fence)
            except SQLAlchemyError:
                time.sleep(PATIENCE_STEP_SECONDS)
            else:
                return
        leases.release(self.engine, fence)

    def _beat_on(self) -> None:
        while not self._stop.wait(self.lease_seconds / BEATS_PER_LEASE):
            begun = time.monotonic()
            try:
                if not leases.beat(self.engine, self.id):
                    self._sure_until = 0.0
                    self._on_lost(f"{self.id} was declared dead after more than {self.lease_seconds:g} s of silence")
                    return
                self._sure_until = begun + self.lease_seconds * SURE_SHARE
                self._bury(leases.living(self.engine))
            except SQLAlchemyError as error:
                self._watch.forget()
                log.warning("the store cannot be reached: %s", str(error).split("\n", 1)[0])

    def _bury(self, living: list[WorkerSeen]) -> None:
        for seen in self._watch.silent([worker for worker in living if worker.id != self.id]):
            if leases.declare_dead(self.engine, seen):
                log.warning("%s was silent for more than %g s: its work is taken over", seen.id, seen.lease_seconds)


__all__ = ["BusyError", "Holder", "LostLeaseError", "Watch", "end_at_once"]
