"""Whether two names mean the same thing: titles of services, units and persons as different pages spell them."""

import re
from functools import lru_cache

from snapshot.text import fold, squeeze

_PART_BREAKS = re.compile(r"\s*(?:[|«»:؛›>/•·]|\s[-–—]\s)\s*")
_WORD = re.compile(r"[^\W_]+")
_PLURAL_ENDINGS = ("هایی", "های", "ها")
ONE_INSIDE_OTHER = 0.6
"""Share of common words that is enough when one name merely says more than the other."""
BOTH_DIFFER = 0.85
"""Share of common words needed when each name has a word that the other lacks."""


def _stem(word: str) -> str:
    """The word without a plural ending, where enough of it is left to mean something."""
    for ending in _PLURAL_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


@lru_cache(maxsize=4096)
def name_words(name: str) -> frozenset[str]:
    """The words of a name, folded and without plural endings; the plural sign written apart is dropped."""
    words = _WORD.findall(fold(name))
    return frozenset(_stem(word) for word in words if word not in _PLURAL_ENDINGS)


def name_parts(title: str) -> tuple[str, ...]:
    """A page title as a whole and split where titles join page, section and portal names."""
    parts = [part for part in _PART_BREAKS.split(title) if part]
    return tuple(dict.fromkeys((title, *parts)))


def same_name(one: str, other: str) -> bool:
    """Whether two names agree when spelling, spaces, half-spaces and kashida are left aside."""
    key = squeeze(one)
    return bool(key) and key == squeeze(other)


@lru_cache(maxsize=32768)
def likeness(one: str, other: str) -> float:
    """How alike two names are: 1 for the same name, 0 where they should not be taken for one another.

    Names of different things often share all words but one («صدور پروانه», «تمدید پروانه»), so a name in which each
    side has words of its own counts only when nearly all others agree.
    """
    if same_name(one, other):
        return 1.0
    first, second = name_words(one), name_words(other)
    common = len(first & second)
    if common < 2:
        return 0.0
    share = 2 * common / (len(first) + len(second))
    needed = BOTH_DIFFER if first - second and second - first else ONE_INSIDE_OTHER
    return min(share, 0.95) if share >= needed else 0.0
