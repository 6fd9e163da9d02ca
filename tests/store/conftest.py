"""A database of each kind, empty, and gone after the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from store.session import migrate, open_store


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A store with the newest tables."""
    if request.param == "sqlite":
        opened = open_store(f"sqlite:///{tmp_path / 'didban.db'}")
    else:
        opened = open_store(request.getfixturevalue("postgres_url"))
    yield opened
    migrate(opened, "base")
    opened.dispose()
