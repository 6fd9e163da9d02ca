"""Editions: freezing a round's result, publishing it, and recomputing it from what was frozen."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, update
from sqlmodel import Session, col, select

from config.models import Framework, Register
from scoring.effective import in_scope, standings
from scoring.open_matters import Matter
from scoring.participation import bonus_points
from scoring.results import differing, results_of
from store.appeals import require_answered
from store.decision_tables import EditionRow
from store.edition_models import Edition
from store.round_states import RoundStateError, require_move
from store.rounds import Round, digest, move_in, stored_round
from store.standing import round_standing
from store.tables import VisitRow
from store.visits import finding_documents, own_findings
from store.words import decisions, declarations, last_numbers, participation_rows, said_documents


class UndecidedError(Exception):
    """The round cannot be frozen: `matters` have no decision."""

    def __init__(self, matters: tuple[Matter, ...]) -> None:
        super().__init__(f"{len(matters)} matters have no decision")
        self.matters = matters


@dataclass(frozen=True, slots=True)
class StoredEdition:
    """An edition with who froze it, when, why, and when it was published (None = not yet)."""

    edition: Edition
    at: datetime
    who: str
    note: str | None
    published_at: datetime | None
    sha256: str
    intact: bool


def freeze(engine: Engine, round_: Round, *, who: str, note: str | None) -> StoredEdition:
    """Freeze a round's result as its next edition and close the window.

    Raises UndecidedError while something must be decided, RoundStateError from any state but provisional and while an
    appeal has no final answer.
    """
    require_move(round_.name, round_.state, "frozen", note)
    standing = round_standing(engine, round_)
    if standing.blocking:
        raise UndecidedError(standing.blocking)
    require_answered(engine, round_.name)
    last = last_numbers(engine, round_.name)
    visits = tuple(visit.id for visit in standing.visits.values())
    draft = Edition(
        round=round_.name,
        number=1 + len(editions(engine, round_.name)),
        register_json=round_.register.model_dump_json(),
        framework_json=round_.framework.model_dump_json(),
        visits=visits,
        last_decision=last["decisions"],
        last_declaration=last["declarations"],
        last_participation=last["participation"],
        findings_sha256="",
        decisions_sha256="",
        declarations_sha256="",
        participation_sha256="",
        results=results_of(round_.framework, standing.findings, standing.bonus),
    )
    edition = draft.model_copy(update=_digests(engine, draft))
    now = datetime.now(UTC)
    document = edition.model_dump_json()
    row = EditionRow(
        round=round_.name, number=edition.number, at=now, who=who, note=note, document=document, sha256=digest(document)
    )
    with Session(engine) as session:
        stored = stored_round(session, round_.name, lock=True)
        if last_numbers(engine, round_.name) != last:
            raise RoundStateError(f"Something was said in round '{round_.name}' while it was frozen: freeze it again.")
        move_in(session, stored, "frozen", who, note, now)
        if stored.window_to is None:
            stored.window_to = now
        # A visit that is still under way may be finished later; it saw nothing that this edition could rest on.
        under_way = (col(VisitRow.round) == round_.name, col(VisitRow.state) == "ordered")
        session.exec(update(VisitRow).where(*under_way).values(counts=False))
        session.add(row)
        session.commit()
        return _stored(row)


def publish(engine: Engine, round_name: str, *, who: str, note: str | None) -> StoredEdition:
    """Publish the last frozen edition. Raises RoundStateError from any state but frozen."""
    now = datetime.now(UTC)
    with Session(engine) as session:
        move_in(session, stored_round(session, round_name, lock=True), "published", who, note, now)
        row = session.exec(
            select(EditionRow).where(col(EditionRow.round) == round_name).order_by(col(EditionRow.number).desc())
        ).first()
        assert row is not None
        row.published_at = now
        session.add(row)
        session.commit()
        return _stored(row)


def editions(engine: Engine, round_name: str) -> list[StoredEdition]:
    """The editions of a round, first one first."""
    with Session(engine) as session:
        query = select(EditionRow).where(col(EditionRow.round) == round_name).order_by(col(EditionRow.number))
        return [_stored(row) for row in session.exec(query).all()]


def verify_edition(engine: Engine, stored: StoredEdition) -> list[str]:
    """Recompute an edition from findings, decisions, declarations and participation; a sentence for each difference."""
    edition = stored.edition
    found = [] if stored.intact else ["the edition itself was changed after it was frozen"]
    for name, now in _digests(engine, edition).items():
        if getattr(edition, name) != now:
            found.append(f"{name.removesuffix('_sha256')} were changed after the edition was frozen")
    register = Register.model_validate_json(edition.register_json)
    framework = Framework.model_validate_json(edition.framework_json)
    own = in_scope(own_findings(engine, edition.visits), register, framework)
    cells = standings(
        own,
        declarations(engine, edition.round, up_to=edition.last_declaration),
        decisions(engine, edition.round, up_to=edition.last_decision),
    )
    bonus = bonus_points(framework, participation_rows(engine, edition.round, up_to=edition.last_participation))
    return found + differing(edition.results, results_of(framework, [cell.finding for cell in cells], bonus))


def _digests(engine: Engine, edition: Edition) -> dict[str, str]:
    """Digests over stored texts, which no later version of Didban writes anew."""
    return {
        "findings_sha256": _digest_of(sorted(finding_documents(engine, edition.visits))),
        "decisions_sha256": _digest_of(said_documents(engine, "decisions", edition.round, edition.last_decision)),
        "declarations_sha256": _digest_of(
            said_documents(engine, "declarations", edition.round, edition.last_declaration)
        ),
        "participation_sha256": _digest_of(
            said_documents(engine, "participation", edition.round, edition.last_participation)
        ),
    }


def _digest_of(documents: Iterable[str]) -> str:
    whole = hashlib.sha256()
    for document in documents:
        whole.update(document.encode() + b"\n")
    return whole.hexdigest()


def _stored(row: EditionRow) -> StoredEdition:
    return StoredEdition(
        edition=Edition.model_validate_json(row.document),
        at=row.at,
        who=row.who,
        note=row.note,
        published_at=row.published_at,
        sha256=row.sha256,
        intact=digest(row.document) == row.sha256,
    )
