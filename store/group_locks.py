"""Locks on groups of findings: a courtesy between evaluators, given up by itself after a while."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from store.review_tables import GroupLockRow


def take_lock(engine: Engine, round_name: str, group_key: str, account: str, *, hold: timedelta) -> str:
    """Take or renew the lock of a group; returns who holds it now. A person holds one group at a time."""
    now = datetime.now(UTC)
    with Session(engine) as session:
        held = (col(GroupLockRow.round) == round_name, col(GroupLockRow.group_key) == group_key)
        session.exec(delete(GroupLockRow).where(col(GroupLockRow.account) == account))
        session.exec(delete(GroupLockRow).where(*held, col(GroupLockRow.until) < now))
        other = session.exec(select(GroupLockRow.account).where(*held)).first()
        if other is not None:
            session.commit()
            return other
        session.add(
            GroupLockRow(round=round_name, group_key=group_key, account=account, taken_at=now, until=now + hold)
        )
        try:
            session.commit()
        except IntegrityError:  # another person was quicker, in this very moment
            session.rollback()
            return session.exec(select(GroupLockRow.account).where(*held)).first() or account
        return account


def release_locks(engine: Engine, account: str) -> None:
    """Give up what a person has open."""
    with Session(engine) as session:
        session.exec(delete(GroupLockRow).where(col(GroupLockRow.account) == account))
        session.commit()


def held_by_others(engine: Engine, round_name: str, account: str) -> Collection[str]:
    """Keys of the groups that other people have open."""
    with Session(engine) as session:
        query = select(GroupLockRow.group_key).where(
            col(GroupLockRow.round) == round_name,
            col(GroupLockRow.account) != account,
            col(GroupLockRow.until) >= datetime.now(UTC),
        )
        return set(session.exec(query).all())
