"""The queue keeps what was ordered, orders nothing twice, and tells how each job stands."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from jobs.engine import DbosJobs
from jobs.port import Job, UnknownJobError


def visit(agency: str, round_name: str = "r.1") -> Job:
    return Job(kind="visit", round=round_name, agency=agency, by="sara")


def test_job_ordered_twice_is_one_job(queue: DbosJobs) -> None:
    first = queue.enqueue(visit("roads"))
    assert (first.state, first.job, first.ordered_at.tzinfo) == ("waiting", visit("roads"), UTC)
    assert queue.enqueue(visit("roads")) == first
    assert [status.id for status in queue.list()] == [first.id]


def test_ended_job_is_followed_by_a_new_one(queue: DbosJobs) -> None:
    first = queue.enqueue(visit("roads"))
    assert queue.cancel(first.id).state == "cancelled"
    assert queue.cancel(first.id).state == "cancelled"
    second = queue.enqueue(visit("roads"))
    assert second.id != first.id
    assert second.state == "waiting"
    assert queue.status(first.id).state == "cancelled"


def test_numbers_are_compared_as_numbers(queue: DbosJobs) -> None:
    ids = []
    for _ in range(11):
        ids.append(queue.enqueue(visit("roads")).id)
        queue.cancel(ids[-1])
    assert len(set(ids)) == 11
    assert queue.enqueue(visit("roads")).id == "visit:r.1:roads:12"


def test_list_is_by_round_agency_and_state(queue: DbosJobs) -> None:
    roads, post = queue.enqueue(visit("roads")), queue.enqueue(visit("post"))
    other = queue.enqueue(visit("roads", "r.10"))
    report = queue.enqueue(Job(kind="report", round="r.1"))
    queue.cancel(post.id)
    assert {status.id for status in queue.list(round_name="r.1")} == {roads.id, post.id, report.id}
    assert {status.id for status in queue.list(agency="roads")} == {roads.id, other.id}
    assert [status.id for status in queue.list(states=["cancelled"])] == [post.id]
    assert [status.id for status in queue.list(round_name="r.1", agency="roads", states=["running"])] == []


def test_agencies_whose_names_begin_alike_are_kept_apart(queue: DbosJobs) -> None:
    road = queue.enqueue(visit("road"))
    others = {queue.enqueue(visit(name)).id for name in ("roads", "ROAD", "r_ad", "r%")}
    assert len(others - {road.id}) == 4
    assert [status.id for status in queue.list(round_name="r.1", agency="road")] == [road.id]
    assert queue.list(round_name="R.1") == []


def test_job_for_later_says_when(queue: DbosJobs) -> None:
    later = datetime.now(UTC) + timedelta(hours=2)
    ordered = queue.enqueue(visit("roads"), not_before=later)
    assert ordered.state == "waiting"
    assert ordered.not_before is not None
    assert abs(ordered.not_before - later) < timedelta(minutes=1)


def test_unknown_job_is_named(queue: DbosJobs) -> None:
    with pytest.raises(UnknownJobError, match="visit:r:none:1"):
        queue.status("visit:r:none:1")
    with pytest.raises(UnknownJobError):
        queue.cancel("visit:r:none:1")


def test_job_that_makes_no_sense_cannot_be_made() -> None:
    with pytest.raises(ValidationError, match="needs an agency"):
        Job(kind="recheck", round="r")
    with pytest.raises(ValidationError, match="whole round"):
        Job(kind="report", round="r", agency="roads")
