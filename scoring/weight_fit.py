"""Which priority weights agree with published scores: a polytope, not a guess.

A published score says only that the exact one lay in the interval that prints like it. Each agency whose priorities and
overall score are known cuts the space of weights (none negative, sum 1) by two planes; what is left are all the weights
that agree. Its corners are computed exactly, so the range of each weight is exact too.

An agency whose priorities are all printed without decimals may have had them rounded to whole numbers: then its inputs
are intervals as well (0 and 100 excepted, which are taken as exact). Other inputs are taken as printed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Literal

from scoring.score import ScoringError

Rounding = Literal["half_up", "truncate"]
Weights = tuple[Fraction, ...]
MAX_CONSTRAINTS = 40
"""Corners are sought in all combinations of constraints; beyond this many it would take minutes."""


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from `low` to `high`; `high` itself belongs to it only where it is `closed`."""

    low: Fraction
    high: Fraction
    closed: bool


@dataclass(frozen=True, slots=True)
class Published:
    """One agency: what its priorities and its overall score may have been, by what was printed."""

    agency: str
    inputs: tuple[Interval, ...]
    overall: Interval

    def reach(self, weights: Weights) -> Interval:
        """The overall scores that these weights allow, given how far the inputs are known."""
        low = sum((w * entry.low for w, entry in zip(weights, self.inputs, strict=True)), Fraction(0))
        high = sum((w * entry.high for w, entry in zip(weights, self.inputs, strict=True)), Fraction(0))
        return Interval(low, high, all(e.closed for w, e in zip(weights, self.inputs, strict=True) if w))

    def agrees(self, weights: Weights) -> bool:
        """Whether some inputs that print as published give a score that prints as published."""
        reach = self.reach(weights)
        above = reach.high >= self.overall.low if reach.closed else reach.high > self.overall.low
        return above and reach.low < self.overall.high


@dataclass(frozen=True, slots=True)
class Fit:
    """All weights that agree: none, one or many; the range of each weight (shares, summing to 1), and one example."""

    solutions: Literal["none", "one", "many"]
    ranges: tuple[tuple[Fraction, Fraction], ...]
    example: Weights | None


def published(
    agency: str, priorities: Sequence[Decimal], overall: Decimal, rounding: Rounding, *, exact_inputs: bool = False
) -> Published:
    """What printed figures of one agency (0 to 100) say. `exact_inputs`: whole priorities are not rounded ones."""
    rounded = not exact_inputs and all(_decimals(value) == 0 for value in priorities)
    inputs = tuple(_input(value, rounded=rounded) for value in priorities)
    return Published(agency, inputs, printing_as(overall, rounding))


def printing_as(value: Decimal, rounding: Rounding) -> Interval:
    """The exact values that print as this one, with its number of decimals."""
    step = Fraction(1, 10 ** _decimals(value))
    low = Fraction(value) - (step / 2 if rounding == "half_up" else 0)
    return Interval(low, low + step, closed=False)


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _input(value: Decimal, *, rounded: bool) -> Interval:
    exact = Fraction(value)
    if not rounded or exact in (0, 100):
        return Interval(exact, exact, closed=True)
    return printing_as(value, "half_up")


def normalised(weights: Sequence[Fraction]) -> Weights:
    """Weights as shares of their sum. Raises ScoringError where one is negative or all are zero."""
    whole = sum(weights, Fraction(0))
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise ScoringError("Weights must be 0 or more, and not all 0.")
    return tuple(weight / whole for weight in weights)


def accepted(weights: Sequence[Fraction], known: Sequence[Published]) -> Mapping[str, bool]:
    """By agency: whether these weights (in any unit) agree with what was published of it."""
    shares = normalised(weights)
    return {entry.agency: entry.agrees(shares) for entry in known}


def fit(known: Sequence[Published]) -> Fit:
    """All weights that agree with every agency. Raises ScoringError without agencies or with too many."""
    if not known:
        raise ScoringError("No agency has both its priorities and its overall score published: nothing to fit.")
    constraints = _constraints(known)
    if len(constraints) > MAX_CONSTRAINTS:
        raise ScoringError(
            f"{len(known)} agencies are too many to fit exactly; give {MAX_CONSTRAINTS // 2 - 4} or fewer."
        )
    corners = set(_corners(constraints, len(known[0].inputs)))
    if not corners:
        return Fit("none", (), None)
    middle = tuple(sum(column, Fraction(0)) / len(corners) for column in zip(*corners, strict=True))
    if not all(entry.agrees(middle) for entry in known):  # only the open edge of an interval would fit
        return Fit("none", (), None)
    ranges = tuple((min(column), max(column)) for column in zip(*corners, strict=True))
    return Fit("one" if len(corners) == 1 else "many", ranges, middle)


def in_steps(known: Sequence[Published], step_percent: int = 5) -> Iterator[tuple[int, ...]]:
    """Every set of weights in whole steps of so many percent, none 0, that agrees with every agency."""
    count, steps = len(known[0].inputs), 100 // step_percent
    for cuts in combinations(range(1, steps), count - 1):
        parts = [b - a for a, b in zip((0, *cuts), (*cuts, steps), strict=True)]
        shares = tuple(Fraction(part, steps) for part in parts)
        if all(entry.agrees(shares) for entry in known):
            yield tuple(part * step_percent for part in parts)


Constraint = tuple[Weights, Fraction]
"""Coefficients and bound: the weights' sum with these coefficients is at least the bound."""


def _constraints(known: Sequence[Published]) -> list[Constraint]:
    count = len(known[0].inputs)
    found: list[Constraint] = [
        (tuple(Fraction(int(place == n)) for n in range(count)), Fraction(0)) for place in range(count)
    ]
    for entry in known:
        found.append((tuple(part.high for part in entry.inputs), entry.overall.low))
        found.append((tuple(-part.low for part in entry.inputs), -entry.overall.high))
    return found


def _corners(constraints: Sequence[Constraint], count: int) -> Iterator[Weights]:
    """The points of the simplex where count - 1 constraints hold with equality and none is broken."""
    whole: Constraint = (tuple(Fraction(1) for _ in range(count)), Fraction(1))
    for tight in combinations(constraints, count - 1):
        point = _solved([whole, *tight])
        if point and all(_dot(row, point) >= bound for row, bound in constraints):
            yield point


def _dot(row: Weights, point: Weights) -> Fraction:
    return sum((a * b for a, b in zip(row, point, strict=True)), Fraction(0))


def _solved(equations: Sequence[Constraint]) -> Weights | None:
    """The one solution of as many equations as unknowns, None where there is no single one (Gauss, exact)."""
    rows = [[*row, bound] for row, bound in equations]
    size = len(rows)
    for column in range(size):
        pivot = next((r for r in range(column, size) if rows[r][column]), None)
        if pivot is None:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        scale = rows[column][column]
        rows[column] = [value / scale for value in rows[column]]
        for r in range(size):
            factor = rows[r][column]
            if r != column and factor:
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[column], strict=True)]
    return tuple(row[-1] for row in rows)
