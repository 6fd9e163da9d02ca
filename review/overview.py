"""A round at a glance: how far it is, what could not be seen and why, and every agency by every indicator."""

from collections.abc import Sequence
from dataclasses import dataclass

from config.models import Agency, Framework, Indicator
from review.groups import Counts
from review.round_view import RoundView
from scoring.ranking import Place
from scoring.score import AgencyScore, Estimate, printed

MINUTES_PER_GROUP = 2
"""Assumed for an evaluator's look at one group; the hours left are made of it."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One indicator of one agency: its value (0 to 1), None where nothing was seen; `na` = it does not apply."""

    indicator: Indicator
    value: float | None
    na: bool


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """One agency in a list: its place in it, and its whole score with bounds (printed) and coverage (0 to 1)."""

    agency: Agency
    place: Place
    low: str | None
    high: str | None
    coverage: float
    priorities: tuple[str | None, ...]
    cells: tuple[HeatCell, ...]
    waiting: int


def totals(view: RoundView) -> Counts:
    """The counts of a round."""
    return sum((entry.counts for entry in view.agencies.values()), Counts())


def hours(groups: int) -> float:
    """Hours that so many groups will take one person."""
    return round(groups * MINUTES_PER_GROUP / 60, 1)


def lines(view: RoundView, places: Sequence[Place]) -> list[AgencyLine]:
    """The lines of a list."""
    return [
        line_of(view, view.agencies[place.agency].agency, place) for place in places if place.agency in view.agencies
    ]


def line_of(view: RoundView, agency: Agency, place: Place) -> AgencyLine:
    """One agency's line. The agency must have been visited (else KeyError)."""
    score, framework = view.scores[agency.id], view.round.framework
    whole = score.estimate
    return AgencyLine(
        agency=agency,
        place=place,
        low=str(printed(whole.low, framework)) if whole else None,
        high=str(printed(whole.high, framework)) if whole else None,
        coverage=float(whole.coverage) if whole else 0.0,
        priorities=tuple(_printed_value(entry.estimate, framework) for entry in score.priorities),
        cells=heat_cells(score, framework.indicators),
        waiting=view.agencies[agency.id].counts.waiting.total(),
    )


def _printed_value(estimate: Estimate | None, framework: Framework) -> str | None:
    return None if estimate is None or estimate.value is None else str(printed(estimate.value, framework))


def heat_cells(score: AgencyScore, indicators: Sequence[Indicator]) -> tuple[HeatCell, ...]:
    """The values of an agency by indicator."""
    known: dict[str, Estimate | None] = {
        part.indicator.id: part.estimate for priority in score.priorities for part in priority.indicators
    }
    cells = []
    for indicator in indicators:
        estimate = known[indicator.id]
        value = None if estimate is None or estimate.value is None else float(estimate.value)
        cells.append(HeatCell(indicator, value, na=estimate is None))
    return tuple(cells)
