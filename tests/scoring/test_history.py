"""The figures that official rounds published follow from the arithmetic, or lie where it allows them."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from config.loading import load_published
from config.published_models import PRIORITY_IDS, PublishedResult, PublishedRound
from scoring.comparison import compare, published_figures
from scoring.counts import breakdown, percent, splits_printing_as
from scoring.ranking import fitting_styles
from scoring.score import printed
from scoring.weight_fit import Published, Rounding, accepted, fit, in_steps, published
from tests.scoring.builders import framework

ROUNDS = {entry.number: entry for entry in load_published(Path(__file__).parents[2] / "config" / "published" / "iran")}
BY_COUNTS = (8, 6, 10, 6)
IN_FIVES = (25, 20, 35, 20)


def result(number: int, agency: str, name: str = "all") -> PublishedResult:
    return next(entry for entry in ROUNDS[number].in_list(name) if entry.agency == agency)


def known(rounding: Rounding = "half_up", *agencies: str, exact_inputs: bool = False) -> list[Published]:
    made = []
    for agency in agencies or ("haj", "ecdc"):
        entry = result(7, agency)
        assert entry.overall is not None
        values = [entry.priorities[name] for name in PRIORITY_IDS]
        made.append(published(agency, values, entry.overall, rounding, exact_inputs=exact_inputs))
    return made


def weights(*numbers: int) -> tuple[Fraction, ...]:
    return tuple(Fraction(number, sum(numbers)) for number in numbers)


def test_every_round_and_all_rows_are_there() -> None:
    assert sorted(ROUNDS) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 12]
    assert sum(len(entry.results) for entry in ROUNDS.values()) == 42


def test_hajj_follows_from_its_priorities_by_indicator_counts() -> None:
    entry = result(7, "haj")
    assert entry.priorities == {"U": Decimal("87.25"), "T": Decimal(85), "I": Decimal("87.5"), "P": Decimal(90)}
    shares = weights(*BY_COUNTS)
    exact = sum(
        (w * Fraction(entry.priorities[name]) for w, name in zip(shares, PRIORITY_IDS, strict=True)), Fraction(0)
    )
    assert printed(exact / 100, framework()) == entry.overall == Decimal("87.43")


def test_commerce_centre_lies_in_the_interval_that_its_rounded_inputs_allow() -> None:
    (entry,) = known("half_up", "ecdc")
    reach = entry.reach(weights(*BY_COUNTS))
    assert (round(float(reach.low), 2), round(float(reach.high), 2)) == (93.83, 94.30)
    assert reach.low < Fraction("94.19") < reach.high
    exact = known("half_up", "ecdc", exact_inputs=True)[0].reach(weights(*BY_COUNTS))
    assert printed(exact.low / 100, framework()) == Decimal("94.07")  # the printed inputs alone do not give 94.19
    fives = entry.reach(weights(*IN_FIVES))
    assert (float(fives.low), float(fives.high)) == (93.925, 94.375)


@pytest.mark.parametrize("rounding", ["half_up", "truncate"])
def test_many_weights_agree_and_each_has_a_range(rounding: Rounding) -> None:
    made = fit(known(rounding))
    assert made.solutions == "many"
    assert made.example is not None
    assert sum(made.example) == 1
    assert all(entry.agrees(made.example) for entry in known(rounding))
    for shares, holds in ((weights(*BY_COUNTS), rounding == "half_up"), (weights(*IN_FIVES), rounding == "truncate")):
        inside = all(low <= w <= high for w, (low, high) in zip(shares, made.ranges, strict=True))
        assert inside or not holds


@pytest.mark.parametrize(
    ("numbers", "half_up", "truncate"),
    [(BY_COUNTS, True, True), (IN_FIVES, False, True), ((25, 25, 25, 25), False, False)],
)
def test_sets_of_weights_are_accepted_or_rejected(numbers: tuple[int, ...], half_up: bool, truncate: bool) -> None:
    assert all(accepted(weights(*numbers), known("half_up")).values()) is half_up
    assert all(accepted(weights(*numbers), known("truncate")).values()) is truncate


def test_equal_weights_are_refuted_by_the_commerce_centre() -> None:
    equal = weights(1, 1, 1, 1)
    assert accepted(equal, known("truncate")) == {"haj": True, "ecdc": False}
    assert float(known("truncate", "ecdc")[0].reach(equal).high) == 93.25


def test_only_one_set_in_steps_of_five_percent_agrees() -> None:
    assert list(in_steps(known("truncate"))) == [IN_FIVES]
    assert list(in_steps(known("half_up"))) == []


def test_exact_inputs_leave_other_sets() -> None:
    assert all(accepted(weights(38, 17, 27, 18), known("half_up", exact_inputs=True)).values())
    assert all(accepted(weights(15, 22, 42, 21), known("truncate", exact_inputs=True)).values())
    assert not all(accepted(weights(*BY_COUNTS), known("half_up", exact_inputs=True)).values())


def test_contradicting_scores_have_no_solution() -> None:
    same = [Decimal(50), Decimal(50)]
    assert fit([published("a", same, Decimal("60.00"), "half_up", exact_inputs=True)]).solutions == "none"
    one = published("a", [Decimal("0.5"), Decimal("100.0")], Decimal("100.00"), "half_up")
    assert fit([one]).solutions == "many"  # a range of one hair: 100.00 is printed from 99.995 on


def test_electronic_status_is_printed_with_its_off_by_one() -> None:
    ninth = ROUNDS[9]
    classes = ("full", "semi", "inherent", "none")
    counts = {name: int(ninth.value(f"electronic.{name}") or 0) for name in classes}
    made = breakdown(counts, int(ninth.value("services") or 0))
    assert [part.percent for part in made.parts] == [21, 61, 7, 11]
    assert [part.percent for part in made.parts] == [ninth.value(f"share.electronic.{name}") for name in classes]
    assert made.total == 1663
    assert made.warnings == ("The parts sum to 1663, the stated total is 1662: a difference of +1.",)


def test_share_of_electronic_services_of_the_seventh_round() -> None:
    seventh = ROUNDS[7]
    share = percent(int(seventh.value("services_electronic") or 0), int(seventh.value("services_registered") or 1))
    assert share == seventh.value("share.electronic") == 84


def test_counts_behind_the_single_window_shares_cannot_be_recovered() -> None:
    shares = [int(ROUNDS[9].value(f"share.window.{band}") or 0) for band in ("none", "below_30", "from_30")]
    assert sum(shares) == 100
    assert set(splits_printing_as(shares, 170)) == {(100, 43, 27), (100, 42, 28), (101, 42, 27)}


def test_hajj_climbed_21_places_and_its_scores_grew_as_printed() -> None:
    made = compare(published_figures(ROUNDS[6]), published_figures(ROUNDS[7]))
    hajj = next(entry for entry in made.agencies if entry.agency == "haj")
    assert (hajj.rank_before, hajj.rank_after, hajj.climbed) == (28, 7, 21)
    scores = [result(number, "haj").overall or Decimal(0) for number in range(1, 8)]
    steps = [after - before for before, after in pairwise(scores)]
    assert steps == [Decimal(step) for step in ("-0.46", "12.92", "10.28", "1.34", "8.98", "17.93")]


def test_national_means_changed_as_printed() -> None:
    made = compare(published_figures(ROUNDS[8]), published_figures(ROUNDS[9]))
    assert made.means == {"U": -1, "I": 4, "P": 5, "T": 1}
    assert made.before.by_others
    assert made.after.by_others


def test_agency_of_one_round_only_is_named_as_such() -> None:
    made = compare(published_figures(ROUNDS[6]), published_figures(ROUNDS[7]))
    states = {entry.agency: entry.state for entry in made.agencies}
    assert (states["ncc"], states["tamin"], states["haj"]) == ("only_before", "only_after", "both")


def test_transparency_list_of_the_ninth_round_is_dense() -> None:
    ranks = sorted(entry.priority_ranks["T"] for entry in ROUNDS[9].results if "T" in entry.priority_ranks)
    assert ranks == [1, 1, 1, 1, 2, 3, 3]
    assert fitting_styles([(Decimal(-rank), rank) for rank in ranks]) == ("dense",)


def test_list_of_all_of_the_ninth_round_is_not_dense() -> None:
    ranked = ROUNDS[9].in_list("all")
    top = [(e.overall, None if e.place == "tie" else e.rank) for e in ranked if e.overall is not None]
    assert top == [(Decimal("98.42"), 1), (Decimal("98.42"), None), (Decimal("97.92"), 3)]
    assert fitting_styles(top) == ("competition", "positional")
    assert sorted(ROUNDS[9].ranks().values()) == list(range(1, 11))


@pytest.mark.parametrize(("priority", "rank"), [("I", 3), ("P", 2)])
def test_priority_lists_of_the_seventh_round_are_positional_at_the_ceiling(priority: str, rank: int) -> None:
    entry = result(7, "ecdc")
    assert entry.priorities[priority] == 100
    assert entry.priority_ranks[priority] == rank
    # Nobody can be above 100: all that stand before it have 100 as well.
    lines = [(Decimal(100), rank if place == rank else None) for place in range(1, rank + 1)]
    assert fitting_styles(lines) == ("positional",)


@pytest.mark.parametrize(("number", "name"), [(7, "all"), (9, "main")])
def test_printed_ranks_follow_from_printed_scores(number: int, name: str) -> None:
    ranked = [entry for entry in ROUNDS[number].in_list(name) if entry.rank is not None]
    lines = [(entry.overall, entry.rank) for entry in ranked if entry.overall is not None]
    assert lines == sorted(lines, key=lambda line: line[1] or 0)
    assert len(fitting_styles(lines)) == 3  # no ties: every style agrees


def test_ministry_has_one_score_in_each_scope() -> None:
    # Tenth of all, while bodies near the top have 97.92: its 64.02 among the main agencies is of another scope.
    assert (result(9, "mefa").scope, result(9, "mefa", "main").scope) == ("own", "aggregate")
    assert result(9, "mefa", "main").overall == Decimal("64.02")


def test_sizes_stand_side_by_side() -> None:
    sizes = {number: published_figures(entry).sizes for number, entry in ROUNDS.items()}
    assert sizes[6] == {"indicators": 31, "agencies": 154, "services": 1439, "sub_services": 5467}
    assert sizes[9] == {"agencies": 170, "services": 1662}
    assert sizes[4] == {}
    assert sizes[12] == {"indicators": 37, "agencies": 167}


def test_published_round_survives_being_stored() -> None:
    for entry in ROUNDS.values():
        assert PublishedRound.model_validate_json(entry.model_dump_json()) == entry
    assert str(PublishedRound.model_validate_json(ROUNDS[3].model_dump_json()).scores()["haj"]) == "48.90"
