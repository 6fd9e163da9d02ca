"""didban national-window: the dated export by which the listing in the national window is judged."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from config.national_window import load_national_window
from config.problems import InputError
from didban.cli.options import AsJson, Home, RoundName, print_json, workspace
from didban.cli.store import changing, find_round, opened
from didban.errors import BadInputError
from didban.national_window import given_export
from store.round_states import require_undecided


def national_window(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="CSV or XLSX: agency,service,code,title,exported_at,listed_at,url,active. "
            "Without it: show what was given.",
            show_default=False,
        ),
    ] = None,
    round_name: RoundName = None,
    home: Home = None,
    json: AsJson = False,
) -> None:
    """Give a round the dated export of the national window (I05). It counts for the visits that begin after it.

    Example: didban national-window export.csv --round 1405-1
    """
    space = workspace(home)
    space.require()
    with opened(space) as engine:
        if file is not None:
            with changing(space, engine, round_name) as round_:
                require_undecided(round_.name, round_.state, "an export of the national window")
                try:
                    export = load_national_window(file, round_.register, today=datetime.now(UTC).date())
                except InputError as error:
                    raise BadInputError(str(error)) from error
                space.keep_national_window(round_.name, export.model_dump_json())
        found = find_round(engine, round_name)
    known = given_export(space, found.name)
    if json:
        print_json({"round": found.name, "export": None if known is None else known.model_dump(mode="json")})
    elif known is None:
        typer.echo(f"Round {found.name} was given no export of the national window.")
    else:
        count = sum(len(rows) for rows in known.agencies.values())
        typer.echo(
            f"Round {found.name}: {known.file} of {known.exported_at.isoformat()}, {len(known.agencies)} agencies, "
            f"{count} services. It counts for visits that begin from now on; visits made before keep what they had."
        )
