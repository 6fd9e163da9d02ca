"""Schedules in the store: set, list, remove, and when each was last answered."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, update
from sqlmodel import Session, col, select

from store.worker_tables import ScheduleRow


@dataclass(frozen=True, slots=True)
class StoredSchedule:
    """A schedule as it was set. `answered_at` = the last moment that was answered with jobs, else when it was set."""

    name: str
    round: str
    document: str
    set_at: datetime
    answered_at: datetime
    missed_count: int


def set_schedule(engine: Engine, name: str, round_name: str, document: str) -> None:
    """Set a schedule; one of the same name is replaced and begins anew."""
    with Session(engine) as session:
        row = session.get(ScheduleRow, name) or ScheduleRow(name=name, round=round_name, document=document)
        row.round, row.document = round_name, document
        row.set_at, row.last_due_at, row.missed_count = datetime.now(UTC), None, 0
        session.add(row)
        session.commit()


def schedules(engine: Engine) -> list[StoredSchedule]:
    """All schedules, by name."""
    with Session(engine) as session:
        return [
            StoredSchedule(
                row.name, row.round, row.document, row.set_at, row.last_due_at or row.set_at, row.missed_count
            )
            for row in session.exec(select(ScheduleRow).order_by(col(ScheduleRow.name))).all()
        ]


def answer_schedule(engine: Engine, schedule: StoredSchedule, due_at: datetime, missed: int) -> None:
    """Record that the schedule was answered up to this moment; nothing where it was set anew meanwhile."""
    with Session(engine) as session:
        session.exec(
            update(ScheduleRow)
            .where(col(ScheduleRow.name) == schedule.name, col(ScheduleRow.set_at) == schedule.set_at)
            .values(last_due_at=due_at, missed_count=col(ScheduleRow.missed_count) + missed)
            .execution_options(synchronize_session=False)
        )
        session.commit()


def remove_schedule(engine: Engine, name: str) -> bool:
    """Remove a schedule; False where there is none of this name."""
    with Session(engine) as session:
        row = session.get(ScheduleRow, name)
        if row is None:
            return False
        session.delete(row)
        session.commit()
        return True
