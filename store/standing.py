"""How the findings of a round stand: the visits' own ones with decisions and declarations over them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from checks.findings import Finding
from scoring.effective import Declaration, Standing, in_scope, standings
from scoring.open_matters import DeclarationTally, Matter, open_matters, tally
from scoring.participation import bonus_points
from store.rounds import Round, amendments, get_round
from store.tables import VisitRow
from store.visits import Visit, counted_visits, own_findings
from store.words import decisions, declarations, participation_rows


@dataclass(frozen=True, slots=True)
class RoundStanding:
    """A round as it stands: the visits that count, its cells, what is open, and how declarations fared."""

    visits: Mapping[str, Visit]
    cells: tuple[Standing, ...]
    matters: tuple[Matter, ...]
    declarations: DeclarationTally
    bonus: Mapping[str, Fraction]

    @property
    def findings(self) -> list[Finding]:
        """The findings that count."""
        return [cell.finding for cell in self.cells]

    @property
    def blocking(self) -> tuple[Matter, ...]:
        """What must be decided before the round is frozen."""
        return tuple(matter for matter in self.matters if matter.blocking)


def round_standing(engine: Engine, round_: Round) -> RoundStanding:
    """A round with everything said in it taken into account."""
    visits = counted_visits(engine, round_.name)
    said = declarations(engine, round_.name)
    cells = _cells(engine, round_, [visit.id for visit in visits.values()], said)
    return RoundStanding(
        visits=visits,
        cells=cells,
        matters=(*stale_visits(engine, round_, visits), *open_matters(round_.framework, cells)),
        declarations=tally(cells, said),
        bonus=bonus_points(round_.framework, participation_rows(engine, round_.name)),
    )


def agency_cells(engine: Engine, round_: Round, visit: Visit) -> tuple[Standing, ...]:
    """The cells of one agency as they stand, on this visit of it."""
    own = in_scope(own_findings(engine, [visit.id]), round_.register, round_.framework)
    return standings(
        own,
        declarations(engine, round_.name, agency=visit.agency),
        decisions(engine, round_.name, agency=visit.agency),
    )


def _cells(
    engine: Engine, round_: Round, visit_ids: Sequence[str], said: Sequence[Declaration]
) -> tuple[Standing, ...]:
    own = in_scope(own_findings(engine, visit_ids), round_.register, round_.framework)
    return standings(own, said, decisions(engine, round_.name))


def stale_visits(engine: Engine, round_: Round, visits: Mapping[str, Visit]) -> list[Matter]:
    """Agencies whose visit was made or judged by rules or register rows that an amendment has replaced since."""
    overtaken: dict[str, Matter] = {}
    for amendment in amendments(engine, round_.name):
        for agency in amendment.agencies:
            visit = visits.get(agency)
            if visit is not None and visit.judged_at is not None and visit.judged_at < amendment.at:
                text = f"amendment {amendment.number} came after its visit: didban recheck {agency}"
                overtaken[agency] = Matter(agency, None, None, "stale_visit", text)
    return list(overtaken.values())


def visit_findings(engine: Engine, visit_ids: Sequence[str]) -> list[Finding]:
    """The findings of these visits as they stand in their rounds: by agency, in the order of framework and register."""
    with Session(engine) as session:
        query = select(VisitRow.round, VisitRow.id).where(col(VisitRow.id).in_(visit_ids))
        by_round: dict[str, list[str]] = {}
        for round_name, visit_id in session.exec(query).all():
            by_round.setdefault(round_name, []).append(visit_id)
    found: list[Finding] = []
    for round_name, ids in sorted(by_round.items()):
        round_ = get_round(engine, round_name)
        assert round_ is not None
        cells = _cells(engine, round_, ids, declarations(engine, round_name))
        found.extend(cell.finding for cell in cells)
    return found


def round_findings(engine: Engine, round_name: str) -> list[Finding]:
    """The findings that count in a round, as they stand: those of each agency's last judged visit in the window."""
    return visit_findings(engine, [visit.id for visit in counted_visits(engine, round_name).values()])
