"""Responsible managers and contacts: rule kits that only look like it."""

from tests.portals.catalogue import family
from tests.portals.draw import Draw
from tests.portals.rule.ground import start
from tests.portals.rule.t05_present import staff
from tests.portals.site import Site, Truth


@family("T05", "hard")
def names_without_contact(d: Draw) -> tuple[Site, Truth]:
    rows = staff(d, phones=False)
    body = d.pick(
        "".join(
            f"<div class='card'><img src='/p{i}.jpg' alt='{r.name}'><h4>{r.name}</h4><p>{r.post}</p></div>"
            for i, r in enumerate(rows)
        ),
        "<table>" + "".join(f"<tr><td>{r.name}</td><td>{r.post}</td></tr>" for r in rows) + "</table>",
        "<ul>" + "".join(f"<li>{r.post}: {r.name}</li>" for r in rows) + "</ul>",
    )
    site = start(d)
    site.page("/modiran", "معرفی مدیران", body, menu=d.pick("مدیران", "معرفی مدیران"))
    return site, Truth(0.25, "names and posts without any contact")


@family("T05", "hard")
def one_switchboard_for_all(d: Draw) -> tuple[Site, Truth]:
    phone = d.phone()
    rows = "".join(f"<tr><td>{r.name}</td><td>{r.post}</td><td>{phone}</td></tr>" for r in staff(d, phones=False))
    site = start(d)
    site.page(
        "/modiran",
        "مدیران",
        f"<table><tr><th>نام</th><th>سمت</th><th>تلفن</th></tr>{rows}</table>",
        menu="معرفی مدیران",
    )
    return site, Truth(0.25, "the same switchboard without extension on every row")


@family("T05", "hard")
def news_of_appointments(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    for _ in range(3):
        site.news(
            f"{d.person()} به سمت مدیر {d.matter.unit} منصوب شد",
            f"به گزارش روابط عمومی، طی حکمی از سوی رئیس سازمان، {d.person()} منصوب شد. تلفن روابط عمومی {d.phone()}",
        )
    site.news(
        "پاسخگویی مدیرکل در سامانه 111",
        f"{d.person()}، مدیرکل، روز دوشنبه از ساعت 9 تا 11 از طریق شماره 111 پاسخگوی مردم خواهد بود.",
    )
    return site, Truth(0, "appointments and a phone hour in the news")


@family("T05", "hard")
def former_heads(d: Draw) -> tuple[Site, Truth]:
    start_year = d.number(1370, 1385)
    rows = "".join(
        f"<tr><td>{name}</td><td>مدیرعامل</td><td>از سال {start_year + 3 * i} تا سال {start_year + 3 * i + 3}</td><td>{d.phone()}</td></tr>"
        for i, name in enumerate(d.persons(5))
    )
    title = d.pick("مدیران ادوار", "رؤسای پیشین", "مدیران سابق")
    site = start(d)
    site.page(
        "/advar", title, f"<table><tr><th>نام</th><th>سمت</th><th>دوره</th><th>تلفن</th></tr>{rows}</table>", menu=title
    )
    return site, Truth(0, "former heads only")


@family("T05", "hard")
def contact_page(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/contact",
        "تماس با ما",
        f"<p>نشانی: خیابان آزادی، کوچه {d.number(2, 20)}، پلاک {d.number(3, 90)}، کد پستی 1939{d.number(100000, 999999)}</p><p>تلفن: {d.phone()}</p><p>نمابر: {d.phone()}</p><p>رایانامه: {d.mail()}</p>",
        menu="تماس با ما",
    )
    return site, Truth(0, "address and one phone")


@family("T05", "hard")
def branches_and_agents(d: Draw) -> tuple[Site, Truth]:
    title, kind = d.pick(
        ("دفاتر پیشخوان", "دفتر"), ("نمایندگی‌های مجاز", "نمایندگی"), ("شعب", "شعبه"), ("کارگزاری‌ها", "کارگزاری")
    )
    rows = "".join(
        f"<tr><td>{kind} {d.number(10, 99)}</td><td>{name}</td><td>خیابان {d.pick('آزادی', 'امام', 'بهشتی')}</td><td>{d.phone()}</td></tr>"
        for name in d.persons(8)
    )
    site = start(d)
    site.page(
        "/branches",
        title,
        f"<table><tr><th>نام</th><th>{d.pick('صاحب امتیاز', 'نام متصدی')}</th><th>نشانی</th><th>تلفن</th></tr>{rows}</table>",
        menu=title,
    )
    return site, Truth(0, "branches, agents or contractors")


@family("T05", "hard")
def nameless_message_form(d: Draw) -> tuple[Site, Truth]:
    title = d.pick("ارتباط با مدیران", "پیام به رئیس سازمان", "ارتباط مستقیم با مدیرعامل")
    site = start(d)
    site.page(
        "/msg",
        title,
        '<form action="/msg" method="post"><label>نام<input name="n"></label><label>متن پیام<textarea name="t"></textarea></label><button>ارسال</button></form>',
        menu=title,
    )
    return site, Truth(0, "a form without any named manager", 0.25)


@family("T05", "hard")
def portrait_and_cv(d: Draw) -> tuple[Site, Truth]:
    name = d.person()
    site = start(d)
    site.page(
        "/riasat",
        "زندگی‌نامه رئیس سازمان",
        f'<img src="/head.jpg" alt="{name}"><h3>{name}، رئیس سازمان</h3><ul><li>دکترای مدیریت از دانشگاه تهران</li><li>معاون برنامه‌ریزی استانداری از 1395 تا 1399</li><li>مدیرکل امور مالی از 1390 تا 1395</li></ul>',
        menu=d.pick("ریاست", "رئیس سازمان"),
    )
    return site, Truth(0, "only the head's portrait and CV")


@family("T05", "hard", "en")
def english_lookalikes(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    title, body = d.pick(
        (
            "Our offices",
            "<table>" + "".join(f"<tr><td>Branch {i}</td><td>{d.phone()}</td></tr>" for i in range(1, 6)) + "</table>",
        ),
        ("Contact us", f"<p>Tel: {d.phone()}</p><p>P.O. Box 19395-5588</p><p>{d.mail()}</p>"),
        (
            "Past presidents",
            "<ul>"
            + "".join(f"<li>{n}, President, {1980 + 4 * i}-{1984 + 4 * i}</li>" for i, n in enumerate(d.persons(5)))
            + "</ul>",
        ),
    )
    site.page("/c", title, body, menu=title)
    return site, Truth(0, "offices, contact page or past presidents")
