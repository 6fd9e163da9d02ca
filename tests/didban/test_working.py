"""The work of each kind of job: done once, done again after a break, and refused where the round does not take it."""

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import Engine

from config.loading import load_framework
from config.models import Agency, Register
from config.settings import Settings
from config.vocabulary import Cause
from crawler.house import CrawlHouse
from crawler.orders import Cancelled, Event, Failed, Sealed, VisitOrder
from didban.working import Workshop
from didban.workspace import Workspace
from jobs.holding import BusyError, Holder
from jobs.port import Job, Outcome
from jobs.worker import Run, StoppedError
from snapshot.models import SearchReport
from snapshot.writer import SnapshotWriter
from store import repository
from store.session import open_store

FRAMEWORK = Path(__file__).parents[2] / "config" / "frameworks" / "english-example.toml"
ROADS = Agency(
    id="roads",
    name_fa="ا",
    name_en="Roads",
    kind="main",
    portal_url="https://roads.example/",
    extra_hosts=("gov.example",),
)
REGISTER = Register(agencies=(ROADS, Agency(id="post", name_fa="ا", name_en="Post", kind="main")), services=())


class House:
    """Stands in for the crawl: seals an empty snapshot, or ends as it is told."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.end: Callable[[VisitOrder], Sealed | Failed | Cancelled] | None = None
        self.cause: Cause | None = None

    def visit(
        self,
        order: VisitOrder,
        *,
        cited_pages: Callable[[VisitOrder], Sequence[str]],
        stopped: threading.Event,
        on_event: Callable[[Event], None] = lambda _: None,
    ) -> Sealed | Failed | Cancelled:
        self.made.append(order.visit_id)
        if self.end is not None:
            return self.end(order)
        writer = SnapshotWriter(order.folder)
        if not writer.sealed:
            writer.begin(order.visit)
            writer.search(SearchReport(home_cause=self.cause))
            writer.seal(datetime.now(UTC))
        return Sealed(visit_id=order.visit_id, pages=0, rendered=0, cause=self.cause)


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[Holder]:
    engine = open_store(f"sqlite:///{tmp_path / 'didban.db'}")
    repository.open_round(engine, "r1", REGISTER, load_framework(FRAMEWORK))
    with Holder(engine, "w1", 60.0) as made:
        yield made
    engine.dispose()


@pytest.fixture
def shop(tmp_path: Path, holder: Holder, house: House) -> Workshop:
    space = Workspace(Settings(home=tmp_path))
    space.prepare()

    def write_report(_space: Workspace, _engine: Engine, round_: repository.Round) -> Path:
        return Path(f"{round_.name}.html")

    return Workshop(space, holder.engine, cast("CrawlHouse", house), write_report)


def do(shop: Workshop, holder: Holder, job: Job, number: int = 1) -> Outcome:
    return shop.works[job.kind](job, Run(f"{job.subject}{number}", holder))


def visit(kind: str = "visit", **changes: object) -> Job:
    return Job.model_validate({"kind": kind, "round": "r1", "agency": "roads", **changes})


def attempts(holder: Holder) -> list[int]:
    return [entry.attempt for entry in repository.judged_visits(holder.engine, "r1")]


def test_visit_is_made_judged_and_not_made_again(shop: Workshop, holder: Holder, house: House) -> None:
    assert do(shop, holder, visit()) == Outcome(done=True)
    assert do(shop, holder, visit(), 2).detail == "was visited already in this round"
    assert (house.made, attempts(holder)) == (["r1.roads.1"], [1])
    assert repository.round_findings(holder.engine, "r1")
    # Everything is let go of again.
    with holder.hold("roads", ["roads.example", "gov.example"]):
        pass


def test_job_done_again_after_a_break_doubles_nothing(shop: Workshop, holder: Holder, house: House) -> None:
    do(shop, holder, visit())
    assert do(shop, holder, visit("recheck")) == Outcome(done=True)
    assert do(shop, holder, visit("recheck")) == Outcome(done=True)  # killed before its end was written, and taken over
    assert attempts(holder) == [1, 2]
    assert do(shop, holder, visit("recheck"), 2) == Outcome(done=True)
    assert attempts(holder) == [1, 2, 3]


def test_broken_visit_is_told_with_its_cause_and_the_next_begins_anew(
    shop: Workshop, holder: Holder, house: House
) -> None:
    house.end = lambda order: Failed(visit_id=order.visit_id, cause=Cause.CRASH, detail="it died")
    assert do(shop, holder, visit()) == Outcome(done=False, cause=Cause.CRASH, detail="it died")
    assert attempts(holder) == []
    house.end = None
    assert do(shop, holder, visit(pass_number=2), 2) == Outcome(done=True)
    assert attempts(holder) == [2]


def test_later_pass_visits_anew_and_the_last_visit_counts(shop: Workshop, holder: Holder, house: House) -> None:
    house.cause = Cause.TIMEOUT
    assert do(shop, holder, visit()) == Outcome(done=True, cause=Cause.TIMEOUT)
    house.cause = None
    assert do(shop, holder, visit(pass_number=2), 2) == Outcome(done=True)
    counted = repository.counted_visits(holder.engine, "r1")["roads"]
    assert (counted.attempt, counted.cause) == (2, None)


def test_stopped_visit_is_gone_on_with(shop: Workshop, holder: Holder, house: House) -> None:
    house.end = lambda order: Cancelled(visit_id=order.visit_id)
    with pytest.raises(StoppedError):
        do(shop, holder, visit())
    house.end = None
    assert do(shop, holder, visit(), 2) == Outcome(done=True)
    assert (house.made, attempts(holder)) == (["r1.roads.1", "r1.roads.1"], [1])


def test_agency_or_host_of_another_worker_is_left_to_it(shop: Workshop, holder: Holder, house: House) -> None:
    with Holder(holder.engine, "w2", 60.0) as other:
        for agency, hosts in (("roads", []), ("post", ["gov.example"])):
            with other.hold(agency, hosts), pytest.raises(BusyError):
                do(shop, holder, visit())
    assert house.made == []


def test_what_the_round_does_not_take_is_refused(shop: Workshop, holder: Holder, house: House) -> None:
    assert "no agency nobody" in do(shop, holder, visit(agency="nobody")).detail
    assert "no agency roads in round 'r9'" in do(shop, holder, visit(round="r9")).detail
    repository.move_round(holder.engine, "r1", "review", who="sara")
    refused = do(shop, holder, visit())
    assert (refused.done, "review" in refused.detail, house.made) == (False, True, [])
    assert do(shop, holder, visit("recheck")).done


def test_stored_snapshots_are_judged_again_and_a_lost_one_is_named(shop: Workshop, holder: Holder) -> None:
    do(shop, holder, visit())
    do(shop, holder, visit(agency="post"))
    before = repository.round_findings(holder.engine, "r1")
    assert do(shop, holder, Job(kind="judge", round="r1")) == Outcome(done=True)
    assert repository.round_findings(holder.engine, "r1") == before
    counted = repository.counted_visits(holder.engine, "r1")["post"]
    (shop.space.home / counted.folder / "manifest.json").unlink()
    assert do(shop, holder, Job(kind="judge", round="r1", agency="roads")) == Outcome(done=True)
    lost = do(shop, holder, Job(kind="judge", round="r1"))
    assert (lost.done, lost.cause, "post" in lost.detail) == (False, Cause.MISSING_ARTEFACT, True)


def test_report_is_of_the_round(shop: Workshop, holder: Holder) -> None:
    assert do(shop, holder, Job(kind="report", round="r1")).detail == "r1.html"
    assert not do(shop, holder, Job(kind="report", round="r9")).done
