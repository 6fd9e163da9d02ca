"""The period that a report speaks of: «پاییز ۱۴۰۴», "first half of 2026", «سال ۱۴۰۴»; and the day on which it ended."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from persiantools.jdatetime import JalaliDate

from snapshot.text import fold, normalise

_JALALI: Any = JalaliDate
_JY, _GY = r"(1[34]\d\d)(?!\d)", r"(20\d\d)(?!\d)"
_OF_YEAR = r"\s?(?:ماه)?\s?(?:از )?(?:سال )?"
_FIRST, _SECOND, _THIRD, _FOURTH = "اول|نخست|یکم", "دوم", "سوم", "چهارم"


def _words(*endings: tuple[str, int]) -> dict[str, int]:
    return {fold(word): month for words, month in endings for word in words.split("|")}


_SEASONS = _words(("بهار", 3), ("تابستان", 6), ("پاییز", 9), ("زمستان", 12))
_ORDER = _words((_FIRST, 1), (_SECOND, 2), (_THIRD, 3), (_FOURTH, 4))
_ENGLISH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_ORDERS = "|".join(sorted(_ORDER, key=len, reverse=True))
_SHAPES = (
    ("season", re.compile(rf"(?<!\w)({'|'.join(_SEASONS)}){_OF_YEAR}{_JY}")),
    ("half", re.compile(rf"(?:نیمه|نیم سال|شش ماهه?|6 ماهه?)\s?({_ORDERS}){_OF_YEAR}{_JY}")),
    ("quarter", re.compile(rf"(?:سه ماهه?|3 ماهه?|فصل)\s?({_ORDERS}){_OF_YEAR}{_JY}")),
    ("nine", re.compile(rf"((?:نه|9) ماهه?)(?:\s?(?:{_FIRST}))?{_OF_YEAR}{_JY}")),
    ("en-half", re.compile(rf"(?<!\w)(first|second|1st|2nd) half (?:of )?{_GY}")),
    ("en-quarter", re.compile(rf"(?<!\w)({'|'.join(_ENGLISH)}) quarter (?:of )?{_GY}")),
    ("en-q", re.compile(rf"(?<!\w)q([1-4])[\s,/-]{{0,2}}{_GY}")),
    ("en-season", re.compile(rf"(?<!\w)(spring|summer|autumn|fall)(?: of)? {_GY}")),
)
_EN_SEASONS = {"spring": 5, "summer": 8, "autumn": 11, "fall": 11}
_YEAR = re.compile(r"(?<![\d/.-])(1[34]\d\d|20\d\d)(?![\d/.]|-\d)")
_NAMED_YEAR = re.compile(r"(?:سال|دوره|سالانه|year|for|in|during|of)\s(1[34]\d\d|20\d\d)(?![\d/.])")


@dataclass(frozen=True, slots=True)
class Period:
    """A period in the page's own words, and the last day of it (Gregorian)."""

    text: str
    last_day: date


def periods_in(text: str, *, bare_years: bool = False) -> list[Period]:
    """Periods that a text names, in its order. A year counts beside a word such as «سال», alone with `bare_years`.

    Titles name a bare year as their own; in running text it may be that of a law.
    """
    norm = normalise(text)
    found = [
        (match.start(), match.end(), _last_day(name, match.group(1), int(match.group(2))))
        for name, shape in _SHAPES
        for match in shape.finditer(norm.text)
    ]
    for match in (_YEAR if bare_years else _NAMED_YEAR).finditer(norm.text):
        if not any(start <= match.start() < end for start, end, _ in found):
            found.append((match.start(1), match.end(1), _end_of_month(int(match.group(1)), 12)))
    return [Period(norm.quote(start, end).strip(), day) for start, end, day in sorted(found)]


def latest_period(texts: list[str], *, bare_years: bool = False) -> Period | None:
    """The period that ended last of all that the texts name, None where they name none."""
    found = [period for text in texts for period in periods_in(text, bare_years=bare_years)]
    return max(found, key=lambda period: period.last_day, default=None)


def _last_day(name: str, which: str, year: int) -> date:
    if name == "season":
        return _end_of_month(year, _SEASONS[which])
    if name == "half":
        return _end_of_month(year, min(12, 6 * _ORDER[which]))
    if name == "quarter":
        return _end_of_month(year, 3 * _ORDER[which])
    if name == "nine":
        return _end_of_month(year, 9)
    if name == "en-season":
        return _end_of_month(year, _EN_SEASONS[which])
    if name == "en-half":
        return _end_of_month(year, 6 * _ENGLISH[which])
    return _end_of_month(year, 3 * (int(which) if which.isdecimal() else _ENGLISH[which]))


def _end_of_month(year: int, month: int) -> date:
    """Last day of a month of the Jalali calendar for years below 1900, else of the Gregorian one."""
    following = (year + 1, 1) if month == 12 else (year, month + 1)
    if year < 1900:
        first: date = _JALALI(*following, 1).to_gregorian()
    else:
        first = date(*following, 1)
    return first - timedelta(days=1)
