"""What a person can see, and selectors that mean the same in the browser and in the parsed document."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from crawler.browser import PortalContext, ShowOptions
from snapshot.models import LayoutElement
from tests.crawler.in_browser.site import FILLER, Answer, BrowserSite

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

MAP = ShowOptions(screenshot=False, layout=True)

HIDING = {
    "plain": ("<p id=e>متن</p>", True),
    "display": ("<p id=e style='display:none'>متن</p>", False),
    "hidden parent": ("<div style='display:none'><p id=e>متن</p></div>", False),
    "visibility": ("<p id=e style='visibility:hidden'>متن</p>", False),
    "opacity": ("<div style='opacity:0'><p id=e>متن</p></div>", False),
    "no size": ("<div style='height:0;overflow:hidden'><p id=e>متن</p></div>", False),
    "one pixel": ("<p id=e style='position:absolute;width:1px;height:1px;overflow:hidden'>متن</p>", False),
    "far left": ("<p id=e style='position:absolute;left:-9999px'>متن</p>", False),
    "far above": ("<p id=e style='position:absolute;top:-500px'>متن</p>", False),
    "text indent": ("<p id=e style='text-indent:-9999px;white-space:nowrap;overflow:hidden'>متن</p>", False),
    "same colour": ("<div style='background:#fff'><p id=e style='color:#fefefe'>متن</p></div>", False),
    "transparent ink": ("<p id=e style='color:transparent'>متن</p>", False),
    "tiny font": ("<p id=e style='font-size:0'>متن</p>", False),
    "clip": ("<p id=e style='position:absolute;clip:rect(0,0,0,0)'>متن</p>", False),
    "hidden field": ("<form><input id=e type=hidden></form>", False),
    "field": ("<form><input id=e></form>", True),
    "white on dark": ("<div style='background:#036'><p id=e style='color:#fff'>متن</p></div>", True),
    "white over a picture": (
        "<img src=/pic.svg width=400><p id=e style='position:absolute;margin-top:-50px;color:#fff'>متن</p>",
        True,
    ),
    "white on a background picture": (
        "<div style='background-image:url(/pic.svg)'><p id=e style='color:#fff'>متن</p></div>", True
    ),
    "scrolling box": (
        "<div style='height:40px;overflow:auto'><div style='height:300px'></div><p id=e>متن</p></div>", True
    ),
    "link around a floating block": ("<a id=e href=/x><div style='float:right'>متن</div></a>", True),
    "contents": ("<a id=e href=/x style='display:contents'><b>متن</b></a>", True),
    "broken image": ("<img id=e src=/missing.png width=50 height=50>", False),
    "image": ("<img id=e src=/pic.svg width=50 height=50>", True),
}  # fmt: skip

ONE_CLICK_AWAY = {
    "details": "<details><summary class=o>عنوان</summary><p id=e>متن</p></details>",
    "tab": "<ul><li><a class=o href='#t2'>مراحل</a></li></ul><div id=t2 style='display:none'><p id=e>متن</p></div>",
    "bootstrap tab": (
        "<button class=o data-bs-target='#t'>مدارک</button><div id=t style='display:none'><p id=e>متن</p></div>"
    ),
    "tabs by place": (
        "<div><ul class='nav-tabs o'><li>یک</li><li>دو</li></ul><div><div class=tab-pane>الف</div>"
        "<div class=tab-pane style='display:none'><p id=e>متن</p></div></div></div>"
    ),
    "accordion": "<h3 class='accordion-title o'>پرسش</h3><div style='display:none'><p id=e>پاسخ</p></div>",
    "the closed part itself": "<h3 class='accordion-title o'>مراحل</h3><ol id=e style='display:none'><li>ثبت</li></ol>",
    "flat accordion": (
        "<h4 class=o style='cursor:pointer'>پرسش</h4><div style='max-height:0;overflow:hidden'><p id=e>پاسخ</p></div>"
    ),
    "drop-down menu": (
        "<ul><li><a class=o href='#'>خدمات</a><ul style='display:none'><li><a id=e href=/x>یک</a></ul></li></ul>"
    ),
    "faded menu": (
        "<ul><li><a class=o href='#'>خدمات</a><ul style='visibility:hidden;opacity:0'>"
        "<li><a id=e href=/x>یک</a></li></ul></li></ul>"
    ),
    "menu of a menu": (
        "<ul><li><a class=o href='#'>خدمات</a><ul style='display:none'><li><a href='#'>بیشتر</a>"
        "<ul style='display:none'><li><a id=e href=/x>یک</a></li></ul></li></ul></li></ul>"
    ),
    "window": "<a class=o href='#m'>تماس</a><div id=m style='display:none'><div><p id=e>متن</p></div></div>",
}


@pytest.mark.parametrize("name", ONE_CLICK_AWAY)
async def test_element_one_click_away_is_seen_at_its_opener(
    portal: PortalContext, site: BrowserSite, name: str
) -> None:
    url = site.page("/", FILLER + ONE_CLICK_AWAY[name])
    element, opener = await _element(portal, url, "#e"), await _element(portal, url, ".o")
    assert element is not None
    assert opener is not None
    assert element.visible
    assert element.box == opener.box


NO_WAY_THERE = {
    "plain text before": "<p>مقدمه</p><div style='display:none'><p id=e>متن</p></div>",
    "hidden opener": "<a href='#t' style='display:none'>مراحل</a><div id=t style='display:none'><p id=e>متن</p></div>",
    "hidden part of a closed tab": (
        "<a href='#t'>مراحل</a><div id=t style='display:none'><div style='display:none'><p id=e>متن</p></div></div>"
    ),
    "hidden by itself in a tab": (
        "<a href='#t'>مراحل</a><div id=t style='display:none'><p id=e style='display:none'>متن</p></div>"
    ),
    "link before": "<a href=/x>پیوند</a><div style='display:none'><p id=e>متن</p></div>",
    "titled section": "<h2 class=section-title>پیگیری</h2><div style='display:none'><p id=e>کد رهگیری</p></div>",
    "heading before hidden words": "<h2>درباره</h2><span style='display:none'><b id=e>کد رهگیری</b></span>",
}


@pytest.mark.parametrize("name", NO_WAY_THERE)
async def test_element_without_an_opener_is_hidden(portal: PortalContext, site: BrowserSite, name: str) -> None:
    element = await _element(portal, site.page("/", FILLER + NO_WAY_THERE[name]), "#e")
    assert element is not None
    assert not element.visible


async def _element(portal: PortalContext, url: str, wanted: str) -> LayoutElement | None:
    shown = await portal.show(url, reason="r", want=MAP)
    assert shown.layout is not None
    tree = LexborHTMLParser(shown.html)
    target = tree.css_first(wanted)
    assert target is not None
    for element in shown.layout.elements:
        found = tree.css(element.selector)
        if len(found) == 1 and found[0].mem_id == target.mem_id:
            return element
    return None


async def test_elements_are_seen_or_hidden(portal: PortalContext, site: BrowserSite) -> None:
    site.routes["/pic.svg"] = Answer(
        "<svg xmlns='http://www.w3.org/2000/svg' width='400' height='200'><rect width='400' height='200'/></svg>",
        headers={"Content-Type": "image/svg+xml"},
    )
    parts = [markup.replace("id=e", f"id=e{i}") for i, (markup, _) in enumerate(HIDING.values())]
    body = FILLER + "".join(f"<section style='min-height:60px'>{part}</section>" for part in parts)
    shown = await portal.show(site.page("/", body), reason="r", want=MAP)
    assert shown.layout is not None
    tree = LexborHTMLParser(shown.html)
    seen = {tree.css(e.selector)[0].attributes.get("id"): e.visible for e in shown.layout.elements}
    found = {name: seen.get(f"e{i}") for i, name in enumerate(HIDING)}
    assert found == {name: visible for name, (_, visible) in HIDING.items()}


async def test_part_of_a_page_that_is_wide_to_the_left_is_seen(portal: PortalContext, site: BrowserSite) -> None:
    markup = "<html dir=rtl><div style='width:3000px'><p id=e style='width:900px;margin-right:2000px'>متن</p></div>"
    element = await _element(portal, site.page("/", markup), "#e")
    assert element is not None
    assert element.visible
    assert element.box.x < 0


MESSY = (
    "<noscript><img src=/a><p>x</noscript>"
    "<table><tr><td>یک<td>دو<tr><td><form><input name=a></table>"
    "<form><div><form><input name=b></form><p>پس از فرم</div></form>"
    "<p>بند<div>در بند</div></p><b><p>کج</b>بسته</p>"
    "<a href=/1>بیرون<a href=/2>درون</a></a>"
    "<script>const t = document.createElement('table'); const r = document.createElement('tr');"
    "const d = document.createElement('td'); d.textContent = 'سلول'; r.append(d); t.append(r); document.body.append(t);"
    "const p = document.createElement('p'); const h = document.createElement('h2'); h.textContent = 'عنوان';"
    "p.append(h); document.body.append(p);"
    "const a = document.createElement('a'); a.href = '/o'; const i = document.createElement('a'); i.href = '/i';"
    "i.textContent = 'درونی'; a.append(i, 'بیرونی'); document.body.append(a);"
    "const s = document.createElement('my-box'); s.innerHTML = '<li>مورد'; document.body.append(s);</script>"
    "<svg><a><text>متن</text></a></svg><template><p>الگو</p></template><p>پایان</p>"
)


async def test_selectors_hold_in_the_document_when_it_is_read_again(portal: PortalContext, site: BrowserSite) -> None:
    head = "<noscript><img src=/pixel></noscript><meta name=x content=y>"
    shown = await portal.show(site.page("/", FILLER + MESSY, head), reason="r", want=MAP)
    assert shown.layout is not None
    tree = LexborHTMLParser(shown.html)
    counts = {e.selector: len(tree.css(e.selector)) for e in shown.layout.elements}
    assert set(counts.values()) == {1}
    assert len(counts) == len(shown.layout.elements) > 20
    assert "data-shown-element" not in shown.html
    for text in ("سلول", "عنوان", "درونی", "پایان", "پس از فرم"):
        node = next(n for n in tree.css("td, h2, a, p") if n.text(deep=False).strip() == text)
        mapped = [e for e in shown.layout.elements if tree.css(e.selector)[0].mem_id == node.mem_id]
        assert [e.visible for e in mapped] == [True], text


async def test_page_scripts_cannot_bend_the_map(portal: PortalContext, site: BrowserSite) -> None:
    body = FILLER + (
        "<a id=e href=/x>پیوند</a><script>Array.prototype.map = () => []; Map.prototype.get = () => 0;"
        "JSON.stringify = () => 'no'; Array.prototype.toJSON = () => 'no'; window.DOMParser = 1;"
        "Element.prototype.getBoundingClientRect = () => ({}); document.querySelector = null</script>"
    )
    element = await _element(portal, site.page("/", body), "#e")
    assert element is not None
    assert element.visible


async def test_huge_page_has_a_bounded_map_with_its_links(portal: PortalContext, site: BrowserSite) -> None:
    body = "<div><span>متن</span></div>" * 8000 + "<a id=e href=/x>پیوند</a>"
    shown = await portal.show(site.page("/", body), reason="r", want=MAP)
    assert shown.layout is not None
    assert len(shown.layout.elements) == 6000
    assert shown.layout.elements[-1].selector == "html > body > a:nth-child(8001)"
