"""Words of the report in Persian and English."""

from config.wording import Language

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


def word(key: str, language: Language) -> str:
    """A word of the report. Raises KeyError for an unknown key."""
    return WORDS[key][language]
