"""Explanations are exact: what they name sums to the score, to a difference, to a move."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.findings import Finding
from config.models import Framework
from config.vocabulary import Cause, Outcome
from scoring.explain import account, difference
from scoring.fixes import fixes, unseen
from scoring.moves import Side, split_move
from scoring.score import ScoringError, printed, score_agency, score_round
from tests.scoring.builders import GRID, finding, framework

INDICATORS = ("P0.0", "P0.1", "P1.0", "P1.1")
cell = st.tuples(
    st.sampled_from((None, "na", *GRID)),
    st.one_of(st.none(), st.sampled_from(GRID)),
    st.integers(min_value=1, max_value=2),
)
agency_cells = st.dictionaries(st.tuples(st.sampled_from(INDICATORS), st.sampled_from("xyz")), cell, min_size=1)
rounds = st.dictionaries(st.sampled_from("abcd"), agency_cells, min_size=1)
rules = st.sampled_from(
    [
        framework(("2", "1/3"), minimum_coverage="0", minimum_priority_coverage="0"),
        framework(("1", "5"), minimum_coverage="0", minimum_priority_coverage="0", tie_style="dense"),
        framework(("1", "1"), 1, minimum_coverage="0", minimum_priority_coverage="0", rounding="truncate"),
        framework(("3", "1"), minimum_coverage="1/2", minimum_priority_coverage="0", tie_style="positional"),
    ]
)
Drawn = dict[str, dict[tuple[str, str], tuple[float | str | None, float | None, int]]]


def findings_of(drawn: Drawn, of: Framework) -> list[Finding]:
    known = {indicator.id for indicator in of.indicators}
    made = []
    for agency, cells in drawn.items():
        for (indicator, service), (level, ceiling, version) in cells.items():
            if indicator not in known:
                continue
            changes: dict[str, object] = {"ceiling": ceiling, "check": "c", "check_version": version}
            if level == "na":
                made.append(
                    finding(indicator, None, agency=agency, service=service, outcome=Outcome.NA, cause=None, **changes)
                )
            else:
                number = None if level is None else float(level)
                made.append(finding(indicator, number, agency=agency, service=service, **changes))
    return made


@given(rounds, rules)
def test_lines_and_adjustments_sum_to_the_score_exactly(drawn: Drawn, of: Framework) -> None:
    for score in score_round(of, findings_of(drawn, of)).values():
        made = account(score)
        value = score.estimate.value if score.estimate else None
        assert made.total == (None if value is None else 100 * value)
        if made.total is not None:
            points = [line.points for line in made.lines] + [held.points for held in made.adjustments]
            assert sum(points, Fraction(0)) == made.total
            assert sum((line.available for line in made.lines), Fraction(0)) == 100
            assert all(0 <= line.points <= line.available for line in made.lines)


@given(rounds, rules, rules)
def test_difference_of_two_scores_is_the_sum_of_its_parts(drawn: Drawn, one: Framework, other: Framework) -> None:
    first = list(score_round(one, findings_of(drawn, one)).values())
    second = list(score_round(other, findings_of(drawn, other)).values())
    for a in first:
        for b in second:
            made = difference(a, b)
            if made is None:
                assert account(a).total is None or account(b).total is None
            else:
                assert sum(made.parts.values(), Fraction(0)) == made.total
                assert made.total == (account(b).total or 0) - (account(a).total or 0)


@given(rounds, rounds, rules, rules)
def test_move_is_split_without_a_rest(before: Drawn, after: Drawn, one: Framework, other: Framework) -> None:
    old, new = Side("old", one, findings_of(before, one)), Side("new", other, findings_of(after, other))
    for agency in {f.agency for f in old.findings} & {f.agency for f in new.findings}:
        made = split_move(old, new, agency)
        values = [score_agency(side.framework, agency, [f for f in side.findings if f.agency == agency]).estimate
                  for side in (old, new)]  # fmt: skip
        if made.points is not None:
            assert values[0] is not None
            assert values[1] is not None
            assert made.points.total == 100 * ((values[1].value or 0) - (values[0].value or 0))
            assert made.points.others == 0
        if made.places is not None:
            assert made.places.total == (made.rank_before or 0) - (made.rank_after or 0)


def test_same_round_twice_moves_nothing() -> None:
    found = [finding("P0.0", 0.5), finding("P0.1", None), finding("P0.0", 1, agency="b")]
    side = Side("r", framework(minimum_coverage="0", minimum_priority_coverage="0"), found)
    made = split_move(side, side, "a")
    assert made.points is not None
    assert made.places is not None
    assert {made.points.own_portal, made.points.coverage, made.points.rules, made.points.others} == {0}
    assert {made.places.own_portal, made.places.coverage, made.places.rules, made.places.others} == {0}


def move(old: list[Finding], new: list[Finding], **changes: object) -> tuple[float, ...]:
    base: dict[str, object] = {"minimum_coverage": "0", "minimum_priority_coverage": "0"}
    before = framework(("1", "1"), 1, **base)
    after = framework(("1", "3"), 1, **base) if changes.get("rules") else before
    made = split_move(Side("old", before, old), Side("new", after, new), "a").points
    assert made is not None
    return tuple(map(float, (made.own_portal, made.coverage, made.rules, made.others)))


def test_each_cause_of_a_move_stands_in_its_own_part() -> None:
    old = [finding("P0.0", 0.5, check_version=1), finding("P1.0", 0.5, check_version=1)]
    better = [finding("P0.0", 1, check_version=1), finding("P1.0", 0.5, check_version=1)]
    dark = [finding("P0.0", 1, check_version=1), finding("P1.0", None, check_version=1)]
    rejudged = [finding("P0.0", 1, check_version=2), finding("P1.0", 0.5, check_version=1)]
    assert move(old, better) == (25, 0, 0, 0)
    assert move(better, dark) == (0, 25, 0, 0)
    assert move(old, rejudged) == (0, 0, 25, 0)
    assert move(better, better, rules=True) == (0, 0, -12.5, 0)


def test_place_lost_to_others_is_theirs() -> None:
    rules = framework(("1",), 1)
    old = [finding("P0.0", 0.5), finding("P0.0", 0.25, agency="b")]
    new = [finding("P0.0", 0.5), finding("P0.0", 0.75, agency="b")]
    made = split_move(Side("old", rules, old), Side("new", rules, new), "a")
    assert made.places is not None
    assert made.places.others == made.places.total == -1
    assert (made.rank_before, made.rank_after) == (1, 2)


def test_agency_of_one_round_only_is_refused_by_name() -> None:
    rules = framework(("1",), 1)
    with pytest.raises(ScoringError, match="Round 'new' has no findings of agency 'a'"):
        split_move(Side("old", rules, [finding("P0.0", 1)]), Side("new", rules, []), "a")


def test_fixes_name_points_and_places_of_one_step_of_the_rubric() -> None:
    rules = framework(("1", "1"), 1)
    found = [
        finding("P0.0", 0.25, service="x"), finding("P0.0", 0.25, service="y"), finding("P0.0", 1, service="z"),
        finding("P1.0", 0.5), finding("P0.0", 0.5, agency="b"), finding("P1.0", 0.75, agency="b"),
    ]  # fmt: skip
    made = fixes(rules, score_round(rules, found), "a", found)
    assert [(f.indicator, f.level, f.target, f.units, f.points, f.places) for f in made] == [
        ("P1.0", 0.5, 0.75, 1, Fraction(25, 2), 1), ("P0.0", 0.25, 0.5, 2, Fraction(25, 3), 0),
    ]  # fmt: skip
    assert made[1].services == ("x", "y")


@given(agency_cells)
def test_no_fix_ever_costs_points_or_places(
    drawn: dict[tuple[str, str], tuple[float | None, float | None, int]],
) -> None:
    rules = framework(minimum_coverage="0", minimum_priority_coverage="0")
    found = [*findings_of({"a": drawn}, rules), *(finding(i, 0.5, agency="b") for i in INDICATORS)]  # type: ignore[dict-item]
    for made in fixes(rules, score_round(rules, found), "a", found):
        assert made.points >= 0
        assert made.places is None or made.places >= 0


def test_what_was_not_seen_is_named_with_cause_and_what_it_could_bring() -> None:
    rules = framework(("1", "1"), 1)
    found = [finding("P0.0", 0.5, service="x"), finding("P0.0", None, service="y", ceiling=0.75)]
    made = unseen(rules, score_agency(rules, "a", found), found)
    assert [(entry.indicator, entry.units, entry.causes) for entry in made] == [
        ("P1.0", 1, ()), ("P0.0", 1, (Cause.TIMEOUT,)),
    ]  # fmt: skip
    assert [entry.most_points for entry in made] == [25, Fraction(25, 2)]


def test_worked_example_of_the_methodology() -> None:
    rules = framework(("1", "3"), 2)
    rules = rules.model_copy(update={"indicators": tuple(i for i in rules.indicators if i.id != "P1.1")})
    found = [
        finding("P0.0", 0.75, service="1"), finding("P0.0", None, service="2"), finding("P0.1", 0.5),
        finding("P1.0", 0.25),
    ]  # fmt: skip
    score = score_agency(rules, "a", found)
    assert score.estimate is not None
    assert score.estimate.value is not None
    assert str(printed(score.estimate.value, rules)) == "34.38"
    assert str(printed(score.estimate.low, rules)) == "29.69"
    assert str(printed(score.estimate.high, rules)) == "35.94"
    assert float(score.estimate.coverage) == 0.9375
    lines = account(score).lines
    assert [(float(line.points), float(line.available)) for line in lines] == [(9.375, 12.5), (6.25, 12.5), (18.75, 75)]
    assert fixes(rules, {"a": score}, "a", found)[0].indicator == "P1.0"
