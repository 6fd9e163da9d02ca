"""Up-to-date organisation structure: rule kits."""

from tests.portals.catalogue import family
from tests.portals.draw import Draw
from tests.portals.rule.ground import start
from tests.portals.site import Site, Truth

TITLES = ("نمودار سازمانی", "چارت سازمانی", "ساختار سازمانی", "ساختار و تشکیلات")
MORE = (
    "معاونت توسعه مدیریت و منابع",
    "دفتر حقوقی",
    "اداره کل امور مالی",
    "مرکز فناوری اطلاعات",
    "دفتر روابط عمومی",
    "اداره حراست",
    "دفتر بازرسی",
    "گروه آموزش",
)


def _units(d: Draw) -> list[str]:
    return [m.unit for m in d.body.matters] + d.some(MORE, 6)


def _stamp(d: Draw, months: int | None) -> str:
    return "" if months is None else f"<p>{d.pick('آخرین بروزرسانی', 'تاریخ بروزرسانی')}: {d.date(months)}</p>"


@family("T04", "present")
def tree_of_lists(d: Draw) -> tuple[Site, Truth]:
    months = d.pick(None, 3, 8, 18, 30)
    units = _units(d)
    half = len(units) // 2
    tree = (
        f"<ul><li>{d.pick('رئیس سازمان', 'حوزه ریاست')}<ul>"
        + "".join(f"<li>{u}</li>" for u in units[:half])
        + "<li>معاونت پشتیبانی<ul>"
        + "".join(f"<li>{u}</li>" for u in units[half:])
        + "</ul></li></ul></li></ul>"
    )
    site, title = start(d), d.pick(*TITLES)
    site.page("/chart", title, tree + _stamp(d, months), menu=title)
    if months is None or months >= 24:
        return site, Truth(0.5, "readable chart, no date or older than two years")
    return site, Truth(0.75, "readable chart dated within two years, units without links")


@family("T04", "present")
def linked_units(d: Draw) -> tuple[Site, Truth]:
    months = d.pick(None, 2, 9, 20)
    site, title, items = start(d), d.pick(*TITLES), ""
    for i, unit in enumerate(_units(d)):
        url = f"/unit/{i + 1}"
        site.page(
            url,
            unit,
            f"<h3>شرح وظایف</h3><ul><li>برنامه‌ریزی و اجرای امور {unit}</li><li>پاسخگویی به مراجعان</li><li>تهیه گزارش‌های دوره‌ای</li></ul>",
        )
        items += f"<li><a href='{url}'>{unit}</a></li>"
    site.page("/chart", title, f"<p>رئیس سازمان</p><ul>{items}</ul>{_stamp(d, months)}", menu=title)
    if months is not None and months < 12:
        return site, Truth(1.0, "readable, dated within a year, each unit linked to its duties")
    return site, Truth(0.75, "units linked to their pages; no date within a year")


@family("T04", "present")
def picture_of_chart(d: Draw) -> tuple[Site, Truth]:
    site, title = start(d), d.pick(*TITLES)
    site.page(
        "/chart",
        title,
        f"<img src='/images/chart.jpg' alt='{d.pick(title, '')}' width='1100' height='800'>{_stamp(d, d.pick(None, 5, 40))}",
        menu=title,
    )
    return site, Truth(0.5, "image without text alternative", 0.5)


@family("T04", "present")
def table_with_approval(d: Draw) -> tuple[Site, Truth]:
    duties = d.yes()
    approval = f"<p>ساختار سازمانی مصوب شماره {d.number(10000, 99999)} مورخ {d.date(d.number(6, 40))} سازمان اداری و استخدامی کشور</p>"
    rows = "".join(
        f"<tr><td>{i}</td><td>{u}</td>{f'<td>انجام امور {u} و نظارت بر آن</td>' if duties else ''}</tr>"
        for i, u in enumerate(_units(d), 1)
    )
    site, title = start(d), d.pick(*TITLES)
    site.page(
        "/chart",
        title,
        f"{approval}<table><tr><th>ردیف</th><th>واحد</th>{'<th>شرح وظایف</th>' if duties else ''}</tr>{rows}</table>",
        menu=title,
    )
    if duties:
        return site, Truth(1.0, "readable, approval number and date, duties beside each unit")
    return site, Truth(0.75, "readable, approval number and date; units without duties or managers")


@family("T04", "present", "en")
def english_units(d: Draw) -> tuple[Site, Truth]:
    months = d.pick(None, 4, 15, 30)
    units = [m.unit_en for m in d.body.matters] + [
        "Office of the President",
        "Finance Department",
        "Public Relations Office",
        "Legal Office",
        "Information Technology Centre",
        "Inspection Office",
    ]
    site, title = start(d), d.pick("Organization Chart", "Organisational structure")
    stamp = f"<p>Last updated: {d.date(months)}</p>" if months is not None else ""
    site.page("/chart", title, f"<ul>{''.join(f'<li>{u}</li>' for u in units)}</ul>{stamp}", menu=title)
    return site, Truth(
        0.75 if months is not None and months < 24 else 0.5, f"full list of units, date months ago: {months}"
    )


@family("T04", "hard")
def definition(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/chart",
        "چارت سازمانی",
        "<p>چارت سازمانی یک نمودار سلسله مراتبی است که روابط میان بخش‌های یک سازمان را نشان می‌دهد. انواع آن وظیفه‌ای، بخشی و ماتریسی است.</p>",
        menu=d.pick("چارت سازمانی", "نمودار سازمانی"),
    )
    return site, Truth(0, "what a chart is")


@family("T04", "hard")
def news_of_structure(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.news(
        "ساختار جدید سازمان به تصویب رسید",
        "بر این اساس معاونت فنی، دفتر حقوقی و اداره کل امور مالی در ساختار جدید پیش‌بینی شده است.",
    )
    return site, Truth(0, "news of a new structure")


@family("T04", "hard")
def committee_chart(d: Draw) -> tuple[Site, Truth]:
    title = d.pick("ساختار کمیته امنیت اطلاعات", "چارت پروژه تحول دیجیتال", "ساختار کمیته بحران")
    site = start(d)
    site.page(
        "/committee",
        title,
        "<ul><li>رئیس کمیته</li><li>دبیر کمیته</li><li>گروه فنی</li><li>گروه آموزش</li><li>گروه پشتیبانی</li><li>گروه اطلاع‌رسانی</li></ul>",
        menu=title,
    )
    return site, Truth(0, "structure of a committee or project")


@family("T04", "hard")
def site_map(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/sitemap",
        "نقشه سایت",
        "<ul><li><a href='/'>صفحه اصلی</a></li><li>درباره ما</li><li>دفتر حقوقی</li><li>اخبار</li><li>گالری</li></ul>",
        menu=d.pick("نقشه سایت", "ساختار سایت"),
    )
    return site, Truth(0, "the map of the site", 0.25)


@family("T04", "hard")
def units_in_passing(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/about",
        "درباره سازمان",
        f"<p>سازمان در سال 1365 تأسیس شد. {d.matter.unit} و دفتر حقوقی از بخش‌های قدیمی آن هستند.</p>",
        menu="درباره ما",
    )
    return site, Truth(0.25, "two units named in passing", 0.25)
