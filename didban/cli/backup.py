"""didban backup and didban restore: a whole workspace, copied while it is at work, and brought back."""

from pathlib import Path
from typing import Annotated

import typer

from config.vocabulary import ExitCode
from didban.backup import Copied, back_up
from didban.backup import restore as bring_back
from didban.cli.options import AsJson, Home, print_json, workspace
from didban.cli.store import opened
from didban.errors import EnvironmentMissingError
from store.session import StoreError


def backup(
    target: Annotated[Path, typer.Argument(help="A new folder for the back-up.")],
    home: Home = None,
    json: AsJson = False,
) -> None:
    """Copy the workspace into a new folder while it is at work: store, sealed evidence, declarations, reports.

    Every copied snapshot is verified. Visits under way and waiting jobs are left out. The database comes last: a folder
    without didban.db is no whole back-up.

    Example: didban backup /backups/2026-11-28
    """
    space = workspace(home)
    space.require()
    with opened(space) as engine:
        copied = back_up(space, engine, target.absolute())
    _tell(copied, f"Backed up into {target}", as_json=json)


def restore(
    source: Annotated[Path, typer.Argument(help="Folder of a back-up.")],
    home: Home = None,
    json: AsJson = False,
) -> None:
    """Bring a back-up into a new workspace (--home), on SQLite or on the empty database of DIDBAN_DATABASE_URL.

    Example: didban restore /backups/2026-11-28 --home didban-data
    """
    space = workspace(home)
    try:
        copied = bring_back(source.absolute(), space)
    except StoreError as error:
        raise EnvironmentMissingError(str(error)) from error
    _tell(copied, f"Restored into {space.home}", as_json=json)


def _tell(copied: Copied, what: str, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "rows": copied.rows,
                "visits": copied.visits,
                "files": copied.files,
                "bytes": copied.bytes,
                "damaged": {folder: [[d.file, d.what] for d in found] for folder, found in copied.damaged.items()},
            }
        )
    else:
        typer.echo(
            f"{what}: {copied.rows} rows, {copied.visits} visits, {copied.files} files, "
            f"{copied.bytes / 1_000_000:.1f} MB."
        )
    for folder, found in copied.damaged.items():
        for damage in found:
            typer.echo(f"{folder}: {damage.file}: {damage.what}", err=True)
    if copied.damaged:
        raise typer.Exit(ExitCode.PARTLY_FAILED)
