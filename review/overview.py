"""A round at a glance: how far it is, what could not be seen and why, and every agency by every indicator."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from config.models import Agency, Framework, Indicator
from config.vocabulary import Cause, Outcome
from review.groups import Waiting
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


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts over all cells of a round that apply."""

    cells: int
    observed: int
    decided: int
    causes: tuple[tuple[Cause, int], ...]
    waiting: Mapping[Waiting, int]
    groups: int
    blocking: int

    @property
    def share_observed(self) -> float:
        """Share of the cells that were observed, 0 to 1."""
        return self.observed / self.cells if self.cells else 0.0

    @property
    def hours(self) -> float:
        """Hours that the groups in the queue will take one person."""
        return round(self.groups * MINUTES_PER_GROUP / 60, 1)


def totals(view: RoundView) -> Totals:
    """The counts of a round."""
    causes: Counter[Cause] = Counter()
    cells = observed = decided = 0
    for group in view.groups.values():
        for cell in group.cells:
            finding = cell.standing.finding
            if finding.outcome == Outcome.NA:
                continue
            cells += 1
            decided += cell.standing.decision is not None
            if finding.outcome != Outcome.UNKNOWN:
                observed += 1
            elif finding.cause is not None:
                causes[finding.cause] += 1
    waiting: Counter[Waiting] = Counter(group.why for group in view.queue if group.why is not None)
    blocking = sum(group.blocking for group in view.queue)
    return Totals(cells, observed, decided, tuple(causes.most_common()), waiting, len(view.queue), blocking)


def lines(view: RoundView, places: Sequence[Place]) -> list[AgencyLine]:
    """The lines of a list."""
    waiting = Counter(group.agency for group in view.queue)
    by_id = {agency.id: agency for agency in view.round.register.agencies}
    return [
        line_of(view, by_id[place.agency], place, waiting[place.agency]) for place in places if place.agency in by_id
    ]


def line_of(view: RoundView, agency: Agency, place: Place, waiting: int) -> AgencyLine:
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
        waiting=waiting,
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
