"""Whose structure or managers a page shows."""

import pytest

from config.models import Agency
from snapshot.ownership import names_agency_in, names_other_body, other_body_in
from tests.factories import agency, only_page

KERMAN = agency(name_fa="سازمان آب استان کرمان", name_en="Kerman Water Organisation")
MADE_UP = agency(name_fa="سازمان آب استان کوهپایه", name_en="Kuhpayeh Water Organisation")
NATIONAL = agency(name_fa="سازمان قنات", name_en="Qanat Organisation")
CITY = agency(name_fa="شهرداری کرمان", name_en="Kerman Municipality")


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("نمودار سازمانی سازمان آب استان یزد", KERMAN),
        ("مدیرعامل سازمان آب استان یزد", MADE_UP),
        ("چارت وزارت نیرو", KERMAN),
        ("ساختار شرکت آبفای روستایی دشت سبز", MADE_UP),
        ("ساختار شهرداری یزد", CITY),
        ("Organisation chart of the Ministry of Energy", KERMAN),
    ],
)
def test_ministries_sisters_and_strangers_are_other_bodies(text: str, owner: Agency) -> None:
    assert other_body_in(text, owner)
    assert not names_agency_in(text, owner)


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("نمودار سازمانی سازمان آب استان کرمان", KERMAN),
        ("نمودار سازمانی شامل معاونت بهره‌برداری", KERMAN),
        ("ساختار شهرداری", CITY),
        ("اداره کل استان یزد", NATIONAL),
        ("دفتر حقوقی", MADE_UP),
    ],
)
def test_the_agencys_own_names_and_plain_units_are_no_other_body(text: str, owner: Agency) -> None:
    assert other_body_in(text, owner) == ""


def test_most_words_of_a_name_are_enough_but_not_with_another_province() -> None:
    assert names_agency_in("سازمان آب کرمان", KERMAN)
    assert not names_agency_in("سازمان آب استان یزد", KERMAN)
    assert names_agency_in("تفاهم سازمان آب استان کرمان با استان یزد", KERMAN)


@pytest.mark.parametrize(
    ("title", "headings", "other"),
    [
        ("ساختار | سازمان آب استان کرمان", ["نمودار سازمانی سازمان آب استان یزد"], True),
        ("ساختار | سازمان آب استان کرمان", ["نمودار سازمانی"], False),
        ("ساختار", ["سازمان آب استان کرمان", "همکاری با وزارت نیرو"], False),
        ("چارت وزارت نیرو", ["معرفی"], True),
        ("ساختار", ["معرفی"], False),
    ],
)
def test_the_first_heading_that_names_a_body_decides(title: str, headings: list[str], other: bool) -> None:
    heads = "".join(f"<h{n}>{text}</h{n}>" for n, text in enumerate(headings, 1))
    page = only_page(f"<title>{title}</title><main>{heads}<p>متنی درباره کار ما</p></main>", "/chart")
    assert names_other_body(page, KERMAN) is other
