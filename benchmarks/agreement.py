"""How well judged levels agree with true ones: shares with their intervals, kappa, calibration. Pure arithmetic."""

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

PRESENT = 0.5
_Z = 1.959964  # two-sided 95 %
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Judged:
    """One portal's truth and what was found. A level of None means that the word (unknown, na) says it all."""

    id: str
    indicator: str
    language: str
    wanted: str
    said: str
    wanted_level: float | None
    said_level: float | None
    max_level: float | None
    confidence: float
    why: str
    because: str

    @property
    def exact(self) -> bool:
        """Whether the very level, or the very other outcome, was found."""
        return self.wanted == self.said

    @property
    def above(self) -> bool:
        """Whether the found level is higher than any judge may give."""
        return self.max_level is not None and self.said_level is not None and self.said_level > self.max_level


@dataclass(frozen=True, slots=True)
class Share:
    """Hits of a total with the Wilson interval (95 %); nothing is known of a total of 0."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        """Hits by total."""
        return self.hits / self.total if self.total else None

    def interval(self) -> tuple[float, float]:
        """Wilson's score interval."""
        if not self.total:
            return 0.0, 1.0
        share, n = self.hits / self.total, self.total
        middle = share + _Z * _Z / (2 * n)
        spread = _Z * math.sqrt(share * (1 - share) / n + _Z * _Z / (4 * n * n))
        low, high = ((middle + sign * spread) / (1 + _Z * _Z / n) for sign in (-1, 1))
        return max(0.0, low), min(1.0, high)

    def __str__(self) -> str:
        if self.value is None:
            return "-"
        low, high = self.interval()
        return f"{self.value:.3f} [{low:.3f}-{high:.3f}]"


@dataclass(frozen=True, slots=True)
class Bin:
    """Findings of one range of confidence: how sure they were on average, and how often the level was right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything measured over one group of portals; `within` is the share not above its highest allowed level."""

    portals: int
    precision: Share
    recall: Share
    exact: Share
    unknown: Share
    mean_error: float | None
    kappa: float | None
    bins: tuple[Bin, ...]
    calibration_error: float | None
    within: Share
    above: tuple[Judged, ...]


def figures(group: Sequence[Judged]) -> Figures:
    """Presence is a level of at least 0.5; an unknown is no presence, so a true one left unknown lowers recall."""
    present = [one for one in group if (one.said_level or 0) >= PRESENT]
    really = [one for one in group if (one.wanted_level or 0) >= PRESENT]
    both = sum((one.wanted_level or 0) >= PRESENT for one in present)
    bounded = [one for one in group if one.max_level is not None]
    pairs = [(one.wanted_level, one.said_level) for one in group]
    errors = [abs(wanted - said) for wanted, said in pairs if wanted is not None and said is not None]
    bins = tuple(reliability(group))
    judged = sum(one.count for one in bins)
    return Figures(
        portals=len(group),
        precision=Share(both, len(present)),
        recall=Share(both, len(really)),
        exact=Share(sum(one.exact for one in group), len(group)),
        unknown=Share(sum(one.said == "unknown" != one.wanted for one in group), len(group)),
        mean_error=sum(errors) / len(errors) if errors else None,
        kappa=kappa([(one.wanted, one.said) for one in group]),
        bins=bins,
        calibration_error=sum(one.count * abs(one.confidence - one.right) for one in bins) / judged if judged else None,
        within=Share(sum(not one.above for one in bounded), len(bounded)),
        above=tuple(one for one in group if one.above),
    )


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa over the outcomes as names, each level one. None where chance alone would agree on everything."""
    if not pairs:
        return None
    n = len(pairs)
    agreed = sum(a == b for a, b in pairs) / n
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(left[name] * right[name] for name in left) / (n * n)
    return None if chance >= 1 else (agreed - chance) / (1 - chance)


def reliability(group: Iterable[Judged]) -> list[Bin]:
    """By range of confidence: the share of right levels. Findings without a level have no confidence to be held to."""
    levels = [one for one in group if one.said_level is not None]
    found = []
    for low, high in itertools.pairwise(BINS):
        inside = [one for one in levels if low <= one.confidence < high or (high == BINS[-1] == one.confidence)]
        if inside:
            sure = sum(one.confidence for one in inside) / len(inside)
            found.append(Bin(low, high, len(inside), sure, sum(one.exact for one in inside) / len(inside)))
    return found
