"""didban explain: where every point of an agency went, and why its rank moved."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine

from config.models import Framework
from didban.cli.options import AsJson, Home, RoundName, print_json, workspace
from didban.cli.round_data import Scored, is_own_round, said_plainly, scored, scored_round
from didban.cli.store import find_round, opened
from didban.errors import BadInputError
from scoring.explain import Difference, PointsAccount, account, difference
from scoring.fixes import Fix, Unseen, fixes, unseen
from scoring.moves import Move, Side, Split, split_move

SHOWN_FIXES = 10


def explain(
    agency: Annotated[str, typer.Argument(help="Id of the agency.")],
    against: Annotated[
        str | None, typer.Option(help="An earlier round, or another agency of this round.", show_default=False)
    ] = None,
    round_name: RoundName = None,
    home: Home = None,
    json: AsJson = False,
) -> None:
    """Explain a score: every point, what would gain most, and the difference to a round or to another agency.

    Example: didban explain roads --against 1404-2
    """
    space = workspace(home)
    space.require()
    with said_plainly(), opened(space) as engine:
        now = scored(engine, find_round(engine, round_name))
        _require(now, agency)
        now.require_no_bonus("'didban explain'")
        if against is None:
            _explain_alone(now, agency, as_json=json)
        elif is_own_round(engine, against):
            _explain_move(_move(engine, now, against, agency), against, now, as_json=json)
        elif now.round.register.agency(against) is not None:
            _require(now, against)
            _explain_difference(now, agency, against, as_json=json)
        else:
            raise BadInputError(
                f"'{against}' is neither an own round nor an agency of round {now.round.name}. "
                "Rounds published by others hold no findings to explain a move with; 'didban compare' shows them."
            )


def _require(now: Scored, agency: str) -> None:
    if agency not in now.scores:
        known = ", ".join(now.scores) or "none yet"
        raise BadInputError(f"Round {now.round.name} has no score of agency '{agency}'. Scored are: {known}.")


def _move(engine: Engine, now: Scored, against: str, agency: str) -> Move:
    before = scored_round(engine, against)
    before.require_no_bonus("'didban explain'")
    return split_move(
        Side(before.round.name, before.round.framework, before.findings),
        Side(now.round.name, now.round.framework, now.findings),
        agency,
    )


def _points(value: Fraction) -> str:
    return f"{Decimal(value.numerator) / Decimal(value.denominator):.2f}"


def _explain_alone(now: Scored, agency: str, *, as_json: bool) -> None:
    framework, score = now.round.framework, now.scores[agency]
    made = account(score)
    best = fixes(framework, now.scores, agency, [f for f in now.findings if f.agency == agency])
    dark = unseen(framework, score, now.findings)
    if as_json:
        print_json(
            {
                "round": now.round.name,
                "agency": agency,
                "total": None if made.total is None else float(made.total),
                "points": [
                    {
                        "indicator": line.indicator,
                        "priority": line.priority,
                        "state": line.state,
                        "available": str(line.available),
                        "points": str(line.points),
                    }
                    for line in made.lines
                ],
                "held_within_bounds": {entry.where: str(entry.points) for entry in made.adjustments},
                "fixes": [_fix_data(entry) for entry in best],
                "unseen": [
                    {
                        "indicator": entry.indicator,
                        "units": entry.units,
                        "causes": list(entry.causes),
                        "most_points": float(entry.most_points),
                    }
                    for entry in dark
                ],
            }
        )
        return
    _print_account(made, now)
    _print_fixes(best, dark, framework)


def _fix_data(entry: Fix) -> dict[str, object]:
    return {
        "indicator": entry.indicator,
        "level": entry.level,
        "target": entry.target,
        "units": entry.units,
        "services": list(entry.services),
        "points": float(entry.points),
        "places": entry.places,
    }


def _print_account(made: PointsAccount, now: Scored) -> None:
    console = Console()
    total = "no score: nothing was seen" if made.total is None else f"{_points(made.total)} of 100 points"
    console.print(f"{now.name_of(made.agency)}, round {now.round.name}: {total}", highlight=False)
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in ("indicator", "points", "of", "lost"):
        table.add_column(column, justify="left" if column == "indicator" else "right")
    names = {indicator.id: indicator.name.en for indicator in now.round.framework.indicators}
    words = {"seen": "", "unseen": "not seen: no points, none lost", "na": "does not apply"}
    for line in made.lines:
        cells = (
            [_points(line.points), _points(line.available), _points(line.lost)] if line.state == "seen" else ["-"] * 3
        )
        table.add_row(f"{line.indicator}  {names[line.indicator]}", *cells, words[line.state])
    for held in made.adjustments:
        table.add_row(f"held within the bounds: {held.where}", _points(held.points), "", "", "")
    console.print(table)


def _print_fixes(best: Sequence[Fix], dark: Sequence[Unseen], framework: Framework) -> None:
    console = Console()
    names = {indicator.id: indicator for indicator in framework.indicators}
    table = Table(
        box=None, header_style="bold", pad_edge=False, title="What would gain most, all others unchanged",
        title_justify="left",
    )  # fmt: skip
    for column in ("points", "places", "indicator", "step", "where", "what the next level asks for"):
        table.add_column(column, justify="right" if column in ("points", "places") else "left")
    for fix in best[:SHOWN_FIXES]:
        rubric = {entry.level: entry.text.en for entry in names[fix.indicator].rubric}
        table.add_row(
            f"+{_points(fix.points)}",
            "-" if fix.places is None else f"+{fix.places}",
            fix.indicator,
            f"{fix.level:g} -> {fix.target:g}",
            f"{fix.units} services" if fix.services else "portal",
            rubric.get(fix.target, ""),
        )
    console.print(table if best else "Every observed indicator stands at its highest level.")
    for entry in dark:
        why = ", ".join(entry.causes) or "no finding yet"
        console.print(
            f"not seen: {entry.indicator}, {entry.units} units ({why}); up to +{_points(entry.most_points)} points",
            highlight=False,
        )


def _explain_difference(now: Scored, agency: str, other: str, *, as_json: bool) -> None:
    made = difference(now.scores[other], now.scores[agency])
    if made is None:
        raise BadInputError(f"One of {agency} and {other} has no score: nothing of it was seen.")
    if as_json:
        print_json(
            {
                "round": now.round.name,
                "agency": agency,
                "against": other,
                "total": str(made.total),
                "parts": {key: str(value) for key, value in made.parts.items()},
            }
        )
        return
    _print_difference(made, now, agency, other)


def _print_difference(made: Difference, now: Scored, agency: str, other: str) -> None:
    console = Console()
    console.print(f"{now.name_of(agency)} minus {now.name_of(other)}: {_signed(made.total)} points", highlight=False)
    names = {indicator.id: indicator.name.en for indicator in now.round.framework.indicators}
    for key, value in sorted(made.parts.items(), key=lambda part: (-abs(part[1]), part[0])):
        console.print(f"  {_signed(value):>8}  {key}  {names.get(key, '')}", highlight=False)


def _signed(value: Fraction) -> str:
    return f"{Decimal(value.numerator) / Decimal(value.denominator):+.2f}"


def _explain_move(made: Move, against: str, now: Scored, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "agency": made.agency,
                "from": against,
                "to": now.round.name,
                "rank_before": made.rank_before,
                "rank_after": made.rank_after,
                "points": _split_data(made.points),
                "places": _split_data(made.places),
            }
        )
        return
    console = Console()
    ranks = f"rank {made.rank_before or '-'} -> {made.rank_after or '-'}"
    console.print(f"{now.name_of(made.agency)}, {against} -> {now.round.name}: {ranks}", highlight=False)
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in ("because of", "points", "places"):
        table.add_column(column, justify="left" if column == "because of" else "right")
    for title, part in (
        ("own portal", "own_portal"), ("coverage", "coverage"), ("rules and newer checks", "rules"),
        ("others", "others"),
        ("together", "total"),
    ):  # fmt: skip
        points = "-" if made.points is None else _signed(getattr(made.points, part))
        places = "-" if made.places is None else f"{int(getattr(made.places, part)):+d}"
        table.add_row(title, points, places)
    console.print(table)


def _split_data(made: Split | None) -> dict[str, str] | None:
    if made is None:
        return None
    return {key: str(getattr(made, key)) for key in ("own_portal", "coverage", "rules", "others", "total")}
