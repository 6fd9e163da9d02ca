"""The data that is shipped: it loads, holds the rules it states, and claims nothing that nobody confirmed."""

from fractions import Fraction
from pathlib import Path

import pytest

import config
from config.loading import load_framework, load_register

ROOT = Path(config.__file__).parent
FRAMEWORKS = sorted((ROOT / "frameworks").glob("*.toml"))
REGISTERS = sorted(folder for folder in (ROOT / "registers").iterdir() if folder.is_dir())
PROPOSAL = load_framework(ROOT / "frameworks" / "iran-proposal.toml")


@pytest.mark.parametrize("path", FRAMEWORKS, ids=lambda path: path.stem)
def test_every_framework_loads_and_its_rubric_explains_every_level(path: Path) -> None:
    framework = load_framework(path)
    for indicator in framework.indicators:
        if indicator.value == "grid":
            assert tuple(entry.level for entry in indicator.rubric) == indicator.levels
        assert all(entry.text.fa != entry.text.en for entry in indicator.rubric)


@pytest.mark.parametrize("folder", REGISTERS, ids=lambda folder: folder.name)
def test_every_register_loads(folder: Path) -> None:
    assert load_register(folder).agencies


def test_proposal_says_that_it_is_no_official_list() -> None:
    assert PROPOSAL.status.en == "proposal, not the official list"


def test_proposal_has_30_indicators_that_count_alike() -> None:
    counts = {priority.id: len(PROPOSAL.indicators_of(priority.id)) for priority in PROPOSAL.priorities}
    assert counts == {"U": 8, "T": 6, "I": 10, "P": 6}
    shares = {
        priority.weight * indicator.weight / sum(other.weight for other in PROPOSAL.indicators_of(priority.id))
        for priority in PROPOSAL.priorities
        for indicator in PROPOSAL.indicators_of(priority.id)
    }
    assert shares == {Fraction(1)}


def test_tracking_above_one_half_needs_an_evaluator() -> None:
    tracking = next(indicator for indicator in PROPOSAL.indicators if indicator.id == "T02")
    assert tracking.confirm_levels == tuple(level for level in tracking.levels if level > 0.5)


def test_services_that_are_stopped_or_internal_are_not_applicable_everywhere() -> None:
    for indicator in PROPOSAL.indicators:
        if indicator.scope == "service":
            assert {"stopped", "internal", "no_public_services"} <= set(indicator.na_when)


def test_an_inherent_service_still_needs_a_visible_process() -> None:
    process = next(indicator for indicator in PROPOSAL.indicators if indicator.id == "T01")
    assert "inherent" not in process.na_when


def test_iranian_register_names_a_source_in_each_row_and_verifies_none() -> None:
    register = load_register(ROOT / "registers" / "iran")
    assert all(agency.source and agency.verified is False for agency in register.agencies)
    assert all(service.source and service.verified is False for service in register.services)
