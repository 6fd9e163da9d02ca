"""Steps in running text."""

import pytest

from checks.transparent.inline_steps import count_of, inline_steps, step_of


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("۱- ثبت درخواست ۲- بازدید از محل ۳- صدور پروانه", ["ثبت درخواست", "بازدید از محل", "صدور پروانه"]),
        ("1. Apply online. 2. Pay 20 dollars. 3. Collect it.", ["Apply online", "Pay 20 dollars", "Collect it"]),
        ("ثبت درخواست ← بررسی مدارک ← صدور", ["ثبت درخواست", "بررسی مدارک", "صدور"]),
        ("Apply → review → issue", ["Apply", "review", "issue"]),
        ("گام اول: ثبت نام گام دوم: پرداخت گام سوم: دریافت", ["ثبت نام", "پرداخت", "دریافت"]),
    ],
)  # fmt: skip
def test_counted_marked_and_joined_steps_are_read(text: str, steps: list[str]) -> None:
    assert [step.text for step in inline_steps(text)] == steps


@pytest.mark.parametrize(
    "text",
    [
        "",
        "متقاضی باید فرم را تکمیل کند و به شعبه برود.",
        "۱- ثبت درخواست ۲- صدور",
        "۱- ........ ۲- ........ ۳- ........",
        "در سال ۱۴۰۲، ۳ پروانه و ۵ مجوز صادر شد.",
        "ثبت درخواست، بررسی مدارک، صدور پروانه",
    ],
)
def test_prose_blanks_and_too_few_are_no_steps(text: str) -> None:
    assert inline_steps(text) == ()


def test_a_text_alternative_may_join_its_steps_by_commas() -> None:
    steps = inline_steps("نمودار فرآیند: ثبت درخواست، بررسی (کارشناس، ۳ روز)، صدور پروانه", commas=True)
    assert [step.text for step in steps] == ["ثبت درخواست", "بررسی (کارشناس، ۳ روز)", "صدور پروانه"]
    assert [step.duration for step in steps] == ["", "۳ روز", ""]


def test_an_image_name_is_no_enumeration() -> None:
    assert inline_steps("نمودار فرآیند، خدمت", commas=True) == ()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("۳ صدور برگه", 3),
        ("3. Issue", 3),
        ("(۲) بازدید", 2),
        ("۱۰ روز کاری", 10),
        ("صدور برگه", None),
        ("12345 صدور", None),
    ],
)
def test_the_count_that_a_text_begins_with(text: str, count: int | None) -> None:
    assert count_of(text) == count


def test_a_counted_text_is_a_step_with_its_actor_and_time() -> None:
    step = step_of("2 بازدید از ملک — مالک (۳ روز)")
    assert (step.text, step.duration, step.unit) == ("بازدید از ملک — مالک (۳ روز)", "۳ روز", "مالک")
