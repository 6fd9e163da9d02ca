"""Real workers on a real PostgreSQL: killed, asleep, cut off; nothing is lost, doubled, or done side by side."""

import itertools
import random
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from config.loading import load_framework
from config.models import Agency, Register
from config.vocabulary import Cause
from jobs.engine import DbosJobs, open_jobs
from jobs.port import ENDED, Job, JobStatus, Outcome
from store import repository
from store.session import migrate, open_store
from tests.jobs.plain_worker import ROUND, host_of

ROOT = Path(__file__).parents[2]
FRAMEWORK = ROOT / "config" / "frameworks" / "english-example.toml"
PATIENCE_SECONDS = 150.0


class Crew:
    """Worker processes on one store and one queue."""

    def __init__(self, store_url: str, queue_url: str, folder: Path) -> None:
        self.store_url, self.queue_url, self.log = store_url, queue_url, folder / "log"
        self.killed_at: dict[str, float] = {}
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, *, lease_seconds: float, work_seconds: float) -> None:
        words = (self.store_url, self.queue_url, name, str(lease_seconds), str(self.log), str(work_seconds))
        self.processes[name] = subprocess.Popen(
            [sys.executable, "-m", "tests.jobs.plain_worker", *words], cwd=ROOT, stderr=subprocess.DEVNULL
        )

    def id_of(self, name: str) -> str:
        return Path(f"{self.log}.{name}").read_text()

    def kill(self, name: str) -> None:
        process = self.processes[name]
        process.kill()
        process.wait()
        known = Path(f"{self.log}.{name}")
        if known.exists():
            self.killed_at.setdefault(known.read_text(), time.monotonic())

    def lines(self) -> list[tuple[str, str, str, float]]:
        if not self.log.exists():
            return []
        rows = [line.split() for line in self.log.read_text().splitlines()]
        return [(word, agency, worker, float(at)) for word, agency, worker, at in rows]

    def end(self) -> None:
        for process in self.processes.values():
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.kill()
                process.wait()


@pytest.fixture
def store(postgres_url: str) -> Iterator[Engine]:
    engine = open_store(postgres_url)
    yield engine
    migrate(engine, "base")
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA IF EXISTS dbos CASCADE"))
    engine.dispose()


@pytest.fixture
def crew(store: Engine, postgres_url: str, tmp_path: Path) -> Iterator[Crew]:
    made = Crew(postgres_url, postgres_url, tmp_path)
    yield made
    made.end()


def open_round(engine: Engine, count: int) -> list[str]:
    agencies = tuple(Agency(id=f"a{n}", name_fa=f"a{n}", name_en=f"a{n}", kind="main") for n in range(count))
    repository.open_round(engine, ROUND, Register(agencies=agencies, services=()), load_framework(FRAMEWORK))
    return [agency.id for agency in agencies]


def wait_until_ended(queue: DbosJobs, ids: list[str]) -> list[JobStatus]:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        statuses = [followed(queue, job_id) for job_id in ids]
        if all(status.state in ENDED for status in statuses):
            return statuses
        time.sleep(0.3)
    raise AssertionError([status for status in statuses if status.state not in ENDED])


def followed(queue: DbosJobs, job_id: str) -> JobStatus:
    """The last job of a chain: one that found its host busy goes on under the next number."""
    status = queue.status(job_id)
    while status.state in ENDED and status.outcome is not None and status.outcome.next_job:
        status = queue.status(status.outcome.next_job)
    return status


def wait_for_line(crew: Crew, word: str, worker: str = "") -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not any(line[0] == word and worker in line[2] for line in crew.lines()):
        assert time.monotonic() < until
        time.sleep(0.05)


def spans(crew: Crew) -> list[tuple[str, str, float, float]]:
    """(agency, worker, begin, end) of all work; what a kill cut off ends at the kill."""
    begun: dict[tuple[str, str], float] = {}
    found = []
    for word, agency, worker, at in crew.lines():
        if word == "begin":
            begun[agency, worker] = at
        else:
            found.append((agency, worker, begun.pop((agency, worker)), at))
    found += [(agency, worker, at, crew.killed_at[worker]) for (agency, worker), at in begun.items()]
    return found


@pytest.mark.postgres
def test_workers_killed_again_and_again_lose_nothing_double_nothing_and_never_meet(store: Engine, crew: Crew) -> None:
    agencies = open_round(store, 40)
    chance = random.Random(7)
    with open_jobs(crew.queue_url) as queue:
        ids = [queue.enqueue(Job(kind="visit", round=ROUND, agency=agency)).id for agency in agencies]
        for name in ("w1", "w2"):
            crew.start(name, lease_seconds=6, work_seconds=0.5)
        wait_for_line(crew, "begin")
        for _ in range(6):
            time.sleep(chance.uniform(0.2, 2.5))
            name = chance.choice(("w1", "w2"))
            crew.kill(name)
            crew.start(name, lease_seconds=6, work_seconds=0.5)
        statuses = wait_until_ended(queue, ids)
    assert {status.state for status in statuses} == {"done"}
    judged = [visit.agency for visit in repository.judged_visits(store, ROUND)]
    assert sorted(judged) == sorted(agencies)

    by_agency: dict[str, list[tuple[float, float]]] = defaultdict(list)
    by_host: dict[str, list[tuple[float, float, str]]] = defaultdict(list)
    for agency, worker, begin, end in spans(crew):
        by_agency[agency].append((begin, end))
        by_host[host_of(agency)].append((begin, end, worker))
    for times in by_agency.values():
        ordered = sorted(times)
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(ordered))
    for uses in by_host.values():  # two agencies of one host at once: only in the same worker, which paces them
        for begin, end, worker in uses:
            assert not any(b < end and begin < e and w != worker for b, e, w in uses)


@pytest.mark.postgres
def test_dead_workers_job_is_taken_over_after_its_lease(store: Engine, crew: Crew) -> None:
    open_round(store, 1)
    lease_seconds = 4.0
    with open_jobs(crew.queue_url) as queue:
        job = queue.enqueue(Job(kind="visit", round=ROUND, agency="a0"))
        crew.start("w1", lease_seconds=lease_seconds, work_seconds=1000)
        wait_for_line(crew, "begin", "w1")
        crew.start("w2", lease_seconds=lease_seconds, work_seconds=0.1)
        until = time.monotonic() + PATIENCE_SECONDS
        while not Path(f"{crew.log}.w2").exists():
            assert time.monotonic() < until
            time.sleep(0.05)
        crew.kill("w1")
        killed_at = crew.killed_at[crew.id_of("w1")]
        wait_for_line(crew, "begin", "w2")
        begun_at = next(at for word, _, worker, at in crew.lines() if word == "begin" and worker.startswith("w2"))
        assert begun_at - killed_at > lease_seconds * 0.9
        assert begun_at - killed_at < lease_seconds + 10
        assert wait_until_ended(queue, [job.id])[0].state == "done"


@pytest.mark.postgres
def test_worker_that_sleeps_through_its_lease_ends_without_writing(store: Engine, crew: Crew) -> None:
    open_round(store, 1)
    with open_jobs(crew.queue_url) as queue:
        job = queue.enqueue(Job(kind="visit", round=ROUND, agency="a0"))
        crew.start("w1", lease_seconds=3, work_seconds=1.0)
        wait_for_line(crew, "begin", "w1")
        crew.processes["w1"].send_signal(signal.SIGSTOP)
        crew.start("w2", lease_seconds=3, work_seconds=0.1)
        assert wait_until_ended(queue, [job.id])[0].state == "done"
        visit = repository.counted_visits(store, ROUND)["a0"]
        crew.processes["w1"].send_signal(signal.SIGCONT)
        assert crew.processes["w1"].wait(timeout=PATIENCE_SECONDS) == 4
        assert repository.counted_visits(store, ROUND)["a0"] == visit
        assert [line[2].split("#")[0] for line in crew.lines() if line[0] == "end"] == ["w2"]
        assert queue.status(job.id).state == "done"


@pytest.mark.postgres
def test_database_that_is_gone_for_a_while_loses_nothing(store: Engine, crew: Crew) -> None:
    agencies = open_round(store, 6)
    with open_jobs(crew.queue_url) as queue:
        ids = [queue.enqueue(Job(kind="visit", round=ROUND, agency=agency)).id for agency in agencies]
        crew.start("w1", lease_seconds=6, work_seconds=0.5)
        wait_for_line(crew, "begin")
        other = create_engine(store.url)
        for _ in range(4):  # all connections are cut, as by a restart of the server
            with other.begin() as connection:
                connection.execute(
                    text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
                )
            time.sleep(0.4)
        other.dispose()
        statuses = wait_until_ended(queue, ids)
    assert {status.state for status in statuses} == {"done"}
    assert [visit.agency for visit in repository.judged_visits(store, ROUND)] == agencies


def test_cancelled_job_stops_within_seconds_and_its_agency_is_free(tmp_path: Path) -> None:
    crew = Crew(f"sqlite:///{tmp_path / 'didban.db'}", f"sqlite:///{tmp_path / 'jobs.db'}", tmp_path)
    store = open_store(crew.store_url)
    open_round(store, 2)
    with open_jobs(crew.queue_url) as queue:
        long = queue.enqueue(Job(kind="visit", round=ROUND, agency="a0"))
        crew.start("w1", lease_seconds=30, work_seconds=1000)
        try:
            wait_for_line(crew, "begin")
            begun = time.monotonic()
            assert queue.cancel(long.id).state == "cancelled"
            wait_for_line(crew, "end")
            assert time.monotonic() - begun < 3
            again = queue.enqueue(Job(kind="visit", round=ROUND, agency="a0"))
            assert again.id != long.id
            until = time.monotonic() + PATIENCE_SECONDS
            while sum(line[0] == "begin" for line in crew.lines()) < 2:
                assert time.monotonic() < until
                time.sleep(0.05)
            # Told to stop, it leaves its job to whoever comes next; it is neither failed nor done.
            crew.processes["w1"].terminate()
            assert crew.processes["w1"].wait(timeout=PATIENCE_SECONDS) == 0
            assert queue.status(again.id).state == "running"
            crew.start("w1", lease_seconds=30, work_seconds=0.1)
            assert wait_until_ended(queue, [again.id])[0].state == "done"
        finally:
            crew.end()
    store.dispose()


def test_what_may_pass_is_tried_again_and_hours_are_waited_for(tmp_path: Path) -> None:
    crew = Crew(f"sqlite:///{tmp_path / 'didban.db'}", f"sqlite:///{tmp_path / 'jobs.db'}", tmp_path)
    store = open_store(crew.store_url)
    agencies = tuple(Agency(id=name, name_fa="a", name_en="a", kind="main") for name in ("t0", "l2", "x4", "a6"))
    repository.open_round(store, ROUND, Register(agencies=agencies, services=()), load_framework(FRAMEWORK))
    in_two_hours = datetime.now(UTC) + timedelta(hours=2)
    hours = f"{in_two_hours:%H}:00-{in_two_hours + timedelta(hours=1):%H}:00"
    with open_jobs(crew.queue_url) as queue:
        jobs = {agency.id: queue.enqueue(Job(kind="visit", round=ROUND, agency=agency.id)) for agency in agencies[:3]}
        jobs["a6"] = queue.enqueue(Job(kind="visit", round=ROUND, agency="a6", hours=hours))
        crew.start("w1", lease_seconds=30, work_seconds=0.1)
        try:
            ended = {name: wait_until_ended(queue, [jobs[name].id])[0] for name in ("t0", "l2", "x4")}
            first = wait_for(lambda: (queue.status(jobs["a6"].id).outcome or Outcome(done=False)).next_job)
        finally:
            crew.end()
        assert (ended["t0"].job.pass_number, ended["t0"].state) == (2, "done")
        assert [visit.agency for visit in repository.judged_visits(store, ROUND)] == ["t0"]
        assert (ended["l2"].id, ended["l2"].job.pass_number) == (jobs["l2"].id, 1)
        assert (ended["x4"].state, ended["x4"].job.pass_number) == ("failed", 2)
        assert ended["x4"].outcome is not None
        assert (ended["x4"].outcome.cause, "a fault of ours" in ended["x4"].outcome.detail) == (Cause.CRASH, True)
        waiting = queue.status(first)
        assert waiting.state == "waiting"
        assert waiting.not_before is not None
        begins = in_two_hours.replace(minute=0, second=0, microsecond=0)
        assert abs(waiting.not_before - begins) < timedelta(seconds=30)
    store.dispose()


def wait_for(ask: Callable[[], str | None]) -> str:
    until = time.monotonic() + PATIENCE_SECONDS
    while (answer := ask()) is None:
        assert time.monotonic() < until
        time.sleep(0.1)
    return answer
