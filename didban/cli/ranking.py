"""didban rank: every ranking list of a round."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine

from didban.cli.options import AsJson, Home, RoundName, print_json, workspace
from didban.cli.robustness import print_robustness
from didban.cli.round_data import Scored, find_figures, said_plainly, scored
from didban.cli.store import find_round, opened
from didban.errors import BadInputError
from scoring.lists import ListKey, RankingList, Scope, parse_list, ranking_list
from scoring.ranking import Place, TieStyle
from scoring.score import AgencyScore, Estimate, printed
from store.repository import Round

ListName = Annotated[
    str,
    typer.Option(
        "--list",
        help="all, main, high-traffic, cluster:X, parent:X, priority:U, indicator:T02, growth, growth-places or "
        "participation.",
    ),
]
ScopeName = Annotated[Scope, typer.Option(help="own, or aggregate: each body with its subsidiaries.")]
TieStyleName = Annotated[
    TieStyle | None,
    typer.Option("--tie-style", help="How equals are numbered. Default: as the framework says.", show_default=False),
]


def rank(
    round_name: RoundName = None,
    list_name: ListName = "all",
    scope: ScopeName = "own",
    against: Annotated[
        str | None, typer.Option(help="Earlier round that growth is measured against.", show_default=False)
    ] = None,
    tie_style: TieStyleName = None,
    intervals: Annotated[
        bool, typer.Option("--intervals", help="Test how far the ranking of all holds: rank intervals, tied groups.")
    ] = False,
    draws: Annotated[int, typer.Option(min=1, max=1_000_000, help="Draws of --intervals.")] = 10_000,
    seed: Annotated[int, typer.Option(min=0, help="Seed of --intervals; the same seed repeats the result.")] = 1,
    home: Home = None,
    json: AsJson = False,
) -> None:
    """Print a ranking list of a round, with the rules it was made by.

    Example: didban rank --round 1405-1 --list priority:T --tie-style dense
    """
    with said_plainly():
        key = parse_list(list_name)
        space = workspace(home)
        space.require()
        with opened(space) as engine:
            of_round = scored(engine, find_round(engine, round_name), scope)
            if intervals:
                if str(key) != "all" or scope != "own":
                    raise BadInputError("--intervals tests the list of all in own scope: leave out --list and --scope.")
                print_robustness(of_round, draws, seed, as_json=json)
                return
            made = _made(engine, of_round, key, scope, against, tie_style)
    _print(of_round, made, as_json=json)


def print_ranking(engine: Engine, round_: Round, *, as_json: bool) -> None:
    """The ranking of all agencies of a round on stdout."""
    with said_plainly():
        of_round = scored(engine, round_)
        made = _made(engine, of_round, ListKey("all"), "own", None, None)
    _print(of_round, made, as_json=as_json)


def _made(
    engine: Engine, of_round: Scored, key: ListKey, scope: Scope, against: str | None, tie_style: TieStyle | None
) -> RankingList:
    round_ = of_round.round
    style = tie_style or round_.framework.tie_style
    earlier = find_figures(engine, against, scope, style).earlier() if against is not None else None
    return ranking_list(
        key,
        round_.framework,
        round_.register,
        of_round.scores,
        scope=scope,
        tie_style=style,
        earlier=earlier,
    )


def _print(of_round: Scored, made: RankingList, *, as_json: bool) -> None:
    framework = of_round.round.framework
    if as_json:
        print_json(
            {
                "round": of_round.round.name,
                "framework": f"{framework.id} {framework.version}",
                "framework_status": framework.status.en,
                "list": str(made.key),
                "scope": made.scope,
                "unit": made.unit,
                "against": made.against,
                "tie_style": made.tie_style,
                "tie_break": made.tie_break,
                "ranking": [_as_data(of_round, made, place) for place in made.places],
            }
        )
        return
    title = f"Round {of_round.round.name} · {framework.name.en} ({framework.status.en})"
    table = Table(box=None, header_style="bold", pad_edge=False, title=title, title_justify="left")
    for column in ("rank", "agency", _unit_title(made), "range", "coverage"):
        table.add_column(column, justify="left" if column == "agency" else "right")
    for place in made.places:
        estimate = _estimate(made.key, of_round.scores.get(place.agency))
        table.add_row(
            str(place.rank) if place.rank is not None else "-",
            of_round.name_of(place.agency),
            str(place.score) if place.score is not None else _why_not(made),
            f"{printed(estimate.low, framework)} - {printed(estimate.high, framework)}" if estimate else "-",
            f"{float(estimate.coverage):.0%}" if estimate else "-",
        )
    console = Console()
    empty = f"Round {of_round.round.name}: no agency of this list has been visited yet."
    console.print(table if made.places else empty)
    console.print(_footer(of_round, made), highlight=False, soft_wrap=True)


def _unit_title(made: RankingList) -> str:
    return {"points": "points gained" if made.against else "score", "places": "places gained", "mark": "mark"}[
        made.unit
    ]


def _why_not(made: RankingList) -> str:
    return f"not ranked in both rounds ({made.against} and this)" if made.against else "seen too little"


def _footer(of_round: Scored, made: RankingList) -> str:
    rules = [f"List: {made.key}", f"scope: {made.scope}", f"tie style: {made.tie_style}", f"equals by {made.tie_break}"]
    if made.against:
        rules.append(f"against {made.against}")
    if made.key.sort == "participation":
        rules.append("marks from the register: full 2, partial 1, none 0")
    unvisited = sum(1 for agency in of_round.round.register.agencies if agency.id not in of_round.scores)
    more = f" {unvisited} agencies of the register were not visited yet." if unvisited else ""
    return f"{', '.join(rules)}.{more}"


def _estimate(key: ListKey, score: AgencyScore | None) -> Estimate | None:
    """What the range and coverage of a line are about: the priority or indicator of the list, else the whole."""
    if score is None:
        return None
    if key.sort == "priority":
        return next(entry.estimate for entry in score.priorities if entry.priority.id == key.of)
    return score.indicator(key.of).estimate if key.sort == "indicator" and key.of else score.estimate


def _as_data(of_round: Scored, made: RankingList, place: Place) -> dict[str, object]:
    framework = of_round.round.framework
    score = of_round.scores.get(place.agency)
    agency = of_round.round.register.agency(place.agency)
    estimate = _estimate(made.key, score)
    value = None if place.score is None else float(place.score)
    return {
        "agency": place.agency,
        "name_fa": agency.name_fa if agency else "",
        "name_en": agency.name_en if agency else "",
        "rank": place.rank,
        ("score" if made.unit == "points" and not made.against else "value"): value,
        "low": float(printed(estimate.low, framework)) if estimate else None,
        "high": float(printed(estimate.high, framework)) if estimate else None,
        "coverage": round(float(estimate.coverage), 4) if estimate else None,
        "priorities": {
            entry.priority.id: {
                "score": None
                if entry.estimate is None or entry.estimate.value is None
                else float(printed(entry.estimate.value, framework)),
                "coverage": round(float(entry.estimate.coverage), 4) if entry.estimate else 0.0,
            }
            for entry in (score.priorities if score else ())
        },
    }
