"""All access to the store: rounds, visits, findings. Each function is one transaction."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Engine, delete, func, insert, update
from sqlmodel import Session, col, select

from checks.findings import Finding
from config.models import Framework, Register
from config.vocabulary import Cause
from store.tables import FindingRow, RoundRow, VisitRow

RoundState = Literal["draft", "open", "review", "provisional", "frozen", "published", "withdrawn"]
VisitState = Literal["ordered", "judged", "failed"]
BATCH = 200


class RoundConflictError(Exception):
    """The round was opened with another register or framework, which stay locked."""


@dataclass(frozen=True, slots=True)
class Round:
    """A round with its locked register and framework."""

    name: str
    state: str
    opened_at: datetime
    register: Register
    framework: Framework
    register_sha256: str
    framework_sha256: str


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


def _digest(document: str) -> str:
    return hashlib.sha256(document.encode()).hexdigest()


def open_round(engine: Engine, name: str, register: Register, framework: Framework) -> Round:
    """Open a round with this register and framework locked, or return it where it is open with the very same ones.

    Raises RoundConflictError where the round exists with others.
    """
    register_json, framework_json = register.model_dump_json(), framework.model_dump_json()
    row = RoundRow(
        name=name,
        state="open",
        opened_at=datetime.now(UTC),
        register_json=register_json,
        register_sha256=_digest(register_json),
        framework_json=framework_json,
        framework_sha256=_digest(framework_json),
    )
    with Session(engine) as session:
        known = session.get(RoundRow, name)
        if known is None:
            session.add(row)
            session.commit()
        else:
            for what in ("register", "framework"):
                if getattr(known, f"{what}_sha256") != getattr(row, f"{what}_sha256"):
                    raise RoundConflictError(
                        f"Round '{name}' was opened with another {what}, which is locked. "
                        f"Leave out --{what} to go on with the locked one, or choose a new round name."
                    )
    found = get_round(engine, name)
    assert found is not None
    return found


def get_round(engine: Engine, name: str) -> Round | None:
    """A round by name, None where there is none."""
    with Session(engine) as session:
        row = session.get(RoundRow, name)
        return None if row is None else _round(row)


def list_rounds(engine: Engine) -> list[Round]:
    """All rounds, newest first."""
    with Session(engine) as session:
        rows = session.exec(select(RoundRow).order_by(col(RoundRow.opened_at).desc())).all()
        return [_round(row) for row in rows]


def _round(row: RoundRow) -> Round:
    return Round(
        name=row.name,
        state=row.state,
        opened_at=row.opened_at,
        register=Register.model_validate_json(row.register_json),
        framework=Framework.model_validate_json(row.framework_json),
        register_sha256=row.register_sha256,
        framework_sha256=row.framework_sha256,
    )


def unfinished_visit(engine: Engine, round_name: str, agency: str) -> Visit | None:
    """The visit that was ordered and neither judged nor given up, if any: the one to go on with."""
    with Session(engine) as session:
        row = session.exec(
            select(VisitRow)
            .where(col(VisitRow.round) == round_name, col(VisitRow.agency) == agency, col(VisitRow.state) == "ordered")
            .order_by(col(VisitRow.attempt).desc())
        ).first()
        return None if row is None else _visit(row)


def order_visit(engine: Engine, round_name: str, agency: str, *, counts: bool, as_of: datetime) -> Visit:
    """Record a new visit of an agency, with the next attempt number."""
    with Session(engine) as session:
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
        )
        session.add(row)
        session.commit()
        return _visit(row)


def fail_visit(engine: Engine, visit_id: str, cause: Cause, detail: str) -> None:
    """Record that a visit itself broke. It is not gone on with; the next run orders a new one."""
    with Session(engine) as session:
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
) -> None:
    """Store the findings of a sealed visit and mark it judged, in one transaction; what it had before is replaced."""
    rows = [_finding_row(visit_id, position, finding) for position, finding in enumerate(findings)]
    with Session(engine) as session:
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
    """By agency: its last judged visit that counts in the round."""
    with Session(engine) as session:
        rows = session.exec(
            select(VisitRow)
            .where(col(VisitRow.round) == round_name, col(VisitRow.state) == "judged", col(VisitRow.counts))
            .order_by(col(VisitRow.attempt))
        ).all()
        return {row.agency: _visit(row) for row in rows}


def visit_findings(engine: Engine, visit_ids: Sequence[str]) -> list[Finding]:
    """Findings of these visits: by agency, then in the order of the framework and the register."""
    with Session(engine) as session:
        documents = session.exec(
            select(col(FindingRow.document))
            .where(col(FindingRow.visit_id).in_(visit_ids))
            .order_by(col(FindingRow.agency), col(FindingRow.visit_id), col(FindingRow.position))
        ).all()
        return [Finding.model_validate_json(document) for document in documents]


def round_findings(engine: Engine, round_name: str) -> list[Finding]:
    """The findings that count in a round: those of each agency's last judged visit."""
    return visit_findings(engine, [visit.id for visit in counted_visits(engine, round_name).values()])


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
