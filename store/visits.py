"""Visits and their findings in the store. Each function is one transaction."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Engine, delete, func, insert, update
from sqlmodel import Session, col, select

from checks.findings import Finding
from config.vocabulary import Cause
from store.decision_tables import EditionRow
from store.edition_models import Edition
from store.leases import Fence, require_fence
from store.tables import FindingRow, RoundRow, VisitRow

VisitState = Literal["ordered", "judged", "failed"]
BATCH = 200


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit as the store knows it. `folder` is relative to the workspace."""

    id: str
    round: str
    agency: str
    attempt: int
    counts: bool
    state: str
    folder: str
    as_of: datetime
    judged_at: datetime | None
    cause: Cause | None
    detail: str | None
    page_count: int
    rendered_count: int


class FrozenVisitError(Exception):
    """The findings of this visit stand in a frozen edition and are not replaced."""


def unfinished_visit(engine: Engine, round_name: str, agency: str) -> Visit | None:
    """The visit that was ordered and neither judged nor given up, if any: the one to go on with."""
    with Session(engine) as session:
        row = session.exec(
            select(VisitRow)
            .where(col(VisitRow.round) == round_name, col(VisitRow.agency) == agency, col(VisitRow.state) == "ordered")
            .order_by(col(VisitRow.attempt).desc())
        ).first()
        return None if row is None else _visit(row)


def visit_of_job(engine: Engine, job: str) -> Visit | None:
    """The last visit that was ordered for a job, if any."""
    with Session(engine) as session:
        row = session.exec(
            select(VisitRow).where(col(VisitRow.job) == job).order_by(col(VisitRow.attempt).desc())
        ).first()
        return None if row is None else _visit(row)


def order_visit(
    engine: Engine,
    round_name: str,
    agency: str,
    *,
    counts: bool,
    as_of: datetime,
    job: str | None = None,
    fence: Fence | None = None,
) -> Visit:
    """Record a new visit of an agency, with the next attempt number. Raises LostLeaseError."""
    with Session(engine) as session:
        require_fence(session, fence)
        made = session.exec(
            select(func.max(col(VisitRow.attempt))).where(
                col(VisitRow.round) == round_name, col(VisitRow.agency) == agency
            )
        ).one()
        attempt = (made or 0) + 1
        row = VisitRow(
            id=f"{round_name}.{agency}.{attempt}",
            round=round_name,
            agency=agency,
            attempt=attempt,
            counts=counts,
            state="ordered",
            folder=f"evidence/visits/{round_name}/{agency}/{attempt:04d}",
            ordered_at=as_of,
            as_of=as_of,
            job=job,
        )
        session.add(row)
        session.commit()
        return _visit(row)


def fail_visit(engine: Engine, visit_id: str, cause: Cause, detail: str, *, fence: Fence | None = None) -> None:
    """Record that a visit itself broke. It is not gone on with; the next run orders a new one.

    Raises LostLeaseError.
    """
    with Session(engine) as session:
        require_fence(session, fence)
        session.exec(
            update(VisitRow).where(col(VisitRow.id) == visit_id).values(state="failed", cause=cause, detail=detail)
        )
        session.commit()


def save_judged(
    engine: Engine,
    visit_id: str,
    findings: Sequence[Finding],
    *,
    page_count: int,
    rendered_count: int,
    cause: Cause | None,
    fence: Fence | None = None,
) -> None:
    """Store the findings of a sealed visit and mark it judged, in one transaction; what it had before is replaced.

    Raises FrozenVisitError where an edition of the round rests on this visit, LostLeaseError where another worker has
    taken the agency over.
    """
    rows = [_finding_row(visit_id, position, finding) for position, finding in enumerate(findings)]
    with Session(engine) as session:
        require_fence(session, fence)
        _require_not_frozen(session, visit_id)
        session.exec(delete(FindingRow).where(col(FindingRow.visit_id) == visit_id))
        for start in range(0, len(rows), BATCH):
            session.exec(insert(FindingRow), params=rows[start : start + BATCH])
        session.exec(
            update(VisitRow)
            .where(col(VisitRow.id) == visit_id)
            .values(
                state="judged",
                judged_at=datetime.now(UTC),
                page_count=page_count,
                rendered_count=rendered_count,
                cause=cause,
            )
        )
        session.commit()


def _require_not_frozen(session: Session, visit_id: str) -> None:
    visit = session.get(VisitRow, visit_id)
    editions = select(EditionRow).where(col(EditionRow.round) == (visit.round if visit else ""))
    for row in session.exec(editions).all():
        if visit_id in Edition.model_validate_json(row.document).visits:
            raise FrozenVisitError(f"Edition {row.number} of round '{row.round}' rests on visit {visit_id}.")


def _finding_row(visit_id: str, position: int, finding: Finding) -> dict[str, Any]:
    return {
        "visit_id": visit_id,
        "agency": finding.agency,
        "service_key": finding.service or "",
        "indicator": finding.indicator,
        "position": position,
        "outcome": finding.outcome,
        "level": finding.level,
        "cause": finding.cause,
        "confidence": finding.confidence,
        "document": finding.model_dump_json(),
    }


def counted_visits(engine: Engine, round_name: str) -> dict[str, Visit]:
    """By agency of the register: its last judged visit inside the round's window that is not advisory."""
    with Session(engine) as session:
        row = session.get(RoundRow, round_name)
        if row is None:
            return {}
        agencies = {agency["id"] for agency in json.loads(row.register_json)["agencies"]}
        query = (
            select(VisitRow)
            .where(col(VisitRow.round) == round_name, col(VisitRow.state) == "judged", col(VisitRow.counts))
            .order_by(col(VisitRow.attempt))
        )
        if row.window_from is not None:
            query = query.where(col(VisitRow.as_of) >= row.window_from)
        if row.window_to is not None:
            query = query.where(col(VisitRow.as_of) <= row.window_to)
        return {visit.agency: _visit(visit) for visit in session.exec(query).all() if visit.agency in agencies}


def judged_visits(engine: Engine, round_name: str) -> list[Visit]:
    """Every judged visit of a round, also the advisory ones, by agency and attempt."""
    with Session(engine) as session:
        query = (
            select(VisitRow)
            .where(col(VisitRow.round) == round_name, col(VisitRow.state) == "judged")
            .order_by(col(VisitRow.agency), col(VisitRow.attempt))
        )
        return [_visit(row) for row in session.exec(query).all()]


def own_findings(engine: Engine, visit_ids: Sequence[str]) -> list[Finding]:
    """What these visits themselves found: by agency, then in the order of the framework and the register."""
    return [Finding.model_validate_json(document) for document in finding_documents(engine, visit_ids)]


def finding_documents(engine: Engine, visit_ids: Sequence[str]) -> list[str]:
    """The stored texts of these visits' own findings, in the order of `own_findings`."""
    with Session(engine) as session:
        query = (
            select(col(FindingRow.document))
            .where(col(FindingRow.visit_id).in_(visit_ids))
            .order_by(col(FindingRow.agency), col(FindingRow.visit_id), col(FindingRow.position))
        )
        return list(session.exec(query).all())


def _visit(row: VisitRow) -> Visit:
    return Visit(
        id=row.id,
        round=row.round,
        agency=row.agency,
        attempt=row.attempt,
        counts=row.counts,
        state=row.state,
        folder=row.folder,
        as_of=row.as_of,
        judged_at=row.judged_at,
        cause=Cause(row.cause) if row.cause else None,
        detail=row.detail,
        page_count=row.page_count,
        rendered_count=row.rendered_count,
    )
