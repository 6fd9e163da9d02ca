"""The tracking-form probe: what a person would find at a form, and that nothing is sent unless it is allowed."""

from dataclasses import replace
from typing import Any

import pytest

from crawler.browser import PortalContext
from crawler.probes.tracking_candidates import TrackingCandidate
from crawler.probes.tracking_form import probe_tracking_forms
from tests.crawler.in_browser.site import FILLER, Answer, BrowserSite

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FORM = (
    "<form action=/status method=post><label>کد پیگیری <input name=code></label>{more}"
    "<input type=hidden name=token value=1><button>مشاهده وضعیت</button></form>"
)
PLAIN = FORM.format(more="")
AT = "html > body > form:nth-child(2)"


async def _probe(
    portal: PortalContext, site: BrowserSite, body: str, selector: str = AT, *, active: bool = False
) -> dict[str, Any]:
    url = site.page("/track", FILLER + body)
    candidate = TrackingCandidate("p0007", url, selector, ("code",), "code")
    result = await probe_tracking_forms(portal, [candidate], active=active)
    assert result.status == "done"
    forms: list[dict[str, Any]] = result.data["forms"]
    assert len(forms) == 1
    return forms[0]


async def test_usable_form_is_told_with_its_fields(portal: PortalContext, site: BrowserSite) -> None:
    entry = await _probe(portal, site, PLAIN)
    assert (entry["shown"], entry["enabled"], entry["submit"], entry["captcha"]) == (True, True, "مشاهده وضعیت", False)
    assert entry["fields"] == [{"name": "code", "kind": "text", "label": "کد پیگیری", "shown": True, "editable": True}]
    assert (entry["page_id"], entry["selector"], entry["answered"]) == ("p0007", AT, None)
    assert "/status" not in site.paths()


async def test_captcha_is_told(portal: PortalContext, site: BrowserSite) -> None:
    entry = await _probe(portal, site, FORM.format(more="<img src=/captcha.jpg><input name=answer>"), active=True)
    assert (entry["shown"], entry["captcha"], entry["active"]) == (True, True, None)
    assert "/status" not in site.paths()


@pytest.mark.parametrize(
    "body",
    [
        f"<form style='display:none'>{PLAIN[5:]}",
        FORM.replace("<input name=code>", "<input name=code disabled>").format(more=""),
        FORM.replace("<button>", "<button hidden>").format(more=""),
        f"<form style='opacity:0'>{PLAIN[5:]}",
    ],
)
async def test_form_that_nobody_can_use_is_not_shown(portal: PortalContext, site: BrowserSite, body: str) -> None:
    assert (await _probe(portal, site, body))["shown"] is False


async def test_form_in_a_closed_tab_is_opened_first(portal: PortalContext, site: BrowserSite) -> None:
    body = (
        "<ul><li><a href='#track' onclick=\"document.all.track.style.display='block'\">پیگیری</a></li></ul>"
        f"<div id=track style='display:none'>{PLAIN}</div>"
    )
    entry = await _probe(portal, site, body, "html > body > div:nth-child(3) > form:nth-child(1)")
    assert entry["shown"] is True
    assert entry["opened_by"] == "html > body > ul:nth-child(2) > li:nth-child(1) > a:nth-child(1)"


async def test_form_that_scripts_have_moved_is_found_by_its_field(portal: PortalContext, site: BrowserSite) -> None:
    body = f"{PLAIN}<script>document.body.prepend(document.createElement('form'), document.createElement('p'))</script>"
    assert (await _probe(portal, site, body))["shown"] is True


async def test_form_that_is_not_found_again_stays_open(portal: PortalContext, site: BrowserSite) -> None:
    entry = await _probe(portal, site, "<form><input name=q><button>جستجو</button></form>")
    assert (entry["shown"], entry["cause"]) == (None, "missing_artefact")


async def test_page_that_does_not_open_leaves_it_open(portal: PortalContext) -> None:
    candidate = TrackingCandidate("p0001", "http://127.0.0.3:9/", AT)
    result = await probe_tracking_forms(portal, [candidate], active=False)
    assert (result.data["forms"][0]["shown"], result.data["forms"][0]["cause"]) == (None, "refused")


async def test_invalid_code_is_sent_only_where_allowed(portal: PortalContext, site: BrowserSite) -> None:
    bodies: list[bytes] = []

    def status(_method: str, body: bytes) -> Answer:
        bodies.append(body)
        return Answer(f"<!doctype html><body>{FILLER}<p>درخواستی با این کد یافت نشد</p></body>")

    site.routes["/status"] = status
    entry = await _probe(portal, site, PLAIN, active=True)
    assert bodies == [b"code=0000000000&token=1"]
    assert entry["answered"] is True
    assert "یافت نشد" in entry["active"]["text"]
    assert [action for action, _, _ in entry["interactions"]] == ["type invalid code", "send invalid code"]


async def test_message_box_is_an_answer(portal: PortalContext, site: BrowserSite) -> None:
    body = PLAIN.replace("<form", "<form onsubmit=\"alert('کد نامعتبر است'); return false\"")
    entry = await _probe(portal, site, body, active=True)
    assert (entry["answered"], entry["active"]["text"]) == (True, "کد نامعتبر است")


async def test_form_that_fails_twice_is_told_as_failing(portal: PortalContext, site: BrowserSite) -> None:
    entry = await _probe(portal, site, PLAIN.replace("<form", "<form onsubmit='return false'"), active=True)
    assert (entry["answered"], entry["active"]["tries"]) == (False, 2)


async def test_form_that_asks_for_more_than_the_code_is_not_sent(portal: PortalContext, site: BrowserSite) -> None:
    entry = await _probe(portal, site, FORM.format(more="<input name=mobile required>"), active=True)
    assert (entry["shown"], entry["answered"], entry["active"]["tries"]) == (True, None, 0)


async def test_one_form_on_many_pages_is_opened_once(portal: PortalContext, site: BrowserSite) -> None:
    url = site.page("/track", FILLER + PLAIN)
    first = TrackingCandidate("p0001", url, AT, ("code",), "code", action=site.url + "/status")
    second = replace(first, page_id="p0002", url=site.url + "/other")
    result = await probe_tracking_forms(portal, [first, second], active=False)
    assert [(e["page_id"], e["probed_on"], e["shown"]) for e in result.data["forms"]] == [
        ("p0001", "p0001", True),
        ("p0002", "p0001", True),
    ]
    assert site.paths().count("/track") == 1
