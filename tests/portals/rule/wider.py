"""More structures of managers, questions, desks and commitments: rule kits added after the first measurement."""

from tests.portals.catalogue import family
from tests.portals.draw import Draw
from tests.portals.rule.ground import start
from tests.portals.rule.t05_present import staff
from tests.portals.rule.users import bare
from tests.portals.site import Site, Truth


def _level(mails: str) -> Truth:
    if mails == "none":
        return Truth(0.5, "all units with post and phone, no e-mail or form")
    return Truth(0.75, "all units with post and phone, e-mail for head and deputies at least; undated")


@family("T05", "present", "en")
def english_lines(d: Draw) -> tuple[Site, Truth]:
    mails = d.pick("none", "top", "all")
    mark = d.pick(" | ", "<br>", " &ndash; ")
    lines = "".join(
        f"<p><b>{r.name}</b><br>{r.post}<br>Phone: {r.phone}{f'{mark}E-mail: {r.mail}' if r.mail else ''}</p>"
        for r in staff(d, mails=mails)
    )
    site = start(d)
    site.page("/officials", "Officials", lines, menu=d.pick("Officials", "Senior officials", "Contact our managers"))
    return site, _level(mails)


@family("T05", "present", "en")
def english_units_table(d: Draw) -> tuple[Site, Truth]:
    mails = d.pick("none", "all", "all")
    rows = "".join(
        f"<tr><td>{r.post}</td><td>{d.pick('Mr. ', 'Dr. ', 'Ms. ', '')}{r.name}</td><td>{r.phone}</td><td>{r.mail}</td></tr>"
        for r in staff(d, mails=mails)
    )
    site = start(d)
    name = d.pick("Telephone directory", "Contact directory")
    site.page(
        "/dir",
        name,
        f"<table><thead><tr><th>Post</th><th>Name</th><th>Telephone</th><th>E-mail address</th></tr></thead><tbody>{rows}</tbody></table>",
        menu=name,
    )
    return site, _level(mails)


@family("T05", "present")
def table_with_spanning_units(d: Draw) -> tuple[Site, Truth]:
    mails = d.pick("none", "all")
    rows, body = staff(d, mails=mails), ""
    for i, r in enumerate(rows):
        span = (
            "<td rowspan='3'>حوزه ریاست و معاونان</td>"
            if i == 0
            else f"<td rowspan='{len(rows) - 3}'>مدیران واحدها</td>"
            if i == 3
            else ""
        )
        body += f"<tr>{span}<td>{r.name}</td><td>{r.post}</td><td>{r.phone}</td><td>{r.mail}</td></tr>"
    site = start(d)
    site.page(
        "/m",
        "معرفی مدیران",
        f"<table border='1'><tr><td>حوزه</td><td>نام و نام خانوادگی</td><td>سمت</td><td>تلفن</td><td>پست الکترونیک</td></tr>{body}</table>",
        menu="معرفی مدیران",
    )
    return site, _level(mails)


@family("T05", "hard")
def people_of_no_responsibility(d: Draw) -> tuple[Site, Truth]:
    title, role = d.pick(
        ("پیمانکاران", "مدیرعامل شرکت پیمانکار"),
        ("هیئت امنا", "عضو"),
        ("سهامداران عمده", "سهامدار"),
        ("مشاوران دارای صلاحیت", "مدیر شرکت مشاور"),
        ("تعاونی‌های عضو", "مدیرعامل تعاونی"),
    )
    shape = d.pick("table", "list")
    people = d.persons(7)
    if shape == "table":
        body = (
            "<table><tr><th>نام</th><th>سمت</th><th>تلفن</th></tr>"
            + "".join(f"<tr><td>{n}</td><td>{role}</td><td>{d.phone()}</td></tr>" for n in people)
            + "</table>"
        )
    else:
        body = "<ul>" + "".join(f"<li>{n}، {role}، تلفن: {d.phone()}</li>" for n in people) + "</ul>"
    site = start(d)
    site.page("/others", title, body, menu=title)
    return site, Truth(0, "contractors, trustees, shareholders: phones but no responsibility of the agency")


@family("T04", "hard")
def chart_of_a_project(d: Draw) -> tuple[Site, Truth]:
    title = d.pick("چارت پروژه سد", "ساختار ستاد مدیریت بحران", "سازمان اجرایی طرح آبخیزداری")
    parts = "".join(
        f"<li>{n}</li>" for n in ("مدیر پروژه", "گروه طراحی", "گروه نقشه‌برداری", "گروه کنترل کیفیت", "گروه تدارکات")
    )
    site = start(d)
    site.page("/project", title, f"<ul>{parts}</ul>", menu=title)
    return site, Truth(0, "organisation of a project or staff")


def _pairs(d: Draw) -> list[tuple[str, str]]:
    if not d.fa:
        return [
            (f"Which papers do I need for: {m.en}?", f"You need {', '.join(m.papers_en)}.") for m in d.body.matters
        ] + [
            ("How long does it take?", "Ten working days at most."),
            ("Can I pay online?", "Yes, at the end of the application."),
            ("Can somebody else apply for me?", "Yes, with a power of attorney."),
        ]
    return [(f"مدارک {m.title} چیست؟", f"{'، '.join(m.papers)} را بارگذاری کنید.") for m in d.body.matters] + [
        ("چند روز طول می‌کشد؟", "حداکثر ده روز کاری پس از تکمیل مدارک."),
        ("آیا پرداخت اینترنتی است؟", "بله، در پایان ثبت درخواست پرداخت می‌شود."),
        ("آیا نماینده می‌تواند اقدام کند؟", "بله، با ارائه وکالت‌نامه رسمی."),
    ]


@family("U04", "present")
def questions_in_a_table(d: Draw) -> tuple[Site, Truth]:
    rows = "".join(f"<tr><td>{i}</td><td>{q}</td><td>{a}</td></tr>" for i, (q, a) in enumerate(_pairs(d), 1))
    site, name = start(d), d.pick("سوالات متداول", "پرسش‌های متداول مراجعان")
    site.page("/faq", name, f"<table><tr><th>ردیف</th><th>پرسش</th><th>پاسخ</th></tr>{rows}</table>", menu=name)
    return site, Truth(1.0, "six answered questions about services")


@family("U04", "present")
def question_pages(d: Draw) -> tuple[Site, Truth]:
    site, items = start(d), ""
    for i, (q, a) in enumerate(_pairs(d)):
        site.page(f"/faq/{i}", q, f"<p>{a}</p>")
        items += f"<li><a href='/faq/{i}'>{q}</a></li>"
    site.page("/faq", "پرسش‌های متداول", f"<ul>{items}</ul>", menu="پرسش‌های متداول")
    return site, Truth(1.0, "six questions, each answered on its page")


@family("U04", "present", "en")
def english_questions(d: Draw) -> tuple[Site, Truth]:
    few = d.yes(0.4)
    chosen = d.some(_pairs(d), 3) if few else _pairs(d)
    body = d.pick(
        "".join(f"<h3>{q}</h3><p>{a}</p>" for q, a in chosen),
        "".join(f"<p><b>Q: {q}</b><br>A: {a}</p>" for q, a in chosen),
    )
    site, name = start(d), d.pick("FAQ", "Frequently asked questions", "Questions and answers")
    site.page("/faq", name, body, menu=name)
    return site, Truth(0.5 if few else 1.0, f"{len(chosen)} answered questions")


@family("U04", "present")
def questions_in_bold(d: Draw) -> tuple[Site, Truth]:
    mark = d.pick(("سوال {n}: ", "جواب: "), ("{n}- ", ""), ("س: ", "ج: "))
    body = "".join(
        f"<p><strong>{mark[0].format(n=i)}{q}</strong><br>{mark[1]}{a}</p>" for i, (q, a) in enumerate(_pairs(d), 1)
    )
    site, name = start(d), d.pick("سوالات متداول", "سوال و جواب", "پرسش‌های پرتکرار مراجعان")
    site.page("/q", name, body, menu=name)
    return site, Truth(1.0, "six answered questions")


@family("U01", "present")
def desk_of_buttons(d: Draw) -> tuple[Site, Truth]:
    site = start(d, desk=False)
    site.menu_extra.clear()
    infos = {p.title: p.url for p in site.pages}
    boxes = ""
    for i, m in enumerate(d.matters):
        site.page(
            f"/new/{i}",
            f"ثبت درخواست {m.title}",
            "<form method='post'><table><tr><td>نام</td><td><input name='a'></td></tr><tr><td>کد پستی</td><td><input name='b'></td></tr></table><input type='submit' value='ارسال'></form>",
        )
        boxes += f"<li><h3>{m.title}</h3><a href='{infos[m.title]}'>شناسنامه خدمت</a> | <a href='/new/{i}'>{d.pick('ورود به خدمت', 'ارسال درخواست', 'درخواست برخط')}</a></li>"
    name = d.pick("میز خدمت", "سامانه خدمات", "خدمات الکترونیکی")
    site.page("/desk", name, f"<ul>{boxes}</ul>", menu=name)
    return site, Truth(1.0, "each service with information and a start point, one click")


@family("U01", "present")
def half_of_them_start(d: Draw) -> tuple[Site, Truth]:
    site = bare(d)
    rows = ""
    for i, m in enumerate(d.matters):
        site.page(f"/srv/{i}", m.title, f"<p>{m.about}</p>")
        begin = "<a href='/new/0'>ثبت درخواست</a>" if i == 0 else ""
        rows += f"<tr><td><a href='/srv/{i}'>{m.title}</a></td><td>{begin}</td></tr>"
    site.page(
        "/new/0", "ثبت درخواست", "<form method='post'><label>نام<input name='n'></label><button>ثبت</button></form>"
    )
    site.page("/desk", "میز خدمت", f"<table>{rows}</table>", menu="میز خدمت")
    return site, Truth(0.5, "only one of three services can be started", 0.5)


@family("T06", "present")
def items_in_the_footer(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/privacy",
        "حریم خصوصی کاربران",
        "<p>نشانی و شماره تلفن کاربران نزد ما محفوظ است، به کسی داده نمی‌شود و تنها برای پیگیری درخواست به کار می‌رود.</p>",
        footer="حریم خصوصی",
    )
    site.page(
        "/citizens",
        "حقوق شهروندی",
        "<p>هر مراجعه‌کننده حق دارد از روند کار خود آگاه شود، با احترام با او رفتار شود و به تصمیم اعتراض کند.</p>",
        footer="حقوق شهروندی",
    )
    more = d.yes()
    if more:
        site.page(
            "/laws",
            "آیین‌نامه‌ها",
            "<p>ماده 1: متقاضی باید مالک باشد. ماده 2: رسیدگی ده روز زمان دارد. تبصره: تعطیلات حساب نمی‌شود.</p>",
            footer="آیین‌نامه‌ها",
        )
    return site, Truth(0.5, f"{3 if more else 2} items with content")


@family("T06", "present", "en")
def english_items(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/privacy",
        "Privacy statement",
        "<p>Your data is used only for your application, is never sold, and is deleted after three years. You may ask for a copy.</p>",
        footer="Privacy",
    )
    site.page(
        "/sla",
        "Service level statement",
        f"<p>We answer applications within {d.number(5, 20)} working days and keep the portal available for 98 percent of the year.</p>",
        footer="Service levels",
    )
    site.page(
        "/report",
        "Annual report 2025",
        f"<p>In 2025 we issued {d.number(500, 5000)} permits and made {d.number(50, 900)} inspections; {d.number(80, 99)} percent of the budget was spent.</p>",
        menu="Annual report",
    )
    return site, Truth(0.5, "three items with content", 0.5)
