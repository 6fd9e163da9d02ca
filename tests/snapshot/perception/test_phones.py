"""Telephone numbers and e-mail addresses, and what only looks like one."""

import pytest

from snapshot.perception.models import Phone
from snapshot.perception.phones import emails_in, phones_in


def numbers(text: str, *, bare: bool = False) -> list[tuple[str, str, str]]:
    return [(phone.number, phone.kind, phone.extension) for phone in phones_in(text, bare=bare)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("تلفن: ۰۲۱-۸۸۱۱۲۲۳۳", "02188112233"),
        ("تلفن: (۰۲۱) ۸۸ ۱۱ ۲۲ ۳۳", "02188112233"),
        ("تلفن ٠٢١٨٨١١٢٢٣٣", "02188112233"),
        ("Tel: +98 21 8811 2233", "02188112233"),
        ("تلفن: 0098-21-88112233", "02188112233"),
        ("Tel: +982188112233", "02188112233"),
        ("Tel: 00982188112233", "02188112233"),
        ("تلفن: ۳۱-۳۷۲۵۴۴۰۰-۰", ""),
    ],
)
def test_a_number_is_read_however_it_is_written(text: str, number: str) -> None:
    assert [phone.number for phone in phones_in(text) if phone.kind == "landline"][:1] == ([number] if number else [])


def test_an_extension_goes_with_its_number() -> None:
    assert numbers("تلفن: ۰۲۱-۸۸۱۱۲۲۳۳ داخلی ۲۱۴") == [("02188112233", "landline", "214")]


def test_a_lone_extension_has_no_number() -> None:
    assert numbers("داخلی: ۲۱۴") == [("", "landline", "214")]


def test_fax_mobile_and_national_lines_are_told_apart() -> None:
    assert numbers("نمابر: ۰۲۱-۸۸۱۱۲۲۳۴") == [("02188112234", "fax", "")]
    assert numbers("همراه: ۰۹۱۲۱۲۳۴۵۶۷")[0][1] == "mobile"
    assert numbers("سامانه ۱۱۱")[0][1] == "short"


@pytest.mark.parametrize(
    "text",
    [
        "کد ملی: ۰۰۱۲۳۴۵۶۷۸",
        "کد پستی: ۱۹۳۹۵-۴۶۹۷",
        "شناسه خدمت: ۱۷۰۴۱۳۲۵۱۰۴",
        "شماره حساب: IR120170000000332288774001",
        "شماره کارت: ۶۰۳۷-۹۹۱۱-۱۱۱۱-۲۲۲۲",
        "تاریخ: ۱۴۰۵/۰۵/۱۵",
    ],
)
def test_ids_accounts_and_dates_are_no_telephones(text: str) -> None:
    assert [phone for phone in phones_in(text) if phone.kind == "landline"] == []


def test_a_cell_of_a_phone_column_needs_no_word_but_an_id_stays_an_id() -> None:
    assert numbers("88112233", bare=True) == [("88112233", "landline", "")]
    assert phones_in("0012345678", bare=True) == ()


def test_the_same_number_twice_is_one() -> None:
    assert phones_in("تلفن: 021-88112233، تلفن: 021-88112233") == (Phone("02188112233", "landline", ""),)


def test_addresses_spelt_to_hide_are_put_right_and_pictures_are_none() -> None:
    assert emails_in("Info@Agency.ir, head [at] agency [dot] ir") == ("info@agency.ir", "head@agency.ir")
    assert emails_in("logo@2x.png") == ()
