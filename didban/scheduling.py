"""What a schedule or a person orders of the queue, in jobs."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Engine

from config.models import Agency
from didban.errors import BadInputError
from jobs.holding import Holder
from jobs.hours import read_hours
from jobs.port import Job, JobKind, Jobs
from jobs.schedules import Schedule, due
from store import leases, repository
from store.repository import Round
from store.schedules import StoredSchedule, answer_schedule, schedules

SCHEDULE_LEASE = "schedules"

log = logging.getLogger(__name__)


def jobs_of(kind: JobKind, round_: Round, agencies: Sequence[Agency], *, by: str, hours: str = "") -> list[Job]:
    """The jobs of one kind for these agencies of a round; a report is one job for all of it."""
    if kind == "report":
        return [Job(kind=kind, round=round_.name, by=by, hours=hours)]
    return [Job(kind=kind, round=round_.name, agency=agency.id, by=by, hours=hours) for agency in agencies]


def check_hours(hours: str) -> None:
    """Raise BadInputError for hours of the day that cannot be read."""
    try:
        read_hours(hours)
    except ValueError as error:
        raise BadInputError(str(error)) from error


def order_due(holder: Holder, queue: Jobs) -> None:
    """Order the jobs of every schedule that is due; in one worker at a time.

    A worker that dies in the middle has answered nothing: the next one orders again what was not ordered yet.
    """
    engine = holder.engine
    now = datetime.now(UTC)
    if not any(_due(stored, now) for stored in schedules(engine)):
        return
    fence = leases.take(engine, holder.id, SCHEDULE_LEASE)
    if fence is None:
        return
    try:
        for stored in schedules(engine):
            _order(engine, queue, stored, now)
    finally:
        leases.release(engine, fence)


def _due(stored: StoredSchedule, now: datetime) -> bool:
    return due(Schedule.model_validate_json(stored.document), stored.answered_at, now) is not None


def _order(engine: Engine, queue: Jobs, stored: StoredSchedule, now: datetime) -> None:
    schedule = Schedule.model_validate_json(stored.document)
    is_due = due(schedule, stored.answered_at, now)
    if is_due is None:
        return
    if is_due.missed:
        log.warning(
            "schedule %s: %d moments passed while no worker was there; caught up once, now", stored.name, is_due.missed
        )
    round_ = repository.get_round(engine, schedule.round)
    if round_ is None:
        log.error("schedule %s: there is no round '%s'", stored.name, schedule.round)
    else:
        for job in jobs_of(
            schedule.kind, round_, round_.register.agencies, by=f"schedule {schedule.name}", hours=schedule.hours
        ):
            queue.enqueue(job)
    answer_schedule(engine, stored, is_due.at, is_due.missed)
