"""The port on DBOS: a durable queue in a SQLite file of its own, or in a schema of its own on PostgreSQL."""

import contextlib
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self, get_args

from sqlalchemy import create_engine, inspect

from jobs.port import Job, JobState, JobStatus, Outcome, UnknownJobError
from store.session import with_driver

if TYPE_CHECKING:
    from dbos import DBOSClient, EnqueueOptions, WorkflowStatus

QUEUE = "jobs"
WORKFLOW = "didban.job"
APPLICATION = "didban"
APPLICATION_VERSION = "1"
"""Fixed: by default it is a digest of the code, and work that was ordered by other code would never be done."""
SCHEMA = "dbos"
SQLITE_PREFIX = "sqlite:///"

_STATES: dict[str, JobState] = {
    "DELAYED": "waiting",
    "ENQUEUED": "waiting",
    "PENDING": "running",
    "SUCCESS": "done",
    "ERROR": "failed",
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": "failed",
    "CANCELLED": "cancelled",
}
ACTIVE = ["DELAYED", "ENQUEUED", "PENDING"]


class DbosJobs:
    """The queue behind `jobs.port.Jobs`. Close it, or use it as a context manager."""

    def __init__(self, client: "DBOSClient") -> None:
        self.client = client

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.client.destroy()

    def enqueue(self, job: Job, *, not_before: datetime | None = None) -> JobStatus:
        """See `jobs.port.Jobs`. The identifier follows from the job and its number, so that ordering twice is once."""
        newest = self._newest(job.subject)
        if newest is not None and newest.status in ACTIVE:
            return as_status(newest)
        number = int(newest.workflow_id.rsplit(":", 1)[1]) + 1 if newest is not None else 1
        return self.enqueue_as(f"{job.subject}{number}", job, not_before=not_before)

    def enqueue_as(self, job_id: str, job: Job, *, not_before: datetime | None = None) -> JobStatus:
        """Order a job under this identifier; the one that is there already where it was ordered before."""
        wait = (not_before - datetime.now(UTC)).total_seconds() if not_before is not None else 0.0
        options: EnqueueOptions = {
            "workflow_name": WORKFLOW,
            "queue_name": QUEUE,
            "workflow_id": job_id,
            "app_version": APPLICATION_VERSION,
            "queue_partition_key": job.agency or job.subject,
        }
        if wait > 0:
            options["delay_seconds"] = wait
        self.client.enqueue(options, job.model_dump_json())
        return self.status(job_id)

    def cancel(self, job_id: str) -> JobStatus:
        """See `jobs.port.Jobs`."""
        if self.status(job_id).state in ("waiting", "running"):
            self.client.cancel_workflow(job_id)
        return self.status(job_id)

    def status(self, job_id: str) -> JobStatus:
        """See `jobs.port.Jobs`."""
        found = self.client.list_workflows(workflow_ids=[job_id], name=WORKFLOW)
        if not found:
            raise UnknownJobError(f"There is no job {job_id}.")
        return as_status(found[0])

    def list(
        self,
        *,
        round_name: str | None = None,
        agency: str | None = None,
        states: Sequence[JobState] = get_args(JobState),
        limit: int = 500,
    ) -> Sequence[JobStatus]:
        """See `jobs.port.Jobs`."""
        wanted = [word for word, state in _STATES.items() if state in states]
        prefixes = [f"{kind}:{round_name}:{f'{agency}:' if agency else ''}" for kind in _KINDS] if round_name else None
        found = self.client.list_workflows(
            name=WORKFLOW, status=wanted, workflow_id_prefix=prefixes, sort_desc=True, limit=limit
        )
        statuses = [as_status(row) for row in found]
        return [
            status
            for status in statuses
            if round_name in (None, status.job.round) and agency in (None, status.job.agency)
        ]

    def _newest(self, subject: str) -> "WorkflowStatus | None":
        found = self.client.list_workflows(name=WORKFLOW, workflow_id_prefix=subject, load_output=False)
        own = (row for row in found if row.workflow_id.startswith(subject))  # SQLite takes A for a
        return max(own, key=lambda row: int(row.workflow_id.rsplit(":", 1)[1]), default=None)


_KINDS = ("visit", "recheck", "judge", "report")


def open_jobs(engine_url: str) -> DbosJobs:
    """Connect to the queue and make its tables where there are none. `engine_url`: SQLAlchemy address."""
    from dbos import DBOSClient

    if not _has_tables(engine_url):
        prepare(engine_url)
    return DbosJobs(DBOSClient(system_database_url=engine_url, application_name=APPLICATION))


def prepare(engine_url: str) -> None:
    """Bring the engine's tables to its newest version, and let its SQLite file be read beside a writer."""
    from dbos import run_dbos_database_migrations

    if engine_url.startswith(SQLITE_PREFIX):
        with contextlib.closing(sqlite3.connect(engine_url.removeprefix(SQLITE_PREFIX))) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
    run_dbos_database_migrations(system_database_url=engine_url)


def _has_tables(engine_url: str) -> bool:
    engine = create_engine(with_driver(engine_url))
    try:
        schema = None if engine_url.startswith(SQLITE_PREFIX) else SCHEMA
        return inspect(engine).has_table("workflow_status", schema=schema)
    finally:
        engine.dispose()


def as_status(row: "WorkflowStatus") -> JobStatus:
    """What DBOS says of a workflow, as the port says it."""
    assert row.input is not None
    job = Job.model_validate_json(row.input["args"][0])
    outcome = Outcome.model_validate_json(row.output) if isinstance(row.output, str) else None
    state = _STATES[row.status]
    if state == "done" and outcome is not None and not outcome.done:
        state = "failed"
    if state == "failed" and outcome is None:
        outcome = Outcome(done=False, detail=str(row.error))
    return JobStatus(
        id=row.workflow_id,
        job=job,
        state=state,
        ordered_at=_time(row.created_at or 0),
        not_before=_time(row.delay_until_epoch_ms) if row.delay_until_epoch_ms else None,
        started_at=_time(row.dequeued_at) if row.dequeued_at else None,
        ended_at=_time(row.completed_at) if row.completed_at else None,
        worker=row.executor_id if state == "running" else None,
        outcome=outcome,
    )


def _time(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
