"""The link-health probe on a real portal."""

import time
from pathlib import Path
from typing import Any

import pytest

from config.vocabulary import Cause, Label
from crawler.probes.link_choice import choose_links
from crawler.probes.link_health import judged
from crawler.process import run_visits
from snapshot.hosts import OwnHosts
from snapshot.models import ProbeResult, VisitPlan
from tests.crawler.portal_server import Portal, Reply, Route, page
from tests.crawler.visiting import order, settings
from tests.factories import DEFAULT_AGENCY, service, snapshot_of
from tests.factories import page as a_page

LINKS = [f"/item/{number}" for number in range(12)]


def checked(tmp_path: Path, portal: Portal, *, max_pages: int = 1, **changes: object) -> dict[str, Any]:
    wanted = order(tmp_path, "a", portal.url, max_pages=max_pages)
    visit = wanted.visit.model_copy(update={"plan": VisitPlan(probes=("link-health",))})
    run_visits(
        [wanted.model_copy(update={"visit": visit})],
        settings(tmp_path, **changes),
        cited_pages=lambda _: (),
        on_event=lambda _: None,
    )
    result = ProbeResult.model_validate_json((wanted.folder / "probes/link-health.json").read_bytes())
    assert result.status == "done"
    return result.data


def portal_with(address: str, **special: Reply) -> Portal:
    """Twelve linked pages, of which some answer in their own way."""
    routes: dict[str, Route] = {link: page(title=f"Page {link}") for link in LINKS}
    routes.update({f"/item/{name[1:]}": reply for name, reply in special.items()})
    robots = Reply("User-agent: *\nDisallow: /item/5\n", content_type="text/plain")
    return Portal(address, {"/": page(*LINKS), "/robots.txt": robots, **routes})


def test_what_is_broken_and_what_is_not(tmp_path: Path) -> None:
    missing = "<html><title>404</title><main><h1>Page not found</h1><p>The page was not found.</p></main></html>"
    special = {
        "_0": Reply("<p>gone</p>", status=404),
        "_1": Reply(missing),  # a soft 404: the status says 200
        "_2": Reply("<p>no entry</p>", status=403),
        "_3": Reply("<p>slow down</p>", status=429),
        "_4": Reply("<p>who are you</p>", status=401),
        "_6": Reply("<p>error</p>", status=500),
        "_7": Reply("", status=302, headers={"Location": "/item/8"}),
        "_9": Reply(b"PK", content_type="application/zip"),
    }
    with portal_with("127.0.0.151", **special).running() as portal:
        data = checked(tmp_path, portal, retries=0)
    found = {entry["url"].rsplit("/", 1)[-1]: (entry["outcome"], entry["cause"]) for entry in data["links"]}
    assert found == {
        "0": ("broken", "http_error"),
        "1": ("broken", "soft_404"),
        "2": ("untold", "blocked"),
        "3": ("untold", "blocked"),
        "4": ("untold", "login"),
        "5": ("untold", "robots"),
        "6": ("broken", "http_error"),
        "7": ("ok", None),
        "8": ("ok", None),
        "9": ("ok", None),
        "10": ("ok", None),
        "11": ("ok", None),
    }
    assert (data["counted"], data["broken"], data["untold"], data["share"]) == (8, 3, 4, 0.375)
    assert data["causes"] == {"http_error": 2, "soft_404": 1}


def test_what_the_crawl_has_read_is_not_asked_for_again(tmp_path: Path) -> None:
    with portal_with("127.0.0.152").running() as portal:
        data = checked(tmp_path, portal, max_pages=6)
    assert [portal.paths.count(path) for path in set(portal.paths)] == [1] * len(set(portal.paths))
    assert 0 < sum(entry["asked"] for entry in data["links"]) < len(data["links"]) == 12
    assert data["broken"] == 0


def test_the_sample_is_bounded_and_spread(tmp_path: Path) -> None:
    with portal_with("127.0.0.153").running() as portal:
        data = checked(tmp_path, portal, link_sample=4)
    numbers = [int(entry["url"].rsplit("/", 1)[-1]) for entry in data["links"]]
    assert len(numbers) == 4
    assert max(numbers) - min(numbers) > 5


def test_when_home_answers_no_more_silence_is_not_the_links_fault(tmp_path: Path) -> None:
    def hang_up(handler: Any) -> None:
        handler.connection.close()

    with portal_with("127.0.0.154", _3=Reply(raw=hang_up)).running() as portal:
        alive = checked(tmp_path / "one", portal, retries=0)
        asked = portal.paths.count("/")
        home = page(*LINKS)
        portal.routes["/"] = lambda _: home if portal.paths.count("/") == asked + 1 else Reply(raw=hang_up)
        dead = checked(tmp_path / "two", portal, retries=0)
    assert (alive["broken"], alive["causes"]) == (1, {"refused": 1})
    assert (dead["broken"], dead["untold"]) == (0, alive["untold"] + 1)


@pytest.mark.parametrize(
    ("cause", "page_type", "on_home", "outcome"),
    [
        (Cause.DNS, Label.OTHER, False, "broken"),
        (Cause.TIMEOUT, Label.OTHER, True, "broken"),
        (Cause.TIMEOUT, Label.OTHER, False, "untold"),  # another host may let only some places in
        (Cause.REFUSED, Label.OTHER, False, "untold"),
        (Cause.REDIRECT_LOOP, Label.OTHER, False, "broken"),
        (Cause.TOO_LARGE, Label.OTHER, True, "ok"),
        (Cause.MISSING_ARTEFACT, Label.OTHER, True, "ok"),
        (Cause.CAPTCHA, Label.BLOCKED, True, "untold"),
        (Cause.HTTP_ERROR, Label.BLOCKED, True, "untold"),  # a challenge that comes as 503
        (None, Label.LOGIN, True, "ok"),
        (None, Label.SOFT_404, True, "broken"),
    ],
)
def test_judging(cause: Cause | None, page_type: Label, on_home: bool, outcome: str) -> None:
    assert judged(cause, page_type, on_home=on_home)[0] == outcome


def test_links_come_from_menus_content_and_services_and_never_lead_out() -> None:
    home = (
        "<nav><a href='/a'>A</a><a href='https://other.gov.ir/'>Other</a><a href='/logout'>خروج</a>"
        "<a href='/news/1/print'>Print</a><a href='#top'>Top</a><a href='mailto:a@b.ir'>Mail</a></nav>"
        "<main><h1>Home</h1><p>Words of the home page.</p><a href='/news/1'>News</a>"
        "<a href='/files/x.zip'>File</a></main>"
    )
    found = choose_links(
        snapshot_of(
            a_page("/", home),
            a_page("/s1", "<main><h1>Service</h1><a href='/s1/start'>Start</a></main>", service="s1"),
            services=[service("s1", url="/s1")],
        ),
        OwnHosts.of(DEFAULT_AGENCY),
        40,
    )
    assert {(link.url.split("/", 3)[3], link.stratum) for link in found} == {
        ("a", "menu"),
        ("news/1", "content"),
        ("s1/start", "services"),
        ("s1", "services"),
    }


def test_a_slow_portal_costs_only_the_links_that_time_did_not_reach(tmp_path: Path) -> None:
    def slowly(path: str) -> Reply:
        time.sleep(2.5)
        return page(title=f"Page {path}")

    with portal_with("127.0.0.155").running() as portal:
        portal.otherwise = slowly
        for link in LINKS:
            portal.routes.pop(link)
        data = checked(tmp_path, portal, max_probe_seconds=15, request_timeout_seconds=10)
    outcomes = {(entry["outcome"], entry["cause"]) for entry in data["links"]}
    assert ("untold", "budget") in outcomes
    assert len(data["links"]) == 12
    assert data["broken"] == 0
