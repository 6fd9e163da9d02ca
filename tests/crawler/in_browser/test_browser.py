"""Pages that behave, misbehave or attack, in a real browser."""

import asyncio
import contextlib
import io
import threading
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Error

from config.settings import Settings
from config.vocabulary import Cause
from crawler.browser import Browser, PortalContext, Shown, ShowOptions
from crawler.page_view import PageView
from crawler.safety import AddressGuard
from tests.crawler.in_browser.site import FILLER, Answer, BrowserSite

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PLAIN = ShowOptions(screenshot=False, layout=False)
FULL = ShowOptions(screenshot=True, layout=True)


async def test_script_shell_shows_what_its_scripts_bring(portal: PortalContext, site: BrowserSite) -> None:
    site.routes["/data"] = Answer('["الف", "ب"]', headers={"Content-Type": "application/json"})
    url = site.page(
        "/",
        "<div id=app></div><script>setTimeout(() => fetch('/data').then(a => a.json()).then(rows => {"
        "document.getElementById('app').innerHTML = '<h1>خدمات</h1>' + rows.map(r => `<a href='/${r}'>${r}</a>`);"
        "history.replaceState({}, '', '/home');}), 400)</script>",
    )
    shown = await portal.show(url, reason="script_shell", want=FULL)
    assert shown.cause is None
    assert "<h1>خدمات</h1>" in shown.html
    assert (shown.status, shown.final_url) == (200, site.url + "/home")
    assert shown.layout is not None
    assert any(e.selector.endswith("h1:nth-child(1)") and e.visible for e in shown.layout.elements)


async def test_redirects_of_server_and_script_are_told_in_order(portal: PortalContext, site: BrowserSite) -> None:
    site.routes["/one"] = Answer(status=302, headers={"Location": "/two"})
    site.page("/two", "<script>location = '/three'</script>")
    site.page("/three", FILLER)
    shown = await portal.show(site.url + "/one", reason="r", want=PLAIN)
    assert shown.final_url == site.url + "/three"
    assert shown.redirects == (site.url + "/one", site.url + "/two")
    assert shown.status == 200


async def test_full_page_screenshot_is_cut_at_the_set_height(portal: PortalContext, site: BrowserSite) -> None:
    url = site.page("/", f"{FILLER}<div style='height:12000px;background:linear-gradient(red,blue)'>x</div>")
    shown = await portal.show(url, reason="r", want=FULL)
    assert shown.screenshot is not None
    image = Image.open(io.BytesIO(shown.screenshot))
    assert (image.format, image.size) == ("JPEG", (1366, 8000))
    assert shown.layout is not None
    assert shown.layout.page_height > 12000


async def test_lazy_images_are_loaded_before_the_screenshot(portal: PortalContext, site: BrowserSite) -> None:
    site.routes["/far.svg"] = Answer(
        "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='70'/>", headers={"Content-Type": "image/svg+xml"}
    )
    url = site.page("/", f"{FILLER}<div style='height:6000px'></div><img loading=lazy src=/far.svg>")
    shown = await portal.show(url, reason="r", want=FULL)
    assert "/far.svg" in site.paths()
    assert shown.layout is not None
    image = next(e for e in shown.layout.elements if "img" in e.selector)
    assert (image.box.width, image.box.height, image.visible) == (90, 70, True)


async def test_alert_loop_ends_and_the_next_page_is_shown(portal: PortalContext, site: BrowserSite) -> None:
    url = site.page("/", FILLER + "<script>while (true) alert('x')</script>")
    shown = await asyncio.wait_for(portal.show(url, reason="r", want=PLAIN), 20)
    assert shown.cause == Cause.TIMEOUT
    after = await portal.show(site.page("/next", FILLER), reason="r", want=PLAIN)
    assert (after.cause, after.status) == (None, 200)


async def test_alert_box_is_dismissed(portal: PortalContext, site: BrowserSite) -> None:
    url = site.page("/", FILLER + "<script>alert('سلام'); document.title = String(confirm('ok?'))</script>")
    shown = await portal.show(url, reason="r", want=PLAIN)
    assert "<title>false</title>" in shown.html


async def test_endless_script_ends_and_the_next_page_is_shown(portal: PortalContext, site: BrowserSite) -> None:
    url = site.page("/", FILLER + "<script>setTimeout(() => { while (true); }, 50)</script>")
    shown = await asyncio.wait_for(portal.show(url, reason="r", want=FULL), 20)
    assert shown.cause == Cause.TIMEOUT
    after = await portal.show(site.page("/next", FILLER), reason="r", want=PLAIN)
    assert after.cause is None


async def test_page_that_never_ends_loading_is_looked_at_as_it_stands(portal: PortalContext, site: BrowserSite) -> None:
    over = threading.Event()

    def slow(_method: str, _body: bytes) -> Answer:
        over.wait(10)
        return Answer()

    site.routes["/slow.png"] = slow
    shown = await portal.show(site.page("/", FILLER + "<img src=/slow.png>"), reason="r", want=PLAIN)
    over.set()
    assert shown.cause is None
    assert "خالی" in shown.html


async def test_pop_up_is_closed_and_logged(portal: PortalContext, site: BrowserSite) -> None:
    site.page("/advert", "buy")
    shown = await portal.show(site.page("/", FILLER + "<script>open('/advert')</script>"), reason="r", want=PLAIN)
    assert shown.cause is None
    assert ("close pop-up", None, site.url + "/advert") in shown.interactions


async def test_download_is_refused(portal: PortalContext, site: BrowserSite) -> None:
    site.routes["/file"] = Answer(
        b"\0" * 5000, headers={"Content-Type": "application/octet-stream", "Content-Disposition": "attachment"}
    )
    shown = await portal.show(site.url + "/file", reason="r", want=PLAIN)
    assert shown.cause == Cause.MISSING_ARTEFACT
    started = await portal.show(site.page("/", FILLER + "<script>location = '/file'</script>"), reason="r", want=PLAIN)
    assert started.cause is None


async def test_crashed_page_is_told_and_the_next_page_is_shown(portal: PortalContext, site: BrowserSite) -> None:
    async def work(view: PageView) -> Shown:
        await view.open(url)
        with contextlib.suppress(Error):
            await view.send("Page.crash")
        return await view.capture(PLAIN)

    url = site.page("/", FILLER)
    shown = await asyncio.wait_for(portal.visit(url, work), 20)
    assert shown.cause == Cause.CRASH
    after = await portal.show(site.page("/next", FILLER), reason="r", want=PLAIN)
    assert after.cause is None


async def test_killed_browser_is_replaced(guard: AddressGuard, site: BrowserSite) -> None:
    guard.open([site.url])
    async with Browser(Settings(render_timeout_seconds=4), guard) as browser:
        portal = await browser.context("a", frozenset())
        first = await portal.show(site.page("/", FILLER), reason="r", want=PLAIN)
        assert browser._chromium is not None
        session = await browser._chromium.new_browser_cdp_session()
        with pytest.raises(Error):
            await session.send("Browser.crash")
        second = await portal.show(site.page("/", FILLER), reason="r", want=PLAIN)
        third = await portal.show(site.page("/", FILLER), reason="r", want=PLAIN)
    assert first.cause is None
    assert second.cause in (None, Cause.CRASH)
    assert third.cause is None
    assert browser.generation == 2


async def test_old_browser_is_replaced_between_pages(guard: AddressGuard, site: BrowserSite) -> None:
    guard.open([site.url])
    async with Browser(Settings(render_timeout_seconds=4, browser_recycle_pages=2), guard) as browser:
        portal = await browser.context("a", frozenset())
        causes = [(await portal.show(site.page("/", FILLER), reason="r", want=PLAIN)).cause for _ in range(3)]
        assert browser.version
    assert causes == [None, None, None]
    assert browser.generation == 2


async def test_missing_browser_program_is_a_cause(guard: AddressGuard, tmp_path: Path) -> None:
    async with Browser(Settings(chromium=tmp_path / "none"), guard) as browser:
        portal = await browser.context("a", frozenset())
        shown = await portal.show("http://192.0.2.1/", reason="r", want=PLAIN)
    assert shown.cause == Cause.CRASH
    assert "DIDBAN_CHROMIUM" in (shown.detail or "")
