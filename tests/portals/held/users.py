"""User-centred indicators (U01, U02, U03, U04, U07): held-back kits."""

from tests.portals.catalogue import family
from tests.portals.draw import Draw
from tests.portals.held.ground import start
from tests.portals.site import Site, Truth


def without_services(d: Draw) -> Site:
    """A portal of news only."""
    site = start(d, desk=False)
    site.menu_extra.clear()
    names = {m.title for m in d.matters} | {m.en for m in d.matters}
    site.pages = [p for p in site.pages if p.title not in names]
    return site


@family("U01", "present")
def cards_with_buttons(d: Draw) -> tuple[Site, Truth]:
    site = start(d, desk=False)
    site.menu_extra.clear()
    where = {p.title: p.url for p in site.pages}
    cards = ""
    for i, m in enumerate(d.matters):
        site.page(
            f"/e/{i}/apply",
            f"درخواست {m.title}",
            "<form method='post'><input name='fn' placeholder='نام'><input name='ln' placeholder='نام خانوادگی'><input name='tel' placeholder='شماره همراه'><button>ثبت درخواست</button></form>",
        )
        cards += f"<div class='card'><div>{m.title}</div><a href='{where[m.title]}'>توضیحات</a> <a href='/e/{i}/apply'>{d.pick('شروع', 'درخواست')}</a></div>"
    name = d.pick("پیشخوان خدمات الکترونیک", "خدمات غیرحضوری", "درگاه خدمات", "میز خدمت مجازی")
    site.page("/e", name, f"<div class='cards'>{cards}</div>", menu=name)
    return site, Truth(1.0, "list of services with information and start, one click")


@family("U01", "present")
def list_without_start(d: Draw) -> tuple[Site, Truth]:
    return start(d), Truth(0.5, "services are listed with information but none can be started", 0.5)


@family("U01", "present", "en")
def english_desk(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    for index, page in enumerate(site.pages):
        for i, m in enumerate(d.matters):
            if page.title == m.en:
                site.pages[index] = type(page)(
                    page.url,
                    page.title,
                    page.body + f"<a class='btn' href='/apply/{i}'>{d.pick('Apply online', 'Start now')}</a>",
                )
    for i, m in enumerate(d.matters):
        site.page(
            f"/apply/{i}",
            f"Apply: {m.en}",
            "<form method='post'><label>Name<input name='n'></label><label>Email<input name='e'></label><button>Submit application</button></form>",
        )
    return site, Truth(1.0, "services with information and start")


@family("U01", "hard")
def travelling_desk(d: Draw) -> tuple[Site, Truth]:
    site = without_services(d)
    site.news("میز خدمت جهادی در روستاها", "میز ارتباطات مردمی با حضور معاونان برپا شد و به 120 درخواست رسیدگی شد.")
    site.news("ملاقات مردمی در مسجد جامع", "میز خدمت سازمان هر جمعه در مسجد جامع برپاست.")
    return site, Truth(0, "physical desk in the news")


@family("U01", "hard")
def systems_of_staff(d: Draw) -> tuple[Site, Truth]:
    site = without_services(d)
    site.page(
        "/sys",
        "سامانه‌های داخلی",
        "<ul><li>اتوماسیون اداری</li><li>فیش حقوقی کارکنان</li><li>سامانه آموزش ضمن خدمت</li></ul>",
        menu=d.pick("سامانه‌ها", "سامانه‌های داخلی"),
    )
    return site, Truth(0, "systems of the staff")


@family("U02", "present")
def sheet_list(d: Draw) -> tuple[Site, Truth]:
    pairs = [
        ("این خدمت چیست", d.matter.about),
        ("شناسه خدمت", d.matter.code),
        ("مخاطبان", d.pick("مردم", "کسب‌وکارها (G2B)")),
        ("مدارک مورد نیاز", "، ".join(d.matter.papers)),
        ("هزینه", f"{d.number(2, 90)}0,000 ریال"),
        ("زمان انجام", f"{d.number(4, 25)} روز کاری"),
        ("مستند قانونی", "بند 3 ماده 8 قانون برنامه"),
        ("نحوه ارائه", "برخط از طریق درگاه"),
        ("کارشناس پاسخگو", f"تلفن {d.phone()}"),
    ]
    full = d.yes(0.6)
    chosen = pairs if full else [pairs[0], *d.some(pairs[1:], 3)]
    body = d.pick(
        "<dl>" + "".join(f"<dt>{a}</dt><dd>{b}</dd>" for a, b in chosen) + "</dl>",
        "".join(f"<div class='row'><div class='col-3'>{a}</div><div class='col-9'>{b}</div></div>" for a, b in chosen),
        "".join(f"<h4>{a}</h4><p>{b}</p>" for a, b in chosen),
    )
    return start(d, body, about=False), Truth(1.0 if full else 0.5, f"title and {len(chosen)} fields")


@family("U02", "present", "en")
def english_sheet(d: Draw) -> tuple[Site, Truth]:
    pairs = [
        ("Description", d.matter.about_en),
        ("Who can apply", "Citizens and businesses"),
        ("Required documents", ", ".join(d.matter.papers_en)),
        ("Fee", f"{d.number(10, 80)} dollars"),
        ("Processing time", f"{d.number(3, 20)} working days"),
        ("Legal basis", "Section 12 of the Licensing Act"),
        ("How to apply", "Online"),
        ("Contact", d.phone()),
        ("Service code", d.matter.code),
    ]
    return start(
        d, "<table>" + "".join(f"<tr><th>{a}</th><td>{b}</td></tr>" for a, b in pairs) + "</table>", about=False
    ), Truth(1.0, "nine fields and the title")


@family("U02", "hard")
def empty_sheet(d: Draw) -> tuple[Site, Truth]:
    body = "".join(
        f"<dt>{a}</dt><dd>{d.pick('', '-', '[درج شود]')}</dd>"
        for a in ("شناسه خدمت", "مدارک", "هزینه", "زمان انجام", "مستند قانونی", "نحوه ارائه", "مخاطبان")
    )
    return start(d, f"<dl>{body}</dl>", about=False), Truth(0, "no values")


@family("U02", "hard")
def teaser(d: Draw) -> tuple[Site, Truth]:
    return start(d, f"<p>{d.matter.about}</p>", about=False), Truth(0, "title and description only")


@family("U03", "present")
def site_index(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    name = d.pick("نقشه سایت", "نقشه وبگاه", "فهرست صفحات سایت")
    site.page("/map", name, "".join(f"<div><a href='{p.url}'>{p.title}</a></div>" for p in site.pages), menu=name)
    return site, Truth(0.5, "site map", 0.5)


@family("U03", "hard")
def road_map(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/roadmap",
        d.pick("نقشه راه", "نقشه راه تحول دیجیتال"),
        "<p>نقشه راه سازمان در پنج سال آینده شامل توسعه خدمات است.</p>",
        menu="نقشه راه",
    )
    return site, Truth(0, "a road map")


@family("U04", "present")
def answers(d: Draw) -> tuple[Site, Truth]:
    pairs = [
        (f"چگونه برای {m.title} اقدام کنم؟", f"ابتدا {m.papers[0]} را آماده کنید و درخواست را ثبت نمایید.")
        for m in d.body.matters
    ] + [
        ("پاسخ درخواست کی می‌رسد؟", "حداکثر ده روز کاری پس از ثبت."),
        ("آیا می‌توانم وکیل بفرستم؟", "بله، با وکالت‌نامه رسمی."),
        ("مجوز چند سال اعتبار دارد؟", "سه سال و پس از آن تمدید می‌شود."),
    ]
    chosen = pairs if d.yes(0.65) else d.some(pairs, 3)
    body = d.pick(
        "".join(f"<div class='faq-item'><div class='q'>{q}</div><div class='a'>{a}</div></div>" for q, a in chosen),
        "<ol>" + "".join(f"<li><b>{q}</b><br>{a}</li>" for q, a in chosen) + "</ol>",
        "".join(f"<p><strong>پرسش: {q}</strong></p><p>پاسخ: {a}</p>" for q, a in chosen),
    )
    site, name = start(d), d.pick("پرسش و پاسخ‌های پرتکرار", "سوالات پرتکرار", "پرسش‌های متداول")
    site.page("/help/faq", name, body, menu=name)
    return site, Truth(1.0 if len(chosen) >= 5 else 0.5, f"{len(chosen)} answered questions about services")


@family("U04", "hard")
def forum(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/forum",
        "تالار گفتگو",
        "<ul><li>بهترین خودرو برای سفر؟ (3 پاسخ)</li><li>سلام به همه دوستان (12 پاسخ)</li></ul>",
        menu="تالار گفتگو",
    )
    return site, Truth(0, "a forum")


@family("U04", "hard")
def questions_without_answers(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/faq",
        "سوالات متداول",
        "<p>سوال خود را برای ما بفرستید تا در این صفحه پاسخ داده شود.</p><form><input name='q'><button>ارسال</button></form>",
        menu="سوالات متداول",
    )
    return site, Truth(0, "no question is answered")


@family("U07", "present")
def help_page(d: Draw) -> tuple[Site, Truth]:
    full = d.yes(0.6)
    extra = f"<li>گفتگوی آنلاین: روزهای کاری 8 تا 14</li><li>ایمیل پشتیبانی: {d.mail('support')}</li>" if full else ""
    site, name = start(d), d.pick("راه‌های ارتباطی", "مرکز تماس", "پشتیبانی کاربران")
    site.page("/support", name, f"<ul><li>تلفن گویا: {d.phone()}</li>{extra}</ul>", footer=name)
    return site, Truth(1.0 if full else 0.5, "phone, chat, e-mail and hours" if full else "phone only")


@family("U07", "present", "en")
def english_help(d: Draw) -> tuple[Site, Truth]:
    full = d.yes(0.6)
    more = (
        f"<p>E-mail: {d.mail('help')}</p><p>Opening hours: Saturday to Wednesday, 8 am to 4 pm</p><form method='post'><label>Your question<textarea name='q'></textarea></label><button>Send a ticket</button></form>"
        if full
        else ""
    )
    site = start(d)
    site.page("/contact", "Contact us", f"<p>Call centre: {d.phone()}</p>{more}", menu="Contact us")
    return site, Truth(1.0 if full else 0.5, "channels with hours" if full else "phone only")


@family("U07", "hard")
def address_only(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/address",
        "نشانی",
        f"<p>میدان شهدا، خیابان {d.number(3, 30)}، ساختمان مرکزی سازمان، صندوق پستی {d.number(1000, 9999)}-{d.number(100, 999)}</p><p>ساعت کار اداره: 7 تا 14</p>",
        menu="نشانی ما",
    )
    return site, Truth(0, "address and hours alone are no channel")
