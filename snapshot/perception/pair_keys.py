"""What the label of a label-value pair stands for, and whether its value says anything."""

import re
from functools import lru_cache

from snapshot.matching import lexicon
from snapshot.perception.models import PairKey
from snapshot.text import fold, squeeze

KEYS: tuple[PairKey, ...] = (
    "visits", "documents", "duration", "legal-basis", "payment", "cost", "audience", "code", "channel", "unit",
    "contact", "title", "description",
)  # fmt: skip
"""Of keys whose words cover a label alike the first is meant."""
_GENERAL = frozenset(("title", "description", "code", "contact", "channel"))
"""Keys whose single words («عنوان», «معرفی», "contact") begin the labels of much else."""
_ENOUGH = 0.45
_ONE_WORD = 0.75
_EMPTY = re.compile(
    r"^(?:[\s\-–—ـ_.…:/\\*|،,?؟]|&nbsp;)*$|^[0\s]+$|^(?:\[[^\]]*\]|\{[^}]*\}|<[^>]*>)$|^(?:xx+|null|none|undefined)$"
)
_BOX_MARKS = "□☐○◻▢❏❑⬜["
_BOXES = re.compile(r"[□☐○◻▢❏❑⬜]|\[ ?\]")
_TICKS = re.compile(r"[✓✔☑☒■●◼✅✗✘⬛]|\[[x×*]\]")
_AUDIENCES = ("g2c", "g2b", "g2g")


@lru_cache(maxsize=4096)
def key_of(label: str) -> PairKey:
    """The fact that a label names: the group whose words cover most of it, `other` where none covers enough."""
    letters = sum(map(str.isalnum, fold(label)))
    if not letters or len(label) > 120:
        return "other"
    words = lexicon()
    groups = words.groups_in(label)
    best: tuple[float, PairKey] = (0.0, "other")
    for key in KEYS:
        if f"pair-{key}" not in groups:
            continue
        matches = words.words(label, f"pair-{key}")
        if not matches:
            continue
        longest = max(matches, key=lambda match: match.end - match.start)
        # One and the same label may name two facts («مدت زمان و هزینه»): all matches count.
        share = sum(sum(map(str.isalnum, match.quote)) for match in matches) / letters
        single = " " not in fold(longest.phrase)
        loose = single and (key in _GENERAL or not _leads(label, longest.start))
        if share >= (_ONE_WORD if loose else _ENOUGH) and share > best[0]:
            best = (share, key)
    return best[1]


def _leads(label: str, start: int) -> bool:
    """Whether a match stands at the label's beginning, apart from a number («۴- هزینه خدمت»)."""
    return not any(char.isalpha() for char in label[:start])


def value_of(text: str, key: PairKey) -> str:
    """The value as it stands, empty where it is a dash, a zero, an unfilled template or a list of all choices.

    «ندارد» says something and stays. A zero or "none" is an answer only where visits are counted.
    """
    value = " ".join(text.split()).strip(" :：")
    folded = fold(value)
    counted = key == "visits" and ("0" in folded or folded == "none")
    if counted:
        return value
    if _EMPTY.match(folded):
        return ""
    if len(folded) < 40 and any(squeeze(m.phrase) == squeeze(value) for m in lexicon().words(value, "pair-empty")):
        return ""
    if _prints_all_choices(value, folded):
        return ""
    return value


def _prints_all_choices(value: str, folded: str) -> bool:
    boxed = any(mark in value for mark in _BOX_MARKS) and len(_BOXES.findall(value)) >= 2
    return (boxed or all(name in folded for name in _AUDIENCES)) and _TICKS.search(value) is None
