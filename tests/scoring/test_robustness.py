"""Rank intervals repeat exactly, agree with exact scoring where nothing is drawn, and shares agree with theory."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.findings import Finding
from config.models import Framework
from config.vocabulary import DecidedBy, Outcome
from scoring.ranking import ranking
from scoring.robustness import simulate
from scoring.score import ScoringError, reweighted, score_round
from scoring.sensitivity import rank_sensitivity, variance_shares
from scoring.uncertainty import FACTORS, as_set, cells_of, draw, ranks_of_scores, scores_of
from tests.scoring.builders import GRID, finding, framework

INDICATORS = ("P0.0", "P0.1", "P1.0", "P1.1")
RULES = framework(("2", "1"), minimum_coverage="0", minimum_priority_coverage="0")


def a_round(levels: dict[str, tuple[float | None, ...]], confidence: float = 0.8) -> list[Finding]:
    return [
        finding(indicator, level, agency=agency, confidence=confidence)
        for agency, row in levels.items()
        for indicator, level in zip(INDICATORS, row, strict=True)
    ]


MIXED = a_round(
    {
        "a": (1, 1, 0.75, 1), "b": (0.75, 0.5, 0.75, 0.5), "c": (0.75, 0.75, 0.5, 0.25), "d": (0.5, 0.5, None, 1),
        "e": (0, 0.25, 0, 0),
    }
)  # fmt: skip


def test_same_seed_repeats_to_the_last_digit_and_another_one_does_not() -> None:
    scores = score_round(RULES, MIXED)
    made = [simulate(RULES, scores, MIXED, np.random.default_rng(seed), draws=1200) for seed in (5, 5, 6)]
    assert made[0] == made[1]
    drawn = [
        scores_of(cells, draw(cells, 50, rng, with_noise=True))
        for cells in [cells_of(RULES, scores, MIXED)]
        for rng in (np.random.default_rng(5), np.random.default_rng(6))
    ]
    assert (drawn[0] != drawn[1]).any()


def test_intervals_hold_the_rank_of_who_leads_and_who_trails() -> None:
    made = simulate(RULES, score_round(RULES, MIXED), MIXED, np.random.default_rng(1), draws=2000)
    by_agency = {entry.agency: entry for entry in made.intervals}
    assert made.intervals[0].agency == "a"
    assert (by_agency["a"].low, by_agency["a"].median) == (1, 1)
    assert (by_agency["e"].low, by_agency["e"].high) == (5, 5)
    assert by_agency["b"].low < by_agency["b"].high
    for entry in made.intervals:
        assert 1 <= entry.best <= entry.low <= entry.median <= entry.high <= entry.worst <= 5


def test_twins_are_tied_and_those_apart_are_not() -> None:
    found = a_round(
        {"top": (1, 1, 1, 1), "x": (0.5, 0.5, 0.5, 0.5), "y": (0.5, 0.5, 0.5, 0.5), "z": (0, 0, 0, 0)}, 0.95
    )
    made = simulate(RULES, score_round(RULES, found), found, np.random.default_rng(2), draws=1000)
    assert made.tied == (("top",), ("x", "y"), ("z",))


def test_unknown_treatments_and_geometric_mean_by_hand() -> None:
    found = [finding("P0.0", 0.25), finding("P0.1", None), finding("P1.0", 1), finding("P1.1", 1)]
    rules = framework(("1", "1"), minimum_coverage="0", minimum_priority_coverage="0")
    cells = cells_of(rules, score_round(rules, found), found)
    made = scores_of(cells, as_set(cells, unknown=np.arange(3)))
    assert made[:, 0].tolist() == [62.5, 56.25, 81.25]  # left out, lowest, highest
    geometric = scores_of(cells, as_set(cells, geometric=np.ones(1, np.int64)))
    assert geometric[0, 0] == 50.0  # the root of 0.25 x 1


def test_left_out_indicator_gives_the_score_of_a_framework_without_it() -> None:
    scores = score_round(RULES, MIXED)
    cells = cells_of(RULES, scores, MIXED)
    for place, name in enumerate(cells.names_left_out):
        if name not in INDICATORS:
            continue
        less = RULES.model_copy(update={"indicators": tuple(i for i in RULES.indicators if i.id != name)})
        exact = {p.agency: p.score for p in ranking(less, reweighted(less, scores))}
        made = scores_of(cells, as_set(cells, left_out=np.array([place])))[0]
        for agency, value in zip(cells.agencies, made, strict=True):
            assert abs(Decimal(str(value)) - (exact[agency] or 0)) <= Decimal("0.01")


rows = st.tuples(*[st.one_of(st.none(), st.sampled_from(GRID))] * 4).filter(lambda row: any(v is not None for v in row))


@given(st.dictionaries(st.sampled_from("abcdef"), rows, min_size=1))
@settings(max_examples=60, deadline=None)
def test_where_nothing_is_drawn_scores_are_those_of_exact_scoring(levels: dict[str, tuple[float | None, ...]]) -> None:
    found = a_round(levels)
    scores = score_round(RULES, found)
    exact = {place.agency: place.score for place in ranking(RULES, scores)}
    cells = cells_of(RULES, scores, found)
    for agency, value in zip(cells.agencies, scores_of(cells, as_set(cells))[0], strict=True):
        assert abs(Decimal(str(value)) - (exact[agency] or 0)) <= Decimal("0.01")


def test_drawn_weights_lie_around_the_set_ones_and_sum_to_one() -> None:
    cells = cells_of(RULES, score_round(RULES, MIXED), MIXED)
    drawn = draw(cells, 20_000, np.random.default_rng(3)).priority_weights
    assert np.allclose(drawn.sum(axis=1), 1, atol=1e-5)
    assert np.allclose(drawn.mean(axis=0), [2 / 3, 1 / 3], atol=0.005)
    assert np.allclose(drawn.std(axis=0), (2 / 9 / 51) ** 0.5, atol=0.002)  # of Dirichlet(50 w)


def test_sure_findings_and_evaluators_words_carry_no_error() -> None:
    sure = a_round({"a": (1, 0.5, 0, 1)}, confidence=1.0)
    decided = [f.model_copy(update={"decided_by": DecidedBy.EVALUATOR}) for f in a_round({"a": (1, 0.5, 0, 1)}, 0.2)]
    for found in (sure, decided):
        assert not cells_of(RULES, score_round(RULES, found), found).deviation.any()
    unsure = a_round({"a": (1, 0.5, 0, 1)}, confidence=0.75)
    made = cells_of(RULES, score_round(RULES, unsure), unsure).deviation
    assert np.allclose(made, (0.25 * 0.25**2) ** 0.5)


def test_ranks_of_draws_are_in_competition_style() -> None:
    assert ranks_of_scores(np.array([[50.0, 90.0, 50.0, 10.0], [1.0, 1.0, 1.0, 1.0]])).tolist() == [
        [2, 1, 2, 4], [1, 1, 1, 1],
    ]  # fmt: skip


def test_shares_of_the_g_function_are_those_published() -> None:
    # Sobol's g-function, a = 0, 1, 4.5, 9, 99 x 4: first-order shares 0.7165, 0.1791, 0.0237, 0.0072, 0.0001 in the
    # literature on sensitivity analysis (Saltelli et al. 2010); total ones follow from the closed form.
    a = np.array([0, 1, 4.5, 9, 99, 99, 99, 99])
    parts = 1 / (3 * (1 + a) ** 2)
    variance = np.prod(1 + parts) - 1
    totals = parts * np.prod(1 + parts) / (1 + parts) / variance
    rng = np.random.default_rng(11)
    first, second = rng.random((2, 400_000, 8))

    def g(x: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        made: np.ndarray[tuple[int], np.dtype[np.float64]] = np.prod((np.abs(4 * x - 2) + a) / (1 + a), axis=1)
        return made

    mixed = {}
    for place in range(8):
        taken = first.copy()
        taken[:, place] = second[:, place]
        mixed[str(place)] = g(taken)
    made = variance_shares(g(first), g(second), mixed)
    published = [0.7165, 0.1791, 0.0237, 0.0072, 0.0001, 0.0001, 0.0001, 0.0001]
    for place, (first_order, total) in enumerate(zip(published, totals, strict=True)):
        assert abs(made[str(place)].first_order - first_order) < 0.01
        assert abs(made[str(place)].total - total) < 0.01


def test_only_what_is_uncertain_gets_a_share() -> None:
    sure = [f.model_copy(update={"confidence": 1.0}) for f in MIXED if f.outcome == Outcome.LEVEL and f.agency != "d"]
    made = rank_sensitivity(RULES, score_round(RULES, sure), sure, np.random.default_rng(4), base=256)
    assert tuple(made) == FACTORS
    assert made["findings"].total == made["unknown"].total == 0
    assert made["weights"].total > 0
    again = rank_sensitivity(RULES, score_round(RULES, sure), sure, np.random.default_rng(4), base=256)
    assert again == made


def test_ranking_that_nothing_moves_has_no_shares() -> None:
    found = a_round({"a": (1, 1, 1, 1), "b": (0, 0, 0, 0)}, 1.0)
    assert rank_sensitivity(RULES, score_round(RULES, found), found, np.random.default_rng(4), base=64) == {}


@pytest.mark.parametrize(("rules", "draws"), [(RULES, 0), (framework(minimum_coverage="1"), 10)])
def test_nothing_to_test_is_said(rules: Framework, draws: int) -> None:
    found = [finding("P0.0", 1)]
    with pytest.raises(ScoringError):
        simulate(rules, score_round(rules, found), found, np.random.default_rng(1), draws=draws)


def test_every_choice_is_also_made_otherwise_once() -> None:
    made = simulate(RULES, score_round(RULES, MIXED), MIXED, np.random.default_rng(1), draws=10)
    choices = {entry.choice for entry in made.alternatives}
    assert {f"without {name}" for name in (*INDICATORS, "P0", "P1")} <= choices
    assert {"geometric mean of priorities", "unknown at lowest", "unknown at highest"} <= choices
    assert made.alternatives[0].mean_shift >= made.alternatives[-1].mean_shift
