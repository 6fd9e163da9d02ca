"""The mobile probe: what a phone of 360 pixels shows of real pages, and whether its menu opens."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from crawler.browser import Browser, PortalContext
from crawler.probes.mobile import look_at_mobile_use
from crawler.shown import ShowOptions
from tests.crawler.in_browser.probe_site import probe_site
from tests.crawler.in_browser.site import FILLER, Answer, BrowserSite

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

VIEWPORT = "<meta name=viewport content='width=device-width, initial-scale=1'>"
ENTRIES = "".join(f"<li><a href=/{n}>بخش {n}</a></li>" for n in range(1, 7))


async def home_on_a_phone(
    folder: Path, portal: PortalContext, browser: Browser, site: BrowserSite, body: str, head: str = VIEWPORT
) -> dict[str, Any]:
    site.routes["/"] = Answer(
        f"<!doctype html><html lang=fa dir=rtl><head><title>t</title>{head}</head><body>{body}</html>"
    )
    result = await look_at_mobile_use(probe_site(folder, portal, browser, site))
    assert result.status == "done", result
    page: dict[str, Any] = result.data["pages"][0]
    return page


async def test_a_page_that_adapts(tmp_path: Path, portal: PortalContext, browser: Browser, site: BrowserSite) -> None:
    body = f"<nav><ul>{ENTRIES}</ul></nav><main>{FILLER}<table><tr><td>یک</td></tr></table></main>"
    page = await home_on_a_phone(tmp_path, portal, browser, site, body)
    assert (page["layout_width"], page["page_width"], page["overflow_px"]) == (360, 360, 0)
    assert (page["texts"], page["texts_outside"], page["widest"]) == (1, 0, None)
    assert page["menu"] == {"entries": 6, "reached": 6, "button": None, "opened_reached": None}
    shot = Image.open(tmp_path / "visit" / page["screenshot"])
    assert shot.width == 360


@pytest.mark.parametrize("direction", ["rtl", "ltr"])
async def test_a_wide_part_is_named(
    tmp_path: Path, portal: PortalContext, browser: Browser, site: BrowserSite, direction: str
) -> None:
    body = f"<div dir={direction}>{FILLER}</div><div style='width:700px' id=wide>جدول پهن سازمان</div>"
    site_body = f"<style>html{{direction:{direction}}}</style>{body}"
    page = await home_on_a_phone(tmp_path, portal, browser, site, site_body)
    assert page["page_width"] >= 700
    assert page["overflow_px"] >= 340
    assert (page["widest"]["tag"], page["widest"]["width"], page["widest"]["text"]) == ("div", 700, "جدول پهن سازمان")
    assert page["texts_outside"] < page["texts"]


async def test_parts_that_scroll_by_themselves_and_drawers_are_no_overflow(
    tmp_path: Path, portal: PortalContext, browser: Browser, site: BrowserSite
) -> None:
    body = (
        f"{FILLER}<div style='overflow-x:auto'><table style='width:900px'><tr><td>ارقام سال گذشته سازمان</table></div>"
        "<div style='position:fixed;right:-300px;top:0;width:300px'>کشوی کناری با چند پیوند برای گوشی</div>"
    )
    page = await home_on_a_phone(tmp_path, portal, browser, site, body)
    assert (page["overflow_px"], page["widest"], page["texts_outside"]) == (0, None, 0)


async def test_a_page_without_setting_is_laid_out_as_on_a_desktop(
    tmp_path: Path, portal: PortalContext, browser: Browser, site: BrowserSite
) -> None:
    page = await home_on_a_phone(tmp_path, portal, browser, site, FILLER, head="")
    assert page["viewport"] is None
    assert page["layout_width"] == 980
    assert page["small_text_share"] > 0.9


async def test_a_fixed_page_has_its_texts_outside(
    tmp_path: Path, portal: PortalContext, browser: Browser, site: BrowserSite
) -> None:
    page = await home_on_a_phone(
        tmp_path, portal, browser, site, f"<table width=980><tr><td>{FILLER}</td></tr></table>"
    )
    assert page["overflow_px"] > 500
    assert (page["texts"], page["texts_outside"]) == (1, 1)


OPENS = "document.querySelector('nav').classList.add('open')"
NARROW = "<style>@media (max-width:600px) { nav { display: none } nav.open { display: block } }</style>"
BUTTON = f'<button class=menu-toggle aria-label="باز کردن منو" onclick="{OPENS}">☰</button>'


@pytest.mark.parametrize(
    ("button", "opened"),
    [
        (BUTTON, 6),
        (BUTTON.replace(OPENS, ""), 0),
        (f'<div class=hamburger onclick="{OPENS}"><i>&#9776;</i></div>', 6),
    ],
)
async def test_the_menu_button_is_pressed(
    tmp_path: Path, portal: PortalContext, browser: Browser, site: BrowserSite, button: str, opened: int
) -> None:
    search = "<form><input name=q><button class=search-toggle>جستجو</button></form>"
    body = f"<header>{search}{button}</header><nav><ul>{ENTRIES}</ul></nav><main>{FILLER}</main>"
    site.routes["/"] = Answer(
        f"<!doctype html><html lang=fa dir=rtl><head>{VIEWPORT}{NARROW}</head><body>{body}</html>"
    )
    chosen = probe_site(tmp_path, portal, browser, site)
    result = await look_at_mobile_use(chosen)
    menu = result.data["pages"][0]["menu"]
    assert (menu["entries"], menu["reached"], menu["opened_reached"]) == (6, 0, opened)
    assert menu["button"] is not None
    log = (chosen.writer.folder / "interactions.jsonl").read_text(encoding="utf-8")
    assert "press menu button" in log
    assert "/?q=" not in site.paths()


async def test_parts_of_the_menu_are_opened_and_hover_is_not_enough(
    tmp_path: Path, portal: PortalContext, browser: Browser, site: BrowserSite
) -> None:
    below = ["".join(f"<li><a href=/p{p}/{n}>زیر {p}-{n}</a></li>" for n in range(3)) for p in range(3)]
    parts = "".join(f"<li><a href=/p{p}>بخش {p}</a>%s<ul>{below[p]}</ul></li>" for p in range(3))
    style = "<style>nav ul ul{display:none} li:hover>ul, li.open>ul{display:block}</style>"
    opener = "<button type=button onclick=\"this.parentElement.classList.toggle('open')\">+</button>"
    body = f"{style}<nav><ul>{parts.replace('%s', opener)}</ul></nav><main>{FILLER}</main>"
    page = await home_on_a_phone(tmp_path, portal, browser, site, body)
    assert (page["menu"]["entries"], page["menu"]["reached"], page["menu"]["opened_reached"]) == (12, 3, 12)
    body = f"{style}<nav><ul>{parts.replace('%s', '')}</ul></nav><main>{FILLER}</main>"
    page = await home_on_a_phone(tmp_path / "2", portal, browser, site, body)
    assert (page["menu"]["entries"], page["menu"]["reached"]) == (12, 3)
    assert page["menu"]["opened_reached"] in (None, 3)


@pytest.mark.parametrize(("style", "inside", "submits"), [("", 2, 1), ("margin-right:420px", 0, 0)])
async def test_forms_are_measured(
    tmp_path: Path, portal: PortalContext, browser: Browser, site: BrowserSite, style: str, inside: int, submits: int
) -> None:
    site.routes["/"] = Answer(f"<!doctype html>{VIEWPORT}<body>{FILLER}")
    form = (
        f"<form method=post style='{style};width:300px'><p><label>نام <input name=name></label><p><label>متن شکایت "
        "<textarea name=text></textarea></label><p><button>ارسال</button></form>"
    )
    site.routes["/complain"] = Answer(
        f"<!doctype html><html lang=fa dir=rtl>{VIEWPORT}<body><main><h1>شکایت</h1>{form}</main></html>"
    )
    result = await look_at_mobile_use(probe_site(tmp_path, portal, browser, site, paths=("/", "/complain")))
    found = next(one for one in result.data["pages"] if one["kind"] == "form")["form"]
    assert (found["fields"], found["shown"], found["inside"]) == (2, 2, inside)
    assert (found["submits"], found["submits_inside"]) == (1, submits)
    assert ("POST", "/complain") not in site.asked


async def test_small_targets_are_counted_but_links_in_a_sentence_are_not(
    tmp_path: Path, portal: PortalContext, browser: Browser, site: BrowserSite
) -> None:
    inline = "<p>" + "این جمله پیوندی در میان خود دارد <a href=/x>اینجا</a> و ادامه می‌یابد. " * 3 + "</p>"
    small = "<div><a href=/y style='display:inline-block;font-size:10px'>ریز</a></div>"
    large = "<div><a href=/z style='display:block;padding:20px'>درشت</a></div>"
    page = await home_on_a_phone(tmp_path, portal, browser, site, inline + small + large)
    assert (page["tap_targets"], page["tap_targets_small"]) == (2, 1)


async def test_the_desktop_page_is_as_before(
    tmp_path: Path, portal: PortalContext, browser: Browser, site: BrowserSite
) -> None:
    site.routes["/"] = Answer(
        f"<!doctype html>{VIEWPORT}<body>{FILLER}<script>document.title = innerWidth + navigator.userAgent</script>"
    )
    await look_at_mobile_use(probe_site(tmp_path, portal, browser, site))
    shown = await portal.show(site.url + "/", reason="test", want=ShowOptions(screenshot=True))
    assert "1366" in shown.html
    assert "Mobile" not in shown.html
    assert shown.screenshot is not None
    assert Image.open(io.BytesIO(shown.screenshot)).width == 1366
