"""Ranking lists, growth, and the two scopes of a ministry."""

from decimal import Decimal
from fractions import Fraction

import pytest

from config.models import Agency, Register, Service
from scoring.aggregate import aggregate_round, subsidiaries
from scoring.lists import Earlier, as_earlier, parse_list, ranking_list
from scoring.score import ScoringError, score_round
from tests.scoring.builders import finding, framework


def agency(agency_id: str, kind: str = "other", **changes: object) -> Agency:
    return Agency.model_validate({"id": agency_id, "name_fa": "نام", "name_en": agency_id, "kind": kind, **changes})


REGISTER = Register(
    agencies=(
        agency("ministry", "main", cluster="health", participation="full"),
        agency("clinic", "high_traffic", parent="ministry", cluster="health", participation="partial"),
        agency("registry", "other", parent="clinic"),
        agency("court", "main", cluster="law"),
    ),
    services=(
        Service(id="s1", agency="clinic", title_fa="خدمت"),
        Service(id="s2", agency="clinic", title_fa="خدمت"),
        Service(id="s3", agency="clinic", title_fa="خدمت"),
    ),
)
RULES = framework(("1", "1"), 1, minimum_coverage="1/2", minimum_priority_coverage="1/2")
FOUND = [
    finding("P0.0", 1, agency="ministry"), finding("P1.0", 0.5, agency="ministry"),
    finding("P0.0", 0.5, agency="clinic", service="s1"), finding("P0.0", 0.25, agency="clinic", service="s2"),
    finding("P0.0", 0.75, agency="clinic", service="s3"), finding("P1.0", 1, agency="clinic"),
    finding("P0.0", 0, agency="registry"), finding("P1.0", 0, agency="registry"),
    finding("P0.0", 1, agency="court"), finding("P1.0", 0.5, agency="court"),
]  # fmt: skip
SCORES = score_round(RULES, FOUND)


def places(text: str, **changes: object) -> list[tuple[str, int | None, Decimal | None]]:
    made = ranking_list(parse_list(text), RULES, REGISTER, SCORES, **changes)  # type: ignore[arg-type]
    return [(place.agency, place.rank, place.score) for place in made.places]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("all", [("clinic", 1), ("court", 1), ("ministry", 1), ("registry", 4)]),
        ("main", [("court", 1), ("ministry", 1)]),
        ("high-traffic", [("clinic", 1)]),
        ("cluster:health", [("clinic", 1), ("ministry", 1)]),
        ("parent:ministry", [("clinic", 1)]),
        ("priority:P0", [("court", 1), ("ministry", 1), ("clinic", 3), ("registry", 4)]),
        ("indicator:P1.0", [("clinic", 1), ("court", 2), ("ministry", 2), ("registry", 4)]),
        ("participation", [("ministry", 1), ("clinic", 2), ("court", 3), ("registry", 3)]),
    ],
)
def test_each_list_holds_its_agencies_in_order(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(name, rank) for name, rank, _ in places(text)] == expected


def test_positional_list_parts_equals_by_the_named_tie_break() -> None:
    assert [(name, rank) for name, rank, _ in places("all", tie_style="positional")] == [
        ("clinic", 1), ("court", 2), ("ministry", 3), ("registry", 4),
    ]  # fmt: skip
    made = ranking_list(parse_list("all"), RULES, REGISTER, SCORES, tie_style="positional")
    assert (made.tie_style, made.tie_break) == ("positional", "coverage, then agency id")


def test_growth_is_measured_for_agencies_of_both_rounds_only() -> None:
    earlier = Earlier("before", {"ministry": Decimal("50.00"), "court": Decimal("80.00")}, {"ministry": 28, "court": 1})
    assert places("growth", earlier=earlier) == [
        ("ministry", 1, Decimal("25.00")), ("court", 2, Decimal("-5.00")), ("clinic", None, None),
        ("registry", None, None),
    ]  # fmt: skip
    assert places("growth-places", earlier=earlier)[:2] == [("ministry", 1, Decimal(27)), ("court", 2, Decimal(0))]


def test_own_round_serves_as_the_earlier_one() -> None:
    earlier = as_earlier("r1", RULES, SCORES)
    assert {score for _, _, score in places("growth", earlier=earlier)} == {Decimal("0.00")}


def test_growth_without_an_earlier_round_is_refused() -> None:
    with pytest.raises(ScoringError, match="needs an earlier round"):
        places("growth")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("best", "There is no ranking list 'best'"), ("cluster:", "cluster:NAME"),
        ("main:x", "There is no ranking list"),
        ("cluster:sea", "There are: health, law"), ("priority:Z", "It has: P0, P1"), ("indicator:T99", "It has: P0.0"),
    ],
)  # fmt: skip
def test_list_that_does_not_exist_names_those_that_do(text: str, said: str) -> None:
    with pytest.raises(ScoringError, match=said):
        places(text)


def test_subsidiaries_are_found_at_every_depth() -> None:
    assert subsidiaries(REGISTER)["ministry"] == ("clinic", "registry")


def test_ministry_counts_every_body_alike_or_every_unit_alike() -> None:
    def value(rule: str) -> Fraction | None:
        rules = RULES.model_copy(update={"aggregate": rule})
        return aggregate_round(rules, REGISTER, SCORES)["ministry"].indicator("P0.0").estimate.value  # type: ignore[union-attr]

    assert value("bodies") == (Fraction(1) + Fraction(1, 2) + 0) / 3
    assert value("units") == (Fraction(1) + Fraction(3, 2) + 0) / 5


def test_body_without_subsidiaries_has_one_score_in_both_scopes() -> None:
    assert aggregate_round(RULES, REGISTER, SCORES)["court"] is SCORES["court"]


@pytest.mark.parametrize(("rule", "bounds"), [("bodies", ("1/3", "2/3", "2/3")), ("units", ("1/5", "4/5", "2/5"))])
def test_unvisited_subsidiary_is_unknown_and_never_a_zero(rule: str, bounds: tuple[str, str, str]) -> None:
    rules = RULES.model_copy(update={"aggregate": rule})
    seen = {name: score for name, score in SCORES.items() if name in ("ministry", "registry")}
    estimate = aggregate_round(rules, REGISTER, seen)["ministry"].indicator("P0.0").estimate
    assert estimate is not None
    assert estimate.value == Fraction(1, 2)
    assert (estimate.low, estimate.high, estimate.coverage) == tuple(map(Fraction, bounds))


@pytest.mark.parametrize(
    ("parents", "said"), [({"a": "b", "b": "a"}, "circle: a > b > a"), ({"a": "x", "b": None}, "'x' as its parent")]
)
def test_parents_that_lead_nowhere_are_refused(parents: dict[str, str | None], said: str) -> None:
    register = Register(agencies=tuple(agency(name, parent=above) for name, above in parents.items()), services=())
    with pytest.raises(ScoringError, match=said):
        subsidiaries(register)
