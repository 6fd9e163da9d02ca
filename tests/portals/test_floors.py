"""Accuracy on the kits does not fall: the lower ends of the intervals over every sixth portal stay above the floors."""

import pytest

from benchmarks.kits import broken, floors, grouped, measure

SHARE = 6


@pytest.mark.parametrize("split", ["held", "rule"])
def test_no_floor_is_broken(split: str) -> None:
    """Of the held-back kits only the indicator is named: nobody mends a rule from one of their portals."""
    committed = floors("sample", split)
    measured = grouped(measure(split, tuple(committed), share=SHARE))
    assert committed
    assert broken(measured, committed) == []
