"""Rounds beside each other: own ones and those published by others, in one form, never mixed up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from config.models import Framework
from config.published_models import PublishedRound
from scoring.counts import RoundCounts
from scoring.lists import Earlier
from scoring.ranking import Place, TieStyle, ranking
from scoring.score import AgencyScore

COUNTED = ("indicators", "agencies", "services", "sub_services")
"""What every round is sized by, side by side."""


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """What a round says, as printed. `by_others`: published by others, not made with Didban.

    `sizes` holds the numbers of COUNTED, `means` by priority id and `overall`; what was not published is missing.
    """

    name: str
    by_others: bool
    sizes: Mapping[str, Decimal]
    means: Mapping[str, Decimal]
    scores: Mapping[str, Decimal]
    ranks: Mapping[str, int]
    not_ranked: frozenset[str] = frozenset()

    def earlier(self) -> Earlier:
        """The round as one to measure growth against."""
        return Earlier(self.name, self.scores, self.ranks)


@dataclass(frozen=True, slots=True)
class AgencyChange:
    """One agency in two rounds. `gained` in points, `climbed` in places (up is positive); None where one is not known.

    `state` says where the agency stands: in both, only in the earlier, or only in the later round.
    """

    agency: str
    state: Literal["both", "only_before", "only_after"]
    score_before: Decimal | None
    score_after: Decimal | None
    rank_before: int | None
    rank_after: int | None

    @property
    def gained(self) -> Decimal | None:
        """Points gained, negative where lost."""
        if self.score_before is None or self.score_after is None:
            return None
        return self.score_after - self.score_before

    @property
    def climbed(self) -> int | None:
        """Places climbed, negative where lost."""
        if self.rank_before is None or self.rank_after is None:
            return None
        return self.rank_before - self.rank_after


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rounds: agencies in order of id, and the change of each mean that both rounds have."""

    before: RoundFigures
    after: RoundFigures
    agencies: tuple[AgencyChange, ...]
    means: Mapping[str, Decimal]


def own_figures(
    name: str,
    framework: Framework,
    scores: Mapping[str, AgencyScore],
    counts: RoundCounts,
    tie_style: TieStyle | None = None,
) -> RoundFigures:
    """A round of this workspace."""
    lines: Sequence[Place] = ranking(framework, scores, tie_style)
    means = {**counts.means, "overall": counts.mean_overall}
    return RoundFigures(
        name=name,
        by_others=False,
        sizes={key: Decimal(getattr(counts, key)) for key in COUNTED},
        means={key: value for key, value in means.items() if value is not None},
        scores={line.agency: line.score for line in lines if line.score is not None},
        ranks={line.agency: line.rank for line in lines if line.rank is not None},
        not_ranked=frozenset(line.agency for line in lines if line.rank is None),
    )


def published_figures(published: PublishedRound, list_name: str = "all") -> RoundFigures:
    """A round published by others, with the scores and ranks of one of its lists."""
    figures = {entry.figure: entry.value for entry in published.figures if entry.agency is None}
    return RoundFigures(
        name=published.name,
        by_others=True,
        sizes={key: figures[key] for key in COUNTED if key in figures},
        means={key.removeprefix("mean."): value for key, value in figures.items() if key.startswith("mean.")},
        scores=published.scores(list_name),
        ranks=published.ranks(list_name),
    )


def compare(before: RoundFigures, after: RoundFigures) -> Comparison:
    """What changed from one round to another; an agency of only one of them is named as such, with no change."""
    seen = (_agencies(before), _agencies(after))
    changes = tuple(
        AgencyChange(
            agency,
            "both" if agency in seen[0] and agency in seen[1] else "only_before" if agency in seen[0] else "only_after",
            before.scores.get(agency),
            after.scores.get(agency),
            before.ranks.get(agency),
            after.ranks.get(agency),
        )
        for agency in sorted(seen[0] | seen[1])
    )
    means = {key: after.means[key] - before.means[key] for key in after.means if key in before.means}
    return Comparison(before, after, changes, means)


def _agencies(figures: RoundFigures) -> frozenset[str]:
    return frozenset(figures.scores) | frozenset(figures.ranks) | figures.not_ranked
