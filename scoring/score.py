"""From findings to scores: exact fractions inside, rounded once where they are printed.

How unknown enters (design: scoring). The value of an indicator is the mean over the units that were observed; an
indicator of which nothing was seen leaves the score. Both lower the coverage. The bounds keep every applicable unit:
an unknown unit counts 0 in the lower bound and its ceiling (1 where it has none) in the upper one. Where ceilings say
that the unseen cannot keep up with the seen, the score is held within its bounds.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from checks.findings import Finding
from config.models import Framework, Indicator, Priority
from config.vocabulary import Outcome

EXACT_DENOMINATOR = 10_000
"""Levels are stored as floats; every grid level and every share of up to this many units is recovered exactly."""


class ScoringError(Exception):
    """Findings, framework and register do not fit together; the message names what does not."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is known of a value between 0 and 1: over what was observed (None = nothing was), and its bounds.

    `coverage` is the share of the applicable weight that was observed, 0 to 1.
    """

    value: Fraction | None
    low: Fraction
    high: Fraction
    coverage: Fraction


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """One indicator of one agency. `estimate` is None where it applies to none of the agency's units."""

    indicator: Indicator
    estimate: Estimate | None
    applicable_units: int
    observed_units: int


@dataclass(frozen=True, slots=True)
class PriorityScore:
    """One priority of one agency. `estimate` is None where none of its indicators applies."""

    priority: Priority
    estimate: Estimate | None
    indicators: tuple[IndicatorScore, ...]


@dataclass(frozen=True, slots=True)
class AgencyScore:
    """One agency's result. `estimate` is None where nothing applies; `enough_seen` says whether it may be ranked."""

    agency: str
    estimate: Estimate | None
    enough_seen: bool
    priorities: tuple[PriorityScore, ...]

    def indicator(self, indicator_id: str) -> IndicatorScore:
        """The score of one indicator. Raises KeyError for an id that the framework does not have."""
        for priority in self.priorities:
            for entry in priority.indicators:
                if entry.indicator.id == indicator_id:
                    return entry
        raise KeyError(indicator_id)


def score_agency(framework: Framework, agency: str, findings: Iterable[Finding]) -> AgencyScore:
    """The score of one agency from its findings; an indicator without any finding counts as unknown.

    Raises ScoringError for a finding of an indicator that the framework lacks and for two findings of one cell.
    """
    by_indicator: dict[str, list[Finding]] = {indicator.id: [] for indicator in framework.indicators}
    for finding in findings:
        if finding.indicator not in by_indicator:
            raise ScoringError(
                f"Agency '{agency}' has a finding of indicator '{finding.indicator}', which framework "
                f"{framework.id} {framework.version} does not have: score with the framework it was judged by."
            )
        by_indicator[finding.indicator].append(finding)
    for indicator_id, found in by_indicator.items():
        _refuse_duplicates(agency, indicator_id, found)
    return combined(framework, agency, {i.id: indicator_score(i, by_indicator[i.id]) for i in framework.indicators})


def combined(framework: Framework, agency: str, indicators: Mapping[str, IndicatorScore]) -> AgencyScore:
    """Indicator scores joined by the weights of a framework; every indicator of it must be there (else KeyError).

    This is all that changes with other weights: no finding is read again.
    """
    priorities = tuple(
        PriorityScore(priority, weighted((s.indicator.weight, s.estimate) for s in scores), scores)
        for priority in framework.priorities
        for scores in [tuple(_of(entry, indicators[entry.id]) for entry in framework.indicators_of(priority.id))]
    )
    estimate = weighted((entry.priority.weight, entry.estimate) for entry in priorities)
    return AgencyScore(agency, estimate, _enough_seen(framework, estimate, priorities), priorities)


def reweighted(framework: Framework, scores: Mapping[str, AgencyScore]) -> Mapping[str, AgencyScore]:
    """The same findings under other weights, minima or priorities; an indicator without a score counts as unknown."""
    known = {
        agency: {entry.indicator.id: entry for priority in score.priorities for entry in priority.indicators}
        for agency, score in scores.items()
    }
    return {
        agency: combined(
            framework, agency, {i.id: entries.get(i.id) or indicator_score(i, []) for i in framework.indicators}
        )
        for agency, entries in known.items()
    }


def score_round(framework: Framework, findings: Sequence[Finding]) -> Mapping[str, AgencyScore]:
    """Scores of all agencies that have findings, by id in order of id; the order of the findings is of no matter."""
    by_agency: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_agency[finding.agency].append(finding)
    return {agency: score_agency(framework, agency, by_agency[agency]) for agency in sorted(by_agency)}


def _of(indicator: Indicator, score: IndicatorScore) -> IndicatorScore:
    if score.indicator is indicator:
        return score
    return IndicatorScore(indicator, score.estimate, score.applicable_units, score.observed_units)


def _refuse_duplicates(agency: str, indicator_id: str, findings: Sequence[Finding]) -> None:
    services = [finding.service for finding in findings]
    if len(set(services)) != len(services):
        twice = next(service for service, count in Counter(services).items() if count > 1)
        raise ScoringError(
            f"Agency '{agency}', indicator {indicator_id}, {f'service {twice!r}' if twice else 'the portal'}: "
            "there are two findings; each cell has one."
        )


def indicator_score(indicator: Indicator, findings: Sequence[Finding]) -> IndicatorScore:
    """One indicator over the units of these findings, each unit counting alike."""
    if not findings:
        unseen = Estimate(None, Fraction(0), Fraction(1), Fraction(0))
        return IndicatorScore(indicator, unseen, applicable_units=1, observed_units=0)
    applicable = [finding for finding in findings if finding.outcome != Outcome.NA]
    if not applicable:
        return IndicatorScore(indicator, None, applicable_units=0, observed_units=0)
    levels = Counter(f.level for f in applicable if f.outcome != Outcome.UNKNOWN and f.level is not None)
    count, observed = len(applicable), levels.total()
    whole = _sum(levels)
    estimate = Estimate(
        value=whole / observed if observed else None,
        low=whole / count,
        high=_sum(Counter(_highest(finding) for finding in applicable)) / count,
        coverage=Fraction(observed, count),
    )
    return IndicatorScore(indicator, estimate, applicable_units=count, observed_units=observed)


def _sum(levels: Counter[float]) -> Fraction:
    return sum((exact_level(level) * times for level, times in levels.items()), Fraction(0))


@lru_cache(maxsize=65_536)
def exact_level(level: float) -> Fraction:
    """The fraction that a stored level stands for: 0.25 is 1/4, and 0.3333333333333333 is 1/3."""
    return Fraction(level).limit_denominator(EXACT_DENOMINATOR)


def _highest(finding: Finding) -> float:
    if finding.outcome == Outcome.UNKNOWN or finding.level is None:
        return 1.0 if finding.ceiling is None else finding.ceiling
    return finding.level if finding.ceiling is None else max(finding.level, finding.ceiling)


def weighted(parts: Iterable[tuple[Fraction, Estimate | None]]) -> Estimate | None:
    """The weighted mean of the parts that apply; weights of the others are shared out by renormalising."""
    applying = [(weight, estimate) for weight, estimate in parts if estimate is not None]
    if not applying:
        return None
    whole = sum((weight for weight, _ in applying), Fraction(0))
    low = sum((weight * estimate.low for weight, estimate in applying), Fraction(0)) / whole
    high = sum((weight * estimate.high for weight, estimate in applying), Fraction(0)) / whole
    coverage = sum((weight * estimate.coverage for weight, estimate in applying), Fraction(0)) / whole
    seen = [(weight, estimate.value) for weight, estimate in applying if estimate.value is not None]
    value = None
    if seen:
        seen_weight = sum((weight for weight, _ in seen), Fraction(0))
        value = sum((weight * part for weight, part in seen), Fraction(0)) / seen_weight
        value = min(max(value, low), high)
    return Estimate(value, low, high, coverage)


def _enough_seen(framework: Framework, whole: Estimate | None, priorities: Sequence[PriorityScore]) -> bool:
    if whole is None or whole.value is None or whole.coverage < framework.minimum_coverage:
        return False
    return all(
        entry.estimate is None or entry.estimate.coverage >= framework.minimum_priority_coverage for entry in priorities
    )


def printed(share: Fraction, framework: Framework) -> Decimal:
    """A value between 0 and 1 as the framework prints it: 0 to 100, its decimals, half up or truncated."""
    step = Decimal(1).scaleb(-framework.decimals)
    units = share * 100 * 10**framework.decimals  # of the last printed place; exact, so nothing is rounded twice
    whole, rest = divmod(units.numerator, units.denominator)
    if framework.rounding == "half_up" and 2 * rest >= units.denominator:
        whole += 1
    return Decimal(whole) * step
