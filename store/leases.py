"""Who is at work and who holds what alone, across all processes that share the store.

A lease is good while its holder lives. A holder's life is a count that rises (`beat`); whoever sees it stand still for
longer than that worker's lease may declare it dead (`declare_dead`), and from that moment its leases are free and its
writes are refused, also when it was only asleep.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, Update, delete, or_, text, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from store.worker_tables import LeaseRow, WorkerRow

ASLEEP_SECONDS = 8


class LostLeaseError(Exception):
    """This worker no longer holds what it wants to write under: it was silent for too long, and another took over."""


@dataclass(frozen=True, slots=True)
class Fence:
    """Proof of holding a lease; writes are refused once another holder had it."""

    lease: str
    worker: str
    number: int


@dataclass(frozen=True, slots=True)
class WorkerSeen:
    """A living worker. `beats` tells its life; `beat_at` is its own clock, for people to read."""

    id: str
    name: str
    beats: int
    lease_seconds: float
    joined_at: datetime
    beat_at: datetime


def join(engine: Engine, worker_id: str, name: str, lease_seconds: float) -> None:
    """Begin to be at work. Earlier workers of this name are gone: a name belongs to one process at a time."""
    now = datetime.now(UTC)
    with Session(engine) as session:
        session.exec(delete(WorkerRow).where(col(WorkerRow.name) == name))
        session.add(
            WorkerRow(
                id=worker_id,
                name=name,
                state="alive",
                beats=0,
                lease_seconds=lease_seconds,
                joined_at=now,
                beat_at=now,
            )
        )
        session.commit()


def beat(engine: Engine, worker_id: str) -> bool:
    """Say that this worker lives. False where it was declared dead."""
    return _change(engine, _alive(worker_id).values(beats=col(WorkerRow.beats) + 1, beat_at=datetime.now(UTC)))


def declare_dead(engine: Engine, seen: WorkerSeen) -> bool:
    """Declare a worker dead that is still at the count that was seen. False where it has moved, or is not at work."""
    return _change(engine, _alive(seen.id).where(col(WorkerRow.beats) == seen.beats).values(state="dead"))


def leave(engine: Engine, worker_id: str) -> None:
    """Stop being at work: everything it holds is free at once."""
    _change(engine, _alive(worker_id).values(state="left"))


def _alive(worker_id: str) -> Update:
    return update(WorkerRow).where(col(WorkerRow.id) == worker_id, col(WorkerRow.state) == "alive")


def _change(engine: Engine, statement: Update) -> bool:
    with Session(engine) as session:
        _let_go_when_asleep(session)
        changed = session.exec(statement.execution_options(synchronize_session=False)).rowcount
        session.commit()
        return bool(changed)


def living(engine: Engine) -> list[WorkerSeen]:
    """All workers that are at work, oldest first."""
    with Session(engine) as session:
        query = select(WorkerRow).where(col(WorkerRow.state) == "alive").order_by(col(WorkerRow.joined_at))
        return [
            WorkerSeen(row.id, row.name, row.beats, row.lease_seconds, row.joined_at, row.beat_at)
            for row in session.exec(query).all()
        ]


def take(engine: Engine, worker_id: str, name: str) -> Fence | None:
    """Hold a name alone; None where a living worker (also this one) holds it already. Raises LostLeaseError."""
    with Session(engine) as session:
        if session.get(LeaseRow, name) is None:
            session.add(LeaseRow(name=name, worker=None, number=0))
            try:
                session.commit()
            except IntegrityError:  # another worker made the row in between
                session.rollback()
    alive = select(col(WorkerRow.id)).where(col(WorkerRow.state) == "alive")
    free = or_(col(LeaseRow.worker).is_(None), col(LeaseRow.worker).not_in(alive))
    with Session(engine) as session:
        _let_go_when_asleep(session)
        taken = session.exec(
            update(LeaseRow)
            .where(col(LeaseRow.name) == name, free)
            .values(worker=worker_id, number=col(LeaseRow.number) + 1)
            .execution_options(synchronize_session=False)
        ).rowcount
        if not taken:
            return None
        fence = Fence(name, worker_id, session.exec(select(LeaseRow.number).where(col(LeaseRow.name) == name)).one())
        require_fence(session, fence)
        session.commit()
        return fence


def release(engine: Engine, fence: Fence) -> None:
    """Let go of a name; nothing happens where it is another's by now."""
    _change(engine, _of(fence).values(worker=None))


def require_fence(session: Session, fence: Fence | None) -> None:
    """Within a transaction: raise LostLeaseError unless the lease is still held; holds the row until the commit.

    None asks for nothing: what no worker does needs no fence.
    """
    if fence is None:
        return
    _let_go_when_asleep(session)
    unsynchronized = {"synchronize_session": False}
    held = session.exec(_of(fence).values(number=fence.number).execution_options(**unsynchronized)).rowcount
    lives = session.exec(_alive(fence.worker).values(state="alive").execution_options(**unsynchronized)).rowcount
    if not held or not lives:
        session.rollback()
        raise LostLeaseError(f"{fence.worker} no longer holds {fence.lease}: it was silent for too long.")


def _let_go_when_asleep(session: Session) -> None:
    """Have PostgreSQL end this transaction when its process falls asleep in it: others wait for the rows it keeps."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text(f"SET LOCAL idle_in_transaction_session_timeout = '{ASLEEP_SECONDS}s'"))


def _of(fence: Fence) -> Update:
    return update(LeaseRow).where(
        col(LeaseRow.name) == fence.lease, col(LeaseRow.worker) == fence.worker, col(LeaseRow.number) == fence.number
    )
