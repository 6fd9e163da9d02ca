"""Published quality and satisfaction results: rule kits."""

from tests.portals.catalogue import family
from tests.portals.draw import Draw
from tests.portals.rule.ground import start
from tests.portals.site import Site, Truth

TITLES = ("نتایج نظرسنجی", "نتایج سنجش رضایت مراجعان", "گزارش رضایت‌سنجی خدمات", "گزارش نظرسنجی از ارباب رجوع")


def _share(d: Draw) -> str:
    return f"{d.number(52, 93)}.{d.number(1, 9)} درصد"


@family("T03", "present")
def report_by_service(d: Draw) -> tuple[Site, Truth]:
    old, acted = d.yes(0.4), d.yes(0.6)
    rows = "".join(
        f"<tr><td>{m.title}</td><td>{d.number(60, 950)}</td><td>{_share(d)}</td></tr>" for m in d.body.matters
    )
    after = (
        "<h3>اقدامات اصلاحی</h3><p>بر پایه این نتایج، ساعت پاسخگویی افزایش یافت و یکی از مدارک از فهرست مدارک لازم حذف شد.</p>"
        if acted
        else ""
    )
    site, title = start(d), d.pick(*TITLES)
    site.page(
        "/results",
        title,
        f"<p>تاریخ گزارش: {d.date(20 if old else d.number(1, 9))}</p><table><tr><th>خدمت</th><th>تعداد پاسخ‌دهندگان</th><th>میزان رضایت</th></tr>{rows}</table>{after}",
        menu=title,
    )
    if acted and not old:
        return site, Truth(1.0, "dated within a year, per service, sample size, and what was changed")
    return site, Truth(0.75, "dated report with sample size, per service")


@family("T03", "present")
def whole_agency_paragraph(d: Draw) -> tuple[Site, Truth]:
    sample = d.yes()
    said = f" در این نظرسنجی {d.number(200, 3000)} نفر شرکت کردند." if sample else ""
    site, title = start(d), d.pick(*TITLES)
    site.page(
        "/results",
        title,
        f"<p>بر اساس نظرسنجی {d.date(d.number(2, 10))} از مراجعان سازمان، میزان رضایت از خدمات {_share(d)} و رضایت از برخورد کارکنان {_share(d)} بوده است.{said}</p>",
        menu=title,
    )
    return site, Truth(
        0.75 if sample else 0.5, "figures for the agency with a date" + (" and sample size" if sample else "")
    )


@family("T03", "present")
def list_of_indices(d: Draw) -> tuple[Site, Truth]:
    items = "".join(
        f"<li>{n}: {_share(d)}</li>"
        for n in ("سرعت انجام کار", "رفتار کارکنان", "شفافیت اطلاعات", "رضایت کلی از خدمات")
    )
    site, title = start(d), d.pick(*TITLES)
    site.page(
        "/natayej-nazarsanji",
        title,
        f"<h3>شاخص‌های رضایت {d.pick('سه ماهه دوم', 'نیمه اول')} سال 1405</h3><ul>{items}</ul>",
        footer=title,
    )
    return site, Truth(0.5, "figures for the agency with a period, no sample size")


@family("T03", "present")
def chart_only(d: Draw) -> tuple[Site, Truth]:
    site, title = start(d), d.pick(*TITLES)
    site.page(
        "/results",
        title,
        "<p>نمودار میزان رضایت مراجعان از خدمات سازمان در سال 1404</p><img src='/charts/rezayat-1404.png' alt='نمودار نتایج رضایت‌سنجی' width='800' height='500'>",
        menu=title,
    )
    return site, Truth(0.5, "results in a chart image only", 0.5)


@family("T03", "present", "en")
def english_report(d: Draw) -> tuple[Site, Truth]:
    acted = d.yes()
    rows = "".join(
        f"<tr><td>{m.en}</td><td>{d.number(80, 700)}</td><td>{d.number(60, 95)}%</td></tr>" for m in d.body.matters
    )
    after = (
        "<h3>What we changed</h3><p>Following these results we extended opening hours and dropped one required document.</p>"
        if acted
        else ""
    )
    site, title = start(d), d.pick("Customer satisfaction report", "Survey results", "Satisfaction survey results")
    site.page(
        "/results",
        title,
        f"<p>Published {d.date(d.number(1, 9))}</p><table><tr><th>Service</th><th>Respondents</th><th>Satisfied</th></tr>{rows}</table>{after}",
        menu=title,
    )
    return site, Truth(
        1.0 if acted else 0.75, "dated report per service with sample size" + (" and changes" if acted else "")
    )


@family("T03", "hard")
def the_form_itself(d: Draw) -> tuple[Site, Truth]:
    scale = "".join(
        f"<label><input type='radio' name='a'>{v}</label>" for v in ("خیلی زیاد", "زیاد", "متوسط", "کم", "خیلی کم")
    )
    site = start(d)
    site.page(
        "/survey",
        "نظرسنجی",
        f"<form action='/survey'><p>میزان رضایت شما از خدمات چقدر است؟</p>{scale}<button>ثبت نظر</button></form>",
        menu=d.pick("نظرسنجی", "فرم رضایت‌سنجی"),
    )
    return site, Truth(0, "the survey form")


@family("T03", "hard")
def claim_without_numbers(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/results",
        "نتایج نظرسنجی",
        "<p>بر اساس نظرسنجی انجام شده، مراجعان از خدمات سازمان رضایت بالایی دارند.</p>",
        menu="نتایج نظرسنجی",
    )
    return site, Truth(0.25, "a claim without numbers")


@family("T03", "hard")
def will_be_published(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/results",
        "نتایج نظرسنجی",
        "<p>نتایج نظرسنجی پس از جمع‌بندی در همین صفحه منتشر خواهد شد.</p>",
        menu=d.pick("نتایج نظرسنجی", "گزارش رضایت‌سنجی"),
    )
    return site, Truth(0, "results will be published")


@family("T03", "hard")
def ranking_news(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.news(
        "کسب رتبه دوم در رضایتمندی مردم در استان",
        f"به گزارش روابط عمومی، سازمان با میانگین نمره {d.number(70, 90)}.8 و رضایت {d.number(70, 90)} درصدی رتبه دوم را کسب کرد.",
    )
    return site, Truth(0, "ranking news", 0.25)


@family("T03", "hard")
def other_survey(d: Draw) -> tuple[Site, Truth]:
    title, text = d.pick(
        ("نتایج نظرسنجی رضایت شغلی کارکنان", "رضایت شغلی کارکنان"),
        ("نتایج نظرسنجی طراحی سایت", "ظاهر جدید سایت"),
        ("نتایج نظرسنجی انتخابات شوراها", "نامزدها"),
    )
    site = start(d)
    site.page(
        "/poll",
        title,
        f"<p>میزان رضایت از {text} {d.number(50, 80)} درصد و بی‌نظر {d.number(5, 15)} درصد بود. تعداد شرکت کنندگان {d.number(50, 300)} نفر، {d.date(3)}.</p>",
        menu=title,
    )
    return site, Truth(0, "results of another survey", 0.25)
