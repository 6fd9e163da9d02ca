"""The app in a real browser: judging by keyboard, hostile portals stay inert, every page passes axe at 360 pixels."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.review.conftest import Called
from tests.review.world import PASSWORD, World

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)
Served = tuple[str, World]
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    opened = chromium.new_context(viewport={"width": 1280, "height": 850}, reduced_motion="reduce")
    opened.set_default_timeout(30_000)
    yield opened
    opened.close()


def logged_in(context: BrowserContext, address: str, name: str, language: str) -> Page:
    page = context.new_page()
    page.goto(f"{address}/login?lang={language}")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url(lambda url: "/login" not in url)
    return page


def test_judging_by_keyboard_from_login_to_the_audit_log(served: Served, context: BrowserContext) -> None:
    address, _ = served
    page = logged_in(context, address, "lead", "en")
    score = page.locator("tbody tr", has_text="Roads").first.locator("td").nth(1)
    before = score.inner_text()
    page.goto(f"{address}/rounds/r1/queue?indicator=E2")
    page.keyboard.press("n")
    expect(page.locator("#card-title")).to_contain_text("How a service works")
    first = page.url
    page.keyboard.press("5")  # the fifth level of the grid: 1
    assert page.evaluate("document.activeElement.id") == "reason"
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("choose a reason")
    page.select_option("#reason", "seen_elsewhere")
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    page.keyboard.type("Seen on the page of the service.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("Recorded for 2 cells of E2")
    page.goto(f"{address}/rounds/r1?lang=en")
    assert float(score.inner_text()) > float(before)
    page.goto(f"{address}/audit")
    row = page.locator("tbody tr", has_text="r1/roads/E2").first
    expect(row).to_contain_text("level 0.25")
    expect(row).to_contain_text("level 1")
    expect(row).to_contain_text("Seen on the page of the service.")
    page.goto(f"{address}/audit?check=true")
    expect(page.get_by_role("status")).to_contain_text("whole")
    page.goto(f"{address}/rounds/r1/queue")
    page.keyboard.press("z")
    expect(page.get_by_role("status")).to_contain_text("taken back")
    page.wait_for_url(re.compile(r"/groups/"))
    assert page.url.split("?")[0] == first.split("?")[0]
    page.goto(f"{address}/rounds/r1?lang=en")
    assert score.inner_text() == before


def test_y_confirms_and_shows_the_next_card_in_the_same_page(served: Served, context: BrowserContext) -> None:
    address, _ = served
    page = logged_in(context, address, "sara", "fa")
    page.goto(f"{address}/rounds/r1/queue/next")
    page.evaluate("window.same = true")
    titles = [page.title()]
    for _ in range(3):
        before = page.url
        page.keyboard.press("y")
        expect(page).not_to_have_url(before)
        expect(page.get_by_role("status")).to_contain_text("ثبت شد")
        assert page.evaluate("document.activeElement.id") == "card-title"
        titles.append(page.title())
    assert page.evaluate("window.same") is True
    assert len(set(titles)) > 1
    for _ in range(3):
        page.keyboard.press("z")
        expect(page.get_by_role("status")).to_contain_text("پس گرفته شد")


def test_what_portals_wrote_does_nothing(served: Served, called: Called, context: BrowserContext) -> None:
    address, _ = served
    dialogs: list[str] = []
    page = logged_in(context, address, "lead", "en")
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    for path in ("", "/agencies/post", "/agencies/roads/E1", "/queue"):
        page.goto(f"{address}/rounds/r1{path}")
        assert page.evaluate("window.hacked") is None
    page.goto(f"{address}/rounds/r1/agencies/roads/E1")
    page.get_by_role("link", name="See the evidence").first.click()
    expect(page.locator("blockquote").first).to_contain_text("<script>window.hacked=1</script>")
    assert page.locator("a[href^='javascript:']").count() == 0
    page.get_by_text("Archived page", exact=True).first.click()
    frame = page.frame_locator(".replay iframe").first
    expect(frame.locator("h1")).to_have_text("میز خدمت")
    page.get_by_text("Full page with the element outlined").first.click()
    page.get_by_text("Other pages considered").click()
    page.wait_for_timeout(500)
    assert page.evaluate("window.hacked") is None
    assert page.locator("main script, main [onerror], main [onload]").count() == 0
    assert page.locator("svg rect.outline").first.get_attribute("width") == "200.0"
    archived = page.locator(".replay iframe").first.get_attribute("src")
    page.goto(f"{address}{archived}")  # opened by itself it is as inert
    assert page.evaluate("document.title") == "پرونده<script>window.hacked=1</script>"
    page.wait_for_timeout(300)
    assert page.url == f"{address}{archived}"
    assert dialogs == []
    assert called.addresses == []
    assert context.request.get(called.portal).status == 204  # the portal does note who comes
    assert called.addresses == ["/"]


def pages_of(page: Page, address: str) -> list[str]:
    page.goto(f"{address}/rounds/r1/agencies/roads/E1")
    card = page.locator("article.group a").first.get_attribute("href")
    assert card is not None
    return [
        "/rounds", "/rounds/r1", "/rounds/r1/agencies/roads", "/rounds/r1/agencies/roads/E1", "/rounds/r1/queue", card,
        "/rounds/r1/appeals", "/audit", "/account", "/nothing",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("width", [1280, 360])
def test_every_page_passes_axe_and_fits_the_screen(
    served: Served, context: BrowserContext, language: str, width: int
) -> None:
    address, _ = served
    failed: list[str] = []

    def look(page: Page, what: str) -> None:
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "fa" else "ltr")
        for entry in Axe().run(page, options=AXE).response["violations"]:
            nodes = [node["html"][:160] for node in entry["nodes"][:2]]
            failed.append(f"{what}: {entry['id']} {nodes}")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            failed.append(f"{what}: wider than {width}")

    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 850})
    page.goto(f"{address}/login?lang={language}")
    look(page, "login")
    page.close()
    page = logged_in(context, address, "lead", language)
    page.set_viewport_size({"width": width, "height": 850})
    for path in pages_of(page, address):
        page.goto(f"{address}{path}")
        page.evaluate("document.querySelectorAll('main details').forEach((entry) => (entry.open = true))")
        look(page, path)
    page.get_by_role("button", name=re.compile("خروج|Log out")).click()
    page = logged_in(context, address, "admin", language)
    page.set_viewport_size({"width": width, "height": 850})
    page.goto(f"{address}/accounts")
    look(page, "accounts")
    assert failed == []


def test_pages_ask_nobody_else_and_break_no_policy(served: Served, context: BrowserContext) -> None:
    address, _ = served
    asked: list[str] = []
    complaints: list[str] = []
    page = logged_in(context, address, "lead", "fa")
    context.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for path in ("/rounds/r1", "/rounds/r1/queue", "/rounds/r1/queue/next"):
        page.goto(f"{address}{path}")
        page.wait_for_load_state("networkidle")
    assert {url.split("/", 3)[2] for url in asked if not url.startswith("data:")} == {address.removeprefix("http://")}
    assert complaints == []
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith("Vazirmatn")
    assert page.evaluate("document.fonts.check('16px Vazirmatn', 'دیدبان')") is True
