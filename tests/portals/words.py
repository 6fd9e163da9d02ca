"""Names that portals are filled with. Rule kits and held-back kits draw from different halves."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Matter:
    """One service of an agency: its title, who asks, what is handed over, and the unit that answers."""

    title: str
    en: str
    about: str
    about_en: str
    papers: tuple[str, ...]
    papers_en: tuple[str, ...]
    unit: str
    unit_en: str
    code: str


@dataclass(frozen=True)
class Body:
    """One agency with the matters it is in charge of."""

    name: str
    en: str
    matters: tuple[Matter, ...]


def bodies(split: str) -> tuple[Body, ...]:
    """The agencies of the rule kits or of the held-back kits."""
    rows = tomllib.loads((Path(__file__).parent / "bodies.toml").read_text(encoding="utf-8"))["body"]
    return tuple(
        Body(row["name"], row["en"], tuple(_matter(one) for one in row["matters"]))
        for row in rows
        if row["split"] == split
    )


def _matter(row: dict[str, Any]) -> Matter:
    return Matter(**{**row, "papers": tuple(row["papers"]), "papers_en": tuple(row["papers_en"])})


FIRST = (
    "علی",
    "محمدرضا",
    "حسین",
    "زهرا",
    "مریم",
    "سعید",
    "فاطمه",
    "امیر",
    "نرگس",
    "بهروز",
    "کاوه",
    "لیلا",
    "پرویز",
    "شهلا",
    "مجتبی",
    "رضا",
    "الهام",
    "غلامرضا",
    "سید محسن",
    "اعظم",
)
LAST = (
    "رستمی",
    "کریم‌پور",
    "موسوی",
    "جعفری",
    "نیک‌نام",
    "حیدری‌فر",
    "صادقی",
    "یوسف‌زاده",
    "امینی",
    "خسروی",
    "بهرامیان",
    "طاهری",
    "دهقان",
    "شریفی‌نیا",
    "گودرزی",
    "قنبری",
    "پاکدل",
    "زمانی",
    "ملک‌محمدی",
    "عباسیان",
)
FIRST_EN = (
    "Ali",
    "Maryam",
    "Hossein",
    "Sara",
    "Behrouz",
    "Narges",
    "Reza",
    "Leila",
    "Kaveh",
    "Fatemeh",
    "David",
    "Anna",
)
LAST_EN = (
    "Rostami",
    "Karimpour",
    "Mousavi",
    "Jafari",
    "Niknam",
    "Heidari",
    "Sadeghi",
    "Amini",
    "Khosravi",
    "Taheri",
    "Dehghan",
    "Sharifi",
)
MONTHS = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")
MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

NEWS = (
    (
        "برگزاری جلسه شورای هماهنگی مدیران",
        "به گزارش روابط عمومی، جلسه شورای هماهنگی با حضور مدیران برگزار شد و درباره برنامه‌های نیمه دوم سال گفت‌وگو شد.",
    ),
    (
        "بازدید معاون از طرح‌های شهرستان",
        "وی در این بازدید گفت: پیشرفت طرح‌ها خوب است و مشکلات باقی‌مانده با جدیت پیگیری می‌شود.",
    ),
    ("اطلاعیه تغییر ساعت کار ادارات در تابستان", "ساعت کار ادارات تا پایان شهریور از 6 تا 13 خواهد بود."),
    ("دیدار مردمی با خانواده شهدا", "مدیران سازمان به مناسبت هفته دفاع مقدس با خانواده شهدا دیدار کردند."),
    ("آغاز مرحله دوم آموزش کارکنان", "دوره‌های آموزشی ضمن خدمت از ابتدای هفته آغاز شد و تا پایان ماه ادامه دارد."),
    ("کسب رتبه برتر در جشنواره شهید رجایی", "سازمان در ارزیابی عملکرد سالانه موفق به کسب رتبه برتر شد."),
)
NEWS_EN = (
    (
        "Coordination council met this week",
        "According to the public relations office, the council discussed plans for the second half of the year.",
    ),
    ("Deputy visits projects in the county", "He said that the remaining problems would be followed up."),
    ("Summer office hours announced", "Offices open from 6 to 13 until the end of summer."),
    (
        "Second phase of staff training begins",
        "The courses started on Saturday and will go on until the end of the month.",
    ),
)
