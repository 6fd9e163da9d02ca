"""didban round import: rounds published by others."""

from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import typer

from config.loading import load_published
from config.problems import InputError
from config.published_models import PublishedRound
from didban.cli.options import Home, workspace
from didban.cli.store import opened
from didban.errors import BadInputError
from store.history import HistoryConflictError, import_published


def import_rounds(
    name: Annotated[str, typer.Argument(help="A series (iran) or one round of it (iran-7).")],
    folder: Annotated[
        Path | None,
        typer.Option("--from", help="Folder of another series. Default: those that Didban brings.", show_default=False),
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Put these figures where others were imported.")] = False,
    home: Home = None,
) -> None:
    """Import rounds published by others; they stand beside own rounds, always marked, and are never recomputed.

    Example: didban round import iran
    """
    chosen = choose(load_series(name, folder), name)
    space = workspace(home)
    space.prepare()
    with opened(space) as engine:
        try:
            done = import_published(engine, chosen, replace=replace)
        except HistoryConflictError as error:
            raise BadInputError(str(error)) from error
    for entry in chosen:
        typer.echo(
            f"{entry.name:12} {done[entry.name]:10} published by others: {len(entry.results)} results, "
            f"{len(entry.figures)} figures, {len(entry.positions)} places in other lists"
        )


def load_series(name: str, folder: Path | None = None) -> tuple[PublishedRound, ...]:
    """The series of a folder, or the shipped one that a name such as iran or iran-7 belongs to.

    Raises BadInputError with every fault, or naming the series there are.
    """
    try:
        if folder is not None:
            return load_published(folder)
        with as_file(files("config") / "published") as shipped:
            series = {path.name: path for path in sorted(shipped.iterdir()) if path.is_dir()}
            wanted = name if name in series else name.rpartition("-")[0]
            if wanted not in series:
                raise BadInputError(f"There is no published round '{name}'. There are the series: {', '.join(series)}.")
            return load_published(series[wanted])
    except InputError as error:
        raise BadInputError(str(error)) from error


def choose(rounds: tuple[PublishedRound, ...], name: str) -> tuple[PublishedRound, ...]:
    """All of a series, or the one round of that name. Raises BadInputError naming the rounds there are."""
    chosen = tuple(entry for entry in rounds if name in (entry.series, entry.name))
    if not chosen:
        known = ", ".join(entry.name for entry in rounds)
        raise BadInputError(f"There is no published round '{name}'. There are: {known}.")
    return chosen
