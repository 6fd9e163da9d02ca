"""What a page holds speaks for a label whatever its words say."""

from dataclasses import replace

import pytest

from config.vocabulary import Label
from snapshot.perception.labels import labels_of
from snapshot.perception.models import (
    Contact,
    Field,
    FieldMeaning,
    Form,
    Heading,
    LabelFound,
    Link,
    PageType,
    Pair,
    PairKey,
    Phone,
    Step,
    StepList,
    Table,
)
from snapshot.perception.structure import Structure, read_structure

PLAIN = read_structure(
    b"<html><head><title>x</title></head><body><main><p>x</p></main></body></html>", "https://a.ir/p/1"
)


def strength(structure: Structure, label: Label, page_type: PageType = "content") -> float:
    return next((found.strength for found in labels_of(structure, page_type) if found.label == label), 0.0)


def form(*meanings: FieldMeaning, heading: str = "", submit: str = "ارسال") -> Form:
    fields = tuple(Field(f"i{n}", f"f{n}", "text", "", "", meaning) for n, meaning in enumerate(meanings))
    return Form("form", "https://a.ir/s", "post", heading, fields, (submit,), "main")


def manager(number: int, *, phone: bool = True, former: bool = False) -> Contact:
    phones = (Phone(f"0218888000{number}", "landline"),) if phone else ()
    return Contact(f"tr:nth-child({number})", "مدیرکل", f"رضا نمونه {number}", "", phones, (), "متن", former=former)


def test_a_form_with_a_tracking_code_is_tracking_without_any_title() -> None:
    found = replace(PLAIN, forms=(form("tracking-code", "captcha", submit="جستجو"),))
    assert strength(found, Label.SERVICE_TRACKING) >= 0.75


def test_a_parcel_form_is_not() -> None:
    found = replace(PLAIN, forms=(form("tracking-code", heading="رهگیری مرسوله پستی", submit="رهگیری"),))
    assert strength(found, Label.SERVICE_TRACKING) < strength(
        replace(PLAIN, forms=(form("tracking-code", submit="رهگیری"),)), Label.SERVICE_TRACKING
    )


def test_a_national_id_counts_only_beside_tracking_words() -> None:
    asked = replace(PLAIN, forms=(form("national-id", heading="مشاهده وضعیت درخواست"),))
    other = replace(PLAIN, forms=(form("national-id", heading="عضویت در خبرنامه"),))
    assert strength(asked, Label.SERVICE_TRACKING) >= 0.6
    assert strength(other, Label.SERVICE_TRACKING) == 0


def test_steps_under_a_process_heading_are_a_process() -> None:
    steps = tuple(Step(f"گام {n}", "دو روز") for n in range(4))
    named = replace(PLAIN, step_lists=(StepList("ol", "مراحل انجام خدمت", "list", steps),))
    sign_up = replace(PLAIN, step_lists=(StepList("ol", "مراحل ثبت نام در سایت", "list", steps),))
    assert strength(named, Label.SERVICE_PROCESS) >= 0.75
    assert strength(sign_up, Label.SERVICE_PROCESS) == 0


@pytest.mark.parametrize(
    ("contacts", "least", "below"),
    [
        ([manager(n) for n in range(3)], 0.75, 1.01),
        ([manager(n, phone=False) for n in range(3)], 0.4, 0.5),
        ([manager(n, former=True) for n in range(3)], 0.0, 0.05),
        ([manager(1)], 0.1, 0.35),
    ],
    ids=["reachable", "named", "former", "one"],
)
def test_managers_with_phones_are_a_managers_page(contacts: list[Contact], least: float, below: float) -> None:
    assert least <= strength(replace(PLAIN, contacts=tuple(contacts)), Label.MANAGERS_CONTACTS) < below


def test_units_are_a_structure() -> None:
    names = ["معاونت توسعه", "معاونت فنی", "اداره کل حقوقی", "دفتر بازرسی", "مرکز فناوری", "دفتر روابط عمومی",
             "اداره حراست", "گروه آمار"]  # fmt: skip
    heads = tuple(Heading(f"h3:nth-child({n})", 3, name, "main") for n, name in enumerate(names))
    menu = tuple(replace(head, place="menu") for head in heads)
    assert strength(replace(PLAIN, headings=heads), Label.ORG_STRUCTURE) >= 0.35
    assert strength(replace(PLAIN, headings=menu), Label.ORG_STRUCTURE) == 0


def test_a_service_sheet_is_known_by_its_pairs() -> None:
    keys: list[PairKey] = ["documents", "cost", "duration", "audience"]
    pairs = tuple(Pair(f"tr:nth-child({n})", key, "مقدار", key) for n, key in enumerate(keys))
    assert strength(replace(PLAIN, pairs=pairs), Label.SERVICE_INFO) >= 0.75
    assert strength(replace(PLAIN, pairs=pairs[:3]), Label.SERVICE_INFO) >= 0.6
    blank = tuple(replace(pair, value="") for pair in pairs)
    assert strength(replace(PLAIN, pairs=blank), Label.SERVICE_INFO) == 0


def test_rows_with_national_codes_are_a_list_of_services() -> None:
    rows = tuple((f"صدور پروانه {n}", f"1704132510{n}") for n in range(5))
    assert strength(replace(PLAIN, tables=(Table("table", "", ("عنوان", "کد"), rows),)), Label.SERVICES_LIST) >= 0.55


def test_a_survey_form_is_no_result() -> None:
    rated = replace(PLAIN, title="نتایج نظرسنجی", forms=(form("rating", "rating", heading="نظرسنجی خدمت"),))
    told = replace(PLAIN, title="نتایج نظرسنجی", main_text="میانگین ۷۶٪ و ۸۰٪ از پاسخ دهندگان راضی بودند")
    assert strength(rated, Label.SATISFACTION_SURVEY) >= 0.7
    assert strength(rated, Label.SATISFACTION_RESULTS) < 0.35 <= strength(told, Label.SATISFACTION_RESULTS)


def test_a_complaints_page_without_a_form_is_none() -> None:
    titled = replace(PLAIN, title="ثبت شکایت", headings=(Heading("h1", 1, "ثبت شکایت", "main"),))
    assert strength(titled, Label.COMPLAINTS_FORM) < 0.35
    filled = replace(titled, forms=(form("message", "email", heading="ثبت شکایت"),))
    assert strength(filled, Label.COMPLAINTS_FORM) >= 0.75


def test_an_address_of_the_national_sign_on_is_sso() -> None:
    link = Link("a", "ورود", "page", "header", "https://sso.my.gov.ir/oauth2/authorize?client_id=x", "x")
    assert strength(replace(PLAIN, links=(link,)), Label.SSO_LOGIN) >= 0.6


def test_news_carries_its_labels_weakly_and_says_what_it_is() -> None:
    titled = replace(PLAIN, title="نمودار سازمانی", headings=(Heading("h1", 1, "نمودار سازمانی", "main"),))
    found: tuple[LabelFound, ...] = labels_of(titled, "news-item")
    assert found[0].label == Label.NEWS_ITEM
    assert strength(titled, Label.ORG_STRUCTURE, "news-item") < 0.35 <= strength(titled, Label.ORG_STRUCTURE)


def test_pages_that_are_no_content_carry_only_their_type() -> None:
    titled = replace(PLAIN, title="نمودار سازمانی", headings=(Heading("h1", 1, "نمودار سازمانی", "main"),))
    assert [found.label for found in labels_of(titled, "construction")] == [Label.CONSTRUCTION]
