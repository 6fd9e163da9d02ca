"""The arithmetic of agreement, against values that were worked out by hand."""

import pytest

from benchmarks.agreement import Judged, Share, figures, kappa, reliability
from benchmarks.kits import broken


def _one(wanted: str, said: str, confidence: float = 0.8, max_level: float | None = None) -> Judged:
    def level(word: str) -> float | None:
        return None if word in ("na", "unknown") else float(word)

    return Judged("x", "T02", "fa", wanted, said, level(wanted), level(said), max_level, confidence, "", "")


def test_wilson_interval_of_eight_in_ten() -> None:
    low, high = Share(8, 10).interval()
    assert low == pytest.approx(0.4902, abs=1e-4)
    assert high == pytest.approx(0.9433, abs=1e-4)


def test_the_interval_stays_between_nothing_and_everything() -> None:
    assert Share(0, 0).interval() == (0.0, 1.0)
    assert Share(5, 5).interval()[1] == 1.0
    assert Share(0, 5).interval()[0] == 0.0


def test_kappa_of_the_textbook_table() -> None:
    pairs = [("1", "1")] * 20 + [("1", "0")] * 5 + [("0", "1")] * 10 + [("0", "0")] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([("1", "1")] * 3) is None


def test_presence_counts_unknown_as_missed_and_not_as_false() -> None:
    made = figures([_one("1", "0.75"), _one("0.5", "unknown"), _one("0", "0.5", max_level=0.25), _one("0", "0")])
    assert (made.precision.hits, made.precision.total) == (1, 2)
    assert (made.recall.hits, made.recall.total) == (1, 2)
    assert made.unknown.hits == 1
    assert len(made.above) == 1
    assert made.mean_error == pytest.approx(0.25)
    assert made.exact.hits == 1


def test_calibration_compares_confidence_with_being_right() -> None:
    sure = [_one("1", "1", 0.95)] * 9 + [_one("1", "0.5", 0.95)]
    (part,) = reliability(sure)
    assert part.count == 10
    assert part.right == pytest.approx(0.9)
    assert figures(sure).calibration_error == pytest.approx(0.05)


def test_a_floor_is_broken_by_the_lower_bound_or_by_an_indicator_that_is_gone() -> None:
    measured = {"T02": figures([_one("1", "1")] * 10)}
    assert broken(measured, {"T02": {"precision": 0.7}}) == []
    assert len(broken(measured, {"T02": {"precision": 0.9}, "T05": {"recall": 0.5}})) == 2
