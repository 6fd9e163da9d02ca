"""Rounds from draft to published: moves, window, words said, editions; the same on SQLite and on PostgreSQL."""

import dataclasses
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from checks.findings import Finding, Reason
from config.declarations import DeclaredFile, DeclaredRow
from config.loading import load_framework
from config.models import Agency, Framework, ParticipationBonus, Register
from config.participation import SessionRow
from config.vocabulary import Cause, DecidedBy, DecisionReason, Outcome
from scoring.effective import Decision, Value, evidence_digest
from store import repository
from store.repository import Round, RoundStateError, UndecidedError
from store.session import migrate

ROOT = Path(__file__).parents[2]
AS_OF = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
REGISTER = Register(
    agencies=(
        Agency(id="roads", name_fa="راهداری", name_en="Roads", kind="main"),
        Agency(id="post", name_fa="پست", name_en="Post", kind="other"),
    ),
    services=(),
)
INDICATORS = ("E1", "E4", "E5", "E6")


@pytest.fixture(scope="module")
def framework() -> Framework:
    """The example, with agencies ranked however little was seen: these rounds have no services."""
    shipped = load_framework(ROOT / "config" / "frameworks" / "english-example.toml")
    return shipped.model_copy(update={"minimum_coverage": Fraction(0), "minimum_priority_coverage": Fraction(0)})


@pytest.fixture
def round_(engine: Engine, framework: Framework) -> Round:
    return repository.open_round(engine, "r1", REGISTER, framework)


def finding(agency: str, indicator: str, level: float | None, cause: Cause | None = None) -> Finding:
    return Finding(
        round="r1", agency=agency, indicator=indicator, outcome=Outcome.LEVEL if level is not None else Outcome.UNKNOWN,
        level=level, cause=cause, reason=Reason(key="found"), text_fa="یافت شد", text_en="found",
    )  # fmt: skip


def visited(engine: Engine, agency: str, level: float, *, as_of: datetime = AS_OF, counts: bool = True) -> str:
    visit = repository.order_visit(engine, "r1", agency, counts=counts, as_of=as_of)
    found: Sequence[Finding] = [finding(agency, indicator, level) for indicator in INDICATORS]
    repository.save_judged(engine, visit.id, found, page_count=3, rendered_count=1, cause=None)
    return visit.id


def current(engine: Engine) -> Round:
    found = repository.get_round(engine, "r1")
    assert found is not None
    return found


def decide(engine: Engine, agency: str, indicator: str, level: float, who: str = "sara") -> None:
    standing = repository.round_standing(engine, current(engine))
    cell = next(c for c in standing.cells if (c.crawl.agency, c.crawl.indicator) == (agency, indicator))
    entry = Decision(
        number=0, agency=agency, indicator=indicator,
        before=Value(outcome=cell.finding.outcome, level=cell.finding.level),
        after=Value(outcome=Outcome.LEVEL, level=level),
        reason=DecisionReason.SEEN_ELSEWHERE, note="seen", decided_at=AS_OF, who=who,
        visit_id=standing.visits[agency].id, evidence_sha256=evidence_digest(cell.crawl),
        declaration=cell.declaration.number if cell.declaration else None,
    )  # fmt: skip
    repository.add_decisions(engine, "r1", [entry])


def declare(engine: Engine, agency: str, indicator: str, level: float) -> None:
    proof = DeclaredFile(name="proof.pdf", sha256="a" * 64, size_bytes=7)
    row = DeclaredRow(row=2, agency=agency, service=None, indicator=indicator, level=level, evidence=(proof,))
    repository.add_declarations(engine, "r1", [row], who=agency, file="d.csv", file_sha256="b" * 64)


def provisional(engine: Engine) -> Round:
    repository.move_round(engine, "r1", "review", who="sara")
    return repository.move_round(engine, "r1", "provisional", who="sara")


def test_states_follow_the_line_and_every_move_is_on_record(engine: Engine, round_: Round) -> None:
    visited(engine, "roads", 0.5)
    provisional(engine)
    repository.freeze(engine, current(engine), who="sara", note=None)
    repository.publish(engine, "r1", who="omid", note="approved")
    moves = [(m.from_state, m.to_state, m.who, m.note) for m in repository.round_moves(engine, "r1")]
    assert moves == [
        ("open", "review", "sara", None), ("review", "provisional", "sara", None),
        ("provisional", "frozen", "sara", None), ("frozen", "published", "omid", "approved"),
    ]  # fmt: skip
    assert current(engine).state == "published"


@pytest.mark.parametrize("to", ["provisional", "frozen", "published", "draft"])
def test_state_is_not_jumped_over(engine: Engine, round_: Round, to: str) -> None:
    with pytest.raises(RoundStateError, match="it can become review, withdrawn"):
        repository.move_round(engine, "r1", to, who="sara")  # type: ignore[arg-type]
    assert repository.round_moves(engine, "r1") == []


def test_way_back_and_withdrawal_need_a_reason_and_withdrawal_is_final(engine: Engine, round_: Round) -> None:
    repository.move_round(engine, "r1", "review", who="sara")
    with pytest.raises(RoundStateError, match="--note"):
        repository.move_round(engine, "r1", "open", who="sara", note="  ")
    repository.move_round(engine, "r1", "open", who="sara", note="two portals were down")
    with pytest.raises(RoundStateError, match="--note"):
        repository.move_round(engine, "r1", "withdrawn", who="sara")
    repository.move_round(engine, "r1", "withdrawn", who="sara", note="wrong register")
    with pytest.raises(RoundStateError, match="nothing more"):
        repository.move_round(engine, "r1", "open", who="sara", note="again")


def test_draft_takes_another_register_until_it_is_opened(engine: Engine, framework: Framework) -> None:
    repository.open_round(engine, "d", REGISTER, framework, draft=True)
    smaller = Register(agencies=REGISTER.agencies[:1], services=())
    assert repository.open_round(engine, "d", smaller, framework, draft=True).state == "draft"
    opened = repository.open_round(engine, "d", smaller, framework, who="sara")
    assert (opened.state, len(opened.register.agencies)) == ("open", 1)
    with pytest.raises(repository.RoundConflictError, match="didban round amend"):
        repository.open_round(engine, "d", REGISTER, framework)


def test_last_visit_inside_the_window_counts_and_others_are_advisory(engine: Engine, round_: Round) -> None:
    repository.set_window(engine, "r1", AS_OF - timedelta(days=1), AS_OF + timedelta(days=1))
    visited(engine, "roads", 0.5, as_of=AS_OF - timedelta(days=2))
    inside = visited(engine, "roads", 0.5)
    visited(engine, "roads", 1, as_of=AS_OF + timedelta(days=2))
    visited(engine, "roads", 1, counts=False)
    assert {agency: visit.id for agency, visit in repository.counted_visits(engine, "r1").items()} == {"roads": inside}
    assert len(repository.judged_visits(engine, "r1")) == 4


def test_window_closes_when_the_round_is_frozen(engine: Engine, round_: Round) -> None:
    counted = visited(engine, "roads", 0.5)
    provisional(engine)
    repository.freeze(engine, current(engine), who="sara", note=None)
    repository.move_round(engine, "r1", "provisional", who="sara", note="appeal upheld")
    visited(engine, "roads", 1, as_of=datetime.now(UTC) + timedelta(hours=1))
    assert repository.counted_visits(engine, "r1")["roads"].id == counted


def test_visit_that_was_under_way_at_freezing_is_advisory(engine: Engine, round_: Round) -> None:
    counted = visited(engine, "roads", 0.5)
    begun = repository.order_visit(engine, "r1", "roads", counts=True, as_of=AS_OF)
    provisional(engine)
    repository.freeze(engine, current(engine), who="sara", note=None)
    repository.save_judged(engine, begun.id, [finding("roads", "E1", 1)], page_count=1, rendered_count=0, cause=None)
    assert repository.counted_visits(engine, "r1")["roads"].id == counted


def test_decision_is_an_added_row_and_the_finding_stays(engine: Engine, round_: Round) -> None:
    visit = visited(engine, "roads", 0.5)
    decide(engine, "roads", "E1", 1)
    decide(engine, "roads", "E1", 0, who="omid")
    assert [(d.before.level, d.after.level, d.who) for d in repository.decisions(engine, "r1")] == [
        (0.5, 1, "sara"), (1, 0, "omid"),
    ]  # fmt: skip
    stands = {f.indicator: (f.level, f.decided_by) for f in repository.round_findings(engine, "r1")}
    assert (stands["E1"], stands["E4"]) == ((0, DecidedBy.EVALUATOR), (0.5, DecidedBy.AUTO))
    assert {f.level for f in repository.own_findings(engine, [visit])} == {0.5}


def test_declaration_blocks_freezing_until_it_is_decided(engine: Engine, round_: Round) -> None:
    visited(engine, "roads", 0.5)
    declare(engine, "roads", "E1", 1)
    assert {f.outcome for f in repository.round_findings(engine, "r1") if f.indicator == "E1"} == {Outcome.CONFLICT}
    provisional(engine)
    with pytest.raises(UndecidedError) as refused:
        repository.freeze(engine, current(engine), who="sara", note=None)
    assert [(m.agency, m.indicator, m.kind) for m in refused.value.matters] == [("roads", "E1", "conflict")]
    assert repository.editions(engine, "r1") == []
    decide(engine, "roads", "E1", 1)
    repository.freeze(engine, current(engine), who="sara", note=None)
    assert repository.round_standing(engine, current(engine)).declarations.upheld == 1


def test_decided_round_takes_no_more_words(engine: Engine, round_: Round) -> None:
    visited(engine, "roads", 0.5)
    provisional(engine)
    repository.freeze(engine, current(engine), who="sara", note=None)
    with pytest.raises(RoundStateError, match="takes no decisions"):
        decide(engine, "roads", "E1", 1)
    with pytest.raises(RoundStateError, match="takes no declarations"):
        declare(engine, "roads", "E1", 1)
    with pytest.raises(RoundStateError, match="takes no participation"):
        repository.add_participation(engine, "r1", [session("roads")], who="sara")
    with pytest.raises(RoundStateError, match="takes no amendment"):
        repository.amend_round(engine, current(engine), who="sara", note="n", changes=["c"], agencies=[])


def session(agency: str) -> SessionRow:
    return SessionRow(row=2, session="s", agency=agency, invited=True, attended=True, representatives=1)


def test_edition_verifies_and_a_correction_keeps_the_first_one(engine: Engine, round_: Round) -> None:
    visited(engine, "roads", 0.5)
    visited(engine, "post", 0.5)
    provisional(engine)
    repository.freeze(engine, current(engine), who="sara", note=None)
    repository.publish(engine, "r1", who="sara", note=None)
    repository.move_round(engine, "r1", "provisional", who="sara", note="appeal upheld")
    decide(engine, "post", "E1", 1)
    repository.freeze(engine, current(engine), who="sara", note="correction")
    repository.publish(engine, "r1", who="sara", note=None)
    first, second = repository.editions(engine, "r1")
    assert [(e.edition.number, e.published_at is not None) for e in (first, second)] == [(1, True), (2, True)]
    assert {r.agency: r.rank for r in first.edition.results} == {"roads": 1, "post": 1}
    assert {r.agency: r.rank for r in second.edition.results} == {"post": 1, "roads": 2}
    assert repository.verify_edition(engine, first) == []
    assert repository.verify_edition(engine, second) == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE finding SET document = REPLACE(document, '\"level\":0.5', '\"level\":1.0') WHERE agency = 'post'",
            "findings were changed",
        ),
        ("DELETE FROM finding WHERE agency = 'post' AND indicator = 'E1'", "findings were changed"),
        ("DELETE FROM decision", "decisions were changed"),
        ("UPDATE edition SET document = REPLACE(document, '\"rank\":1', '\"rank\":9')", "edition itself was changed"),
    ],
)
def test_what_was_changed_behind_a_frozen_round_is_named(
    engine: Engine, round_: Round, statement: str, said: str
) -> None:
    visited(engine, "roads", 0.5)
    visited(engine, "post", 0.5)
    decide(engine, "roads", "E1", 1)
    provisional(engine)
    repository.freeze(engine, current(engine), who="sara", note=None)
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
    (kept,) = repository.editions(engine, "r1")
    faults = repository.verify_edition(engine, kept)
    assert any(said in fault for fault in faults)
    assert any("was frozen as" in fault for fault in faults)


def test_findings_that_an_edition_rests_on_are_not_replaced(engine: Engine, round_: Round) -> None:
    visit = visited(engine, "roads", 0.5)
    provisional(engine)
    repository.freeze(engine, current(engine), who="sara", note=None)
    with pytest.raises(repository.FrozenVisitError, match="Edition 1"):
        repository.save_judged(engine, visit, [], page_count=0, rendered_count=0, cause=None)
    assert len(repository.own_findings(engine, [visit])) == len(INDICATORS)


def test_amendment_is_numbered_keeps_what_stood_before_and_overtakes_visits(
    engine: Engine, round_: Round, framework: Framework
) -> None:
    visited(engine, "roads", 0.5)
    visited(engine, "post", 0.5)
    smaller = Register(agencies=REGISTER.agencies[:1], services=())
    changed = dataclasses.replace(round_, register=smaller)
    entry = repository.amend_round(
        engine, changed, who="sara", note="post was merged", changes=["agency removed: post"], agencies=["roads"]
    )
    assert (entry.number, entry.changes) == (1, ("agency removed: post",))
    assert set(repository.counted_visits(engine, "r1")) == {"roads"}
    assert [m.kind for m in repository.round_standing(engine, current(engine)).blocking] == ["stale_visit"]
    with engine.connect() as connection:
        before = connection.execute(text("SELECT register_before_json, framework_before_json FROM amendment")).one()
    assert (Register.model_validate_json(before[0]), before[1]) == (REGISTER, None)
    visited(engine, "roads", 0.5)
    assert repository.round_standing(engine, current(engine)).blocking == ()
    second = repository.amend_round(engine, current(engine), who="sara", note="n", changes=["c"], agencies=[])
    assert [a.number for a in repository.amendments(engine, "r1")] == [1, second.number] == [1, 2]


def test_bonus_for_participation_stands_in_the_edition(engine: Engine, framework: Framework) -> None:
    rules = framework.model_copy(update={"participation_bonus": ParticipationBonus.model_validate({"full": "1/2"})})
    repository.open_round(engine, "r1", REGISTER, rules)
    visited(engine, "roads", 0.5)
    visited(engine, "post", 0.5)
    repository.add_participation(engine, "r1", [session("post")], who="sara")
    provisional(engine)
    kept = repository.freeze(engine, current(engine), who="sara", note=None)
    assert [(r.agency, r.score, r.bonus) for r in kept.edition.results] == [
        ("post", "50.5", "1/2"), ("roads", "50.0", "0"),
    ]  # fmt: skip
    assert repository.verify_edition(engine, kept) == []


def test_migration_of_a_store_in_use_keeps_rounds_visits_and_findings(engine: Engine, round_: Round) -> None:
    visit = visited(engine, "roads", 0.5)
    declare(engine, "roads", "E1", 1)
    decide(engine, "roads", "E1", 1)
    repository.add_participation(engine, "r1", [session("roads")], who="sara")
    provisional(engine)
    repository.freeze(engine, current(engine), who="sara", note=None)
    migrate(engine, "0001")
    assert set(inspect(engine).get_table_names()) == {"alembic_version", "round", "visit", "finding"}
    assert "window_to" not in {column["name"] for column in inspect(engine).get_columns("round")}
    migrate(engine, "head")
    again = current(engine)
    assert (again.state, again.window_to, again.register) == ("frozen", None, REGISTER)
    assert [v.id for v in repository.counted_visits(engine, "r1").values()] == [visit]
    assert {f.level for f in repository.round_findings(engine, "r1")} == {0.5}
    assert repository.decisions(engine, "r1") == []
    repository.move_round(engine, "r1", "provisional", who="sara", note="tables were taken down")
    decide(engine, "roads", "E1", 1)
    assert len(repository.decisions(engine, "r1")) == 1
