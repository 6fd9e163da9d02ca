"""What a report shows: values ready to be worded, no more arithmetic behind this line."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Literal

from checks.findings import Finding
from config.models import Agency, Framework, Indicator, Priority, Service

CellState = Literal["level", "na", "unknown"]


@dataclass(frozen=True, slots=True)
class IndicatorCell:
    """One indicator of one agency: its value (0 to 1) over what was observed, and the findings behind it."""

    indicator: Indicator
    state: CellState
    value: Fraction | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class PriorityCell:
    """One priority of one agency: rounded score (0 to 100, as printed) or None, and its coverage (0 to 1)."""

    priority: Priority
    score: str | None
    coverage: Fraction


@dataclass(frozen=True, slots=True)
class AgencyReport:
    """One agency's scorecard. `rank` is None where too little was seen; scores are strings as they are published."""

    agency: Agency
    services: tuple[Service, ...]
    rank: int | None
    score: str | None
    low: str
    high: str
    coverage: Fraction
    priorities: tuple[PriorityCell, ...]
    cells: tuple[IndicatorCell, ...]
    visited_at: datetime | None
    snapshot_folder: str | None


@dataclass(frozen=True, slots=True)
class RoundReport:
    """A round in order of rank; agencies that are not ranked come last, by name."""

    name: str
    state: str
    framework: Framework
    agencies: tuple[AgencyReport, ...]
    made_at: datetime
    tie_style: str
