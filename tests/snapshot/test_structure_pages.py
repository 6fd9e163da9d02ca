"""Pages called a structure: what they show, and why some show none of the agency's."""

import pytest

from snapshot.portal import structure_pages, units
from snapshot.structure_pages import StructurePage, about_pages
from tests.factories import agency, page, snapshot_of

OWN = agency(name_fa="سازمان آب استان کوهپایه", name_en="Kuhpayeh Water Organisation")
UNITS = ["معاونت طرح و توسعه", "معاونت بهره‌برداری", "دفتر حقوقی", "دفتر روابط عمومی", "اداره خدمات مشترکین"]
LIST = "<ul>" + "".join(f"<li>{u}</li>" for u in UNITS) + "</ul>"
HOME = page("/", '<nav><a href="/c">نمودار سازمانی</a></nav><main><p>به درگاه سازمان آب خوش آمدید.</p></main>')


def read(body: str, title: str = "نمودار سازمانی") -> StructurePage:
    (shown,) = structure_pages(
        snapshot_of(HOME, page("/c", f"<title>{title}</title><main><h1>{title}</h1>{body}</main>"), agency=OWN)
    )
    return shown


@pytest.mark.parametrize(
    ("title", "body", "refused"),
    [
        ("نمودار سازمانی", LIST, ""),
        ("چارت سازمانی چیست", "<p>نموداری است که جای هر شغل را نشان می‌دهد.</p>", "definition"),
        ("ضوابط ساختار سازمانی دستگاه‌ها", "<p>هر دستگاه پنج معاونت دارد.</p>", "rules"),
        ("ساختار سازمانی کمیته تحول", LIST, "other_chart"),
        ("نقشه سایت", LIST, "other_chart"),
        ("نمودار سازمانی وزارت نیرو", LIST, "other_body"),
        ("نمودار سازمانی سازمان آب استان یزد", LIST, "other_body"),
        ("نمودار سازمانی", f"<ul><li>وزیر نیرو{LIST}</li></ul>", "other_body"),
        ("نمودار سازمانی", "<p>در این برگه از کار ما بخوانید.</p>", "empty"),
    ],
)
def test_why_a_page_shows_no_structure_of_the_agency(title: str, body: str, refused: str) -> None:
    assert read(body, title).refused == refused


def test_news_of_a_structure_is_refused() -> None:
    item = page(
        "/fa/news/7/x",
        "<title>ساختار سازمانی تازه تصویب شد</title><main><h1>ساختار سازمانی تازه تصویب شد</h1>"
        f"<p>کد خبر: ۷ تاریخ انتشار: ۱۴۰۵/۰۱/۰۱</p><p>به گزارش روابط عمومی، رئیس سازمان گفت:</p>{LIST}</main>",
    )
    (shown,) = structure_pages(snapshot_of(HOME, item, agency=OWN))
    assert shown.refused == "news"


def test_the_own_branch_below_a_minister_is_no_other_body() -> None:
    own = f"<ul><li>وزیر نیرو<ul><li>رئیس سازمان آب استان کوهپایه{LIST}</li></ul></li></ul>"
    assert read(own).refused == ""
    beside = f"<ul><li>وزیر نیرو<ul><li>سازمان آب استان کوهپایه</li>{LIST[4:-5]}</ul></li></ul>"
    assert read(beside).refused == "other_body"


def test_home_and_its_copies_are_no_structure_page() -> None:
    body = f'<nav><a href="/index">نمودار سازمانی</a></nav><main><p>سازمان آب</p>{LIST}</main>'
    assert structure_pages(snapshot_of(page("/", body), page("/index", body), agency=OWN)) == ()


@pytest.mark.parametrize(
    "words",
    [
        "<p>ساختار سازمان به شماره ۱۲۳۴/ص مورخ ۱۴۰۲/۰۳/۰۸ به تصویب رسیده است.</p>",
        "<p>مصوبه شماره ۵۵۶۷ مورخ ۱۴۰۱/۰۲/۰۳</p>",
        "<p>تشکیلات تفصیلی طی نامه شماره ۸۸۱۲۳ مورخ ۱۴۰۱/۱۲/۲۰ ابلاغ شده است.</p>",
        "<table><tr><th>شماره تصویب</th><td>۲۲۰/۹</td></tr><tr><th>تاریخ تصویب</th><td>۱۴۰۰/۰۳/۰۸</td></tr></table>",
        "<p>The structure was approved by decision no. 220/15 on 3 March 2024.</p>",
    ],
)
def test_number_and_day_of_an_approval_are_found(words: str) -> None:
    assert read(LIST + words).approval is not None


@pytest.mark.parametrize(
    "words",
    [
        "<p>ساختار سازمان به شماره ۱۲۳۴ تصویب شده است.</p>",
        "<p>ساختار سازمان در ۱۴۰۲/۰۳/۰۸ به تصویب رسیده است.</p>",
        "<p>کار ما بر پایه ماده ۱۲ قانون مدیریت خدمات مصوب ۱۳۸۶/۰۷/۰۸ است.</p>",
        "<p>از ۱۳۹۰/۰۱/۰۱ به شماره ۳۳۴۴۵۵ زنگ بزنید.</p>",
    ],
)
def test_half_an_approval_a_law_or_a_phone_is_none(words: str) -> None:
    assert read(LIST + words).approval is None


@pytest.mark.parametrize(
    ("image", "sure", "named"),
    [
        ('<img src="/a.png" width="900" alt="نمودار سازمانی">', True, 0),
        ('<img src="/a.png" width="900" alt="">', True, 0),
        ('<img src="/a.png" alt="">', False, 0),
        ('<img src="/org-chart.png" alt="">', True, 0),
        (f'<img src="/a.png" width="900" alt="نمودار سازمانی: {"، ".join(UNITS)}">', True, 5),
        (f'<figure><img src="/a.png" width="900" alt=""><figcaption>{"، ".join(UNITS)}</figcaption></figure>', True, 5),
    ],
)
def test_a_wide_or_named_picture_is_a_chart_with_its_text_alternative(image: str, sure: bool, named: int) -> None:
    picture = read(image).picture
    assert picture is not None
    assert picture.sure is sure
    assert len(picture.alternative.units) == named


@pytest.mark.parametrize(
    "image",
    [
        '<img src="/logo.png" width="900" alt="لوگوی سازمان">',
        '<img src="/a.png" width="120" alt="">',
        '<img src="/x.jpg" width="900" alt="بنر سال نو">',
    ],
)
def test_decoration_and_small_pictures_are_no_chart(image: str) -> None:
    assert read(image).picture is None


def test_a_link_to_a_file_counts_unless_the_file_is_missing() -> None:
    link = '<p><a href="/f/chart.pdf">دریافت نمودار سازمانی</a></p>'
    assert read(link).picture is not None
    body = f"<title>نمودار سازمانی</title><main><h1>نمودار سازمانی</h1>{link}</main>"
    gone = snapshot_of(HOME, page("/c", body), page("/f/chart.pdf", "gone", status=404), agency=OWN)
    assert all(shown.picture is None for shown in structure_pages(gone))


def test_the_page_that_shows_most_stands_first_and_gives_the_units() -> None:
    two = page("/c", "<title>ساختار سازمانی</title><main><h1>ساختار سازمانی</h1><ul><li>دفتر حقوقی</li></ul></main>")
    full = page("/d", f"<title>ساختار سازمانی</title><main><h1>ساختار سازمانی</h1>{LIST}</main>")
    found = snapshot_of(HOME, two, full, agency=OWN)
    assert structure_pages(found)[0].page.url.endswith("/d")
    assert [unit.name for unit in units(found)] == UNITS[:2]


def test_pages_about_the_agency_are_no_structure_but_may_name_units() -> None:
    about = page(
        "/about", "<title>درباره سازمان</title><main><h1>درباره سازمان</h1><p>معاونت فنی و دفتر حقوقی دارد.</p></main>"
    )
    found = snapshot_of(HOME, about, agency=OWN)
    assert structure_pages(found) == ()
    (shown,) = about_pages(found)
    assert [unit.name for unit in shown.units.units] == ["معاونت فنی", "دفتر حقوقی"]
