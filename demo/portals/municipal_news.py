"""The news of the municipality, made from parts: the same number always gives the same item."""

from dataclasses import dataclass

NEWS_COUNT = 260
_EVERY_DAYS = 5

_WORKS = (
    "آسفالت معابر",
    "بازپیرایی پارک",
    "لایه‌روبی جوی‌ها",
    "نورپردازی میدان",
    "ساماندهی دست‌فروشان",
    "کاشت نهال",
    "مرمت پیاده‌روها",
)
_PLACES = (
    "محله باغ‌نار",
    "شهرک نیلوفر",
    "بلوار رودکی",
    "کوی فرهنگیان",
    "میدان آبشار",
    "محله قدیم",
    "خیابان دانش",
    "پارک بانوان",
)
_SPEAKERS = ("شهردار نیلوفرشهر", "معاون عمران شهری", "رئیس شورای شهر", "مدیر منطقه یک", "رئیس سازمان فضای سبز")
_PATTERNS = (
    "{work} در {place} آغاز شد",
    "{speaker}: {work} در {place} با جدیت پیگیری می‌شود",
    "پیگیری مصوبات شورا درباره {work} {place}",
    "بازدید {speaker} از {work} در {place}",
    "{work} {place} به ۶۰ درصد رسید",
    "نشست پیگیری مطالبات ساکنان {place} برگزار شد",
)
_SPECIAL = {
    24: ("مهندس الهه سروری معاون خدمات شهری شهرداری شد", 120, "با حکم شهردار نیلوفرشهر، مهندس الهه سروری به جای مهندس جلال نیک‌پی به سمت معاون خدمات شهری منصوب شد. در آیین تودیع و معارفه از خدمات مهندس نیک‌پی قدردانی شد."),
    9: ("برپایی میز خدمت شهرداری در مصلای نیلوفرشهر", 45, "میز خدمت با حضور شهردار و معاونان در مصلای نماز جمعه برپا شد و به درخواست ۱۱۰ شهروند رسیدگی شد."),
    13: ("فرآیند اجاره غرفه‌های بازار روز اصلاح شد", 65, "رئیس سازمان بازارها گفت: فرآیند اجاره غرفه اصلاح و زمان آن کوتاه شده است."),
    30: ("کسب رتبه دوم استان در رضایتمندی شهروندان", 150, "در ارزیابی استانداری، شهرداری نیلوفرشهر رتبه دوم رضایتمندی را به دست آورد."),
}  # fmt: skip


@dataclass(frozen=True)
class NewsItem:
    """One item; `age` is days before today."""

    title: str
    body: str
    age: int


def news_item(number: int) -> NewsItem:
    """News item `number`, 1 is the newest."""
    work, place = _WORKS[number % len(_WORKS)], _PLACES[number * 3 % len(_PLACES)]
    speaker = _SPEAKERS[number * 7 % len(_SPEAKERS)]
    title = _PATTERNS[number * 5 % len(_PATTERNS)].format(work=work, place=place, speaker=speaker)
    age = number * _EVERY_DAYS
    text = f"{speaker} در این باره گفت: اعتبار {work} در {place} {number * 37 % 90 + 10} میلیارد ریال است. وی افزود: پیگیری مشکلات شهروندان در اولویت شهرداری است."
    if number in _SPECIAL:
        title, age, text = _SPECIAL[number]
    body = f"<p>به گزارش روابط عمومی شهرداری نیلوفرشهر، {text}</p><p>گفتنی است شهروندان می‌توانند اخبار تکمیلی را در همین درگاه دنبال کنند. انتهای پیام</p>"
    return NewsItem(title, body, age)
