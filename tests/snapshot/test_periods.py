"""Periods that reports name, in both calendars."""

from datetime import date

import pytest

from snapshot.periods import latest_period, periods_in


@pytest.mark.parametrize(
    ("text", "last_day"),
    [
        ("نتایج نظرسنجی پاییز ۱۴۰۴", date(2025, 12, 21)),
        ("نیمه نخست سال ۱۴۰۵", date(2026, 9, 22)),
        ("شش‌ماهه دوم ۱۴۰۴", date(2026, 3, 20)),
        ("سه ماهه اول سال 1405", date(2026, 6, 21)),
        ("گزارش سال ۱۴۰۴", date(2026, 3, 20)),
        ("Survey of the first half of 2026", date(2026, 6, 30)),
        ("Q4 2025", date(2025, 12, 31)),
        ("third quarter of 2025", date(2025, 9, 30)),
        ("Spring 2026", date(2026, 5, 31)),
        ("in 2025 we asked", date(2025, 12, 31)),
    ],
)
def test_a_period_ends_on_its_last_day(text: str, last_day: date) -> None:
    assert [period.last_day for period in periods_in(text)] == [last_day]


def test_a_bare_year_counts_in_titles_only() -> None:
    assert periods_in("قانون بودجه ۱۴۰۲") == []
    assert [period.text for period in periods_in("نتایج نظرسنجی ۱۴۰۲", bare_years=True)] == ["۱۴۰۲"]


def test_days_and_numbers_are_no_period() -> None:
    assert periods_in("۱۴۰۴/۰۳/۰۲ - شماره ۱۴۰۴۵", bare_years=True) == []


def test_the_latest_period_of_several_texts_counts() -> None:
    latest = latest_period(["بهار ۱۴۰۳", "زمستان ۱۴۰۴ و پاییز ۱۴۰۴"])
    assert latest is not None
    assert latest.text == "زمستان ۱۴۰۴"
    assert latest_period(["بدون تاریخ"]) is None
