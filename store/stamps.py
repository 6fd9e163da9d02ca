"""What a round's results hang on, in a few small queries: whoever keeps results in memory sees when they are old."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from store.decision_tables import AmendmentRow, DecisionRow, DeclarationRow, ParticipationRow
from store.tables import RoundRow, VisitRow
from store.words import SaidTable


@dataclass(frozen=True, slots=True)
class RoundStamp:
    """Changes with everything that may change a result of the round. `visits` maps judged visits to their judging."""

    round: tuple[str, str, str, datetime | None, datetime | None]
    visits: Mapping[str, datetime | None]
    decisions: int
    declarations: int
    participation: int
    amendments: int


def round_stamp(engine: Engine, name: str) -> RoundStamp | None:
    """The stamp of a round as it is now, None where there is none."""
    with Session(engine) as session:
        this = col(RoundRow.name) == name
        rules = select(col(RoundRow.state), col(RoundRow.register_sha256), col(RoundRow.framework_sha256))
        row = session.exec(rules.where(this)).first()
        if row is None:
            return None
        window = session.exec(select(col(RoundRow.window_from), col(RoundRow.window_to)).where(this)).one()
        judged = select(col(VisitRow.id), col(VisitRow.judged_at)).where(
            col(VisitRow.round) == name, col(VisitRow.state) == "judged"
        )
        return RoundStamp(
            round=(*row, *window),
            visits=dict(session.exec(judged).all()),
            decisions=_last(session, DecisionRow, name),
            declarations=_last(session, DeclarationRow, name),
            participation=_last(session, ParticipationRow, name),
            amendments=_last(session, AmendmentRow, name),
        )


def _last(session: Session, table: SaidTable | type[AmendmentRow], name: str) -> int:
    query = select(func.max(col(table.id))).where(col(table.round) == name)
    return session.exec(query).one() or 0


def spoken_about(engine: Engine, name: str, *, decisions: int, declarations: int) -> set[str]:
    """The agencies of a round on which there are decisions or declarations with numbers above these."""
    found: set[str] = set()
    with Session(engine) as session:
        for table, above in ((DecisionRow, decisions), (DeclarationRow, declarations)):
            query = select(table.agency).where(col(table.id) > above, col(table.round) == name).distinct()
            found.update(session.exec(query).all())
    return found


def visit_states(engine: Engine, name: str) -> Mapping[str, int]:
    """How many visits of a round are in each state."""
    with Session(engine) as session:
        query = (
            select(col(VisitRow.state), func.count()).where(col(VisitRow.round) == name).group_by(col(VisitRow.state))
        )
        return dict(session.exec(query).all())
