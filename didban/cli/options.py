"""Options that several commands share, and how the settings are made of them."""

import getpass
import json
import os
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from config.participation import read_day
from config.settings import Settings
from didban.errors import BadInputError
from didban.workspace import Workspace

Home = Annotated[
    Path | None,
    typer.Option("--home", help="Workspace folder. Default: DIDBAN_HOME, else ./didban-data.", show_default=False),
]
RoundName = Annotated[
    str | None, typer.Option("--round", help="Name of the round. Default: the newest one.", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print data for programs instead of a table.")]
By = Annotated[
    str | None,
    typer.Option("--by", help="Who does this. Default: DIDBAN_BY, else the login name.", show_default=False),
]
Note = Annotated[str | None, typer.Option("--note", help="Why; kept on record.", show_default=False)]


def person(by: str | None) -> str:
    """Who is at work, for the record. Raises BadInputError where that cannot be known."""
    try:
        name = (by or os.environ.get("DIDBAN_BY") or getpass.getuser()).strip()
    except (OSError, KeyError):
        name = ""
    if not name:
        raise BadInputError("It must be on record who does this: give --by NAME.")
    return name


def read_moment(text: str | None, option: str, *, end: bool) -> datetime | None:
    """A day (2026-10-05 or 1405-07-13; `end` = its last moment) or a time with its zone, as UTC; None stays None.

    Days begin and end in UTC. Raises BadInputError for anything else.
    """
    if text is None:
        return None
    day = read_day(text) if "T" not in text else None
    if day is not None:
        return datetime.combine(day, time.max if end else time.min, UTC)
    try:
        at: datetime | None = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise BadInputError(
            f"{option} {text!r} cannot be read: write a day such as 2026-10-05 or 1405-07-13, or a time with its zone "
            "such as 2026-10-05T08:00+03:30."
        )
    return at.astimezone(UTC)


def workspace(home: Path | None, **overrides: Any) -> Workspace:
    """The workspace that options, environment and its didban.toml name. Raises BadInputError for wrong settings."""
    given = {key: value for key, value in overrides.items() if value is not None}
    if home is not None:
        given["home"] = home
    try:
        return Workspace(Settings(**given))
    except ValidationError as error:
        lines = [
            f"  {'.'.join(str(part) for part in problem['loc'])} = {problem['input']!r}: {problem['msg']}"
            for problem in error.errors()
        ]
        raise BadInputError(
            "These settings (environment DIDBAN_..., didban.toml or options) cannot be used:\n" + "\n".join(lines)
        ) from error


def print_json(data: Any) -> None:
    """Data for programs on stdout, Persian letters as they are."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))
