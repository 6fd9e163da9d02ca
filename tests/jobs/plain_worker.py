"""A worker process for tests: real queue, leases and store; its work only waits, writes a log and stores a visit.

Agencies t... cannot be reached at first, l... lie behind a login, x... break the work.

python plain_worker.py STORE_URL QUEUE_URL NAME LEASE_SECONDS LOG WORK_SECONDS
"""

import os
import signal
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from config.vocabulary import Cause
from jobs.holding import Holder
from jobs.port import Job, Outcome
from jobs.worker import Run, StoppedError, Worker
from store import repository
from store.session import open_store

ROUND = "r1"


def host_of(agency: str) -> str:
    """Two agencies share each host."""
    return f"host{int(agency[1:]) // 2}"


def main() -> None:
    """Work until SIGTERM."""
    store_url, queue_url, name, lease_seconds, log_file, work_seconds = sys.argv[1:]
    engine = open_store(store_url)

    def note(word: str, job: Job, worker: str) -> None:
        line = f"{word} {job.agency} {worker} {time.monotonic():.4f}\n"  # the steady clock is the machine's
        handle = os.open(log_file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(handle, line.encode())
        os.close(handle)

    def visit(job: Job, run: Run) -> Outcome:
        assert job.agency is not None
        if job.agency.startswith("t") and job.pass_number == 1:
            return Outcome(done=True, cause=Cause.TIMEOUT)
        if job.agency.startswith("l"):
            return Outcome(done=True, cause=Cause.LOGIN)
        if job.agency.startswith("x"):
            raise RuntimeError("a fault of ours")
        with run.holder.hold(job.agency, [host_of(job.agency)]) as fence:
            if job.agency in repository.counted_visits(engine, ROUND):
                return Outcome(done=True, detail="was visited already")
            note("begin", job, run.holder.id)
            row = repository.unfinished_visit(engine, ROUND, job.agency) or repository.order_visit(
                engine, ROUND, job.agency, counts=True, as_of=datetime.now(UTC), job=run.job_id, fence=fence
            )
            until = time.monotonic() + float(work_seconds)
            while time.monotonic() < until:
                if run.stopped.wait(0.02):
                    note("end", job, run.holder.id)
                    raise StoppedError
            repository.save_judged(engine, row.id, [], page_count=1, rendered_count=0, cause=None, fence=fence)
            note("end", job, run.holder.id)
        return Outcome(done=True)

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    with Holder(engine, name, float(lease_seconds)) as holder:
        Path(f"{log_file}.{name}").write_text(holder.id)
        Worker(queue_url, holder, {"visit": visit}, slots=3, pass_delays_hours=(0.0005,)).run(stop)
    os._exit(0)


if __name__ == "__main__":
    main()
