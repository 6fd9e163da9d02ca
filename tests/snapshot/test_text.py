"""Every spelling meets in one form, and every find leads back to the original words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snapshot.text import decode_url, fold, fold_spaces, normalise, squeeze, url_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("پيگيري نامه‌ها", "پیگیری نامه‌ها"),
        ("مسؤول", "مسئول"),
        ("مسئول", "مسوول"),
        ("رئیس", "رييس"),
        ("ارائه", "ارایه"),
        ("آئین", "آیین"),
        ("هیئت مدیره", "هیأت مديره"),
        ("هیئت", "هیات"),
        ("میــز خــدمــت", "میز خدمت"),
        ("ﺳﻪشنبه", "سهشنبه"),
        ("۱۲۳", "١٢٣"),
        ("١٢٣", "123"),
        ("مُدیرِ", "مدیر"),
        ("\u200fسامانه\u200e", "سامانه"),
        ("نامۀ", "نامه"),
        ("Señor ÉTÉ", "senor ete"),
        ("می\u00a0شود", "می شود"),
    ],
)
def test_spellings_fold_to_one_form(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("spelt", ["نظر سنجی", "نظرسنجی", "نظر‌سنجی", " نظر  سنجي "])
def test_spaced_joined_and_half_spaced_words_squeeze_to_one_form(spelt: str) -> None:
    assert squeeze(spelt) == "نظرسنجی"


def test_a_find_leads_back_to_its_original_words() -> None:
    original = "به   پيـگيري‌ درخواست\u200f شما"
    norm = normalise(original)
    start = norm.text.index("پیگیری")
    assert norm.quote(start, start + len("پیگیری درخواست")) == "پيـگيري‌ درخواست"


def test_a_ligature_leads_back_as_a_whole() -> None:
    norm = normalise("x ﷲ y")
    assert norm.text == "x الله y"
    assert norm.quote(2, 6) == "ﷲ"


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_folding_is_stable_and_spans_stay_inside(text: str) -> None:
    norm = normalise(text)
    assert fold(norm.text) == norm.text
    for position in range(len(norm.text)):
        start, end = norm.original_span(position, position + 1)
        assert 0 <= start < end <= len(text)
        assert norm.text[position] == " " or norm.text[position] in fold(text[start : end + 1])


def test_visible_text_keeps_its_letters() -> None:
    assert fold_spaces(" كد\n  رهگیری‌ها ") == "كد رهگیری‌ها"


def test_addresses_are_decoded_up_to_twice() -> None:
    assert decode_url("/%25D9%2585%25DB%258C%25D8%25B2") == "/میز"
    assert url_words("https://a.ir/about/OrgChart_fa-2.aspx?x=%D9%85%DB%8C%D8%B2") == "about org chart fa 2 aspx x میز"
