"""Single findings: one by its number, those of some cells of a visit, and those of a cell over all rounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from checks.findings import Finding
from store.tables import FindingRow, VisitRow

MOST_EARLIER = 12


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A visit's own finding with its number in the store, and the visit: round, folder and time."""

    number: int
    finding: Finding
    visit_id: str
    round: str
    folder: str
    as_of: datetime


def stored_finding(engine: Engine, number: int) -> StoredFinding | None:
    """A finding by its number, None where there is none (any more: judging again gives new numbers)."""
    with Session(engine) as session:
        query = select(FindingRow, VisitRow).where(
            col(FindingRow.id) == number, col(VisitRow.id) == col(FindingRow.visit_id)
        )
        found = session.exec(query).first()
        return None if found is None else _stored(*found)


def cell_findings(engine: Engine, visit_id: str, indicator: str, services: Sequence[str | None]) -> list[StoredFinding]:
    """What a visit found for an indicator, for these services (None = the portal), in the order of the register."""
    with Session(engine) as session:
        query = (
            select(FindingRow, VisitRow)
            .where(
                col(FindingRow.visit_id) == visit_id,
                col(FindingRow.indicator) == indicator,
                col(FindingRow.service_key).in_([service or "" for service in services]),
                col(VisitRow.id) == col(FindingRow.visit_id),
            )
            .order_by(col(FindingRow.position))
        )
        return [_stored(*found) for found in session.exec(query).all()]


def cell_history(engine: Engine, agency: str, indicator: str, service: str | None, *, but: str) -> list[StoredFinding]:
    """What other visits than `but` found for a cell, in all rounds, newest first, at most MOST_EARLIER."""
    with Session(engine) as session:
        query = (
            select(FindingRow, VisitRow)
            .where(
                col(FindingRow.agency) == agency,
                col(FindingRow.indicator) == indicator,
                col(FindingRow.service_key) == (service or ""),
                col(VisitRow.id) == col(FindingRow.visit_id),
                col(VisitRow.id) != but,
            )
            .order_by(col(VisitRow.as_of).desc())
            .limit(MOST_EARLIER)
        )
        return [_stored(*found) for found in session.exec(query).all()]


def _stored(row: FindingRow, visit: VisitRow) -> StoredFinding:
    assert row.id is not None
    finding = Finding.model_validate_json(row.document)
    return StoredFinding(row.id, finding, visit.id, visit.round, visit.folder, visit.as_of)
