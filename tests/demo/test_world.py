"""The served portals answer as their style of web building does, in both editions, on any day."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urljoin
from urllib.request import Request, urlopen

import pytest

from config.loading import load_register
from demo.calendar import jalali
from demo.world import DemoWorld, demo_world

DAY = date(2026, 3, 1)


@pytest.fixture(scope="module")
def worlds() -> Iterator[dict[int, DemoWorld]]:
    with demo_world(1, today=DAY) as first, demo_world(2, today=DAY) as second:
        yield {1: first, 2: second}


def read(address: str, form: dict[str, str] | None = None) -> tuple[int, bytes]:
    data = urlencode(form).encode() if form is not None else None
    try:
        with urlopen(Request(quote(address, safe=":/?&=%$#"), data=data), timeout=10) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        return error.code, error.read()


def located(world: DemoWorld, agency: str, page: str) -> str:
    """The address that shows the content of a truth row's evidence page; `//host/…` names another host of the demo."""
    if page.startswith("//"):
        host, _, rest = page[2:].partition("/")
        return f"{world.addresses[host]}/{rest}"
    if agency == "zaferan":
        return f"{world.addresses[agency]}/api/page?path={page}"
    return world.addresses[agency] + page


@pytest.mark.parametrize("edition", [1, 2])
def test_every_evidence_page_answers_and_holds_something(worlds: dict[int, DemoWorld], edition: int) -> None:
    world = worlds[edition]
    pages = {(row.agency, row.evidence_page) for row in world.truth if row.evidence_page}
    bodies = {page: read(located(world, *page)) for page in pages}
    assert {page: status for page, (status, _) in bodies.items() if status != 200} == {}
    assert {page: body for page, (_, body) in bodies.items() if len(body) < 150} == {}
    assert not [page for page, (_, body) in bodies.items() if "یافت نشد</h1>".encode() in body]


@pytest.mark.parametrize("edition", [1, 2])
def test_the_register_loads_and_its_addresses_answer(
    worlds: dict[int, DemoWorld], edition: int, tmp_path: Path
) -> None:
    register = load_register(worlds[edition].register_folder(tmp_path))
    assert len(register.agencies) == 8
    addresses = [a.portal_url for a in register.agencies] + [s.url for s in register.services]
    assert {a: read(a)[0] for a in addresses if a} == {a: 200 for a in addresses if a}
    assert sum(1 for s in register.services if s.url is None) >= 3


def test_postback_menus_lead_to_pages_without_an_address(worlds: dict[int, DemoWorld]) -> None:
    origin = worlds[1].addresses["abrah"]
    home = read(origin + "/")[1].decode()
    assert "javascript:__doPostBack('ctl00$MainMenu$managers','')" in home
    status, body = read(origin + "/Default.aspx", {"__EVENTTARGET": "ctl00$MainMenu$managers", "__VIEWSTATE": "x"})
    assert status == 200
    assert "013-91007010" in body.decode()
    assert read(origin + "/~managers")[0] == 404
    answer = read(origin + "/Default.aspx", {"__EVENTTARGET": "", "ctl00$Body$btnFollow": "x"})[1]
    assert "یافت نشد" in answer.decode()


def test_frames_hold_windows_1256_bytes_that_only_the_page_names(worlds: dict[int, DemoWorld]) -> None:
    origin = worlds[1].addresses["naghshe"]
    with urlopen(origin + "/", timeout=10) as answer:
        assert answer.headers["Content-Type"] == "text/html"
        assert "<FRAMESET" in answer.read().decode("cp1256")
    body = read(origin + "/chart.htm")[1]
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")
    assert "نمودار سازماني" in body.decode("cp1256")


def test_the_application_shows_nothing_without_its_script(worlds: dict[int, DemoWorld]) -> None:
    origin = worlds[1].addresses["zaferan"]
    assert read(origin + "/no/such/page") == read(origin + "/desk")
    assert "پیشخوان" not in read(origin + "/desk")[1].decode()
    assert "یافت نشد" in json.loads(read(origin + "/api/page?path=/no")[1])["title"]


def test_the_calendar_never_ends(worlds: dict[int, DemoWorld]) -> None:
    origin = worlds[1].addresses["niloofar"]
    body = read(origin + "/fa-IR/Niloofar/calendar?year=1499&month=12")[1].decode()
    assert "year=1500&month=1" in body.replace("&amp;", "&")


def test_tracking_forms_answer(worlds: dict[int, DemoWorld]) -> None:
    for agency, page, field in (
        ("qanat", "/پیگیری-درخواست/", "trackingCode"),
        ("sepidrud", "/index.php?option=com_content&view=article&id=6", "letter_no"),
        ("niloofar", "/fa-IR/Niloofar/24/page/پرونده-ساختمانی", "FileNo"),
    ):
        status, body = read(urljoin(worlds[1].addresses[agency], page), {field: "000"})
        assert status == 200
        assert any(word in body.decode() for word in ("یافت نشد", "ثبت نشده", "نادرست"))


def test_missing_pages_are_missing_and_robots_and_sitemaps_are_served(worlds: dict[int, DemoWorld]) -> None:
    addresses = worlds[1].addresses
    for agency in ("qanat", "abrah", "honar", "sepidrud", "nojoom", "naghshe"):
        assert read(addresses[agency] + "/none/such.htm")[0] == 404
    status, body = read(addresses["niloofar"] + "/none/such.htm")
    assert (status, "یافت نشد" in body.decode()) == (200, True), "this portal has soft 404s"
    assert b"Crawl-delay: 0.1" in read(addresses["qanat"] + "/robots.txt")[1]
    assert b"<loc>" in read(addresses["qanat"] + "/sitemap.xml")[1]


def test_the_editions_differ_where_portals_changed(worlds: dict[int, DemoWorld]) -> None:
    for agency, page in (("sepidrud", "/index.php?option=com_content&view=article&id=4"), ("nojoom", "/fa/complaints")):
        assert read(worlds[1].addresses[agency] + page) != read(worlds[2].addresses[agency] + page)
    assert read(worlds[1].addresses["qanat"] + "/داده-باز/") == read(worlds[2].addresses["qanat"] + "/داده-باز/")


def test_dates_move_with_the_day() -> None:
    for day in (DAY, date(2031, 9, 9)):
        with demo_world(1, today=day) as world:
            page = read(world.addresses["qanat"] + "/معرفی-مدیران/")[1].decode()
        assert jalali(day, 25) in page


def test_a_taken_port_is_refused_and_a_free_one_found() -> None:
    with demo_world(1) as world, pytest.raises(OSError, match="in use"), demo_world(1, port=world.port):
        pass
    with demo_world(1) as first, demo_world(1) as second:
        assert first.port != second.port
