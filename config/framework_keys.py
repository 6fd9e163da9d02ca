"""Reads the keys of one TOML table and reports what is wrong with them by their path."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from config.models import Text
from config.problems import Problem, did_you_mean

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class TableReader:
    """One table of the file: `path` is what stands before its keys in messages, empty for the file itself."""

    def __init__(self, file: str, path: str, table: dict[str, Any], problems: list[Problem]) -> None:
        self.file = file
        self.path = path
        self.table = table
        self.problems = problems

    def report(self, key: str, fix: str) -> None:
        """Add a problem about a key of this table."""
        value = self.table.get(key)
        shown = None if value is None or isinstance(value, dict | list) else str(value)
        where = f"{self.path}.{key}" if self.path and key else self.path or key
        self.problems.append(Problem(self.file, None, where, shown, fix))

    def refuse_unknown(self, known: Iterable[str]) -> None:
        """Report every key that is not one of `known`."""
        words = list(known)
        for key in self.table:
            if key not in words:
                hint = did_you_mean(key, [word for word in words if word not in self.table]) or "remove it"
                self.report(key, f"unknown key: {hint}")

    def given(self, key: str, value: Any) -> dict[str, Any]:
        """The key with its value where the file has it, else nothing, so that the model's default holds."""
        return {key: value} if key in self.table else {}

    def text(self, key: str) -> str:
        """A sentence or name that must be there."""
        value = self.table.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.report(key, "the key is missing" if value is None else "write a text in double quotes, not empty")
        return ""

    def identifier(self, key: str) -> str:
        """A name that other parts refer to; empty after a report."""
        value = self.text(key)
        if value and not _ID.fullmatch(value):
            self.report(
                key, "use Latin letters, digits, dot, hyphen and underscore, at most 64, the first a letter or digit"
            )
            return ""
        return value

    def bilingual(self, key: str) -> Text:
        """A text in both languages: `{ fa = "...", en = "..." }`."""
        value = self.table.get(key)
        if not isinstance(value, dict):
            missing = "the key is missing" if value is None else "one text is not enough"
            self.report(key, f'{missing}: write {{ fa = "...", en = "..." }}')
            return Text(fa="", en="")
        inner = TableReader(self.file, f"{self.path}.{key}" if self.path else key, value, self.problems)
        inner.refuse_unknown(("fa", "en"))
        return Text(fa=inner.text("fa"), en=inner.text("en"))

    def choice(self, key: str, known: Iterable[str], *, default: str | None) -> str:
        """One word of a closed list; `default` stands for a missing key, None means that it must be there."""
        words = list(known)
        value = self.table.get(key, default)
        if isinstance(value, str) and (value in words or (key not in self.table and default is not None)):
            return value
        hint = did_you_mean(str(value), words) if value is not None else f"write one of {', '.join(words)}"
        self.report(key, hint if value is not None else f"the key is missing: {hint}")
        return ""

    def whole(self, key: str, low: int, high: int, *, default: int) -> int:
        """A whole number within bounds."""
        value = self.table.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        self.report(key, f"write a whole number from {low} to {high}")
        return default

    def fraction(self, key: str, *, default: Fraction) -> Fraction:
        """An exact number: whole, decimal as written, or a text such as "1/3"."""
        value = self.table.get(key, default)
        read = exact(value)
        if read is None:
            self.report(key, 'write a number, or a fraction in quotes such as "1/3"')
            return default
        return read

    def weight(self, key: str, *, default: Fraction | None) -> Fraction:
        """A weight above 0; `default` None means that it must be there."""
        if key not in self.table and default is None:
            self.report(key, "the key is missing: write the weight, a number above 0")
        weight = self.fraction(key, default=default or Fraction(1))
        if weight <= 0:
            self.report(key, "a weight must be above 0")
        return weight

    def numbers(self, key: str) -> list[Fraction]:
        """A list of levels from 0 to 1; missing is empty. A wrong entry is reported and left out."""
        value = self.table.get(key, [])
        if not isinstance(value, list):
            self.report(key, "write a list of levels, e.g. [0, 0.5, 1]")
            return []
        found: list[Fraction] = []
        for entry in value:
            read = exact(entry)
            if read is None or not 0 <= read <= 1:
                self._report_entry(key, entry, "a level lies between 0 and 1")
            elif read in found:
                self._report_entry(key, entry, "the level stands twice")
            else:
                found.append(read)
        return found

    def words(self, key: str, known: Iterable[str]) -> tuple[str, ...]:
        """A list of words of a closed list; missing is empty."""
        words = list(known)
        value = self.table.get(key, [])
        if not isinstance(value, list):
            self.report(key, "write a list of words in double quotes")
            return ()
        for entry in value:
            if entry not in words:
                self._report_entry(key, entry, did_you_mean(str(entry), words))
        return tuple(dict.fromkeys(entry for entry in value if entry in words))

    def tables(self, key: str, *, required: bool = True) -> Iterator["TableReader"]:
        """The tables of a list, each with a path that names its place and, where it has one, its id."""
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            self.report(key, f"write each one as a table: [[{key}]]")
            return
        if not value and required:
            self.report(key, f"at least one is needed: [[{key}]]")
        for place, entry in enumerate(value, start=1):
            name = entry.get("id", place)
            prefix = f"{self.path}.{key}" if self.path else key
            yield TableReader(self.file, f"{prefix}[{name}]", entry, self.problems)

    def _report_entry(self, key: str, entry: object, fix: str) -> None:
        where = f"{self.path}.{key}" if self.path else key
        self.problems.append(Problem(self.file, None, where, str(entry), fix))


def exact(value: object) -> Fraction | None:
    """The exact number that a TOML value or a text such as "1/3" states, None where it states none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        if len(value) > 40 or not re.fullmatch(r"\s*-?\d+(\.\d+|\s*/\s*\d+)?\s*", value):
            return None
        try:
            return Fraction(value.replace(" ", ""))
        except ZeroDivisionError:
            return None
    if isinstance(value, Decimal):
        # The bound keeps 1e999999999 from becoming a number of a billion digits.
        return Fraction(value) if value.is_finite() and abs(value.adjusted()) < 50 else None
    return Fraction(value) if isinstance(value, int | Fraction) else None
