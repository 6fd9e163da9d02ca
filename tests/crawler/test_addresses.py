"""Addresses: one spelling, one key, one shape; and which of them are traps."""

import pytest

from crawler.addresses import key_of, shape_of, suffix_of, tidy
from crawler.traps import NEWS_CAP, PAGING_CAP, SHAPE_CAP, Traps


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://Portal.IR:80/a/../b?x=1&utm_source=mail#top", "http://portal.ir/b?x=1"),
        ("https://portal.ir:443", "https://portal.ir/"),
        ("https://portal.ir/خدمات/ ثبت", "https://portal.ir/%D8%AE%D8%AF%D9%85%D8%A7%D8%AA/%20%D8%AB%D8%A8%D8%AA"),
        ("https://ایران.ir/", "https://xn--mgba3a4f16a.ir/"),
        ("http://portal.ir/(S(abc123))/page.aspx", "http://portal.ir/page.aspx"),
        ("http://portal.ir/page.jsp;jsessionid=0A1B?id=7", "http://portal.ir/page.jsp?id=7"),
        ("http://portal.ir/?PHPSESSID=1&id=2", "http://portal.ir/?id=2"),
        ("http://portal.ir/?sid=8f3a90bc11d2e45f7a&id=2", "http://portal.ir/?id=2"),
        ("http://portal.ir/request?sid=12", "http://portal.ir/request?sid=12"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("javascript:void(0)", ""),
        ("http://portal.ir:bad/", ""),
        ("http://" + "a" * 3000, ""),
    ],
)
def test_addresses_are_asked_for_in_one_spelling(url: str, expected: str) -> None:
    assert tidy(url) == expected


@pytest.mark.parametrize(
    "other",
    ["http://www.portal.ir/a?x=1&y=2", "https://portal.ir/a/?y=2&x=1", "https://portal.ir/%61?x=1&y=2#there"],
)
def test_spellings_of_one_page_share_a_key(other: str) -> None:
    assert key_of(other) == key_of("https://portal.ir/a?x=1&y=2")


def test_different_pages_have_different_keys() -> None:
    assert len({key_of(f"https://portal.ir/{path}") for path in ("a", "a?x=1", "a?x=2", "A", "b.a")}) == 5


def test_shapes_leave_numbers_and_long_words_open() -> None:
    assert shape_of("https://www.portal.ir/news/1402/55") == shape_of("https://portal.ir/news/1403/7")
    assert shape_of("https://portal.ir/n?id=1") == shape_of("https://portal.ir/n?id=2")
    assert shape_of("https://portal.ir/n?id=1") != shape_of("https://portal.ir/n?code=1")


def test_suffix_is_of_the_path_alone() -> None:
    assert suffix_of("https://portal.ir/a.PDF?x=b.zip") == "pdf"
    assert suffix_of("https://portal.ir/") == ""


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("photo.JPG", "file"), ("form.docx", "file"), ("a?print=1", "view"), ("a?tmpl=component", "view"),
        ("a/feed/", "view"), ("calendar/2026/05", "calendar"), ("events?month=5&year=1404", "calendar"),
        ("x?calendar=1&date=2026-01-01", "calendar"),
        ("search?q=x", "search"), ("list?sort=title", "facet"), ("list?f[0]=a", "facet"), ("a/b/a/b/a/b", "repeats"),
    ],
)  # fmt: skip
def test_traps_are_known_by_their_address(path: str, word: str) -> None:
    assert word in Traps().refuses(f"https://portal.ir/{path}")


@pytest.mark.parametrize(
    "path",
    ["services", "Default.aspx?tabid=12", "page/7", "search", "node/12?page=1", "events", "news/2026/05/title",
     "laws.pdf", "fa/service/13051234?lang=fa", "contact?view=form", "تقویم-آموزشی"],
)  # fmt: skip
def test_plain_pages_are_no_traps(path: str) -> None:
    assert Traps().refuses(f"https://portal.ir/{path}") == ""


def test_enough_is_enough_of_one_kind_unless_it_promises_something() -> None:
    traps = Traps()
    for number in range(SHAPE_CAP):
        traps.count(f"https://portal.ir/item/{number}", news=False)
    assert "pattern" in traps.exceeds("https://portal.ir/item/99", news=False, promising=False)
    assert traps.exceeds("https://portal.ir/item/99", news=False, promising=True) == ""
    assert traps.exceeds("https://portal.ir/other", news=False, promising=False) == ""


def test_news_and_follow_up_pages_are_counted_over_all_patterns() -> None:
    traps = Traps()
    for number in range(NEWS_CAP):
        traps.count(f"https://portal.ir/n{'x' * number}", news=True)
    assert "news" in traps.exceeds("https://portal.ir/other", news=True, promising=False)
    for number in range(2, 2 + PAGING_CAP):
        traps.count(f"https://portal.ir/list?page={number}", news=False)
    assert "listing" in traps.exceeds("https://portal.ir/list?page=9", news=False, promising=False)
    assert traps.exceeds("https://portal.ir/list2?page=2", news=False, promising=False) == ""
