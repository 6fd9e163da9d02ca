"""The truth tables are complete, lie on the framework's grid and hold what the demo promises."""

from collections import defaultdict
from pathlib import Path

import pytest

from config.loading import load_framework, load_register
from config.models import Framework, Register, service_units
from demo.world import TruthRow, load_truth

ROOT = Path(__file__).parents[2]
TRAPS = (
    "parcel tracking",
    "book shop",
    "complaint tracking",
    "letter tracking",
    "blank national form",
    "signing up",
    "under construction",
    "physical desk",
    "only defines",
    "image reused",
    "replaced in news",
    "captcha",
    "former heads",
    "lease",
    "corrected process",
    "economic partnership",
    "sample text",
    "soft 404",
)
BUILT = ("T01", "T02", "T04", "T05", "U01", "P01")


@pytest.fixture(scope="module")
def framework() -> Framework:
    return load_framework(ROOT / "config" / "frameworks" / "iran-proposal.toml")


@pytest.fixture(scope="module")
def register() -> Register:
    return load_register(ROOT / "demo" / "register")


@pytest.mark.parametrize("edition", [1, 2])
def test_every_cell_is_labelled_once(edition: int, framework: Framework, register: Register) -> None:
    wanted = set()
    for agency in register.agencies:
        units = service_units(register.services_of(agency.id), framework.service_unit)
        for indicator in framework.indicators:
            services = [unit.id for unit in units] if indicator.scope == "service" else [""]
            wanted |= {(agency.id, service, indicator.id) for service in services}
    rows = [(row.agency, row.service, row.indicator) for row in load_truth(edition)]
    assert len(rows) == len(set(rows))
    assert set(rows) == wanted


@pytest.mark.parametrize("edition", [1, 2])
def test_levels_lie_on_the_grid_and_below_their_maximum(edition: int, framework: Framework) -> None:
    indicators = {indicator.id: indicator for indicator in framework.indicators}
    for row in load_truth(edition):
        assert row.note
        if row.level in {"na", "unknown"}:
            assert row.max_level is None
            continue
        assert indicators[row.indicator].allows(float(row.level)), row
        if row.max_level is not None:
            assert indicators[row.indicator].allows(row.max_level), row
            assert float(row.level) <= row.max_level, row


@pytest.mark.parametrize("edition", [1, 2])
def test_not_applicable_follows_the_register(edition: int, framework: Framework, register: Register) -> None:
    indicators = {indicator.id: indicator for indicator in framework.indicators}
    services = {service.id: service for service in register.services}
    for row in load_truth(edition):
        if not row.service:
            continue
        service = services[row.service]
        facts = {str(flag) for flag in service.flags} | ({"instant"} if service.instant else set())
        if service.status == "inherent":
            facts.add("inherent")
        assert (row.level == "na") == bool(facts & set(indicators[row.indicator].na_when)), row


def test_what_no_visit_can_see_is_unknown() -> None:
    rows = load_truth(1)
    assert {row.level for row in rows if row.indicator in {"I05", "I10"}} <= {"unknown", "na"}


@pytest.mark.parametrize("edition", [1, 2])
def test_https_of_a_loopback_address_is_left_aside_and_said_so(edition: int) -> None:
    rows = [row for row in load_truth(edition) if row.indicator == "U08"]
    assert len(rows) == 8
    assert all("HTTPS is left aside" in row.note for row in rows)


def test_levels_are_spread_over_the_portals() -> None:
    levels: dict[str, set[str]] = defaultdict(set)
    for row in load_truth(1):
        levels[row.indicator].add(row.level)
    for indicator in ("T01", "T02", "T04", "T05"):
        assert {"0", "0.25", "0.5", "0.75", "1"} <= levels[indicator]
    for indicator in ("U01", "P01"):
        assert {"0", "0.5", "1"} <= levels[indicator]


def test_each_built_indicator_has_hard_negatives() -> None:
    capped = [row for row in load_truth(1) if row.max_level is not None]
    for indicator in BUILT:
        assert len([row for row in capped if row.indicator == indicator]) >= 2, indicator
    notes = " ".join(row.note for row in capped)
    assert [trap for trap in TRAPS if trap not in notes] == []


def test_some_portals_grow_and_one_falls() -> None:
    def moves(first: tuple[TruthRow, ...], second: tuple[TruthRow, ...]) -> dict[str, float]:
        change: dict[str, float] = defaultdict(float)
        for before, after in zip(first, second, strict=True):
            if {before.level, after.level} & {"na", "unknown"}:
                continue
            change[before.agency] += float(after.level) - float(before.level)
        return change

    change = moves(load_truth(1), load_truth(2))
    assert [agency for agency, moved in change.items() if moved < 0] == ["zaferan"]
    assert {agency for agency, moved in change.items() if moved > 0} == {
        "abrah",
        "sepidrud",
        "nojoom",
        "naghshe",
        "niloofar",
    }
