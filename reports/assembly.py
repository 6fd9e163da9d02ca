"""From a round's findings and scores to what the report shows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from checks.findings import Finding
from config.models import Framework, Register
from reports.data import AgencyReport, IndicatorCell, PriorityCell, RoundReport
from scoring.participation import with_bonus
from scoring.ranking import ranking
from scoring.score import AgencyScore, Estimate, IndicatorScore, PriorityScore, printed, score_round


@dataclass(frozen=True, slots=True)
class Visited:
    """When an agency was visited, and the folder of that snapshot."""

    as_of: datetime
    folder: str


def assemble(
    *,
    name: str,
    state: str,
    register: Register,
    framework: Framework,
    findings: Sequence[Finding],
    visits: Mapping[str, Visited],
    made_at: datetime,
    bonus: Mapping[str, Fraction] | None = None,
) -> RoundReport:
    """The report of a round: agencies with findings, in order of rank.

    `findings` as they stand; `bonus` are points for participation, out of 100, where the framework grants them.
    """
    by_agency: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_agency[finding.agency].append(finding)
    scores = with_bonus(score_round(framework, findings), bonus or {})
    entries = []
    for place in ranking(framework, scores):
        agency = register.agency(place.agency)
        if agency is None:
            continue
        score = scores[place.agency]
        whole = score.estimate or Estimate(None, Fraction(0), Fraction(0), Fraction(0))
        visit = visits.get(agency.id)
        entries.append(
            AgencyReport(
                agency=agency,
                services=register.services_of(agency.id),
                rank=place.rank,
                score=None if place.score is None else str(place.score),
                low=str(printed(whole.low, framework)),
                high=str(printed(whole.high, framework)),
                coverage=whole.coverage,
                priorities=tuple(_priority_cell(entry, framework) for entry in score.priorities),
                cells=_cells(framework, score, by_agency[agency.id]),
                visited_at=visit.as_of if visit else None,
                snapshot_folder=visit.folder if visit else None,
            )
        )
    return RoundReport(name, state, framework, tuple(entries), made_at, framework.tie_style)


def _priority_cell(entry: PriorityScore, framework: Framework) -> PriorityCell:
    estimate = entry.estimate
    value = estimate.value if estimate else None
    return PriorityCell(
        priority=entry.priority,
        score=None if value is None else str(printed(value, framework)),
        coverage=estimate.coverage if estimate else Fraction(0),
    )


def _cells(framework: Framework, score: AgencyScore, findings: Sequence[Finding]) -> tuple[IndicatorCell, ...]:
    return tuple(
        _cell(score.indicator(indicator.id), tuple(f for f in findings if f.indicator == indicator.id))
        for indicator in framework.indicators
    )


def _cell(entry: IndicatorScore, findings: tuple[Finding, ...]) -> IndicatorCell:
    if entry.estimate is None:
        return IndicatorCell(entry.indicator, "na", None, findings)
    if entry.estimate.value is None:
        return IndicatorCell(entry.indicator, "unknown", None, findings)
    return IndicatorCell(entry.indicator, "level", entry.estimate.value, findings)
