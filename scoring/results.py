"""A round's result as it is frozen and verified: exact values, printed scores and ranks of every agency."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from checks.findings import Finding
from config.models import Framework, Frozen
from scoring.participation import with_bonus
from scoring.ranking import ranking
from scoring.score import score_round


class AgencyResult(Frozen):
    """One agency in a frozen list. Fractions of 1 are kept exactly, as "3/4"; None where nothing was seen or applies.

    `score` is what is printed (0 to 100), `rank` the place; both None where too little was seen.
    """

    agency: str
    rank: int | None
    score: str | None
    value: str | None
    low: str | None
    high: str | None
    coverage: str
    bonus: str
    priorities: dict[str, str | None]


def results_of(
    framework: Framework, findings: Sequence[Finding], bonus: Mapping[str, Fraction]
) -> tuple[AgencyResult, ...]:
    """Scores and ranks of all agencies with findings; `findings` as they stand, `bonus` in points out of 100."""
    scores = with_bonus(score_round(framework, findings), bonus)
    found: list[AgencyResult] = []
    for place in ranking(framework, scores):
        estimate = scores[place.agency].estimate
        found.append(
            AgencyResult(
                agency=place.agency,
                rank=place.rank,
                score=None if place.score is None else str(place.score),
                value=_exact(estimate.value if estimate else None),
                low=_exact(estimate.low if estimate else None),
                high=_exact(estimate.high if estimate else None),
                coverage=str(estimate.coverage if estimate else Fraction(0)),
                bonus=str(bonus.get(place.agency, Fraction(0))),
                priorities={
                    entry.priority.id: _exact(entry.estimate.value if entry.estimate else None)
                    for entry in scores[place.agency].priorities
                },
            )
        )
    return tuple(found)


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def differing(frozen: Iterable[AgencyResult], now: Iterable[AgencyResult]) -> list[str]:
    """A sentence for each value that two lists do not share; empty where they are the same to the last digit."""
    before = {entry.agency: entry.model_dump() for entry in frozen}
    after = {entry.agency: entry.model_dump() for entry in now}
    found: list[str] = []
    for agency in dict.fromkeys((*before, *after)):
        old, new = before.get(agency), after.get(agency)
        if old is None or new is None:
            found.append(f"{agency}: {'not in the frozen list' if old is None else 'only in the frozen list'}")
            continue
        found.extend(
            f"{agency}: {key} was frozen as {old[key]}, recomputed as {new[key]}" for key in old if old[key] != new[key]
        )
    return found
