"""didban participation: which agencies took part in a round, and how."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from config.participation import load_participation
from config.problems import InputError
from didban.cli.options import AsJson, By, Home, RoundName, person, print_json, workspace
from didban.cli.store import changing, find_round, opened
from didban.errors import BadInputError
from scoring.participation import ParticipationCounts, bonus_points, participation_counts
from scoring.participation import participation as participation_of
from store import repository
from store.round_states import require_undecided


def participation(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="CSV or XLSX: session,agency,invited,attended,representatives,held_on,cooperation,note. "
            "Without it: show what is recorded.",
            show_default=False,
        ),
    ] = None,
    round_name: RoundName = None,
    by: By = None,
    home: Home = None,
    json: AsJson = False,
) -> None:
    """Record invitations, sessions, attendance and refusals of a round, and print counts and list.

    Example: didban participation sessions.csv --round 1405-1
    """
    space = workspace(home)
    space.require()
    with opened(space) as engine:
        if file is not None:
            with changing(space, engine, round_name) as round_:
                require_undecided(round_.name, round_.state, "participation")
                try:
                    rows = load_participation(file, round_.register, round_.framework)
                except InputError as error:
                    raise BadInputError(str(error)) from error
                repository.add_participation(engine, round_.name, rows, who=person(by))
        round_ = find_round(engine, round_name)
        known = repository.participation_rows(engine, round_.name)
    counts, entries, bonus = participation_counts(known), participation_of(known), bonus_points(round_.framework, known)
    if json:
        listed = [
            {**asdict(entry), "participation": entry.word, "bonus": float(bonus.get(entry.agency, 0))}
            for entry in entries
        ]
        print_json({"counts": asdict(counts), "agencies": listed})
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in ("rank", "agency", "invited", "attended", "representatives", "part", "bonus"):
        table.add_column(title)
    for entry in entries:
        word = "refused to co-operate" if entry.refused else entry.word
        table.add_row(
            str(entry.rank or "-"),
            entry.agency,
            str(entry.invited),
            str(entry.attended),
            str(entry.representatives),
            word,
            f"{float(bonus[entry.agency]):g}" if entry.agency in bonus else "",
        )
    if entries:
        Console().print(table)
    typer.echo(counts_sentence(counts))
    typer.echo(
        "Tie style: competition; by share of invitations attended, then sessions, then representatives. "
        + ("Bonus by the framework's rule." if round_.framework.participation_bonus else "No bonus points.")
    )


def counts_sentence(counts: ParticipationCounts) -> str:
    """The counts of a round in one line."""
    if not counts.sessions and not counts.refused:
        return "No participation is recorded."
    refused = f"; refused to co-operate: {', '.join(counts.refused)}" if counts.refused else ""
    return (
        f"Participation: {counts.sessions} sessions, {counts.agencies_invited} agencies invited, "
        f"{counts.agencies_attending} came, {counts.representatives} representatives{refused}."
    )
