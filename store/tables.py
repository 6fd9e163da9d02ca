"""The tables. Rows are not the models that the rest of Didban speaks: repository.py translates."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, DateTime, ForeignKey, Index, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time; SQLite, which knows no zones, keeps it as UTC without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database. Raises ValueError for a time without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("times are aware UTC")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """From the database."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _time(*, nullable: bool = False) -> Any:
    return Field(default=None, sa_column=Column(UtcDateTime(), nullable=nullable))


class RoundRow(SQLModel, table=True):
    """One evaluation season with its locked register and framework.

    Visits inside the window (both ends inclusive, None = open) count, others are advisory.
    """

    __tablename__ = "round"

    name: str = Field(primary_key=True)
    state: str
    opened_at: datetime = _time()
    register_json: str = Field(sa_column=Column(Text, nullable=False))
    register_sha256: str
    framework_json: str = Field(sa_column=Column(Text, nullable=False))
    framework_sha256: str
    window_from: datetime | None = _time(nullable=True)
    window_to: datetime | None = _time(nullable=True)


class VisitRow(SQLModel, table=True):
    """One crawl of one agency in a round. `folder` is relative to the workspace; `counts` = not advisory.

    `job` = the job it was ordered for, if any.
    """

    __tablename__ = "visit"
    __table_args__ = (Index("ix_visit_round_agency", "round", "agency"), Index("ix_visit_job", "job"))

    id: str = Field(primary_key=True)
    round: str = Field(sa_column=Column(ForeignKey("round.name", ondelete="CASCADE"), nullable=False))
    agency: str
    attempt: int
    counts: bool
    state: str
    folder: str
    ordered_at: datetime = _time()
    as_of: datetime = _time()
    judged_at: datetime | None = _time(nullable=True)
    cause: str | None = None
    detail: str | None = None
    page_count: int = 0
    rendered_count: int = 0
    job: str | None = None


class FindingRow(SQLModel, table=True):
    """One finding of one visit: what is queried in columns, the whole export record in `document`."""

    __tablename__ = "finding"
    __table_args__ = (
        Index("ix_finding_visit", "visit_id"),
        Index("uq_finding_cell", "visit_id", "indicator", "service_key", unique=True),
        Index("ix_finding_cell", "agency", "indicator", "service_key"),
    )

    id: int | None = Field(default=None, primary_key=True)
    visit_id: str = Field(sa_column=Column(ForeignKey("visit.id", ondelete="CASCADE"), nullable=False))
    agency: str
    service_key: str
    indicator: str
    position: int
    outcome: str
    level: float | None = None
    cause: str | None = None
    confidence: float
    document: str = Field(sa_column=Column(Text, nullable=False))


class PublishedRoundRow(SQLModel, table=True):
    """A round published by others: figures with sources, in `document`; never scored, never mixed with own rounds."""

    __tablename__ = "published_round"

    name: str = Field(primary_key=True)
    imported_at: datetime = _time()
    sha256: str
    document: str = Field(sa_column=Column(Text, nullable=False))
