"""What people say in a round: decisions, declarations, participation. Rows are only added, never changed."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from config.declarations import DeclaredRow
from config.participation import SessionRow
from scoring.effective import Decision, Declaration
from store.audit import log
from store.decision_tables import DecisionRow, DeclarationRow, ParticipationRow
from store.round_states import as_state, require_undecided
from store.rounds import stored_round

Said = Literal["decisions", "declarations", "participation"]
SaidTable = type[DecisionRow] | type[DeclarationRow] | type[ParticipationRow]
TABLES: dict[Said, SaidTable] = {
    "decisions": DecisionRow,
    "declarations": DeclarationRow,
    "participation": ParticipationRow,
}


def add_declarations(
    engine: Engine, round_name: str, rows: Sequence[DeclaredRow], *, who: str, file: str, file_sha256: str
) -> int:
    """Record the declarations of one file; an earlier one on the same cell stays on record. Returns how many.

    Raises RoundStateError where the round takes none.
    """
    now = datetime.now(UTC)
    with Session(engine) as session:
        require_undecided(round_name, as_state(stored_round(session, round_name, lock=True).state), "declarations")
        for entry in rows:
            spoken = Declaration(
                number=0,
                agency=entry.agency,
                service=entry.service,
                indicator=entry.indicator,
                level=entry.level,
                note=entry.note,
                evidence=entry.evidence,
                declared_at=now,
                who=who,
                file=file,
                file_sha256=file_sha256,
                row=entry.row,
            )
            session.add(DeclarationRow(**_said(round_name, spoken, now, who)))
        detail = {"file": file, "file_sha256": file_sha256, "rows": len(rows)}
        log(session, who=who, action="declarations_added", subject=round_name, detail=detail, at=now)
        session.commit()
    return len(rows)


def add_decisions(engine: Engine, round_name: str, decisions: Sequence[Decision]) -> list[int]:
    """Record decisions and their entries in the audit log, all or none; returns the numbers that the store gave them.

    Decisions of one person, moment and value share an entry. Raises RoundStateError where the round takes none.
    """
    with Session(engine) as session:
        require_undecided(round_name, as_state(stored_round(session, round_name, lock=True).state), "decisions")
        rows = [DecisionRow(**_said(round_name, entry, entry.decided_at, entry.who)) for entry in decisions]
        session.add_all(rows)
        session.flush()
        numbers = [row.id for row in rows if row.id is not None]
        _log_decisions(session, round_name, list(zip(numbers, decisions, strict=True)))
        session.commit()
        return numbers


def _log_decisions(session: Session, round_name: str, made: Sequence[tuple[int, Decision]]) -> None:
    alike: dict[tuple[Any, ...], list[tuple[int, Decision]]] = {}
    for number, entry in made:
        key = (
            entry.agency,
            entry.indicator,
            entry.before,
            entry.after,
            entry.reason,
            entry.note,
            entry.withdraws is None,
        )
        alike.setdefault(key, []).append((number, entry))
    for group in alike.values():
        first = group[0][1]
        detail = {
            "from": first.before.model_dump(mode="json"),
            "to": first.after.model_dump(mode="json"),
            "reason": first.reason,
            "note": first.note,
            "evidence_sha256": sorted({entry.evidence_sha256 for _, entry in group}),
            "services": [entry.service for _, entry in group if entry.service],
            "decisions": [number for number, _ in group],
            "withdraws": [entry.withdraws for _, entry in group if entry.withdraws],
        }
        log(
            session,
            who=first.who,
            action="decision" if first.withdraws is None else "decision_withdrawn",
            subject=f"{round_name}/{first.agency}/{first.indicator}",
            detail=detail,
            at=first.decided_at,
        )


def _said(round_name: str, entry: Declaration | Decision, at: datetime, who: str) -> dict[str, Any]:
    return {
        "round": round_name,
        "agency": entry.agency,
        "service_key": entry.service or "",
        "indicator": entry.indicator,
        "at": at,
        "who": who,
        "document": entry.model_dump_json(exclude={"number"}),
    }


def declarations(
    engine: Engine, round_name: str, *, up_to: int | None = None, agency: str | None = None
) -> list[Declaration]:
    """The declarations of a round (of one agency of it), oldest first; `up_to` is the last number to be read."""
    rows = _said_rows(engine, DeclarationRow, round_name, up_to, agency)
    return [Declaration.model_validate_json(_numbered(number, document)) for number, document in rows]


def decisions(
    engine: Engine, round_name: str, *, up_to: int | None = None, agency: str | None = None
) -> list[Decision]:
    """The decisions of a round (on one agency of it), oldest first; `up_to` is the last number to be read."""
    rows = _said_rows(engine, DecisionRow, round_name, up_to, agency)
    return [Decision.model_validate_json(_numbered(number, document)) for number, document in rows]


def _numbered(number: int | None, document: str) -> str:
    return f'{{"number":{number},{document[1:]}'


def _said_rows(
    engine: Engine, table: SaidTable, round_name: str, up_to: int | None, agency: str | None = None
) -> list[tuple[int | None, str]]:
    query = select(col(table.id), col(table.document)).where(col(table.round) == round_name).order_by(col(table.id))
    if agency is not None:
        query = query.where(col(table.agency) == agency)
    if up_to is not None:
        query = query.where(col(table.id) <= up_to)
    with Session(engine) as session:
        return [(number, document) for number, document in session.exec(query).all()]


def said_documents(engine: Engine, what: Said, round_name: str, up_to: int) -> list[str]:
    """The stored texts of one sort of words up to a number, oldest first, each with its number: what digests are of."""
    return [f"{number} {document}" for number, document in _said_rows(engine, TABLES[what], round_name, up_to)]


def add_participation(engine: Engine, round_name: str, rows: Sequence[SessionRow], *, who: str) -> int:
    """Record who took part; of several rows on one agency and session the last counts. Returns how many.

    Raises RoundStateError where the round takes none.
    """
    now = datetime.now(UTC)
    with Session(engine) as session:
        require_undecided(round_name, as_state(stored_round(session, round_name, lock=True).state), "participation")
        for entry in rows:
            session.add(
                ParticipationRow(
                    round=round_name,
                    session_key=entry.session or "",
                    agency=entry.agency,
                    at=now,
                    who=who,
                    held_on=entry.held_on,
                    document=entry.model_dump_json(),
                )
            )
        log(session, who=who, action="participation_added", subject=round_name, detail={"rows": len(rows)}, at=now)
        session.commit()
    return len(rows)


def participation_rows(engine: Engine, round_name: str, *, up_to: int | None = None) -> list[SessionRow]:
    """Who took part in a round, each agency and session once; `up_to` is the last number to be read."""
    last: dict[tuple[str | None, str], SessionRow] = {}
    for _, document in _said_rows(engine, ParticipationRow, round_name, up_to):
        entry = SessionRow.model_validate_json(document)
        last[(entry.session, entry.agency)] = entry
    return list(last.values())


def last_numbers(engine: Engine, round_name: str) -> dict[Said, int]:
    """The highest numbers of decisions, declarations and participation rows of a round, 0 where there are none."""
    with Session(engine) as session:
        return {
            name: session.exec(select(func.max(col(table.id))).where(col(table.round) == round_name)).one() or 0
            for name, table in TABLES.items()
        }
