"""Pages as portals make them, and what they are taken for; any bytes are survived."""

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.vocabulary import Label
from snapshot.perception.look import look
from snapshot.perception.models import Perception
from snapshot.perception.page import perceive
from snapshot.reader import SELECTED

MENU = """<header><nav><ul><li><a href="/">صفحه اصلی</a></li><li><a href="/about">درباره ما</a></li>
<li><a href="/chart">نمودار سازمانی</a></li><li><a href="/managers">معرفی مدیران</a></li>
<li><a href="/track">پیگیری درخواست</a></li><li><a href="/faq">سوالات متداول</a></li></ul></nav></header>"""
FOOTER = '<footer><a href="/contact">تماس با ما</a> <a href="/privacy">حریم خصوصی</a></footer>'
FILLER = "این سازمان بر پایه قانون در زمینه امور آب و خاک به شهروندان در سراسر کشور خدمت می‌کند. " * 8


def page(title: str, main: str, url: str = "https://sazman.example.ir/page/12") -> Perception:
    body = f"""<!doctype html><html lang="fa" dir="rtl"><head><meta charset="utf-8"><title>{title}</title></head>
    <body>{MENU}<main>{main}</main>{FOOTER}</body></html>"""
    return perceive(body.encode(), url, content_type="text/html; charset=utf-8")


def selected(perception: Perception) -> set[Label]:
    return {found.label for found in perception.labels if found.strength >= SELECTED}


def test_menus_and_footers_are_no_evidence_of_the_page_they_stand_on() -> None:
    plain = page("تاریخچه | سازمان نمونه", f"<h1>تاریخچه</h1><p>{FILLER}</p>")
    assert plain.page_type == "content"
    assert not selected(plain) & {
        Label.ORG_STRUCTURE, Label.MANAGERS_CONTACTS, Label.SERVICE_TRACKING, Label.FAQ, Label.CONTACT_US,
        Label.PRIVACY_STATEMENT,
    }  # fmt: skip
    promised = {promise.label for promise in plain.promises if promise.promise >= SELECTED}
    assert {Label.ORG_STRUCTURE, Label.MANAGERS_CONTACTS, Label.SERVICE_TRACKING, Label.CONTACT_US} <= promised


def test_the_title_is_read_in_any_spelling() -> None:
    for spelt in ("چارت سازماني", "چارت‌سازمانی", "چـارت سـازمانی", "نمودارسازمانی"):
        assert page(spelt, f"<h1>{spelt}</h1><p>{FILLER}</p>").strength(Label.ORG_STRUCTURE) >= 0.7


@pytest.mark.parametrize(
    ("title", "text", "label"),
    [
        ("الحاق چهار روستا پیگیری شد", "با پیگیری‌های مدیرکل، پیگیری مصوبات سفر انجام شد.", Label.SERVICE_TRACKING),
        ("برپایی میز خدمت در مصلی نماز جمعه", "مدیران در میز خدمت پاسخگوی مردم بودند.", Label.SERVICES_LIST),
        ("چارت سازمانی چیست؟", "چارت سازمانی یک نمودار سلسله مراتبی است که روابط را نشان می‌دهد.", Label.ORG_STRUCTURE),
        ("رهگیری مرسوله پستی", "برای رهگیری مرسوله بارکد آن را وارد کنید.", Label.ORG_STRUCTURE),
        ("رؤسای پیشین", "از سال ۱۳۷۰ تا سال ۱۳۸۰", Label.MANAGERS_CONTACTS),
    ],
)
def test_look_alikes_do_not_carry_the_label(title: str, text: str, label: Label) -> None:
    assert label not in selected(page(title, f"<h1>{title}</h1><p>{text} {FILLER}</p>"))


def test_a_news_item_is_news_and_carries_its_words_weakly() -> None:
    news = page(
        "نمودار سازمانی جدید رونمایی شد",
        f"""<h1>نمودار سازمانی</h1><p>کد خبر: ۱۲۳۴۵ تاریخ انتشار: ۱۴۰۲/۰۳/۰۱</p>
        <p>به گزارش روابط عمومی، مدیرکل اظهار داشت: {FILLER} وی تصریح کرد.</p>""",
    )
    assert news.page_type == "news-item"
    assert news.signals.news in news.main_text
    assert news.signals.news
    assert Label.ORG_STRUCTURE not in selected(news)
    assert Label.NEWS_ITEM in selected(news)


def test_a_service_sheet_under_a_news_path_is_no_news() -> None:
    sheet = page(
        "شناسنامه خدمت صدور پروانه",
        """<h1>شناسنامه خدمت</h1><table><tr><th>کد خدمت</th><td>13091713000</td></tr>
        <tr><th>مدارک لازم</th><td>تصویر کارت ملی</td></tr><tr><th>هزینه خدمت</th><td>۵۰۰۰۰۰ ریال</td></tr>
        <tr><th>مدت زمان انجام</th><td>ده روز کاری</td></tr></table>""",
        url="https://sazman.example.ir/fa/news/100454/parvane",
    )
    assert sheet.page_type == "content"
    assert sheet.strength(Label.SERVICE_INFO) >= 0.5


@pytest.mark.parametrize(
    ("title", "main", "expected", "signal"),
    [
        ("خطا", "<h1>صفحه مورد نظر یافت نشد</h1>", "soft-404", "not_found"),
        ("شکایات", "<h1>ثبت شکایت</h1><p>این فرم در دست طراحی است.</p>", "construction", "construction"),
        (
            "ورود",
            """<h1>ورود کاربران</h1><form method="post"><input name="u" placeholder="نام کاربری">
            <input type="password" name="p"><button>ورود</button></form>""",
            "login",
            "login",
        ),
    ],
)
def test_pages_that_are_no_content_are_typed_as_that(title: str, main: str, expected: str, signal: str) -> None:
    found = page(title, main)
    assert found.page_type == expected
    assert getattr(found.signals, signal)


def test_a_browser_check_is_blocked() -> None:
    body = b"<html><head><title>Just a moment...</title></head><body><p>Checking your browser</p></body></html>"
    assert perceive(body, "https://a.example/").page_type == "blocked"


def test_scripts_without_words_are_a_shell() -> None:
    body = b"<html><head><title>x</title></head><body><div id=app></div><script>let a=1;let b=2;</script></body></html>"
    found = perceive(body, "https://a.example/x")
    assert found.page_type == "script-shell"
    assert found.signals.script_shell


def test_a_remark_inside_a_long_page_does_not_unmake_it() -> None:
    found = page("گزارش", f"<h1>گزارش عملکرد</h1><p>{FILLER * 4} پروژه راه در دست ساخت است و به زودی تکمیل می‌شود.</p>")
    assert found.page_type == "content"
    assert found.strength(Label.PERFORMANCE_REPORT) >= SELECTED


def test_sample_text_is_quoted() -> None:
    found = page("توافقنامه سطح خدمت", f"<h1>توافقنامه سطح خدمت</h1><p>متن نمونه: {FILLER}</p>")
    assert found.signals.template_text == "متن نمونه"
    assert Label.SERVICE_LEVEL in selected(found)


def test_the_home_page_is_home() -> None:
    for path in ("", "/", "/fa", "/fa/", "/index.php", "/fa-IR/default.aspx"):
        assert page("سازمان نمونه", f"<h1>سازمان</h1><p>{FILLER}</p>", f"https://a.example{path}").page_type == "home"


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.binary(max_size=3000), st.text(max_size=60), st.sampled_from(["", "text/html", "application/pdf", "x;y=z"]))
def test_any_bytes_are_survived(body: bytes, url: str, content_type: str) -> None:
    first = perceive(body, url, content_type=content_type)
    assert first == perceive(body, url, content_type=content_type)
    assert all(0 <= found.strength <= 1 for found in first.labels)


@pytest.mark.parametrize(
    "body",
    [
        b"<div>" * 50_000 + "پیگیری".encode(),
        b'<p title="' + b"a" * 2_000_000 + b'">x</p>',
        '<a href="/x">میز خدمت</a>'.encode() * 100_000,
        ("پیگیری درخواست " * 50_000).encode(),
    ],
    ids=["deep", "wide attribute", "many links", "one phrase"],
)
def test_hostile_pages_are_bounded(body: bytes) -> None:
    started = time.process_time()
    perceive(body, "https://a.example/x", content_type="text/html; charset=utf-8")
    assert time.process_time() - started < 20


def test_look_is_ready_for_json() -> None:
    body = "<html><title>معرفی مدیران</title><main><h1>معرفی مدیران</h1><p>۱۴۰۲/۰۳/۰۱</p></main>".encode()
    seen = look(body, "https://a.example/x", "text/html; charset=utf-8")
    assert json.loads(json.dumps(seen))["page_type"] == "content"
    assert seen["labels"][0]["label"] == "managers-contacts"
    assert {"forms", "steps", "contacts", "dates", "pairs", "signals"} <= seen.keys()
    assert look(body, "https://a.example/x", "text/html; charset=utf-8", lang="en")["labels"] == []


def test_words_on_a_drawing_are_read_with_their_links_and_its_hidden_parts_are_not() -> None:
    drawing = (
        '<svg viewBox="0 0 9 9"><title>فایل نمودار</title><defs><text>الگو</text></defs>'
        '<g><a href="/unit/1"><rect/><text><tspan>معاونت</tspan><tspan dy="9">فنی</tspan></text></a></g>'
        "<g><text>دفتر حقوقی</text></g></svg>"
    )
    seen = page("نمودار سازمانی", f"<h1>نمودار سازمانی</h1>{drawing}")
    assert seen.main_text == "نمودار سازمانی معاونت فنی دفتر حقوقی"
    (link,) = [link for link in seen.links if link.place == "main"]
    assert (link.caption, link.url) == ("معاونت فنی", "https://sazman.example.ir/unit/1")
    assert "دفتر حقوقی" in [block.text for block in seen.blocks]


def test_an_icon_without_words_leaves_no_trace() -> None:
    icon = '<svg><title>خانه</title><path d="M0 0"/></svg>'
    assert page("تاریخچه", f"<h1>تاریخچه</h1>{icon}").main_text == "تاریخچه"
