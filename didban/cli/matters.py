"""Open matters of a round, for people and for programs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

import typer
from rich.console import Console
from rich.table import Table

from didban.cli.options import print_json
from scoring.open_matters import Matter

SHOWN_MATTERS = 40


def print_matters(matters: Sequence[Matter], *, as_json: bool, every: bool = False) -> None:
    """Open matters on stdout: the first ones as a table, all of them as data or with `every`."""
    if as_json:
        print_json([asdict(matter) for matter in matters])
        return
    if not matters:
        typer.echo("Nothing waits for a decision.")
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in ("agency", "service", "indicator", "what", "must"):
        table.add_column(title)
    shown = matters if every else matters[:SHOWN_MATTERS]
    for matter in shown:
        must = "yes" if matter.blocking else ""
        table.add_row(matter.agency, matter.service or "", matter.indicator or "", matter.text, must)
    Console().print(table)
    if len(shown) < len(matters):
        typer.echo(f"and {len(matters) - len(shown)} more; 'didban decide --list' prints all of them.")


def counted(matters: Sequence[Matter]) -> dict[str, int]:
    """How many matters of each kind."""
    return dict(Counter(matter.kind for matter in matters))
