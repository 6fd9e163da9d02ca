"""From findings to scores: exact fractions inside, rounded once where they are printed.

How unknown enters (design: scoring). The value of an indicator is the mean over the units that were observed; an
indicator of which nothing was seen leaves the score. Both lower the coverage. The bounds keep every applicable unit:
an unknown unit counts 0 in the lower bound and its ceiling (1 where it has none) in the upper one. Where ceilings say
that the unseen cannot keep up with the seen, the score is held within its bounds.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from checks.findings import Finding
from config.models import Framework, Indicator, Priority
from config.vocabulary import Outcome

EXACT_DENOMINATOR = 10_000
"""Levels are stored as floats; every grid level and every share of up to this many units is recovered exactly."""


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
    """The score of one agency from its findings; an indicator without any finding counts as unknown."""
    by_indicator: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_indicator[finding.indicator].append(finding)
    priorities = tuple(_priority(framework, priority, by_indicator) for priority in framework.priorities)
    estimate = _weighted((entry.priority.weight, entry.estimate) for entry in priorities)
    return AgencyScore(agency, estimate, _enough_seen(framework, estimate, priorities), priorities)


def score_round(framework: Framework, findings: Sequence[Finding]) -> Mapping[str, AgencyScore]:
    """Scores of all agencies that have findings, by id in order of id; the order of the findings is of no matter."""
    by_agency: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_agency[finding.agency].append(finding)
    return {agency: score_agency(framework, agency, by_agency[agency]) for agency in sorted(by_agency)}


def _priority(framework: Framework, priority: Priority, findings: Mapping[str, list[Finding]]) -> PriorityScore:
    scores = tuple(_indicator(entry, findings.get(entry.id, [])) for entry in framework.indicators_of(priority.id))
    return PriorityScore(priority, _weighted((s.indicator.weight, s.estimate) for s in scores), scores)


def _indicator(indicator: Indicator, findings: Sequence[Finding]) -> IndicatorScore:
    if not findings:
        unseen = Estimate(None, Fraction(0), Fraction(1), Fraction(0))
        return IndicatorScore(indicator, unseen, applicable_units=1, observed_units=0)
    applicable = [finding for finding in findings if finding.outcome != Outcome.NA]
    if not applicable:
        return IndicatorScore(indicator, None, applicable_units=0, observed_units=0)
    levels = [_exact(f.level) for f in applicable if f.outcome != Outcome.UNKNOWN and f.level is not None]
    count = len(applicable)
    estimate = Estimate(
        value=sum(levels, Fraction(0)) / len(levels) if levels else None,
        low=sum(levels, Fraction(0)) / count,
        high=sum((_highest(finding) for finding in applicable), Fraction(0)) / count,
        coverage=Fraction(len(levels), count),
    )
    return IndicatorScore(indicator, estimate, applicable_units=count, observed_units=len(levels))


def _exact(level: float) -> Fraction:
    return Fraction(level).limit_denominator(EXACT_DENOMINATOR)


def _highest(finding: Finding) -> Fraction:
    ceiling = None if finding.ceiling is None else _exact(finding.ceiling)
    if finding.outcome == Outcome.UNKNOWN or finding.level is None:
        return Fraction(1) if ceiling is None else ceiling
    level = _exact(finding.level)
    return level if ceiling is None else max(level, ceiling)


def _weighted(parts: Iterable[tuple[Fraction, Estimate | None]]) -> Estimate | None:
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
