"""Bonus points for participation: printed, reported and frozen scores agree, and what leaves them out says so."""

from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import Engine

from checks.findings import Finding, Reason
from config.loading import load_framework
from config.models import Agency, ParticipationBonus, Register
from config.participation import SessionRow
from config.vocabulary import Outcome
from didban.cli.results import load_report
from didban.cli.round_data import scored
from didban.errors import BadInputError
from scoring.ranking import ranking
from store import repository
from store.repository import Round
from store.session import open_store

ROOT = Path(__file__).parents[2]
AGENCIES = tuple(Agency(id=name, name_fa=name, name_en=name, kind="main") for name in ("roads", "post"))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_store(f"sqlite:///{tmp_path / 'didban.db'}")
    yield opened
    opened.dispose()


@pytest.fixture
def round_(engine: Engine) -> Round:
    """Two agencies with equal findings; one came to the session, for which the framework grants half a point."""
    shipped = load_framework(ROOT / "config" / "frameworks" / "english-example.toml")
    rules = shipped.model_copy(
        update={
            "minimum_coverage": Fraction(0),
            "minimum_priority_coverage": Fraction(0),
            "participation_bonus": ParticipationBonus.model_validate({"full": "1/2"}),
        }
    )
    opened = repository.open_round(engine, "r1", Register(agencies=AGENCIES, services=()), rules)
    for agency in ("roads", "post"):
        visit = repository.order_visit(engine, "r1", agency, counts=True, as_of=datetime(2026, 3, 1, 8, 30, tzinfo=UTC))
        found = [
            Finding(
                round="r1", agency=agency, indicator=indicator, outcome=Outcome.LEVEL, level=0.5,
                reason=Reason(key="found"), text_fa="یافت شد", text_en="found",
            )
            for indicator in ("E1", "E4", "E5", "E6")
        ]  # fmt: skip
        repository.save_judged(engine, visit.id, found, page_count=3, rendered_count=1, cause=None)
    rows = [SessionRow(row=2, agency="post", session="kick-off", invited=True, attended=True, representatives=1)]
    repository.add_participation(engine, "r1", rows, who="sara")
    return opened


def test_printed_and_reported_scores_hold_the_bonus_of_the_edition(engine: Engine, round_: Round) -> None:
    standing = repository.round_standing(engine, round_)
    assert standing.bonus == {"post": Fraction(1, 2)}
    printed = {line.agency: str(line.score) for line in ranking(round_.framework, scored(engine, round_).scores)}
    reported = {entry.agency.id: entry.score for entry in load_report(engine, round_).agencies}
    assert printed == reported == {"post": "50.5", "roads": "50.0"}


def test_an_aggregate_holds_no_bonus(engine: Engine, round_: Round) -> None:
    made = scored(engine, round_, "aggregate")
    assert made.bonus == {}
    assert {str(line.score) for line in ranking(round_.framework, made.scores)} == {"50.0"}


def test_an_account_that_leaves_the_bonus_out_is_refused_by_name(engine: Engine, round_: Round) -> None:
    with pytest.raises(BadInputError, match="bonus points for participation"):
        scored(engine, round_).require_no_bonus("'didban explain'")
    scored(engine, round_, "aggregate").require_no_bonus("'didban explain'")
