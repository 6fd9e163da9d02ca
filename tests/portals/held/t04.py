"""Up-to-date organisation structure: held-back kits."""

from tests.portals.catalogue import family
from tests.portals.draw import Draw
from tests.portals.held.ground import start
from tests.portals.site import Site, Truth

NAMES = ("تشکیلات سازمان", "نمودار تشکیلاتی", "ساختار تشکیلاتی", "چارت سازمانی")
OTHERS = (
    "معاونت برنامه‌ریزی",
    "معاونت اداری و مالی",
    "مدیریت حقوقی",
    "گروه فناوری اطلاعات",
    "دبیرخانه هیئت مدیره",
    "حوزه روابط عمومی",
    "هسته گزینش",
    "اداره پشتیبانی",
)


def _list(d: Draw) -> list[str]:
    return [m.unit for m in d.body.matters] + d.some(OTHERS, 6)


@family("T04", "present")
def boxes(d: Draw) -> tuple[Site, Truth]:
    months = d.pick(None, 1, 10, 19, 33)
    body = f"<div class='org'><div class='org-root'>مدیرعامل</div><div class='org-row'>{''.join(f'<div class=org-box>{u}</div>' for u in _list(d))}</div></div>"
    stamp = (
        ""
        if months is None
        else f"<div class='upd'>{d.pick('تاریخ آخرین تغییر صفحه', 'به‌روزرسانی')}: {d.date(months)}</div>"
    )
    site, name = start(d), d.pick(*NAMES)
    site.page("/about/org", name, body + stamp, menu=name)
    return site, Truth(
        0.75 if months is not None and months < 24 else 0.5, f"readable boxes, date months ago: {months}"
    )


@family("T04", "present")
def departments_with_head(d: Draw) -> tuple[Site, Truth]:
    months = d.pick(None, 2, 7, 16)
    rows = "".join(f"<tr><td>{u}</td><td>{d.person()}</td></tr>" for u in _list(d))
    stamp = (
        "" if months is None else f"<caption>{d.pick('آخرین بازنگری', 'آخرین به‌روزرسانی')}: {d.date(months)}</caption>"
    )
    site, name = start(d), d.pick(*NAMES)
    site.page(
        "/tashkilat",
        name,
        f"<table>{stamp}<thead><tr><th>واحد سازمانی</th><th>مدیر</th></tr></thead><tbody>{rows}</tbody></table>",
        menu=name,
    )
    if months is None:
        return site, Truth(0.5, "full list with managers, no date")
    return site, Truth(1.0 if months < 12 else 0.75, f"units with their managers, {months} months old")


@family("T04", "present")
def tiles_to_pages(d: Draw) -> tuple[Site, Truth]:
    site, name, tiles = start(d), d.pick(*NAMES), ""
    approved = d.yes()
    for i, unit in enumerate(_list(d)):
        site.page(
            f"/dept/{i}",
            unit,
            f"<h4>وظایف</h4><ul><li>تدوین برنامه سالانه {unit}</li><li>نظارت بر اجرای طرح‌ها</li><li>همکاری با دیگر واحدها</li></ul>",
        )
        tiles += f"<a class='tile' href='/dept/{i}'><span>{unit}</span></a>"
    note = (
        f"<p>مصوبه شماره {d.number(200, 900)}/{d.number(1000, 9999)} به تاریخ {d.date(d.number(5, 30))}</p>"
        if approved
        else ""
    )
    site.page("/structure", name, f"<h4>رئیس سازمان</h4><div class='tiles'>{tiles}</div>{note}", menu=name)
    return site, Truth(
        1.0 if approved else 0.75,
        "units linked to their duties" + (", approval number and date" if approved else ", undated"),
    )


@family("T04", "present")
def scanned_chart(d: Draw) -> tuple[Site, Truth]:
    site, name = start(d), d.pick(*NAMES)
    site.page(
        "/c",
        name,
        f"<figure><img src='/wp-content/uploads/org-chart.png' width='1400' height='900' alt='{d.pick('', 'چارت')}'><figcaption>{name}</figcaption></figure>",
        menu=name,
    )
    return site, Truth(0.5, "chart as an image only", 0.5)


@family("T04", "present", "en")
def english_tree(d: Draw) -> tuple[Site, Truth]:
    months = d.pick(None, 3, 14, 40)
    units = "".join(f"<li>{m.unit_en}</li>" for m in d.body.matters)
    stamp = "" if months is None else f"<p>Updated on {d.date(months)}</p>"
    site, name = start(d), d.pick("Our structure", "How we are organised", "Organization chart")
    site.page(
        "/org",
        name,
        f"<ul><li>Chief Executive<ul>{units}<li>Finance Division</li><li>Legal Division</li><li>Human Resources Division</li><li>IT Division</li></ul></li></ul>{stamp}",
        menu=name,
    )
    return site, Truth(0.75 if months is not None and months < 24 else 0.5, f"tree of units, months: {months}")


@family("T04", "hard")
def what_is_a_chart(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/learn",
        "ساختار سازمانی چیست؟",
        "<p>ساختار سازمانی عبارت است از روشی که در آن فعالیت‌ها تقسیم و هماهنگ می‌شود. در ساختار ماتریسی هر کارمند دو مدیر دارد.</p>",
        menu=d.pick("ساختار سازمانی", "آموزش مدیریت"),
    )
    return site, Truth(0, "a definition")


@family("T04", "hard")
def ministry_above(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/org",
        "ساختار وزارت جهاد کشاورزی",
        "<ul><li>وزیر جهاد کشاورزی</li><li>معاونت امور زراعت وزارت</li><li>معاونت امور دام وزارت</li><li>سازمان شیلات</li><li>سازمان دامپزشکی کشور</li><li>سازمان جنگل‌ها</li></ul>",
        menu="ساختار وزارت متبوع",
    )
    return site, Truth(0, "structure of the ministry above", 0.25)


@family("T04", "hard")
def working_groups(d: Draw) -> tuple[Site, Truth]:
    name = d.pick("ساختار کارگروه پدافند غیرعامل", "نمودار سازمانی ستاد نوروز", "ساختار تیم پروژه ERP")
    site = start(d)
    site.page(
        "/wg",
        name,
        "<div><div>رئیس ستاد</div><div>کارگروه رسانه</div><div>کارگروه حمل و نقل</div><div>کارگروه بهداشت</div><div>کارگروه امنیت</div></div>",
        menu=name,
    )
    return site, Truth(0, "working groups")


@family("T04", "hard")
def in_passing(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/history",
        "تاریخچه",
        f"<p>با ادغام دو اداره در سال 1372، {d.matter.unit} و اداره پشتیبانی شکل گرفت.</p>",
        menu="تاریخچه",
    )
    return site, Truth(0.25, "two units in passing", 0.25)
