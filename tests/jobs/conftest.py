"""A queue of each kind and a store of each kind."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from jobs.engine import DbosJobs, open_jobs
from store.session import migrate, open_store

KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=KINDS)
def queue_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of an empty queue."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'jobs.db'}"
        return
    url = request.getfixturevalue("postgres_url")
    yield url
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA IF EXISTS dbos CASCADE"))
    engine.dispose()


@pytest.fixture
def queue(queue_url: str) -> Iterator[DbosJobs]:
    """An empty queue."""
    with open_jobs(queue_url) as opened:
        yield opened


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A store with the newest tables."""
    if request.param == "sqlite":
        opened = open_store(f"sqlite:///{tmp_path / 'didban.db'}")
    else:
        opened = open_store(request.getfixturevalue("postgres_url"))
    yield opened
    migrate(opened, "base")
    opened.dispose()
