"""Options that several commands share, and how the settings are made of them."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

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
