"""Units are read off lists, tables, drawings and sentences, with what stands beside them."""

import pytest

from snapshot.units import UnitList, area_captions, names_head, read_units, same_unit, unit_name
from tests.factories import only_page

UNITS = ["معاونت طرح و توسعه", "معاونت بهره‌برداری", "دفتر حقوقی", "دفتر روابط عمومی", "اداره خدمات مشترکین"]


def units_of(body: str) -> UnitList:
    page = only_page(f"<title>نمودار</title><main><h1>نمودار</h1>{body}</main>", "/chart")
    return read_units(page.perception)


def names_of(body: str) -> list[str]:
    return [unit.name for unit in units_of(body).listed]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("معاونت فنی: دکتر رضایی", "معاونت فنی"),
        ("۳- دفتر حقوقی", "دفتر حقوقی"),
        ("معاونت فنی مهندس رضا کوهی", "معاونت فنی"),
        ("اداره کل استان یزد", "اداره کل استان یزد"),
        ("مدیرعامل سازمان آب استان یزد", "مدیرعامل سازمان آب استان یزد"),
        ("Legal Office", "Legal Office"),
        ("روابط عمومی", "روابط عمومی"),
    ],
)
def test_a_short_text_that_names_a_unit_gives_its_name(text: str, name: str) -> None:
    assert unit_name(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "دفتر",
        "نمودار سازمانی",
        "این دفتر در سال ۱۳۵۲ برپا شده است",
        "معاونت فنی نشست برگزار کرد",
        "تماس با ما",
        "",
        "معاونت " + "فنی " * 15,
    ],
)
def test_other_texts_name_no_unit(text: str) -> None:
    assert unit_name(text) == ""


@pytest.mark.parametrize(
    "body",
    [
        "<ul>" + "".join(f"<li>{u}</li>" for u in UNITS) + "</ul>",
        "<table>" + "".join(f"<tr><td>{n}</td><td>{u}</td></tr>" for n, u in enumerate(UNITS)) + "</table>",
        "<div>" + "".join(f"<div><span>{u}</span></div>" for u in UNITS) + "</div>",
        "<svg>" + "".join(f"<g><text>{u}</text></g>" for u in UNITS) + "</svg>",
        "<dl>" + "".join(f"<dt>{u}</dt><dd>شرح کار آن</dd>" for u in UNITS) + "</dl>",
        "".join(f"<h3>{u}</h3><p>شرح کار آن در این جا آمده</p>" for u in UNITS),
    ],
)
def test_units_stand_in_lists_tables_boxes_drawings_and_headings(body: str) -> None:
    assert names_of(body) == UNITS


@pytest.mark.parametrize(
    "body",
    [
        "<p>سازمان از " + "، ".join(UNITS[:-1]) + " و " + UNITS[-1] + " تشکیل شده است.</p>",
        "<p>" + "<br>".join(UNITS) + "</p>",
        "<p>" + " - ".join(UNITS) + "</p>",
    ],
)
def test_a_paragraph_that_is_little_but_a_list_of_units_lists_them(body: str) -> None:
    assert len(names_of(body)) == len(UNITS)


def test_a_story_that_mentions_units_lists_none() -> None:
    told = units_of(
        "<p>در سال ۱۳۵۲ معاونت فنی در ساختمان قدیمی کنار رودخانه آغاز به کار کرد و دو سال پس از آن، با گسترش شهر و"
        " نیاز روزافزون مردم به آب آشامیدنی سالم، دفتر حقوقی هم به آن افزوده شد.</p>"
    )
    assert told.listed == ()
    assert {unit.in_prose for unit in told.units} == {True}
    assert len(told.units) == 2


def test_nested_lists_give_levels_and_the_top_units_below_the_head() -> None:
    inner = "".join(f"<li>{u}</li>" for u in UNITS[2:])
    found = units_of(f"<ul><li>رئیس سازمان<ul><li>{UNITS[0]}<ul>{inner}</ul></li><li>{UNITS[1]}</li></ul></li></ul>")
    assert found.related
    assert [unit.level for unit in found.units] == [0, 1, 2, 2, 2, 1]
    assert [unit.name for unit in found.top] == UNITS[:2]


def test_of_a_flat_list_the_deputies_are_the_top_units() -> None:
    found = units_of("<ul>" + "".join(f"<li>{u}</li>" for u in UNITS) + "</ul>")
    assert not found.related
    assert [unit.name for unit in found.top] == UNITS[:2]


def test_a_unit_named_twice_is_one_and_keeps_its_link() -> None:
    (unit,) = units_of('<p>دفتر حقوقی</p><p><a href="/law">دفتر  حقوقي</a></p>').listed
    assert unit.url is not None
    assert unit.url.endswith("/law")


@pytest.mark.parametrize(
    ("body", "beside", "holder"),
    [
        ("<ul><li>دفتر حقوقی: دکتر سارا دشتی</li><li>معاونت فنی</li></ul>", "دکتر سارا دشتی", "سارا دشتی"),
        ("<table><tr><th>واحد</th><th>کار</th></tr><tr><td>دفتر حقوقی</td><td>دفاع در دادگاه</td></tr></table>",
         "دفاع در دادگاه", ""),
        ("<table><tr><th>واحد</th><th>مدیر</th></tr><tr><td>دفتر حقوقی</td><td>مهندس رضا کوهی</td></tr></table>",
         "مهندس رضا کوهی", "رضا کوهی"),
        ("<table><tr><th>واحد</th><th>مدیر</th></tr><tr><td>دفتر حقوقی</td><td>رضا کوهی</td></tr></table>",
         "رضا کوهی", "رضا کوهی"),
    ],
)  # fmt: skip
def test_what_stands_in_a_units_row_is_beside_it(body: str, beside: str, holder: str) -> None:
    unit = next(unit for unit in units_of(body).listed if unit.name == "دفتر حقوقی")
    assert beside in unit.beside
    assert unit.holder == holder


def test_areas_of_a_picture_are_no_text_of_the_page() -> None:
    areas = "".join(f'<area href="/u/{n}" alt="{u}">' for n, u in enumerate(UNITS))
    page = only_page(f'<main><h1>نمودار</h1><img src="/c.png" usemap="#m"><map name="m">{areas}</map></main>', "/chart")
    assert read_units(page.perception).units == ()
    assert list(area_captions(page.perception)) == UNITS


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("معاونت برنامه‌ریزی", "معاون برنامه‌ریزی", True),
        ("دفتر روابط عمومی", "مدیر روابط عمومی", True),
        ("معاونت طرح و توسعه", "معاون طرح و توسعه سازمان", True),
        ("معاونت طرح و توسعه", "معاون منابع انسانی", False),
        ("دفتر روابط عمومی", "حراست", False),
        ("Legal Office", "Head of Legal Office", True),
    ],
)
def test_a_unit_and_a_post_are_the_same_by_their_subject(one: str, other: str, same: bool) -> None:
    assert same_unit(one, other) is same


def test_the_head_is_told_from_deputies_and_units() -> None:
    assert names_head("رئیس سازمان")
    assert not names_head("معاون رئیس سازمان")
    assert not names_head("دفتر حقوقی")
