"""Cron moments, hours of the day, what was missed, and which failures are tried again."""

from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from config.vocabulary import Cause
from jobs.cron import read_cron
from jobs.hours import read_hours, read_zone
from jobs.passes import next_pass
from jobs.schedules import Due, Schedule, due

TEHRAN = ZoneInfo("Asia/Tehran")
BERLIN = ZoneInfo("Europe/Berlin")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "zone", "after", "expected"),
    [
        ("30 20 * * *", "Asia/Tehran", "2026-11-27 16:59", ["2026-11-27 17:00", "2026-11-28 17:00"]),
        ("30 20 * * *", "Asia/Tehran", "2026-11-27 17:00", ["2026-11-28 17:00"]),
        ("0 0 * * sat", "UTC", "2026-11-27 12:00", ["2026-11-28 00:00", "2026-12-05 00:00"]),
        ("0 0 * * 7", "UTC", "2026-11-27 12:00", ["2026-11-29 00:00"]),
        ("0 0 * * 0", "UTC", "2026-11-27 12:00", ["2026-11-29 00:00"]),
        ("*/20 9-10 1 jan-mar *", "UTC", "2026-01-01 10:00", ["2026-01-01 10:20", "2026-01-01 10:40"]),
        ("5/25 0 * * *", "UTC", "2026-01-01 00:00", ["2026-01-01 00:05", "2026-01-01 00:30", "2026-01-01 00:55"]),
        ("0 0 13 * fri", "UTC", "2026-11-12 12:00", ["2026-11-13 00:00", "2026-11-20 00:00"]),
        ("0 0 29 2 *", "UTC", "2025-01-01 00:00", ["2028-02-29 00:00"]),
        # 02:30 does not exist on the night the clocks go forward, and is there once when they go back.
        ("30 2 * * *", "Europe/Berlin", "2026-03-28 12:00", ["2026-03-30 00:30"]),
        ("30 2 * * *", "Europe/Berlin", "2026-10-24 12:00", ["2026-10-25 00:30", "2026-10-26 01:30"]),
    ],
)  # fmt: skip
def test_moments_of_a_cron_line(line: str, zone: str, after: str, expected: list[str]) -> None:
    found = list(islice(read_cron(line, read_zone(zone)).after(utc(after)), len(expected)))
    assert found == [utc(text) for text in expected]
    assert all(moment.tzinfo is UTC for moment in found)


@given(
    minute=st.sampled_from(["*", "*/7", "3,50", "10-20"]),
    hour=st.sampled_from(["*", "0", "2,3", "22-23", "*/5"]),
    day=st.sampled_from(["*", "1", "15-17", "28"]),
    month=st.sampled_from(["*", "3,10", "feb"]),
    weekday=st.sampled_from(["*", "sat", "1-5"]),
    begin_minute=st.integers(0, 700 * 24 * 60),
)
@settings(max_examples=40, deadline=None)
def test_next_moment_is_the_first_minute_that_matches(
    minute: str, hour: str, day: str, month: str, weekday: str, begin_minute: int
) -> None:
    cron = read_cron(f"{minute} {hour} {day} {month} {weekday}", BERLIN)
    at = utc("2026-01-01 00:00") + timedelta(minutes=begin_minute)
    found = cron.next(at)
    assert found is not None
    assert found > at

    def matches(moment: datetime) -> bool:
        local = moment.astimezone(BERLIN)
        in_month, in_week = local.day in cron.days, local.isoweekday() % 7 in cron.weekdays
        on = (in_month and in_week) if "*" in (day, weekday) else (in_month or in_week)
        at_time = local.minute in cron.minutes and local.hour in cron.hours and local.month in cron.months
        return local.fold == 0 and on and at_time  # the second of two equal local times does not count

    assert matches(found)
    minute_after = at.replace(second=0, microsecond=0) + timedelta(minutes=1)
    checked = min(int((found - minute_after).total_seconds() // 60), 3_000)
    assert not any(matches(minute_after + timedelta(minutes=n)) for n in range(checked))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("0 0 * *", "five"),
        ("0 30 0 * * *", "five"),
        ("60 0 * * *", "minute"),
        ("0 24 * * *", "hour"),
        ("0 0 0 * *", "day"),
        ("0 0 * foo *", "month"),
        ("0 0 * * 8", "weekday"),
        ("20-10 0 * * *", "minute"),
        ("*/0 0 * * *", "minute"),
    ],
)
def test_wrong_cron_line_names_its_field(line: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_cron(line, TEHRAN)


def test_hours_go_over_midnight_and_keep_to_their_zone() -> None:
    hours = read_hours("20:00-06:00 Asia/Tehran")
    assert hours is not None
    assert not hours.contains(utc("2026-11-27 16:29"))
    assert hours.contains(utc("2026-11-27 16:30"))
    assert hours.contains(utc("2026-11-28 02:29"))
    assert not hours.contains(utc("2026-11-28 02:30"))
    assert hours.next_begin(utc("2026-11-28 02:30")) == utc("2026-11-28 16:30")
    assert hours.next_begin(utc("2026-11-27 23:00")) == utc("2026-11-27 23:00")
    day = read_hours("08:00-16:00")
    assert day is not None
    assert day.next_begin(utc("2026-11-27 16:00")) == utc("2026-11-28 08:00")
    assert read_hours("") is None


@pytest.mark.parametrize("text", ["20-6", "20:00-06:00 Mars/Base", "25:00-06:00", "08:00-08:00"])
def test_wrong_hours_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"hours of the day|time zone"):
        read_hours(text)


def schedule(**changes: str) -> Schedule:
    values = {"name": "s", "round": "r", "kind": "visit", "cron": "0 20 * * *", "zone": "UTC", **changes}
    return Schedule.model_validate(values)


def test_missed_moments_are_counted_and_caught_up_once() -> None:
    nightly = schedule()
    set_at = utc("2026-11-20 12:00")
    assert due(nightly, set_at, utc("2026-11-20 19:59")) is None
    on_time = due(nightly, set_at, utc("2026-11-20 20:01"))
    assert on_time == Due(utc("2026-11-20 20:00"), 0)
    assert due(nightly, on_time.at, utc("2026-11-20 20:02")) is None
    after_a_week = due(nightly, on_time.at, utc("2026-11-27 23:00"))
    assert after_a_week == Due(utc("2026-11-27 20:00"), 7)
    assert due(nightly, after_a_week.at, utc("2026-11-28 19:00")) is None
    # A clock that jumps back an hour orders nothing twice.
    assert due(nightly, after_a_week.at, utc("2026-11-27 19:30")) is None


def test_next_moments_are_moved_into_the_hours() -> None:
    moved = schedule(cron="0 12 * * *", hours="20:00-06:00 UTC").next_moments(utc("2026-11-27 00:00"), 2)
    assert moved == [utc("2026-11-27 20:00"), utc("2026-11-28 20:00")]


@pytest.mark.parametrize(
    "changes", [{"cron": "0 0 30 2 *"}, {"cron": "x"}, {"zone": "Nowhere"}, {"hours": "now"}, {"kind": "dance"}]
)
def test_schedule_that_cannot_work_is_refused(changes: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        schedule(**changes)


def test_only_what_may_pass_is_tried_again() -> None:
    delays = (1.0, 7.0)
    for cause in (Cause.DNS, Cause.TIMEOUT, Cause.CRASH):
        assert next_pass(cause, 1, delays) == timedelta(hours=1)
        assert next_pass(cause, 2, delays) == timedelta(hours=7)
        assert next_pass(cause, 3, delays) is None
    for lasting in (None, Cause.ROBOTS, Cause.LOGIN, Cause.CAPTCHA, Cause.BLOCKED, Cause.TOO_LARGE, Cause.BUDGET):
        assert next_pass(lasting, 1, delays) is None
