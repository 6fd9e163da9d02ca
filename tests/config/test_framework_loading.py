"""Framework files, right and wrong: every fault with the path of its key."""

from fractions import Fraction
from pathlib import Path

import pytest

from config.loading import InputError, Problem, load_framework

GOOD = """
id = "sample"
version = "1"
name = { fa = "نمونه", en = "Sample" }
status = { fa = "نمونه", en = "sample" }

[[priorities]]
id = "A"
name = { fa = "الف", en = "A" }
weight = "1/3"

[[indicators]]
id = "A1"
priority = "A"
name = { fa = "یک", en = "One" }
scope = "service"
check = "service-tracking"
weight = 0.1
mode = "browser"
levels = [0, 0.5, 1]
na_when = ["stopped"]
confirm_levels = [1]
options = { enough = 5, share = 0.25 }
rubric = [
    { level = 0, fa = "هیچ", en = "none" },
    { level = 0.5, fa = "نیم", en = "half" },
    { level = 1, fa = "تمام", en = "full" },
]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "framework.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, *changes: tuple[str, str], text: str = GOOD) -> tuple[Problem, ...]:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    with pytest.raises(InputError) as caught:
        load_framework(written(folder, text))
    return caught.value.problems


def test_good_framework_is_exact_and_takes_the_defaults(tmp_path: Path) -> None:
    framework = load_framework(written(tmp_path, GOOD))
    (indicator,) = framework.indicators
    assert framework.priorities[0].weight == Fraction(1, 3)
    assert indicator.weight == Fraction(1, 10)
    assert indicator.levels == (0.0, 0.5, 1.0)
    assert indicator.options == {"enough": 5, "share": 0.25}
    assert (framework.service_unit, framework.decimals, framework.minimum_coverage) == ("leaf", 2, Fraction(4, 5))


def test_framework_survives_being_written_and_read_as_json(tmp_path: Path) -> None:
    framework = load_framework(written(tmp_path, GOOD))
    assert type(framework).model_validate_json(framework.model_dump_json()) == framework


def test_share_needs_no_grid(tmp_path: Path) -> None:
    text = GOOD.replace("levels = [0, 0.5, 1]", 'value = "share"').replace("confirm_levels = [1]\n", "")
    assert load_framework(written(tmp_path, text)).indicators[0].allows(0.37)


@pytest.mark.parametrize(
    ("old", "new", "column", "word"),
    [
        ('priority = "A"', 'priority = "B"', "indicators[A1].priority", "known are A"),
        ("levels = [0, 0.5, 1]", "levels = [0, 0.5, 1.5]", "indicators[A1].levels", "between 0 and 1"),
        ("levels = [0, 0.5, 1]", "levels = [0, 0.5, 0.5, 1]", "indicators[A1].levels", "twice"),
        ("{ level = 0.5,", "{ level = 0.25,", "indicators[A1].rubric[2].level", "not on the grid"),
        ("levels = [0, 0.5, 1]", "levels = [0, 0.5, 0.75, 1]", "indicators[A1].rubric", "0.75"),
        ("confirm_levels = [1]", "confirm_levels = [0.75]", "indicators[A1].confirm_levels", "not on the grid"),
        ('weight = "1/3"', 'weight = "-1/3"', "priorities[A].weight", "above 0"),
        ('weight = "1/3"', 'weight = "1/0"', "priorities[A].weight", "fraction"),
        ('weight = "1/3"', "weight = true", "priorities[A].weight", "fraction"),
        ('weight = "1/3"', "weight = nan", "priorities[A].weight", "fraction"),
        ('weight = "1/3"', "weight = 1e999999999", "priorities[A].weight", "fraction"),
        ("weight = 0.1", "weight = 0", "indicators[A1].weight", "above 0"),
        ('scope = "service"', 'scope = "servise"', "indicators[A1].scope", "did you mean 'service'"),
        ('mode = "browser"', 'mode = "brauser"', "indicators[A1].mode", "did you mean 'browser'"),
        ('"stopped"', '"stoped"', "indicators[A1].na_when", "did you mean 'stopped'"),
        ('"service-tracking"', '"Service Tracking"', "indicators[A1].check", "hyphens"),
        ("confirm_levels", "confirm_level", "indicators[A1].confirm_level", "did you mean 'confirm_levels'"),
        ('version = "1"', 'version = "1"\ndecimals = 12', "decimals", "from 0 to 6"),
        ('version = "1"', 'version = "1"\nrounding = "up"', "rounding", "known are"),
        ('version = "1"', 'version = "1"\nminimum_coverage = 80', "minimum_coverage", "between 0 and 1"),
        ('name = { fa = "نمونه", en = "Sample" }', 'name = "Sample"', "name", "fa"),
        ('fa = "هیچ"', 'fa = ""', "indicators[A1].rubric[1].fa", "not empty"),
    ],
)
def test_fault_is_told_with_its_key_and_fix(tmp_path: Path, old: str, new: str, column: str, word: str) -> None:
    found = {problem.column: problem.fix for problem in faults(tmp_path, (old, new))}
    assert word in found.get(column, ""), found


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    found = faults(tmp_path, ('priority = "A"', 'priority = "Z"'), ("weight = 0.1", "weight = -1"), ("[1]", "[0.9]"))
    assert {"indicators[A1].priority", "indicators[A1].weight", "indicators[A1].confirm_levels"} <= {
        problem.column for problem in found
    }


def test_fact_of_a_service_is_no_rule_for_a_portal(tmp_path: Path) -> None:
    assert "one service" in faults(tmp_path, ('scope = "service"', 'scope = "portal"'))[0].fix


def test_duplicate_ids_are_refused(tmp_path: Path) -> None:
    indicator = GOOD[GOOD.index("[[indicators]]") :]
    priority = GOOD[GOOD.index("[[priorities]]") : GOOD.index("[[indicators]]")]
    found = faults(tmp_path, text=GOOD.replace(priority, priority * 2) + indicator)
    assert [problem.column for problem in found if "twice" in problem.fix] == ["priorities[A].id", "indicators[A1].id"]


def test_priority_without_indicator_is_refused(tmp_path: Path) -> None:
    extra = '[[priorities]]\nid = "B"\nname = { fa = "ب", en = "B" }\nweight = 1\n\n[[indicators]]'
    assert "no indicator" in faults(tmp_path, ("[[indicators]]", extra))[0].fix


def test_missing_keys_are_told(tmp_path: Path) -> None:
    found = faults(tmp_path, text="")
    assert {"id", "version", "name", "status", "priorities", "indicators"} <= {problem.column for problem in found}


def test_broken_toml_and_missing_file_end_in_one_clear_sentence(tmp_path: Path) -> None:
    (broken,) = faults(tmp_path, text="id = ")
    assert "no valid TOML" in broken.fix
    with pytest.raises(InputError, match="cannot be read"):
        load_framework(tmp_path / "none.toml")


@pytest.mark.parametrize("text", [f"id = {'9' * 6000}", "weight = 1e99999999999999999999999", "a = " + "[" * 5000])
def test_numbers_and_nesting_beyond_reason_are_no_toml(tmp_path: Path, text: str) -> None:
    assert "no valid TOML" in faults(tmp_path, text=text)[0].fix


def test_other_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "framework.toml"
    path.write_bytes(GOOD.encode("cp1256", errors="ignore"))
    with pytest.raises(InputError, match="not in UTF-8"):
        load_framework(path)
