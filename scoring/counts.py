"""The counts that a round is published with, and whether they agree with themselves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import product

from checks.findings import Finding
from config.models import Framework, Register, service_units
from config.vocabulary import Outcome
from scoring.score import AgencyScore, printed

WINDOW_BAND = Fraction(3, 10)
"""Where the published bands of the single window part: none, below 30 %, 30 % and more."""
ELECTRONIC_STATUSES = ("full", "semi", "inherent", "none")


@dataclass(frozen=True, slots=True)
class Part:
    """One class of a breakdown: how many, and its share of the base in percent as printed (None without a base)."""

    name: str
    count: int
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Classes of a whole. `warnings` says in words where parts contradict the stated total, or their shares 100 %."""

    parts: tuple[Part, ...]
    total: int
    stated_total: int | None
    warnings: tuple[str, ...]

    def count(self, name: str) -> int:
        """The count of one class. Raises KeyError where there is none of this name."""
        return {part.name: part.count for part in self.parts}[name]


@dataclass(frozen=True, slots=True)
class RoundCounts:
    """What a round is about and what of it was seen. `means`: by priority, 0 to 100 as printed, over ranked agencies.

    `services` have no parent, `sub_services` have one, `units` are what is judged; a unit is observed where at least
    one indicator got a level.
    """

    indicators: int
    agencies: int
    agencies_visited: int
    services: int
    sub_services: int
    units: int
    units_observed: int
    electronic: Breakdown
    window: Breakdown | None
    means: Mapping[str, Decimal | None]
    mean_overall: Decimal | None


def percent(count: int, base: int, decimals: int = 0) -> Decimal:
    """A share in percent, half up. The base must be above 0."""
    exact = Decimal(count * 100) / Decimal(base)
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def breakdown(counts: Mapping[str, int], stated_total: int | None = None, decimals: int = 0) -> Breakdown:
    """Classes with their shares of the stated total, or of their sum where none is stated."""
    total = sum(counts.values())
    base = total if stated_total is None else stated_total
    parts = tuple(Part(name, count, percent(count, base, decimals) if base else None) for name, count in counts.items())
    warnings = []
    if total != base:
        warnings.append(f"The parts sum to {total}, the stated total is {base}: a difference of {total - base:+d}.")
    shares = sum((part.percent for part in parts if part.percent is not None), Decimal(0))
    if base and total == base and shares != 100:
        warnings.append(f"The rounded shares sum to {shares} %, not to 100 %.")
    return Breakdown(parts, total, stated_total, tuple(warnings))


def electronic_status(register: Register, framework: Framework) -> Breakdown:
    """The agencies' own claims about the status of their service units; what nobody stated stands apart."""
    counts = dict.fromkeys((*ELECTRONIC_STATUSES, "not_stated"), 0)
    for agency in register.agencies:
        for unit in service_units(register.services_of(agency.id), framework.service_unit):
            counts[unit.status or "not_stated"] += 1
    return breakdown(counts)


def window_bands(shares: Iterable[Fraction | None]) -> Breakdown:
    """Agencies by the share (0 to 1) of their services in a single window; None is unknown, never none."""
    counts = dict.fromkeys(("none", "below_30", "from_30", "unknown"), 0)
    for share in shares:
        if share is None:
            counts["unknown"] += 1
        elif share == 0:
            counts["none"] += 1
        else:
            counts["below_30" if share < WINDOW_BAND else "from_30"] += 1
    return breakdown(counts)


def splits_printing_as(percents: Sequence[int], base: int) -> Iterator[tuple[int, ...]]:
    """Every way to split `base` into parts whose shares print as these whole percents."""
    options = [[n for n in range(base + 1) if percent(n, base) == share] for share in percents]
    return (split for split in product(*options) if sum(split) == base)


def round_counts(
    framework: Framework,
    register: Register,
    findings: Iterable[Finding],
    scores: Mapping[str, AgencyScore],
    window_indicator: str | None = None,
) -> RoundCounts:
    """The counts of a round. `window_indicator` is the one whose value is the share of services in the window."""
    observed = {
        (finding.agency, finding.service)
        for finding in findings
        if finding.service is not None and finding.outcome in (Outcome.LEVEL, Outcome.CONFLICT)
    }
    units = {
        (agency.id, unit.id)
        for agency in register.agencies
        for unit in service_units(register.services_of(agency.id), framework.service_unit)
    }
    ranked = [score for score in scores.values() if score.enough_seen]
    by_priority = {
        priority.id: [score.priorities[place].estimate for score in ranked]
        for place, priority in enumerate(framework.priorities)
    }
    sub_services = sum(1 for service in register.services if service.parent is not None)
    return RoundCounts(
        indicators=len(framework.indicators),
        agencies=len(register.agencies),
        agencies_visited=len(scores),
        services=len(register.services) - sub_services,
        sub_services=sub_services,
        units=len(units),
        units_observed=len(units & observed),
        electronic=electronic_status(register, framework),
        window=None if window_indicator is None else window_bands(_values(scores, window_indicator)),
        means={
            name: _mean(framework, (e.value for e in estimates if e is not None))
            for name, estimates in by_priority.items()
        },
        mean_overall=_mean(framework, (score.estimate.value for score in ranked if score.estimate is not None)),
    )


def _values(scores: Mapping[str, AgencyScore], indicator_id: str) -> Iterator[Fraction | None]:
    """The values of one indicator; agencies that it does not apply to are left out."""
    for score in scores.values():
        estimate = score.indicator(indicator_id).estimate
        if estimate is not None:
            yield estimate.value


def _mean(framework: Framework, values: Iterable[Fraction | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return printed(sum(known, Fraction(0)) / len(known), framework) if known else None
