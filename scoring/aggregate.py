"""A ministry with its subsidiaries: the aggregate scope, beside the own scope of each body.

The framework says how bodies are joined (`aggregate`):
`bodies`  in each indicator every body counts alike;
`units`   in each indicator every unit (portal or service) of every body counts alike.
A subsidiary that was not visited counts as unknown: it lowers the coverage and widens the bounds, it is never a zero.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

from config.models import Framework, Indicator, Register, service_units
from scoring.score import AgencyScore, Estimate, IndicatorScore, ScoringError, combined, weighted


def subsidiaries(register: Register) -> Mapping[str, tuple[str, ...]]:
    """By agency: the bodies under it, direct ones and those below them, in order of id.

    Raises ScoringError for a parent that the register lacks and for parents that run in a circle.
    """
    parents = {agency.id: agency.parent for agency in register.agencies}
    below: dict[str, list[str]] = defaultdict(list)
    for agency_id in parents:
        path = [agency_id]
        while (above := parents[path[-1]]) is not None:
            if above not in parents:
                raise ScoringError(f"Agency '{path[-1]}' names '{above}' as its parent, which the register lacks.")
            if above in path:
                raise ScoringError(f"The parents of agencies run in a circle: {' > '.join([*path, above])}.")
            path.append(above)
            below[above].append(agency_id)
    return {agency_id: tuple(sorted(below[agency_id])) for agency_id in parents}


def aggregate_round(
    framework: Framework, register: Register, scores: Mapping[str, AgencyScore]
) -> Mapping[str, AgencyScore]:
    """The scores in aggregate scope; a body without subsidiaries keeps its own. Raises ScoringError as above."""
    joined: dict[str, AgencyScore] = {}
    for agency, bodies in subsidiaries(register).items():
        group = (agency, *bodies)
        if not bodies and agency in scores:
            joined[agency] = scores[agency]
        elif any(body in scores for body in group):
            indicators = {i.id: _joined(framework, register, i, group, scores) for i in framework.indicators}
            joined[agency] = combined(framework, agency, indicators)
    return dict(sorted(joined.items()))


def _joined(
    framework: Framework,
    register: Register,
    indicator: Indicator,
    group: Sequence[str],
    scores: Mapping[str, AgencyScore],
) -> IndicatorScore:
    parts = [
        scores[body].indicator(indicator.id) if body in scores else _unseen(framework, register, indicator, body)
        for body in group
    ]
    applying = [(part, part.estimate) for part in parts if part.estimate is not None]
    if not applying:
        return IndicatorScore(indicator, None, applicable_units=0, observed_units=0)
    units = sum(part.applicable_units for part, _ in applying)
    observed = sum(part.observed_units for part, _ in applying)
    if framework.aggregate == "bodies":
        estimate = weighted((Fraction(1), entry) for _, entry in applying)
    else:
        reached = sum((entry.low * part.applicable_units for part, entry in applying), Fraction(0))
        highest = sum((entry.high * part.applicable_units for part, entry in applying), Fraction(0))
        value = reached / observed if observed else None
        estimate = Estimate(value, reached / units, highest / units, Fraction(observed, units))
    return IndicatorScore(indicator, estimate, applicable_units=units, observed_units=observed)


def _unseen(framework: Framework, register: Register, indicator: Indicator, body: str) -> IndicatorScore:
    units = 1
    if indicator.scope == "service":
        units = len(service_units(register.services_of(body), framework.service_unit))
    if not units:
        return IndicatorScore(indicator, None, applicable_units=0, observed_units=0)
    unknown = Estimate(None, Fraction(0), Fraction(1), Fraction(0))
    return IndicatorScore(indicator, unknown, applicable_units=units, observed_units=0)
