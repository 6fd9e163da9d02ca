"""Scores: exact, order-free, monotone, and honest about what was not seen."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.findings import Finding, Reason
from config.models import Framework, Indicator, Priority, Text
from config.vocabulary import Cause, Outcome
from scoring.ranking import ranking
from scoring.score import printed, score_agency, score_round

NAME = Text(fa="نام", en="name")
GRID = (0.0, 0.25, 0.5, 0.75, 1.0)


def framework(weights: Sequence[str] = ("1", "1"), indicators_each: int = 2, **changes: object) -> Framework:
    priorities = [Priority(id=f"P{n}", name=NAME, weight=Fraction(weight)) for n, weight in enumerate(weights)]
    indicators = [
        Indicator(id=f"{p.id}.{n}", priority=p.id, name=NAME, scope="service", mode="auto", levels=GRID)
        for p in priorities
        for n in range(indicators_each)
    ]
    known: dict[str, object] = {
        "id": "t", "version": "1", "name": NAME, "status": NAME,
        "priorities": tuple(priorities), "indicators": tuple(indicators),
    }  # fmt: skip
    return Framework.model_validate({**known, **changes})


def finding(indicator: str, level: float | None, *, agency: str = "a", service: str = "", **changes: object) -> Finding:
    outcome = Outcome.LEVEL if level is not None else Outcome.UNKNOWN
    known: dict[str, object] = {
        "round": "r", "agency": agency, "service": service or None, "indicator": indicator, "outcome": outcome,
        "level": level, "cause": None if level is not None else Cause.TIMEOUT, "reason": Reason(key="k"),
        "text_fa": "", "text_en": "",
    }  # fmt: skip
    return Finding.model_validate({**known, **changes})


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
