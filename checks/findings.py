"""The finding: one indicator, one agency or service, in the form that is stored and exported."""

from typing import Any

from config.models import Frozen
from config.vocabulary import Cause, DecidedBy, Outcome
from snapshot.models import Evidence


class Reason(Frozen):
    """Message key of the check (or of the runner) and the data its sentence is filled with."""

    key: str
    data: dict[str, Any] = {}


class Finding(Frozen):
    """One line of `didban findings --format jsonl`; the field names are a stable contract.

    `level` is on the indicator's grid, 0 to 1, None unless outcome is `level` or `conflict`.
    `confidence` is 0 to 1. `check` and `check_version` are None where no check exists yet.
    """

    round: str
    agency: str
    service: str | None = None
    indicator: str
    check: str | None = None
    check_version: int | None = None
    outcome: Outcome
    level: float | None = None
    ceiling: float | None = None
    confidence: float = 0.0
    cause: Cause | None = None
    reason: Reason
    text_fa: str
    text_en: str
    evidence: tuple[Evidence, ...] = ()
    decided_by: DecidedBy = DecidedBy.AUTO
