"""What is uncertain about a round's ranks, as arrays: values, bounds, errors of findings, weights; and draws of it.

Method: OECD/JRC handbook on constructing composite indicators, chapter on uncertainty and sensitivity analysis. Five
things are drawn, each by itself:
weights      Dirichlet around the set weights, of priorities and of indicators within each;
left out     nothing, one indicator, or one priority, all alike likely;
aggregation  arithmetic (as set) or geometric mean of the priorities;
unknown      left out (as set), all at their lowest, or all at their highest;
findings     each finding is one step of its grid too high or too low with probability 1 - confidence.
Ranks are in competition style on the rounded score; agencies of which too little was seen take no part.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checks.findings import Finding
from config.models import Framework, Indicator
from config.vocabulary import DecidedBy, Outcome
from scoring.score import AgencyScore, ScoringError

Array = NDArray[np.float32]
Whole = NDArray[np.int64]
CONCENTRATION = 50.0
"""Of the Dirichlet draws: a weight of 1/4 varies by 0.06 (standard deviation), that is by about a quarter of it."""
GEOMETRIC_FLOOR = np.float32(0.01)
"""Priorities below one point count as one point in the geometric mean, which a single zero would make zero."""
UNKNOWN_TREATMENTS = ("left out", "lowest", "highest")
FACTORS = ("weights", "left out", "aggregation", "unknown", "findings")


@dataclass(frozen=True, slots=True)
class Cells:
    """A round as arrays. `values[t]` and `there[t]` (indicators x agencies) go by treatment of unknowns, 0 to 1.

    `deviation`: standard deviation of a cell's value by the confidence of its findings. `kept`: a row of 1 and 0 by
    indicator for each thing that may be left out, named in `names_left_out`; the first row leaves out nothing.
    """

    agencies: tuple[str, ...]
    indicators: tuple[str, ...]
    columns: tuple[slice, ...]
    names_left_out: tuple[str, ...]
    values: Array
    there: Array
    deviation: Array
    indicator_weights: Array
    priority_weights: Array
    kept: Array
    decimals: int


@dataclass(frozen=True, slots=True)
class Draws:
    """Inputs of so many draws. `noise` is drawn with the scores where it is None, to keep memory bounded."""

    indicator_weights: Array
    priority_weights: Array
    left_out: Whole
    geometric: Whole
    unknown: Whole
    noise: Array | None = None

    def mixed(self, other: "Draws", factor: str) -> "Draws":
        """These draws with one factor taken from others (the radial design of sensitivity analysis)."""
        mine: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        taken = {
            "weights": ("indicator_weights", "priority_weights"),
            "left out": ("left_out",),
            "aggregation": ("geometric",),
            "unknown": ("unknown",),
            "findings": ("noise",),
        }[factor]
        return Draws(**{**mine, **{name: getattr(other, name) for name in taken}})


def cells_of(framework: Framework, scores: Mapping[str, AgencyScore], findings: Sequence[Finding]) -> Cells:
    """The ranked agencies of a round, in order of id. Raises ScoringError where none is ranked."""
    agencies = tuple(sorted(name for name, score in scores.items() if score.enough_seen))
    if not agencies:
        raise ScoringError("No agency is ranked, so there are no ranks to test.")
    ordered = [indicator for priority in framework.priorities for indicator in framework.indicators_of(priority.id)]
    place = {indicator.id: n for n, indicator in enumerate(ordered)}
    values = np.zeros((3, len(ordered), len(agencies)), np.float32)
    there = np.zeros_like(values)
    for column, name in enumerate(agencies):
        for priority in scores[name].priorities:
            for entry in priority.indicators:
                if entry.estimate is None:
                    continue
                row = place[entry.indicator.id]
                value = entry.estimate.value
                values[:, row, column] = [value or 0, entry.estimate.low, entry.estimate.high]
                there[:, row, column] = [value is not None, 1, 1]
    ends = np.cumsum([0, *(len(framework.indicators_of(priority.id)) for priority in framework.priorities)])
    columns = tuple(slice(int(a), int(b)) for a, b in pairwise(ends))
    names, kept = _options(framework, ordered, columns, there[0])
    weights = np.array([float(indicator.weight) for indicator in ordered], np.float32)
    for part in columns:
        weights[part] /= weights[part].sum()
    tops = np.array([float(priority.weight) for priority in framework.priorities], np.float32)
    return Cells(
        agencies=agencies,
        indicators=tuple(indicator.id for indicator in ordered),
        columns=columns,
        names_left_out=names,
        values=values,
        there=there,
        deviation=_deviation(ordered, agencies, findings),
        indicator_weights=weights,
        priority_weights=tops / tops.sum(),
        kept=kept,
        decimals=framework.decimals,
    )


def _options(
    framework: Framework, ordered: Sequence[Indicator], columns: Sequence[slice], there: Array
) -> tuple[tuple[str, ...], Array]:
    """Nothing, each indicator and each priority, except where an agency would be left with nothing at all."""
    names, rows = ["nothing"], [np.ones(len(ordered), np.float32)]
    candidates = [(indicator.id, slice(n, n + 1)) for n, indicator in enumerate(ordered)]
    candidates += [(priority.id, part) for priority, part in zip(framework.priorities, columns, strict=True)]
    for name, part in candidates:
        row = np.ones(len(ordered), np.float32)
        row[part] = 0
        if bool(((row @ there) > 0).all()):
            names.append(name)
            rows.append(row)
    return tuple(names), np.stack(rows)


def _deviation(ordered: Sequence[Indicator], agencies: Sequence[str], findings: Sequence[Finding]) -> Array:
    spread: dict[tuple[str, str], list[float]] = defaultdict(list)
    by_id = {indicator.id: indicator for indicator in ordered}
    for finding in findings:
        if finding.level is not None and finding.outcome in (Outcome.LEVEL, Outcome.CONFLICT):
            sure = 1.0 if finding.decided_by == DecidedBy.EVALUATOR else finding.confidence
            step = _step(by_id[finding.indicator], finding.level)
            spread[finding.agency, finding.indicator].append((1 - sure) * step * step)
    made = np.zeros((len(ordered), len(agencies)), np.float32)
    for row, indicator in enumerate(ordered):
        for column, agency in enumerate(agencies):
            variances = spread.get((agency, indicator.id))
            if variances:
                made[row, column] = (sum(variances) ** 0.5) / len(variances)
    return made


def _step(indicator: Indicator, level: float) -> float:
    """Distance to the neighbouring levels of the grid, a quarter for shares."""
    distances = [abs(step - level) for step in indicator.levels if step != level]
    return min(distances, default=0.25)


def draw(cells: Cells, count: int, rng: np.random.Generator, *, with_noise: bool = False) -> Draws:
    """So many draws from the caller's generator; the same generator in the same state gives the same draws."""
    inner = np.empty((count, len(cells.indicators)), np.float32)
    for part in cells.columns:
        inner[:, part] = _dirichlet(cells.indicator_weights[part], count, rng)
    noise = None
    if with_noise:
        noise = rng.standard_normal((count, *cells.deviation.shape), dtype=np.float32)
    return Draws(
        indicator_weights=inner,
        priority_weights=_dirichlet(cells.priority_weights, count, rng),
        left_out=rng.integers(len(cells.kept), size=count),
        geometric=rng.integers(2, size=count),
        unknown=rng.integers(len(UNKNOWN_TREATMENTS), size=count),
        noise=noise,
    )


def as_set(cells: Cells, **changes: Whole) -> Draws:
    """One draw in which everything is as the framework sets it, but for what is given."""
    zero = np.zeros(1, np.int64)
    plain: dict[str, Any] = {"left_out": zero, "geometric": zero, "unknown": zero, **changes}
    count = len(next(iter(changes.values()), zero))
    plain = {name: np.broadcast_to(value, (count,)) for name, value in plain.items()}
    return Draws(
        indicator_weights=np.repeat(cells.indicator_weights[None], count, axis=0),
        priority_weights=np.repeat(cells.priority_weights[None], count, axis=0),
        noise=np.zeros((count, *cells.deviation.shape), np.float32),
        **plain,
    )


def _dirichlet(weights: Array, count: int, rng: np.random.Generator) -> Array:
    drawn = rng.standard_gamma(weights.astype(np.float64) * CONCENTRATION, (count, len(weights)))
    shares: Array = (drawn / drawn.sum(axis=1, keepdims=True)).astype(np.float32)
    return shares


def scores_of(cells: Cells, draws: Draws, rng: np.random.Generator | None = None) -> NDArray[np.float64]:
    """Scores (draws x agencies, 0 to 100, rounded as printed). `rng` makes the noise of draws that carry none."""
    inner = draws.indicator_weights * cells.kept[draws.left_out]
    count, agencies = len(inner), len(cells.agencies)
    logs = draws.geometric.astype(bool)
    top = np.zeros((count, agencies), np.float32)
    weight = np.zeros_like(top)
    for number, part in enumerate(cells.columns):
        value, present = _priority(cells, draws, inner, part, rng)
        np.copyto(value, np.log(np.maximum(value, GEOMETRIC_FLOOR)), where=logs[:, None])
        share = draws.priority_weights[:, number, None] * present
        top += share * value
        weight += share
    whole = top / np.maximum(weight, np.finfo(np.float32).tiny)
    np.copyto(whole, np.exp(whole), where=logs[:, None])
    return np.round(whole.astype(np.float64) * 100, cells.decimals)


def _priority(
    cells: Cells, draws: Draws, inner: Array, part: slice, rng: np.random.Generator | None
) -> tuple[Array, NDArray[np.bool_]]:
    """One priority's values in each draw, and where it has any indicator."""
    deviation = cells.deviation[part]
    if draws.noise is not None:
        noisy = draws.noise[:, part] * deviation
    elif rng is not None:
        noisy = rng.standard_normal((len(inner), *deviation.shape), dtype=np.float32)
        noisy *= deviation
    else:
        raise ScoringError("Draws without noise need a generator to make it.")
    value = np.empty((len(inner), len(cells.agencies)), np.float32)
    weight = np.empty_like(value)
    for treatment in range(len(UNKNOWN_TREATMENTS)):
        rows = np.flatnonzero(draws.unknown == treatment)
        if not len(rows):
            continue
        level = noisy[rows]
        level += cells.values[treatment, part]
        np.clip(level, 0, 1, out=level)
        level *= cells.there[treatment, part]
        weights = inner[rows, part]
        value[rows] = np.matmul(weights[:, None, :], level)[:, 0, :]
        weight[rows] = weights @ cells.there[treatment, part]
    value /= np.maximum(weight, np.finfo(np.float32).tiny)
    return value, weight > 0


def ranks_of_scores(scores: NDArray[np.float64]) -> NDArray[np.int32]:
    """Competition ranks in each draw (row): 1, 1, 3."""
    order = np.argsort(-scores, axis=1, kind="stable")
    falling = np.take_along_axis(scores, order, axis=1)
    places = np.arange(1, scores.shape[1] + 1, dtype=np.int32)
    first = np.ones_like(order, dtype=bool)
    first[:, 1:] = falling[:, 1:] != falling[:, :-1]
    numbered = np.maximum.accumulate(np.where(first, places, 0), axis=1).astype(np.int32)
    ranks = np.empty_like(numbered)
    np.put_along_axis(ranks, order, numbered, axis=1)
    return ranks
