"""The port of the durable queue: order a job, cancel it, ask how it stands. Whoever uses it knows no engine.

jobs = open_jobs(engine_url)                 # jobs.engine; the only line that names the engine
ordered = jobs.enqueue(Job(kind="recheck", round="1405-1", agency="ncc", by="sara"))
jobs.status(ordered.id).state                # "waiting" ... "done"
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol, get_args

from pydantic import model_validator

from config.models import Frozen
from config.vocabulary import Cause

JobKind = Literal["visit", "recheck", "judge", "report"]
"""visit: visit and judge an agency that has no counted visit in the round yet. recheck: a fresh visit in any case.
judge: the stored snapshots judged again by the round's present framework (one agency, or all). report: score the round
and write its report (scores are never stored: they are worked out from findings whenever they are read)."""

JobState = Literal["waiting", "running", "done", "failed", "cancelled"]
ENDED: tuple[JobState, ...] = ("done", "failed", "cancelled")


class Job(Frozen):
    """What is to be done. Two jobs with the same kind, round and agency are never under way at the same time."""

    kind: JobKind
    round: str
    agency: str | None = None
    by: str = ""
    """Who asked for it: a person, or the name of a schedule."""
    hours: str = ""
    """Hours of the day in which it may begin, such as `20:00-06:00 Asia/Tehran`; empty = any."""
    pass_number: int = 1
    """1, or higher where an earlier pass failed for a cause that may pass."""

    @model_validator(mode="after")
    def _has_agency(self) -> "Job":
        if self.kind in ("visit", "recheck") and not self.agency:
            raise ValueError(f"a {self.kind} needs an agency")
        if self.kind == "report" and self.agency:
            raise ValueError("a report is of a whole round")
        return self

    @property
    def subject(self) -> str:
        """The part of the identifier that all jobs of this kind, round and agency share."""
        return f"{self.kind}:{self.round}:{self.agency or ''}:"


class Outcome(Frozen):
    """What came of a job. `cause` also where the work was done, but the portal could not be read."""

    done: bool
    cause: Cause | None = None
    detail: str = ""
    next_job: str | None = None
    """The job that goes on from here: a later pass, or the same work once hosts and hours allow it."""


class JobStatus(Frozen):
    """How a job stands. Times are aware UTC; `not_before` = it waits for this moment."""

    id: str
    job: Job
    state: JobState
    ordered_at: datetime
    not_before: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    worker: str | None = None
    outcome: Outcome | None = None


class UnknownJobError(Exception):
    """There is no job with this identifier."""


class Jobs(Protocol):
    """The queue as its users see it."""

    def enqueue(self, job: Job, *, not_before: datetime | None = None) -> JobStatus:
        """Order a job. Where one of the same kind, round and agency waits or runs, that one is returned."""
        ...

    def cancel(self, job_id: str) -> JobStatus:
        """Cancel a job that waits or runs; an ended one stays as it is. Raises UnknownJobError.

        A visit under way stops within seconds; what it has stays on disk and the next visit goes on from there.
        """
        ...

    def status(self, job_id: str) -> JobStatus:
        """How a job stands. Raises UnknownJobError."""
        ...

    def list(
        self,
        *,
        round_name: str | None = None,
        agency: str | None = None,
        states: Sequence[JobState] = get_args(JobState),
        limit: int = 500,
    ) -> Sequence[JobStatus]:
        """Jobs, newest first. `agency` without a round looks through the newest `limit` jobs only."""
        ...
