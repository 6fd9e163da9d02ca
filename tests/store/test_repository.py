"""The store keeps rounds, visits and findings, the same on SQLite and on PostgreSQL."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from checks.findings import Finding, Reason
from config.loading import load_framework
from config.models import Agency, Framework, Register
from config.vocabulary import Cause, Outcome
from store import repository
from store.session import StoreError, migrate, open_store

ROOT = Path(__file__).parents[2]
AS_OF = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
REGISTER = Register(
    agencies=(
        Agency(id="roads", name_fa="راهداری", name_en="Roads", kind="main"),
        Agency(id="post", name_fa="پست", name_en="Post", kind="other"),
    ),
    services=(),
)


@pytest.fixture(scope="module")
def framework() -> Framework:
    return load_framework(ROOT / "config" / "frameworks" / "english-example.toml")


def finding(agency: str, indicator: str, level: float) -> Finding:
    return Finding(
        round="r1",
        agency=agency,
        indicator=indicator,
        outcome=Outcome.LEVEL,
        level=level,
        confidence=0.9,
        reason=Reason(key="found", data={"count": 3}),
        text_fa="یافت شد",
        text_en="found",
    )


def judged_visit(engine: Engine, agency: str, level: float) -> str:
    visit = repository.order_visit(engine, "r1", agency, counts=True, as_of=AS_OF)
    findings = [finding(agency, "E4", level), finding(agency, "E1", level)]
    repository.save_judged(engine, visit.id, findings, page_count=7, rendered_count=2, cause=None)
    return visit.id


def test_round_gives_back_the_register_and_framework_it_locked(engine: Engine, framework: Framework) -> None:
    opened = repository.open_round(engine, "r1", REGISTER, framework)
    assert (opened.register, opened.framework, opened.state) == (REGISTER, framework, "open")
    assert opened.opened_at.tzinfo is not None
    assert repository.open_round(engine, "r1", REGISTER, framework) == opened
    assert [entry.name for entry in repository.list_rounds(engine)] == ["r1"]


def test_another_register_for_an_open_round_is_refused(engine: Engine, framework: Framework) -> None:
    repository.open_round(engine, "r1", REGISTER, framework)
    other = REGISTER.model_copy(update={"agencies": REGISTER.agencies[:1]})
    with pytest.raises(repository.RoundConflictError, match="another register"):
        repository.open_round(engine, "r1", other, framework)


def test_findings_come_back_in_the_order_they_were_judged_in(engine: Engine, framework: Framework) -> None:
    repository.open_round(engine, "r1", REGISTER, framework)
    visit_id = judged_visit(engine, "roads", 0.5)
    assert repository.visit_findings(engine, [visit_id]) == [finding("roads", "E4", 0.5), finding("roads", "E1", 0.5)]


def test_visit_judged_twice_doubles_nothing(engine: Engine, framework: Framework) -> None:
    repository.open_round(engine, "r1", REGISTER, framework)
    visit_id = judged_visit(engine, "roads", 0.5)
    repository.save_judged(engine, visit_id, [finding("roads", "E4", 1)], page_count=7, rendered_count=2, cause=None)
    assert repository.round_findings(engine, "r1") == [finding("roads", "E4", 1)]


def test_last_judged_visit_of_an_agency_counts(engine: Engine, framework: Framework) -> None:
    repository.open_round(engine, "r1", REGISTER, framework)
    judged_visit(engine, "roads", 0.25)
    judged_visit(engine, "post", 0.5)
    newest = judged_visit(engine, "roads", 1)
    begun = repository.order_visit(engine, "r1", "roads", counts=True, as_of=AS_OF)
    assert repository.counted_visits(engine, "r1")["roads"].id == newest
    levels = {(f.agency, f.indicator): f.level for f in repository.round_findings(engine, "r1")}
    assert levels == {("roads", "E4"): 1, ("roads", "E1"): 1, ("post", "E4"): 0.5, ("post", "E1"): 0.5}
    unfinished = repository.unfinished_visit(engine, "r1", "roads")
    assert unfinished is not None
    assert (unfinished.id, unfinished.attempt, unfinished.as_of) == (begun.id, 3, AS_OF)


def test_broken_visit_is_not_gone_on_with_and_does_not_count(engine: Engine, framework: Framework) -> None:
    repository.open_round(engine, "r1", REGISTER, framework)
    visit = repository.order_visit(engine, "r1", "roads", counts=True, as_of=AS_OF)
    repository.fail_visit(engine, visit.id, Cause.CRASH, "disk full")
    assert repository.unfinished_visit(engine, "r1", "roads") is None
    assert repository.counted_visits(engine, "r1") == {}
    assert repository.order_visit(engine, "r1", "roads", counts=True, as_of=AS_OF).attempt == 2


def test_migrations_go_down_and_up_again_with_data_in_the_tables(engine: Engine, framework: Framework) -> None:
    repository.open_round(engine, "r1", REGISTER, framework)
    judged_visit(engine, "roads", 0.5)
    migrate(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    migrate(engine, "head")
    assert {"round", "visit", "finding", "decision", "edition"} <= set(inspect(engine).get_table_names())
    assert repository.list_rounds(engine) == []


def test_tables_of_a_newer_didban_are_named_not_touched(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'didban.db'}"
    engine = open_store(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="newest Didban"):
        open_store(url)


@pytest.mark.parametrize("url", ["nonsense", "mars://there", "sqlite:////proc/none/didban.db"])
def test_database_that_cannot_be_opened_is_one_clear_sentence(url: str) -> None:
    with pytest.raises(StoreError, match=r"address|written"):
        open_store(url)
