"""The accessibility probe: axe-core and our own looks at real pages in the browser."""

from pathlib import Path
from typing import Any

import pytest

from config.models import Service
from crawler.browser import Browser, PortalContext
from crawler.probes.accessibility import look_at_accessibility
from tests.crawler.in_browser.probe_site import probe_site
from tests.crawler.in_browser.site import FILLER, Answer, BrowserSite

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

MENU = "<nav><ul>" + "".join(f"<li><a href=/{n}>بخش {n}</a></li>" for n in range(1, 6)) + "</ul></nav>"
GOOD = f"""<!doctype html><html lang=fa dir=rtl><title>سازمان نمونه</title><body>
<a href="#%D9%85">پرش به محتوای اصلی</a>
<header>{MENU}</header><main id="م"><h1>سازمان نمونه</h1>{FILLER}<p><a href=/news>همه خبرها</a></p>
<img src=/a.png alt="نشان سازمان">
<button type=button onclick="document.body.style.fontSize='40px'">+A</button></main></html>"""


async def look(folder: Path, portal: PortalContext, browser: Browser, site: BrowserSite, **more: Any) -> dict[str, Any]:
    result = await look_at_accessibility(probe_site(folder, portal, browser, site, **more))
    assert result.status == "done", result
    return result.data


async def home_of(
    folder: Path, portal: PortalContext, browser: Browser, site: BrowserSite, html: str
) -> dict[str, Any]:
    site.routes["/"] = Answer(html)
    data = await look(folder, portal, browser, site)
    page: dict[str, Any] = data["pages"][0]
    return page


async def test_a_good_home_passes(tmp_path: Path, portal: PortalContext, browser: Browser, site: BrowserSite) -> None:
    page = await home_of(tmp_path, portal, browser, site, GOOD)
    assert page["rules"]["html-has-lang"]["violations"] == 0
    assert page["rules"]["image-alt"] == {
        "impact": None, "passes": 1, "violations": 0, "incomplete": 0, "selectors": [], "quotes": [],
    }  # fmt: skip
    assert page["rules"]["color-contrast"]["passes"] > 3
    assert page["skip_link"]["works"] is True
    assert (page["keyboard"]["menu"], page["keyboard"]["main"], page["keyboard"]["trapped"]) == (True, True, False)
    assert page["keyboard"]["stops"] == 8
    assert page["text_size"] == {
        "text": "+A", "selector": "html > body > main:nth-child(3) > button:nth-child(5)", "works": True,
    }  # fmt: skip
    assert (page["zoom"]["blocked"], page["captcha"]) == (False, {})


async def test_faults_are_counted_with_their_place(
    tmp_path: Path, portal: PortalContext, browser: Browser, site: BrowserSite
) -> None:
    page = await home_of(
        tmp_path,
        portal,
        browser,
        site,
        f"""<!doctype html><html><title>t</title><meta name=viewport content="width=device-width, maximum-scale=1">
        <body><a href="#nowhere">Skip to content</a>{FILLER}<img src=/a.png><img src=/b.png alt=ok>
        <p style="color:#ccc;background:#fff">Words that are hard to read</p><input name=q>
        <p style="color:#bbb;background:#fff">واژه‌هایی که به سختی خوانده می‌شوند</p></body></html>""",
    )
    rules = page["rules"]
    assert (rules["image-alt"]["violations"], rules["image-alt"]["passes"]) == (1, 1)
    assert rules["image-alt"]["selectors"] == ['img[src="/a.png"]']
    assert "/a.png" in rules["image-alt"]["quotes"][0]
    assert rules["color-contrast"]["violations"] == 2
    assert rules["label"]["impact"] == "critical"
    assert rules["html-has-lang"]["violations"] == 1
    assert page["skip_link"] == {
        "text": "Skip to content", "selector": "html > body > a:nth-child(1)", "target": "nowhere", "works": False,
    }  # fmt: skip
    assert page["zoom"]["blocked"] is True


async def test_an_empty_anchor_before_the_content_is_a_target(
    tmp_path: Path, portal: PortalContext, browser: Browser, site: BrowserSite
) -> None:
    body = f"<a href='#main'>رفتن به محتوای اصلی</a><main><a id=main tabindex=-1></a>{FILLER}</main>"
    page = await home_of(tmp_path, portal, browser, site, f"<!doctype html><body>{body}")
    assert page["skip_link"]["works"] is True


async def test_the_policy_of_the_page_does_not_keep_axe_out_and_stays_in_force(
    tmp_path: Path, portal: PortalContext, browser: Browser, site: BrowserSite
) -> None:
    site.routes["/"] = Answer(GOOD, headers={"Content-Security-Policy": "default-src 'none'; script-src 'none'"})
    data = await look(tmp_path, portal, browser, site)
    assert data["axe"]
    assert data["pages"][0]["rules"]["document-title"]["passes"] == 1
    # The page's own handler stays forbidden: its control does nothing.
    assert data["pages"][0]["text_size"]["works"] is False


@pytest.mark.parametrize(
    ("form", "kind", "alternative"),
    [
        ("<img src=/captcha.jpg width=120 height=40>", "image", None),
        ("<img src=/captcha.jpg width=120 height=40><a href='#' title='پخش صدا'>🔊</a>", "image", "audio"),
        ("<img src=/captcha.jpg width=120 height=40><audio controls src=/c.mp3></audio>", "image", "audio"),
    ],
)
async def test_captchas_are_told_with_their_alternative(
    tmp_path: Path, portal: PortalContext, browser: Browser, site: BrowserSite, form: str, kind: str, alternative: str
) -> None:
    site.routes["/"] = Answer(GOOD)
    site.routes["/complain"] = Answer(
        f"<!doctype html><html lang=fa dir=rtl><title>شکایت</title><body><main><h1>ثبت شکایت</h1>"
        f"{FILLER}<form method=post>"
        f"<label>متن شکایت <textarea name=text></textarea></label><label>ایمیل <input type=email name=mail></label>"
        f"{form}<label>کد امنیتی <input name=code></label><button>ارسال</button></form></main></html>"
    )
    data = await look(tmp_path, portal, browser, site, paths=("/", "/complain"))
    found = next(page for page in data["pages"] if page["kind"] == "form")
    assert (found["url"], found["captcha"]["kind"]) == (site.url + "/complain", kind)
    assert found["captcha"]["alternative"] == alternative
    assert ("POST", "/complain") not in site.asked


async def test_hover_menus_and_script_menus_are_out_of_reach_of_the_keyboard(
    tmp_path: Path, portal: PortalContext, browser: Browser, site: BrowserSite
) -> None:
    hidden = "".join(f"<li><a href=/s{n}>زیربخش {n}</a></li>" for n in range(4))
    menu = (
        "<style>ul ul{display:none} li:hover ul{display:block}</style><nav><ul><li><a href=/a>درباره</a></li>"
        f"<li><a href=/b>خدمات</a><ul>{hidden}</ul></li></ul></nav>"
    )
    page = await home_of(tmp_path, portal, browser, site, f"<!doctype html><body>{menu}<main>{FILLER}</main>")
    assert (page["keyboard"]["entries"], page["keyboard"]["pointer_only"]) == (6, 4)
    opened = menu.replace("li:hover", "li:focus-within")
    page = await home_of(tmp_path / "2", portal, browser, site, f"<!doctype html><body>{opened}<main>{FILLER}</main>")
    assert page["keyboard"]["pointer_only"] == 0


async def test_what_could_not_be_opened_says_why(
    tmp_path: Path, portal: PortalContext, browser: Browser, site: BrowserSite
) -> None:
    site.routes["/"] = Answer(GOOD)
    title = "صدور پروانه کسب"
    site.routes["/services/1"] = Answer(f"<!doctype html><title>{title}</title><body><h1>{title}</h1>{FILLER}")
    service = Service(id="s1", agency="a", title_fa=title, url=site.url + "/services/1", audience="G2C", status="full")
    chosen = probe_site(tmp_path, portal, browser, site, paths=("/", "/services/1"), services=[service])
    site.routes["/services/1"] = Answer("down", status=503, headers={"Content-Disposition": "attachment"})
    result = await look_at_accessibility(chosen)
    kinds = {page["kind"]: page["cause"] for page in result.data["pages"]}
    assert kinds == {"home": None, "service": "missing_artefact"}
    del site.routes["/"]
    empty = await look_at_accessibility(probe_site(tmp_path / "2", portal, browser, site, paths=()))
    assert (empty.status, empty.cause) == ("failed", "missing_artefact")
