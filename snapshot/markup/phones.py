"""Telephone numbers and e-mail addresses in a text, by the shapes that Iranian and other portals write."""

import re

from snapshot.matching import lexicon
from snapshot.perception.models import Phone
from snapshot.text import fold

SHORT_NUMBERS = frozenset(
    ("111", "110", "115", "122", "125", "137", "195", "198", "1888", "1420", "1456", "1500", "1570", "1590", "1599")
)
"""National service numbers (lexicon, section 5): lines of a service, never of an office."""

_INTERNATIONAL = re.compile(r"(?<!\d)(?:\+|00)\s?(\d{1,3})[\s\-]?\(?0?\)?\s?(\d[\d\s\-]{6,13}\d)(?!\d)")
_NATIONAL = re.compile(r"(?<!\d)\(?(0\d{2,3})\)?[\s\-_/]*(\d{2,4}[\s\-]?\d{2,4}(?:[\s\-]?\d{2,3})?)(?!\d)")
_REVERSED = re.compile(r"(?<!\d)(\d{7,8})[\s\-_/]+(0\d{2,3})(?!\d)")
_US = re.compile(r"(?<!\d)\(?([2-9]\d{2})\)?[\s\-.]+(\d{3})[\s\-.](\d{4})(?!\d)")
_LOCAL = re.compile(r"(?<!\d)([2-9]\d{7}|[2-9]\d{3}[\s\-]\d{4}|[2-9]\d{1}[\s\-]?\d{2}[\s\-]\d{2}[\s\-]\d{2})(?!\d)")
_EXTENSION = re.compile(r"(?:داخلی|ext(?:ension)?\.?)\s*:?\s*(\d{2,5})")
_SHORT = re.compile(r"(?<!\d)(\d{3,4})(?!\d)")
_PHONE_WORD = re.compile(r"تلفن|شماره تماس|تماس|مستقیم|phone|tel\b|tel\.|call")
_NOT_PHONE = re.compile(r"(?:کد ?پستی|کد ?ملی|شناسه|کد خدمت|شبا|کارت|حساب|کد خبر|zip|postal|po box)\s*[:：]?\s*$")
_EMAIL = re.compile(
    r"[\w.+-]+\s?(?:@|\[at\]|\(at\)|\{at\})\s?[\w-]+(?:(?:\.|\[dot\]|\(dot\))[\w-]+)+", re.ASCII | re.IGNORECASE
)


def phones_in(text: str, *, bare: bool = False) -> tuple[Phone, ...]:
    """Numbers of a text in order, each once. `bare` = the text is a phone column: no word beside them is needed."""
    folded = fold(text)
    found: list[tuple[int, int, str, str]] = []
    for pattern in (_INTERNATIONAL, _NATIONAL, _REVERSED, _US, _LOCAL):
        for match in pattern.finditer(folded):
            if any(start < match.end() and match.start() < end for start, end, _, _ in found):
                continue
            before = folded[max(0, match.start() - 30) : match.start()]
            if _NOT_PHONE.search(before):
                continue
            if pattern is _LOCAL and not bare and not _PHONE_WORD.search(before) and not _EXTENSION.search(folded):
                continue
            number = _number(pattern, match)
            if number:
                found.append((match.start(), match.end(), number, before))
    phones = [_phone(folded, entry) for entry in sorted(found)]
    if not phones and (bare or _PHONE_WORD.search(folded)):
        phones = [Phone(m.group(1), "short") for m in _SHORT.finditer(folded) if m.group(1) in SHORT_NUMBERS]
    if not phones:
        extension = _EXTENSION.search(folded)
        if extension is not None:
            phones = [Phone("", "landline", extension.group(1))]
    return tuple(dict.fromkeys(phones))


def _number(pattern: re.Pattern[str], match: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", "".join(match.groups()))
    if pattern is _REVERSED:
        digits = match.group(2) + match.group(1)
    if pattern is _INTERNATIONAL:
        return digits if 9 <= len(digits) <= 14 else ""
    if pattern is _NATIONAL:
        # Eleven digits with the area code; ten where the town still has seven-digit numbers.
        return digits if len(digits) in (10, 11) or (len(digits) > 11 and digits.startswith("09")) else ""
    return digits


def _phone(folded: str, entry: tuple[int, int, str, str]) -> Phone:
    _, end, number, before = entry
    extension = _EXTENSION.match(folded[end:].lstrip(" -،,()"))
    if lexicon().has(before[-14:], "fax"):
        return Phone(number, "fax")
    mobile = number.startswith(("09", "989")) and len(number) >= 11
    return Phone(number, "mobile" if mobile else "landline", extension.group(1) if extension else "")


def emails_in(text: str) -> tuple[str, ...]:
    """E-mail addresses in a text, [at] and spaces around the sign undone, in order, each once."""
    found = []
    for match in _EMAIL.finditer(text):
        address = re.sub(r"\s?(?:\[at\]|\(at\)|\{at\}|@)\s?", "@", match.group(0), flags=re.IGNORECASE)
        found.append(re.sub(r"\[dot\]|\(dot\)", ".", address, flags=re.IGNORECASE).lower().rstrip("."))
    return tuple(dict.fromkeys(found))
