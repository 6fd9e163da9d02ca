"""A whole visit with the probes of the browser: artefacts, log and shots in the sealed folder, robots.txt kept to."""

import json
from pathlib import Path
from typing import Any

import pytest

from config.models import Service
from crawler.orders import Sealed, VisitOrder
from crawler.process import run_visits
from snapshot.models import ProbeResult, VisitPlan
from snapshot.objects import FolderSource
from snapshot.reader import Snapshot
from tests.crawler.portal_server import Portal, Reply, page
from tests.crawler.visiting import order, settings

pytestmark = pytest.mark.browser

PROBES = ("accessibility", "mobile", "site-search")
TITLE = "Well permit"
HOME = f"""<!doctype html><html lang=en><title>Water Office</title><meta name=viewport content="width=device-width">
<body><header><form action=/search><input name=q aria-label="Search"><button>Search</button></form></header>
<nav><ul><li><a href=/well>{TITLE}</a></li><li><a href=/a>About us</a></li><li><a href=/c>Contact us</a></li></ul></nav>
<main><h1>Water Office</h1><p>{"This office measures water and issues permits. " * 8}</p></main></body></html>"""


def routes(robots: str) -> dict[str, Any]:
    search = Reply(
        f"<!doctype html><html lang=en><title>Results</title><main><ul><li><a href=/well>{TITLE}</a></ul></main>"
    )
    return {
        "/": Reply(HOME),
        "/robots.txt": Reply(robots, content_type="text/plain"),
        "/well": page("/", title=TITLE),
        "/a": page("/", title="About us"),
        "/c": page("/", title="Contact us"),
        "/search?q=Well+permit": search,
    }


def visited(home: Path, portal: Portal, name: str, **changes: object) -> tuple[VisitOrder, Snapshot]:
    service = Service(id="s1", agency=name, title_fa="", title_en=TITLE, audience="G2C", status="full")
    wanted = order(home, name, portal.url, services=[service])
    visit = wanted.visit.model_copy(update={"plan": VisitPlan(labels=wanted.visit.plan.labels, probes=PROBES)})
    wanted = VisitOrder(visit=visit, folder=wanted.folder, max_pages=20)
    with portal.running():
        results = run_visits([wanted], settings(home, **changes), cited_pages=lambda _: [], on_event=lambda _: None)
    assert all(isinstance(result, Sealed) for result in results.values())
    return wanted, Snapshot(FolderSource(wanted.folder))


def done(snapshot: Snapshot, name: str) -> dict[str, Any]:
    probe = snapshot.probe(name)
    assert probe is not None
    assert probe.status == "done", probe
    return probe.data


def test_the_probes_leave_their_artefacts(tmp_path: Path) -> None:
    portal = Portal("127.0.0.94", routes("User-agent: *\nDisallow: /admin\n"))
    wanted, snapshot = visited(tmp_path, portal, "open")
    looked = {entry["kind"]: entry for entry in done(snapshot, "accessibility")["pages"]}
    assert set(looked) == {"home", "service"}
    assert looked["service"]["url"] == portal.url + "well"
    assert looked["home"]["rules"]["html-has-lang"]["passes"] == 1
    phone = done(snapshot, "mobile")["pages"]
    # The service page asks for no phone's width, so that it is laid out for a desktop of 980 pixels.
    assert [(entry["kind"], entry["overflow_px"]) for entry in phone] == [("home", 0), ("service", 620)]
    answer = done(snapshot, "site-search")
    assert (answer["outcome"], answer["query"], answer["position"]) == ("found", TITLE, 1)
    manifest = json.loads((wanted.folder / "manifest.json").read_bytes())
    assert {phone[0]["screenshot"], answer["screenshot"], "probes/mobile.json"} <= set(manifest["files"])
    assert {entry["action"] for entry in snapshot.interactions} >= {"press Tab", "search"}
    assert any("Mobile" in agent and "Didban" in agent for agent in portal.agents)


def test_robots_and_the_operator_are_heeded(tmp_path: Path) -> None:
    portal = Portal("127.0.0.95", routes("User-agent: *\nDisallow: /search\n"))
    _, snapshot = visited(tmp_path, portal, "closed", probes_off="mobile")
    forbidden = snapshot.probe("site-search")
    assert forbidden is not None
    assert (forbidden.status, forbidden.cause) == ("failed", "robots")
    assert not [path for path in portal.paths if path.startswith("/search")]
    assert snapshot.probe("mobile") == ProbeResult(status="off")
