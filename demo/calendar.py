"""Dates of the fictional portals: counted back from the day the demo runs, written as portals write them."""

from datetime import date, timedelta

from persiantools.jdatetime import JalaliDate

_MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
_WEEKDAYS = ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def persian_digits(text: str) -> str:
    """The same text with Persian digits."""
    return text.translate(_PERSIAN_DIGITS)


def jalali(today: date, days: int, shape: str = "slash") -> str:
    """The day `days` before `today` in one of the shapes: slash, ascii, dash, long, weekday, english, year."""
    day = today - timedelta(days=days)
    j = JalaliDate(day)  # type: ignore[no-untyped-call]
    numbers = f"{j.year}/{j.month:02}/{j.day:02}"
    shapes = {
        "slash": persian_digits(numbers),
        "ascii": numbers,
        "dash": numbers.replace("/", "-"),
        "long": persian_digits(f"{j.day} {_MONTHS[j.month - 1]} {j.year}"),
        "weekday": persian_digits(f"{_WEEKDAYS[day.weekday()]} {j.day} {_MONTHS[j.month - 1]} {j.year}"),
        "english": f"{day:%d %B %Y}",
        "year": persian_digits(str(j.year)),
    }
    return shapes[shape]
