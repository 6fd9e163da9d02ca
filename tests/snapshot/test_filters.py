"""Filters shared by all checks (indicators 2.0)."""

import pytest

from config.vocabulary import Label
from snapshot.filters import is_news, is_visible, leads_there, other_organisation
from snapshot.perception.models import Link
from tests.factories import PORTAL, agency, only_page, page, snapshot_of

TEXT = "این سازمان در زمینه امور شهری به شهروندان خدمت می‌کند. " * 10


def html(title: str, body: str = TEXT) -> str:
    head = f"<head><title>{title}</title></head>"
    return f"<html lang=fa>{head}<body><main><h1>{title}</h1><p>{body}</p></main></body></html>"


def link(href: str | None) -> Link:
    return Link(
        "a", "پیوند", "page" if href else "empty", "main", PORTAL.rstrip("/") + href if href else None, href or "#"
    )


SNAPSHOT = snapshot_of(
    page("/", html("سازمان نمونه")),
    page("/chart", html("نمودار سازمانی")),
    page("/gone", html("صفحه یافت نشد", "")),
    page("/soon", html("شکایات", "این فرم در دست طراحی است.")),
    page("/dead", "", cause="timeout"),
)


@pytest.mark.parametrize("href", ["/", "/gone", "/soon", "/dead", "/never-read", None])
def test_a_link_to_home_to_nothing_or_to_an_unfinished_page_leads_nowhere(href: str | None) -> None:
    assert leads_there(SNAPSHOT, link(href)) is None


def test_a_link_leads_to_its_page_and_to_its_topic() -> None:
    target = leads_there(SNAPSHOT, link("/chart"), Label.ORG_STRUCTURE)
    assert target is not None
    assert target.url.endswith("/chart")
    assert leads_there(SNAPSHOT, link("/chart"), Label.TENDERS) is None


def test_news_items_are_news_and_pages_are_not() -> None:
    item = html("نشست", f"کد خبر: ۱۲۳ به گزارش روابط عمومی، مدیر اظهار داشت {TEXT} انتهای پیام")
    assert is_news(only_page(item, "/fa/news/12/x").perception)
    assert not is_news(only_page(html("نمودار سازمانی"), "/chart").perception)


def test_pages_of_other_hosts_and_other_bodies_are_not_own() -> None:
    own = only_page(html("نمودار سازمان نمونه"), "/chart")
    assert not other_organisation(own, agency())
    assert other_organisation(own, agency(portal_url="https://another.example.org/"))
    assert other_organisation(only_page(html("نمودار وزارت راه و شهرسازی"), "/chart"), agency())


def test_an_element_is_unseen_only_where_the_layout_says_so() -> None:
    selector = "html > body > p:nth-child(1)"
    assert is_visible(only_page(html("x"), "/x"), selector)
    assert not is_visible(only_page(html("x"), "/x", rendered=True, hidden=[selector]), selector)
