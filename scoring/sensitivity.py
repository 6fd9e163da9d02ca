"""Which uncertain choice moves the ranks: first-order and total shares of the variance of the average shift in ranks.

Estimators of Saltelli et al. 2010 (first order) and Jansen 1999 (total); the OECD/JRC handbook explains the method.
The first-order share is what a choice moves by itself, the total one what it moves together with others; the shares are
estimates and may lie a little outside 0 to 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from checks.findings import Finding
from config.models import Framework
from scoring.score import AgencyScore, ScoringError
from scoring.uncertainty import FACTORS, Cells, Draws, as_set, cells_of, draw, ranks_of_scores, scores_of

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of the variance that one choice is behind: by itself, and together with others."""

    first_order: float
    total: float


def rank_sensitivity(
    framework: Framework,
    scores: Mapping[str, AgencyScore],
    findings: Sequence[Finding],
    rng: np.random.Generator,
    *,
    base: int = 512,
) -> Mapping[str, Shares]:
    """By uncertain choice: its shares. Costs `base` x (choices + 2) evaluations; empty where no rank ever moves."""
    if base < 2:
        raise ScoringError("At least two base draws are needed.")
    cells = cells_of(framework, scores, findings)
    first, second = (draw(cells, base, rng, with_noise=True) for _ in range(2))
    set_ranks = ranks_of_scores(scores_of(cells, as_set(cells)))[0]
    f_first, f_second = (_shift(cells, inputs, set_ranks) for inputs in (first, second))
    mixed = {factor: _shift(cells, first.mixed(second, factor), set_ranks) for factor in FACTORS}
    return variance_shares(f_first, f_second, mixed)


def _shift(cells: Cells, inputs: Draws, set_ranks: NDArray[np.int32]) -> Values:
    """By draw: how many places the agencies are away from their rank as set, on average."""
    moved: Values = np.abs(ranks_of_scores(scores_of(cells, inputs)) - set_ranks).mean(axis=1)
    return moved


def variance_shares(first: Values, second: Values, mixed: Mapping[str, Values]) -> dict[str, Shares]:
    """Shares from the outputs of two independent samples, and of the first one with a factor of the second."""
    variance = float(np.concatenate([first, second]).var())
    if variance == 0:
        return {}
    return {
        factor: Shares(
            first_order=float((second * (values - first)).mean()) / variance,
            total=float(((first - values) ** 2).mean()) / (2 * variance),
        )
        for factor, values in mixed.items()
    }
