"""Layers over a page: photographed, closed by what closes them, never by what sends or leads away."""

import pytest

from crawler.browser import PortalContext, ShowOptions
from tests.crawler.in_browser.site import FILLER, BrowserSite

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FULL = ShowOptions(screenshot=True, layout=True)
FIXED = "position:fixed;z-index:999;background:#fff;"
COVER = FIXED + "top:0;left:0;width:100%;height:100%;"
BAR = FIXED + "bottom:0;left:0;width:100%;height:90px;"


def _layer(style: str, inside: str, attributes: str = "") -> str:
    """A layer; HIDE in `inside` stands for the script that closes it."""
    closing = "document.getElementById('layer').style.display='none';return false"
    inside = inside.replace("HIDE", f'onclick="{closing}"')
    return f"<div id=layer style='{style}' {attributes}>{inside}</div>"


CLOSED_BY = {
    "need": _layer(
        BAR,
        "ما از کوکی استفاده می‌کنیم <button id=all HIDE>پذیرش همه</button><a href='/privacy'>بیشتر</a>"
        "<button id=need HIDE>فقط کوکی‌های ضروری</button>",
    ),
    "ok": _layer(BAR, "This site uses cookies. <a id=ok href='#' HIDE>Got it!</a>"),
    "x": _layer(COVER, "<div>اطلاعیه: سامانه جدید راه‌اندازی شد.</div><span id=x class=close-btn HIDE>×</span>"),
    "b": _layer(
        COVER,
        "<h4>پیام مدیر</h4><p>خوش آمدید</p><button type=button id=b data-bs-dismiss=modal HIDE>بستن</button>",
        "role=dialog",
    ),
    "no": _layer(
        COVER,
        "نظرسنجی <form action=/vote method=post><input name=v><button id=send>تایید</button>"
        "<button type=button id=no HIDE>انصراف</button></form>",
    ),
}


@pytest.mark.parametrize("button", CLOSED_BY)
async def test_layer_is_closed_by_its_least_binding_control(
    portal: PortalContext, site: BrowserSite, button: str
) -> None:
    url = site.page("/", f"{FILLER}<a href=/s>خدمات</a>{CLOSED_BY[button]}")
    shown = await portal.show(url, reason="r", want=FULL)
    closing = [entry for entry in shown.interactions if entry[0] == "close dialog"]
    assert len(closing) == 1
    assert f'id="{button}"' in shown.html
    assert shown.layout is not None
    pressed = next(e for e in shown.layout.elements if e.selector == closing[0][1])
    assert not pressed.visible
    assert shown.screenshot_before_consent is not None
    assert shown.screenshot_before_consent != shown.screenshot
    assert site.paths().count("/") == 1
    assert not {"/vote", "/privacy"} & set(site.paths())


LEFT_OPEN = {
    "only a form that sends": (
        f"<div style='{COVER}'>ورود <form action=/vote method=post><input name=v><button>تایید</button></form></div>"
    ),
    "only links that lead away": f"<div id=layer style='{COVER}'>خوش آمدید <a href=/enter>ورود به سایت</a></div>",
}


@pytest.mark.parametrize("name", LEFT_OPEN)
async def test_layer_without_a_harmless_control_is_left_open(
    portal: PortalContext, site: BrowserSite, name: str
) -> None:
    shown = await portal.show(site.page("/", FILLER + LEFT_OPEN[name]), reason="r", want=FULL)
    assert [action for action, _, _ in shown.interactions] == ["dialog left open"]
    assert not {"/vote", "/enter"} & set(site.paths())


NO_LAYER = {
    "header": f"<header style='{FIXED}top:0;width:100%;height:120px'><nav><a href=/a>خانه</a></nav>بستن</header>",
    "menu over the page": f"<nav style='{COVER}'><a href=/a>خانه</a><button>بستن</button></nav>",
    "help button": f"<div style='{FIXED}bottom:9px;left:9px;width:60px;height:60px'><button>×</button>گفتگو</div>",
    "hidden modal": f"<div role=dialog style='{COVER}display:none'>خوش آمدید<button>بستن</button></div>",
}


@pytest.mark.parametrize("name", NO_LAYER)
async def test_parts_of_the_page_are_no_layers(portal: PortalContext, site: BrowserSite, name: str) -> None:
    shown = await portal.show(site.page("/", FILLER + NO_LAYER[name]), reason="r", want=FULL)
    assert shown.interactions == ()
    assert shown.screenshot_before_consent is None
