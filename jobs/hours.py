"""Hours of the day in which work may begin, such as `20:00-06:00 Asia/Tehran`."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_FORM = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})(?:\s+(\S+))?")


@dataclass(frozen=True, slots=True)
class Hours:
    """From one time of day to another, the end exclusive, over midnight where the end is the earlier one."""

    begin: time
    end: time
    zone: ZoneInfo

    def contains(self, at: datetime) -> bool:
        """Whether work may begin at this moment."""
        local = at.astimezone(self.zone).time()
        if self.begin <= self.end:
            return self.begin <= local < self.end
        return local >= self.begin or local < self.end

    def next_begin(self, at: datetime) -> datetime:
        """The moment from which work may begin, `at` itself inside the hours, as UTC."""
        if self.contains(at):
            return at
        local = at.astimezone(self.zone)
        begin = datetime.combine(local.date(), self.begin, self.zone)
        if begin <= local:
            begin = datetime.combine(local.date() + timedelta(days=1), self.begin, self.zone)
        return begin.astimezone(UTC)


def read_hours(text: str) -> Hours | None:
    """Hours from their text; None for an empty one (any hour). Raises ValueError that says how to write it."""
    if not text.strip():
        return None
    match = _FORM.fullmatch(text.strip())
    hint = f"{text!r} are no hours of the day: write them like '20:00-06:00 Asia/Tehran'"
    if match is None:
        raise ValueError(hint)
    try:
        begin, end = time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))
    except ValueError as error:
        raise ValueError(hint) from error
    if begin == end:
        raise ValueError(f"{hint}; leave them out for the whole day")
    return Hours(begin, end, read_zone(match[5] or "UTC"))


def read_zone(name: str) -> ZoneInfo:
    """A time zone by its name. Raises ValueError for an unknown one."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"{name!r} is no time zone: write one like 'Asia/Tehran' or 'UTC'") from error
