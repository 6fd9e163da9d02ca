"""docs/checks.md, made from the metadata and docstrings of the checks: `python -m checks.docs > docs/checks.md`."""

import inspect
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

from checks.registry import RegisteredCheck, load_checks

HEADINGS = ("What it looks for", "Why it matters", "How to fix", "Known limits")
"""The parts that the docstring of every check has, in this order."""
CASES = Path(__file__).parent.parent / "tests" / "cases"

_PREFACE = """# Checks

Each check is a pure function from a snapshot to a level, in one file. This page is made from the checks themselves:
`python -m checks.docs > docs/checks.md`. What a level means stands in the framework's rubric.
"""


def checks_markdown(cases: Path = CASES) -> str:
    """The whole page, checks in the order of their ids. `cases` is the folder of case files that it lists."""
    known = load_checks()
    contents = "\n".join(f"- [{check_id}](#{check_id})" for check_id in known)
    return "\n".join([_PREFACE, contents, "", *(check_section(entry, cases) for entry in known.values())])


def check_section(entry: RegisteredCheck, cases: Path = CASES) -> str:
    """One check's section: what it says of itself, its labels and probes, its messages and its cases."""
    meta = entry.meta
    summary, parts = docstring_parts(entry)
    lines = [f"## {meta.id}", "", summary, ""]
    lines += [f"- Scope: {meta.scope}, version {meta.version}, in `{entry.module}`"]
    lines += [f"- Labels: {_codes(meta.labels)}", f"- Probes: {_codes(meta.probes)}"]
    options = [
        name for name, one in inspect.signature(entry.function).parameters.items() if one.kind == one.KEYWORD_ONLY
    ]
    if options:
        lines.append(f"- Options: {_codes(options)}")
    for heading in HEADINGS:
        lines += ["", f"**{heading}.** {parts[heading]}"]
    lines += ["", "| message | Persian | English |", "|---|---|---|"]
    lines += [f"| {key} | {texts['fa']} | {texts['en']} |" for key, texts in meta.messages.items()]
    listed = _cases_of(meta.id, cases)
    if listed:
        lines += ["", "| case | shows | expected |", "|---|---|---|", *listed]
    return "\n".join([*lines, ""])


def docstring_parts(entry: RegisteredCheck) -> tuple[str, Mapping[str, str]]:
    """The first line of a check's docstring, and its text under each of the fixed headings.

    Raises ValueError where a heading is missing or stands in another order.
    """
    text = inspect.getdoc(entry.function) or ""
    places = [text.find(f"\n{heading}:") for heading in HEADINGS]
    if -1 in places or places != sorted(places):
        raise ValueError(f"{entry.meta.id}: the docstring needs the headings {', '.join(HEADINGS)}, in this order")
    ends = [*places[1:], len(text)]
    parts = {
        heading: _capital(" ".join(text[start + len(heading) + 2 : end].split()))
        for heading, start, end in zip(HEADINGS, places, ends, strict=True)
    }
    return text.split("\n", 1)[0], parts


def _cases_of(check_id: str, cases: Path) -> list[str]:
    rows: list[str] = []
    for path in sorted(cases.glob(f"{check_id}/*/case.toml")):
        case = tomllib.loads(path.read_text(encoding="utf-8"))
        rows.append(f"| `{path.parent.name}` | {case['title']} | {_expected(case['expect'])} |")
    return rows


def _expected(expect: Mapping[str, object]) -> str:
    outcome = expect.get("outcome", "level")
    if outcome != "level":
        cause = expect.get("cause")
        return f"{outcome} ({cause})" if cause else str(outcome)
    bounds = (("level", "level {}"), ("min_level", "at least {}"), ("max_level", "at most {}"))
    return ", ".join(said.format(expect[name]) for name, said in bounds if name in expect)


def _codes(names: object) -> str:
    listed = ", ".join(f"`{name}`" for name in names) if isinstance(names, (list, tuple)) else ""
    return listed or "none"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(checks_markdown())
