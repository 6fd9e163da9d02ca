"""How far a ranking holds: rank intervals, tied groups, what leaving one thing out would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from checks.findings import Finding
from config.models import Framework
from scoring.ranking import ranking
from scoring.score import AgencyScore, ScoringError
from scoring.uncertainty import (
    UNKNOWN_TREATMENTS,
    Cells,
    Draws,
    as_set,
    cells_of,
    draw,
    ranks_of_scores,
    scores_of,
)

CHUNK = 500
"""Draws that are computed at once: bounds the memory, and belongs to what a seed repeats."""
INTERVAL_PERCENT = 90
SURE_PERCENT = 95
"""An agency stands clearly above another where it has the higher score in at least so many of 100 draws."""


@dataclass(frozen=True, slots=True)
class RankInterval:
    """Where an agency may stand: its rank as set, the middle 90 % of its ranks (low to high), median and extremes."""

    agency: str
    rank: int
    best: int
    low: int
    median: int
    high: int
    worst: int


@dataclass(frozen=True, slots=True)
class Alternative:
    """One choice made otherwise, all else as set: by how many places ranks move on average and at most, and whose."""

    choice: str
    mean_shift: float
    most_shift: int
    agency: str


@dataclass(frozen=True, slots=True)
class Robustness:
    """Results of a test of a ranking; agencies in order of rank.

    `tied`: groups down the list of which no member is clearly below the group's first one.
    """

    draws: int
    intervals: tuple[RankInterval, ...]
    tied: tuple[tuple[str, ...], ...]
    alternatives: tuple[Alternative, ...]


def simulate(
    framework: Framework,
    scores: Mapping[str, AgencyScore],
    findings: Sequence[Finding],
    rng: np.random.Generator,
    *,
    draws: int = 10_000,
) -> Robustness:
    """Draw the uncertain choices so often and see where each agency stands.

    The same generator state gives the same result. Raises ScoringError without ranked agencies or without draws.
    """
    if draws < 1:
        raise ScoringError("At least one draw is needed.")
    cells = cells_of(framework, scores, findings)
    drawn = np.concatenate(
        [_chunk(cells, min(CHUNK, draws - start), rng) for start in range(0, draws, CHUNK)], dtype=np.float64
    )
    set_scores = scores_of(cells, as_set(cells))
    set_ranks = ranks_of_scores(set_scores)[0]
    published = {place.agency: place.rank for place in ranking(framework, scores, "competition") if place.rank}
    order = np.array([cells.agencies.index(agency) for agency in published])
    ranks = np.sort(ranks_of_scores(drawn), axis=0)
    tail = (100 - INTERVAL_PERCENT) / 200
    intervals = tuple(
        RankInterval(
            agency=cells.agencies[place],
            rank=published[cells.agencies[place]],
            best=int(ranks[0, place]),
            low=_quantile(ranks[:, place], tail),
            median=_quantile(ranks[:, place], 0.5),
            high=_quantile(ranks[:, place], 1 - tail),
            worst=int(ranks[-1, place]),
        )
        for place in order
    )
    return Robustness(draws, intervals, _tied(cells, drawn, order), _alternatives(cells, set_ranks))


def _chunk(cells: Cells, count: int, rng: np.random.Generator) -> NDArray[np.float64]:
    inputs: Draws = draw(cells, count, rng)
    return scores_of(cells, inputs, rng)


def _quantile(ordered: NDArray[np.int32], share: float) -> int:
    """Nearest rank: the smallest value that at least this share of the values does not exceed."""
    place = max(0, int(np.ceil(round(share * len(ordered), 9))) - 1)
    return int(ordered[place])


def _tied(cells: Cells, drawn: NDArray[np.float64], order: NDArray[np.int64]) -> tuple[tuple[str, ...], ...]:
    groups: list[list[int]] = []
    for place in order:
        if groups:
            wins = int((drawn[:, groups[-1][0]] > drawn[:, place]).sum())
            if wins * 100 < SURE_PERCENT * len(drawn):
                groups[-1].append(int(place))
                continue
        groups.append([int(place)])
    return tuple(tuple(cells.agencies[place] for place in group) for group in groups)


def _alternatives(cells: Cells, set_ranks: NDArray[np.int32]) -> tuple[Alternative, ...]:
    """Each choice made otherwise once, most moving first."""
    left_out = np.arange(1, len(cells.kept))
    named = [f"without {name}" for name in cells.names_left_out[1:]]
    parts = [ranks_of_scores(scores_of(cells, as_set(cells, left_out=left_out)))] if len(left_out) else []
    parts.append(ranks_of_scores(scores_of(cells, as_set(cells, geometric=np.ones(1, np.int64)))))
    parts.append(ranks_of_scores(scores_of(cells, as_set(cells, unknown=np.arange(1, len(UNKNOWN_TREATMENTS))))))
    named += ["geometric mean of priorities", *(f"unknown at {name}" for name in UNKNOWN_TREATMENTS[1:])]
    made = []
    for name, ranks in zip(named, np.concatenate(parts), strict=True):
        shift = np.abs(ranks - set_ranks)
        most = int(np.argmax(shift))
        made.append(Alternative(name, float(shift.mean()), int(shift[most]), cells.agencies[most]))
    return tuple(sorted(made, key=lambda entry: (-entry.mean_shift, entry.choice)))
