"""What would gain most with least: single steps of the rubric, with the points and places each would bring."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from checks.findings import Finding
from config.models import Framework, Indicator
from config.vocabulary import Cause, Outcome
from scoring.ranking import Entrant, TieStyle, entrant, places_of
from scoring.score import AgencyScore, Estimate, IndicatorScore, combined, exact_level, indicator_score


@dataclass(frozen=True, slots=True)
class Fix:
    """All units of one indicator that stand at `level` raised to `target`, the next level of its grid.

    `points` is what it brings (0 to 100), `places` how far it climbs with all others unchanged (None where the agency
    is not ranked). `services` is empty for a portal indicator; `units` counts what must be changed.
    """

    indicator: str
    level: float
    target: float
    services: tuple[str, ...]
    units: int
    points: Fraction
    places: int | None


@dataclass(frozen=True, slots=True)
class Unseen:
    """Units of one indicator that could not be observed, why, and the most points that seeing them could bring."""

    indicator: str
    units: int
    causes: tuple[Cause, ...]
    most_points: Fraction


def fixes(
    framework: Framework,
    scores: Mapping[str, AgencyScore],
    agency: str,
    findings: Sequence[Finding],
    tie_style: TieStyle | None = None,
) -> list[Fix]:
    """Every single step, most points first; of equal points the one with fewer units to change comes first."""
    score = scores[agency]
    entrants = {name: entrant(framework, entry) for name, entry in scores.items()}
    style = tie_style or framework.tie_style
    rank = _rank(entrants, entrants[agency], style)
    made = []
    for indicator, of_indicator in _by_indicator(framework, agency, findings):
        for level, units in sorted(_levels(of_indicator).items()):
            target = _next_level(indicator, level)
            if target is None:
                continue
            raised = [
                f.model_copy(update={"level": target}) if _observed(f) and f.level == level else f for f in of_indicator
            ]
            after = _with(framework, score, indicator_score(indicator, raised))
            climbed = None
            if rank is not None:
                climbed = rank - (_rank(entrants, entrant(framework, after), style) or rank)
            services = tuple(f.service for f in units if f.service is not None)
            made.append(Fix(indicator.id, level, target, services, len(units), _gain(score, after), climbed))
    return sorted(made, key=lambda fix: (-fix.points, fix.units, fix.indicator, fix.level))


def unseen(framework: Framework, score: AgencyScore, findings: Sequence[Finding]) -> list[Unseen]:
    """What could not be observed, by how much it could still bring."""
    made = []
    for indicator, of_indicator in _by_indicator(framework, score.agency, findings):
        dark = [finding for finding in of_indicator if finding.outcome == Outcome.UNKNOWN]
        if of_indicator and not dark:
            continue
        best = indicator_score(indicator, [_at_best(finding) for finding in of_indicator])
        if not of_indicator:
            best = IndicatorScore(indicator, Estimate(*[Fraction(1)] * 4), applicable_units=1, observed_units=1)
        causes = tuple(sorted({finding.cause for finding in dark if finding.cause is not None}))
        gain = _gain(score, _with(framework, score, best))
        made.append(Unseen(indicator.id, len(dark) or 1, causes, max(gain, Fraction(0))))
    return sorted(made, key=lambda entry: (-entry.most_points, entry.indicator))


def _at_best(finding: Finding) -> Finding:
    if finding.outcome != Outcome.UNKNOWN:
        return finding
    level = 1.0 if finding.ceiling is None else finding.ceiling
    return finding.model_copy(update={"outcome": Outcome.LEVEL, "cause": None, "level": level})


def _observed(finding: Finding) -> bool:
    return finding.level is not None and finding.outcome in (Outcome.LEVEL, Outcome.CONFLICT)


def _by_indicator(
    framework: Framework, agency: str, findings: Sequence[Finding]
) -> list[tuple[Indicator, list[Finding]]]:
    grouped: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.agency == agency:
            grouped[finding.indicator].append(finding)
    return [(indicator, grouped[indicator.id]) for indicator in framework.indicators]


def _levels(findings: Sequence[Finding]) -> Mapping[float, list[Finding]]:
    by_level: dict[float, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.level is not None and _observed(finding):
            by_level[finding.level].append(finding)
    return by_level


def _next_level(indicator: Indicator, level: float) -> float | None:
    if indicator.value == "share":
        return 1.0 if level < 1 else None
    return min((step for step in indicator.levels if exact_level(step) > exact_level(level)), default=None)


def _with(framework: Framework, score: AgencyScore, changed: IndicatorScore) -> AgencyScore:
    known = {entry.indicator.id: entry for priority in score.priorities for entry in priority.indicators}
    return combined(framework, score.agency, {**known, changed.indicator.id: changed})


def _gain(before: AgencyScore, after: AgencyScore) -> Fraction:
    values = [e.estimate.value if e.estimate and e.estimate.value is not None else Fraction(0) for e in (before, after)]
    return 100 * (values[1] - values[0])


def _rank(entrants: Mapping[str, Entrant], changed: Entrant, style: TieStyle) -> int | None:
    lines = places_of({**entrants, changed.agency: changed}.values(), style)
    return next(line.rank for line in lines if line.agency == changed.agency)
