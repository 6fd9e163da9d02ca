"""Why a score and a rank moved between two rounds, split so that the parts sum to the move exactly.

The earlier round is turned into the later one in a fixed order, and each part is what its step changes:
1. own portal   cells observed in both rounds by the same version of the check take their new level;
2. coverage     cells that were observed, applicable or there in only one of the rounds take their new state;
3. rules        newer checks, then the new framework: weights, indicators, rounding, tie style, for everybody;
4. others       the other agencies take their new findings; it moves the rank only.
Another order could split otherwise; this one gives the portal's own work the first word.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from checks.findings import Finding
from config.models import Framework
from config.vocabulary import Outcome
from scoring.ranking import Entrant, entrant, places_of
from scoring.score import AgencyScore, ScoringError, score_agency, score_round

Cell = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Side:
    """A round as far as a move needs it."""

    name: str
    framework: Framework
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class Split:
    """The parts of a move. In points (0 to 100) or in places, where climbing is positive."""

    own_portal: Fraction
    coverage: Fraction
    rules: Fraction
    others: Fraction

    @property
    def total(self) -> Fraction:
        """The whole move."""
        return self.own_portal + self.coverage + self.rules + self.others


@dataclass(frozen=True, slots=True)
class Move:
    """One agency from one round to another. A split is None where the agency has no score or place in one of them."""

    agency: str
    points: Split | None
    places: Split | None
    rank_before: int | None
    rank_after: int | None


def split_move(before: Side, after: Side, agency: str) -> Move:
    """Why the agency moved. Raises ScoringError where one of the rounds has no findings of it."""
    old = [finding for finding in before.findings if finding.agency == agency]
    new = [finding for finding in after.findings if finding.agency == agency]
    for side, found in ((before, old), (after, new)):
        if not found:
            raise ScoringError(
                f"Round '{side.name}' has no findings of agency '{agency}': there is no move to explain."
            )
    own = _own_portal(old, new)
    covered = _coverage(before.framework, old, own, new)
    others_old = {
        name: score for name, score in score_round(before.framework, before.findings).items() if name != agency
    }
    others_new = {name: score for name, score in score_round(after.framework, after.findings).items() if name != agency}
    known = {indicator.id for indicator in after.framework.indicators}
    kept = [f for f in before.findings if f.agency != agency and f.indicator in known]
    others_by_new_rules = score_round(after.framework, kept)
    steps: list[tuple[Framework, AgencyScore, Mapping[str, AgencyScore]]] = [
        (before.framework, score_agency(before.framework, agency, old), others_old),
        (before.framework, score_agency(before.framework, agency, own), others_old),
        (before.framework, score_agency(before.framework, agency, covered), others_old),
        (after.framework, score_agency(after.framework, agency, new), others_by_new_rules),
        (after.framework, score_agency(after.framework, agency, new), others_new),
    ]
    values = [score.estimate.value if score.estimate else None for _, score, _ in steps]
    ranks = [_rank(*step) for step in steps]
    return Move(
        agency,
        points=_split([None if value is None else 100 * value for value in values]),
        places=_split([None if rank is None else Fraction(-rank) for rank in ranks]),
        rank_before=ranks[0],
        rank_after=ranks[-1],
    )


def _own_portal(old: Sequence[Finding], new: Sequence[Finding]) -> list[Finding]:
    later = {(f.indicator, f.service): f for f in new}
    changed = []
    for finding in old:
        now = later.get((finding.indicator, finding.service))
        same_check = now is not None and (now.check, now.check_version) == (finding.check, finding.check_version)
        changed.append(now if now is not None and same_check and _observed(finding) and _observed(now) else finding)
    return changed


def _coverage(
    framework: Framework, old: Sequence[Finding], own: Sequence[Finding], new: Sequence[Finding]
) -> list[Finding]:
    """The cells after the first step, where those seen or there in one round only stand as in the later one."""
    earlier: dict[Cell, Finding] = {(f.indicator, f.service): f for f in old}
    later: dict[Cell, Finding] = {(f.indicator, f.service): f for f in new}
    indicators = {indicator.id for indicator in framework.indicators}
    dropped = {indicator for indicator, _ in earlier} - {indicator for indicator, _ in later}
    changed: list[Finding] = []
    for finding in own:
        cell = (finding.indicator, finding.service)
        now = later.get(cell)
        if now is None:
            # A whole indicator that is gone is a change of rules, a single cell one of coverage.
            changed += [finding] if finding.indicator in dropped else []
        else:
            changed.append(finding if _observed(earlier[cell]) and _observed(now) else now)
    return [*changed, *(f for cell, f in later.items() if cell not in earlier and f.indicator in indicators)]


def _observed(finding: Finding) -> bool:
    return finding.outcome in (Outcome.LEVEL, Outcome.CONFLICT) and finding.level is not None


def _rank(framework: Framework, score: AgencyScore, others: Mapping[str, AgencyScore]) -> int | None:
    entrants: list[Entrant] = [entrant(framework, entry) for entry in (score, *others.values())]
    lines = places_of(entrants, framework.tie_style)
    return next(line.rank for line in lines if line.agency == score.agency)


def _split(steps: Sequence[Fraction | None]) -> Split | None:
    """The differences between the steps; a step in between without a value leaves its change to the next one."""
    if steps[0] is None or steps[-1] is None:
        return None
    parts: list[Fraction] = []
    last = steps[0]
    for step in steps[1:]:
        now = last if step is None else step
        parts.append(now - last)
        last = now
    return Split(*parts)
