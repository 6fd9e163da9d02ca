"""Posts in an agency: what rank a post has, and what it is about."""

from functools import lru_cache
from typing import Literal

from config.models import Agency
from snapshot.matching import lexicon
from snapshot.names import name_words
from snapshot.ownership import agency_words
from snapshot.text import fold

Rank = Literal["head", "deputy", "director", "advisor"]
MOST_OF_NAME = 0.75
"""Share of an agency's name that a post must bear to be about all of the agency."""


def rank_of(role: str, unit: str, agency: Agency) -> Rank:
    """Place in the agency: head, deputy, director or advisor, from the words of the post and its unit."""
    words = lexicon()
    if words.has(role, "advisor-role") and not words.has(role, "deputy-role"):
        return "advisor"
    if words.has(role, "deputy-role"):
        return "deputy"
    subject = subject_words(f"{role} {unit}")
    of_unit = words.has(role, "staff-unit") or words.has(unit, "staff-unit")
    named = words.has(role, "head-role") or _covers_agency(subject, agency)
    if named and subject <= agency_words(agency) and not of_unit:
        return "head"
    return "director"


def _covers_agency(subject: frozenset[str], agency: Agency) -> bool:
    """Whether a post is about all of the agency («مدیرکل راه و شهرسازی استان یزد»), not about one of its words."""
    wholes = [subject_words(name) for name in (agency.name_fa, agency.name_en, *agency.aliases)]
    return any(len(whole & subject) / len(whole) >= MOST_OF_NAME for whole in wholes if whole and subject)


@lru_cache(maxsize=1024)
def subject_words(post: str) -> frozenset[str]:
    """What a post or unit is about: its words without those for the rank and the kind of unit."""
    text = fold(post)
    kept = list(text)
    words = lexicon()
    for group in ("head-role", "deputy-role", "director-role", "unit-word", "honorific", "body-kind", "head-office"):
        for match in words.words(text, group):
            kept[match.start : match.end] = " " * (match.end - match.start)
    rest = "".join(kept)
    return frozenset(word for word in name_words(rest) if len(word) > 2 or word.isascii())
