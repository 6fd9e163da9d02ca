"""The audit log: every act of a person, added only, each entry chained to the one before it by its digest."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, func, update
from sqlmodel import Session, col, select

from store.review_tables import AuditHeadRow, AuditRow

CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act: who did what to which subject. `detail` holds its data; `sha256` chains it to `previous_sha256`."""

    number: int
    at: datetime
    who: str
    action: str
    subject: str
    detail: Mapping[str, Any]
    previous_sha256: str
    sha256: str


def log(
    session: Session, *, who: str, action: str, subject: str, detail: Mapping[str, Any] | None = None, at: datetime
) -> None:
    """Add an entry inside a running transaction: the act and its entry are stored together or not at all."""
    # Written before it is read: the row is then ours on every database, and no two entries follow the same one.
    head = col(AuditHeadRow.id) == 1
    session.exec(update(AuditHeadRow).where(head).values(number=AuditHeadRow.number + 1))
    number, previous = session.exec(select(AuditHeadRow.number, AuditHeadRow.sha256).where(head)).one()
    text = json.dumps(detail or {}, ensure_ascii=False, sort_keys=True, default=str)
    # Databases keep microseconds; the digest must be the same after reading back.
    sha256 = _digest(number, at, who, action, subject, text, previous)
    session.add(
        AuditRow(
            number=number,
            at=at,
            who=who,
            action=action,
            subject=subject,
            detail=text,
            previous_sha256=previous,
            sha256=sha256,
        )
    )
    session.exec(update(AuditHeadRow).where(head).values(sha256=sha256))


def log_alone(engine: Engine, *, who: str, action: str, subject: str, detail: Mapping[str, Any] | None = None) -> None:
    """Add an entry for an act that changes nothing else in the store."""
    with Session(engine) as session:
        log(session, who=who, action=action, subject=subject, detail=detail, at=datetime.now(UTC))
        session.commit()


def _digest(number: int, at: datetime, who: str, action: str, subject: str, detail: str, previous: str) -> str:
    parts = [number, at.astimezone(UTC).isoformat(), who, action, subject, detail, previous]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def audit_page(
    engine: Engine, *, who: str = "", action: str = "", subject: str = "", page: int = 1, size: int = 50
) -> tuple[list[AuditEntry], int]:
    """One page of the log, newest first, and how many entries there are; empty filters let everything through."""
    wanted = []
    if who:
        wanted.append(col(AuditRow.who) == who)
    if action:
        wanted.append(col(AuditRow.action) == action)
    if subject:
        wanted.append(col(AuditRow.subject).contains(subject, autoescape=True))
    with Session(engine) as session:
        count = session.exec(select(func.count()).select_from(AuditRow).where(*wanted)).one()
        query = select(AuditRow).where(*wanted).order_by(col(AuditRow.number).desc())
        rows = session.exec(query.offset((page - 1) * size).limit(size)).all()
        return [_entry(row) for row in rows], count


def audit_entries(engine: Engine) -> Iterator[AuditEntry]:
    """The whole log, oldest first, read in parts."""
    last = 0
    while True:
        with Session(engine) as session:
            query = select(AuditRow).where(col(AuditRow.number) > last).order_by(col(AuditRow.number)).limit(CHUNK)
            found = [_entry(row) for row in session.exec(query).all()]
        yield from found
        if len(found) < CHUNK:
            return
        last = found[-1].number


def first_broken(engine: Engine) -> int | None:
    """Number of the first entry that does not fit the chain (changed, removed or cut off); None where all is whole."""
    previous, expected = "", 1
    for entry in audit_entries(engine):
        text = json.dumps(entry.detail, ensure_ascii=False, sort_keys=True, default=str)
        made = _digest(entry.number, entry.at, entry.who, entry.action, entry.subject, text, entry.previous_sha256)
        if (entry.number, entry.previous_sha256, entry.sha256) != (expected, previous, made):
            return expected
        previous, expected = entry.sha256, expected + 1
    with Session(engine) as session:
        head = session.exec(select(AuditHeadRow)).one()
    return None if (head.number, head.sha256) == (expected - 1, previous) else expected


def _entry(row: AuditRow) -> AuditEntry:
    detail = json.loads(row.detail)
    return AuditEntry(row.number, row.at, row.who, row.action, row.subject, detail, row.previous_sha256, row.sha256)
