"""The languages probe on a real portal, and how languages are told apart."""

from pathlib import Path
from typing import Any

import pytest

from crawler.process import run_visits
from snapshot.languages import language_of_address, main_script, names_language, other_language
from snapshot.models import ProbeResult, VisitPlan
from tests.crawler.portal_server import Portal, Reply
from tests.crawler.visiting import order, settings
from tests.factories import only_page

PERSIAN = "این سازمان مسئول صدور پروانه‌های بهره‌برداری از آب‌های زیرزمینی است و گزارش کار خود را هر ماه منتشر می‌کند. " * 3
ENGLISH = "This office issues permits for the use of ground water and publishes a report of its work every month. " * 3
ARABIC = (
    "تتولى هذه الهيئة إصدار تراخيص استخدام المياه الجوفية وتنشر تقريرا شهريا عن أعمالها للمواطنين والمستثمرين. " * 3
)


def document(text: str, lang: str, switch: str = "") -> str:
    return (
        f"<!doctype html><html lang='{lang}'><head><title>Portal</title></head><body><header>{switch}</header>"
        f"<nav><a href='/a'>{text[:12]}</a></nav><main><h1>{text[:30]}</h1><p>{text}</p></main></body></html>"
    )


def looked_at(tmp_path: Path, portal: Portal) -> dict[str, Any]:
    wanted = order(tmp_path, "a", portal.url, max_pages=2)
    visit = wanted.visit.model_copy(update={"plan": VisitPlan(probes=("languages",))})
    run_visits(
        [wanted.model_copy(update={"visit": visit})],
        settings(tmp_path, retries=0),
        cited_pages=lambda _: (),
        on_event=lambda _: None,
    )
    result = ProbeResult.model_validate_json((wanted.folder / "probes/languages.json").read_bytes())
    assert result.status == "done"
    return result.data


@pytest.mark.parametrize(
    ("name", "target", "reachable", "other"),
    [
        ("works", Reply(document(ENGLISH, "en")), True, True),
        ("missing", Reply("<h1>Not Found</h1>", status=404), False, None),
        ("persian-under-an-english-address", Reply(document(PERSIAN, "en")), True, False),
        ("barred", Reply("<p>no entry</p>", status=403), None, None),
    ],
)
def test_what_lies_behind_a_switch(
    tmp_path: Path, name: str, target: Reply, reachable: bool | None, other: bool | None
) -> None:
    switch = '<div class=lang><a href="/en">English</a></div>'
    routes = {"/": Reply(document(PERSIAN, "fa", switch)), "/a": Reply(document(PERSIAN, "fa")), "/en": target}
    with Portal("127.0.0.161", routes).running() as portal:
        data = looked_at(tmp_path, portal)
    (found,) = data["switches"]
    assert (found["caption"], found["lang"]) == ("English", "en")
    assert (found["reachable"], found["other_language"]) == (reachable, other), name
    assert (data["home"]["lang"], data["home"]["script"]) == ("fa", "arabic")
    assert data["pages_with_switch"] >= 1
    assert portal.paths.count("/en") == 1


def test_a_portal_in_one_language_offers_none(tmp_path: Path) -> None:
    with Portal("127.0.0.162", {"/": Reply(document(PERSIAN, "fa"))}).running() as portal:
        assert looked_at(tmp_path, portal)["switches"] == []


@pytest.mark.parametrize(
    ("first", "second", "other"),
    [
        ((PERSIAN, "fa"), (ENGLISH, "en"), True),
        ((PERSIAN, "fa"), (ENGLISH, "fa"), True),  # whatever the page calls itself
        ((PERSIAN, "fa"), (ARABIC, "ar"), True),
        ((PERSIAN, "fa"), (PERSIAN, "ar"), False),
        ((PERSIAN, "fa"), (PERSIAN, "fa"), False),
        ((PERSIAN, "fa"), (ARABIC, ""), None),
        ((PERSIAN, "fa"), ("short", "en"), None),
    ],
)
def test_languages_are_told_apart(first: tuple[str, str], second: tuple[str, str], other: bool | None) -> None:
    one, two = (only_page(document(text, lang)).perception for text, lang in (first, second))
    assert other_language(one, two) is other


def test_too_few_letters_tell_no_script() -> None:
    assert main_script("English") == ""
    assert main_script(ENGLISH) == "latin"


@pytest.mark.parametrize(
    ("caption", "is_name"),
    [("English", True), ("EN", True), ("العربیه", True), ("فارسی", True), ("Learn English with us today", False)],
)
def test_captions_that_are_names_of_languages(caption: str, is_name: bool) -> None:
    assert names_language(caption) is is_name


@pytest.mark.parametrize(
    ("url", "lang"),
    [
        ("https://a.gov.ir/en/about", "en"),
        ("https://en.a.gov.ir/", "en"),
        ("https://a.gov.ir/?lang=ar", "ar"),
        ("https://a.gov.ir/fa-IR/x", "fa"),
        ("https://a.gov.ir/news", ""),
        ("https://a.gov.ir/enterprise", ""),
    ],
)
def test_languages_that_an_address_names(url: str, lang: str) -> None:
    assert language_of_address(url) == lang
