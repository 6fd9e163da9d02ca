"""Moments by five cron fields (minute hour day month weekday) in a time zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_FIELDS: tuple[tuple[str, int, int, tuple[str, ...]], ...] = (
    ("minute", 0, 59, ()),
    ("hour", 0, 23, ()),
    ("day", 1, 31, ()),
    ("month", 1, 12, _MONTHS),
    ("weekday", 0, 7, _WEEKDAYS),
)
LONGEST_SEARCH_DAYS = 8 * 366
"""A leap day that falls on a given year's pattern comes back within eight years; what never comes ends here."""


@dataclass(frozen=True, slots=True)
class Cron:
    """When something is due. Weekdays: 0 = Sunday. Where day and weekday are both given, either will do, as in cron."""

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    any_day: bool
    any_weekday: bool
    zone: ZoneInfo

    def after(self, at: datetime) -> Iterator[datetime]:
        """All moments after this one, in order, as UTC. A local time that a change of clocks skips is left out."""
        begin = at.astimezone(self.zone).date()
        for offset in range(LONGEST_SEARCH_DAYS):
            day = begin + timedelta(days=offset)
            if not self._on(day):
                continue
            moments = [datetime.combine(day, time(h, m), self.zone) for h in self.hours for m in self.minutes]
            real = (moment.astimezone(UTC) for moment in moments if _exists(moment))
            yield from sorted(moment for moment in real if moment > at)

    def next(self, at: datetime) -> datetime | None:
        """The first moment after this one; None where there is none in eight years, such as a 30 February."""
        return next(self.after(at), None)

    def _on(self, day: date) -> bool:
        if day.month not in self.months:
            return False
        in_month, in_week = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        if self.any_day or self.any_weekday:
            return in_month and in_week
        return in_month or in_week


def _exists(moment: datetime) -> bool:
    back = moment.astimezone(UTC).astimezone(moment.tzinfo)
    return back.replace(tzinfo=None) == moment.replace(tzinfo=None)


def read_cron(text: str, zone: ZoneInfo) -> Cron:
    """A cron line of five fields with `*`, lists, ranges, steps, English names. Raises ValueError naming the field."""
    parts = text.split()
    if len(parts) != len(_FIELDS):
        raise ValueError(
            f"{text!r} has {len(parts)} fields, a cron line has five: minute hour day month weekday, "
            "such as '30 20 * * sat' for Saturdays at 20:30"
        )
    sets = [_read(part, *field) for part, field in zip(parts, _FIELDS, strict=True)]
    minutes, hours, days, months, weekdays = sets
    return Cron(
        minutes, hours, days, months, frozenset(day % 7 for day in weekdays), parts[2] == "*", parts[4] == "*", zone
    )


def _read(text: str, name: str, low: int, high: int, words: tuple[str, ...]) -> frozenset[int]:
    found: set[int] = set()
    for item in text.lower().split(","):
        span, slash, step_text = item.partition("/")
        try:
            step = int(step_text) if slash else 1
            first, dash, last = span.partition("-")
            if span == "*":
                begin, end = low, high
            else:
                begin = _number(first, low, words)
                end = _number(last, low, words) if dash else (high if slash else begin)
        except ValueError as error:
            raise ValueError(f"{item!r} cannot be read as {name} of a cron line") from error
        if step < 1 or not low <= begin <= end <= high:
            raise ValueError(f"{item!r} is no {name} of a cron line: {low} to {high}, the smaller one first")
        found.update(range(begin, end + 1, step))
    return frozenset(found)


def _number(text: str, low: int, words: tuple[str, ...]) -> int:
    return words.index(text) + low if text in words else int(text)
