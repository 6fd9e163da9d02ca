"""Published quality and satisfaction results: held-back kits."""

from tests.portals.catalogue import family
from tests.portals.draw import Draw
from tests.portals.held.ground import start
from tests.portals.site import Site, Truth

NAMES = ("رضایت مردم از خدمات ما", "تحلیل نظرسنجی خدمات", "یافته‌های رضایت‌سنجی", "نتیجه نظرسنجی از خدمت‌گیرندگان")


def _per(d: Draw) -> str:
    return f"{d.number(55, 94)}٪" if d.yes() else f"{d.number(55, 94)} درصد"


@family("T03", "present")
def cards_by_service(d: Draw) -> tuple[Site, Truth]:
    months, acted = d.pick(2, 5, 9, 16, 26), d.yes(0.6)
    cards = "".join(
        f"<div class='stat'><h4>{m.title}</h4><div>رضایت: {_per(d)}</div><div>شرکت‌کنندگان: {d.number(40, 800)} نفر</div></div>"
        for m in d.body.matters
    )
    change = (
        f"<section><h4>{d.pick('چه چیزی را تغییر دادیم؟', 'اصلاحات انجام شده')}</h4><p>پس از این نظرسنجی زمان پاسخ از ده روز به شش روز کاهش یافت و نوبت‌دهی اینترنتی راه افتاد.</p></section>"
        if acted
        else ""
    )
    site, name = start(d), d.pick(*NAMES)
    site.page(
        "/rezayat",
        name,
        f"<div class='date'>{d.pick('تاریخ انتشار گزارش', 'تاریخ تهیه گزارش')}: {d.date(months)}</div>{cards}{change}",
        menu=name,
    )
    return site, Truth(
        1.0 if acted and months < 12 else 0.75,
        f"per service with sample size, {months} months old, changes named: {acted}",
    )


@family("T03", "present")
def questions_with_bars(d: Draw) -> tuple[Site, Truth]:
    n = d.number(150, 2500)
    sample = d.yes()
    bars = "".join(
        f"<div class='q'>{q}<div class='progress'><div class='progress-bar' style='width:60%'>{_per(d)}</div></div></div>"
        for q in ("رضایت کلی از دریافت خدمت", "رضایت از سرعت", "رضایت از پاسخگویی")
    )
    site, name = start(d), d.pick(*NAMES)
    site.page(
        "/survey-result",
        name,
        f"<p>دوره: {d.pick('بهار', 'تابستان')} 1405{f'، حجم نمونه {n} نفر' if sample else ''}</p>{bars}",
        menu=name,
    )
    return site, Truth(
        0.75 if sample else 0.5, "dated figures of the agency's services" + (" with sample size" if sample else "")
    )


@family("T03", "present")
def yearly_comparison(d: Draw) -> tuple[Site, Truth]:
    rows = "".join(
        f"<tr><td>{y}</td><td>{d.number(60, 90)}.{d.number(1, 9)}</td><td>{d.number(300, 4000)}</td></tr>"
        for y in (1403, 1404, 1405)
    )
    site, name = start(d), d.pick("شاخص رضایت مراجعان", "روند رضایت‌مندی خدمت‌گیرندگان")
    site.page(
        "/index-rezayat",
        name,
        f"<table><thead><tr><th>سال</th><th>میانگین نمره رضایت از خدمات (از 100)</th><th>تعداد پاسخ</th></tr></thead><tbody>{rows}</tbody></table>",
        menu=name,
    )
    return site, Truth(0.75, "scores by year with response counts")


@family("T03", "present", "en")
def english_summary(d: Draw) -> tuple[Site, Truth]:
    sample = d.yes()
    site, name = start(d), d.pick("How satisfied are our users?", "User satisfaction results")
    site.page(
        "/satisfaction",
        name,
        f"<p>In our {d.pick('March', 'June')} 2026 survey, {d.number(70, 92)}% of users were satisfied with our services and {d.number(50, 80)}% said the service was fast.{f' {d.number(300, 2000)} people responded.' if sample else ''}</p>",
        menu=name,
    )
    return site, Truth(0.75 if sample else 0.5, "dated figures" + (" with responses" if sample else ""))


@family("T03", "hard")
def questionnaire_dimensions(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/dims",
        "محورهای سنجش رضایت",
        "<ul><li>شفافیت فرآیند</li><li>زمان فرآیند</li><li>پاسخگویی</li><li>برخورد کارکنان</li></ul><p>سنجش در پنج سطح خیلی زیاد، زیاد، متوسط، کم و خیلی کم انجام می‌شود.</p>",
        menu=d.pick("سنجش رضایت", "محورهای سنجش"),
    )
    return site, Truth(0, "dimensions of the questionnaire without numbers")


@family("T03", "hard")
def stars(d: Draw) -> tuple[Site, Truth]:
    site = start(d, f"<div class='rating'>امتیاز این صفحه: {d.number(2, 4)}.5 از 5 ({d.number(3, 40)} رأی)</div>")
    return site, Truth(0, "rating widget of a page", 0.25)


@family("T03", "hard")
def promised(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/r",
        "نتایج نظرسنجی",
        "<p>در حال حاضر نتیجه‌ای برای نمایش وجود ندارد. گزارش نظرسنجی به زودی بارگذاری می‌شود.</p>",
        menu="نتایج نظرسنجی‌ها",
    )
    return site, Truth(0, "nothing yet")


@family("T03", "hard")
def manager_says(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.news(
        "رضایت مردم بالاترین سرمایه ماست",
        "مدیرعامل اظهار داشت: مردم از خدمات سازمان رضایت بالایی دارند و این رضایت باید افزایش یابد.",
    )
    site.news(
        "رضایت 92 درصدی زائران از خدمات",
        "به گزارش خبرگزاری، 92 درصد زائران در نظرسنجی ایسپا از خدمات موکب‌ها راضی بودند.",
    )
    return site, Truth(0, "opinion of a manager and a poll of others", 0.25)
