"""Rows and cards that join a post with a person and ways to reach the office."""

from snapshot.perception.models import Contact
from snapshot.perception.page import perceive

HEAD = "<html lang='fa'><title>معرفی مدیران</title><main><h1>معرفی مدیران</h1>"


def contacts(body: str) -> tuple[Contact, ...]:
    return perceive(f"{HEAD}{body}</main>".encode(), "https://agency.example/managers").contacts


def brief(body: str) -> list[tuple[str, str, list[str], list[str]]]:
    return [
        (card.person, card.role, [p.number + (f"+{p.extension}" if p.extension else "") for p in card.phones],
         list(card.emails))
        for card in contacts(body)
    ]  # fmt: skip


def test_a_row_joins_what_its_columns_say() -> None:
    table = (
        "<table><tr><th>نام</th><th>سمت</th><th>تلفن</th><th>داخلی</th><th>ایمیل</th></tr>"
        "<tr><td>دکتر کامران رودبند</td><td>مدیرکل</td><td>021-88112233</td><td>101</td><td>head@a.ir</td></tr>"
        "<tr><td>نرگس بهاری</td><td>معاون مالی</td><td>021-88112233</td><td>102</td><td>fin@a.ir</td></tr></table>"
    )
    assert brief(table) == [
        ("کامران رودبند", "مدیرکل", ["02188112233+101"], ["head@a.ir"]),
        ("نرگس بهاری", "معاون مالی", ["02188112233+102"], ["fin@a.ir"]),
    ]


def test_merged_cells_keep_columns_in_place() -> None:
    table = (
        "<table><tr><th>حوزه</th><th>سمت</th><th>نام</th><th colspan=2>تماس</th></tr>"
        "<tr><td rowspan=2>معاونت فنی</td><td>معاون فنی</td><td>علی رضایی</td><td>021-88112233</td><td>a@b.ir</td></tr>"
        "<tr><td>مدیر نظارت</td><td>رضا کوهی</td><td>021-88112244</td><td>c@b.ir</td></tr></table>"
    )
    assert brief(table) == [
        ("علی رضایی", "معاون فنی", ["02188112233"], ["a@b.ir"]),
        ("رضا کوهی", "مدیر نظارت", ["02188112244"], ["c@b.ir"]),
    ]
    assert [card.unit for card in contacts(table)] == ["معاونت فنی", "معاونت فنی"]


def test_absurd_spans_are_bounded() -> None:
    rows = "<tr><td rowspan=99999999 colspan=99999999>معاون فنی</td><td>علی رضایی</td><td>021-88112233</td></tr>" * 3
    assert len(contacts(f"<table><tr><th>سمت</th><th>نام</th><th>تلفن</th></tr>{rows}</table>")) <= 3


def test_numbers_of_one_card_are_not_given_to_the_next() -> None:
    cards = (
        "<div><h3>کامران رودبند</h3><p>مدیرکل</p><p>تلفن: 021-88112233</p></div>"
        "<div><h3>نرگس بهاری</h3><p>معاون مالی</p></div>"
    )
    assert brief(cards) == [
        ("کامران رودبند", "مدیرکل", ["02188112233"], []),
        ("نرگس بهاری", "معاون مالی", [], []),
    ]


def test_links_of_icons_are_read_once() -> None:
    card = (
        "<div><h3>کامران رودبند</h3><p>مدیرکل</p><p>۰۲۱-۸۸۱۱۲۲۳۳</p><a href='tel:02188112233'>☎</a>"
        "<a href='tel:%2B982188112244'><img src=t.png alt=''></a><a href='mailto:head@a.ir?subject=x'>✉</a></div>"
    )
    assert brief(card) == [("کامران رودبند", "مدیرکل", ["02188112233", "02188112244"], ["head@a.ir"])]


def test_years_in_office_mark_former_holders() -> None:
    assert [card.former for card in contacts("<div><h3>کامران رودبند</h3><p>مدیرکل از سال ۱۳۹۰ تا ۱۳۹۴</p></div>")] == [
        True
    ]


def test_the_office_manager_is_not_the_manager() -> None:
    assert [card.person for card in contacts("<p>مسئول دفتر: لیلا نادری - تلفن 021-88112233</p>")] in ([], [""])
