"""Appointment news: which post, who, when; and which managers it shows as replaced."""

from datetime import date

import pytest

from snapshot.appointments import find_appointments
from snapshot.portal import appointments, confirmed_by_news, managers, shown_but_replaced
from snapshot.reader import Snapshot
from tests.factories import PageSpec, agency, page, snapshot_of

OWN = agency(name_fa="سازمان آب استان کوهپایه", name_en="Kuhpayeh Water Organisation")
HEAD, DEPUTY = ("کامران رودبند", "رئیس سازمان"), ("مهدی سپیدار", "معاون بهره‌برداری")
NEW = "پریسا نوری"


def managers_page(*rows: tuple[str, str]) -> PageSpec:
    cells = "".join(f"<tr><td>{n}</td><td>{r}</td><td>021-8800{i}001</td></tr>" for i, (n, r) in enumerate(rows, 1))
    return page(
        "/managers",
        "<title>مدیران</title><main><h1>مدیران سازمان</h1><table><tr><th>نام و نام خانوادگی</th><th>سمت</th>"
        f"<th>تلفن</th></tr>{cells}</table></main>",
    )


def news(sentence: str, day: str = "۱۴۰۵/۰۳/۱۰", title: str = "حکم تازه در سازمان", number: int = 91) -> PageSpec:
    dated = f" تاریخ انتشار: {day}" if day else ""
    return page(
        f"/fa/news/{number}/item",
        f"<title>{title}</title><main><h1>{title}</h1><p>کد خبر: {number}{dated}</p>"
        f"<p>به گزارش روابط عمومی، {sentence}</p></main>",
    )


def portal(*pages: PageSpec) -> Snapshot:
    home = page("/", "<main><p>به درگاه سازمان آب استان کوهپایه خوش آمدید.</p></main>")
    return snapshot_of(home, *pages, agency=OWN)


@pytest.mark.parametrize(
    ("sentence", "post"),
    [
        (f"{NEW} به عنوان معاون بهره‌برداری منصوب شد.", "معاون بهره‌برداری"),
        (f"با حکم رئیس سازمان، {NEW} به سمت معاون بهره‌برداری منصوب شد.", "معاون بهره‌برداری"),
        ("آیین معارفه معاون جدید بهره‌برداری برگزار شد.", "معاون بهره‌برداری"),
        (f"{NEW} به عنوان مدیرکل استان یزد منصوب شد.", "مدیرکل استان یزد"),
    ],
)
def test_the_post_is_read_in_its_own_words(sentence: str, post: str) -> None:
    (found,) = find_appointments(portal(news(sentence)))
    assert any(said.split() == post.split() for said in found.posts), found.posts
    assert found.day == date(2026, 5, 31)


def test_pages_that_are_no_news_and_news_without_a_post_tell_of_no_appointment() -> None:
    plain = page("/about", f"<title>ما</title><main><h1>ما</h1><p>{NEW} به عنوان معاون فنی منصوب شد.</p></main>")
    assert find_appointments(portal(plain, news("تصفیه‌خانه تازه افتتاح شد."))) == ()


def test_the_newest_stands_first_and_undated_ones_last() -> None:
    sentence = f"{NEW} به سمت معاون بهره‌برداری منصوب شد."
    found = find_appointments(
        portal(news(sentence, "", number=1), news(sentence, "۱۴۰۴/۰۱/۱۰", number=2), news(sentence, number=3))
    )
    assert [one.day for one in found] == [date(2026, 5, 31), date(2025, 3, 30), None]


def test_an_item_without_a_day_takes_that_of_its_row_in_the_archive() -> None:
    archive = page(
        "/fa/news",
        '<title>اخبار</title><main><ul><li><a href="/fa/news/91/item">حکم تازه</a><span>۱۴۰۵/۰۲/۰۱</span></li>'
        '<li><a href="/fa/news/92/x">دیگر</a><span>۱۴۰۵/۰۴/۰۱</span></li></ul></main>',
    )
    (found,) = find_appointments(portal(archive, news(f"{NEW} به سمت معاون بهره‌برداری منصوب شد.", "")))
    assert found.day == date(2026, 4, 21)


SUCCESSOR = f"مهندس {NEW} به جای مهندس {DEPUTY[0]} به سمت معاون بهره‌برداری منصوب شد."


@pytest.mark.parametrize(("day", "replaced"), [("۱۴۰۵/۰۳/۱۰", True), ("۱۴۰۵/۰۶/۲۵", False), ("", False)])
def test_a_manager_is_replaced_once_the_news_is_older_than_sixty_days(day: str, replaced: bool) -> None:
    found = shown_but_replaced(portal(managers_page(HEAD, DEPUTY), news(SUCCESSOR, day)))
    assert [one.manager.person for one in found] == ([DEPUTY[0]] if replaced else [])
    assert all(one.age_days > 60 for one in found)


@pytest.mark.parametrize(
    "sentence",
    [
        f"مهندس {DEPUTY[0]} به سمت معاون بهره‌برداری منصوب شد.",
        f"{NEW} به سمت معاون مالی و پشتیبانی منصوب شد.",
        f"{NEW} به سمت مدیر دفتر حقوقی منصوب شد.",
        f"{NEW} به سمت رئیس سازمان ورزش منصوب شد.",
    ],
)
def test_news_of_the_same_person_or_of_another_post_replaces_nobody(sentence: str) -> None:
    found = portal(managers_page(HEAD, DEPUTY), news(sentence))
    assert DEPUTY[0] not in [one.manager.person for one in shown_but_replaced(found)]


def test_a_head_is_replaced_by_news_of_the_same_title() -> None:
    found = portal(managers_page(HEAD, DEPUTY), news(f"دکتر {NEW} به سمت رئیس سازمان منصوب شد."))
    assert [one.manager.person for one in shown_but_replaced(found)] == [HEAD[0]]


def test_the_last_word_counts() -> None:
    found = portal(
        managers_page(HEAD, DEPUTY),
        news(SUCCESSOR, "۱۴۰۴/۰۳/۱۰", number=1),
        news(f"مهندس {DEPUTY[0]} به سمت معاون بهره‌برداری منصوب شد.", number=2),
    )
    assert shown_but_replaced(found) == ()
    assert [manager.person for manager, _ in confirmed_by_news(found)] == [DEPUTY[0]]


def test_who_is_named_only_as_leaving_is_told_from_the_successor() -> None:
    found = portal(managers_page(HEAD, DEPUTY), news(SUCCESSOR))
    (said,) = appointments(found)
    assert said.told_of(NEW) == "named"
    assert said.told_of(DEPUTY[0]) == "leaving"
    assert said.told_of("سارا دشتی") == "absent"
    assert said.concerns(next(one for one in managers(found) if one.rank == "deputy"), found)
