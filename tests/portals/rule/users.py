"""User-centred indicators (U01, U02, U03, U04, U07): rule kits."""

from tests.portals.catalogue import family
from tests.portals.draw import Draw
from tests.portals.rule.ground import start
from tests.portals.site import Site, Truth


def bare(d: Draw) -> Site:
    """A portal without any page of a service."""
    site = start(d, desk=False)
    site.menu_extra.clear()
    names = {m.title for m in d.matters} | {m.en for m in d.matters}
    site.pages = [p for p in site.pages if p.title not in names]
    return site


def _start_pages(site: Site, d: Draw) -> list[str]:
    return [
        site.page(
            f"/request/new?s={i}",
            f"ثبت درخواست {m.title}",
            '<form action="/request" method="post"><label>نام متقاضی<input name="name"></label><label>تلفن همراه<input name="mobile"></label><label>شرح درخواست<textarea name="text"></textarea></label><button>ارسال درخواست</button></form>',
        )
        for i, m in enumerate(d.matters)
    ]


@family("U01", "present")
def desk_with_two_links(d: Draw) -> tuple[Site, Truth]:
    site = start(d, desk=False)
    site.menu_extra.clear()
    starts, infos = _start_pages(site, d), {p.title: p.url for p in site.pages}
    rows = "".join(
        f"<tr><td>{m.title}</td><td><a href='{infos[m.title]}'>اطلاعات خدمت</a></td><td><a href='{s}'>{d.pick('درخواست خدمت', 'ثبت درخواست')}</a></td></tr>"
        for m, s in zip(d.matters, starts, strict=True)
    )
    name = d.pick("میز خدمت", "میز خدمت الکترونیکی", "میزخدمت")
    site.page(
        "/mizekhedmat", name, f"<table><tr><th>عنوان خدمت</th><th>معرفی</th><th>شروع</th></tr>{rows}</table>", menu=name
    )
    return site, Truth(1.0, "one click, every service with information and a start point")


@family("U01", "present")
def service_pages_hold_the_start(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    starts = _start_pages(site, d)
    for index, page in enumerate(site.pages):
        for matter, begin in zip(d.matters, starts, strict=True):
            if page.title == matter.title:
                site.pages[index] = type(page)(
                    page.url,
                    page.title,
                    page.body + f"<p><a href='{begin}'>{d.pick('شروع خدمت', 'ثبت درخواست این خدمت')}</a></p>",
                )
    return site, Truth(1.0, "desk in the menu, pages of services lead to the start")


@family("U01", "present")
def leaflets_only(d: Draw) -> tuple[Site, Truth]:
    site = bare(d)
    items = "".join(f"<li><a href='/files/{m.code}.pdf'>{m.title}</a></li>" for m in d.matters)
    for m in d.matters:
        site.file(f"/files/{m.code}.pdf", b"%PDF-1.4 scanned", "application/pdf")
    site.page("/desk", "میز خدمت", f"<p>شناسنامه خدمات سازمان:</p><ul>{items}</ul>", menu="میز خدمت")
    return site, Truth(0.5, "services are only PDFs", 0.5)


@family("U01", "hard")
def desk_at_the_friday_prayer(d: Draw) -> tuple[Site, Truth]:
    site = bare(d)
    site.news(
        d.pick("برپایی میز خدمت در مصلای نماز جمعه", "میز خدمت سازمان در محل نماز جمعه برگزار شد"),
        "مدیران سازمان در میز خدمت حضور یافتند و به درخواست مردم پاسخ دادند.",
    )
    return site, Truth(0, "news of a physical desk")


@family("U01", "hard")
def desk_of_the_staff(d: Draw) -> tuple[Site, Truth]:
    site = bare(d)
    site.page(
        "/staff",
        "میز کار کارکنان",
        "<p>ورود ویژه همکاران سازمان</p><form method='post'><label>کد پرسنلی<input name='p'></label><label>رمز<input type='password' name='w'></label><button>ورود</button></form>",
        menu=d.pick("میز خدمت کارکنان", "پرتال پرسنلی"),
    )
    return site, Truth(0, "internal desk of the staff")


@family("U02", "present")
def sheet_table(d: Draw) -> tuple[Site, Truth]:
    fields = [
        ("شرح خدمت", d.matter.about),
        ("کد خدمت", d.matter.code),
        ("نوع مخاطب", "مردم (G2C)"),
        ("مدارک لازم", "، ".join(d.matter.papers)),
        ("هزینه ارائه خدمت", f"{d.number(20, 900)}0000 ریال"),
        ("متوسط مدت زمان ارائه خدمت", f"{d.number(3, 20)} روز کاری"),
        ("قوانین و مقررات بالادستی", "ماده 12 قانون حمایت از تولید"),
        ("نحوه دسترسی به خدمت", "اینترنتی"),
        ("تلفن تماس", d.phone()),
    ]
    full = d.yes(0.6)
    chosen = fields if full else d.some(fields, 4)
    body = d.pick(
        "<table>" + "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in chosen) + "</table>",
        "".join(f"<p><b>{a}:</b> {b}</p>" for a, b in chosen),
        "<ul>" + "".join(f"<li>{a}: {b}</li>" for a, b in chosen) + "</ul>",
    )
    return start(d, body, about=False), Truth(1.0 if full else 0.5, f"title and {len(chosen)} fields with values")


@family("U02", "present")
def national_form(d: Draw) -> tuple[Site, Truth]:
    rows = [
        ("1- عنوان خدمت", d.matter.title),
        ("2- شناسه خدمت", d.matter.code),
        ("3- ارائه دهنده خدمت", d.body.name),
        ("شرح خدمت", d.matter.about),
        ("نوع خدمت", "خدمت به کسب و کار (G2B)"),
        ("مدارک لازم برای انجام خدمت", "، ".join(d.matter.papers)),
        ("قوانین و مقررات بالادستی", "آیین‌نامه اجرایی ماده 7"),
        ("متوسط مدت زمان ارائه خدمت", f"{d.number(5, 30)} روز"),
        ("هزینه ارائه خدمت (ریال)", f"{d.number(10, 90)}00000"),
        ("نحوه دسترسی به خدمت", "الکترونیکی از طریق وبگاه دستگاه"),
        ("تلفن پاسخگو", d.phone()),
    ]
    return start(
        d, "<table border=1>" + "".join(f"<tr><th>{a}</th><td>{b}</td></tr>" for a, b in rows) + "</table>", about=False
    ), Truth(1.0, "the filled national form")


@family("U02", "hard")
def blank_form(d: Draw) -> tuple[Site, Truth]:
    blank = d.pick("", "- -", "...........")
    body = "".join(
        f"<tr><td>{a}</td><td>{blank}</td></tr>"
        for a in ("کد خدمت", "شرح خدمت", "مدارک لازم", "هزینه", "مدت زمان", "قوانین و مقررات", "نحوه دسترسی", "تلفن")
    )
    return start(d, f"<table>{body}</table><p>نوع خدمت: G2C G2B G2G</p>", about=False), Truth(
        0, "labels without values"
    )


@family("U02", "hard")
def little_said(d: Draw) -> tuple[Site, Truth]:
    return start(d), Truth(0, "title, description and documents only")


@family("U03", "present")
def map_of_the_site(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    name = d.pick("نقشه سایت", "نقشه درگاه", "نقشه تارنما")
    links = "".join(f"<li><a href='{p.url}'>{p.title}</a></li>" for p in site.pages)
    site.page("/sitemap", name, f"<ul>{links}</ul>", footer=name)
    return site, Truth(0.5, "a working site map, no search", 0.5)


@family("U03", "hard")
def map_as_picture(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/map", "نقشه دسترسی", "<img src='/img/map.jpg' alt='نقشه محل سازمان'>", menu=d.pick("نقشه سازمان", "نقشه محل")
    )
    return site, Truth(0, "map of the place")


@family("U04", "present")
def questions(d: Draw) -> tuple[Site, Truth]:
    pairs = [(f"برای {m.title} چه مدارکی لازم است؟", "، ".join(m.papers) + " لازم است.") for m in d.body.matters] + [
        ("مدت انجام خدمت چقدر است؟", "بسته به نوع خدمت 5 تا 15 روز کاری."),
        ("هزینه خدمت را چگونه بپردازم؟", "از درگاه پرداخت اینترنتی در پایان ثبت درخواست."),
        ("آیا مراجعه حضوری لازم است؟", "خیر، درخواست به صورت اینترنتی ثبت می‌شود."),
        ("اگر مدارکم ناقص باشد چه می‌شود؟", "ده روز برای تکمیل مدارک فرصت دارید."),
    ]
    few = d.yes(0.35)
    chosen = d.some(pairs, 3 if few else 6)
    name = d.pick("پرسش‌های متداول", "سوالات متداول", "سؤالات متداول")
    body = d.pick(
        "".join(f"<h4>{q}</h4><p>{a}</p>" for q, a in chosen),
        "<dl>" + "".join(f"<dt>{q}</dt><dd>{a}</dd>" for q, a in chosen) + "</dl>",
        "".join(f"<details><summary>{q}</summary>{a}</details>" for q, a in chosen),
    )
    site = start(d)
    site.page("/faq", name, body, menu=name)
    return site, Truth(0.5 if few else 1.0, f"{len(chosen)} answered questions about services")


@family("U04", "hard")
def empty_faq(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    name = d.pick("پرسش‌های متداول", "سوالات متداول")
    site.page(
        "/faq", name, d.pick("<p>موردی برای نمایش وجود ندارد.</p>", "<p></p>", "<p>اطلاعاتی یافت نشد</p>"), menu=name
    )
    return site, Truth(0, "an empty module")


@family("U04", "hard")
def broken_guide(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.pages.append(type(site.pages[0])("/files/guide.pdf", "", "", menu="راهنما", status=404))
    return site, Truth(0, "the guide is a dead link")


@family("U07", "present")
def contact_block(d: Draw) -> tuple[Site, Truth]:
    full = d.yes(0.6)
    body = f"<p>تلفن مرکز تماس: {d.phone()}</p><p>نشانی: خیابان انقلاب، پلاک {d.number(2, 300)}</p>"
    if full:
        body += f"<p>ساعات پاسخگویی: شنبه تا چهارشنبه {d.pick('7:30', '8')} تا {d.pick('14:30', '16')}</p><p>رایانامه: {d.mail()}</p><form action='/ticket' method='post'><label>موضوع<input name='s'></label><label>متن<textarea name='t'></textarea></label><button>ارسال تیکت</button></form>"
    site = start(d)
    name = d.pick("تماس با ما", "ارتباط با ما", "پشتیبانی")
    site.page("/contact", name, body, menu=name)
    return site, Truth(1.0 if full else 0.5, "phone, e-mail, ticket and hours" if full else "phone and address")


@family("U07", "hard")
def not_our_phone(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.credit = d.pick(f"طراحی سایت: شرکت رایان وب، تلفن {d.phone()}", "ارتباط با دولت: 111")
    site.page(
        "/contact",
        "تماس با ما",
        f"<p>نشانی: بلوار کشاورز، نبش کوچه {d.number(3, 40)}، کد پستی 14155{d.number(10000, 99999)}</p>",
        menu="تماس با ما",
    )
    return site, Truth(0, "postal address; the designer's or a national number")
