"""Finds the lexicon's phrases in a page's texts, whatever way their words are spelt, joined or spaced.

All phrases are searched at once, in the text without spaces; a find counts where it begins and ends at a word's edge,
light inflection (plural, ezafe) allowed.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

import ahocorasick

from config.lexicon_loading import load_lexicons
from config.lexicon_models import Lexicon, PhrasePlace
from config.vocabulary import Label
from snapshot.text import Normalised, fold, normalise, url_words

_JOINERS = re.compile(r"[ \-_'’‐‑–—]+")
"""What may stand inside a phrase: follow-up, follow up and followup are one wording."""
_SUFFIX = re.compile(
    r"(?:(?:های?|هایی|هایمان|هایشان|هایش|هاست|ی|ای|ات|ان|یان|تان|مان|شان|اش|م|ش)(?![^\W\d_])|(?:e?s|'s)(?![^\W\d_]))"
)
T = TypeVar("T")
_SHORT = 600
"""Texts up to this length (captions, headings, field labels) are remembered: checks ask for them again and again."""


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found in a text: the lexicon's wording, its place in the ORIGINAL text and the original words."""

    phrase: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class LabelHit:
    """A phrase that speaks for a label (or against it, where negative), found in a text.

    `start` and `end` point into the original text (into the folded address words for the place `url`); `share` (0 to 1)
    is the part of the whole text's letters that the phrase covers: 1 for a caption that is exactly the phrase.
    """

    label: Label
    weight: float
    negative: bool
    phrase: str
    quote: str
    start: int = 0
    end: int = 0
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a wording means in one lexicon file."""

    phrase: str
    group: str = ""
    label: Label | None = None
    weight: float = 0.0
    negative: bool = False
    places: frozenset[PhrasePlace] = frozenset()


@dataclass(frozen=True, slots=True)
class _Found:
    """A wording found in a text, in positions of the folded text."""

    start: int
    end: int
    letters: int
    entries: tuple[_Entry, ...]


class _Squeezed:
    """A folded text without joiners, and where each of its letters stands in the folded text."""

    __slots__ = ("_at", "_shift", "text")

    def __init__(self, folded: str) -> None:
        parts: list[str] = []
        self._at = [0]
        self._shift = [0]
        last = length = 0
        for gap in _JOINERS.finditer(folded):
            parts.append(folded[last : gap.start()])
            length += gap.start() - last
            last = gap.end()
            self._at.append(length)
            self._shift.append(last - length)
        parts.append(folded[last:])
        self.text = "".join(parts)

    def position(self, index: int) -> int:
        """Place in the folded text of a letter of the squeezed text."""
        return index + self._shift[bisect_right(self._at, index) - 1]


class LexiconMatcher:
    """The compiled lexicons. Finds depend on nothing but the text that is asked about."""

    def __init__(self, lexicons: Iterable[Lexicon]) -> None:
        table: dict[str, list[_Entry]] = {}
        self.groups: dict[str, tuple[str, ...]] = {}
        for lexicon in lexicons:
            for phrase in lexicon.phrase:
                places = frozenset(phrase.places)
                for wording in phrase.wordings:
                    entry = _Entry(wording, "", phrase.label, phrase.weight, phrase.negative, places)
                    table.setdefault(_key(wording), []).append(entry)
            for words in lexicon.words:
                self.groups[words.group] = self.groups.get(words.group, ()) + words.phrases
                for wording in words.phrases:
                    table.setdefault(_key(wording), []).append(_Entry(wording, words.group))
        table.pop("", None)
        self._automaton: Any = ahocorasick.Automaton()
        for key, entries in table.items():
            self._automaton.add_word(key, (len(key), tuple(entries)))
        if table:
            self._automaton.make_automaton()
        self._empty = not table
        self._remembered = lru_cache(maxsize=16384)(self._search)
        self._recent = lru_cache(maxsize=8)(self._search)
        self._captions = lru_cache(maxsize=32768)(self._label_hits)

    def words(self, text: str, group: str, *, inflected: bool = True) -> list[Match]:
        """Finds of a word group, in text order; of finds that overlap only the longest.

        Without `inflected` a word must end where the phrase ends: «استان» is no form of the verb «است».
        """
        norm = normalise(text)
        found = [
            (hit.start, hit.end, entry.phrase)
            for hit in self._scan(norm.text)
            for entry in hit.entries
            if entry.group == group and (inflected or not norm.text[hit.end : hit.end + 1].isalpha())
        ]
        return [_match(norm, start, end, phrase) for start, end, phrase in _longest(found)]

    def has(self, text: str, group: str) -> bool:
        """Whether a word of the group stands in the text."""
        return any(entry.group == group for hit in self._scan(fold(text)) for entry in hit.entries)

    def first(self, text: str, group: str) -> str:
        """The original words of the first find of the group, empty where there is none."""
        found = self.words(text, group)
        return found[0].quote if found else ""

    def groups_in(self, text: str) -> frozenset[str]:
        """Every word group of which the text holds a word."""
        return frozenset(entry.group for hit in self._scan(fold(text)) for entry in hit.entries if entry.group)

    def label_hits(self, text: str, place: PhrasePlace) -> list[LabelHit]:
        """What a text says for and against labels at a place (an address for the place `url`), in text order.

        Of finds for one label that overlap only the longest stays, so that a negative wording silences the shorter
        one inside it.
        """
        return list(self._captions(text, place) if len(text) <= _SHORT else self._label_hits(text, place))

    def _label_hits(self, text: str, place: PhrasePlace) -> tuple[LabelHit, ...]:
        norm = normalise(url_words(text) if place == "url" else text)
        letters = sum(map(str.isalnum, norm.text)) or 1
        by_label: dict[Label, list[tuple[int, int, tuple[_Entry, int]]]] = {}
        for hit in self._scan(norm.text):
            for entry in hit.entries:
                if entry.label is not None and place in entry.places:
                    by_label.setdefault(entry.label, []).append((hit.start, hit.end, (entry, hit.letters)))
        hits: list[LabelHit] = []
        for label, found in by_label.items():
            for start, end, (entry, length) in _longest(found):
                first, last = norm.original_span(start, end)
                share = min(1.0, length / letters)
                quote = norm.original[first:last]
                hits.append(LabelHit(label, entry.weight, entry.negative, entry.phrase, quote, first, last, share))
        return tuple(sorted(hits, key=lambda hit: (hit.start, hit.label)))

    def _scan(self, folded: str) -> tuple[_Found, ...]:
        return self._remembered(folded) if len(folded) <= _SHORT else self._recent(folded)

    def _search(self, folded: str) -> tuple[_Found, ...]:
        if self._empty or not folded:
            return ()
        squeezed = _Squeezed(folded)
        found: list[_Found] = []
        for last, (length, entries) in self._automaton.iter(squeezed.text):
            start = squeezed.position(last - length + 1)
            end = squeezed.position(last) + 1
            if _begins_word(folded, start) and _ends_word(folded, end):
                found.append(_Found(start, end, length, entries))
        return tuple(found)


def _key(wording: str) -> str:
    return _JOINERS.sub("", fold(wording))


def _begins_word(text: str, start: int) -> bool:
    """No letter directly before, but the joined Persian word for "and"."""
    if start == 0 or not text[start - 1].isalpha():
        return True
    return text[start - 1] == "و" and (start == 1 or not text[start - 2].isalnum()) and not text[start].isascii()


def _ends_word(text: str, end: int) -> bool:
    """No letter directly after, but an inflection."""
    return end == len(text) or not text[end].isalpha() or _SUFFIX.match(text, end) is not None


def _longest(found: list[tuple[int, int, T]]) -> list[tuple[int, int, T]]:
    """Of finds that overlap, the longest (the first of equals); in text order."""
    starts: list[int] = []
    kept: list[tuple[int, int, T]] = []
    for hit in sorted(found, key=lambda hit: (hit[0] - hit[1], hit[0])):
        at = bisect_right(starts, hit[0])
        if (at == 0 or kept[at - 1][1] <= hit[0]) and (at == len(kept) or kept[at][0] >= hit[1]):
            starts.insert(at, hit[0])
            kept.insert(at, hit)
    return kept


def _match(norm: Normalised, start: int, end: int, phrase: str) -> Match:
    first, last = norm.original_span(start, end)
    return Match(phrase, first, last, norm.original[first:last])


@lru_cache(maxsize=1)
def lexicon() -> LexiconMatcher:
    """The matcher over the shipped lexicons, compiled once per process."""
    return LexiconMatcher(load_lexicons())
