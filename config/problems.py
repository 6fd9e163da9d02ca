"""What is wrong with an input file, said so that its owner can mend it."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MAX_SHOWN_VALUE = 80
MAX_LISTED_PROBLEMS = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where it is, what stands there, and what to do.

    `row` counts as a spreadsheet shows it (the heading is row 1; a line number in TOML files), None where the whole
    file is meant. `column` is a column name, or the path of a key in a TOML file. `value` is what was found.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    fix: str

    def __str__(self) -> str:
        place = [self.file]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column:
            place.append(self.column)
        found = "" if self.value is None else f": {shorten(self.value)!r}"
        return f"{', '.join(place)}{found}: {self.fix}"


class InputError(Exception):
    """An input file cannot be used. `problems` holds every fault found, in file order; `str()` lists them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems[:MAX_LISTED_PROBLEMS]]
        rest = len(self.problems) - len(lines)
        if rest:
            lines.append(f"... and {rest} more problems")
        return "\n".join(lines)


def shorten(value: str) -> str:
    """The value as far as a message should repeat it."""
    return value if len(value) <= MAX_SHOWN_VALUE else value[: MAX_SHOWN_VALUE - 1] + "…"


def did_you_mean(value: str, known: Iterable[str]) -> str:
    """A sentence naming the most similar known word, or all known words if they are few, or nothing."""
    words = list(dict.fromkeys(known))
    lowered = {word.lower(): word for word in words}
    close = difflib.get_close_matches(value.lower(), lowered, n=1, cutoff=0.6)
    if close:
        return f"did you mean {lowered[close[0]]!r}?"
    if words and len(words) <= 15:
        return f"known are {', '.join(words)}"
    return ""


class PluginError(Exception):
    """A check that another distribution brings cannot be used: broken, without a check, or with an id that is taken."""
