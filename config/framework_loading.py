"""Reads a framework file (TOML), with every fault at once, each with the path of its key."""

import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

from config.framework_indicators import read_indicators
from config.framework_keys import TableReader
from config.models import Framework, ParticipationBonus, Priority
from config.problems import InputError, Problem

MAX_FILE_BYTES = 5_000_000
MAX_BONUS_POINTS = 10
_KEYS = (
    "id", "version", "name", "status", "service_unit", "rounding", "decimals", "tie_style", "aggregate",
    "window_indicator", "minimum_coverage", "minimum_priority_coverage", "priorities", "indicators",
)  # fmt: skip
_PRIORITY_KEYS = ("id", "name", "weight")


def load_framework(path: Path) -> Framework:
    """The framework in `path`. Weights and coverages are exact: whole numbers, decimals as written, or "1/3".

    Raises InputError with every fault found.
    """
    table = _parsed(path)
    problems: list[Problem] = []
    reader = TableReader(path.name, "", table, problems)
    reader.refuse_unknown((*_KEYS, "participation_bonus"))
    priorities = _priorities(reader, problems)
    values: dict[str, Any] = {
        "id": reader.identifier("id"),
        "version": reader.text("version"),
        "name": reader.bilingual("name"),
        "status": reader.bilingual("status"),
        "priorities": priorities,
        "indicators": read_indicators(reader, {priority.id for priority in priorities}),
    }
    for key in ("service_unit", "rounding", "tie_style", "aggregate"):
        values |= reader.given(key, reader.choice(key, get_args(Framework.model_fields[key].annotation), default=""))
    for key in ("minimum_coverage", "minimum_priority_coverage"):
        share = reader.fraction(key, default=Fraction(0))
        if not 0 <= share <= 1:
            reader.report(key, "a coverage lies between 0 and 1")
        values |= reader.given(key, share)
    decimals = reader.whole("decimals", 0, 6, default=2)
    values |= reader.given("decimals", decimals)
    values |= reader.given("participation_bonus", _participation_bonus(reader))
    _empty_priorities(reader, values)
    if "window_indicator" in table:
        known = [indicator.id for indicator in values["indicators"] if indicator.value == "share"]
        values["window_indicator"] = reader.choice("window_indicator", known, default=None)
    if problems:
        raise InputError(problems)
    return Framework(**values)


def _participation_bonus(reader: TableReader) -> ParticipationBonus | None:
    table = reader.table.get("participation_bonus")
    if table is None:
        return None
    if not isinstance(table, dict):
        reader.report("participation_bonus", "write a table: [participation_bonus] with full and partial")
        return None
    inner = TableReader(reader.file, "participation_bonus", table, reader.problems)
    inner.refuse_unknown(("full", "partial"))
    if "full" not in table:
        inner.report(
            "full", "the key is missing: write the points, out of 100, of an agency that came to every session"
        )
    full, partial = (inner.fraction(key, default=Fraction(0)) for key in ("full", "partial"))
    if not 0 <= full <= MAX_BONUS_POINTS:
        inner.report("full", f"a bonus lies between 0 and {MAX_BONUS_POINTS} points")
    elif not 0 <= partial <= full:
        inner.report("partial", "points for some of the sessions lie between 0 and those for all of them")
    return ParticipationBonus(full=full, partial=partial)


def _parsed(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            fix = f"the file is larger than {MAX_FILE_BYTES // 1_000_000} MB: this is no framework"
            raise InputError([Problem(path.name, None, None, None, fix)])
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            [Problem(path.name, None, None, None, "the file is not in UTF-8: save it as UTF-8")]
        ) from error
    except OSError as error:
        fix = f"the framework file cannot be read ({error.strerror or error}): check its name and folder"
        raise InputError([Problem(str(path), None, None, None, fix)]) from error
    try:
        return tomllib.loads(text.replace("\r\n", "\n"), parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:  # also numbers too large to be any number
        fix = f"the file is no valid TOML: {_toml_fault(error)}"
        raise InputError([Problem(path.name, None, None, None, fix)]) from error


def _toml_fault(error: Exception) -> str:
    if isinstance(error, tomllib.TOMLDecodeError):
        return str(error)
    return "it is nested too deeply" if isinstance(error, RecursionError) else "it holds a number that is too large"


def _priorities(reader: TableReader, problems: list[Problem]) -> tuple[Priority, ...]:
    found: list[Priority] = []
    for entry in reader.tables("priorities"):
        entry.refuse_unknown(_PRIORITY_KEYS)
        count = len(problems)
        priority_id = entry.identifier("id")
        name = entry.bilingual("name")
        weight = entry.weight("weight", default=None)
        if priority_id in {priority.id for priority in found}:
            entry.report("id", "the id stands twice: give each priority its own")
        if priority_id and len(problems) == count:
            found.append(Priority(id=priority_id, name=name, weight=weight))
        elif priority_id:  # its indicators are not at fault
            found.append(Priority.model_construct(id=priority_id, name=name, weight=weight))
    return tuple(found)


def _empty_priorities(reader: TableReader, values: dict[str, Any]) -> None:
    used = {indicator.priority for indicator in values["indicators"]}
    for place, priority in enumerate(values["priorities"]):
        if priority.id not in used:
            reader.report(
                f"priorities[{place + 1}]", f"priority {priority.id!r} has no indicator: add one or remove it"
            )
