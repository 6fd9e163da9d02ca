"""didban demo: the whole job on the bundled fictional portals."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

import typer
from sqlalchemy import Engine

from config.vocabulary import ExitCode
from didban.cli.options import AsJson, Home, workspace

DEMO_RATE = 25.0
"""Documents a second and host. The portals are our own, on this machine: nobody is burdened by it."""
SAMPLES = 12
"""Availability samples of each portal: a round's days in a few seconds, so that U08 can be shown."""
SAMPLE_SPACING_MINUTES = 0.002


def demo(
    once: Annotated[bool, typer.Option("--once", help="Only the job itself, for scripts.")] = False,  # noqa: ARG001 - both do the same until there is a review app to go on with
    edition: Annotated[int, typer.Option(min=1, max=2, help="Edition of the portals: 1, or 2 half a year later.")] = 1,
    home: Home = None,
    json: AsJson = False,
) -> None:
    """Serve the fictional portals, then visit, judge, rank and report them as a round.

    Example: didban demo --once --home my-demo
    """
    from importlib.resources import as_file, files
    from tempfile import TemporaryDirectory

    from config.loading import load_framework, load_register
    from demo.world import demo_world
    from didban.cli.samples import sample_with_progress
    from didban.cli.store import opened
    from didban.cli.visits import require_browser, visit_and_report
    from didban.pipeline import open_round
    from store import repository

    space = workspace(
        home,
        allow_private=True,
        requests_per_second=DEMO_RATE,
        contact="demo@localhost",
        sample_spacing_minutes=SAMPLE_SPACING_MINUTES,
    )
    require_browser(space)
    space.prepare()
    name = f"demo-{edition}"
    with space.lock(f"round {name}"), opened(space) as engine, TemporaryDirectory() as folder:
        from pathlib import Path

        port = _port_of(engine, name)
        with demo_world(_edition(edition), port) as world, as_file(files("config")) as shipped:
            register = load_register(world.register_folder(Path(folder) / "register"))
            framework = load_framework(shipped / "frameworks" / "iran-proposal.toml")
            round_ = open_round(engine, name, register, framework)
            done = repository.counted_visits(engine, name)
            if any(agency.id not in done for agency in register.agencies):
                sample_with_progress(
                    space, round_, register.agencies, times=SAMPLES, every_minutes=2 * SAMPLE_SPACING_MINUTES
                )
            outcome = visit_and_report(space, engine, round_, list(register.agencies), json=json)
    if outcome.broken:
        raise typer.Exit(ExitCode.PARTLY_FAILED)


def _edition(number: int) -> Literal[1, 2]:
    return 1 if number == 1 else 2


def _port_of(engine: Engine, round_name: str) -> int:
    """The port a begun demo round was locked with, so that it can be gone on with; 0 = any free one."""
    from store import repository

    known = repository.get_round(engine, round_name)
    if known is None:
        return 0
    address = next(agency.portal_url for agency in known.register.agencies if agency.portal_url)
    return urlsplit(address).port or 0
