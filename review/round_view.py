"""A round as the app shows it, kept in memory and brought up to date by what changed: an agency at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from threading import Lock

from sqlalchemy import Engine

from config.models import Agency
from review.groups import Counts, Group, counts_of, groups_of
from scoring.lists import ListKey, RankingList, ranking_list
from scoring.open_matters import Matter
from scoring.participation import bonus_points, with_bonus
from scoring.ranking import Place
from scoring.score import AgencyScore, score_agency
from store import repository
from store.repository import Round, Visit
from store.stamps import RoundStamp, round_stamp, spoken_about

FIRST = 1_000.0
"""More than the importance of any group can be (twice 100 points): what must be decided comes before the rest."""


@dataclass(frozen=True, slots=True)
class AgencyView:
    """One visited agency: its score from findings alone, its groups by key, and their counts."""

    agency: Agency
    visit: Visit
    score: AgencyScore
    groups: Mapping[str, Group]
    counts: Counts


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round at one moment. `queue` holds the groups that wait, what matters most first.

    `scores` hold the points for participation; `stale` are agencies whose visit an amendment has overtaken.
    """

    stamp: RoundStamp
    round: Round
    agencies: Mapping[str, AgencyView]
    scores: Mapping[str, AgencyScore]
    places: Mapping[str, Place]
    queue: tuple[Group, ...]
    stale: tuple[Matter, ...]

    def group(self, key: str) -> Group | None:
        """A group by its key, None where there is none (any more): other evidence gives another key."""
        return next((view.groups[key] for view in self.agencies.values() if key in view.groups), None)

    def ranking(self, key: ListKey) -> RankingList:
        """A ranking list of the round. Raises ScoringError as scoring.lists does."""
        return ranking_list(key, self.round.framework, self.round.register, self.scores)


class RoundViews:
    """The rounds in memory, for all threads of the app."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: dict[str, RoundView] = {}
        self._lock = Lock()

    def get(self, name: str) -> RoundView | None:
        """A round as it is now, None where there is none. The first look at a large round takes seconds."""
        stamp = round_stamp(self._engine, name)
        if stamp is None:
            return None
        known = self._known.get(name)
        if known is not None and known.stamp == stamp:
            return known
        with self._lock:
            known = self._known.get(name)
            if known is None or known.stamp != stamp:
                known = _read(self._engine, name, stamp, known)
                self._known[name] = known
            return known


def _read(engine: Engine, name: str, stamp: RoundStamp, before: RoundView | None) -> RoundView:
    same_rules = before is not None and before.stamp.round[1:] == stamp.round[1:]
    found = before.round if before and before.stamp.round == stamp.round else repository.get_round(engine, name)
    assert found is not None
    visits = repository.counted_visits(engine, name)
    kept: dict[str, AgencyView] = {}
    if before is not None and same_rules:
        spoken = spoken_about(engine, name, decisions=before.stamp.decisions, declarations=before.stamp.declarations)
        kept = {
            agency: view
            for agency, view in before.agencies.items()
            if agency not in spoken and view.visit == visits.get(agency)
        }
    by_id = {agency.id: agency for agency in found.register.agencies}
    agencies = {
        agency: kept.get(agency) or _agency(engine, found, by_id[agency], visit)
        for agency, visit in sorted(visits.items())
    }
    bonus = bonus_points(found.framework, repository.participation_rows(engine, name))
    return _view(stamp, found, agencies, bonus, repository.stale_visits(engine, found, visits))


def _agency(engine: Engine, round_: Round, agency: Agency, visit: Visit) -> AgencyView:
    cells = repository.agency_cells(engine, round_, visit)
    score = score_agency(round_.framework, agency.id, [cell.finding for cell in cells])
    groups = groups_of(round_.framework, agency.id, visit.id, cells, score)
    return AgencyView(agency, visit, score, {group.key: group for group in groups}, counts_of(groups))


def _view(
    stamp: RoundStamp,
    round_: Round,
    agencies: Mapping[str, AgencyView],
    bonus: Mapping[str, Fraction],
    stale: Sequence[Matter],
) -> RoundView:
    scores = with_bonus({agency: view.score for agency, view in agencies.items()}, bonus)
    places = ranking_list(ListKey("all"), round_.framework, round_.register, scores).places
    gaps = gaps_to_neighbours(places)
    waiting = [
        (-importance(group.stake, gaps.get(agency)) - (FIRST if group.blocking else 0.0), group.key, group)
        for agency, view in agencies.items()
        for group in view.groups.values()
        if group.why is not None
    ]
    waiting.sort()
    return RoundView(
        stamp=stamp,
        round=round_,
        agencies=agencies,
        scores=scores,
        places={place.agency: place for place in places},
        queue=tuple([entry[2] for entry in waiting]),
        stale=tuple(stale),
    )


def gaps_to_neighbours(places: Sequence[Place]) -> Mapping[str, float]:
    """By ranked agency: points to the nearest neighbour in the list, 0 for equals; alone in the list it has none."""
    ranked = [(place.agency, float(place.score)) for place in places if place.score is not None]
    gaps: dict[str, float] = {}
    for (above, high), (below, low) in pairwise(ranked):
        for agency in (above, below):
            gaps[agency] = min(gaps.get(agency, high - low), high - low)
    return gaps


def importance(stake: float, gap: float | None) -> float:
    """The stake, doubled where it could change a rank: by how near it comes to the gap to the nearest neighbour."""
    if gap is None:
        return stake
    return stake * (2.0 if gap <= stake else 1.0 + stake / gap)
