"""Places in a list: on the printed score, in a stated tie style."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, get_args

from config.models import Framework
from scoring.score import AgencyScore, printed

TieStyle = Literal["dense", "competition", "positional"]
TIE_BREAK = "coverage, then agency id"
"""How equal scores are put in order: more seen first, then the id, so that the order never hangs on chance.
In a positional list it decides the place, in the other styles only who is named first."""


@dataclass(frozen=True, slots=True)
class Place:
    """One line of a ranking list. `rank` and `score` are None where too little was seen; such lines come last."""

    agency: str
    rank: int | None
    score: Decimal | None


@dataclass(frozen=True, slots=True)
class Entrant:
    """What an agency enters a list with: its value as printed, None where it may not be ranked, and its coverage."""

    agency: str
    value: Decimal | None
    coverage: Fraction = Fraction(1)


def ranking(framework: Framework, scores: Mapping[str, AgencyScore], tie_style: TieStyle | None = None) -> list[Place]:
    """The list of these agencies by overall score, in the framework's tie style where no other is asked for."""
    return places_of([entrant(framework, entry) for entry in scores.values()], tie_style or framework.tie_style)


def entrant(framework: Framework, score: AgencyScore) -> Entrant:
    """An agency with its overall score, without a value where too little was seen."""
    estimate = score.estimate
    if not score.enough_seen or estimate is None or estimate.value is None:
        return Entrant(score.agency, None, estimate.coverage if estimate else Fraction(0))
    return Entrant(score.agency, printed(estimate.value, framework), estimate.coverage)


def places_of(entrants: Iterable[Entrant], tie_style: TieStyle) -> list[Place]:
    """Best value first in the given tie style, then the not ranked by id."""
    known = list(entrants)
    seen = sorted(
        ((entry.value, entry) for entry in known if entry.value is not None),
        key=lambda pair: (-pair[0], -pair[1].coverage, pair[1].agency),
    )
    ranks = ranks_of([value for value, _ in seen], tie_style)
    unseen = sorted(entry.agency for entry in known if entry.value is None)
    return [
        *(Place(entry.agency, rank, value) for (value, entry), rank in zip(seen, ranks, strict=True)),
        *(Place(agency, None, None) for agency in unseen),
    ]


def ranks_of(values: Sequence[Decimal], style: TieStyle) -> list[int]:
    """Ranks of values in falling order: dense 1,1,2; competition 1,1,3; positional 1,2,3."""
    ranks: list[int] = []
    for index, value in enumerate(values):
        tied = index > 0 and value == values[index - 1]
        if tied and style != "positional":
            ranks.append(ranks[-1])
        elif style == "dense":
            ranks.append(ranks[-1] + 1 if ranks else 1)
        else:
            ranks.append(index + 1)
    return ranks


def fitting_styles(lines: Sequence[tuple[Decimal, int | None]]) -> tuple[TieStyle, ...]:
    """The tie styles that agree with a published list: values in falling order, each with its place as far as printed.

    Where no values were printed, any falling numbers that are equal exactly where the bodies were tied will do.
    """
    values = [value for value, _ in lines]
    return tuple(
        style
        for style in get_args(TieStyle)
        if all(rank in (None, made) for (_, rank), made in zip(lines, ranks_of(values, style), strict=True))
    )
