"""The day by which a page dates itself, as far as it can be believed."""

from datetime import date

import pytest

from snapshot.page_dates import age_days, printed_today, stated_date
from snapshot.reader import Page, Snapshot
from tests.factories import AS_OF, page, snapshot_of


def of_one(body: str, after: str = "") -> tuple[Snapshot, Page]:
    found = snapshot_of(page("/chart", f"<title>نمودار</title><main><h1>نمودار</h1>{body}</main>{after}"))
    return found, found.pages[0]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("آخرین به‌روزرسانی: ۱۴۰۵/۰۳/۰۱", date(2026, 5, 22)),
        ("تاریخ انتشار: ۱ خرداد ۱۴۰۵", date(2026, 5, 22)),
        ("به تصویب رسید: ۱۴۰۴/۱۲/۲۹", date(2026, 3, 20)),
        ("Last updated: 12 July 2026", date(2026, 7, 12)),
    ],
)
def test_days_of_update_publication_and_approval_count(words: str, day: date) -> None:
    found = stated_date(*of_one(f"<p>{words}</p>"))
    assert found is not None
    assert found.day == day


@pytest.mark.parametrize("words", ["تاریخ برگزاری: ۱۴۰۵/۰۳/۰۱", "قانون سال ۱۴۰۱/۰۱/۰۱", "متن بی تاریخ"])
def test_other_days_do_not(words: str) -> None:
    assert stated_date(*of_one(f"<p>{words}</p>")) is None


def test_of_several_days_the_latest_counts() -> None:
    found = stated_date(*of_one("<p>تاریخ انتشار: ۱۴۰۰/۰۱/۰۱</p><p>آخرین به‌روزرسانی: ۱۴۰۵/۰۱/۱۰</p>"))
    assert found is not None
    assert found.kind == "updated"


@pytest.mark.parametrize("day", ["۱۴۰۵/۰۷/۱۷", "۱۴۰۵/۰۷/۱۸", "۱۴۰۶/۰۱/۰۱"])
def test_the_day_of_the_visit_and_days_to_come_are_not_believed(day: str) -> None:
    snapshot, shown = of_one(f"<p>آخرین به‌روزرسانی: {day}</p>")
    assert stated_date(snapshot, shown) is None
    assert printed_today(snapshot, shown)


def test_without_any_day_no_clock_is_suspected() -> None:
    assert not printed_today(*of_one("<p>بی تاریخ</p>"))


def test_a_day_of_publication_beside_the_content_or_in_a_linked_row_is_another_pages() -> None:
    box = '<aside><ul><li><a href="/n/1">خبر</a> تاریخ انتشار: ۱۴۰۵/۰۵/۰۵</li></ul></aside>'
    assert stated_date(*of_one("<p>متن نمودار</p>", box)) is None
    row = '<ul><li><a href="/n/1">افتتاح</a> تاریخ انتشار: ۱۴۰۵/۰۵/۰۵</li></ul>'
    assert stated_date(*of_one(row)) is None


def site(days: list[str]) -> tuple[Snapshot, Page]:
    def foot(day: str) -> str:
        return f"<div>آخرین به‌روزرسانی: {day}</div>"

    pages = [
        page(f"/p{n}", f"<title>برگه {n}</title><main><h1>برگه {n}</h1><p>متن {n} این برگه</p></main>{foot(day)}")
        for n, day in enumerate(days)
    ]
    found = snapshot_of(*pages)
    return found, found.pages[0]


def test_a_stamp_that_most_pages_bear_is_the_sites() -> None:
    assert stated_date(*site(["۱۴۰۵/۰۶/۰۱"] * 5)) is None


def test_a_stamp_outside_the_content_is_the_pages_own_where_it_differs_from_page_to_page() -> None:
    assert stated_date(*site(["۱۴۰۵/۰۶/۰۱", "۱۴۰۵/۰۵/۰۱", "۱۴۰۴/۰۶/۰۱", "۱۴۰۳/۰۶/۰۱"])) is not None


def test_three_pages_are_too_few_to_tell() -> None:
    assert stated_date(*site(["۱۴۰۵/۰۶/۰۱"] * 3)) is not None


def test_age_is_counted_to_the_visit_and_never_negative() -> None:
    snapshot, shown = of_one("<p>آخرین به‌روزرسانی: ۱۴۰۵/۰۳/۰۱</p>")
    found = stated_date(snapshot, shown)
    assert found is not None
    assert age_days(snapshot, found) == (AS_OF.date() - date(2026, 5, 22)).days


@pytest.mark.parametrize(
    ("earlier", "believed"),
    [
        (["2026-05-22"], True),  # an old day then, a new one now: the page was updated
        (["2026-10-07"], False),  # the earlier visit's own day: a clock prints both
        (["2026-10-06"], False),  # or a clock of another zone
        (["2026-05-22", "2026-10-07"], False),
        ([], False),  # it bore no day then: a clock may be new
    ],
)
def test_a_day_of_the_visit_counts_where_an_earlier_visit_saw_another(earlier: list[str], believed: bool) -> None:
    known = {"page_id": "p0001", "url": "x", "earlier_fetched_at": "2026-10-07T08:00:00+00:00", "earlier": earlier}
    text = "<title>نمودار</title><main><h1>نمودار</h1><p>آخرین به‌روزرسانی: ۱۴۰۵/۰۷/۱۸</p></main>"
    probes = {"earlier-dates": {"status": "done", "data": {"visit": "0001", "pages": [known]}}}
    snapshot = snapshot_of(page("/chart", text), probes=probes)
    found = stated_date(snapshot, snapshot.pages[0])
    assert (found is not None and found.day == date(2026, 10, 10)) is believed
    assert printed_today(snapshot, snapshot.pages[0]) is not believed


def test_days_to_come_are_never_believed() -> None:
    known = {
        "page_id": "p0001",
        "url": "x",
        "earlier_fetched_at": "2026-10-07T08:00:00+00:00",
        "earlier": ["2026-05-22"],
    }
    text = "<title>نمودار</title><main><h1>نمودار</h1><p>آخرین به‌روزرسانی: ۱۴۰۵/۰۹/۱۸</p></main>"
    probes = {"earlier-dates": {"status": "done", "data": {"visit": "0001", "pages": [known]}}}
    snapshot = snapshot_of(page("/chart", text), probes=probes)
    assert stated_date(snapshot, snapshot.pages[0]) is None
