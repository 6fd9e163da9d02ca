"""rank, compare, explain, weights and round import on two small rounds and on the published history."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from checks.findings import Finding, Reason
from config.loading import load_framework
from config.models import Agency, Register
from config.vocabulary import Cause, Outcome
from store import repository
from store.session import open_store
from tests.didban.test_commands import FRAMEWORK, didban

Run = Callable[..., tuple[int, str, str]]
LEVELS: dict[str, dict[str, tuple[float | None, float | None]]] = {
    "first": {"roads": (0.25, 0.5), "post": (0.5, 0.5), "ports": (1, 1)},
    "second": {"roads": (1, 1), "post": (0.5, None), "ports": (0.75, 1)},
}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Didban in a workspace with two rounds of three agencies."""
    home = tmp_path / "home"
    home.mkdir()
    register = Register(
        agencies=(
            Agency(id="roads", name_fa="راهداری", name_en="Roads", kind="main", cluster="transport"),
            Agency(id="ports", name_fa="بنادر", name_en="Ports", kind="other", parent="roads", cluster="transport"),
            Agency(id="post", name_fa="پست", name_en="Post", kind="high_traffic", participation="full"),
        ),
        services=(),
    )
    framework = load_framework(FRAMEWORK).model_copy(
        update={"minimum_coverage": Fraction(0), "minimum_priority_coverage": Fraction(0)}
    )
    ids = [indicator.id for indicator in framework.indicators][:2]
    engine = open_store(f"sqlite:///{home / 'didban.db'}")
    for name, agencies in LEVELS.items():
        repository.open_round(engine, name, register, framework)
        for agency, levels in agencies.items():
            visit = repository.order_visit(engine, name, agency, counts=True, as_of=datetime(2026, 3, 1, tzinfo=UTC))
            found = [_finding(name, agency, *pair) for pair in zip(ids, levels, strict=True)]
            repository.save_judged(engine, visit.id, found, page_count=1, rendered_count=0, cause=None)
    engine.dispose()
    return lambda *words: didban(monkeypatch, capsys, *words, "--home", home)


def _finding(name: str, agency: str, indicator: str, level: float | None) -> Finding:
    return Finding(
        round=name, agency=agency, indicator=indicator, check="c", check_version=1, level=level,
        outcome=Outcome.UNKNOWN if level is None else Outcome.LEVEL, cause=Cause.TIMEOUT if level is None else None,
        reason=Reason(key="k"), text_fa="", text_en="",
    )  # fmt: skip


def data(run: Run, *words: object) -> Any:
    code, out, err = run(*words, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_lists_say_by_which_rules_they_were_made(run: Run) -> None:
    made = data(run, "rank", "--round", "second", "--tie-style", "dense")
    assert [entry["agency"] for entry in made["ranking"]] == ["roads", "ports", "post"]
    assert (made["list"], made["scope"], made["tie_style"]) == ("all", "own", "dense")
    assert made["tie_break"] == "coverage, then agency id"
    assert [e["agency"] for e in data(run, "rank", "--list", "cluster:transport")["ranking"]] == ["roads", "ports"]
    assert data(run, "rank", "--list", "participation")["ranking"][0]["agency"] == "post"
    code, out, _ = run("rank", "--list", "main", "--scope", "aggregate", "--round", "second")
    assert code == 0
    assert "scope: aggregate" in out


def test_intervals_repeat_with_their_seed(run: Run) -> None:
    words = ("rank", "--round", "second", "--intervals", "--draws", "300")
    made = data(run, *words, "--seed", "3")
    assert [entry["agency"] for entry in made["intervals"]] == ["roads", "ports", "post"]
    assert data(run, *words, "--seed", "3") == made
    assert set(made["sensitivity"]) == {"weights", "left out", "aggregation", "unknown", "findings"}
    code, out, _ = run(*words)
    assert code == 0
    assert "Not clearly apart" in out
    assert run("rank", "--intervals", "--list", "main")[0] == 2


def test_growth_is_ranked_against_an_earlier_round(run: Run) -> None:
    made = data(run, "rank", "--round", "second", "--list", "growth", "--against", "first")
    assert made["ranking"][0]["agency"] == "roads"
    assert made["ranking"][0]["value"] > 0
    places = data(run, "rank", "--round", "second", "--list", "growth-places", "--against", "first")
    assert (places["ranking"][0]["agency"], places["ranking"][0]["value"]) == ("roads", 2)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["rank", "--list", "growth"], "needs an earlier round"),
        (["rank", "--list", "best"], "There is no ranking list 'best'"),
        (["rank", "--list", "growth", "--against", "none"], "There are: second, first"),
        (["compare", "first", "none"], "There is no round 'none'"),
        (["compare", "a", "b", "c"], "Name two rounds"),
        (["compare", "first", "second", "--agency", "x"], "Neither round knows agency 'x'"),
        (["explain", "x"], "has no score of agency 'x'"),
        (["explain", "roads", "--against", "x"], "neither an own round nor an agency"),
        (["round", "import", "iran-44"], "There are: iran-1"),
        (["round", "import", "france"], "There are the series: iran"),
    ],
)
def test_what_is_not_there_is_named_with_what_is(run: Run, words: list[str], said: str) -> None:
    code, _, err = run(*words)
    assert code == 2
    assert said in err


def test_published_rounds_stand_beside_own_ones_and_are_marked(run: Run) -> None:
    assert run("round", "import", "iran")[0] == 0
    trend = {entry["round"]: entry for entry in data(run, "compare")}
    assert trend["iran-6"]["published_by_others"] is True
    assert trend["second"]["published_by_others"] is False
    assert trend["iran-6"]["sizes"] == {"indicators": 31, "agencies": 154, "services": 1439, "sub_services": 5467}
    hajj = data(run, "compare", "iran-6", "iran-7", "--agency", "haj")["agencies"]
    assert (hajj[0]["climbed"], hajj[0]["gained"]) == (21, 17.93)
    assert data(run, "compare", "iran-8", "iran-9")["means"] == {"U": -1, "I": 4, "P": 5, "T": 1}
    code, out, _ = run("compare", "--agency", "haj")
    assert code == 0
    assert "published by others" in out
    assert "own" in out


def test_published_round_is_never_taken_for_an_own_one(run: Run) -> None:
    run("round", "import", "iran-7")
    assert run("explain", "roads", "--against", "iran-7")[0] == 2
    assert run("rank", "--round", "iran-7")[0] == 2
    assert [entry["name"] for entry in data(run, "round", "list")] == ["second", "first"]


def test_counts_of_a_round(run: Run) -> None:
    made = data(run, "compare", "second")
    assert (made["agencies"], made["agencies_visited"], made["units"]) == (3, 3, 0)
    assert run("compare", "second")[0] == 0


def test_explanation_sums_to_the_printed_score(run: Run) -> None:
    made = data(run, "explain", "roads", "--round", "first")
    parts = [Fraction(line["points"]) for line in made["points"]]
    parts += [Fraction(value) for value in made["held_within_bounds"].values()]
    score = next(e for e in data(run, "rank", "--round", "first")["ranking"] if e["agency"] == "roads")["score"]
    assert abs(float(sum(parts)) - score) <= 0.05  # the framework prints one decimal
    assert made["fixes"][0]["points"] >= made["fixes"][-1]["points"]
    code, out, _ = run("explain", "roads", "--round", "first")
    assert code == 0
    assert "What would gain most" in out


def test_move_and_difference_are_split_exactly(run: Run) -> None:
    move = data(run, "explain", "post", "--round", "second", "--against", "first")
    for split in (move["points"], move["places"]):
        parts = sum((Fraction(split[key]) for key in ("own_portal", "coverage", "rules", "others")), Fraction(0))
        assert parts == Fraction(split["total"])
    assert Fraction(move["places"]["total"]) == move["rank_before"] - move["rank_after"]
    other = data(run, "explain", "roads", "--round", "second", "--against", "ports")
    assert sum(map(Fraction, other["parts"].values()), Fraction(0)) == Fraction(other["total"])
    assert run("explain", "post", "--round", "second", "--against", "first")[0] == 0
    assert run("explain", "roads", "--round", "second", "--against", "ports")[0] == 0


def test_weights_fit_says_what_agrees(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("weights", "fit", "--try", "8/6/10/6", "--try", "25/20/35/20", "--try", "25/25/25/25")
    code, out, _ = didban(monkeypatch, capsys, *words)
    assert code == 0
    assert "Many solutions" in out
    assert "8/6/10/6: agrees" in out
    assert "25/20/35/20: rejected: haj" in out
    assert "25/25/25/25: rejected" in out
    code, out, _ = didban(monkeypatch, capsys, *words, "--rounding", "truncate", "--json")
    tried = json.loads(out)["tried"]
    assert [tried[text]["agrees"] for text in ("8/6/10/6", "25/20/35/20", "25/25/25/25")] == [True, True, False]


@pytest.mark.parametrize("text", ["1/2/3", "a/b/c/d", "0/0/0/0", "-1/2/3/4"])
def test_what_is_no_set_of_weights_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    code, _, err = didban(monkeypatch, capsys, "weights", "fit", f"--try={text}")
    assert code == 2
    assert "is no set of weights" in err
