"""Words of the report in Persian and English, and how numbers and dates are written in each."""

from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from typing import Literal

from persiantools import digits
from persiantools.jdatetime import JalaliDateTime

Language = Literal["fa", "en"]
TEHRAN = timezone(timedelta(hours=3, minutes=30), "Tehran")

WORDS: dict[str, dict[Language, str]] = {
    "round": {"fa": "دور ارزیابی", "en": "Evaluation round"},
    "ranking": {"fa": "رتبه‌بندی دستگاه‌ها", "en": "Ranking of agencies"},
    "rank": {"fa": "رتبه", "en": "Rank"},
    "agency": {"fa": "دستگاه", "en": "Agency"},
    "score": {"fa": "امتیاز", "en": "Score"},
    "bounds": {"fa": "بازهٔ ممکن", "en": "Possible range"},
    "coverage": {"fa": "پوشش مشاهده", "en": "Coverage"},
    "priority": {"fa": "اولویت", "en": "Priority"},
    "indicator": {"fa": "شاخص", "en": "Indicator"},
    "weight": {"fa": "وزن", "en": "Weight"},
    "not_ranked": {"fa": "رتبه‌بندی نشده: مشاهده کافی نیست", "en": "Not ranked: seen too little"},
    "not_ranked_short": {"fa": "رتبه ندارد", "en": "not ranked"},
    "all_agencies": {"fa": "همهٔ دستگاه‌ها", "en": "All agencies"},
    "heat_map": {"fa": "نمای شاخص‌ها", "en": "Indicators at a glance"},
    "heat_map_help": {
        "fa": "هر خانه مقدار یک شاخص برای یک دستگاه است؛ «؟» یعنی دیده نشد و «–» یعنی موضوعیت ندارد.",
        "en": "Each cell is one indicator of one agency; “?” was not seen, “–” does not apply.",
    },
    "method": {"fa": "روش", "en": "Method"},
    "method_text": {
        "fa": "امتیاز هر اولویت میانگین وزنی شاخص‌های آن است و امتیاز کل میانگین وزنی اولویت‌ها. آنچه دیده نشد صفر "
        "نمی‌شود: از امتیاز کنار می‌ماند، پوشش را کم می‌کند و بازهٔ ممکن را پهن‌تر می‌کند.",
        "en": "A priority is the weighted mean of its indicators, the score the weighted mean of the priorities. What "
        "was not seen is never zero: it stays out of the score, lowers coverage and widens the possible range.",
    },
    "tie_style": {"fa": "شیوهٔ رتبه‌های برابر", "en": "Tie style"},
    "dense": {"fa": "فشرده (۱، ۱، ۲)", "en": "dense (1, 1, 2)"},
    "competition": {"fa": "مسابقه‌ای (۱، ۱، ۳)", "en": "competition (1, 1, 3)"},
    "positional": {"fa": "جایگاهی (۱، ۲، ۳)", "en": "positional (1, 2, 3)"},
    "findings": {"fa": "یافته‌ها", "en": "Findings"},
    "level": {"fa": "سطح", "en": "Level"},
    "service": {"fa": "خدمت", "en": "Service"},
    "unknown": {"fa": "نامعلوم", "en": "Unknown"},
    "na": {"fa": "موضوعیت ندارد", "en": "Not applicable"},
    "conflict": {"fa": "ناسازگار", "en": "Conflict"},
    "ceiling": {"fa": "تا سقف", "en": "could reach"},
    "confidence": {"fa": "اطمینان", "en": "Confidence"},
    "evidence": {"fa": "شواهد", "en": "Evidence"},
    "no_evidence": {"fa": "شاهدی ثبت نشده است.", "en": "No evidence is recorded."},
    "no_screenshot": {"fa": "تصویر این شاهد هنوز گرفته نشده است.", "en": "The screenshot has not been taken yet."},
    "screenshot_of": {"fa": "تصویر صفحه با عنصر مشخص‌شده", "en": "Screenshot with the element outlined"},
    "live_page": {"fa": "نشانی صفحه در درگاه", "en": "Page on the live portal"},
    "fetched_at": {"fa": "زمان مشاهده", "en": "Seen at"},
    "digest": {"fa": "چکیدهٔ رقمی", "en": "Digest"},
    "http_status": {"fa": "پاسخ", "en": "HTTP status"},
    "click_path": {"fa": "مسیر از صفحهٔ نخست", "en": "Path from the home page"},
    "home_page": {"fa": "صفحهٔ نخست", "en": "Home page"},
    "quote": {"fa": "متن", "en": "Quote"},
    "rubric": {"fa": "معیار سطح‌ها", "en": "What each level means"},
    "portal": {"fa": "درگاه", "en": "Portal"},
    "back": {"fa": "بازگشت به رتبه‌بندی", "en": "Back to the ranking"},
    "other_language": {"fa": "English", "en": "فارسی"},
    "made_at": {"fa": "زمان تهیه", "en": "Made at"},
    "visited_at": {"fa": "زمان بازدید", "en": "Visited at"},
    "no_agencies": {
        "fa": "در این دور هنوز هیچ دستگاهی دیده نشده است.",
        "en": "No agency has been visited in this round yet.",
    },
    "decided_by": {"fa": "داوری", "en": "Decided by"},
    "auto": {"fa": "خودکار", "en": "automatic"},
    "evaluator": {"fa": "ارزیاب", "en": "evaluator"},
    "declaration": {"fa": "خوداظهاری", "en": "declaration"},
    "skip": {"fa": "پرش به محتوای اصلی", "en": "Skip to main content"},
    "not_measured": {"fa": "هنوز سنجیده نمی‌شود", "en": "not measured yet"},
    "register_start": {"fa": "نشانی ثبت‌شده در فهرست", "en": "address given in the register"},
    "sitemap_start": {"fa": "نقشهٔ سایت", "en": "site map"},
}

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


def word(key: str, language: Language) -> str:
    """A word of the report. Raises KeyError for an unknown key."""
    return WORDS[key][language]


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
