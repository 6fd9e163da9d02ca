"""Opening the store: connecting, setting the database up for our way of writing, migrating to the newest tables."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

MIGRATIONS = Path(__file__).parent / "migrations"


class StoreError(Exception):
    """The database cannot be used; the message says which, why and what to do."""


def open_store(database_url: str) -> Engine:
    """Connect to a database (SQLAlchemy address) and bring its tables to the newest migration.

    Raises StoreError where the address is wrong, the server does not answer, or the tables are newer than this Didban.
    """
    try:
        engine = create_engine(with_driver(database_url), pool_pre_ping=True)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _set_up_sqlite)
        if _revision(engine) != _newest():
            migrate(engine, "head")
    except (ArgumentError, NoSuchModuleError) as error:
        raise StoreError(
            f"The database address cannot be used ({error}). Give one like sqlite:///didban.db."
        ) from error
    except CommandError as error:
        raise StoreError(f"The tables are not of this version of Didban: {error}. Use the newest Didban.") from error
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().split("\n", 1)[0]
        raise StoreError(
            f"The database cannot be opened: {reason}. Check its address and that it can be written."
        ) from error
    return engine


def with_driver(url: str) -> str:
    """An SQLAlchemy address with the PostgreSQL driver that Didban brings named in it."""
    for scheme in ("postgresql://", "postgres://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    # WAL lets readers go on while a run writes; NORMAL loses nothing on a crash of the program, see performance notes.
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=15000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _newest() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def migrate(engine: Engine, revision: str) -> None:
    """Bring the tables to a revision, up or down ("base" = none). Raises alembic's CommandError for an unknown one."""
    config = _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        current = MigrationContext.configure(connection).get_current_revision()
        if revision == "base" or _is_older(revision, current):
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)


def _is_older(revision: str, current: str | None) -> bool:
    if current is None or revision == "head":
        return False
    script = ScriptDirectory.from_config(_config())
    older = {entry.revision for entry in script.iterate_revisions(current, "base")}
    return revision in older and revision != current
