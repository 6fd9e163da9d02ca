"""The work of each kind of job, as a worker does it: the flow of didban.pipeline, one agency at a time."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from config.vocabulary import Cause
from crawler.house import CrawlHouse
from crawler.orders import Cancelled, Failed
from didban.pipeline import judge_again
from didban.visiting import begin_visit, cited_pages, judge_and_store, make_order, visit_hosts
from didban.workspace import Workspace
from jobs.port import Job, JobKind, Outcome
from jobs.worker import Run, StoppedError, Work
from store import repository
from store.leases import Fence
from store.repository import Round


@dataclass(frozen=True, slots=True)
class Workshop:
    """What the work of all jobs shares. `write_report` writes a round's report and returns its first page."""

    space: Workspace
    engine: Engine
    house: CrawlHouse
    write_report: Callable[[Workspace, Engine, Round], Path]

    @property
    def works(self) -> Mapping[JobKind, Work]:
        """The work of each kind."""
        return {"visit": self.visit, "recheck": self.visit, "judge": self.judge, "report": self.report}

    def visit(self, job: Job, run: Run) -> Outcome:
        """Visit an agency and judge it. Interrupted and done again, it goes on where it was; done, it is left alone."""
        round_ = repository.get_round(self.engine, job.round)
        agency = round_.register.agency(job.agency or "") if round_ is not None else None
        if round_ is None or agency is None:
            return Outcome(done=False, detail=f"there is no agency {job.agency} in round '{job.round}'")
        if round_.state in ("draft", "withdrawn") or (job.kind == "visit" and round_.state != "open"):
            return Outcome(done=False, detail=f"round '{job.round}' is {round_.state} and is not visited")
        with run.holder.hold(agency.id, visit_hosts(round_.register, agency)) as fence:
            earlier = repository.visit_of_job(self.engine, run.job_id)
            if earlier is not None and earlier.state == "judged":
                return Outcome(done=True, cause=earlier.cause)
            anew = job.kind == "recheck" or job.pass_number > 1
            counted = repository.counted_visits(self.engine, round_.name).get(agency.id)
            if counted is not None and not anew:
                return Outcome(done=True, detail="was visited already in this round")
            return self._visit(round_, agency.id, run, fence)

    def _visit(self, round_: Round, agency_id: str, run: Run, fence: Fence) -> Outcome:
        visit = begin_visit(self.engine, round_, agency_id, job=run.job_id, fence=fence)
        ended = self.house.visit(
            make_order(self.space, round_, visit),
            cited_pages=functools.partial(cited_pages, framework=round_.framework),
            stopped=run.stopped,
        )
        if isinstance(ended, Cancelled):
            raise StoppedError
        if isinstance(ended, Failed):
            repository.fail_visit(self.engine, visit.id, ended.cause, ended.detail, fence=fence)
            return Outcome(done=False, cause=ended.cause, detail=ended.detail)
        judge_and_store(self.space, self.engine, round_, visit, ended, fence=fence)
        return Outcome(done=True, cause=ended.cause)

    def judge(self, job: Job, run: Run) -> Outcome:  # noqa: ARG002 - it ends before a cancel could matter
        """Judge the counted snapshots again by the round's present framework: one agency's, or all."""
        round_ = repository.get_round(self.engine, job.round)
        if round_ is None:
            return Outcome(done=False, detail=f"there is no round '{job.round}'")
        missing = judge_again(self.space, self.engine, round_, only=job.agency)
        if missing:
            return Outcome(
                done=False, cause=Cause.MISSING_ARTEFACT, detail=f"no sealed snapshot here of {', '.join(missing)}"
            )
        return Outcome(done=True)

    def report(self, job: Job, run: Run) -> Outcome:  # noqa: ARG002 - it ends before a cancel could matter
        """Score a round and write its report."""
        round_ = repository.get_round(self.engine, job.round)
        if round_ is None:
            return Outcome(done=False, detail=f"there is no round '{job.round}'")
        return Outcome(done=True, detail=str(self.write_report(self.space, self.engine, round_)))
