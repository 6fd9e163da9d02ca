"""Agencies and hosts are held by one worker at a time; who was silent for too long cannot write any more."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from config.loading import load_framework
from config.models import Agency, Register
from config.vocabulary import Cause
from jobs.holding import BusyError, Holder, Watch
from store import leases, repository
from store.leases import LostLeaseError, WorkerSeen

FRAMEWORK = Path(__file__).parents[2] / "config" / "frameworks" / "english-example.toml"
LEASE_SECONDS = 60.0


def holder(engine: Engine, name: str, lease_seconds: float = LEASE_SECONDS, said: list[str] | None = None) -> Holder:
    heard: list[str] = [] if said is None else said
    return Holder(engine, name, lease_seconds, on_lost=heard.append)


def seen(engine: Engine, worker: Holder) -> WorkerSeen:
    return next(entry for entry in leases.living(engine) if entry.id == worker.id)


def test_agency_is_held_by_one_worker_until_it_lets_go(engine: Engine) -> None:
    with holder(engine, "w1") as one, holder(engine, "w2") as two:
        with one.hold("roads", ["roads.example"]) as first:
            with pytest.raises(BusyError, match="roads"), two.hold("roads", []):
                pass
            with pytest.raises(BusyError, match="roads"), one.hold("roads", []):
                pass
        with two.hold("roads", ["roads.example"]) as second:
            assert second.number > first.number


def test_host_is_shared_within_a_worker_and_with_no_other(engine: Engine) -> None:
    with holder(engine, "w1") as one, holder(engine, "w2") as two:
        with one.hold("roads", ["gov.example", "a.example"]):
            with one.hold("post", ["gov.example"]):
                pass
            with pytest.raises(BusyError, match=r"gov\.example"), two.hold("water", ["z.example", "gov.example"]):
                pass
            # What was taken before the busy host was found is free again.
            with two.hold("water", ["z.example"]):
                pass
        with two.hold("water", ["gov.example"]):
            pass


def test_leaving_frees_everything_at_once(engine: Engine) -> None:
    with holder(engine, "w2") as two:
        with holder(engine, "w1") as one:
            fence = leases.take(engine, one.id, "agency:roads")
            assert fence is not None
        with two.hold("roads", []) as after:
            assert after.number == fence.number + 1


def test_successor_of_the_same_name_follows_at_once(engine: Engine) -> None:
    killed = holder(engine, "w1")
    leases.join(engine, killed.id, "w1", LEASE_SECONDS)
    assert leases.take(engine, killed.id, "agency:roads") is not None
    with holder(engine, "w1") as again, again.hold("roads", []):
        assert [worker.id for worker in leases.living(engine)] == [again.id]


def test_worker_that_beats_is_never_declared_dead(engine: Engine) -> None:
    with holder(engine, "w1") as one:
        before = seen(engine, one)
        assert leases.beat(engine, one.id)
        assert not leases.declare_dead(engine, before)
        assert leases.declare_dead(engine, seen(engine, one))
        assert not leases.beat(engine, one.id)


def test_writes_of_a_worker_that_was_only_asleep_are_refused(engine: Engine) -> None:
    register = Register(agencies=(Agency(id="roads", name_fa="راهداری", name_en="Roads", kind="main"),), services=())
    repository.open_round(engine, "r1", register, load_framework(FRAMEWORK))
    now = datetime.now(UTC)
    with holder(engine, "w1") as sleeper, holder(engine, "w2") as other:
        old = leases.take(engine, sleeper.id, "agency:roads")
        visit = repository.order_visit(engine, "r1", "roads", counts=True, as_of=now, job="j", fence=old)
        assert leases.declare_dead(engine, seen(engine, sleeper))

        def save(fence: leases.Fence | None) -> None:
            repository.save_judged(
                engine, visit.id, [], page_count=1, rendered_count=0, cause=None, fence=fence
            )  # fmt: skip

        # Refused from the moment it is declared dead, also before anybody has taken over.
        with pytest.raises(LostLeaseError, match="roads"):
            save(old)
        with other.hold("roads", []) as new:
            for late in (old, None if old is None else leases.Fence(old.lease, other.id, old.number)):
                with pytest.raises(LostLeaseError):
                    save(late)
            with pytest.raises(LostLeaseError):
                repository.fail_visit(engine, visit.id, Cause.CRASH, "late", fence=old)
            with pytest.raises(LostLeaseError):
                repository.order_visit(engine, "r1", "roads", counts=True, as_of=now, fence=old)
            assert repository.counted_visits(engine, "r1") == {}
            save(new)
        assert repository.counted_visits(engine, "r1")["roads"].id == visit.id
        found = repository.visit_of_job(engine, "j")
        assert found is not None
        assert (found.id, found.state) == (visit.id, "judged")


def test_silent_worker_is_found_and_the_next_beat_of_a_dead_one_tells_it(engine: Engine) -> None:
    silent = holder(engine, "silent")
    leases.join(engine, silent.id, "silent", 0.4)
    said: list[str] = []
    with holder(engine, "w1", 3.0, said) as one:
        until = time.monotonic() + 60
        while time.monotonic() < until and len(leases.living(engine)) > 1:
            time.sleep(0.05)
        assert [worker.id for worker in leases.living(engine)] == [one.id]
        assert one.sure
        while time.monotonic() < until and not said:
            for worker in leases.living(engine):
                leases.declare_dead(engine, worker)
            time.sleep(0.02)
        assert "declared dead" in said[0]
        assert not one.sure


def test_silence_is_counted_by_the_watchers_own_clock() -> None:
    at = 1_000.0
    watch = Watch(lambda: at)

    def worker(beats: int) -> WorkerSeen:
        # Its own clock is an hour off: that must not matter.
        return WorkerSeen("w", "w", beats, 60.0, datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC))

    assert watch.silent([worker(5)]) == []
    at += 59
    assert watch.silent([worker(5)]) == []
    at += 2
    assert watch.silent([worker(5)]) == [worker(5)]
    assert watch.silent([worker(6)]) == []
    at += 59
    watch.forget()  # the store was out of reach: nobody could show life
    at += 59
    assert watch.silent([worker(6)]) == []
    at += 61
    assert watch.silent([worker(6)]) == [worker(6)]
