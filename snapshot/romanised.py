"""Whether a name in Persian letters and one in Latin letters can be the same, by the sounds that both write."""

import re
from difflib import SequenceMatcher

from snapshot.text import fold

SAME_SOUND = 0.6
"""Likeness of the consonants below which two spellings are names of different people."""

_PERSIAN = {
    letter: sound for letters, sound in (
        ("ب", "b"), ("پ", "p"), ("تط", "t"), ("ثسص", "s"), ("ج", "j"), ("چ", "c"), ("خ", "x"), ("د", "d"),
        ("ذزضظژ", "z"), ("ر", "r"), ("ش", "š"), ("غق", "q"), ("ف", "f"), ("ک", "k"), ("گ", "g"), ("ل", "l"),
        ("م", "m"), ("ن", "n"),
    ) for letter in letters
}  # fmt: skip
_DIGRAPHS = (("kh", "X"), ("sh", "š"), ("ch", "C"), ("zh", "z"), ("gh", "q"), ("ph", "f"), ("th", "t"), ("ck", "k"))
_LATIN = {**{letter: letter for letter in "bptsjdzrqfkglmnš"}, "c": "k", "x": "ks", "X": "x", "C": "c"}
_ARABIC_SCRIPT = re.compile(r"[\u0600-\u06ff]")


def sounds_of(name: str) -> str:
    """The consonants of a name as one string; vowels and h, which spellings disagree on, are left out."""
    folded = fold(name)
    if _ARABIC_SCRIPT.search(folded):
        sounds = "".join(_PERSIAN.get(letter, "") for letter in folded)
    else:
        for spelt, sound in _DIGRAPHS:
            folded = folded.replace(spelt, sound)
        sounds = "".join(_LATIN.get(letter, "") for letter in folded)
    return re.sub(r"(.)\1+", r"\1", sounds)


def sounds_alike(one: str, other: str) -> bool:
    """Whether two spellings can be one name; True where there is too little to tell."""
    first, second = sounds_of(one), sounds_of(other)
    if min(len(first), len(second)) < 2:
        return True
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= SAME_SOUND
