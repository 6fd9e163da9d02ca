"""What the app works on: the store, the evidence, and what it keeps in memory."""

from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from sqlalchemy import Engine
from starlette.requests import Request

from jobs.port import Jobs
from review.intervals import Intervals
from review.logins import AddressLimiter
from review.round_view import RoundViews


@dataclass
class Notes:
    """What a person is to be told with the next page: a note each session, in this process."""

    _kept: dict[str, tuple[str, dict[str, object]]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def leave(self, session: str, key: str, **values: object) -> None:
        """Leave a string of the catalogue, with its values."""
        with self._lock:
            self._kept[session] = (key, values)

    def take(self, session: str) -> tuple[str, dict[str, object]] | None:
        """The note, once."""
        with self._lock:
            return self._kept.pop(session, None)


class Site:
    """The app's surroundings. `home` is the workspace, against which folders of visits are relative.

    `demo` = the accounts of the demo count: only where the demo itself is served, on this machine. `jobs` is the queue
    of background work; without one no fresh visit can be ordered.
    """

    def __init__(self, engine: Engine, home: Path, *, demo: bool = False, jobs: Jobs | None = None) -> None:
        self.engine = engine
        self.jobs = jobs
        self.home = home
        self.demo = demo
        self.rounds = RoundViews(engine)
        self.intervals = Intervals()
        self.limiter = AddressLimiter()
        self.notes = Notes()


def site_of(request: Request) -> Site:
    """The surroundings of the app that a request came to."""
    site: Site = request.app.state.site
    return site
