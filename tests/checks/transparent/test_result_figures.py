"""Shares, scores and numbers of answers, as reports on surveys write them."""

import pytest

from checks.transparent.result_figures import respondents_in, shares_in


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("۸۴٫۵ درصد راضی و ۱۵٫۵ درصد ناراضی", ["84.5 درصد", "15.5 درصد"]),
        ("8/74 درصد", ["8/74 درصد"]),
        ("رضایت ٪۸۴", ["٪84"]),
        ("میانگین رضایت ۴٫۲ از ۵", ["4.2 از 5"]),
        ("Average score 4.2 out of 5", ["4.2 out of 5"]),
        ("ميانگين نمره 76.82", ["76.82"]),
        ("در تاریخ 1404/05/10 برگزار شد", []),
        ("ظرف ۱۵ روز پاسخ داده می‌شود", []),
    ],
)
def test_shares(text: str, shares: list[str]) -> None:
    assert shares_in(text) == shares


@pytest.mark.parametrize(
    "text",
    [
        "از ۲٬۴۱۶ نفر پاسخ‌دهنده",
        "تعداد پاسخ‌دهندگان: ۸۴۳ نفر",
        "حجم نمونه برابر با ۱۲۰۰ نفر",
        "با مشارکت ۸۴۳ نفر از مراجعان",
        "به ۲٬۴۱۶ پاسخ ثبت‌شده",
        "843 people answered",
        "sample size: 1,204",
        "812 responses",
    ],
)
def test_numbers_of_answers(text: str) -> None:
    assert respondents_in(text)


@pytest.mark.parametrize(
    "text", ["۸۴ درصد پاسخ‌دهندگان راضی بودند", "ظرف ۱۵ روز پاسخ داده می‌شود", "84% of respondents", "۳ پاسخ"]
)
def test_shares_and_times_are_no_number_of_answers(text: str) -> None:
    assert respondents_in(text) == ""
