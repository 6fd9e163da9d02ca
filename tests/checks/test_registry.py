"""Checks are found where they stand, once each, and keep the form that the registry and the docs rely on."""

import ast
import inspect
import re
import string
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

import pytest

from checks import registry
from checks.base import Result, at_level, check
from checks.registry import RegisteredCheck, checks_in, load_checks, registered, visit_plan
from checks.runner_words import NOT_APPLICABLE, NOT_JUDGED
from config.problems import PluginError
from config.vocabulary import Label
from tests.case_files import FRAMEWORK, framework_for

_WORDS = {"none": {"fa": "هیچ", "en": "None."}}


@check(id="sample", scope="portal", labels=("faq",), version=1, messages=_WORDS)
def sample(snapshot: object) -> Result:
    return at_level(0, "none")


@check(id="sample", scope="portal", labels=("faq",), version=2, messages=_WORDS)
def other(snapshot: object) -> Result:
    return at_level(0, "none")


def _entry(function: object) -> RegisteredCheck:
    return RegisteredCheck(function.check_meta, function, "somewhere")  # type: ignore[attr-defined, arg-type]


@pytest.mark.parametrize("check_id", sorted(load_checks()))
def test_a_check_is_named_as_its_file_and_function(check_id: str) -> None:
    entry = load_checks()[check_id]
    name = check_id.replace("-", "_")
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", check_id)
    assert entry.function.__name__ == name
    assert entry.module.rpartition(".")[2] == name


@pytest.mark.parametrize("check_id", sorted(load_checks()))
def test_every_message_is_used_translated_and_asks_for_the_same_data(check_id: str) -> None:
    entry = load_checks()[check_id]
    package = Path(inspect.getfile(entry.function)).parent
    literals = {
        node.value
        for path in package.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    sources = "".join(path.read_text(encoding="utf-8") for path in package.glob("*.py"))
    for key, texts in entry.meta.messages.items():
        assert key in literals
        assert sources.count(f'"{key}"') > 1, f"the message {key} is never given"
        assert set(texts) == {"fa", "en"}
        fields = [{name for _, name, _, _ in string.Formatter().parse(texts[code]) if name} for code in ("fa", "en")]
        assert fields[0] == fields[1], key
        assert key not in {*NOT_JUDGED, *NOT_APPLICABLE}, f"{key} is the runner's own"


def test_two_checks_of_one_id_are_refused() -> None:
    with pytest.raises(PluginError, match="'sample' stands twice"):
        registered([_entry(sample), _entry(other)])


def test_a_check_found_twice_is_one_check() -> None:
    assert list(registered([_entry(sample), _entry(sample)])) == ["sample"]


def test_a_module_offers_only_the_checks_it_defines() -> None:
    module = ModuleType("brought")
    vars(module).update(sample=sample)
    assert checks_in(module) == []
    vars(module).update(__name__=__name__)
    assert [entry.meta.id for entry in checks_in(module)] == ["sample"]


def test_other_distributions_bring_checks_through_entry_points() -> None:
    point = EntryPoint(name="sample", value=f"{__name__}:sample", group=registry.GROUP)
    assert [entry.meta.id for entry in registry._foreign_checks([point])] == ["sample"]


def test_an_entry_point_without_a_check_is_refused() -> None:
    point = EntryPoint(name="odd", value="pathlib:Path", group=registry.GROUP)
    with pytest.raises(PluginError, match="brings no check"):
        registry._foreign_checks([point])


def test_a_check_that_cannot_be_loaded_is_named_with_its_cause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken_check.py").write_text("1 / 0", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    point = EntryPoint(name="broken", value="broken_check", group=registry.GROUP)
    with pytest.raises(PluginError, match="broken = broken_check cannot be loaded: ZeroDivisionError"):
        registry._foreign_checks([point])


def test_the_visit_plan_asks_for_the_labels_and_probes_of_the_frameworks_checks() -> None:
    plan = visit_plan(framework_for("service-tracking"))
    assert plan.labels == (Label.SERVICE_TRACKING,)
    assert plan.probes == ("tracking-form",)


def test_every_check_answers_an_indicator_of_the_shipped_framework() -> None:
    assert FRAMEWORK.exists()
    built_in = {check_id: entry for check_id, entry in load_checks().items() if entry.module.startswith("checks.")}
    for check_id, entry in built_in.items():
        (indicator,) = framework_for(check_id).indicators
        assert indicator.scope == entry.meta.scope
