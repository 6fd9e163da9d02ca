"""Places in a list: on the printed score, in a stated tie style."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from config.models import Framework
from scoring.score import AgencyScore, printed

TieStyle = Literal["dense", "competition", "positional"]
TIE_BREAK = "coverage, then agency id"
"""How positional lists part equal scores: more seen first, then the id, so that the order never hangs on chance."""


@dataclass(frozen=True, slots=True)
class Place:
    """One line of a ranking list. `rank` and `score` are None where too little was seen; such lines come last."""

    agency: str
    rank: int | None
    score: Decimal | None


def ranking(framework: Framework, scores: Mapping[str, AgencyScore]) -> list[Place]:
    """The list of these agencies in the framework's tie style: best first, the not ranked last by id."""
    seen = [entry for entry in scores.values() if entry.enough_seen]
    unseen = sorted(entry.agency for entry in scores.values() if not entry.enough_seen)
    by_score = {entry.agency: _printed(framework, entry) for entry in seen}
    ordered = sorted(seen, key=lambda entry: (-by_score[entry.agency], -_coverage(entry), entry.agency))
    places = _places([by_score[entry.agency] for entry in ordered], framework.tie_style)
    lines = [Place(entry.agency, rank, by_score[entry.agency]) for entry, rank in zip(ordered, places, strict=True)]
    return [*lines, *(Place(agency, None, None) for agency in unseen)]


def _printed(framework: Framework, entry: AgencyScore) -> Decimal:
    assert entry.estimate is not None
    assert entry.estimate.value is not None
    return printed(entry.estimate.value, framework)


def _coverage(entry: AgencyScore) -> float:
    return float(entry.estimate.coverage) if entry.estimate else 0.0


def _places(scores: list[Decimal], style: TieStyle) -> list[int]:
    """Ranks of scores in falling order: dense 1,1,2; competition 1,1,3; positional 1,2,3."""
    places: list[int] = []
    for index, score in enumerate(scores):
        tied = index > 0 and score == scores[index - 1]
        if tied and style != "positional":
            places.append(places[-1])
        elif style == "dense":
            places.append(places[-1] + 1 if places else 1)
        else:
            places.append(index + 1)
    return places
