"""How agencies took part in a round: counts, a list, and bonus points where the framework grants them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from config.models import Framework, Participation
from config.participation import SessionRow
from scoring.score import AgencyScore, Estimate


@dataclass(frozen=True, slots=True)
class AgencyParticipation:
    """One agency's part: sessions it was invited to and came to, persons it sent (counted per session), refusal.

    `rank` is the place by sessions attended (share of the invitations, then number, then persons), equal ones sharing
    a place and the following places left out; None for agencies that were never invited.
    """

    agency: str
    invited: int
    attended: int
    representatives: int
    refused: bool
    rank: int | None = None

    @property
    def word(self) -> Participation:
        """`full` = came to every session it was invited to, `partial` = to some, `none` = to none or refused."""
        if self.refused or not self.attended:
            return "none"
        return "full" if self.attended >= self.invited else "partial"


@dataclass(frozen=True, slots=True)
class ParticipationCounts:
    """A round's participation as rounds publish it."""

    sessions: int
    agencies_invited: int
    agencies_attending: int
    representatives: int
    refused: tuple[str, ...]


def participation(rows: Iterable[SessionRow]) -> tuple[AgencyParticipation, ...]:
    """Each agency that the rows name, best first, then by id."""
    by_agency: dict[str, list[SessionRow]] = {}
    for row in rows:
        by_agency.setdefault(row.agency, []).append(row)
    entries = [
        AgencyParticipation(
            agency=agency,
            invited=sum(row.invited for row in own if row.session),
            attended=sum(row.attended for row in own),
            representatives=sum(row.representatives for row in own),
            refused=any(row.refused for row in own),
        )
        for agency, own in by_agency.items()
    ]
    entries.sort(key=lambda entry: (*(-part for part in _merit(entry)), entry.agency))
    ranked: list[AgencyParticipation] = []
    for place, entry in enumerate(entries, start=1):
        tied = bool(ranked) and _merit(ranked[-1]) == _merit(entry)
        rank = None if not entry.invited else ranked[-1].rank if tied else place
        ranked.append(replace(entry, rank=rank))
    return tuple(ranked)


def _merit(entry: AgencyParticipation) -> tuple[Fraction, ...]:
    """Invited before never invited, co-operating before refusing, then by attendance."""
    share = Fraction(entry.attended, entry.invited) if entry.invited else Fraction(0)
    came = Fraction(0 if entry.refused else 1)
    return Fraction(bool(entry.invited)), came, share, Fraction(entry.attended), Fraction(entry.representatives)


def participation_counts(rows: Iterable[SessionRow]) -> ParticipationCounts:
    """The counts of a round."""
    known = list(rows)
    return ParticipationCounts(
        sessions=len({row.session for row in known if row.session}),
        agencies_invited=len({row.agency for row in known if row.session and row.invited}),
        agencies_attending=len({row.agency for row in known if row.attended}),
        representatives=sum(row.representatives for row in known),
        refused=tuple(sorted({row.agency for row in known if row.refused})),
    )


def bonus_points(framework: Framework, rows: Iterable[SessionRow]) -> Mapping[str, Fraction]:
    """Points out of 100 by agency, by the framework's rule; empty where it has none."""
    rule = framework.participation_bonus
    if rule is None:
        return {}
    points = {"full": rule.full, "partial": rule.partial, "none": Fraction(0)}
    return {entry.agency: points[entry.word] for entry in participation(rows) if points[entry.word]}


def with_bonus(scores: Mapping[str, AgencyScore], points: Mapping[str, Fraction]) -> Mapping[str, AgencyScore]:
    """Scores with bonus points added to the overall value and its bounds, never above 100; coverage is untouched."""
    return {
        agency: replace(score, estimate=_raised(score.estimate, points[agency] / 100))
        if score.estimate is not None and points.get(agency)
        else score
        for agency, score in scores.items()
    }


def _raised(estimate: Estimate, by: Fraction) -> Estimate:
    return replace(
        estimate,
        value=None if estimate.value is None else min(estimate.value + by, Fraction(1)),
        low=min(estimate.low + by, Fraction(1)),
        high=min(estimate.high + by, Fraction(1)),
    )
