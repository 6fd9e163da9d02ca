"""The indicators of a framework file: grid, rubric, rules and options of each, checked against one another."""

import re
from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

from config.framework_keys import TableReader, exact
from config.models import Indicator, NaRule, RubricLevel, Text
from config.problems import did_you_mean

_KEYS = (
    "id", "priority", "name", "scope", "check", "weight", "mode", "levels", "value", "rubric",
    "legal_basis", "na_when", "confirm_levels", "options",
)  # fmt: skip
_RUBRIC_KEYS = ("level", "fa", "en")
_CHECK_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read_indicators(reader: TableReader, priorities: Collection[str]) -> tuple[Indicator, ...]:
    """All indicators of the file, in order; faults are reported to the reader."""
    found: list[Indicator] = []
    seen: set[str] = set()
    for entry in reader.tables("indicators"):
        indicator = _indicator(entry, priorities)
        if indicator.id and indicator.id in seen:
            entry.report("id", "the id stands twice: give each indicator its own")
        seen.add(indicator.id)
        found.append(indicator)
    return tuple(found)


def _indicator(entry: TableReader, priorities: Collection[str]) -> Indicator:
    entry.refuse_unknown(_KEYS)
    priority = entry.text("priority")
    if priority and priorities and priority not in priorities:
        entry.report("priority", f"no priority has this id: {did_you_mean(priority, priorities)}")
    scope = entry.choice("scope", ("portal", "service"), default=None)
    levels = _grid(entry)
    values: dict[str, Any] = {
        "id": entry.identifier("id"),
        "priority": priority,
        "name": entry.bilingual("name"),
        "scope": scope,
        "check": _check_id(entry),
        "weight": entry.weight("weight", default=Fraction(1)),
        "mode": entry.choice("mode", ("auto", "browser", "manual"), default=None),
        "levels": tuple(float(level) for level in levels),
        "value": entry.choice("value", ("grid", "share"), default="grid"),
        "rubric": _rubric(entry, levels),
        "legal_basis": entry.bilingual("legal_basis") if "legal_basis" in entry.table else None,
        "na_when": _na_rules(entry, scope),
        "confirm_levels": _confirm_levels(entry, levels),
        "options": _options(entry),
    }
    # The model is built without checks: after a report it would only say the same again, less well.
    return Indicator.model_construct(**values)


def _grid(entry: TableReader) -> list[Fraction]:
    levels = entry.numbers("levels")
    if entry.table.get("value") == "share":
        if "levels" in entry.table:
            entry.report("levels", 'value = "share" allows every level from 0 to 1: remove the list')
        return []
    if "levels" not in entry.table:
        entry.report("levels", 'the key is missing: write the grid, e.g. [0, 0.5, 1], or value = "share"')
    elif len(levels) < 2 and isinstance(entry.table["levels"], list) and len(entry.table["levels"]) < 2:
        entry.report("levels", "a grid has at least two levels")
    return sorted(levels)


def _rubric(entry: TableReader, levels: list[Fraction]) -> tuple[RubricLevel, ...]:
    found: dict[Fraction, RubricLevel] = {}
    share = entry.table.get("value") == "share"
    for place in entry.tables("rubric", required=False):
        place.refuse_unknown(_RUBRIC_KEYS)
        text = Text(fa=place.text("fa"), en=place.text("en"))
        level = exact(place.table.get("level"))
        if level is None or not 0 <= level <= 1:
            place.report("level", "write the level that the text explains, between 0 and 1")
        elif level in found:
            place.report("level", "the level is explained twice")
        elif not share and levels and level not in levels:
            place.report("level", f"the level is not on the grid ({_shown(levels)})")
        else:
            found[level] = RubricLevel(level=float(level), text=text)
    missing = [level for level in levels if level not in found]
    if missing:
        entry.report("rubric", f"no text explains level {_shown(missing)}: add {{ level = ..., fa = ..., en = ... }}")
    return tuple(found[level] for level in sorted(found))


def _confirm_levels(entry: TableReader, levels: list[Fraction]) -> tuple[float, ...]:
    confirmed = entry.numbers("confirm_levels")
    outside = [level for level in confirmed if level not in levels]
    if outside and (levels or entry.table.get("value") == "share"):
        entry.report("confirm_levels", f"level {_shown(outside)} is not on the grid ({_shown(levels) or 'none'})")
    return tuple(float(level) for level in sorted(confirmed))


def _na_rules(entry: TableReader, scope: str) -> tuple[str, ...]:
    rules = entry.words("na_when", get_args(NaRule))
    if scope == "portal":
        for rule in rules:
            if rule != "no_public_services":
                entry.report("na_when", f"{rule!r} is a fact of one service: only an indicator of scope service has it")
    return rules


def _check_id(entry: TableReader) -> str | None:
    if "check" not in entry.table:
        return None
    check = entry.text("check")
    if check and not _CHECK_ID.fullmatch(check):
        entry.report("check", "a check's id is in lower case with hyphens, e.g. service-tracking")
    return check or None


def _options(entry: TableReader) -> dict[str, Any]:
    options = entry.table.get("options", {})
    if not isinstance(options, dict):
        entry.report("options", "write a table: { name = value }")
        return {}
    return {key: _plain(value) for key, value in options.items()}


def _plain(value: Any) -> Any:
    """Options in the types that checks expect: decimals as floats."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    return value


def _shown(levels: list[Fraction]) -> str:
    return ", ".join(f"{float(level):g}" for level in levels)
