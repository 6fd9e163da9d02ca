"""Copying a whole store into an empty one, of the same kind or of the other, as it was at one moment."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Date, DateTime, Engine, MetaData, Table, func, insert, inspect, select, text
from sqlalchemy.types import TypeEngine

NOT_COPIED = frozenset({"alembic_version", "worker", "lease"})
"""What is true only of the processes that are at work right now, and what each store says of itself."""
BEGUN_BY_MIGRATIONS = frozenset({"audit_head"})
"""Tables that a new store has a row in already; it says nothing while the tables that it counts are empty."""
BATCH = 500


class NotEmptyError(Exception):
    """The target holds data already and is left as it is."""


def copy_store(source: Engine, target: Engine) -> dict[str, int]:
    """Copy all rows, in one transaction on either side; how many of each table. Both have the newest tables.

    Writers of the source are not held up, and what they write meanwhile is not seen. Raises NotEmptyError.
    """
    tables = MetaData()
    with target.connect() as connection:
        tables.reflect(connection, only=lambda name, _: name not in NOT_COPIED)
    counts: dict[str, int] = {}
    with source.connect() as reading, target.begin() as writing:
        _begin_reading(reading)
        for table in tables.sorted_tables:
            if table.name in BEGUN_BY_MIGRATIONS:
                writing.execute(table.delete())
            if writing.execute(select(func.count()).select_from(table)).scalar_one():
                raise NotEmptyError(f"The table {table.name} of the target is not empty.")
            counts[table.name] = 0
            for rows in _batches(reading, table):
                writing.execute(insert(table), rows)
                counts[table.name] += len(rows)
            _go_on_counting(writing, table)
        reading.rollback()
    return counts


def _begin_reading(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN")  # Python's driver begins none for reading
    else:
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))


def _batches(connection: Connection, table: Table) -> Iterator[Sequence[dict[str, Any]]]:
    kept = Table(table.name, MetaData(), autoload_with=connection)
    rows = connection.execute(select(kept).order_by(*kept.primary_key.columns)).mappings()
    for batch in rows.partitions(BATCH):
        yield [{name: _fit(row[name], table.c[name].type) for name in table.c.keys()} for row in batch]  # noqa: SIM118


def _fit(value: Any, kind: TypeEngine[Any]) -> Any:
    """SQLite keeps times as UTC without a zone, PostgreSQL with one."""
    if isinstance(value, datetime) and isinstance(kind, DateTime) and not isinstance(kind, Date):
        aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return aware if kind.timezone else aware.replace(tzinfo=None)
    return value


def _go_on_counting(connection: Connection, table: Table) -> None:
    """Have PostgreSQL number the next row after the copied ones."""
    if connection.dialect.name != "postgresql":
        return
    for column in inspect(connection).get_columns(table.name):
        sequence = connection.execute(
            select(func.pg_get_serial_sequence(table.name, column["name"]))
        ).scalar_one_or_none()
        if sequence:
            highest = select(func.coalesce(func.max(table.c[column["name"]]), 0) + 1).scalar_subquery()
            connection.execute(select(func.setval(sequence, highest, False)))  # noqa: FBT003 - PostgreSQL's argument
