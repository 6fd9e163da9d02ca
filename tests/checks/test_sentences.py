"""The sentences of a finding in both languages."""

import pytest

from checks.sentences import WordingError, persian_number, sentences

_MESSAGES = {"found": {"fa": "{count} مورد: {said}", "en": "{count} found: {said}"}}


@pytest.mark.parametrize(("value", "written"), [(12, "۱۲"), (0.75, "۰٫۷۵"), (1.0, "۱"), (-3, "-۳")])
def test_numbers_are_written_in_persian_digits(value: float, written: str) -> None:
    assert persian_number(value) == written


@pytest.mark.parametrize(
    ("said", "fa"),
    [
        ("مهلت 15 روز", "مهلت ۱۵ روز"),
        ("https://agency.example/page/12", "https://agency.example/page/12"),
        ("info12@agency.example", "info12@agency.example"),
        ("COVID19 در 1404", "COVID19 در ۱۴۰۴"),
        ("", ""),
    ],
)
def test_digits_of_quotes_are_persian_but_not_in_addresses(said: str, fa: str) -> None:
    text_fa, text_en = sentences(_MESSAGES, "found", {"count": 1, "said": said})
    assert text_fa == f"۱ مورد: {fa}"
    assert text_en == f"1 found: {said}"


def test_braces_in_a_quote_are_only_text() -> None:
    assert sentences(_MESSAGES, "found", {"count": 1, "said": "{ArticleID}"})[1] == "1 found: {ArticleID}"


@pytest.mark.parametrize(("key", "data"), [("other", {}), ("found", {"count": 1})])
def test_a_sentence_that_cannot_be_written_is_an_error(key: str, data: dict[str, int]) -> None:
    with pytest.raises(WordingError):
        sentences(_MESSAGES, key, data)
