"""didban worker: one process that does the jobs of the queue."""

import contextlib
import logging
import os
import platform
import signal
import sys
import threading
from typing import Annotated

import typer

from crawler.house import CrawlHouse
from crawler.lifeline import die_with_parent
from didban.cli.options import Home, workspace
from didban.cli.results import write_round_report
from didban.cli.store import opened
from didban.cli.visits import AllowPrivate, require_browser
from didban.scheduling import order_due
from didban.working import Workshop
from jobs.holding import Holder
from jobs.worker import Worker


def worker(
    name: Annotated[
        str | None,
        typer.Option(
            help="Stable name, such as the unit's or pod's. Default: machine and workspace.", show_default=False
        ),
    ] = None,
    allow_private: AllowPrivate = False,
    with_parent: Annotated[bool, typer.Option("--with-parent", help="End with the process that started it.")] = False,
    home: Home = None,
) -> None:
    """Do the jobs of the queue until told to stop (Ctrl-C, SIGTERM): visits, re-checks, judging, reports, schedules.

    On PostgreSQL any number of workers share the queue; in a workspace of its own on SQLite there is one. A worker that
    is stopped or killed loses nothing: its jobs go on in another, or when it starts again.

    Example: didban worker --home my-evaluation
    """
    if with_parent:
        die_with_parent()
    space = workspace(home, allow_private=allow_private or None)
    space.require()
    require_browser(space)
    space.prepare()
    alone = space.jobs_url.startswith("sqlite")
    full_name = f"worker {name or f'{platform.node()}:{space.home}'}"
    logging.basicConfig(level="INFO", format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    for library in ("alembic", "dbos"):
        logging.getLogger(library).setLevel("WARNING")
    stop = threading.Event()
    for number in (signal.SIGTERM,) if with_parent else (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with space.lock("the queue" if alone else full_name), opened(space) as engine:
        with Holder(engine, full_name, space.settings.lease_seconds) as holder:
            house = CrawlHouse(space.settings, space.logs, answers=lambda: holder.sure)
            with house:
                typer.echo(f"{holder.id} is at work; queue: {'jobs.db' if alone else 'PostgreSQL'}", err=True)
                Worker(
                    space.jobs_url,
                    holder,
                    Workshop(space, engine, house, write_round_report).works,
                    slots=space.settings.worker_slots,
                    pass_delays_hours=space.settings.pass_delays_hours,
                    on_tick=lambda jobs: order_due(holder, jobs),
                ).run(stop)
        typer.echo("Stopped. What was under way goes on in another worker, or when this one starts again.", err=True)
    with contextlib.suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(0)  # threads of stopped jobs are still there, asleep, so that nothing is written of them
