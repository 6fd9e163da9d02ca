"""Where every point went: exact accounts that sum to the score, and to the difference of two scores.

All points are exact fractions on the scale 0 to 100; nothing is rounded before it is shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from scoring.score import AgencyScore, Estimate

HUNDRED = Fraction(100)
WHOLE = "overall"
"""Names the score itself where an adjustment is not of one priority."""


@dataclass(frozen=True, slots=True)
class PointsLine:
    """What one indicator gives: `points` of at most `available`. Both are 0 where it is not seen or not applicable."""

    indicator: str
    priority: str
    state: Literal["seen", "unseen", "na"]
    available: Fraction
    points: Fraction

    @property
    def lost(self) -> Fraction:
        """Points that a better finding would bring."""
        return self.available - self.points


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Points by which a value was held within its bounds, where ceilings say that the unseen cannot keep up."""

    where: str
    points: Fraction


@dataclass(frozen=True, slots=True)
class PointsAccount:
    """A score in full: the lines and adjustments sum to `total` exactly. `total` is None where nothing was seen."""

    agency: str
    total: Fraction | None
    lines: tuple[PointsLine, ...]
    adjustments: tuple[Adjustment, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One score minus another: by indicator and by adjustment (`held:` and where); the parts sum to `total` exactly."""

    total: Fraction
    parts: Mapping[str, Fraction]


def account(score: AgencyScore) -> PointsAccount:
    """Where the points of one agency come from."""
    lines: list[PointsLine] = []
    adjustments: list[Adjustment] = []
    seen = [(entry.priority.weight, entry.estimate) for entry in score.priorities]
    whole = _seen_weight(seen)
    for priority in score.priorities:
        share = priority.priority.weight / whole if _value(priority.estimate) is not None else Fraction(0)
        inner = _seen_weight([(entry.indicator.weight, entry.estimate) for entry in priority.indicators])
        plain = Fraction(0)
        for entry in priority.indicators:
            value = _value(entry.estimate)
            available = Fraction(0) if value is None else HUNDRED * share * entry.indicator.weight / inner
            points = available * (value or 0)
            state: Literal["seen", "unseen", "na"] = (
                "na" if entry.estimate is None else "unseen" if value is None else "seen"
            )
            lines.append(PointsLine(entry.indicator.id, priority.priority.id, state, available, points))
            plain += points
        held = HUNDRED * share * (_value(priority.estimate) or 0) - plain
        if held:
            adjustments.append(Adjustment(priority.priority.id, held))
    total = _value(score.estimate)
    if total is None:
        return PointsAccount(score.agency, None, tuple(lines), ())
    rest = HUNDRED * total - sum((line.points for line in lines), Fraction(0))
    rest -= sum((entry.points for entry in adjustments), Fraction(0))
    if rest:
        adjustments.append(Adjustment(WHOLE, rest))
    return PointsAccount(score.agency, HUNDRED * total, tuple(lines), tuple(adjustments))


def difference(first: AgencyScore, second: AgencyScore) -> Difference | None:
    """Why the second score is not the first one, indicator by indicator; None where one of them has no score.

    An indicator that only one of them has counts with all its points. Parts that are 0 are left out.
    """
    before, after = account(first), account(second)
    if before.total is None or after.total is None:
        return None
    parts: dict[str, Fraction] = {}
    for sign, entry in ((-1, before), (1, after)):
        for line in entry.lines:
            parts[line.indicator] = parts.get(line.indicator, Fraction(0)) + sign * line.points
        for held in entry.adjustments:
            key = f"held:{held.where}"
            parts[key] = parts.get(key, Fraction(0)) + sign * held.points
    return Difference(after.total - before.total, {key: points for key, points in parts.items() if points})


def _value(estimate: Estimate | None) -> Fraction | None:
    return None if estimate is None else estimate.value


def _seen_weight(parts: Sequence[tuple[Fraction, Estimate | None]]) -> Fraction:
    return sum((weight for weight, estimate in parts if _value(estimate) is not None), Fraction(0))
