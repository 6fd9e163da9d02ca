"""Text as it is compared: one spelling for every way a word is written, with the way back to the original.

Rules of section 0 of the lexicon: Arabic and Persian letters, hamza forms, half spaces, kashida, presentation forms,
digits, diacritics and bidi marks all meet in one form. Latin letters lose case and accents.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from urllib.parse import unquote

_REMOVED = frozenset(
    [0x0640, 0x00AD, 0x061C, 0x200E, 0x200F, 0xFEFF, 0xFFFC, *range(0x202A, 0x202F), *range(0x2060, 0x206A)]
)
_SPACES = frozenset([0x200B, 0x200C, 0x200D, 0x00A0, 0x2028, 0x2029, 0x3000])
_MARKS = (
    (0x0300, 0x036F),
    (0x0483, 0x0489),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
    (0xFE00, 0xFE0F),
)
_LETTERS = {
    0x064A: "ی", 0x0649: "ی", 0x06CD: "ی", 0x06D0: "ی", 0x06D2: "ی", 0x0643: "ک", 0x06AA: "ک", 0x0629: "ه",
    0x06D5: "ه", 0x06C1: "ه", 0x06BE: "ه", 0x0671: "ا", 0x0621: "", 0x0624: "و", 0x066B: ".", 0x066C: ",",
}  # fmt: skip
_HAMZA_YEH = 0x0626
"""Kept as it is until its neighbours are seen: before vav it is read as vav, else as yeh."""


def _folded(code: int) -> str:
    """What one code point becomes."""
    if code in _REMOVED or any(low <= code <= high for low, high in _MARKS):
        return ""
    if code in _SPACES:
        return " "
    if code == _HAMZA_YEH:
        return chr(code)
    if code in _LETTERS:
        return _LETTERS[code]
    char = chr(code)
    if char.isspace():
        return " "
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    parts = unicodedata.normalize("NFKC", char)
    if parts != char:
        return "".join(_folded(ord(part)) for part in parts)
    parts = unicodedata.normalize("NFKD", char)
    if parts != char:
        return "".join(_folded(ord(part)) for part in parts)
    return char.lower() if char.isupper() or char.istitle() else char


class _Table(dict[int, str]):
    """Translation table that learns each code point when it is first met."""

    def __missing__(self, code: int) -> str:
        value = _folded(code)
        self[code] = value
        return value


_TABLE = _Table()
_USUAL = "".join(char for char in map(chr, (*range(0x20, 0x7F), *range(0x600, 0x700))) if _TABLE[ord(char)] == char)
_CHANGED = re.compile(f"[^{re.escape(_USUAL)}]+")
"""Letters other than those that mostly stand in a text and stay as they are."""
_RUNS = re.compile(" {2,}")
_SHORT = 256
"""Texts below this length are remembered by the thousand, longer ones only while one page is read."""


def _same_length_rules(text: str) -> str:
    """Spellings that need their neighbours: مسئول as مسوول, هیئت as هیات. They never change the length."""
    if "ئ" in text:
        text = text.replace("ئو", "وو").replace("هئیت", "هیات").replace("هیئت", "هیات").replace("ئ", "ی")
    return text.replace("هییت", "هیات") if "هییت" in text else text


class Normalised:
    """A folded text that can say where each of its stretches stands in the original.

    `text` is the folded form, without space at either end; `original` the text it came from.
    """

    __slots__ = ("_pieces", "original", "text")

    def __init__(self, original: str) -> None:
        self.original = original
        self.text = fold(original)
        self._pieces: tuple[list[int], list[int]] | None = None

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the original: the smallest stretch that holds all of it."""
        if not self.text or start >= end:
            at = self._origin(min(start, len(self.text) - 1)) if self.text else 0
            return at, at
        return self._origin(start), self._origin(end - 1) + 1

    def quote(self, start: int, end: int) -> str:
        """The original words behind `text[start:end]`."""
        first, last = self.original_span(start, end)
        return self.original[first:last]

    def _origin(self, position: int) -> int:
        if self._pieces is None:
            self._pieces = _pieces(self.original)
        at, origin = self._pieces
        piece = bisect_right(at, position) - 1
        following = at[piece + 1] if piece + 1 < len(at) else None
        # Several folded letters may come from one original letter (a ligature): they share its place.
        spread = origin[piece + 1] - origin[piece] if following is not None else None
        offset = position - at[piece]
        return origin[piece] + (offset if spread is None else min(offset, max(spread - 1, 0)))


def _pieces(original: str) -> tuple[list[int], list[int]]:
    """Folded positions at which a run of one-to-one letters begins, and where each run begins in the original."""
    odd = frozenset(char for char in set(original) if len(_TABLE[ord(char)]) != 1 or _TABLE[ord(char)] == " ")
    at, origin, folded, last = [0], [0], 0, 0
    space_open = True  # leading space is dropped
    for match in _odd_runs(odd).finditer(original) if odd else ():
        start = match.start()
        if start > last:
            folded += start - last
            space_open = False
        for place, char in enumerate(match.group(), start):
            piece = _TABLE[ord(char)]
            if piece == " ":
                grown = 0 if space_open else 1
                space_open = True
            else:
                grown = len(piece)
                space_open = space_open and not piece
            at.append(folded)
            origin.append(place if grown else place + 1)
            folded += grown
            at.append(folded)
            origin.append(place + 1)
        last = match.end()
    return at, origin


@lru_cache(maxsize=512)
def _odd_runs(chars: frozenset[str]) -> re.Pattern[str]:
    """Runs of letters that are not folded one to one. A plain space alone between others is, and is left out."""
    odd = "[" + "".join(re.escape(char) for char in sorted(chars | {" "})) + "]"
    special = "".join(re.escape(char) for char in sorted(chars - {" "}))
    alone = rf"(?:^ | (?={odd}))"
    return re.compile(rf"(?:{alone}|[{special}]){odd}*" if special else rf"{alone}{odd}*")


def normalise(text: str) -> Normalised:
    """Fold a text for comparison and keep the way back to its original words."""
    return _normalised_short(text) if len(text) < _SHORT else _normalised_long(text)


@lru_cache(maxsize=4096)
def _normalised_short(text: str) -> Normalised:
    return Normalised(text)


@lru_cache(maxsize=8)
def _normalised_long(text: str) -> Normalised:
    return Normalised(text)


@lru_cache(maxsize=8192)
def _fold_short(text: str) -> str:
    return _fold(text)


@lru_cache(maxsize=8)
def _fold_long(text: str) -> str:
    return _fold(text)


def _fold(text: str) -> str:
    plain = text.translate(_TABLE) if text.isascii() else _CHANGED.sub(_changed, text)
    return _same_length_rules(_RUNS.sub(" ", plain).strip(" "))


def _changed(match: re.Match[str]) -> str:
    return match.group().translate(_TABLE)


def fold(text: str) -> str:
    """The folded text: Persian letters, ASCII digits, single spaces, lower-case Latin without accents."""
    return _fold_short(text) if len(text) < _SHORT else _fold_long(text)


def squeeze(text: str) -> str:
    """The folded text without any space, so that joined, spaced and half-spaced spellings are the same."""
    return _squeeze_short(text) if len(text) < _SHORT else fold(text).replace(" ", "")


@lru_cache(maxsize=8192)
def _squeeze_short(text: str) -> str:
    return _fold(text).replace(" ", "")


def fold_spaces(text: str) -> str:
    """The text as a person sees it: white space folded, letters and half spaces as they are."""
    return " ".join(text.split())


def decode_url(url: str) -> str:
    """An address in readable, folded form: percent-decoded up to twice (some portals encode twice)."""
    decoded = unquote(url, errors="replace")
    if "%" in decoded:
        decoded = unquote(decoded, errors="replace")
    return fold(decoded)


_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOT_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=8192)
def url_words(url: str) -> str:
    """The words of an address without scheme and host: decoded, camel case and separators opened, folded."""
    rest = url.split("://", 1)[-1]
    path = rest.partition("/")[2] if "://" in url or url.startswith("//") else rest
    decoded = unquote(path[:2000], errors="replace")
    if "%" in decoded:
        decoded = unquote(decoded, errors="replace")
    return fold(_NOT_WORD.sub(" ", _CAMEL.sub(" ", decoded)))
