"""Real `didban worker` processes on PostgreSQL: real visits, one killed, a host of two agencies, a polite pace."""

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlalchemy import create_engine, text

from tests.crawler.portal_server import Portal, page

pytestmark = [pytest.mark.browser, pytest.mark.postgres]
ROOT = Path(__file__).parents[2]
RATE = 4.0
PAGES = 9
PATIENCE_SECONDS = 240.0


def portal(number: int) -> Portal:
    names = [f"/{number}/p{n}" for n in range(PAGES)]
    home = page(*names, ("/two", "Second office"), title=f"Office {number}")
    return Portal(
        f"127.0.4.{number}",
        {"/": home, "/two": page(*names, title="Second"), **{name: page(title=name) for name in names}},
    )


def register_of(portals: list[Portal], folder: Path) -> Path:
    folder.mkdir()
    rows = [f"a{n},ا,A{n},main,,,{site.url},,full" for n, site in enumerate(portals)]
    rows.append(f"shared,ا,Shared,main,,,{portals[0].url}two,,full")
    head = "id,name_fa,name_en,kind,parent,cluster,portal_url,extra_hosts,participation"
    (folder / "agencies.csv").write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    (folder / "services.csv").write_text(
        "id,agency,parent,title_fa,title_en,audience,status,url,instant\n", encoding="utf-8"
    )
    return folder


def test_two_workers_one_killed_make_every_visit_once_and_politely(tmp_path: Path, postgres_url: str) -> None:
    environment = {
        **os.environ, "DIDBAN_HOME": str(tmp_path / "home"), "DIDBAN_DATABASE_URL": postgres_url,
        "DIDBAN_REQUESTS_PER_SECOND": str(RATE), "DIDBAN_ALLOW_PRIVATE": "1", "DIDBAN_LEASE_SECONDS": "16",
        "DIDBAN_WORKER_SLOTS": "2",
    }  # fmt: skip

    def didban(*words: object) -> Any:
        done = subprocess.run(
            [sys.executable, "-m", "didban", *map(str, words)],
            capture_output=True, text=True, timeout=PATIENCE_SECONDS, env=environment, cwd=ROOT, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout) if "--json" in words else done.stdout

    def worker(name: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "didban", "worker", "--name", name]
        return subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)

    portals = [portal(number) for number in range(1, 4)]
    workers: list[subprocess.Popen[bytes]] = []
    with ExitStack() as stack:
        for site in portals:
            stack.enter_context(site.running())
        register = register_of(portals, tmp_path / "register")
        didban("round", "open", "r1", "--register", register, "--framework", "config/frameworks/english-example.toml")
        assert len(didban("jobs", "add", "visit", "--by", "sara", "--json")) == 4
        try:
            workers += [worker("one"), worker("two")]
            until = time.monotonic() + PATIENCE_SECONDS
            while min(len(site.log) for site in portals) < 4:
                assert time.monotonic() < until
                time.sleep(0.1)
            crawls = psutil.Process(workers[0].pid).children(recursive=True)
            workers[0].kill()
            workers[0].wait()
            states = [""]
            while not set(states) <= {"done", "failed", "cancelled"}:
                assert time.monotonic() < until
                states = [job["state"] for job in didban("jobs", "list", "--json")]
            assert set(states) == {"done"}
            assert [crawl for crawl in crawls if crawl.is_running() and crawl.status() != psutil.STATUS_ZOMBIE] == []
            children = psutil.Process(workers[1].pid).children(recursive=True)
            workers[1].terminate()
            assert workers[1].wait(timeout=60) == 0
            _, alive = psutil.wait_procs(children, timeout=10)
            assert alive == []
        finally:
            for process in workers:
                process.kill()
                process.wait()

    sealed = sorted(path.parent.relative_to(tmp_path) for path in (tmp_path / "home").rglob("manifest.json"))
    assert [path.parts[-2:] for path in sealed] == [(a, "0001") for a in ("a0", "a1", "a2", "shared")]
    cells = [
        (row["agency"], row["indicator"])
        for row in map(json.loads, didban("findings", "--format", "jsonl").splitlines())
    ]
    assert len(cells) == len(set(cells))
    assert {agency for agency, _ in cells} == {"a0", "a1", "a2", "shared"}
    didban("verify")
    for site in portals:
        times = sorted(at for at, path in site.log if path != "/favicon.ico")
        for begin in times:  # the pace of one host over any two seconds, whoever asked
            assert sum(begin <= at < begin + 2 for at in times) <= 2 * RATE + 1

    engine = create_engine(postgres_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA dbos CASCADE"))
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
