"""Visits in person that a text tells of: how many, or that an applicant has to come at all."""

import re

from snapshot.matching import lexicon
from snapshot.service_facts import Fact
from snapshot.text import fold

_COUNT = re.compile(r"(?<!\d)(\d{1,2})(?!\d)\s*(?:بار|مرتبه|نوبت|دفعه|مراجعه|visits?|times?)?")
_WORDS = {
    "یک": 1,
    "یکبار": 1,
    "دو": 2,
    "دوبار": 2,
    "سه": 3,
    "چهار": 4,
    "one": 1,
    "once": 1,
    "two": 2,
    "twice": 2,
    "three": 3,
}

_TOLD_VISITS = re.compile(r"(?<!\w)(\d|یک|دو|سه|one|two|three)\s(?:بار\s|نوبت\s|مرتبه\s)?(?:مراجعه|حضور|visits?)(?!\w)")
TOLD = frozenset({"channel", "description", "documents", "duration"})
"""Facts in whose words a visit may be told."""


def visits_of(fact: Fact) -> int | None:
    """Visits by their own field, or counted in what is said of the way to the service."""
    if fact.key == "visits":
        return visits_in(fact.value)
    match = _TOLD_VISITS.search(fold(fact.value)) if fact.key in TOLD else None
    if match is None:
        return None
    return int(match.group(1)) if match.group(1).isdigit() else _WORDS[match.group(1)]


def visits_in(text: str) -> int | None:
    """The number of visits that a value or sentence states; None where it states none.

    «مراجعه» to a site or system is no visit (rubric I08).
    """
    words, folded = lexicon(), fold(text)
    if words.has(text, "no-visit"):
        return 0
    match = _COUNT.search(folded)
    if match is not None and len(folded) < 40:
        return int(match.group(1))
    if words.has(text, "visit-to-site") and not words.has(text, "visit-in-person"):
        return None
    told = [_WORDS[word] for word in re.findall(r"\w+", folded) if word in _WORDS]
    return told[0] if told and len(folded.split()) <= 12 else None


def must_come(text: str) -> bool:
    """Whether applicants are told to come; where only the outcome is told in person, the visits stay unknown."""
    return lexicon().has(text, "must-come") and not lexicon().has(text, "tracking-result")
