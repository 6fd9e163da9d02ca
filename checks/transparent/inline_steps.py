"""Steps that stand in running text or in an image's text alternative: "1- ... 2- ...", "first ... -> then ..."."""

import re

from snapshot.perception.models import Step
from snapshot.perception.step_parts import duration_in, unit_in
from snapshot.text import fold

FEWEST_STEPS = 3
LONGEST_STEP = 300
"""Letters; what is longer between two marks is prose."""

_LETTERS = re.compile(r"[^\W\d_]{2,}")
_NUMBER = re.compile(r"(?:^|(?<=[\s:؛;،,.)]))\(?([0-9۰-۹٠-٩]{1,2})\s*[.\-–—):ـ]\s*(?=\D)")
_COUNT = re.compile(r"\s*\(?([0-9۰-۹٠-٩]{1,2})\)?(?:\s*[.\-–—:ـ)]\s*|\s+)(?=[^\W\d_])")
_ARROW = re.compile(r"\s*(?:[←→⟵⟶⇐⇒➔➜▶◀»›]|--?>|<--?|=>|<=)\s*")
_ORDINAL = re.compile(
    r"(?:^|(?<=[\s:؛;،,.]))(?:مرحله|گام|قدم|step|stage)\s+(?:[0-9۰-۹]+|[^\W\d_]+)\s*[:：\-–.،]\s*", re.IGNORECASE
)
_ACTOR = re.compile(r"\s[—–-]\s+([^—–()]{2,60}?)\s*(?:\([^()]*\))?\s*$")
_COMMA = re.compile(r"\s*[،,؛;|]\s*(?![^()]*\))")


def says_something(text: str) -> bool:
    """Whether a text has a word: rows of dots, blanks and bare numbers of an empty form have none."""
    return _LETTERS.search(text) is not None


def inline_steps(text: str, *, commas: bool = False) -> tuple[Step, ...]:
    """The steps that a text counts, marks as first, second, third or joins by arrows; empty where fewer than three.

    `commas` takes a plain enumeration too, as text alternatives of charts have it ("process: apply, check, issue").
    """
    for parts in (_numbered(text), _ORDINAL.split(text)[1:], _ARROW.split(text)):
        steps = _steps(parts)
        if steps:
            return steps
    return _steps(_COMMA.split(text.split(":", 1)[-1])) if commas else ()


def count_of(text: str) -> int | None:
    """The number that a text begins with as its count («۳ صدور برگه», "3. Issue"), None where it does not."""
    match = _COUNT.match(text)
    return int(fold(match.group(1))) if match else None


def step_of(text: str) -> Step:
    """A counted text as a step, without its number."""
    match = _COUNT.match(text)
    return _told_step(text[match.end() :].strip() if match else text)


def _numbered(text: str) -> list[str]:
    """What stands between the numbers 1, 2, 3 ... of a text; other numbers do not count."""
    starts: list[tuple[int, int]] = []
    for match in _NUMBER.finditer(text):
        if int(fold(match.group(1))) == len(starts) + 1:
            starts.append((match.start(), match.end()))
    if not starts:
        return []
    ends = [start for start, _ in starts[1:]] + [len(text)]
    return [text[begin:end] for (_, begin), end in zip(starts, ends, strict=True)]


def _steps(parts: list[str]) -> tuple[Step, ...]:
    told = [part.strip(" .،,؛;") for part in parts]
    if len(told) < FEWEST_STEPS or not all(says_something(part) and len(part) <= LONGEST_STEP for part in told):
        return ()
    return tuple(_told_step(part) for part in told)


def _told_step(text: str) -> Step:
    """A step with its time, and with its unit: an office that it names, or who stands after a dash at its end."""
    actor = _ACTOR.search(text)
    return Step(text, duration_in(text), unit_in(text) or (actor.group(1).strip() if actor else ""))
