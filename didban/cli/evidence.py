"""didban export: a visit's evidence as one file that replay tools open."""

from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from didban.cli.options import Home, RoundName, workspace
from didban.cli.store import find_round, opened
from didban.errors import BadInputError, EnvironmentMissingError
from snapshot.objects import FolderSource
from snapshot.reader import Snapshot
from snapshot.verify import verify_snapshot
from snapshot.wacz import write_wacz
from store import repository


def export(
    agency: Annotated[str, typer.Argument(help="The agency's id in the register.")],
    to: Annotated[
        Path | None, typer.Option(help="File to write. Default: AGENCY.wacz in this folder.", show_default=False)
    ] = None,
    round_name: RoundName = None,
    home: Home = None,
) -> None:
    """Write the pages that counted for an agency as a WACZ file, to be opened in a web archive player.

    Example: didban export dastgah --round 1405-1 --to dastgah.wacz
    """
    space = workspace(home)
    space.require()
    with opened(space) as engine:
        found = find_round(engine, round_name)
        visit = repository.counted_visits(engine, found.name).get(agency)
    if visit is None:
        raise BadInputError(
            f"No judged visit of '{agency}' counts in round '{found.name}'. 'didban score --round {found.name}' lists "
            "the agencies that have one."
        )
    folder = space.home / visit.folder
    damage = verify_snapshot(folder)
    if damage:
        told = "; ".join(f"{one.file}: {one.what}" for one in damage[:5])
        raise BadInputError(f"The snapshot {visit.folder} is not as it was sealed ({told}); it is not exported.")
    target = to or Path(f"{agency}.wacz")
    try:
        pages = write_wacz(Snapshot(FolderSource(folder)), folder, target, software=f"didban {version('didban')}")
    except OSError as error:
        raise EnvironmentMissingError(f"{target} cannot be written: {error.strerror or error}.") from error
    typer.echo(f"{target}: {pages} pages of the visit of {visit.as_of:%Y-%m-%d %H:%M} UTC")
