"""The login-path probe: where controls lead, read off the way there; the sign-on itself is never entered."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from config.models import Service
from config.vocabulary import Cause
from crawler.browser import PortalContext
from crawler.perceiving import Perceiver
from crawler.politeness import Politeness
from crawler.probes.login_path import follow_logins
from crawler.probes.site import ProbeSite
from crawler.safety import AddressGuard
from snapshot.hosts import OwnHosts
from snapshot.models import ClickStep, PageRecord
from snapshot.writer import SnapshotWriter
from tests.crawler.in_browser.site import FILLER, Answer, BrowserSite
from tests.crawler.visiting import order, settings

FIELDS = "<input name=user><input type=password name=p>"
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.fixture
def sso(guard: AddressGuard) -> Iterator[BrowserSite]:
    """A sign-on that could be entered: only the probe's own restraint keeps it from being asked."""
    with BrowserSite("127.0.0.9").running() as running:
        guard.open([running.url])
        yield running


async def _probe(
    portal: PortalContext, site: BrowserSite, home: Path, pages: dict[str, str], sso: BrowserSite, service: str = "/"
) -> dict[str, dict[str, Any]]:
    """The entries by their words, for a portal whose pages the crawl has read; `sso` is the national sign-on."""
    registered = Service(id="s1", agency="a", title_fa="صدور پروانه شکار", url=f"{site.url}{service}")
    wanted = order(home, "a", f"{site.url}/", services=[registered])
    writer = SnapshotWriter(wanted.folder)
    wanted.folder.mkdir(parents=True)
    writer.begin(wanted.visit)
    for number, (path, body) in enumerate(pages.items()):
        url = site.page(path, FILLER + body)
        answer = site.routes[path]
        assert isinstance(answer, Answer)
        record = PageRecord(
            page_id=f"p{number}",
            url=url,
            requested_url=url,
            status=200,
            fetched_at=wanted.visit.as_of,
            content_type="text/html; charset=utf-8",
            click_path=(ClickStep(url=f"{site.url}/", how="start" if path == "/" else "link"),),
        )
        writer.add_page(record, str(answer.body).encode(), [])
    options = settings(home)
    perceiver = Perceiver(0)
    crew = cast("Any", SimpleNamespace(settings=options, politeness=Politeness(50), perceiver=perceiver))
    nowhere = cast("Any", None)
    probing = ProbeSite(wanted.visit, OwnHosts.of(wanted.visit.agency), crew, nowhere, writer, portal)
    result = await follow_logins(probing, national_hosts=(f"127.0.0.9:{sso.port}",))
    assert result.status == "done"
    return {entry["text"]: entry for entry in result.data["entries"]}


def _authorize(sso: BrowserSite) -> str:
    return f"{sso.url}/oauth2/authorize?client_id=hunt&redirect_uri=https://hunt.example/back"


async def test_script_control_is_followed_to_the_sign_on_and_not_into_it(
    portal: PortalContext, site: BrowserSite, sso: BrowserSite, tmp_path: Path
) -> None:
    script = f"<script>function go() {{ location = '{_authorize(sso)}' }}</script>"
    body = f'<main><a href="javascript:go()">ورود از طریق دولت من</a>{script}</main>'
    entries = await _probe(portal, site, tmp_path, {"/": body}, sso)
    entry = entries["ورود از طریق دولت من"]
    assert (entry["national"], entry["client_id"], entry["redirect_uri_host"]) == (True, "hunt", "hunt.example")
    assert (entry["authorize"], entry["final_url"], entry["cause"]) == (
        "/oauth2/authorize",
        _authorize(sso),
        None,
    )
    assert sso.asked == []


async def test_redirect_after_a_click_is_read_without_entering(
    portal: PortalContext, site: BrowserSite, sso: BrowserSite, tmp_path: Path
) -> None:
    site.routes["/auth"] = Answer(status=302, headers={"Location": _authorize(sso)})
    body = "<main><button type=button onclick=\"location.href=['/au','th'].join('')\">ورود با دولت من</button></main>"
    entries = await _probe(portal, site, tmp_path, {"/": body}, sso)
    entry = entries["ورود با دولت من"]
    assert (entry["national"], entry["client_id"]) == (True, "hunt")
    assert entry["hops"][-1].endswith("/auth")
    assert sso.asked == []


async def test_form_without_fields_is_sent_and_one_with_fields_is_left_alone(
    portal: PortalContext, site: BrowserSite, sso: BrowserSite, tmp_path: Path
) -> None:
    site.routes["/external"] = Answer(status=302, headers={"Location": _authorize(sso)})
    bare = (
        "<form method=post action=/external><input type=hidden name=t value=1><button>ورود با پنجره ملی</button></form>"
    )
    asking = f"<form method=post action=/in>{FIELDS}<button>ورود با دولت من</button></form>"
    entries = await _probe(portal, site, tmp_path, {"/": f"<main>{bare}</main>", "/b": f"<main>{asking}</main>"}, sso)
    assert entries["ورود با پنجره ملی"]["national"] is True
    assert "ورود با دولت من" not in entries
    assert ("POST", "/external") in site.asked
    assert "/in" not in site.paths()
    assert sso.asked == []


async def test_own_login_is_told_with_its_password_fields(
    portal: PortalContext, site: BrowserSite, sso: BrowserSite, tmp_path: Path
) -> None:
    site.page("/enter", FILLER + f"<form method=post>{FIELDS}<button>ورود</button></form>")
    body = "<main><a href=\"javascript:void(location.href='/ent'+'er')\">ورود به سامانه</a></main>"
    entry = (await _probe(portal, site, tmp_path, {"/": body}, sso))["ورود به سامانه"]
    assert (entry["national"], entry["password_fields"], entry["cause"]) == (False, 1, None)
    assert entry["final_url"].endswith("/enter")


async def test_form_behind_a_control_is_told_with_its_fields(
    portal: PortalContext, site: BrowserSite, sso: BrowserSite, tmp_path: Path
) -> None:
    form = "<main><form method=post><label>نام <input name=a></label><label>نشانی <input name=b></label>"
    site.page("/new", FILLER + form + "<button>ثبت درخواست</button></form></main>")
    body = "<main><a href=\"javascript:void(location.href='/n'+'ew')\">ثبت درخواست</a></main>"
    entry = (await _probe(portal, site, tmp_path, {"/": "", "/s": body}, sso, service="/s"))["ثبت درخواست"]
    assert (entry["request_fields"], entry["password_fields"], entry["how"]) == (2, 0, "click")


async def test_control_that_does_nothing_has_a_cause(
    portal: PortalContext, site: BrowserSite, sso: BrowserSite, tmp_path: Path
) -> None:
    body = '<main><a href="javascript:nothing()">ورود با دولت من</a></main>'
    entry = (await _probe(portal, site, tmp_path, {"/": body}, sso))["ورود با دولت من"]
    assert (entry["national"], entry["cause"]) == (False, Cause.MISSING_ARTEFACT.value)


async def test_what_the_visit_knows_and_what_leaves_the_portal_is_not_asked_for(
    portal: PortalContext, site: BrowserSite, sso: BrowserSite, tmp_path: Path
) -> None:
    link = _authorize(sso).replace("&", "&amp;")
    body = f'<main><a href="{link}">ورود با دولت من</a> <a href="/enter">ورود به سامانه</a></main>'
    pages = {
        "/": body,
        "/enter": f"<main><form method=post>{FIELDS}<button>ورود</button></form></main>",
    }
    entries = await _probe(portal, site, tmp_path, pages, sso)
    assert entries["ورود با دولت من"]["redirect_uri_host"] == "hunt.example"
    assert entries["ورود به سامانه"]["password_fields"] == 1
    assert (site.asked, sso.asked) == ([], [])
