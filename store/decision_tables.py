"""Tables of what people say and do in a round: moves, amendments, decisions, declarations, participation, editions.

Rows are only added. What counts is worked out from them (scoring.effective); nothing is overwritten.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Text
from sqlmodel import Field, SQLModel

from store.tables import UtcDateTime


def _time(*, nullable: bool = False) -> Any:
    return Field(default=None, sa_column=Column(UtcDateTime(), nullable=nullable))


def _round() -> Column[str]:
    return Column(ForeignKey("round.name", ondelete="CASCADE"), nullable=False)


class RoundMoveRow(SQLModel, table=True):
    """A round went from one state to another."""

    __tablename__ = "round_move"
    __table_args__ = (Index("ix_round_move_round", "round"),)

    id: int | None = Field(default=None, primary_key=True)
    round: str = Field(sa_column=_round())
    at: datetime = _time()
    who: str
    from_state: str
    to_state: str
    note: str | None = Field(default=None, sa_column=Column(Text, nullable=True))


class AmendmentRow(SQLModel, table=True):
    """A numbered change of the locked register, framework or window; what stood before it is kept.

    `agencies_json` lists the agencies whose visits were made by rules or rows that are no longer those of the round.
    """

    __tablename__ = "amendment"
    __table_args__ = (Index("uq_amendment_number", "round", "number", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    round: str = Field(sa_column=_round())
    number: int
    at: datetime = _time()
    who: str
    note: str = Field(sa_column=Column(Text, nullable=False))
    changes_json: str = Field(sa_column=Column(Text, nullable=False))
    agencies_json: str = Field(sa_column=Column(Text, nullable=False))
    register_before_json: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    framework_before_json: str | None = Field(default=None, sa_column=Column(Text, nullable=True))


class DecisionRow(SQLModel, table=True):
    """An evaluator's decision; the whole of it in `document` (scoring.effective.Decision, numbered by `id`)."""

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_cell", "round", "agency", "indicator", "service_key"),)

    id: int | None = Field(default=None, primary_key=True)
    round: str = Field(sa_column=_round())
    agency: str
    service_key: str
    indicator: str
    at: datetime = _time()
    who: str
    document: str = Field(sa_column=Column(Text, nullable=False))


class DeclarationRow(SQLModel, table=True):
    """An agency's declaration; the whole of it in `document` (scoring.effective.Declaration, numbered by `id`)."""

    __tablename__ = "declaration"
    __table_args__ = (Index("ix_declaration_cell", "round", "agency", "indicator", "service_key"),)

    id: int | None = Field(default=None, primary_key=True)
    round: str = Field(sa_column=_round())
    agency: str
    service_key: str
    indicator: str
    at: datetime = _time()
    who: str
    document: str = Field(sa_column=Column(Text, nullable=False))


class ParticipationRow(SQLModel, table=True):
    """One agency in one session of a round, or (session_key empty) its refusal to co-operate."""

    __tablename__ = "participation"
    __table_args__ = (Index("ix_participation_round", "round", "agency", "session_key"),)

    id: int | None = Field(default=None, primary_key=True)
    round: str = Field(sa_column=_round())
    session_key: str
    agency: str
    at: datetime = _time()
    who: str
    held_on: date | None = None
    document: str = Field(sa_column=Column(Text, nullable=False))


class EditionRow(SQLModel, table=True):
    """A frozen result of a round; number 1 is the first, each later one corrects it. `document`: store.editions."""

    __tablename__ = "edition"
    __table_args__ = (Index("uq_edition_number", "round", "number", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    round: str = Field(sa_column=_round())
    number: int
    at: datetime = _time()
    who: str
    note: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    published_at: datetime | None = _time(nullable=True)
    document: str = Field(sa_column=Column(Text, nullable=False))
    sha256: str
