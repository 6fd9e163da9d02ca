"""What the runner itself says in a finding: why nothing was judged, or why a check's answer was not taken."""

from collections.abc import Mapping

from config.vocabulary import Cause

NOT_APPLICABLE: Mapping[str, Mapping[str, str]] = {
    "no_public_services": {
        "fa": "این دستگاه بنا بر فهرست دستگاه‌ها خدمت عمومی ندارد.",
        "en": "The register says that this agency has no public services.",
    },
    "internal": {
        "fa": "این خدمت درون‌سازمانی است و سنجیده نمی‌شود.",
        "en": "This service is internal and is not judged.",
    },
    "stopped": {
        "fa": "ارائه این خدمت متوقف شده است.",
        "en": "This service has been stopped.",
    },
    "inherent": {
        "fa": "این خدمت ذاتاً غیرالکترونیکی است و این شاخص برای آن سنجیده نمی‌شود.",
        "en": "This service is inherently not electronic, so this indicator does not apply to it.",
    },
    "instant": {
        "fa": "این خدمت در همان لحظه ارائه می‌شود و این شاخص برای آن موضوعیت ندارد.",
        "en": "This service is delivered at once, so this indicator does not apply to it.",
    },
    "free": {
        "fa": "این خدمت رایگان است و این شاخص برای آن موضوعیت ندارد.",
        "en": "This service is free of charge, so this indicator does not apply to it.",
    },
    "no_identity": {
        "fa": "این خدمت نیازی به احراز هویت ندارد.",
        "en": "This service needs no proof of identity.",
    },
    "no_exchange": {
        "fa": "این خدمت به داده دستگاه دیگری نیاز ندارد.",
        "en": "This service needs no data of another agency.",
    },
}

NOT_JUDGED: Mapping[str, Mapping[str, str]] = {
    "not_measured": {
        "fa": "این شاخص هنوز سنجیده نمی‌شود؛ نه امتیاز می‌دهد و نه امتیاز کم می‌کند.",
        "en": "This indicator is not measured yet; it neither gives nor takes points.",
    },
    "no_services": {
        "fa": "برای این دستگاه خدمتی در فهرست خدمات ثبت نشده است.",
        "en": "The register names no service of this agency.",
    },
    "home_unreadable": {
        "fa": "صفحه نخست درگاه خوانده نشد: {why}.",
        "en": "The portal's home page could not be read: {why}.",
    },
    "absence_open": {
        "fa": "چیزی یافت نشد، اما بازدید کامل نبود ({why})؛ پس نبودن آن ثابت نشده است.",
        "en": "Nothing was found, but the visit was not complete ({why}), so its absence is not proven.",
    },
    "crash": {
        "fa": "ارزیابی این مورد با خطای داخلی نرم‌افزار روبه‌رو شد؛ این خطا به پای دستگاه نوشته نمی‌شود. ({detail})",
        "en": "Judging failed through a fault of this software, which does not count against the agency. ({detail})",
    },
}

CAUSES: Mapping[Cause, Mapping[str, str]] = {
    Cause.DNS: {"fa": "نام دامنه پیدا نشد", "en": "the host name was not found"},
    Cause.TLS: {"fa": "اتصال امن برقرار نشد", "en": "no secure connection could be made"},
    Cause.TIMEOUT: {"fa": "پاسخ به‌موقع نرسید", "en": "no answer came in time"},
    Cause.REFUSED: {"fa": "اتصال پذیرفته نشد", "en": "the connection was refused"},
    Cause.BLOCKED: {"fa": "دسترسی بسته شد", "en": "access was blocked"},
    Cause.CAPTCHA: {"fa": "پشت کد امنیتی است", "en": "it lies behind a captcha"},
    Cause.LOGIN: {"fa": "پشت صفحه ورود است", "en": "it lies behind a login"},
    Cause.ROBOTS: {"fa": "قواعد robots.txt اجازه نداد", "en": "robots.txt forbids it"},
    Cause.TOO_LARGE: {"fa": "حجم آن بیش از اندازه بود", "en": "it was too large"},
    Cause.REDIRECT_LOOP: {"fa": "در چرخه هدایت افتاد", "en": "it redirects in a loop"},
    Cause.HTTP_ERROR: {"fa": "کارساز خطا داد", "en": "the server answered with an error"},
    Cause.CRASH: {"fa": "خطای داخلی نرم‌افزار", "en": "a fault of this software"},
    Cause.BUDGET: {"fa": "سقف بازدید به پایان رسید", "en": "the visit's budget was used up"},
    Cause.MISSING_ARTEFACT: {"fa": "داده لازم گردآوری نشد", "en": "the data for it was not gathered"},
    Cause.NEEDS_DECLARATION: {"fa": "به اظهار دستگاه نیاز دارد", "en": "it needs the agency's declaration"},
}
