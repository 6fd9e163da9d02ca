"""Finds the lexicon's phrases in a page's texts, whatever way their words are spelt, joined or spaced.

All phrases are searched at once, in the text without spaces; a find counts where it begins and ends at a word's edge,
light inflection (plural, ezafe) allowed.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any, TypeVar

import ahocorasick

from config.lexicon_loading import load_lexicons
from config.lexicon_models import Lexicon, PhrasePlace
from config.vocabulary import Label
from snapshot.text import Normalised, fold, normalise, url_words

_JOINERS = re.compile(r"([ \-_'’‐‑–—]+)")
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


@dataclass(frozen=True, slots=True, eq=False)
class _Key:
    """A wording without joiners, with what it means in each lexicon file. There is one object for each."""

    length: int
    words: tuple[_Entry, ...]
    labels: tuple[_Entry, ...]


class _Finds:
    """What one search of a folded text found. A find counts where it begins and ends at a word's edge.

    Whether it does is looked up only for the wordings that are asked about: long texts hold thousands of others.
    """

    __slots__ = ("_at", "_folded", "_known", "_places", "_shift")

    def __init__(self, folded: str, automaton: Any) -> None:
        # Letters and joiners by turns; a letter of the squeezed text stands where the joiners before it moved it.
        pieces = _JOINERS.split(folded)
        words = pieces[::2]
        self._folded = folded
        self._at = [0, *accumulate(map(len, words[:-1]))]
        self._shift = [0, *accumulate(map(len, pieces[1::2]))]
        self._places: defaultdict[_Key, list[int]] = defaultdict(list)
        for last, key in automaton.iter("".join(words)) if folded else ():
            self._places[key].append(last)
        self._known: dict[_Key, list[tuple[int, int]]] = {}

    def all_words(self) -> frozenset[str]:
        """Every word group of which the text holds a word."""
        return frozenset(entry.group for key in self._places if self.spans(key) for entry in key.words)

    def words(self, group: str) -> list[tuple[int, int, str]]:
        """Start, end and wording of the finds of a word group, in the order of their ends, the longer first."""
        entries = ((key, entry) for key in self._places for entry in key.words if entry.group == group)
        return self._ordered((key, entry.phrase) for key, entry in entries)

    def holds(self, group: str) -> bool:
        """Whether a word of the group stands in the text."""
        return any(entry.group == group and self.spans(key) for key in self._places for entry in key.words)

    def labels(self) -> list[tuple[int, int, _Key]]:
        """Start, end and wording of the finds that speak for or against labels, in the order of their ends."""
        return self._ordered((key, key) for key in self._places if key.labels)

    def _ordered(self, wanted: Iterable[tuple[_Key, T]]) -> list[tuple[int, int, T]]:
        found = [(end, -key.length, start, what) for key, what in wanted for start, end in self.spans(key)]
        found.sort(key=_by_end)
        return [(start, end, what) for end, _, start, what in found]

    def spans(self, key: _Key) -> list[tuple[int, int]]:
        """Places of a wording in the folded text."""
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = list(self._edged(key.length, self._places[key]))
        return known

    def _edged(self, length: int, lasts: list[int]) -> Iterator[tuple[int, int]]:
        folded, at, shift = self._folded, self._at, self._shift
        size = len(folded)
        for last in lasts:
            first = last - length + 1
            start = first + shift[bisect_right(at, first) - 1]
            if start and folded[start - 1].isalpha() and not _joined_and(folded, start):
                continue
            end = last + shift[bisect_right(at, last) - 1] + 1
            if end == size or not folded[end].isalpha() or _SUFFIX.match(folded, end) is not None:
                yield start, end


def _by_end(find: tuple[int, int, int, object]) -> tuple[int, int]:
    return find[:2]


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
            of_groups = tuple(entry for entry in entries if entry.group)
            of_labels = tuple(entry for entry in entries if entry.label is not None)
            self._automaton.add_word(key, _Key(len(key), of_groups, of_labels))
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
        return [_match(norm, *find) for find in self._finds_of(norm.text, group, inflected=inflected)]

    def wordings(self, text: str, group: str) -> frozenset[str]:
        """The lexicon's wordings of a word group that stand in the text; of finds that overlap only the longest."""
        return frozenset(phrase for _, _, phrase in self._finds_of(fold(text), group))

    def _finds_of(self, folded: str, group: str, *, inflected: bool = True) -> list[tuple[int, int, str]]:
        found = self._scan(folded).words(group)
        if not inflected:
            found = [find for find in found if not folded[find[1] : find[1] + 1].isalpha()]
        return _longest(found)

    def has(self, text: str, group: str) -> bool:
        """Whether a word of the group stands in the text."""
        return self._scan(fold(text)).holds(group)

    def first(self, text: str, group: str) -> str:
        """The original words of the first find of the group, empty where there is none."""
        norm = normalise(text)
        found = self._finds_of(norm.text, group)
        return norm.quote(*found[0][:2]) if found else ""

    def groups_in(self, text: str) -> frozenset[str]:
        """Every word group of which the text holds a word."""
        return self._scan(fold(text)).all_words()

    def label_hits(self, text: str, place: PhrasePlace) -> list[LabelHit]:
        """What a text says for and against labels at a place (an address for the place `url`), in text order.

        Of finds for one label that overlap only the longest stays, so that a negative wording silences the shorter
        one inside it.
        """
        return list(self._captions(text, place) if len(text) <= _SHORT else self._label_hits(text, place))

    def _label_hits(self, text: str, place: PhrasePlace) -> tuple[LabelHit, ...]:
        norm = normalise(url_words(text) if place == "url" else text)
        by_label: dict[Label, list[tuple[int, int, tuple[_Entry, int]]]] = {}
        for start, end, key in self._scan(norm.text).labels():
            for entry in key.labels:
                if entry.label is not None and place in entry.places:
                    by_label.setdefault(entry.label, []).append((start, end, (entry, key.length)))
        if not by_label:
            return ()
        letters = sum(map(str.isalnum, norm.text)) or 1
        hits: list[LabelHit] = []
        for label, found in by_label.items():
            for start, end, (entry, length) in _longest(found):
                first, last = norm.original_span(start, end)
                share = min(1.0, length / letters)
                quote = norm.original[first:last]
                hits.append(LabelHit(label, entry.weight, entry.negative, entry.phrase, quote, first, last, share))
        return tuple(sorted(hits, key=lambda hit: (hit.start, hit.label)))

    def _scan(self, folded: str) -> _Finds:
        return self._remembered(folded) if len(folded) <= _SHORT else self._recent(folded)

    def _search(self, folded: str) -> _Finds:
        return _Finds(folded if not self._empty else "", self._automaton)


def _key(wording: str) -> str:
    return _JOINERS.sub("", fold(wording))


def _joined_and(text: str, start: int) -> bool:
    """Whether the letter before a find is the joined Persian word for "and"."""
    return text[start - 1] == "و" and (start == 1 or not text[start - 2].isalnum()) and not text[start].isascii()


def _longest(found: list[tuple[int, int, T]]) -> list[tuple[int, int, T]]:
    """Of finds that overlap, the longest (the first of equals); in text order."""
    if all(before[1] <= after[0] for before, after in pairwise(found)):
        return found
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
