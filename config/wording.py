"""How numbers, shares, times and causes are written for people, in Persian and in English."""

from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from typing import Literal

from persiantools import digits
from persiantools.jdatetime import JalaliDateTime

Language = Literal["fa", "en"]
TEHRAN = timezone(timedelta(hours=3, minutes=30), "Tehran")

CAUSES: dict[str, dict[Language, str]] = {
    "dns": {"fa": "نام دامنه یافت نشد", "en": "the host name was not found"},
    "tls": {"fa": "ارتباط امن برقرار نشد", "en": "no secure connection could be made"},
    "timeout": {"fa": "درگاه در زمان مقرر پاسخ نداد", "en": "no answer in time"},
    "refused": {"fa": "ارتباط پذیرفته نشد", "en": "the connection was refused"},
    "blocked": {"fa": "درگاه جلوی بازدید را گرفت", "en": "the portal blocked the visit"},
    "captcha": {"fa": "پشت کد امنیتی است", "en": "it lies behind a captcha"},
    "login": {"fa": "پشت ورود به سامانه است", "en": "it lies behind a login"},
    "robots": {"fa": "robots.txt اجازه نداد", "en": "robots.txt forbade it"},
    "too_large": {"fa": "صفحه بزرگ‌تر از اندازهٔ مجاز است", "en": "the page is too large"},
    "redirect_loop": {"fa": "تغییر مسیر بی‌پایان", "en": "endless redirects"},
    "http_error": {"fa": "پاسخ خطا", "en": "an HTTP error"},
    "crash": {"fa": "خطا در ابزار ارزیابی", "en": "a fault of the tool"},
    "budget": {"fa": "بودجهٔ بازدید پیش از آن پایان یافت", "en": "the visit's budget ended before it"},
    "missing_artefact": {"fa": "داده‌ای برای داوری نیست", "en": "there is nothing to judge it by"},
    "needs_declaration": {"fa": "نیازمند خوداظهاری یا ارزیاب", "en": "needs a declaration or an evaluator"},
}


def cause_text(cause: str, language: Language) -> str:
    """A cause in words."""
    return CAUSES[cause][language]


def number(value: Fraction | float | int | str, language: Language) -> str:
    """A number in the digits and with the decimal mark of the language; a string is taken as already formatted."""
    text = value if isinstance(value, str) else f"{float(value):g}"
    return str(digits.en_to_fa(text.replace(".", "٫"))) if language == "fa" else text


def percent(share: Fraction | float, language: Language) -> str:
    """A share (0 to 1) as whole per cent."""
    text = f"{round(float(share) * 100)}"
    return f"{number(text, 'fa')}٪" if language == "fa" else f"{text}%"


def moment(at: datetime, language: Language) -> str:
    """An aware time for a reader: Jalali in Tehran time, or Gregorian in UTC."""
    if language == "fa":
        local = at.astimezone(TEHRAN)
        shown = JalaliDateTime(local).strftime("%Y/%m/%d %H:%M")  # type: ignore[no-untyped-call]
        return str(digits.en_to_fa(shown))
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
