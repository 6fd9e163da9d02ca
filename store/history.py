"""Rounds published by others, kept apart from the own ones. Each function is one transaction."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from config.published_models import PublishedRound
from store.tables import PublishedRoundRow, RoundRow

Imported = Literal["new", "unchanged", "replaced"]


class HistoryConflictError(Exception):
    """A round of this name is there already and says something else; the message names it."""


def import_published(engine: Engine, rounds: Sequence[PublishedRound], *, replace: bool = False) -> dict[str, Imported]:
    """Store these rounds, all or none, and say what became of each.

    Raises HistoryConflictError where an own round has the name, or where a round is stored with other figures and
    `replace` is not given.
    """
    done: dict[str, Imported] = {}
    with Session(engine) as session:
        for entry in rounds:
            document = entry.model_dump_json()
            digest = hashlib.sha256(document.encode()).hexdigest()
            if session.get(RoundRow, entry.name) is not None:
                raise HistoryConflictError(
                    f"There is an own round '{entry.name}'; a published one cannot have its name."
                )
            known = session.get(PublishedRoundRow, entry.name)
            if known is not None and known.sha256 == digest:
                done[entry.name] = "unchanged"
                continue
            if known is not None and not replace:
                raise HistoryConflictError(
                    f"Round '{entry.name}' was imported with other figures; --replace puts these."
                )
            done[entry.name] = "new" if known is None else "replaced"
            row = PublishedRoundRow(name=entry.name, imported_at=datetime.now(UTC), sha256=digest, document=document)
            session.merge(row)
        session.commit()
    return done


def published_rounds(engine: Engine) -> list[PublishedRound]:
    """All rounds published by others, by series and number."""
    with Session(engine) as session:
        documents = session.exec(select(col(PublishedRoundRow.document))).all()
    found = [PublishedRound.model_validate_json(document) for document in documents]
    return sorted(found, key=lambda entry: (entry.series, entry.number))
