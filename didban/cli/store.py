"""Opening the store for a command, and finding the round that is meant."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from didban.errors import BadInputError, EnvironmentMissingError
from didban.workspace import Workspace
from store import repository
from store.repository import Round
from store.round_states import RoundStateError
from store.session import StoreError, open_store


@contextmanager
def opened(workspace: Workspace) -> Iterator[Engine]:
    """The workspace's database, migrated. Raises EnvironmentMissingError where it cannot be used."""
    try:
        engine = open_store(workspace.database_url)
    except StoreError as error:
        raise EnvironmentMissingError(str(error)) from error
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def changing(workspace: Workspace, engine: Engine, name: str | None) -> Iterator[Round]:
    """A round whose decisions this command alone changes; what its state does not allow becomes BadInputError."""
    found = find_round(engine, name)
    with workspace.lock(f"the decisions of round {found.name}"):
        try:
            yield find_round(engine, found.name)
        except RoundStateError as error:
            raise BadInputError(str(error)) from error


def find_round(engine: Engine, name: str | None) -> Round:
    """The round of this name, or the newest one. Raises BadInputError naming the rounds there are."""
    rounds = repository.list_rounds(engine)
    if not rounds:
        raise BadInputError(
            "This workspace has no round yet. Open one with 'didban run --round NAME --register DIR ...'."
        )
    if name is None:
        return rounds[0]
    found = next((entry for entry in rounds if entry.name == name), None)
    if found is None:
        raise BadInputError(f"There is no round '{name}'. There are: {', '.join(entry.name for entry in rounds)}.")
    return found
