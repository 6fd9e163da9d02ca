"""The kits themselves: the same portals every time, enough of them, with truths that the framework knows."""

import hashlib
from collections import Counter

import pytest

from config.loading import load_framework
from config.vocabulary import Outcome
from tests.case_files import FRAMEWORK
from tests.portals.catalogue import WANTED, families, portal, portals
from tests.portals.site import ways

_LEVELS = {one.id: one.levels for one in load_framework(FRAMEWORK).indicators}
_HEAVY = ("T01", "T02", "T03", "T04", "T05")


def _digest() -> str:
    made = (portal(one, 0).site.html() for split in ("rule", "held") for one in families(split))
    return hashlib.sha256(repr(list(made)).encode()).hexdigest()


def test_the_same_portals_every_time() -> None:
    assert _digest() == _digest()


@pytest.mark.parametrize("split", ["rule", "held"])
def test_truths_are_levels_of_the_rubric(split: str) -> None:
    for one in portals(split):
        level = one.truth.level
        assert level == Outcome.NA or level in (_LEVELS[one.indicator] or ()), one.id
        assert one.truth.why
        if one.truth.max_level is not None and not isinstance(level, Outcome):
            assert level <= one.truth.max_level, one.id


def test_enough_of_each_kind() -> None:
    kinds = Counter[tuple[str, str]]()
    for split in ("rule", "held"):
        hard = {one.name for one in families(split) if one.kind == "hard"}
        kinds.update((one.indicator, "hard" if one.family in hard else "present") for one in portals(split))
    for (indicator, kind), count in kinds.items():
        assert count >= WANTED.get(indicator, 20), (indicator, kind)


def test_hard_negatives_state_the_highest_level_and_stay_below_presence_or_at_it() -> None:
    for split in ("rule", "held"):
        for one in families(split):
            if one.kind == "hard":
                truth = portal(one, 0).truth
                assert truth.max_level is not None, one.name
                assert isinstance(truth.level, Outcome) or truth.level < 0.5, one.name


@pytest.mark.parametrize("indicator", _HEAVY)
def test_indicators_of_weight_have_many_structures(indicator: str) -> None:
    for kind in ("present", "hard"):
        assert sum(one.kind == kind for split in ("rule", "held") for one in families(split, indicator)) >= 8


def test_no_family_stands_in_both_splits() -> None:
    names = [
        {(one.indicator, one.make.__code__.co_code, one.make.__code__.co_consts) for one in families(split)}
        for split in ("rule", "held")
    ]
    assert not names[0] & names[1]


def test_every_page_of_a_portal_can_be_reached_or_is_a_file() -> None:
    for split in ("rule", "held"):
        for one in families(split):
            html = portal(one, 0).site.html()
            lost = [url for url in html if url not in ways(html) and "/law/" not in url]
            assert not lost, (one.name, lost)
