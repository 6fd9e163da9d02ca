"""Links promise labels by caption, surroundings and address; news, print views and calendars next to nothing."""

import pytest

from config.vocabulary import Label
from snapshot.perception.models import Link, LinkKind, PageType
from snapshot.perception.page import perceive
from snapshot.perception.promises import promises_of


def promise(caption: str, href: str, label: Label, near: str = "", page_type: PageType = "content") -> float:
    link = Link("a", caption, "page", "menu", f"https://agency.example{href}", href, near=near)
    return next((p.promise for p in promises_of([link], page_type) if p.label == label), 0.0)


@pytest.mark.parametrize(
    ("caption", "href", "label", "least"),
    [
        ("درباره ما", "/p/1", Label.ORG_STRUCTURE, 0.4),
        ("تماس با ما", "/p/2", Label.CONTACT_US, 0.85),
        ("تماس با ما", "/p/2", Label.MANAGERS_CONTACTS, 0.3),
        ("میز خدمت", "/p/3", Label.SERVICES_LIST, 0.85),
        ("میز خدمت", "/p/3", Label.SERVICE_INFO, 0.35),
        ("About us", "/about", Label.ORG_STRUCTURE, 0.5),
        ("Services", "/services", Label.SERVICES_LIST, 0.9),
        ("", "/about/OrganizationalChart", Label.ORG_STRUCTURE, 0.55),
        ("", "/fa/nazarsanji1", Label.SATISFACTION_SURVEY, 0.5),
        ("", "/%D9%85%DB%8C%D8%B2-%D8%AE%D8%AF%D9%85%D8%AA/", Label.SERVICES_LIST, 0.5),
        ("ثبت و پیگیری شکایات", "/x", Label.COMPLAINTS_FORM, 0.85),
    ],
)
def test_menus_promise_what_usually_stands_behind_them(caption: str, href: str, label: Label, least: float) -> None:
    assert promise(caption, href, label) >= least


def test_a_details_link_promises_what_its_row_is_called() -> None:
    assert promise("جزئیات", "/s?id=7", Label.SERVICE_TRACKING, near="پیگیری درخواست") >= 0.7


def test_news_print_and_long_headlines_promise_little() -> None:
    plain = promise("چارت سازمانی", "/page/12", Label.ORG_STRUCTURE)
    assert promise("چارت سازمانی", "/fa/news/107402/chart", Label.ORG_STRUCTURE) < plain / 2
    assert promise("چارت سازمانی", "/page/12?print=1", Label.ORG_STRUCTURE) < plain / 2
    headline = "نشست مدیران استان درباره چارت سازمانی جدید اداره کل با حضور استاندار و جمعی از مسئولان برگزار خواهد شد"
    assert promise(headline, "/page/12", Label.ORG_STRUCTURE) < plain / 2


@pytest.mark.parametrize("kind", ["postback", "script"])
def test_menus_without_addresses_promise_by_their_captions(kind: LinkKind) -> None:
    link = Link("a", "ثبت شکایت", kind, "menu", None, "javascript:__doPostBack('x','')")
    promised = {one.label: one.promise for one in promises_of([link], "content")}
    assert promised[Label.COMPLAINTS_FORM] >= 0.5


@pytest.mark.parametrize("kind", ["mail", "phone", "empty", "fragment"])
def test_what_leads_to_no_page_promises_nothing(kind: LinkKind) -> None:
    link = Link("a", "ثبت شکایت", kind, "menu", None, "#")
    assert promises_of([link], "content") == ()


def test_the_first_files_of_a_list_are_worth_reading_whatever_they_are_called() -> None:
    files = "".join(f'<li><a href="/f/{number}.pdf">سند شماره {number}</a></li>' for number in range(1, 6))
    html = f"<title>قوانین و مقررات</title><main><h1>قوانین و مقررات</h1><ul>{files}</ul></main>"
    found = [one.promise for one in perceive(html.encode(), "https://agency.example/laws").promises]
    assert [promise >= 0.5 for promise in found] == [True, True, False, False, False]


def test_files_under_a_title_that_bears_no_label_promise_nothing() -> None:
    html = '<title>درباره ما</title><main><h1>تاریخچه</h1><a href="/f/1.pdf">سند شماره ۱</a></main>'
    assert all(one.promise < 0.5 for one in perceive(html.encode(), "https://agency.example/about").promises)
