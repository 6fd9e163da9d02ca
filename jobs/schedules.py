"""What is ordered by the clock: a kind of job for a round, at cron moments, in certain hours."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import islice

from pydantic import field_validator, model_validator

from config.models import Frozen
from jobs.cron import Cron, read_cron
from jobs.hours import Hours, read_hours, read_zone
from jobs.port import JobKind

LATE_AFTER = timedelta(minutes=10)
"""A moment answered later than this counts as missed; it is caught up all the same."""
COUNTED_MOMENTS = 10_000


class Schedule(Frozen):
    """Order this kind of job for a round at these moments. `hours` without a zone are in the schedule's own."""

    name: str
    round: str
    kind: JobKind
    cron: str
    zone: str
    hours: str = ""
    by: str = ""

    @field_validator("zone")
    @classmethod
    def _known(cls, value: str) -> str:
        read_zone(value)
        return value

    @model_validator(mode="after")
    def _readable(self) -> "Schedule":
        read_hours(self.hours)
        if self.moments.next(datetime.fromisoformat("2000-01-01T00:00+00:00")) is None:
            raise ValueError(f"'{self.cron}' never comes")
        return self

    @cached_property
    def moments(self) -> Cron:
        """When it is due."""
        return read_cron(self.cron, read_zone(self.zone))

    @property
    def window(self) -> Hours | None:
        """The hours in which its jobs may begin; None = any."""
        return read_hours(self.hours)

    def next_moments(self, at: datetime, count: int) -> list[datetime]:
        """The next moments at which its jobs begin, as UTC; those outside its hours are moved to where these begin."""
        window = self.window
        return [window.next_begin(m) if window else m for m in islice(self.moments.after(at), count)]


@dataclass(frozen=True, slots=True)
class Due:
    """What is due: the last moment that passed, and how many moments passed without anyone to answer them."""

    at: datetime
    missed: int


def due(schedule: Schedule, answered_at: datetime, now: datetime) -> Due | None:
    """Whether a schedule is due. However many moments passed, they are caught up once; the missed ones are counted."""
    passed = 0
    last = None
    for moment in islice(schedule.moments.after(answered_at), COUNTED_MOMENTS):
        if moment > now:
            break
        passed, last = passed + 1, moment
    if last is None:
        return None
    return Due(last, passed if now - last > LATE_AFTER else passed - 1)
