"""Dates on a page: Jalali in the shapes that portals use, and Gregorian; as Gregorian days."""

import re
from datetime import date
from typing import Literal

from persiantools.jdatetime import JalaliDate

from snapshot.markup.document import Document
from snapshot.matching import lexicon
from snapshot.perception.models import PageDate
from snapshot.text import fold

MAX_DATES = 300
DateKind = Literal["updated", "published", "approved", "event", "clock", "other"]
_STATED: tuple[DateKind, ...] = ("updated", "published", "approved", "event")
_JALALI_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "فروردین",
            "اردیبهشت",
            "خرداد",
            "تیر",
            "مرداد امرداد",
            "شهریور",
            "مهر",
            "آبان ابان",
            "آذر اذر",
            "دی",
            "بهمن",
            "اسفند",
        ),
        1,
    )
    for name in (fold(word) for word in names.split())
}
_ENGLISH = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTHS = {
    **{name: n for n, name in enumerate(_ENGLISH, 1)},
    **{name[:3]: n for n, name in enumerate(_ENGLISH, 1)},
    "sept": 9,
}
_WEEKDAY = re.compile(r"شنبه|جمعه|monday|tuesday|wednesday|thursday|friday|saturday|sunday")
_CLOCK_TIME = re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})?\b")
_J_NAMES = "|".join(sorted(_JALALI_MONTHS, key=len, reverse=True))
_E_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_SHAPES = (
    ("jymd", re.compile(r"(?<![\d/])(1[34]\d{2})\s?[/\-.]\s?(\d{1,2})\s?[/\-.]\s?(\d{1,2})(?![\d/])")),
    ("jdmy", re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(1[34]\d{2})(?![\d/])")),
    (
        "jnamed",
        re.compile(rf"(?<!\d)(\d{{1,2}})\s*(?:ام\s*)?({_J_NAMES})\s*(?:ماه)?\s*,?\s*(?:سال\s*)?(1[34]\d{{2}})(?!\d)"),
    ),
    ("jyearfirst", re.compile(rf"(?<!\d)(1[34]\d{{2}})\s+(?:\S*شنبه|جمعه)\s+(\d{{1,2}})\s*({_J_NAMES})")),
    ("jshort", re.compile(r"(?<![\d/])([09]\d)/(\d{1,2})/(\d{1,2})(?![\d/])")),
    ("jmonth", re.compile(rf"(?<!\d)(?<!\d )({_J_NAMES})\s*(?:ماه)?\s*(?:سال\s*)?(1[34]\d{{2}})(?!\d)")),
    ("iso", re.compile(r"(?<!\d)((?:19|20)\d{2})[\-/](\d{1,2})[\-/](\d{1,2})(?!\d)")),
    ("us", re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/((?:19|20)\d{2})(?![\d/])")),
    ("mdy", re.compile(rf"\b({_E_NAMES})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:19|20)\d{{2}})\b")),
    ("dmy", re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({_E_NAMES})\.?,?\s+((?:19|20)\d{{2}})\b")),
)


def read_dates(document: Document) -> tuple[PageDate, ...]:
    """Dates in the page's leaf texts, in document order; each names what the words before it say it is."""
    found: list[PageDate] = []
    seen: set[tuple[int, date]] = set()
    for element in document.elements:
        if element.hidden or len(found) >= MAX_DATES or element.tag in ("html", "body", "table", "tbody", "ul"):
            continue
        length = document.text_length(element)
        if not 0 < length < 1_500 or any(document.text_length(c) > 0.95 * length for c in document.children(element)):
            continue
        text = document.text(element)
        if not any(letter.isdigit() for letter in text) and element.tag != "time":
            continue
        stamp = element.attribute("datetime") if element.tag == "time" else ""
        for day, start, end in dates_in(text) or dates_in(stamp):
            if (element.number, day) in seen:
                continue
            # The innermost element that holds the date stands for it; its ancestors are passed over.
            owner = _innermost(document, element.number, text[start:end])
            if owner != element.number:
                continue
            seen.add((element.number, day))
            before = text[max(0, start - 60) : start]
            kind = _kind(document, element.number, before, text, element.place)
            found.append(PageDate(document.selector(element), day, text[start:end] or stamp, kind))
    return tuple(found)


def _innermost(document: Document, number: int, words: str) -> int:
    element = document.elements[number]
    for inner in document.children(element):
        if words and words in document.text(inner):
            return -1
    return number


def _kind(document: Document, number: int, before: str, whole: str, place: str) -> DateKind:
    words = lexicon()
    element = document.elements[number]
    parent = document.elements[element.parent] if element.parent >= 0 else element
    context = before if len(before) > 8 else f"{document.text(parent)[:120]} {before}"
    for kind in _STATED:
        if words.has(before, f"date-{kind}") or (len(before) <= 8 and words.has(context, f"date-{kind}")):
            return kind
    folded = fold(whole)
    if place in ("header", "menu", "aside") and (_WEEKDAY.search(folded) or _CLOCK_TIME.search(folded)):
        return "clock"
    if element.attribute("itemprop") == "dateModified":
        return "updated"
    return "published" if element.attribute("itemprop") == "datePublished" else "other"


def dates_in(text: str) -> list[tuple[date, int, int]]:
    """Days named in a text with their place in it, in text order; impossible days are left out."""
    folded = fold(text)
    if len(folded) != len(text):
        text = folded
    taken: list[tuple[date, int, int]] = []
    for shape, pattern in _SHAPES:
        for match in pattern.finditer(folded):
            if any(start < match.end() and match.start() < end for _, start, end in taken):
                continue
            day = _day(shape, match.groups())
            if day is not None:
                taken.append((day, match.start(), match.end()))
    return sorted(taken, key=lambda entry: entry[1])


def _day(shape: str, parts: tuple[str, ...]) -> date | None:
    try:
        if shape == "jymd":
            return _jalali(int(parts[0]), int(parts[1]), int(parts[2]))
        if shape == "jdmy":
            return _jalali(int(parts[2]), int(parts[1]), int(parts[0]))
        if shape == "jnamed":
            return _jalali(int(parts[2]), _JALALI_MONTHS[parts[1]], int(parts[0]))
        if shape == "jyearfirst":
            return _jalali(int(parts[0]), _JALALI_MONTHS[parts[2]], int(parts[1]))
        if shape == "jshort":
            year = int(parts[0])
            return _jalali(1400 + year if year < 10 else 1300 + year, int(parts[1]), int(parts[2]))
        if shape == "jmonth":
            return _jalali(int(parts[1]), _JALALI_MONTHS[parts[0]], 1)
        if shape == "iso":
            return date(int(parts[0]), int(parts[1]), int(parts[2]))
        if shape == "us":
            return date(int(parts[2]), int(parts[0]), int(parts[1]))
        if shape == "mdy":
            return date(int(parts[2]), _MONTHS[parts[0]], int(parts[1]))
        return date(int(parts[2]), _MONTHS[parts[1]], int(parts[0]))
    except ValueError:
        return None


def _jalali(year: int, month: int, day: int) -> date:
    return JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
