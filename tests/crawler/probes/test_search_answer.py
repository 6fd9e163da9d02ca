"""Reading the answer of a search, without a browser."""

import pytest

from crawler.probes.search_answer import SearchAnswer, read_answer
from snapshot.perception.models import Perception
from snapshot.perception.page import perceive

TITLE = "صدور پروانه کسب"
PORTAL = "https://agency.example"
ITEMS = "".join(f"<li><a href=/{n}>بخش {n} سازمان</a></li>" for n in range(4))
MENU = f"<nav><ul><li><a href=/s/1>{TITLE}</a></li><li><a href=/about>درباره</a></li>{ITEMS}</ul></nav>"


WELCOME = "<main><p>به درگاه خوش آمدید.</p></main>"


def seen(body: str, path: str, menu: str = MENU) -> Perception:
    html = f"<html lang=fa dir=rtl><title>درگاه</title><body>{menu}{body}</body></html>"
    return perceive(html.encode(), PORTAL + path, content_type="text/html; charset=utf-8")


def read(main: str, *, before: str = WELCOME, url: str = "/search?q=x", menu: str = MENU) -> SearchAnswer:
    return read_answer(
        seen(main, url, menu),
        seen(before, "/"),
        query=TITLE,
        addresses={"agency.example/s/1"},
        status=200,
        moved=url != "/",
    )


def test_a_result_that_the_menu_names_too_is_a_result() -> None:
    answer = read(f"<main><h1>نتایج</h1><ul><li><a href=/n/4>خبر</a></li><li><a href=/s/1>{TITLE}</a></li></ul></main>")
    assert (answer.outcome, answer.position) == ("found", 2)


def test_an_answer_without_the_portals_menu() -> None:
    assert read(f"<main><p><a href=/s/1>{TITLE}</a></p></main>", menu="").outcome == "found"


def test_a_menu_that_looks_like_content_is_no_result() -> None:
    links = MENU.replace("<nav>", "<div>").replace("</nav>", "</div>")
    assert read(f"<main>{links}<p>چیزی پیدا نشد</p></main>", menu="").outcome == "empty"


def test_a_result_that_home_lists_too_is_a_result() -> None:
    before = f"<main><ul><li><a href=/s/1/>{TITLE}</a></li></ul></main>"
    assert read(f"<main><ul><li><a href=/s/1/>{TITLE}</a></li></ul></main>", before=before).outcome == "found"


@pytest.mark.parametrize(
    ("main", "outcome"),
    [
        ("<main><h1>نتایج</h1><p>متن دیگری در صفحه هست</p></main>", "empty"),
        ("<main><h1>نتایج</h1><p>هیچ نتیجه‌ای یافت نشد.</p><a href=/help>راهنمای جستجو</a></main>", "empty"),
        (f"<main><h1>نتایج</h1><a href='/search?q={TITLE}&page=2'>{TITLE}</a></main>", "empty"),
        ("<main><h1>نتایج</h1><a href=/n/4>دیدار مدیران سازمان</a></main>", "unrelated"),
        ("<main><h1>نتایج</h1><a href=/n/4>تمدید پروانه کسب اصناف در سال جاری</a></main>", "about"),
        (f"<main><h1>نتایج</h1><h2>{TITLE}</h2><p>شرح</p><a href=/detail/77>ادامه</a></main>", "found"),
    ],
)
def test_answers(main: str, outcome: str) -> None:
    assert read(main).outcome == outcome


def test_pages_of_one_script_are_told_apart_by_what_they_are_asked_for() -> None:
    main = f"<main><a href='/index.php?option=content&id=7'>{TITLE} برای اصناف</a></main>"
    assert read(main, url="/index.php?option=search&word=x").outcome == "found"


def test_nothing_new_on_the_same_page_is_a_dead_box() -> None:
    same = "<main><p>به درگاه خوش آمدید.</p></main>"
    assert read(same, url="/").outcome == "unchanged"
