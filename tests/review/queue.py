"""A queue of jobs in memory, for the app alone: nothing is ever done of what is ordered."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import get_args

from jobs.port import Job, JobState, JobStatus, UnknownJobError


class ListedJobs:
    """What was ordered, newest first."""

    def __init__(self) -> None:
        self.ordered: list[JobStatus] = []

    def enqueue(self, job: Job, *, not_before: datetime | None = None) -> JobStatus:
        """Order a job; one that waits already is returned."""
        for known in self.ordered:
            if known.job.subject == job.subject and known.state == "waiting":
                return known
        status = JobStatus(
            id=f"{job.subject}{len(self.ordered) + 1}",
            job=job,
            state="waiting",
            ordered_at=datetime.now(UTC),
            not_before=not_before,
        )
        self.ordered.insert(0, status)
        return status

    def cancel(self, job_id: str) -> JobStatus:
        """Cancel a job."""
        changed = self.status(job_id).model_copy(update={"state": "cancelled"})
        self.ordered = [changed if one.id == job_id else one for one in self.ordered]
        return changed

    def status(self, job_id: str) -> JobStatus:
        """How a job stands."""
        found = next((one for one in self.ordered if one.id == job_id), None)
        if found is None:
            raise UnknownJobError(job_id)
        return found

    def list(
        self,
        *,
        round_name: str | None = None,
        agency: str | None = None,
        states: Sequence[JobState] = get_args(JobState),
        limit: int = 500,
    ) -> Sequence[JobStatus]:
        """Jobs, newest first."""
        chosen = [one for one in self.ordered if round_name in (None, one.job.round) and one.state in states]
        return [one for one in chosen if agency in (None, one.job.agency)][:limit]
