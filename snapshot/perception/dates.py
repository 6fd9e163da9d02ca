"""Dates on a page as Gregorian days: Jalali in every shape that portals print, and Gregorian."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from persiantools.jdatetime import JalaliDate

from snapshot.matching import lexicon
from snapshot.perception.document import Document
from snapshot.perception.models import PageDate
from snapshot.perception.tree import El
from snapshot.text import fold, normalise

MAX_DATES = 400
DateKind = Literal["updated", "published", "approved", "event", "clock", "other"]
_KINDS: tuple[DateKind, ...] = ("updated", "published", "approved", "event")
_JALALI = {
    fold(name): number
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
    for name in names.split()
}
_FULL = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTHS = {
    **{name: n for n, name in enumerate(_FULL, 1)},
    **{name[:3]: n for n, name in enumerate(_FULL, 1)},
    "sept": 9,
}
_PERSIAN_MONTHS = {
    fold(name): number
    for number, names in enumerate(
        (
            "ژانویه",
            "فوریه",
            "مارس",
            "آوریل آپریل",
            "می مه",
            "ژوئن",
            "ژوئیه جولای",
            "اوت آگوست",
            "سپتامبر",
            "اکتبر",
            "نوامبر",
            "دسامبر",
        ),
        1,
    )
    for name in names.split()
}
_J = "|".join(sorted(_JALALI, key=len, reverse=True))
_E = "|".join(sorted(_MONTHS, key=len, reverse=True))
_P = "|".join(sorted(_PERSIAN_MONTHS, key=len, reverse=True))
_JY = r"1[34]\d{2}"
_GY = r"(?:19|20)\d{2}"
_SEP = r"\s?[/\-.]\s?"
_WEEKDAY = r"(?:(?:یک|دو|سه|چهار|پنج)?\s?شنبه|جمعه)"
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("jymd", re.compile(rf"(?<![\d/])({_JY}){_SEP}(\d{{1,2}}){_SEP}(\d{{1,2}})(?![\d/])")),
    ("jdmy", re.compile(rf"(?<![\d/])(\d{{1,2}}){_SEP}(\d{{1,2}}){_SEP}({_JY})(?![\d/])")),
    ("jdny", re.compile(rf"(?<!\d)(\d{{1,2}})\s?(?:ام|م)?[\s,]*({_J})(?:\s?ماه)?[\s,]*(?:سال\s)?({_JY})(?!\d)")),
    ("jydn", re.compile(rf"(?<!\d)({_JY})[\s,]+(?:{_WEEKDAY}[\s,]+)?(\d{{1,2}})[\s,]*({_J})(?!\w)")),
    ("jndy", re.compile(rf"(?<!\w)({_J})[\s,]+(\d{{1,2}})[\s,]+({_JY})(?!\d)")),
    ("jshort", re.compile(r"(?<![\d/])([09]\d)/(\d{1,2})/(\d{1,2})(?![\d/])")),
    ("iso", re.compile(rf"(?<!\d)({_GY})\s?[/\-.]\s?(\d{{1,2}})\s?[/\-.]\s?(\d{{1,2}})(?!\d)")),
    ("dmny", re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?[\s,\-]+({_E})\.?[\s,\-]+({_GY})(?!\d)")),
    ("mndy", re.compile(rf"(?<!\w)({_E})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+({_GY})(?!\d)")),
    ("pdny", re.compile(rf"(?<!\d)(\d{{1,2}})\s?({_P})\s?({_GY})(?!\d)")),
    ("slash", re.compile(rf"(?<![\d/])(\d{{1,2}})/(\d{{1,2}})/({_GY})(?![\d/])")),
    ("dots", re.compile(rf"(?<![\d.])(\d{{1,2}})[.\-](\d{{1,2}})[.\-]({_GY})(?![\d.])")),
    ("jny", re.compile(rf"(?<!\w)({_J})(?:\s?ماه)?[\s,]+(?:سال\s)?({_JY})(?!\d)")),
    ("mny", re.compile(rf"(?<!\w)({_E})\.?,?\s+({_GY})(?!\d)")),
)  # fmt: skip
_JALALI_DATE: Any = JalaliDate
_MAYBE = re.compile(r"1[34]\d{2}|(?:19|20)\d{2}|\d/\d")
_TIME_OF_DAY = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
_REACH = 70
_LONGEST = 20_000


def dates_in(text: str) -> list[tuple[date, int, int]]:
    """Days stated in a text with their places in it, in text order. A month without a day counts as its first day."""
    norm = normalise(text)
    if not _MAYBE.search(norm.text):
        return []
    found: list[tuple[date, int, int]] = []
    matches = [(name, match) for name, shape in _SHAPES for match in shape.finditer(norm.text)]
    # A date of the other calendar beside it settles what 03/04/2021 means; without one it is month first.
    for name, match in matches:
        if any(start < match.end() and match.start() < end for _, start, end in found):
            continue
        known = [day for day, start, end in found if -25 < start - match.end() < 25 or -25 < match.start() - end < 25]
        day = _day(name, match.groups(), known)
        if day is not None:
            found.append((day, match.start(), match.end()))
    return [(day, *norm.original_span(start, end)) for day, start, end in sorted(found, key=lambda hit: hit[1])]


def _day(name: str, groups: tuple[str | None, ...], known: list[date]) -> date | None:
    parts = [part or "" for part in groups]
    try:
        if name.startswith("j"):
            return _jalali(name, parts)
        if name == "iso":
            return date(int(parts[0]), int(parts[1]), int(parts[2]))
        if name == "dmny":
            return date(int(parts[2]), _MONTHS[parts[1]], int(parts[0]))
        if name == "mndy":
            return date(int(parts[2]), _MONTHS[parts[0]], int(parts[1]))
        if name == "pdny":
            return date(int(parts[2]), _PERSIAN_MONTHS[parts[1]], int(parts[0]))
        if name == "mny":
            return date(int(parts[1]), _MONTHS[parts[0]], 1)
        return _slashed([int(part) for part in parts], known, day_first=name == "dots")
    except ValueError:
        return None


def _jalali(name: str, parts: list[str]) -> date | None:
    if name == "jymd":
        year, month, day = (int(part) for part in parts)
        if day > 31 or month > 12:
            return None
    elif name == "jdmy":
        day, month, year = (int(part) for part in parts)
    elif name == "jdny":
        day, month, year = int(parts[0]), _JALALI[parts[1]], int(parts[2])
    elif name == "jydn":
        year, day, month = int(parts[0]), int(parts[1]), _JALALI[parts[2]]
    elif name == "jndy":
        month, day, year = _JALALI[parts[0]], int(parts[1]), int(parts[2])
    elif name == "jny":
        month, day, year = _JALALI[parts[0]], 1, int(parts[1])
    else:
        short, month, day = (int(part) for part in parts)
        year = 1300 + short if short >= 90 else 1400 + short
    gregorian: date = _JALALI_DATE(year, month, day).to_gregorian()
    return gregorian


def _slashed(parts: list[int], known: list[date], *, day_first: bool) -> date | None:
    first, second, year = parts
    readings = [(first, second), (second, first)]
    if day_first:
        readings.reverse()
    days = []
    for month, day in readings:
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    return next((day for day in days if day in known), days[0] if days else None)


_DIGIT = re.compile(r"\d")


def read_dates(doc: Document) -> tuple[PageDate, ...]:
    """Dates in page order with what the page says they are. Needs the headings to be read."""
    found: list[PageDate] = []
    first_heading = min(
        (e.order for tag in ("h1", "h2") for e in doc.by_tag.get(tag, []) if e.place == "main"), default=10**9
    )
    before = ""
    for element, whole, _ in doc.runs():
        if not whole:
            continue
        text = whole[:_LONGEST]
        days = dates_in(text) if _may_hold(text) else []
        for day, start, end in days:
            kind = _kind(element, text, start, end, before, early=element.order < first_heading)
            found.append(PageDate(doc.selector(element), day, text[start:end], kind))
            if len(found) >= MAX_DATES:
                return tuple(found)
        before = text if len(text) <= _REACH and not days else ""
    return tuple(_with_times(doc, found))


def _may_hold(text: str) -> bool:
    return _DIGIT.search(text) is not None


def _kind(element: El, text: str, start: int, end: int, before: str, *, early: bool) -> DateKind:
    stated = kind_beside(text, start, end)
    bare = len(text) - (end - start) <= 25
    if stated is None and bare:
        stated = _nearest(before)
    if stated is not None:
        return stated
    if _is_clock(text, start, end) and (element.place != "main" or early):
        return "clock"
    return "other"


def kind_beside(text: str, start: int, end: int) -> DateKind | None:
    """What the words around a date's place in a text say it is; None where they say nothing."""
    return _nearest(text[max(0, start - _REACH) : start]) or _nearest_first(text[end : end + 30])


def _nearest(text: str) -> DateKind | None:
    """What the last telling word before a date says it is."""
    groups = lexicon().groups_in(text)
    best: tuple[int, int, DateKind] | None = None
    for kind in _KINDS:
        if f"date-{kind}" in groups:
            for match in lexicon().words(text, f"date-{kind}"):
                candidate = (match.end, match.end - match.start, kind)
                if best is None or candidate[:2] > best[:2]:
                    best = candidate
    return best[2] if best is not None else None


def _nearest_first(text: str) -> DateKind | None:
    groups = lexicon().groups_in(text.split("،", maxsplit=1)[0].split(".", maxsplit=1)[0])
    return next((kind for kind in _KINDS if f"date-{kind}" in groups and kind != "event"), None)


def _is_clock(text: str, start: int, end: int) -> bool:
    """Today's date as headers print it: with weekday, time or «امروز», and little else."""
    rest = text[:start] + " " + text[end:]
    words = lexicon()
    marked = (
        words.has(rest, "weekday")
        or words.has(rest, "today")
        or bool(_TIME_OF_DAY.search(fold(rest)))
        or words.has(text[start:end], "weekday")
    )
    return (marked and len(rest) <= 70) or (len(rest.strip()) <= 3)


def _with_times(doc: Document, found: list[PageDate]) -> Iterator[PageDate]:
    """The dates found in texts, then those that `time` elements state only in their attribute."""
    yield from found
    known = {one.day for one in found}
    for element in doc.by_tag.get("time", [])[:100]:
        match = re.match(r"(\d{4})-(\d{2})-(\d{2})", element.attr("datetime"))
        if match is None:
            continue
        try:
            day = date(*(int(part) for part in match.groups()))
        except ValueError:
            continue
        if day in known:
            continue
        around = element.parent.attr("class") if element.parent is not None else ""
        words = f"{element.attr('itemprop')} {element.attr('class')} {around}".lower()
        kind: DateKind = "other"
        if "modif" in words or "updat" in words:
            kind = "updated"
        elif "publi" in words or "creat" in words or "post" in words:
            kind = "published"
        yield PageDate(doc.selector(element), day, doc.text(element) or element.attr("datetime"), kind)
