"""What is read next, what is left aside, and what the search report says of it."""

import pytest

from config.models import Service
from config.vocabulary import Cause, Label
from crawler.frontier import Entry, Frontier
from crawler.learning import Learner
from crawler.search_report import search_report
from crawler.service_links import ServiceLinks
from crawler.ways import Ways
from snapshot.hosts import OwnHosts
from snapshot.models import ClickStep, PageRecord
from snapshot.perception.models import Link
from snapshot.perception.page import perceive

HOME = "https://portal.ir/"
START = (ClickStep(url=HOME, how="start"),)
LINK = (*START, ClickStep(url=HOME, how="link", text="x"))
DEEP = (*LINK, ClickStep(url=HOME + "x", how="link"), ClickStep(url=HOME + "y", how="link"))


def frontier(*labels: Label, explore_pages: int = 50) -> Frontier:
    return Frontier(labels or (Label.CONTACT_US, Label.FAQ), OwnHosts([HOME]), explore_pages=explore_pages)


def paths_taken(of: Frontier) -> list[str]:
    taken: list[str] = []
    while (entry := of.take()) is not None:
        taken.append(entry.url.removeprefix(HOME))
    return taken


def test_home_frames_register_and_promises_come_before_exploration() -> None:
    some = frontier()
    some.offer(HOME + "plain", LINK, place="menu")
    some.offer(HOME + "contact", LINK, promises={Label.CONTACT_US: 0.8})
    some.offer(HOME + "service", (*START, ClickStep(url=HOME, how="register")), registered=True)
    some.offer(HOME + "frame", (*START, ClickStep(url=HOME, how="frame")))
    some.offer(HOME, START)
    assert paths_taken(some) == ["", "frame", "service", "contact", "plain"]


def test_a_label_that_was_evidenced_draws_less_than_one_that_is_open() -> None:
    some = frontier()
    some.offer(HOME + "contact", LINK, promises={Label.CONTACT_US: 0.8})
    some.offer(HOME + "faq", LINK, promises={Label.FAQ: 0.7})
    some.evidenced([Label.CONTACT_US, Label.CONTACT_US, Label.CONTACT_US])
    assert paths_taken(some) == ["faq", "contact"]
    assert some.open_labels == 1


def test_promises_outside_the_plan_hardly_draw() -> None:
    some = frontier(Label.FAQ)
    some.offer(HOME + "tenders", LINK, promises={Label.TENDERS: 1.0})
    some.offer(HOME + "faq", LINK, promises={Label.FAQ: 0.3})
    assert paths_taken(some) == ["faq", "tenders"]


def test_one_site_map_comes_early_whatever_the_plan_asks_for() -> None:
    some = frontier()
    some.offer(HOME + "maybe", LINK, promises={Label.FAQ: 0.4})
    some.offer(HOME + "map", LINK, place="footer", promises={Label.SITE_MAP: 0.9})
    some.offer(HOME + "contact", LINK, promises={Label.CONTACT_US: 0.9})
    some.offer(HOME + "map/2", LINK, place="footer", promises={Label.SITE_MAP: 0.8})
    taken = [entry.url.removeprefix(HOME) for entry in (some.take(), some.take()) if entry is not None]
    some.evidenced([Label.SITE_MAP])
    assert [*taken, *paths_taken(some)] == ["contact", "map", "maybe", "map/2"]


def test_what_is_learnt_later_changes_the_order() -> None:
    some = frontier()
    some.offer(HOME + "a", LINK, promises={Label.FAQ: 0.6})
    some.offer(HOME + "b", LINK, promises={Label.FAQ: 0.5})
    some.offer(HOME + "c", LINK, promises={Label.FAQ: 0.55})
    assert (first := some.take()) is not None
    assert first.url == HOME + "a"
    some.offer(HOME + "b", LINK, promises={Label.CONTACT_US: 0.9})
    assert paths_taken(some) == ["b", "c"]


def test_exploration_ends_but_menus_near_home_are_read() -> None:
    some = frontier(explore_pages=2)
    for number in range(6):
        some.offer(f"{HOME}deep{'x' * number}", DEEP)
        some.offer(f"{HOME}menu{'x' * number}", LINK, place="menu")
    taken = paths_taken(some)
    assert len([path for path in taken if path.startswith("menu")]) == 6
    assert len([path for path in taken if path.startswith("deep")]) == 2
    assert {entry.reason for entry in some.skipped()} == {"no promise: enough such pages were read"}


def test_other_bodies_and_their_reasons_are_kept_apart() -> None:
    some = frontier()
    some.offer("https://other.ir/contact", LINK, promises={Label.CONTACT_US: 0.9})
    some.offer("https://sub.portal.ir/", LINK)
    assert paths_taken(some) == ["https://sub.portal.ir/"]
    assert [(entry.url, entry.reason) for entry in some.skipped()] == [("https://other.ir/contact", "other body")]


def test_documents_are_read_only_for_their_promise() -> None:
    some = frontier()
    some.offer(HOME + "laws.pdf", LINK)
    some.offer(HOME + "contacts.pdf", LINK, promises={Label.CONTACT_US: 0.7})
    assert paths_taken(some) == ["contacts.pdf"]


def test_an_address_found_again_keeps_the_better_way_and_promise() -> None:
    some = frontier()
    entry = some.offer(HOME + "a", DEEP, promises={Label.FAQ: 0.2})
    again = some.offer("http://www.portal.ir/a/", LINK, promises={Label.FAQ: 0.6})
    assert entry is not None
    assert again is entry
    assert (entry.path, entry.promises) == (LINK, {Label.FAQ: 0.6})


def settled(path: str, promise: float, service: str | None = None, **how: object) -> Entry:
    entry = Entry(path, HOME + path, 0, LINK, promises={Label.FAQ: promise})
    if service:
        entry.services[service] = None
    if how:
        entry.settle(**how)  # type: ignore[arg-type]
    return entry


@pytest.mark.parametrize(
    ("entry", "cause"),
    [
        (settled("a", 0.9, state="visited", page_id="p0002"), None),
        (settled("a", 0.9, state="filtered", detail="other body"), None),
        (settled("a", 0.9, state="failed", cause=Cause.TIMEOUT), Cause.TIMEOUT),
        (settled("a", 0.9, state="skipped", cause=Cause.ROBOTS), Cause.ROBOTS),
        (settled("a", 0.9), Cause.BUDGET),
        (settled("a", 0.3), None),
        (settled("a", 0.9, service="other"), None),
        (settled("a", 0.9, service="mine"), Cause.BUDGET),
    ],
)
def test_absence_is_earned_only_when_every_promising_candidate_is_settled(entry: Entry, cause: Cause | None) -> None:
    report = search_report([Label.FAQ], [entry], home_cause=None, menus_cause=None)
    assert report.absence_cause(Label.FAQ, "mine") == cause
    assert report.absence_cause(Label.CONTACT_US) == Cause.MISSING_ARTEFACT


def test_an_unread_home_leaves_everything_open() -> None:
    report = search_report([Label.FAQ], [], home_cause=Cause.DNS, menus_cause=None)
    assert report.absence_cause(Label.FAQ) == Cause.DNS


def link(caption: str, url: str = HOME + "x", near: str = "") -> Link:
    return Link("a", caption, "page", "main", url, url, near=near)


def test_links_are_matched_to_registered_services() -> None:
    services = ServiceLinks(
        [
            Service(id="10051234001", agency="a", title_fa="صدور پروانهٔ ساختمانی"),
            Service(id="s2", agency="a", title_fa="صدور پروانه", title_en="Licence"),
        ]
    )
    assert services.service_of(link("صدور پروانه ي ساختماني"), "") in ("10051234001", "s2")
    assert services.service_of(link("شرایط صدور پروانه"), "") == "s2"
    assert services.service_of(link("جزئیات", near="صدور پروانه"), "خدمات") == "s2"
    assert services.service_of(link("چاپ", near="صدور پروانه"), "صدور پروانه") is None
    assert services.service_of(link("شرح", url=HOME + "service/10051234001"), "") == "10051234001"
    assert services.service_of(link("تماس با ما"), "") is None


def record(page_id: str, url: str, path: tuple[ClickStep, ...]) -> PageRecord:
    return PageRecord.model_validate(
        {"page_id": page_id, "url": url, "requested_url": url, "fetched_at": "2026-01-01T00:00:00Z", "click_path": path}
    )


def test_the_shortest_way_of_clicks_is_found_through_frames() -> None:
    some, ways = frontier(), Ways()
    pages = {f"p{n}": record(f"p{n}", f"{HOME}{n}", START if n == 0 else DEEP) for n in range(4)}
    entries = {n: some.offer(f"{HOME}{n}", LINK) for n in range(4)}
    for number, entry in entries.items():
        assert entry is not None
        entry.page_id = f"p{number}"
    ways.add("p0", entries[1], "frame")
    ways.add("p0", entries[2], "link", "to two")
    ways.add("p2", entries[3], "link", "long way")
    ways.add("p1", entries[3], "link", "short way")
    found = ways.shortest(pages["p0"], pages, some.entries.values())
    assert [(step.how, step.text) for step in found["p3"]] == [("start", ""), ("frame", ""), ("link", "short way")]
    assert [step.url for step in found["p3"]] == [HOME, f"{HOME}0", f"{HOME}1"]


def test_an_unopened_postback_menu_keeps_absence_open() -> None:
    """A menu entry that only a click opens is a candidate like any other: with the budget spent it earns no zero."""
    of = frontier(Label.COMPLAINTS_FORM)
    home = of.offer(HOME, START)
    assert home is not None
    of.close(home)
    home.settle("visited", page_id="p0")
    menu = "<form><div id=menu><a href=\"javascript:__doPostBack('m$c','')\">ثبت شکایت</a></div></form>"
    seen = perceive(f"<html><body><nav>{menu}</nav><main><p>درگاه</p></main></body></html>".encode(), HOME)
    Learner(of, Ways(), (), max_links=100).learn(seen, record("p0", HOME, START))
    report = search_report([Label.COMPLAINTS_FORM], of.entries.values(), home_cause=None, menus_cause=None)
    assert report.absence_cause(Label.COMPLAINTS_FORM) == Cause.BUDGET
    clicked = of.take()
    assert clicked is not None
    assert clicked.click
    clicked.settle("visited", page_id="p1")
    report = search_report([Label.COMPLAINTS_FORM], of.entries.values(), home_cause=None, menus_cause=None)
    assert report.absence_cause(Label.COMPLAINTS_FORM) is None
