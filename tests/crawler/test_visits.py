"""Visits to portals that misbehave, each in its own way, all in one crawl process."""

import gzip
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.models import Service
from config.vocabulary import Cause, Label
from crawler.orders import Failed, Sealed
from crawler.process import run_visits
from crawler.traps import SHAPE_CAP
from tests.crawler.portal_server import Handler, Portal, Reply, page
from tests.crawler.visiting import Seen, order, settings

CONTACT = ("/contact", "Contact us")
CHART = ("/chart", "Organization chart")


@dataclass
class World:
    """All portals of the run, what their visits ended with, and where their folders are."""

    portals: Mapping[str, Portal]
    results: Mapping[str, Sealed | Failed]
    home: Path

    def seen(self, name: str) -> Seen:
        return Seen(self.home / "evidence" / "r" / name)


def drip(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(60):
        handler.wfile.write(b"<p>")
        handler.wfile.flush()
        time.sleep(0.1)


def hang(handler: Handler) -> None:
    time.sleep(4)


def endless(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(200):
        handler.wfile.write(b"2710\r\n" + b"x" * 10_000 + b"\r\n")


def cut_off(handler: Handler) -> None:
    handler.connection.close()


class Once:
    """Answers the first request one way and all later ones another."""

    def __init__(self, first: Reply, later: Reply) -> None:
        self.first, self.later, self.asked = first, later, 0

    def __call__(self, path: str) -> Reply:
        self.asked += 1
        return self.first if self.asked == 1 else self.later


def calendar(path: str) -> Reply:
    month = int(path.rsplit("=", 1)[1]) if "=" in path else 1
    return page(f"/calendar?year=2026&month={month + 1}", title=f"Month {month}")


def news(path: str) -> Reply:
    number = int(path.rsplit("/", 1)[1])
    return page(*(f"/news/{number + step}" for step in range(1, 6)), title=f"News {number}")


def build(stack: ExitStack) -> dict[str, Portal]:
    portals: dict[str, Portal] = {}

    def portal(name: str, **routes: Reply | Once) -> Portal:
        made = Portal(f"127.0.0.{40 + len(portals)}")
        made.routes = {"/robots.txt": Reply(status=404)}
        made.routes |= {"/" if key == "home" else "/" + key: route for key, route in routes.items()}
        portals[name] = stack.enter_context(made.running())
        return made

    portal("plain", home=page(CONTACT, "/a"), contact=page(title="Contact us"), a=page("/b", title="A"), b=page())
    portal("robots", home=page(CONTACT, "/a"), a=page()).routes["/robots.txt"] = Reply(
        "User-agent: Didban\nDisallow: /contact\nCrawl-delay: 0.1\n", content_type="text/plain"
    )
    portal("closed").routes["/robots.txt"] = Reply("User-agent: *\nDisallow: /", content_type="text/plain")
    portal("robots-broken", home=page()).routes["/robots.txt"] = Reply("", status=503)
    portal("robots-recovers", home=page(CONTACT), contact=page()).routes["/robots.txt"] = Once(
        Reply(status=503), Reply(status=404)
    )
    portal("empty", home=page(CONTACT, CHART), contact=Reply(""), chart=Reply(status=204))
    portal(
        "loops",
        home=page(CONTACT, CHART),
        contact=Reply(status=302, headers={"Location": "/contact2"}),
        contact2=Reply(status=302, headers={"Location": "/contact"}),
        chart=Once(Reply(status=302, headers={"Location": "/chart", "Set-Cookie": "seen=1"}), page(title="Chart")),
    )
    portal("errors", home=page(CONTACT, CHART), contact=Reply(status=500))
    portal(
        "recovers",
        home=page(CONTACT, ("/complaint", "Submit a complaint")),
        contact=Once(Reply(status=502), page(title="Contact us")),
        complaint=Once(Reply(raw=cut_off), page(title="Complaint")),
    )
    portal("slow", home=page(CONTACT, CHART), contact=Reply(raw=hang), chart=Reply(raw=drip))
    huge = gzip.compress(b"<p>" * 10_000_000)
    portal(
        "huge",
        home=page(CONTACT, CHART, ("/complaint", "Submit a complaint")),
        contact=Reply(huge, headers={"Content-Encoding": "gzip"}),
        chart=Reply("x" * 400_000),
        complaint=Reply(raw=endless),
    )
    secret = portal("secret", home=Reply("secret"))
    portal("inward", home=Reply(status=302, headers={"Location": secret.url + "admin"}))
    portal(
        "away",
        home=page(CONTACT, CHART),
        contact=Reply(status=302, headers={"Location": "http://169.254.169.254/latest/"}),
        chart=Reply(status=301, headers={"Location": secret.url}),
    )
    traps = portal("traps")
    traps.routes["/"] = page(
        "/calendar?year=2026&month=1", "/a;jsessionid=1", "/a?PHPSESSID=2", "/a?print=1", "/list?sort=name", "/p.docx",
        "/search?q=x", "/x/x/x/x/y", "http://elsewhere.example/", "/news/1", "/photo",
    )  # fmt: skip
    traps.otherwise = lambda path: calendar(path) if path.startswith("/calendar") else news(path)
    traps.routes.update({"/a": page(title="A"), "/photo": Reply(b"\xff\xd8jpeg", content_type="image/jpeg")})
    portal(
        "rests",
        home=page(CONTACT),
        contact=Once(Reply(status=429, headers={"Retry-After": "1"}), page(title="Contact us")),
    )
    portal("refuses", home=page(CONTACT, CHART, "/a", "/b")).otherwise = lambda path: Reply(
        status=503, headers={"Retry-After": "3600"}
    )
    portal(
        "blocked",
        home=Reply(
            "<title>Attention Required! | Cloudflare</title><h1>Please complete the security check to access</h1>"
            "<p>Checking your browser before accessing. Enable JavaScript and cookies to continue.</p>",
            status=403,
        ),
    )
    portal("same", home=page("/a", "/b", "/c"), a=page("/a2", title="T"), b=page("/a2", title="T"), c=page())
    portal("frames", home=Reply('<html><frameset><frame src="/top"><frame src="/main"></frameset></html>'))
    portals["frames"].routes |= {"/top": page(CONTACT, title="Top"), "/main": page(), "/contact": page()}
    portal("refresh", home=Reply('<meta http-equiv="refresh" content="0; url=/index">'), index=page("/a"), a=page())
    portal("services", home=page("/list"), list=page(("/s/1", "Passport renewal")))
    portals["services"].routes |= {"/s/1": page(title="Passport renewal"), "/s/2": page(title="Visa")}
    portal("many", home=page(*(f"/p{number}" for number in range(60)))).otherwise = lambda path: page(title=path)
    return portals


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    home = tmp_path_factory.mktemp("visits")
    with ExitStack() as stack:
        portals = build(stack)
        services = tuple(
            Service(id=str(number), agency="services", title_fa=title, url=f"{portals['services'].url}s/{number}")
            for number, title in ((1, "Passport renewal"), (2, "Visa"))
        )
        orders = [
            order(
                home,
                name,
                portal.url,
                services=services if name == "services" else (),
                max_pages=60 if name == "traps" else 20,
            )
            for name, portal in portals.items()
            if name != "secret"
        ]
        with socket.socket() as unused:
            unused.bind(("127.0.0.39", 0))
            orders.append(order(home, "dead", f"http://127.0.0.39:{unused.getsockname()[1]}/"))
            orders.append(order(home, "nameless", "http://portal.invalid/"))
            results = run_visits(
                orders, settings(home, request_timeout_seconds=1.5), cited_pages=lambda _: (), on_event=lambda _: None
            )
        yield World(portals, results, home)


def test_every_visit_is_sealed(world: World) -> None:
    assert {
        name: type(result).__name__ for name, result in world.results.items() if not isinstance(result, Sealed)
    } == {}


def test_what_home_says_is_the_visits_cause(world: World) -> None:
    causes = {
        name: result.cause for name, result in world.results.items() if isinstance(result, Sealed) and result.cause
    }
    assert causes == {
        "closed": Cause.ROBOTS,
        "robots-broken": Cause.ROBOTS,
        "inward": Cause.REFUSED,
        "blocked": Cause.BLOCKED,
        "dead": Cause.REFUSED,
        "nameless": Cause.DNS,
    }


def test_pages_are_read_with_the_way_to_them(world: World) -> None:
    record = world.seen("plain").record("/b")
    assert [(step.how, step.text) for step in record.click_path] == [
        ("start", ""),
        ("link", "Item /a"),
        ("link", "Item /b"),
    ]
    assert sorted(world.portals["plain"].paths) == ["/", "/a", "/b", "/contact"]


def test_the_user_agent_names_didban(world: World) -> None:
    assert all(agent.startswith("Didban/") for agent in world.portals["plain"].agents)


def test_disallowed_pages_are_never_asked_for(world: World) -> None:
    assert "/contact" not in world.portals["robots"].paths
    candidate = world.seen("robots").candidate(Label.CONTACT_US, "/contact")
    assert (candidate.state, candidate.cause) == ("skipped", Cause.ROBOTS)
    assert world.portals["closed"].paths == []


def test_crawl_delay_is_kept(world: World) -> None:
    times = [at for at, _ in world.portals["robots"].log][1:]
    # The server's clock sees each request a little late; over the whole visit that evens out.
    assert times[-1] - times[0] > 0.095 * (len(times) - 1) - 0.02


def test_broken_robots_closes_the_portal(world: World) -> None:
    assert world.portals["robots-broken"].paths == []
    assert "503" in (world.seen("robots-broken").home.detail or "")


def test_robots_that_could_not_be_read_get_a_second_look(world: World) -> None:
    assert world.seen("robots-recovers").home.cause is None
    assert world.seen("robots-recovers").record("/contact").cause is None


def test_an_empty_answer_is_no_page(world: World) -> None:
    assert world.seen("empty").record("/contact").cause == Cause.HTTP_ERROR


def test_redirects_that_go_round_are_named(world: World) -> None:
    seen = world.seen("loops")
    assert seen.record("/contact").cause == Cause.REDIRECT_LOOP
    assert seen.record("/chart").cause is None


def test_a_server_error_is_tried_again_and_named(world: World) -> None:
    seen = world.seen("errors")
    assert (seen.record("/contact").cause, seen.record("/contact").status) == (Cause.HTTP_ERROR, 500)
    assert world.portals["errors"].paths.count("/contact") == 4  # twice, and twice at the second look
    assert seen.search.absence_cause(Label.CONTACT_US) == Cause.HTTP_ERROR
    assert seen.candidate(Label.ORG_STRUCTURE, "/chart").state == "filtered"  # 404 settles it
    assert seen.search.absence_cause(Label.ORG_STRUCTURE) is None


def test_passing_faults_are_got_over(world: World) -> None:
    seen = world.seen("recovers")
    assert [seen.record(path).cause for path in ("/contact", "/complaint")] == [None, None]


def test_hanging_and_dripping_answers_time_out(world: World) -> None:
    seen = world.seen("slow")
    assert [seen.record(path).cause for path in ("/contact", "/chart")] == [Cause.TIMEOUT, Cause.TIMEOUT]


def test_too_much_is_refused_however_it_is_packed(world: World) -> None:
    seen = world.seen("huge")
    causes = [seen.record(path).cause for path in ("/contact", "/chart", "/complaint")]
    assert causes == [Cause.TOO_LARGE] * 3


def test_no_redirect_leads_to_an_inner_host(world: World) -> None:
    assert world.portals["secret"].log == []
    assert world.seen("inward").home.cause == Cause.REFUSED


def test_a_redirect_to_another_body_is_recorded_and_no_content(world: World) -> None:
    record = world.seen("away").record("/contact")
    assert (record.status, record.url, record.cause) == (302, "http://169.254.169.254/latest/", None)
    assert world.seen("away").candidate(Label.CONTACT_US, "/contact").state == "filtered"


def test_traps_are_bounded_and_say_why(world: World) -> None:
    portal, skipped = world.portals["traps"], world.seen("traps").skipped
    assert not [path for path in portal.paths if path.startswith(("/calendar", "/search", "/list", "/x", "/p.docx"))]
    assert portal.paths.count("/a") == 1
    assert 4 < len([path for path in portal.paths if path.startswith("/news/")]) <= SHAPE_CAP
    reasons = set(skipped.values())
    assert {"calendar", "search results", "file: docx", "other body", "no page: image/jpeg"} <= reasons


def test_retry_after_is_waited_for(world: World) -> None:
    times = [at for at, path in world.portals["rests"].log if path == "/contact"]
    assert times[1] - times[0] >= 0.95
    assert world.seen("rests").record("/contact").cause is None


def test_a_long_retry_after_ends_the_host(world: World) -> None:
    assert len(world.portals["refuses"].paths) <= 3
    seen = world.seen("refuses")
    causes = {record.cause for record in seen.records if record is not seen.home}
    assert causes == {Cause.BLOCKED}


def test_the_same_text_is_noted_once(world: World) -> None:
    assert world.seen("same").skipped["b"].startswith("same text as p")


def test_a_frameset_is_read_through_its_frames(world: World) -> None:
    seen = world.seen("frames")
    assert seen.search.home_cause is None
    assert [step.how for step in seen.record("/contact").click_path] == ["start", "frame", "link"]


def test_a_meta_refresh_is_a_redirect(world: World) -> None:
    home = world.seen("refresh").home
    assert [url.split("/", 3)[3] for url in (*home.redirects, home.url)] == ["", "index"]


def test_registered_services_are_read_and_keep_the_way_that_links_prove(world: World) -> None:
    seen = world.seen("services")
    linked, unlinked = seen.record("/s/1"), seen.record("/s/2")
    assert [step.how for step in linked.click_path] == ["start", "link", "link"]
    assert [step.how for step in unlinked.click_path] == ["start", "register"]
    assert (linked.service, unlinked.service) == ("1", "2")
    assert seen.candidate(Label.SERVICE_INFO, "/s/2").service == "2"


def test_the_page_budget_holds(world: World) -> None:
    assert len(world.seen("many").records) == 20
