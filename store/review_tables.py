"""Tables of the people who review a round: accounts, logins, locks on groups of findings, and the audit log."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Text
from sqlmodel import Field, SQLModel

from store.tables import UtcDateTime


def _time(*, nullable: bool = False) -> Any:
    return Field(default=None, sa_column=Column(UtcDateTime(), nullable=nullable))


def _user() -> Column[str]:
    return Column(ForeignKey("account.name", ondelete="CASCADE"), nullable=False, index=True)


class AccountRow(SQLModel, table=True):
    """A person who may log in. `demo` accounts have a published password and count only where the demo is served.

    `agency` is set for representatives only. `totp_last_step` is the last 30-second step whose code was taken.
    """

    __tablename__ = "account"

    name: str = Field(primary_key=True)
    full_name: str
    role: str
    agency: str | None = None
    password_hash: str
    demo: bool = False
    active: bool = True
    totp_secret: str | None = None
    totp_last_step: int = 0
    failed_logins: int = 0
    blocked_until: datetime | None = _time(nullable=True)
    created_at: datetime = _time()


class LoginRow(SQLModel, table=True):
    """One session of a logged-in person; the token itself stands only in the person's cookie."""

    __tablename__ = "login"

    token_sha256: str = Field(primary_key=True)
    account: str = Field(sa_column=_user())
    csrf: str
    created_at: datetime = _time()
    seen_at: datetime = _time()


class GroupLockRow(SQLModel, table=True):
    """Who has a group of findings open, so that two people do not judge the same by accident."""

    __tablename__ = "group_lock"

    round: str = Field(sa_column=Column(ForeignKey("round.name", ondelete="CASCADE"), primary_key=True))
    group_key: str = Field(primary_key=True)
    account: str = Field(sa_column=_user())
    taken_at: datetime = _time()
    until: datetime = _time()


class AppealRow(SQLModel, table=True):
    """An agency's appeal against one finding, with its score and place when it was made (None = not ranked)."""

    __tablename__ = "appeal"
    __table_args__ = (Index("ix_appeal_round", "round", "agency"),)

    id: int | None = Field(default=None, primary_key=True)
    round: str = Field(sa_column=Column(ForeignKey("round.name", ondelete="CASCADE"), nullable=False))
    agency: str
    indicator: str
    service_key: str
    at: datetime = _time()
    who: str
    text: str = Field(sa_column=Column(Text, nullable=False))
    score: str | None = None
    rank: int | None = None


class AppealAnswerRow(SQLModel, table=True):
    """What one reader says of an appeal; the first one proposes, the second one, another person, settles it."""

    __tablename__ = "appeal_answer"
    __table_args__ = (Index("uq_appeal_answer_reader", "appeal", "reader", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    appeal: int = Field(sa_column=Column(ForeignKey("appeal.id", ondelete="CASCADE"), nullable=False))
    reader: int
    at: datetime = _time()
    who: str
    accepted: bool
    text: str = Field(sa_column=Column(Text, nullable=False))


class AuditRow(SQLModel, table=True):
    """One act on record. `sha256` is over the entry and the digest of the one before it: a chain."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_who", "who"), Index("ix_audit_entry_action", "action"))

    number: int = Field(primary_key=True)
    at: datetime = _time()
    who: str
    action: str
    subject: str
    detail: str = Field(sa_column=Column(Text, nullable=False))
    previous_sha256: str
    sha256: str


class AuditHeadRow(SQLModel, table=True):
    """The end of the chain: one row, updated with each entry, so that the log cannot be cut short unseen."""

    __tablename__ = "audit_head"

    id: int = Field(primary_key=True)
    number: int
    sha256: str
