"""Every word group that the code asks for is there: a name misspelt would silently match nothing."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from snapshot.matching import lexicon

ROOT = Path(__file__).parents[2]
ASKING = {"has": 1, "words": 1, "first": 1}
"""Methods of the lexicon that take a group, and the place of that argument."""


def asked_groups() -> Iterator[tuple[str, str]]:
    for room in ("snapshot", "checks", "crawler"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                group = _group(node)
                if group is not None:
                    yield group, path.relative_to(ROOT).as_posix()


def _group(node: ast.AST) -> str | None:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ASKING):
        return None
    place = ASKING[node.func.attr]
    given = node.args[place] if len(node.args) > place else None
    return given.value if isinstance(given, ast.Constant) and isinstance(given.value, str) else None


@pytest.mark.parametrize(("group", "path"), sorted(set(asked_groups())))
def test_group_is_defined(group: str, path: str) -> None:
    assert group in lexicon().groups, f"{path} asks for the word group '{group}', which no lexicon has"


def test_code_asks_for_groups() -> None:
    assert len(set(asked_groups())) > 100
