"""Scores: exact, order-free, monotone, and honest about what was not seen."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.findings import Finding
from config.vocabulary import Outcome
from scoring.ranking import ranking
from scoring.score import ScoringError, printed, reweighted, score_agency, score_round
from tests.scoring.builders import GRID, finding, framework


def test_published_overall_score_follows_from_the_four_priorities() -> None:
    # Hajj and Pilgrimage Organisation, round 7: 87.25 / 85 / 87.5 / 90 -> 87.43 by indicator counts 8/6/10/6.
    values = ("0.8725", "0.85", "0.875", "0.9")
    weights = ("8", "6", "10", "6")
    rules = framework(weights, 1)
    for n, value in enumerate(values):
        rules = rules.model_copy(
            update={"indicators": tuple(i.model_copy(update={"value": "share"}) for i in rules.indicators)}
        )
        assert Fraction(float(value)).limit_denominator(10_000) == Fraction(value), n
    found = [finding(f"P{n}.0", float(value)) for n, value in enumerate(values)]
    score = score_agency(rules, "a", found)
    assert score.estimate is not None
    assert score.estimate.value is not None
    assert printed(score.estimate.value, rules) == Decimal("87.43")


@pytest.mark.parametrize(("rounding", "shown"), [("half_up", "87.44"), ("truncate", "87.43")])
def test_equal_halves_are_rounded_as_the_framework_says(rounding: str, shown: str) -> None:
    # 25/20/35/20 gives exactly 87.4375 for the same agency: 87.43 only with truncation.
    assert printed(Fraction("0.874375"), framework(rounding=rounding)) == Decimal(shown)


def test_unknown_unit_leaves_the_value_lowers_coverage_and_widens_the_bounds() -> None:
    found = [finding("P0.0", 1, service="1"), finding("P0.0", None, service="2")]
    entry = score_agency(framework(("1",), 1), "a", found).indicator("P0.0").estimate
    assert entry is not None
    assert (entry.value, entry.low, entry.high) == (Fraction(1), Fraction(1, 2), Fraction(1))
    assert entry.coverage == Fraction(1, 2)


def test_ceiling_bounds_what_an_unknown_could_still_give() -> None:
    found = [finding("P0.0", 0.5, service="1"), finding("P0.0", None, service="2", ceiling=0.5)]
    entry = score_agency(framework(("1",), 1), "a", found).indicator("P0.0").estimate
    assert entry is not None
    assert (entry.low, entry.high) == (Fraction(1, 4), Fraction(1, 2))


def test_not_applicable_is_renormalised_and_never_a_zero() -> None:
    found = [finding("P0.0", None, outcome=Outcome.NA, cause=None), finding("P0.1", 0.5)]
    entry = score_agency(framework(("1",), 2), "a", found).estimate
    assert entry is not None
    assert (entry.value, entry.coverage) == (Fraction(1, 2), Fraction(1))


def test_conflict_scores_at_the_level_of_the_crawl() -> None:
    found = [finding("P0.0", 0.25, outcome=Outcome.CONFLICT)]
    entry = score_agency(framework(("1",), 1), "a", found).estimate
    assert entry is not None
    assert entry.value == Fraction(1, 4)


def test_agency_of_which_too_little_was_seen_is_not_ranked_and_never_last() -> None:
    rules = framework(("1",), 2)
    found = [finding("P0.0", 0, agency="poor"), finding("P0.1", 0, agency="poor"), finding("P0.0", 1, agency="dark")]
    lines = ranking(rules, score_round(rules, found))
    assert [(line.agency, line.rank) for line in lines] == [("poor", 1), ("dark", None)]


@pytest.mark.parametrize(
    ("style", "ranks"), [("dense", [1, 1, 2]), ("competition", [1, 1, 3]), ("positional", [1, 2, 3])]
)
def test_ties_are_ranked_in_the_stated_style(style: str, ranks: list[int]) -> None:
    rules = framework(("1",), 1, tie_style=style)
    found = [finding("P0.0", level, agency=agency) for agency, level in (("b", 1), ("a", 1), ("c", 0.5))]
    lines = ranking(rules, score_round(rules, found))
    assert [(line.agency, line.rank) for line in lines] == list(zip("abc", ranks, strict=True))


levels = st.one_of(st.none(), st.sampled_from(GRID))
cells = st.lists(st.tuples(st.sampled_from(("P0.0", "P0.1", "P1.0", "P1.1")), levels, levels), min_size=1, max_size=12)


def built(drawn: list[tuple[str, float | None, float | None]]) -> list[Finding]:
    return [finding(indicator, level, service=str(n), ceiling=top) for n, (indicator, level, top) in enumerate(drawn)]


@given(cells)
def test_order_of_findings_changes_nothing(drawn: list[tuple[str, float | None, float | None]]) -> None:
    found = built(drawn)
    mixed = sorted(found, key=lambda entry: (entry.indicator, entry.service or ""), reverse=True)
    assert score_agency(framework(), "a", found) == score_agency(framework(), "a", mixed)


@given(cells)
def test_score_lies_within_its_bounds_and_between_0_and_1(drawn: list[tuple[str, float | None, float | None]]) -> None:
    entry = score_agency(framework(("2", "1/3")), "a", built(drawn)).estimate
    assert entry is not None
    assert 0 <= entry.low <= entry.high <= 1
    assert 0 <= entry.coverage <= 1
    assert entry.value is None or entry.low <= entry.value <= entry.high


@given(cells, st.integers(min_value=0, max_value=11))
def test_better_level_never_lowers_the_score(drawn: list[tuple[str, float | None, float | None]], place: int) -> None:
    place %= len(drawn)
    indicator, level, top = drawn[place]
    if level is None:
        return
    better = [*drawn[:place], (indicator, min(1.0, level + 0.25), top), *drawn[place + 1 :]]
    before = score_agency(framework(), "a", built(drawn)).estimate
    after = score_agency(framework(), "a", built(better)).estimate
    assert before is not None
    assert after is not None
    assert (before.value or 0) <= (after.value or 0)


drawn_round = st.dictionaries(st.sampled_from("abcdef"), cells, min_size=1)


def of_round(drawn: dict[str, list[tuple[str, float | None, float | None]]]) -> list[Finding]:
    return [
        finding(indicator, level, agency=agency, service=str(n), ceiling=top)
        for agency, entries in drawn.items()
        for n, (indicator, level, top) in enumerate(entries)
    ]


@given(drawn_round, st.permutations("abcdef"))
def test_names_of_agencies_decide_nothing_but_the_order_of_equals(
    drawn: dict[str, list[tuple[str, float | None, float | None]]], order: list[str]
) -> None:
    other = dict(zip("abcdef", order, strict=True))
    rules = framework(minimum_coverage="0", minimum_priority_coverage="0")
    before = {p.agency: (p.rank, p.score) for p in ranking(rules, score_round(rules, of_round(drawn)))}
    renamed = {other[agency]: entries for agency, entries in drawn.items()}
    after = {p.agency: (p.rank, p.score) for p in ranking(rules, score_round(rules, of_round(renamed)))}
    assert after == {other[agency]: place for agency, place in before.items()}


@given(cells, st.integers(min_value=1, max_value=5))
def test_not_applicable_units_are_neutral(drawn: list[tuple[str, float | None, float | None]], more: int) -> None:
    extra = [
        finding(f"P{n % 2}.0", None, service=f"na{n}", outcome=Outcome.NA, cause=None)
        for n in range(more)
        if any(entry[0] == f"P{n % 2}.0" for entry in drawn)
    ]
    before = score_agency(framework(), "a", built(drawn))
    assert score_agency(framework(), "a", [*built(drawn), *extra]) == before


@given(cells, st.integers(min_value=0, max_value=11))
def test_level_that_turns_unknown_only_widens_the_bounds(
    drawn: list[tuple[str, float | None, float | None]], place: int
) -> None:
    place %= len(drawn)
    hidden = [*drawn[:place], (drawn[place][0], None, None), *drawn[place + 1 :]]
    before = score_agency(framework(("2", "1/3")), "a", built(drawn)).estimate
    after = score_agency(framework(("2", "1/3")), "a", built(hidden)).estimate
    assert before is not None
    assert after is not None
    assert after.low <= before.low
    assert after.high >= before.high
    assert after.coverage <= before.coverage


@given(drawn_round, st.integers(min_value=0, max_value=11))
def test_better_level_never_costs_a_place(
    drawn: dict[str, list[tuple[str, float | None, float | None]]], place: int
) -> None:
    agency = min(drawn)
    entries = drawn[agency]
    place %= len(entries)
    indicator, level, top = entries[place]
    if level is None:
        return
    better = [*entries[:place], (indicator, min(1.0, level + 0.25), top), *entries[place + 1 :]]
    rules = framework(minimum_coverage="0", minimum_priority_coverage="0")
    before = {p.agency: p.rank for p in ranking(rules, score_round(rules, of_round(drawn)))}
    after = {p.agency: p.rank for p in ranking(rules, score_round(rules, of_round({**drawn, agency: better})))}
    assert (after[agency] or 99) <= (before[agency] or 99)


@given(cells)
def test_other_weights_need_no_finding_again(drawn: list[tuple[str, float | None, float | None]]) -> None:
    found, other = built(drawn), framework(("5", "1/7"))
    scores = {"a": score_agency(framework(), "a", found)}
    assert reweighted(other, scores)["a"] == score_agency(other, "a", found)


def test_second_finding_of_a_cell_is_refused_by_name() -> None:
    with pytest.raises(ScoringError, match=r"Agency 'a', indicator P0\.0, service 's'"):
        score_agency(framework(), "a", [finding("P0.0", 1, service="s"), finding("P0.0", 0, service="s")])


def test_finding_of_an_indicator_that_the_framework_lacks_is_refused_by_name() -> None:
    with pytest.raises(ScoringError, match="indicator 'X9'"):
        score_agency(framework(), "a", [finding("X9", 1)])
