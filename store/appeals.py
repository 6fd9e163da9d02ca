"""Appeals of agencies against findings, and their answers by two readers. Rows are only added."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from store.audit import log
from store.decision_tables import DecisionRow
from store.review_tables import AppealAnswerRow, AppealRow
from store.round_states import RoundStateError
from store.rounds import stored_round

AppealState = Literal["filed", "read", "accepted", "rejected"]


class AppealError(Exception):
    """This cannot be: a key of the review app's catalogue says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one reader says: a proposal (reader 1) or the final word (reader 2)."""

    reader: int
    at: datetime
    who: str
    accepted: bool
    text: str


@dataclass(frozen=True, slots=True)
class Appeal:
    """An appeal with its answers; `score` and `rank` are the agency's when it was made (None = not ranked)."""

    number: int
    round: str
    agency: str
    indicator: str
    service: str | None
    at: datetime
    who: str
    text: str
    score: str | None
    rank: int | None
    answers: tuple[Answer, ...]

    @property
    def state(self) -> AppealState:
        """`filed`, `read` by the first reader, or settled by the second one."""
        if len(self.answers) < 2:
            return "read" if self.answers else "filed"
        return "accepted" if self.answers[-1].accepted else "rejected"


def file_appeal(
    engine: Engine,
    round_name: str,
    agency: str,
    indicator: str,
    services: Sequence[str | None],
    *,
    who: str,
    text: str,
    score: str | None,
    rank: int | None,
) -> None:
    """Appeal against the findings of these services (None = the portal), all or none.

    Raises RoundStateError unless the round is provisional, AppealError where an appeal on one of them is open.
    """
    now = datetime.now(UTC)
    with Session(engine) as session:
        state = stored_round(session, round_name, lock=True).state
        if state != "provisional":
            raise RoundStateError(f"Round '{round_name}' is {state}: appeals are taken while it is provisional.")
        known = _appeals(session, round_name, agency)
        still_open = {(a.indicator, a.service) for a in known if a.state in ("filed", "read")}
        if any((indicator, service) in still_open for service in services):
            raise AppealError("appeal_open_already")
        for service in services:
            session.add(
                AppealRow(
                    round=round_name,
                    agency=agency,
                    indicator=indicator,
                    service_key=service or "",
                    at=now,
                    who=who,
                    text=text,
                    score=score,
                    rank=rank,
                )
            )
        detail = {"services": [service for service in services if service], "text": text, "score": score, "rank": rank}
        log(
            session, who=who, action="appeal_filed", subject=f"{round_name}/{agency}/{indicator}", detail=detail, at=now
        )
        session.commit()


def answer_appeal(
    engine: Engine, number: int, *, who: str, accepted: bool, text: str, score: str | None, rank: int | None
) -> None:
    """Answer an appeal: as its first reader, or, as another person, finally.

    `score` and `rank` are the agency's now, for the log. Raises AppealError where the appeal is settled, where both
    readers would be one person, and where it is finally accepted without a decision on the cell since it was made.
    """
    now = datetime.now(UTC)
    with Session(engine) as session:
        row = session.get(AppealRow, number)
        if row is None:
            raise AppealError("appeal_unknown")
        stored_round(session, row.round, lock=True)
        appeal = _with_answers(session, [row])[0]
        if appeal.state in ("accepted", "rejected"):
            raise AppealError("appeal_settled")
        if any(answer.who == who for answer in appeal.answers):
            raise AppealError("appeal_same_reader")
        if accepted and appeal.answers and not _decided_since(session, appeal):
            raise AppealError("appeal_needs_decision")
        reader = len(appeal.answers) + 1
        session.add(AppealAnswerRow(appeal=number, reader=reader, at=now, who=who, accepted=accepted, text=text))
        detail = {
            "appeal": number,
            "reader": reader,
            "accepted": accepted,
            "text": text,
            "score": [appeal.score, score],
            "rank": [appeal.rank, rank],
        }
        subject = f"{appeal.round}/{appeal.agency}/{appeal.indicator}"
        log(session, who=who, action="appeal_answered", subject=subject, detail=detail, at=now)
        session.commit()


def appeals(engine: Engine, round_name: str, agency: str | None = None) -> list[Appeal]:
    """The appeals of a round (of one agency of it), newest first."""
    with Session(engine) as session:
        return _appeals(session, round_name, agency)


def get_appeal(engine: Engine, number: int) -> Appeal | None:
    """An appeal by its number, None where there is none."""
    with Session(engine) as session:
        row = session.get(AppealRow, number)
        return None if row is None else _with_answers(session, [row])[0]


def require_answered(engine: Engine, round_name: str) -> None:
    """Raise RoundStateError while an appeal of the round has no final answer."""
    left = [appeal for appeal in appeals(engine, round_name) if appeal.state in ("filed", "read")]
    if left:
        named = ", ".join(f"{appeal.agency} {appeal.indicator}" for appeal in left[:5])
        raise RoundStateError(f"{len(left)} appeals of round '{round_name}' have no final answer yet: {named}.")


def _appeals(session: Session, round_name: str, agency: str | None) -> list[Appeal]:
    query = select(AppealRow).where(col(AppealRow.round) == round_name).order_by(col(AppealRow.id).desc())
    if agency is not None:
        query = query.where(col(AppealRow.agency) == agency)
    return _with_answers(session, session.exec(query).all())


def _with_answers(session: Session, rows: Sequence[AppealRow]) -> list[Appeal]:
    by_appeal: dict[int, list[Answer]] = {}
    numbers = [row.id for row in rows]
    query = select(AppealAnswerRow).where(col(AppealAnswerRow.appeal).in_(numbers))
    for row in session.exec(query.order_by(col(AppealAnswerRow.reader))).all():
        by_appeal.setdefault(row.appeal, []).append(Answer(row.reader, row.at, row.who, row.accepted, row.text))
    return [
        Appeal(
            number=row.id or 0,
            round=row.round,
            agency=row.agency,
            indicator=row.indicator,
            service=row.service_key or None,
            at=row.at,
            who=row.who,
            text=row.text,
            score=row.score,
            rank=row.rank,
            answers=tuple(by_appeal.get(row.id or 0, ())),
        )
        for row in rows
    ]


def _decided_since(session: Session, appeal: Appeal) -> bool:
    query = select(DecisionRow.id).where(
        col(DecisionRow.round) == appeal.round,
        col(DecisionRow.agency) == appeal.agency,
        col(DecisionRow.indicator) == appeal.indicator,
        col(DecisionRow.service_key) == (appeal.service or ""),
        col(DecisionRow.at) >= appeal.at,
    )
    return session.exec(query).first() is not None
