"""didban sample: light looks at the portals' homes over a round, for the measure of availability."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from config.models import Agency
from config.vocabulary import ExitCode
from didban.cli.options import AsJson, Home, RoundName, print_json, workspace
from didban.cli.store import find_round, opened
from didban.errors import BadInputError
from didban.pipeline import choose_agencies
from didban.sampling import Pass, take_passes
from didban.workspace import Workspace
from store.repository import Round


def sample(
    round_name: RoundName = None,
    agency: Annotated[list[str] | None, typer.Option(help="Only this agency (may be given again).")] = None,
    times: Annotated[int, typer.Option(min=1, help="Passes over the portals.")] = 1,
    every: Annotated[float, typer.Option(min=0, help="Minutes from the begin of one pass to the next.")] = 60.0,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Ask loopback and private addresses that the register names.")
    ] = False,
    home: Home = None,
    json: AsJson = False,
) -> None:
    """Look at each portal's home once (or --times N), for the measure of availability. Needs no browser.

    A pass asks for one page of each portal. Run it from a scheduler over the whole round, or leave it running.
    A portal that gives no answer while no other portal answers either is not counted: our own network may be down.

    Example: didban sample --round 1405-1 --times 24 --every 60
    """
    space = workspace(home, allow_private=allow_private or None)
    space.require()
    space.prepare()
    with opened(space) as engine:
        round_ = find_round(engine, round_name)
    if round_.state != "open":
        raise BadInputError(f"Round '{round_.name}' is {round_.state}: only an open round is sampled.")
    chosen = choose_agencies(round_.register, agency or ())
    if not any(entry.portal_url for entry in chosen):
        raise BadInputError("None of these agencies has a portal address in the register.")
    if not round_.in_window(datetime.now(UTC)):
        typer.echo("The round's window is not open: samples taken now are kept all the same.", err=True)
    with space.lock(f"samples of round {round_.name}"):
        passes = sample_with_progress(space, round_, chosen, times=times, every_minutes=every)
    if json:
        print_json([_plain(entry) for entry in passes])
    else:
        _print_table(passes)
    if any(entry.broken or entry.unproven for entry in passes):
        raise typer.Exit(ExitCode.PARTLY_FAILED)


def sample_with_progress(
    space: Workspace, round_: Round, agencies: Sequence[Agency], *, times: int, every_minutes: float
) -> list[Pass]:
    """Take the passes with a bar on a terminal; what was left out of a pass is said on stderr."""
    passes: list[Pass] = []
    columns = (TextColumn("Samples"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("samples", total=times)
        for entry in take_passes(space, round_, agencies, times=times, every_seconds=every_minutes * 60):
            passes.append(entry)
            bar.update(task, completed=len(passes))
            _say(entry)
    return passes


def _say(entry: Pass) -> None:
    if entry.discarded:
        typer.echo(
            "No portal gave any answer: our own network is taken to be down, and this pass is discarded.", err=True
        )
    elif entry.unproven:
        names = ", ".join(entry.unproven)
        typer.echo(f"No answer from {names} while no other site answered either: not counted.", err=True)
    for agency, why in entry.broken.items():
        typer.echo(f"{agency}: no sample could be taken: {why}", err=True)


def _plain(entry: Pass) -> dict[str, Any]:
    return {
        "discarded": entry.discarded,
        "samples": [
            {"agency": agency, "counts": agency not in entry.unproven, **one.model_dump(mode="json")}
            for agency, one in entry.samples.items()
        ],
        "broken": entry.broken,
    }


def _print_table(passes: Sequence[Pass]) -> None:
    """One line for each portal: how many looks it answered, and the causes of the others."""
    for agency in dict.fromkeys(agency for entry in passes for agency in entry.samples):
        own = [entry.samples[agency] for entry in passes if agency in entry.samples]
        causes = sorted({str(one.cause) for one in own if one.cause is not None})
        answered = sum(one.outcome == "answered" for one in own)
        untold = sum(one.outcome == "untold" for one in own)
        told = f"{answered} of {len(own) - untold} answered" + (f", {untold} not told" if untold else "")
        typer.echo(f"{agency}: {told}" + (f" ({', '.join(causes)})" if causes else ""))
