"""Every ranking list of a round: whole, by kind, cluster, parent, priority, indicator, growth, participation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, get_args

from config.models import Agency, Framework, Register
from scoring.ranking import TIE_BREAK, Entrant, Place, TieStyle, entrant, places_of, ranking
from scoring.score import AgencyScore, Estimate, ScoringError, printed

Scope = Literal["own", "aggregate"]
PlainList = Literal["all", "main", "high-traffic", "growth", "growth-places", "participation"]
NamedList = Literal["cluster", "parent", "priority", "indicator"]
PLAIN_LISTS: tuple[str, ...] = get_args(PlainList)
NAMED_LISTS: tuple[str, ...] = get_args(NamedList)
PARTICIPATION_MARKS = {"full": Decimal(2), "partial": Decimal(1), "none": Decimal(0)}
"""Order of the register's participation words; the list has no score of its own."""


@dataclass(frozen=True, slots=True)
class ListKey:
    """Which list: its sort, and the cluster, parent, priority or indicator where the sort needs one."""

    sort: str
    of: str | None = None

    def __str__(self) -> str:
        return self.sort if self.of is None else f"{self.sort}:{self.of}"


@dataclass(frozen=True, slots=True)
class Earlier:
    """What growth is measured against: printed scores and ranks of an earlier round by agency, as far as known."""

    round: str
    scores: Mapping[str, Decimal]
    ranks: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RankingList:
    """A list with the rules it was made by. `unit` says what the values are: points (0-100), places, or a mark."""

    key: ListKey
    scope: Scope
    tie_style: TieStyle
    tie_break: str
    unit: Literal["points", "places", "mark"]
    places: tuple[Place, ...]
    against: str | None = None


def parse_list(text: str) -> ListKey:
    """The list that a text such as `main` or `cluster:health` names. Raises ScoringError naming what may stand."""
    sort, colon, of = text.strip().partition(":")
    if sort in PLAIN_LISTS and not colon:
        return ListKey(sort)
    if sort in NAMED_LISTS and of.strip():
        return ListKey(sort, of.strip())
    known = ", ".join([*PLAIN_LISTS, *(f"{name}:NAME" for name in NAMED_LISTS)])
    raise ScoringError(f"There is no ranking list '{text}'. There are: {known}.")


def ranking_list(
    key: ListKey,
    framework: Framework,
    register: Register,
    scores: Mapping[str, AgencyScore],
    *,
    scope: Scope = "own",
    tie_style: TieStyle | None = None,
    earlier: Earlier | None = None,
) -> RankingList:
    """One list of a round; `scores` are those of the scope asked for (see scoring.aggregate).

    Growth lists hold the agencies that are ranked in both rounds; others stand at the end without a place.
    Raises ScoringError for a cluster, parent, priority or indicator that does not exist, and for growth without an
    earlier round.
    """
    style = tie_style or framework.tie_style
    if key.sort in ("growth", "growth-places"):
        if earlier is None:
            raise ScoringError(f"The list '{key}' needs an earlier round to measure growth against.")
        entrants = _growth(framework, scores, earlier, in_places=key.sort == "growth-places")
        unit: Literal["points", "places", "mark"] = "places" if key.sort == "growth-places" else "points"
        return RankingList(key, scope, style, TIE_BREAK, unit, tuple(places_of(entrants, style)), earlier.round)
    if key.sort == "participation":
        marks = [Entrant(a.id, PARTICIPATION_MARKS[a.participation]) for a in register.agencies]
        return RankingList(key, scope, style, TIE_BREAK, "mark", tuple(places_of(marks, style)))
    chosen = {agency.id for agency in _members(key, register)}
    entrants = [_entrant(key, framework, score) for agency, score in scores.items() if agency in chosen]
    return RankingList(key, scope, style, TIE_BREAK, "points", tuple(places_of(entrants, style)))


def _members(key: ListKey, register: Register) -> Sequence[Agency]:
    """The agencies of the register that the list is about."""
    agencies = register.agencies
    if key.sort in ("main", "high-traffic"):
        return [agency for agency in agencies if agency.kind == key.sort.replace("-", "_")]
    if key.sort not in ("cluster", "parent"):
        return agencies
    found = [agency for agency in agencies if getattr(agency, key.sort) == key.of]
    if not found:
        names = sorted({name for agency in agencies if (name := getattr(agency, key.sort))})
        there_are = f"There are: {', '.join(names)}." if names else f"The register names no {key.sort}."
        raise ScoringError(f"No agency of the register has {key.sort} '{key.of}'. {there_are}")
    return found


def _entrant(key: ListKey, framework: Framework, score: AgencyScore) -> Entrant:
    if key.sort == "priority":
        of_priority = {entry.priority.id: entry.estimate for entry in score.priorities}
        return _part(key, framework, score.agency, of_priority, framework.minimum_priority_coverage)
    if key.sort == "indicator":
        of_indicator = {e.indicator.id: e.estimate for priority in score.priorities for e in priority.indicators}
        return _part(key, framework, score.agency, of_indicator, framework.minimum_priority_coverage)
    return entrant(framework, score)


def _part(
    key: ListKey, framework: Framework, agency: str, parts: Mapping[str, Estimate | None], minimum: Fraction
) -> Entrant:
    if key.of is None or key.of not in parts:
        raise ScoringError(f"The framework has no {key.sort} '{key.of}'. It has: {', '.join(parts)}.")
    estimate = parts[key.of]
    if estimate is None or estimate.value is None or estimate.coverage < minimum:
        return Entrant(agency, None, estimate.coverage if estimate else Fraction(0))
    return Entrant(agency, printed(estimate.value, framework), estimate.coverage)


def _growth(
    framework: Framework, scores: Mapping[str, AgencyScore], earlier: Earlier, *, in_places: bool
) -> list[Entrant]:
    entrants = []
    for place in ranking(framework, scores):
        gained: Decimal | None = None
        if in_places and place.rank is not None and place.agency in earlier.ranks:
            gained = Decimal(earlier.ranks[place.agency] - place.rank)
        elif not in_places and place.score is not None and place.agency in earlier.scores:
            gained = place.score - earlier.scores[place.agency]
        estimate = scores[place.agency].estimate
        entrants.append(Entrant(place.agency, gained, estimate.coverage if estimate else Fraction(0)))
    return entrants


def as_earlier(
    round_name: str, framework: Framework, scores: Mapping[str, AgencyScore], tie_style: TieStyle | None = None
) -> Earlier:
    """An own round as one to measure growth against; the agencies that it did not rank are left out."""
    ranked = [place for place in ranking(framework, scores, tie_style) if place.score is not None]
    return Earlier(
        round_name,
        {place.agency: place.score for place in ranked if place.score is not None},
        {place.agency: place.rank for place in ranked if place.rank is not None},
    )
