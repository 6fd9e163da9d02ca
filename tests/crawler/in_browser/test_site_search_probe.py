"""The site-search probe: one query as a person would ask it, and what comes of it."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from config.models import Service
from crawler.browser import Browser, PortalContext
from crawler.probes.site_search import ask_site_search
from snapshot.models import ProbeResult
from tests.crawler.in_browser.probe_site import probe_site
from tests.crawler.in_browser.site import FILLER, Answer, BrowserSite

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TITLE = "صدور پروانه کسب"
FORM = "<header><form action=/search {more}><input name=q placeholder='جستجو'><button>جستجو</button></form></header>"
RESULTS = "<main><h1>نتایج جستجو برای «{query}»</h1><ul>{items}</ul></main>"
HIT = f"<li><a href=/services/1>{TITLE}</a></li>"
OTHER = "<li><a href=/news/7>دیدار مدیران</a></li>"


def html(body: str) -> str:
    menu = "<nav><a href=/services/1>خدمات</a> <a href=/about>درباره</a></nav>"
    return f"<!doctype html><html lang=fa dir=rtl><title>درگاه</title><body>{menu}{body}</html>"


class Searched:
    """A portal with one service and a search; `ask` runs the probe on it."""

    def __init__(self, folder: Path, portal: PortalContext, browser: Browser, site: BrowserSite) -> None:
        self.folder, self.portal, self.browser, self.site = folder, portal, browser, site
        site.routes["/services/1"] = Answer(html(f"<main><h1>{TITLE}</h1>{FILLER}</main>"))

    async def ask(self, home: str, *, forbidden: tuple[str, ...] = (), services: int = 1) -> ProbeResult:
        self.site.routes["/"] = Answer(html(home + f"<main>{FILLER}<ul>{HIT if 'listed' in home else ''}</ul></main>"))
        url = self.site.url + "/services/1"
        service = Service(id="s1", agency="a", title_fa=TITLE, url=url, audience="G2C", status="full")
        chosen = probe_site(
            self.folder,
            self.portal,
            self.browser,
            self.site,
            paths=("/", "/services/1"),
            services=[service] * services,
            forbidden=forbidden,
        )
        return await ask_site_search(chosen)

    def answers(self, items: str, *, status: int = 200) -> None:
        self.site.routes["/search"] = Answer(html(RESULTS.format(query=TITLE, items=items)), status=status)

    def log(self) -> list[str]:
        path = self.folder / "visit" / "interactions.jsonl"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [json.loads(line)["action"] for line in lines]

    def queries(self) -> list[str]:
        return [path for path in self.site.paths() if path.startswith("/search")]


@pytest.fixture
def searched(tmp_path: Path, portal: PortalContext, browser: Browser, site: BrowserSite) -> Searched:
    return Searched(tmp_path, portal, browser, site)


async def test_the_service_is_found(searched: Searched) -> None:
    searched.answers(OTHER + HIT)
    result = await searched.ask(FORM.format(more=""))
    assert (result.status, result.data["outcome"], result.data["position"]) == ("done", "found", 2)
    assert (result.data["query"], result.data["service"], result.data["by"]) == (TITLE, "s1", "box")
    assert result.data["first"][0][0] == "دیدار مدیران"
    (asked,) = searched.queries()
    assert parse_qs(urlsplit(asked).query) == {"q": [TITLE]}
    assert searched.log() == ["search"]
    assert (searched.folder / "visit" / result.data["screenshot"]).exists()


@pytest.mark.parametrize(
    ("items", "outcome"),
    [
        (OTHER, "unrelated"),
        ("<li><a href=/news/9>خبر تمدید پروانه کسب اصناف</a></li>", "about"),
        ("", "empty"),
        ("<li>هیچ نتیجه‌ای یافت نشد</li><li><a href=/help>راهنمای جستجو</a></li>", "empty"),
    ],
)
async def test_answers_without_the_service(searched: Searched, items: str, outcome: str) -> None:
    searched.answers(items)
    result = await searched.ask(FORM.format(more=""))
    assert (result.data["outcome"], result.data["position"]) == (outcome, None)


async def test_an_error_is_told(searched: Searched) -> None:
    searched.answers("", status=500)
    result = await searched.ask(FORM.format(more=""))
    assert (result.data["outcome"], result.data["status"]) == ("error", 500)


async def test_a_box_that_does_nothing(searched: Searched) -> None:
    result = await searched.ask(FORM.format(more='onsubmit="return false"'))
    assert result.data["outcome"] == "unchanged"
    assert searched.queries() == []


async def test_the_echo_of_the_query_and_the_menu_are_no_results(searched: Searched) -> None:
    echo = f"<p>برای <a href='/search?q=x'>{TITLE}</a> چیزی پیدا نشد</p>"
    searched.site.routes["/search"] = Answer(html(f"<main><h1>{TITLE}</h1>{echo}</main>"))
    result = await searched.ask(FORM.format(more=""))
    assert result.data["outcome"] == "empty"


async def test_a_forbidden_address_is_never_asked(searched: Searched) -> None:
    searched.answers(HIT)
    result = await searched.ask(FORM.format(more=""), forbidden=("/search",))
    assert (result.status, result.cause) == ("failed", "robots")
    assert searched.queries() == []


SCRIPT = """<input type=search aria-label="جستجو" onkeydown="if (event.key === 'Enter') go(this.value)">
<section id=out></section><script>
async function go(text) {
  const answer = await (await fetch('/search?q=' + encodeURIComponent(text))).text();
  document.getElementById('out').innerHTML = answer;
}
</script>"""


async def test_a_search_by_script_is_read_where_it_shows_its_results(searched: Searched) -> None:
    searched.site.routes["/search"] = Answer(f"<main><ul>{HIT}{OTHER}</ul></main>")
    result = await searched.ask(SCRIPT)
    assert (result.data["outcome"], result.data["position"]) == ("found", 1)


async def test_a_call_of_a_script_that_is_forbidden_is_stopped(searched: Searched) -> None:
    searched.site.routes["/search"] = Answer(f"<main><ul>{HIT}</ul></main>")
    result = await searched.ask(SCRIPT, forbidden=("/search",))
    assert (result.status, result.cause) == ("failed", "robots")
    assert searched.queries() == []


async def test_an_address_that_only_a_script_leads_to_is_stopped(searched: Searched) -> None:
    searched.answers(HIT)
    box = FORM.format(more="onsubmit=\"location.href='/search?q=' + encodeURIComponent(this.q.value); return false\"")
    result = await searched.ask(box.replace("action=/search", "action=/"), forbidden=("/search",))
    assert (result.status, result.cause) == ("failed", "robots")
    assert searched.queries() == []


async def test_another_bodys_engine_is_not_asked(searched: Searched, forbidden: BrowserSite) -> None:
    box = FORM.replace("action=/search", f"action={forbidden.url}/search").format(more="")
    result = await searched.ask(box)
    assert (result.data["outcome"], result.data["quote"]) == ("outside", forbidden.url + "/search")
    assert forbidden.asked == []


async def test_a_closed_box_is_opened(searched: Searched) -> None:
    searched.answers(HIT)
    opener = "<button type=button aria-label='جستجو' onclick=\"document.getElementById('box').hidden=false\">⌕</button>"
    box = (
        FORM.format(more="")
        .replace("<header>", f"<header>{opener}<div id=box hidden>")
        .replace("</form>", "</form></div>")
    )
    result = await searched.ask(box)
    assert (result.data["outcome"], result.data["by"]) == ("found", "box")


async def test_a_form_around_the_whole_page_is_sent_by_the_boxs_own_control(searched: Searched) -> None:
    posted: list[bytes] = []

    def answer(_method: str, body: bytes) -> Answer:
        posted.append(body)
        return Answer(html(RESULTS.format(query=TITLE, items=HIT)))

    searched.site.routes["/search"] = answer
    body = (
        "<form method=post action=/search><input type=submit name=login value=ورود><div><input name=ctl$txtSearch>"
        "<input type=submit name=go value=جستجو></div><p>متن صفحه</p></form>"
    )
    result = await searched.ask(body)
    assert result.data["outcome"] == "found"
    assert b"go=" in posted[0]
    assert b"login=" not in posted[0]


async def test_a_login_before_the_answer_leaves_it_open(searched: Searched) -> None:
    fields = "<label>نام کاربری <input name=user></label><label>رمز عبور <input type=password name=pass></label>"
    form = f"<form method=post><h2>ورود به سامانه</h2>{fields}<button>ورود</button></form>"
    searched.site.routes["/search"] = Answer(html(f"<main>{form}</main>"))
    result = await searched.ask(FORM.format(more=""))
    assert (result.status, result.cause) == ("failed", "login")


async def test_portals_without_box_or_service(searched: Searched) -> None:
    result = await searched.ask("")
    assert (result.status, result.data["outcome"], result.data["sitemap"]) == ("done", "no_box", 0)
    searched.folder = searched.folder / "2"
    empty = await searched.ask(FORM.format(more=""), services=0)
    assert (empty.status, empty.cause) == ("failed", "missing_artefact")


async def test_forms_of_other_matters_are_no_search(searched: Searched) -> None:
    tracking = "<form action=/track><label>کد رهگیری <input name=code></label><button>پیگیری</button></form>"
    mail = "<form action=/join><input type=email name=mail placeholder='ایمیل'><button>عضویت</button></form>"
    result = await searched.ask(f"<header>{tracking}{mail}</header>")
    assert result.data["outcome"] == "no_box"
    assert [path for path in searched.site.paths() if path.startswith(("/track", "/join"))] == []


async def test_results_of_a_page_that_lists_its_services_anyway_are_those_of_the_search(searched: Searched) -> None:
    searched.answers(OTHER)
    result = await searched.ask(FORM.format(more="") + "<i class=listed></i>")
    assert result.data["outcome"] == "unrelated"
