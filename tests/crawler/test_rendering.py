"""Which pages need the browser, decided from perception alone."""

import pytest

from crawler.rendering import needs_browser
from snapshot.perception.models import Form, Heading, Link, LinkKind, Place, Signals
from tests.crawler.blank import blank_perception

TEXT = "این صفحه درباره خدمات سازمان است و راه دریافت هر خدمت را می‌گوید. " * 6


def _links(count: int, kind: LinkKind = "page", place: Place = "main", caption: str = "پیوند") -> tuple[Link, ...]:
    url = "http://portal.test/x" if kind == "page" else None
    return tuple(Link(f"a:nth-child({i + 1})", caption, kind, place, url, "x") for i in range(count))


def test_page_with_content_needs_none() -> None:
    assert needs_browser(blank_perception(main_text=TEXT), is_home=True) is None
    assert needs_browser(blank_perception(main_text=TEXT), is_home=False) is None


def test_script_shell_is_rendered() -> None:
    assert needs_browser(blank_perception(signals=Signals(script_shell=True)), is_home=False) == "script_shell"
    assert needs_browser(blank_perception(page_type="script-shell"), is_home=False) == "script_shell"


@pytest.mark.parametrize("kind", ["script", "postback"])
def test_menus_without_addresses_are_rendered_on_home_only(kind: LinkKind) -> None:
    page = blank_perception(main_text=TEXT, links=_links(6, kind, "menu") + _links(2, "page", "menu"))
    assert needs_browser(page, is_home=True) == "script_menus"
    assert needs_browser(page, is_home=False) is None


def test_few_scripted_entries_beside_real_ones_need_none() -> None:
    page = blank_perception(main_text=TEXT, links=_links(3, "script", "menu") + _links(12, "page", "menu"))
    assert needs_browser(page, is_home=True) is None


@pytest.mark.parametrize(
    "token", ["{ArticleID}", "{{ item.title }}", "<%= title %>", "[[news.title]]", "{{$ctrl.name}}"]
)
def test_unfilled_placeholders_are_rendered(token: str) -> None:
    heading = Heading("h1", 1, token, "main")
    assert needs_browser(blank_perception(main_text=TEXT, headings=(heading,)), is_home=False) == "template_tokens"
    assert needs_browser(blank_perception(main_text=f"{TEXT} {token} {token}"), is_home=False) == "template_tokens"


@pytest.mark.parametrize("text", ["ماده {۱} و بند {الف}", "set {1, 2}", "C:{}", "{ }"])
def test_braces_of_plain_text_are_no_placeholders(text: str) -> None:
    assert needs_browser(blank_perception(main_text=f"{TEXT} {text} {text}"), is_home=False) is None


@pytest.mark.parametrize(
    "text", ["Loading...", "در حال بارگذاری ...", "لطفا منتظر بمانید", "You need to enable JavaScript to run this app."]
)
def test_waiting_text_is_rendered(text: str) -> None:
    heading = Heading("h1", 1, "سامانه", "main")
    assert needs_browser(blank_perception(main_text=text, headings=(heading,)), is_home=False) == "loading"


def test_navigation_without_content_is_rendered() -> None:
    page = blank_perception(main_text="خانه", links=_links(20, "page", "menu"))
    assert needs_browser(page, is_home=False) == "empty_main"


def test_short_pages_that_hold_something_need_none() -> None:
    form = Form("form", "http://portal.test/t", "post", "", (), ("ورود",), "main")
    assert needs_browser(blank_perception(main_text="ورود", forms=(form,)), is_home=False) is None
    assert needs_browser(blank_perception(main_text="فهرست", links=_links(5)), is_home=False) is None
    heading = Heading("h1", 1, "تماس با ما", "main")
    assert needs_browser(blank_perception(main_text="تلفن ۱۲۳", headings=(heading,)), is_home=False) is None
    assert needs_browser(blank_perception(frames=("http://portal.test/f",)), is_home=False) is None


@pytest.mark.parametrize("page_type", ["blocked", "frameset", "document", "soft-404"])
def test_pages_that_the_browser_would_not_better_need_none(page_type: str) -> None:
    page = blank_perception(page_type=page_type, signals=Signals(script_shell=True))
    assert needs_browser(page, is_home=True) is None
