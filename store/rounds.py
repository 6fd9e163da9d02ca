"""Rounds in the store: opening, moving from state to state, amending. Each function is one transaction."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from config.models import Framework, Register
from store.audit import log
from store.decision_tables import AmendmentRow, RoundMoveRow
from store.round_states import RoundState, RoundStateError, as_state, require_move, require_undecided
from store.tables import RoundRow


class RoundConflictError(Exception):
    """The round was opened with another register or framework, which stay locked."""


@dataclass(frozen=True, slots=True)
class Round:
    """A round with its locked register and framework. Visits inside the window (ends inclusive, None = open) count."""

    name: str
    state: RoundState
    opened_at: datetime
    register: Register
    framework: Framework
    register_sha256: str
    framework_sha256: str
    window_from: datetime | None = None
    window_to: datetime | None = None

    def in_window(self, at: datetime) -> bool:
        """Whether a visit of this time counts."""
        return (self.window_from is None or self.window_from <= at) and (self.window_to is None or at <= self.window_to)


@dataclass(frozen=True, slots=True)
class RoundMove:
    """A round went from one state to another."""

    at: datetime
    who: str
    from_state: str
    to_state: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Amendment:
    """A numbered change of what was locked; `changes` are sentences, `agencies` those whose visits it overtook."""

    number: int
    at: datetime
    who: str
    note: str
    changes: tuple[str, ...]
    agencies: tuple[str, ...]


def digest(document: str) -> str:
    """sha256 of a stored document."""
    return hashlib.sha256(document.encode()).hexdigest()


def open_round(
    engine: Engine, name: str, register: Register, framework: Framework, *, draft: bool = False, who: str = ""
) -> Round:
    """Open a round with this register and framework locked, or return it where it has the very same ones.

    A draft is not locked: it takes what is given. Raises RoundConflictError where the round exists with others.
    """
    register_json, framework_json = register.model_dump_json(), framework.model_dump_json()
    now = datetime.now(UTC)
    with Session(engine) as session:
        known = session.get(RoundRow, name)
        if known is None:
            known = RoundRow(
                name=name,
                state="draft" if draft else "open",
                opened_at=now,
                register_json=register_json,
                register_sha256=digest(register_json),
                framework_json=framework_json,
                framework_sha256=digest(framework_json),
            )
            session.add(known)
            session.commit()
        elif known.state == "draft":
            _lock_in(known, register_json, framework_json)
            if not draft:
                move_in(session, known, "open", who, None, now)
            session.commit()
        else:
            _require_same(known, register, framework)
        return _round(known)


def _require_same(known: RoundRow, register: Register, framework: Framework) -> None:
    # Models are compared, not texts: a newer Didban writes more keys, each with the default that held before.
    same = {
        "register": Register.model_validate_json(known.register_json) == register,
        "framework": Framework.model_validate_json(known.framework_json) == framework,
    }
    for what, fits in same.items():
        if not fits:
            raise RoundConflictError(
                f"Round '{known.name}' was opened with another {what}, which is locked. Leave out --{what} to go on "
                f"with the locked one, change it with 'didban round amend', or choose a new round name."
            )


def _lock_in(row: RoundRow, register_json: str, framework_json: str) -> None:
    row.register_json, row.register_sha256 = register_json, digest(register_json)
    row.framework_json, row.framework_sha256 = framework_json, digest(framework_json)


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


def move_round(engine: Engine, name: str, to: RoundState, *, who: str, note: str | None = None) -> Round:
    """Bring a round into another state and record who did it and why.

    Raises RoundStateError where the state has no such move, or a reason is missing.
    """
    with Session(engine) as session:
        row = stored_round(session, name, lock=True)
        move_in(session, row, to, who, note, datetime.now(UTC))
        session.commit()
        return _round(row)


def move_in(session: Session, row: RoundRow, to: RoundState, who: str, note: str | None, at: datetime) -> None:
    """Move a round inside a running transaction. Raises RoundStateError as `move_round` does."""
    require_move(row.name, as_state(row.state), to, note)
    session.add(RoundMoveRow(round=row.name, at=at, who=who, from_state=row.state, to_state=to, note=note))
    detail = {"from": row.state, "to": to, "note": note}
    log(session, who=who, action="round_moved", subject=row.name, detail=detail, at=at)
    row.state = to
    session.add(row)


def set_window(engine: Engine, name: str, window_from: datetime | None, window_to: datetime | None) -> Round:
    """State the observation window of a round that has no visit yet; later it takes an amendment."""
    with Session(engine) as session:
        row = stored_round(session, name, lock=True)
        row.window_from, row.window_to = window_from, window_to
        session.add(row)
        session.commit()
        return _round(row)


def amend_round(
    engine: Engine, changed: Round, *, who: str, note: str, changes: Sequence[str], agencies: Sequence[str]
) -> Amendment:
    """Lock another register, framework or window into a round, as its next amendment.

    `changed` is the round as it shall be; `changes` say what is other, `agencies` whose visits this overtakes.
    Raises RoundStateError where the round takes no amendments any more.
    """
    with Session(engine) as session:
        row = stored_round(session, changed.name, lock=True)
        require_undecided(row.name, as_state(row.state), "amendment")
        number = 1 + (
            session.exec(
                select(func.max(col(AmendmentRow.number))).where(col(AmendmentRow.round) == changed.name)
            ).one()
            or 0
        )
        register_json, framework_json = changed.register.model_dump_json(), changed.framework.model_dump_json()
        entry = AmendmentRow(
            round=row.name,
            number=number,
            at=datetime.now(UTC),
            who=who,
            note=note,
            changes_json=json.dumps(list(changes), ensure_ascii=False),
            agencies_json=json.dumps(list(agencies), ensure_ascii=False),
            register_before_json=None if row.register_json == register_json else row.register_json,
            framework_before_json=None if row.framework_json == framework_json else row.framework_json,
        )
        _lock_in(row, register_json, framework_json)
        row.window_from, row.window_to = changed.window_from, changed.window_to
        session.add(entry)
        session.add(row)
        detail = {"number": number, "note": note, "changes": list(changes)}
        log(session, who=who, action="round_amended", subject=row.name, detail=detail, at=entry.at)
        session.commit()
        return _amendment(entry)


def round_moves(engine: Engine, name: str) -> list[RoundMove]:
    """The moves of a round, first one first."""
    with Session(engine) as session:
        query = select(RoundMoveRow).where(col(RoundMoveRow.round) == name).order_by(col(RoundMoveRow.id))
        return [RoundMove(r.at, r.who, r.from_state, r.to_state, r.note) for r in session.exec(query).all()]


def amendments(engine: Engine, name: str) -> list[Amendment]:
    """The amendments of a round in order of their numbers."""
    with Session(engine) as session:
        query = select(AmendmentRow).where(col(AmendmentRow.round) == name).order_by(col(AmendmentRow.number))
        return [_amendment(row) for row in session.exec(query).all()]


def stored_round(session: Session, name: str, *, lock: bool = False) -> RoundRow:
    """The row of a round; with `lock` nobody else changes it before this transaction ends. Raises RoundStateError."""
    query = select(RoundRow).where(col(RoundRow.name) == name)
    row = session.exec(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise RoundStateError(f"There is no round '{name}'.")
    return row


def _amendment(row: AmendmentRow) -> Amendment:
    return Amendment(
        row.number,
        row.at,
        row.who,
        row.note,
        tuple(json.loads(row.changes_json)),
        tuple(json.loads(row.agencies_json)),
    )


def _round(row: RoundRow) -> Round:
    return Round(
        name=row.name,
        state=as_state(row.state),
        opened_at=row.opened_at,
        register=Register.model_validate_json(row.register_json),
        framework=Framework.model_validate_json(row.framework_json),
        register_sha256=row.register_sha256,
        framework_sha256=row.framework_sha256,
        window_from=row.window_from,
        window_to=row.window_to,
    )
