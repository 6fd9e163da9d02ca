"""Tables of who is at work: workers with their heartbeat, what each of them holds alone, and schedules."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from store.tables import UtcDateTime


def _time(*, nullable: bool = False) -> Any:
    return Field(default=None, sa_column=Column(UtcDateTime(), nullable=nullable))


class WorkerRow(SQLModel, table=True):
    """One process at work. `beats` rises while it lives: others judge by the count, never by anybody's clock."""

    __tablename__ = "worker"

    id: str = Field(primary_key=True)
    name: str = Field(index=True)
    state: str
    beats: int
    lease_seconds: float
    joined_at: datetime = _time()
    beat_at: datetime = _time()


class LeaseRow(SQLModel, table=True):
    """What one worker holds alone (`agency:...`, `host:...`). `number` rises with each new holder: the fence."""

    __tablename__ = "lease"

    name: str = Field(primary_key=True)
    worker: str | None = None
    number: int = 0


class ScheduleRow(SQLModel, table=True):
    """A schedule, the whole of it in `document` (jobs.schedules.Schedule).

    `last_due_at` = the last moment that was answered with jobs; `missed_count` = moments that nobody was there for.
    """

    __tablename__ = "schedule"

    name: str = Field(primary_key=True)
    round: str
    document: str = Field(sa_column=Column(Text, nullable=False))
    set_at: datetime = _time()
    last_due_at: datetime | None = _time(nullable=True)
    missed_count: int = 0
