"""Managers as a portal shows them, joined over pages."""

from collections.abc import Sequence

from snapshot.managers import Manager, same_person
from snapshot.portal import managers
from tests.factories import agency, page, snapshot_of

WATER = agency(name_fa="سازمان آب استان کوهپایه", name_en="Kuhpayeh Water Organisation")


def shown(*pages: tuple[str, str]) -> tuple[Manager, ...]:
    made = [page("/", "<html lang='fa'><main><p>سازمان آب استان کوهپایه</p></main>")]
    made += [page(path, f"<html lang='fa'><title>{title_of(html)}</title><main>{html}</main>") for path, html in pages]
    return managers(snapshot_of(*made, agency=WATER))


def title_of(html: str) -> str:
    return html.split("<h1>")[1].split("</h1>", maxsplit=1)[0]


def table(*rows: Sequence[str], title: str = "معرفی مدیران", heads: str = "نام|سمت|تلفن|داخلی") -> str:
    head = "".join(f"<th>{one}</th>" for one in heads.split("|"))
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<h1>{title}</h1><table><tr>{head}</tr>{body}</table>"


HEAD = ("دکتر کامران رودبند", "رئیس سازمان", "021-88112233", "101")
DEPUTY = ("مهدی سپیدار", "معاون بهره‌برداری", "021-88112233", "102")
DIRECTOR = ("رضا کوهی", "مدیر دفتر حقوقی", "021-88112233", "103")


def test_head_first_then_deputies_then_directors() -> None:
    found = shown(("/managers", table(DIRECTOR, DEPUTY, HEAD)))
    assert [(one.person, one.rank) for one in found] == [
        ("کامران رودبند", "head"),
        ("مهدی سپیدار", "deputy"),
        ("رضا کوهی", "director"),
    ]


def test_a_switchboard_with_extensions_reaches_each_one_without_reaches_none() -> None:
    assert all(one.phones for one in shown(("/managers", table(HEAD, DEPUTY, DIRECTOR))))
    without = [row[:3] for row in (HEAD, DEPUTY, DIRECTOR)]
    found = shown(("/managers", table(*without, heads="نام|سمت|تلفن")))
    assert [(one.phones, one.shared_phone) for one in found] == [((), True)] * 3


def test_an_extension_counts_only_where_a_number_to_dial_stands() -> None:
    rows = [(person, role, extension) for person, role, _, extension in (HEAD, DEPUTY, DIRECTOR)]
    alone = table(*rows, heads="نام|سمت|داخلی")
    assert not any(one.phones for one in shown(("/managers", alone)))
    beside = alone.replace("<table>", "<p>تلفن‌خانه: ۰۲۱-۸۸۱۱۲۲۰۰</p><table>")
    assert all(one.phones for one in shown(("/managers", beside)))


def test_two_pages_about_one_person_are_put_together() -> None:
    cv = "<h1>دکتر کامران رودبند</h1><p>دکتر کامران رودبند، رئیس سازمان، رایانامه: head@water.example</p>"
    found = shown(("/managers", table(HEAD, DEPUTY, DIRECTOR)), ("/head", cv))
    assert [one.person for one in found].count("کامران رودبند") == 1
    assert (found[0].emails, [phone.extension for phone in found[0].phones]) == (("head@water.example",), ["101"])


def test_the_own_page_behind_a_name_gives_what_the_list_lacks() -> None:
    people = (HEAD, DEPUTY, DIRECTOR)
    rows = "".join(f"<li><a href='/m/{n}'>{row[0]}</a> <span>{row[1]}</span></li>" for n, row in enumerate(people))
    own = [
        (f"/m/{n}", f"<h1>{row[0]}</h1><p>تلفن: 021-8811220{n}</p><p>رایانامه: m{n}@water.example</p>")
        for n, row in enumerate(people)
    ]
    found = shown(("/managers", f"<h1>معرفی مدیران</h1><ul>{rows}</ul>"), *own)
    assert [(one.phones[0].number, one.emails) for one in found] == [
        (f"0218811220{n}", (f"m{n}@water.example",)) for n in range(3)
    ]


def test_an_own_page_of_somebody_else_gives_nothing() -> None:
    rows = "".join(f"<li><a href='/m'>{row[0]}</a> <span>{row[1]}</span></li>" for row in (HEAD, DEPUTY, DIRECTOR))
    other = ("/m", "<h1>روابط عمومی</h1><p>تلفن: 021-88112200</p>")
    assert not any(one.reachable for one in shown(("/managers", f"<h1>معرفی مدیران</h1><ul>{rows}</ul>"), other))


def test_former_heads_trustees_and_advisors_do_not_lead() -> None:
    former = "<h1>رؤسای پیشین</h1><ul><li>حسن باقری، رئیس سازمان از سال ۱۳۹۰ تا ۱۳۹۴، تلفن 021-88110000</li></ul>"
    trustees = table(("لیلا نادری", "رئیس هیئت امنا", "021-88110001", "1"), title="هیئت امنا")
    found = shown(("/managers", table(HEAD, DEPUTY, DIRECTOR)), ("/former", former), ("/trustees", trustees))
    assert {one.person for one in found} == {"کامران رودبند", "مهدی سپیدار", "رضا کوهی"}


def test_a_persons_name_is_the_same_with_and_without_titles_and_middle_names() -> None:
    assert same_person("دکتر کامران رودبند", "کامران رودبند")
    assert same_person("سید محمد رضا کوهی", "رضا کوهی")
    assert not same_person("کامران رودبند", "کامران سپیدار")
