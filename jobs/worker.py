"""A worker: takes jobs from the queue, does them with the work handed in, takes over from workers that died."""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import InternalError, OperationalError, SQLAlchemyError

from config.vocabulary import Cause
from jobs.engine import APPLICATION, APPLICATION_VERSION, QUEUE, WORKFLOW, DbosJobs, open_jobs, prepare
from jobs.holding import BusyError, Holder, LostLeaseError, end_at_once
from jobs.hours import read_hours
from jobs.passes import next_pass
from jobs.port import Job, JobKind, Jobs, Outcome
from store import leases

LOOK_SECONDS = 0.5
"""How often a worker looks whether one of its jobs was cancelled."""
BUSY_SECONDS = 15.0
"""How long a job waits in the queue when another worker visits its agency or one of its hosts, or the store is away."""
TAKE_OVER_LEASE = "take-over"

log = logging.getLogger(__name__)


class StoppedError(Exception):
    """The work was stopped: the job was cancelled, or the worker ends."""


@dataclass(frozen=True, slots=True)
class Run:
    """What the work of a job is given besides the job. It raises StoppedError soon after `stopped` is set."""

    job_id: str
    holder: Holder
    stopped: threading.Event = field(default_factory=threading.Event)


Work = Callable[[Job, Run], Outcome]
"""Does a job. It can be interrupted anywhere and is then done again: it must go on from what is stored, or begin anew.

May raise BusyError (the job goes back to the queue), StoppedError, LostLeaseError; anything else is a fault of ours.
"""


class Worker:
    """One worker process. There is one in a process, since the engine allows no second.

    `slots`: jobs done side by side, the same in all workers. `on_tick` is called every few seconds with the queue, for
    what is due by the clock.
    """

    def __init__(
        self,
        engine_url: str,
        holder: Holder,
        works: Mapping[JobKind, Work],
        *,
        slots: int,
        pass_delays_hours: Sequence[float] = (),
        on_tick: Callable[[Jobs], None] = lambda _: None,
    ) -> None:
        self._engine_url = engine_url
        self._holder = holder
        self._works = works
        self._slots = slots
        self._delays = pass_delays_hours
        self._on_tick = on_tick
        self._runs: dict[str, Run] = {}
        self._ending = False

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set; jobs under way are then stopped and left to whoever takes them over.

        Their threads stay behind, asleep, so that nothing is written of them: the process has to end soon after.
        """
        prepare(self._engine_url)
        with open_jobs(self._engine_url) as self._jobs:
            self._launch()
            looked_at = 0.0
            while not stop.wait(LOOK_SECONDS):
                try:
                    self._stop_cancelled()
                    if time.monotonic() - looked_at > self._holder.lease_seconds / 12:
                        looked_at = time.monotonic()
                        take_over(self._jobs, self._holder)
                        self._on_tick(self._jobs)
                except SQLAlchemyError as error:
                    log.warning("the queue cannot be reached: %s", str(error).split("\n", 1)[0])
            self._ending = True
            for run in list(self._runs.values()):
                run.stopped.set()

    def _launch(self) -> None:
        from dbos import DBOS, DBOSConfig

        config: DBOSConfig = {
            "name": APPLICATION,
            "system_database_url": self._engine_url,
            "application_version": APPLICATION_VERSION,
            "executor_id": self._holder.id,
            "log_level": "WARNING",
            "max_executor_threads": self._slots + 8,
            "run_migrations": False,
        }
        DBOS(config=config)

        @DBOS.workflow(name=WORKFLOW)
        def do(text: str) -> str:
            job_id = DBOS.workflow_id
            assert job_id is not None
            return self._do(job_id, Job.model_validate_json(text)).model_dump_json()

        DBOS.launch()
        DBOS.register_queue(QUEUE, worker_concurrency=self._slots, partition_concurrency=1, on_conflict="always_update")

    def _do(self, job_id: str, job: Job) -> Outcome:
        now = datetime.now(UTC)
        hours = read_hours(job.hours)
        if hours is not None and not hours.contains(now):
            return self._later(job_id, job, hours.next_begin(now), f"it begins only in the hours {job.hours}")
        run = self._runs[job_id] = Run(job_id, self._holder)
        try:
            outcome = self._works[job.kind](job, run)
        except BusyError as busy:
            return self._later(job_id, job, datetime.now(UTC) + timedelta(seconds=BUSY_SECONDS), str(busy))
        except (OperationalError, InternalError) as error:  # the store is away or full: what was done is on disk
            log.warning("job %s: the store cannot be used: %s", job_id, str(error).split("\n", 1)[0])
            at = datetime.now(UTC) + timedelta(seconds=BUSY_SECONDS)
            return self._later(job_id, job, at, "the store could not be used")
        except StoppedError:
            if self._ending:
                threading.Event().wait()  # whoever takes the job over writes what came of it
            return Outcome(done=False, detail="cancelled")
        except LostLeaseError as lost:
            end_at_once(str(lost))
            raise
        except Exception as error:  # one job's fault must not end the worker
            log.exception("job %s broke", job_id)
            outcome = Outcome(done=False, cause=Cause.CRASH, detail=f"{type(error).__name__}: {error}"[:300])
        finally:
            self._runs.pop(job_id, None)
        wait = next_pass(outcome.cause, job.pass_number, self._delays)
        if wait is None:
            return outcome
        later = self._later(
            job_id, job.model_copy(update={"pass_number": job.pass_number + 1}), datetime.now(UTC) + wait, ""
        )
        return outcome.model_copy(update={"next_job": later.next_job})

    def _later(self, job_id: str, job: Job, at: datetime, why: str) -> Outcome:
        """Order the same work again for later, under the next number, so that doing this twice orders it once."""
        subject, _, number = job_id.rpartition(":")
        ordered = self._jobs.enqueue_as(f"{subject}:{int(number) + 1}", job, not_before=at)
        return Outcome(done=True, detail=why, next_job=ordered.id)

    def _stop_cancelled(self) -> None:
        running = list(self._runs)
        if not running:
            return
        for row in self._jobs.client.list_workflows(
            workflow_ids=running, status="CANCELLED", load_input=False, load_output=False
        ):
            run = self._runs.get(row.workflow_id)
            if run is not None:
                run.stopped.set()


def take_over(jobs: DbosJobs, holder: Holder) -> list[str]:
    """Put the jobs of workers that are no longer at work back into the queue; their identifiers.

    Without the queue's name they would start beside the limits of the queue (seen: two visits of one agency).
    """
    if not _orphans(jobs, holder):
        return []
    fence = leases.take(holder.engine, holder.id, TAKE_OVER_LEASE)
    if fence is None:
        return []
    try:
        orphans = _orphans(jobs, holder)  # again, now that nobody else takes over
        if orphans:
            log.warning("taking over %d jobs of workers that are gone", len(orphans))
            jobs.client.resume_workflows(orphans, queue_name=QUEUE)
        return orphans
    finally:
        leases.release(holder.engine, fence)


def _orphans(jobs: DbosJobs, holder: Holder) -> list[str]:
    # The jobs first: a worker joins before it takes any, so none of a living worker can be mistaken.
    rows = jobs.client.list_workflows(status="PENDING", name=WORKFLOW, load_input=False, load_output=False)
    living = {worker.id for worker in leases.living(holder.engine)}
    return [row.workflow_id for row in rows if row.executor_id not in living]
