"""Visits to portals that need the browser: script shells, script menus, the evidence leg."""

from pathlib import Path

import pytest

from config.vocabulary import Cause, Label
from crawler.orders import Sealed, VisitOrder
from crawler.process import run_visits
from snapshot.objects import FolderSource
from snapshot.reader import Snapshot
from tests.crawler.portal_server import Portal, Reply, page
from tests.crawler.visiting import Seen, order, settings

pytestmark = pytest.mark.browser

SHELL = """<!doctype html><title>Portal</title><div id=app></div><script>
const rows = ["contact", "chart"].map(name => `<li><a href="/${name}">${name} us</a></li>`).join("");
const app = document.getElementById("app");
app.innerHTML = `<nav><ul>${rows}</ul></nav><main><h1>Office</h1><p>${"Some text. ".repeat(40)}</p></main>`;
</script>"""
MENU = """<!doctype html><html lang=en><title>Portal</title><form method=post action=/>
<input type=hidden name=__EVENTTARGET>
<nav><ul><li><a href="javascript:__doPostBack('contact','')">Contact us</a></li>
<li><a href="javascript:__doPostBack('chart','')">Organization chart</a></li>
<li><a href="javascript:__doPostBack('news','')">News</a></li></ul></nav></form>
<main><h1>Office</h1><p>%s</p></main><script>
function __doPostBack(target) { location.href = "/page?id=" + target; }
</script></html>""" % ("This office publishes what people need. " * 10)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Seen]:
    home = tmp_path_factory.mktemp("browser")
    shell, menu = Portal("127.0.0.90"), Portal("127.0.0.91")
    shell.routes = {"/": Reply(SHELL), "/contact": page(title="Contact us"), "/chart": page(title="Chart")}
    menu.routes = {"/": Reply(MENU)}
    menu.otherwise = lambda path: page(title=path.rpartition("=")[2]) if path.startswith("/page") else Reply(status=404)

    def cited(of: VisitOrder) -> list[str]:
        return [record.page_id for record in Seen(of.folder).records if record.cause is None]

    with shell.running(), menu.running():
        orders = [order(home, "shell", shell.url), order(home, "menu", menu.url)]
        results = run_visits(orders, settings(home), cited_pages=cited, on_event=lambda _: None)
    assert all(isinstance(result, Sealed) for result in results.values())
    return {each.visit_id: Seen(each.folder) for each in orders}


def test_a_script_shell_is_shown_and_its_links_are_followed(folders: dict[str, Seen]) -> None:
    seen = folders["shell"]
    assert seen.home.rendering is not None
    assert seen.home.rendering.reason == "script_shell"
    assert seen.record("/contact").cause is None
    assert seen.search.menus_cause is None


def test_menus_without_addresses_are_clicked(folders: dict[str, Seen]) -> None:
    seen = folders["menu"]
    clicked = {record.url.rpartition("=")[2]: record for record in seen.records if record.source == "rendered"}
    assert {"contact", "chart"} <= set(clicked)
    assert [step.how for step in clicked["contact"].click_path] == ["start", "click"]
    assert seen.search.absence_cause(Label.CONTACT_US) is None


def test_cited_pages_have_shot_and_layout(folders: dict[str, Seen]) -> None:
    for seen in folders.values():
        for record in seen.records:
            if record.cause is None:
                assert record.rendering is not None
                assert record.rendering.screenshot is not None
                assert (seen.folder / record.rendering.screenshot).read_bytes()[:2] == b"\xff\xd8"
                assert record.rendering.layout is not None


def test_a_snapshot_of_shown_pages_can_be_read(folders: dict[str, Seen]) -> None:
    snapshot = Snapshot(FolderSource(folders["shell"].folder))
    assert snapshot.home is not None
    assert snapshot.home.dom == "rendered"
    assert "contact us" in snapshot.home.perception.links[0].caption


def test_without_a_browser_scripted_menus_leave_absence_open(tmp_path: Path) -> None:
    with Portal("127.0.0.92", {"/": Reply(SHELL)}).running() as portal:
        orders = [order(tmp_path, "a", portal.url)]
        no_browser = settings(tmp_path, chromium=tmp_path / "missing")
        results = run_visits(orders, no_browser, cited_pages=lambda _: ["p0001"], on_event=lambda _: None)
    assert isinstance(results["a"], Sealed)
    assert Seen(orders[0].folder).search.absence_cause(Label.CONTACT_US) == Cause.CRASH
