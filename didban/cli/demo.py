"""didban demo: the whole job on the bundled fictional portals."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

import typer
from sqlalchemy import Engine

from config.vocabulary import ExitCode
from didban.cli.options import AsJson, Home, workspace
from didban.cli.serve import Port
from didban.workspace import Workspace

DEMO_RATE = 25.0
"""Documents a second and host. The portals are our own, on this machine: nobody is burdened by it."""
SAMPLES = 12
"""Availability samples of each portal: a round's days in a few seconds, so that U08 can be shown."""
SAMPLE_SPACING_MINUTES = 0.002


def demo(
    once: Annotated[bool, typer.Option("--once", help="Only the job itself, for scripts: no review app.")] = False,
    edition: Annotated[int, typer.Option(min=1, max=2, help="Edition of the portals: 1, or 2 half a year later.")] = 1,
    port: Port = 8000,
    home: Home = None,
    json: AsJson = False,
) -> None:
    """Serve the fictional portals; visit, judge, rank and report them as a round; then serve the review app.

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
    with opened(space) as engine, TemporaryDirectory() as folder:
        from pathlib import Path

        with demo_world(_edition(edition), _port_of(engine, name)) as world, as_file(files("config")) as shipped:
            register = load_register(world.register_folder(Path(folder) / "register"))
            framework = load_framework(shipped / "frameworks" / "iran-proposal.toml")
            with space.lock(f"round {name}"):
                round_ = open_round(engine, name, register, framework)
                done = repository.counted_visits(engine, name)
                if any(agency.id not in done for agency in register.agencies):
                    sample_with_progress(
                        space, round_, register.agencies, times=SAMPLES, every_minutes=2 * SAMPLE_SPACING_MINUTES
                    )
                outcome = visit_and_report(space, engine, round_, list(register.agencies), json=json)
            if not once:
                _serve(space, engine, register.agencies[0].id, port)
    if outcome.broken:
        raise typer.Exit(ExitCode.PARTLY_FAILED)


def _serve(space: Workspace, engine: Engine, agency: str, port: int) -> None:
    """The review app on this machine, with accounts that count in the demo only; the portals stay up beside it."""
    from didban.cli.serve import serve_app
    from review.accounts import DEMO_PASSWORD, DEMO_PEOPLE, add_demo_people

    add_demo_people(engine, agency)
    typer.echo(f"\nAccounts, for this demo only; all with the password {DEMO_PASSWORD}", err=True)
    for name, role, _ in DEMO_PEOPLE:
        typer.echo(f"  {name:10} {role}", err=True)
    serve_app(space, engine, host="127.0.0.1", port=port, demo=True)


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
