"""Decisions and declarations over findings: who stands above whom, what lapses, and what never scores."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.findings import Finding, Reason
from config.models import Agency, Framework, Indicator, Priority, Register, Service, Text
from config.vocabulary import Cause, DecidedBy, DecisionReason, Outcome
from scoring.effective import Decision, Declaration, Standing, Value, evidence_digest, in_scope, standings
from scoring.open_matters import open_matters, tally
from scoring.score import score_round
from snapshot.models import Evidence

AT = datetime(2026, 3, 1, tzinfo=UTC)
NAME = Text(fa="نام", en="name")
GRID = (0.0, 0.5, 1.0)
RULES = Framework(
    id="f",
    version="1",
    name=NAME,
    status=NAME,
    priorities=(Priority(id="P", name=NAME, weight=1),),
    indicators=(
        Indicator(id="A", priority="P", name=NAME, scope="portal", mode="auto", levels=GRID, confirm_levels=(1.0,)),
        Indicator(id="B", priority="P", name=NAME, scope="service", mode="auto", levels=GRID),
    ),
)


def finding(level: float | None = 0.5, *, cause: Cause | None = None, quote: str = "q", **more: Any) -> Finding:
    page = Evidence(
        url="https://a.example/", page_id="p1", fetched_at=AT, http_status=200, sha256="0" * 64, dom="http", quote=quote
    )
    outcome = Outcome.LEVEL if level is not None else Outcome.UNKNOWN
    known: dict[str, Any] = {
        "round": "r", "agency": "a", "indicator": "A", "outcome": outcome, "level": level, "cause": cause,
        "confidence": 0.8, "reason": Reason(key="k"), "text_fa": "یافته", "text_en": "seen", "evidence": (page,),
    }  # fmt: skip
    return Finding(**{**known, **more})


def declaration(level: float, number: int = 1) -> Declaration:
    return Declaration(
        number=number, agency="a", indicator="A", level=level, declared_at=AT, who="a", file="f", file_sha256="", row=2
    )


def decision(over: Finding, after: Value, number: int = 1, declared: int | None = None) -> Decision:
    return Decision(
        number=number,
        agency="a",
        indicator="A",
        before=Value(outcome=over.outcome, level=over.level, cause=over.cause),
        after=after,
        reason=DecisionReason.SEEN_ELSEWHERE,
        note="on another page",
        decided_at=AT,
        who="sara",
        visit_id="v",
        evidence_sha256=evidence_digest(over),
        declaration=declared,
    )


def level(value: float) -> Value:
    return Value(outcome=Outcome.LEVEL, level=value)


def only(found: Finding, said: list[Declaration], decided: list[Decision]) -> Standing:
    (cell,) = standings([found], said, decided)
    return cell


def test_finding_without_a_word_over_it_stands_as_it_is() -> None:
    assert only(finding(), [], []).finding == finding()


def test_decision_stands_above_the_finding_and_keeps_it() -> None:
    cell = only(finding(0.5), [], [decision(finding(0.5), level(1))])
    assert (cell.finding.outcome, cell.finding.level, cell.finding.decided_by) == (
        Outcome.LEVEL, 1, DecidedBy.EVALUATOR,
    )  # fmt: skip
    assert cell.crawl == finding(0.5)
    assert cell.finding.reason.data["visit"]["level"] == 0.5
    assert "on another page" in cell.finding.text_en
    assert "تصمیم ارزیاب" in cell.finding.text_fa
    assert cell.finding.evidence == finding().evidence


def test_last_decision_of_a_cell_counts_whatever_order_they_come_in() -> None:
    decided = [decision(finding(), level(0), number=2), decision(finding(), level(1), number=1)]
    assert only(finding(), [], decided).finding.level == 0


@pytest.mark.parametrize("later", [finding(1), finding(0.5, quote="other words"), finding(None, cause=Cause.TIMEOUT)])
def test_decision_lapses_when_a_visit_brings_other_evidence(later: Finding) -> None:
    cell = only(later, [], [decision(finding(0.5), level(0))])
    assert cell.finding == later
    assert cell.decision is None
    assert cell.lapsed is not None
    assert [matter.kind for matter in open_matters(RULES, [cell])] == ["lapsed"]


def test_lapsed_decision_that_the_new_finding_agrees_with_is_no_open_matter() -> None:
    cell = only(finding(0), [], [decision(finding(0.5), level(0))])
    assert cell.lapsed is not None
    assert open_matters(RULES, [cell]) == ()


def test_page_digest_alone_lets_no_decision_lapse() -> None:
    page = finding().evidence[0].model_copy(update={"sha256": "f" * 64, "fetched_at": AT.replace(day=9)})
    assert only(finding(evidence=(page,)), [], [decision(finding(), level(0))]).decision is not None


def test_declaration_that_differs_is_a_conflict_at_the_visits_level() -> None:
    cell = only(finding(0.5), [declaration(1)], [])
    assert (cell.finding.outcome, cell.finding.level) == (Outcome.CONFLICT, 0.5)
    assert cell.finding.reason.data["declared"] == 1
    assert [matter.kind for matter in open_matters(RULES, [cell])] == ["conflict"]


def test_declaration_that_agrees_changes_nothing() -> None:
    assert only(finding(0.5), [declaration(0.5)], []).finding == finding(0.5)


def test_declaration_over_the_unseen_stays_unknown() -> None:
    unseen = finding(None, cause=Cause.NEEDS_DECLARATION)
    cell = only(unseen, [declaration(1)], [])
    assert cell.finding == unseen
    (matter,) = open_matters(RULES, [cell])
    assert (matter.kind, matter.blocking) == ("declared_unseen", False)


def test_declaration_upheld_by_a_decision_says_whose_word_it_is() -> None:
    cell = only(finding(0.5), [declaration(1)], [decision(finding(0.5), level(1), declared=1)])
    assert (cell.finding.outcome, cell.finding.level, cell.finding.decided_by) == (
        Outcome.LEVEL, 1, DecidedBy.DECLARATION,
    )  # fmt: skip


def test_declaration_after_the_decision_waits_for_another_one_and_moves_nothing() -> None:
    cell = only(finding(0.5), [declaration(1, number=2)], [decision(finding(0.5), level(0), declared=None)])
    assert cell.finding.level == 0
    assert [matter.kind for matter in open_matters(RULES, [cell])] == ["later_declaration"]


@pytest.mark.parametrize("cause", list(Cause))
def test_only_what_an_agency_has_in_its_own_hands_must_be_decided(cause: Cause) -> None:
    matters = open_matters(RULES, [only(finding(None, cause=cause), [], [])])
    hiding = cause in {Cause.ROBOTS, Cause.BLOCKED, Cause.CAPTCHA, Cause.LOGIN, Cause.REFUSED}
    assert [matter.kind for matter in matters] == (["hidden"] if hiding else [])


def test_unknown_that_an_evaluator_left_unknown_is_decided() -> None:
    unseen = finding(None, cause=Cause.LOGIN)
    decided = decision(unseen, Value(outcome=Outcome.UNKNOWN, cause=Cause.LOGIN))
    assert open_matters(RULES, [only(unseen, [], [decided])]) == ()


def test_level_that_needs_confirmation_waits_until_it_has_one() -> None:
    assert [m.kind for m in open_matters(RULES, [only(finding(1), [], [])])] == ["confirm"]
    assert open_matters(RULES, [only(finding(1), [], [decision(finding(1), level(1))])]) == ()
    assert open_matters(RULES, [only(finding(0.5), [], [])]) == ()


@given(
    found=st.sampled_from([0.0, 0.5, 1.0, None]),
    ceiling=st.sampled_from([None, 0.5, 1.0]),
    declared=st.sampled_from(GRID),
)
def test_unverified_declaration_moves_neither_score_nor_bounds(
    found: float | None, ceiling: float | None, declared: float
) -> None:
    crawl = finding(found, cause=None if found is not None else Cause.LOGIN, ceiling=ceiling)
    before = score_round(RULES, [crawl])["a"].estimate
    after = score_round(RULES, [only(crawl, [declaration(declared)], []).finding])["a"].estimate
    assert before == after


def test_tally_counts_each_declared_cell_once() -> None:
    found = [finding(indicator=name) for name in ("A", "B", "C", "D", "E")]
    said = [
        declaration(1).model_copy(update={"indicator": name, "number": number})
        for number, name in enumerate(["A", "A", "B", "C", "D", "Z"], start=1)
    ]
    said[-2] = said[-2].model_copy(update={"level": 0.5})  # D agrees
    decided = [
        decision(found[0], level(1), declared=2),
        decision(found[1], level(0.5), number=2, declared=3).model_copy(update={"indicator": "B"}),
    ]
    counts = tally(standings(found, said, decided), said)
    assert (counts.upheld, counts.rejected, counts.undecided, counts.agreeing, counts.without_finding) == (
        1, 1, 1, 1, 1,
    )  # fmt: skip
    assert counts.total == 5
    assert counts.upheld_share == 0.5


def test_findings_that_the_round_no_longer_covers_are_left_out() -> None:
    register = Register(
        agencies=(Agency(id="a", name_fa="آ", name_en="A", kind="main"),),
        services=(
            Service(id="whole", agency="a", title_fa="کل"),
            Service(id="part", agency="a", parent="whole", title_fa="بخش"),
        ),
    )
    kept = [finding(), finding(indicator="B", service="part")]
    gone = [
        finding(indicator="Z"), finding(agency="b"), finding(indicator="B", service="whole"),
        finding(indicator="B", service="old"),
    ]  # fmt: skip
    assert in_scope([*kept, *gone], register, RULES) == kept
