"""Menu entries without addresses: opened by a click, and nothing else is ever clicked."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from config.vocabulary import Cause
from crawler.browser import PortalContext, ShowOptions
from tests.crawler.in_browser.site import FILLER, Answer, BrowserSite

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PLAIN = ShowOptions(screenshot=False, layout=False)

POSTBACK = """<form id=aspnetForm method=post action='/Default.aspx'>
<input type=hidden name=__VIEWSTATE value=abc><input type=hidden name=__EVENTTARGET><input name=q value=''>
<ul><li>خدمات<ul style='display:none'><li><a href="javascript:__doPostBack('menu','units')">واحدها</a></li></ul></li>
<li><a href="javascript:__doPostBack('menu','services')">فهرست خدمات</a></li></ul>
<style>li:hover > ul { display: block !important }</style>
<input type=submit value='جستجو'></form><script>
function __doPostBack(t, a) {
const f = document.forms[0]; f.__EVENTTARGET.value = t + ':' + a; f.submit(); }</script>"""


def _webforms(site: BrowserSite) -> str:
    def default(method: str, body: bytes) -> Answer:
        if method == "POST":
            target = "فهرست" if b"services" in body else "ساختار"
            return Answer(f"<!doctype html><body><h1>{target}</h1>{FILLER}{POSTBACK}</body>")
        return Answer(f"<!doctype html><body><h1>خانه</h1>{FILLER}{POSTBACK}</body>")

    site.routes["/Default.aspx"] = default
    return site.url + "/Default.aspx"


def _selector(html: str, css: str) -> str:
    """Structural path of the first element that `css` names."""
    node = LexborHTMLParser(html).css(css)[0]
    steps: list[str] = []
    while node.tag != "html":
        parent = node.parent
        assert parent is not None
        siblings = list(parent.iter(include_text=False))
        position = next(i for i, child in enumerate(siblings, 1) if child.mem_id == node.mem_id)
        steps.append(node.tag if node.tag == "body" else f"{node.tag}:nth-child({position})")
        node = parent
    return " > ".join(["html", *reversed(steps)])


async def test_postback_menu_leads_to_its_page(portal: PortalContext, site: BrowserSite) -> None:
    url = _webforms(site)
    home = await portal.show(url, reason="script_menus", want=PLAIN)
    shown = await portal.click(url, _selector(home.html, "a[href*=services]"), reason="script_menus", want=PLAIN)
    assert shown.cause is None
    assert "<h1>فهرست</h1>" in shown.html
    assert (shown.status, shown.final_url) == (200, url)
    assert [action for action, _, _ in shown.interactions] == ["click"]
    assert site.asked[-1] == ("POST", "/Default.aspx")


async def test_entry_of_a_drop_down_menu_is_reached_by_hovering(portal: PortalContext, site: BrowserSite) -> None:
    url = _webforms(site)
    home = await portal.show(url, reason="script_menus", want=PLAIN)
    shown = await portal.click(url, _selector(home.html, "a[href*=units]"), reason="script_menus", want=PLAIN)
    assert "<h1>ساختار</h1>" in shown.html
    assert [action for action, _, _ in shown.interactions] == ["hover", "click"]


async def test_click_within_a_page_brings_its_new_content(portal: PortalContext, site: BrowserSite) -> None:
    body = (
        f"{FILLER}<a href='javascript:void(0)' onclick=\"setTimeout(() => {{document.querySelector('main').innerHTML="
        "'<h2>مدیران</h2>'}, 300)\">مدیران</a><main></main>"
    )
    shown = await portal.click(site.page("/", body), "html > body > a:nth-child(2)", reason="r", want=PLAIN)
    assert "<h2>مدیران</h2>" in shown.html


async def test_way_of_several_clicks(portal: PortalContext, site: BrowserSite) -> None:
    body = (
        f"{FILLER}<a onclick=\"document.querySelector('main').innerHTML="
        "'<a onclick=document.body.append(123456)>دوم</a>'\">اول</a><main></main>"
    )
    shown = await portal.click(
        site.page("/", body),
        "html > body > main:nth-child(3) > a:nth-child(1)",
        reason="r",
        want=PLAIN,
        path=("html > body > a:nth-child(2)",),
    )
    assert "123456" in shown.html


async def test_click_that_opens_a_window_shows_that_address(portal: PortalContext, site: BrowserSite) -> None:
    site.page("/desk", FILLER + "<h1>میز خدمت</h1>")
    url = site.page("/", f"{FILLER}<a href='javascript:void(open(\"/desk\"))'>میز خدمت</a>")
    shown = await portal.click(url, "html > body > a:nth-child(2)", reason="r", want=PLAIN)
    assert shown.final_url == site.url + "/desk"
    assert "<h1>میز خدمت</h1>" in shown.html


@pytest.mark.parametrize(
    ("markup", "cause"),
    [
        ("<form action=/send method=post><input name=a><button>ارسال</button></form>", Cause.REFUSED),
        ("<form action=/send method=post><input type=submit value=ارسال></form>", Cause.REFUSED),
        ("<form action=/send method=post><input type=image src=/x></form>", Cause.REFUSED),
        ("<div><a href='mailto:a@b.test'>رایانامه</a></div>", Cause.REFUSED),
        ("<div><a href='javascript:void(0)'>هیچ</a></div>", Cause.MISSING_ARTEFACT),
    ],
)
async def test_forms_and_dead_entries_bring_a_cause(
    portal: PortalContext, site: BrowserSite, markup: str, cause: Cause
) -> None:
    url = site.page("/", FILLER + markup)
    last = LexborHTMLParser(markup).css("form > :last-child, div > a")[0].tag
    selector = f"html > body > :nth-child(2) > {last}:last-child"
    shown = await portal.click(url, selector, reason="r", want=PLAIN)
    assert shown.cause == cause
    assert "/send" not in site.paths()


async def test_element_that_is_not_there_brings_a_cause(portal: PortalContext, site: BrowserSite) -> None:
    shown = await portal.click(site.page("/", FILLER), "html > body > a:nth-child(7)", reason="r", want=PLAIN)
    assert shown.cause == Cause.MISSING_ARTEFACT
