"""didban compare: rounds side by side, own and published by others."""

from decimal import Decimal
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from didban.cli.options import AsJson, Home, print_json, workspace
from didban.cli.round_data import all_figures, find_figures, said_plainly, scored_round
from didban.cli.store import opened
from didban.errors import BadInputError
from scoring.comparison import COUNTED, Comparison, RoundFigures
from scoring.comparison import compare as compared
from scoring.counts import Breakdown, RoundCounts

BY_OTHERS = "published by others"


def compare(
    rounds: Annotated[
        list[str] | None,
        typer.Argument(help="Two rounds: what changed. One: its counts. None: all rounds side by side."),
    ] = None,
    agency: Annotated[
        str | None, typer.Option(help="Only this agency; without rounds, its trend over all.", show_default=False)
    ] = None,
    home: Home = None,
    json: AsJson = False,
) -> None:
    """Compare rounds: agencies, means and counts. Published rounds are marked as published by others.

    Example: didban compare iran-8 iran-9
    """
    names = rounds or []
    if len(names) > 2:
        raise BadInputError("Name two rounds to compare, one for its counts, or none for all side by side.")
    space = workspace(home)
    space.require()
    with said_plainly(), opened(space) as engine:
        if len(names) == 1 and agency is None:
            of_round = scored_round(engine, names[0])
            _print_counts(of_round.round.name, of_round.counts(), as_json=json)
            return
        if len(names) == 2:
            made = compared(find_figures(engine, names[0]), find_figures(engine, names[1]))
        else:
            _print_trend([find_figures(engine, name) for name in names] or all_figures(engine), agency, as_json=json)
            return
    _print_comparison(made, agency, as_json=json)


def _mark(figures: RoundFigures) -> str:
    return f"{figures.name} ({BY_OTHERS})" if figures.by_others else figures.name


def _signed(value: Decimal | int | None) -> str:
    return "-" if value is None else f"{value:+}"


def _shown(value: object) -> str:
    return "-" if value is None else str(value)


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _print_comparison(made: Comparison, agency: str | None, *, as_json: bool) -> None:
    chosen = [entry for entry in made.agencies if agency is None or entry.agency == agency]
    if agency is not None and not chosen:
        raise BadInputError(f"Neither round knows agency '{agency}'.")
    if as_json:
        print_json(
            {
                "before": made.before.name,
                "before_published_by_others": made.before.by_others,
                "after": made.after.name,
                "after_published_by_others": made.after.by_others,
                "means": {key: float(value) for key, value in made.means.items()},
                "agencies": [
                    {
                        "agency": entry.agency,
                        "state": entry.state,
                        "score_before": _number(entry.score_before),
                        "score_after": _number(entry.score_after),
                        "gained": _number(entry.gained),
                        "rank_before": entry.rank_before,
                        "rank_after": entry.rank_after,
                        "climbed": entry.climbed,
                    }
                    for entry in chosen
                ],
            }
        )
        return
    console = Console()
    console.print(f"{_mark(made.before)}  ->  {_mark(made.after)}", highlight=False)
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in ("agency", "score before", "after", "points", "rank before", "after", "places", ""):
        table.add_column(column, justify="left" if column in ("agency", "") else "right")
    words = {"both": "", "only_before": "nothing in the later", "only_after": "nothing in the earlier"}
    for entry in chosen:
        table.add_row(
            entry.agency,
            _shown(entry.score_before),
            _shown(entry.score_after),
            _signed(entry.gained),
            _shown(entry.rank_before),
            _shown(entry.rank_after),
            _signed(entry.climbed),
            words[entry.state],
        )
    console.print(table)
    if made.means:
        means = ", ".join(f"{key} {value:+}" for key, value in made.means.items())
        console.print(f"Means: {means}", highlight=False)


def _print_trend(rounds: list[RoundFigures], agency: str | None, *, as_json: bool) -> None:
    if agency is not None and not any(agency in entry.scores or agency in entry.ranks for entry in rounds):
        raise BadInputError(f"No round has a score or a rank of agency '{agency}'.")
    if as_json:
        print_json(
            [
                {
                    "round": entry.name,
                    "published_by_others": entry.by_others,
                    "sizes": {key: int(value) for key, value in entry.sizes.items()},
                    "means": {key: float(value) for key, value in entry.means.items()},
                    **(
                        {}
                        if agency is None
                        else {"score": _number(entry.scores.get(agency)), "rank": entry.ranks.get(agency)}
                    ),
                }
                for entry in rounds
            ]
        )
        return
    columns = ["score", "rank"] if agency else [name.replace("_", "-") for name in COUNTED]
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in ("round", *columns):
        table.add_column(column, justify="left" if column == "round" else "right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("" if agency else "means")
    for entry in rounds:
        cells = [entry.scores.get(agency), entry.ranks.get(agency)] if agency else None
        means = "" if agency else ", ".join(f"{key} {value}" for key, value in entry.means.items())
        table.add_row(
            entry.name,
            *map(_shown, cells or [entry.sizes.get(key) for key in COUNTED]),
            BY_OTHERS if entry.by_others else "own",
            means,
        )
    Console().print(table if rounds else "No round yet.")


def _print_counts(name: str, counts: RoundCounts, *, as_json: bool) -> None:
    plain = {
        key: getattr(counts, key)
        for key in ("indicators", "agencies", "agencies_visited", "services", "sub_services", "units", "units_observed")
    }
    if as_json:
        print_json(
            {
                "round": name,
                **plain,
                "electronic": _breakdown_data(counts.electronic),
                "window": _breakdown_data(counts.window) if counts.window else None,
                "means": {key: _number(value) for key, value in counts.means.items()},
                "mean_overall": _number(counts.mean_overall),
            }
        )
        return
    typer.echo(f"Round {name}")
    for key, value in plain.items():
        typer.echo(f"  {key.replace('_', ' '):18} {value}")
    _echo_breakdown("electronic status of service units, as the agencies state it", counts.electronic)
    if counts.window:
        _echo_breakdown("agencies by share of services in a single window", counts.window)
    means = ", ".join(f"{key} {_shown(value)}" for key, value in counts.means.items())
    typer.echo(f"  means over ranked agencies: {means}, overall {_shown(counts.mean_overall)}")


def _echo_breakdown(title: str, made: Breakdown) -> None:
    typer.echo(f"  {title}:")
    for part in made.parts:
        share = "" if part.percent is None else f"{part.percent} %"
        typer.echo(f"    {part.name.replace('_', ' '):16} {part.count:6}  {share}")
    for warning in made.warnings:
        typer.echo(f"    note: {warning}")


def _breakdown_data(made: Breakdown) -> dict[str, object]:
    return {
        "parts": {part.name: {"count": part.count, "percent": _number(part.percent)} for part in made.parts},
        "total": made.total,
        "warnings": list(made.warnings),
    }
