"""How far the places of a round hold: rank intervals, worked out once for each state of the round."""

from collections.abc import Mapping
from threading import Lock
from types import MappingProxyType

import numpy as np

from review.round_view import RoundView
from scoring.robustness import RankInterval, simulate
from scoring.score import ScoringError
from store.stamps import RoundStamp

DRAWS = 1_000
SEED = 1
"""The same round gives the same intervals; 'didban rank --intervals' takes more draws."""


class Intervals:
    """The rank intervals of rounds, for all threads of the app; the last state of each round is kept."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[RoundStamp, Mapping[str, RankInterval]]] = {}
        self._lock = Lock()

    def of(self, view: RoundView) -> Mapping[str, RankInterval]:
        """By agency; empty where nobody is ranked, or where participation gave points, which no draw accounts for."""
        with self._lock:
            known = self._known.get(view.round.name)
            if known is None or known[0] != view.stamp:
                known = (view.stamp, _intervals(view))
                self._known[view.round.name] = known
            return known[1]


def _intervals(view: RoundView) -> Mapping[str, RankInterval]:
    if any(view.scores[agency] != entry.score for agency, entry in view.agencies.items()):
        return MappingProxyType({})
    findings = [
        cell.standing.finding
        for entry in view.agencies.values()
        for group in entry.groups.values()
        for cell in group.cells
    ]
    try:
        made = simulate(view.round.framework, view.scores, findings, np.random.default_rng(SEED), draws=DRAWS)
    except ScoringError:
        return MappingProxyType({})
    return MappingProxyType({interval.agency: interval for interval in made.intervals})
