"""Responsible managers and contacts: held-back kits that only look like it."""

from tests.portals.catalogue import family
from tests.portals.draw import Draw
from tests.portals.held.ground import start
from tests.portals.held.t05_present import people
from tests.portals.site import Site, Truth


@family("T05", "hard")
def faces_only(d: Draw) -> tuple[Site, Truth]:
    body = "".join(
        f"<figure><img src='/f{i}.jpg' alt=''><figcaption>{n}<br>{p}</figcaption></figure>"
        for i, (p, n, _, _) in enumerate(people(d, "none", phones=False))
    )
    site = start(d)
    site.page("/faces", "گالری مدیران", body, menu=d.pick("مدیران", "آشنایی با مدیران"))
    return site, Truth(0.25, "names and posts, no contact")


@family("T05", "hard")
def central_line_below(d: Draw) -> tuple[Site, Truth]:
    body = "".join(f"<li>{n}، {p}</li>" for p, n, _, _ in people(d, "none", phones=False))
    site = start(d)
    site.page("/m", "مدیران", f"<ul>{body}</ul><p>تلفنخانه مرکزی: {d.phone()}</p>", menu="معرفی مدیران")
    return site, Truth(0.25, "names and posts; contact of the switchboard only")


@family("T05", "hard")
def martyrs_and_trustees(d: Draw) -> tuple[Site, Truth]:
    name, role = d.pick(
        ("هیئت امنا", "عضو هیئت امنا"),
        ("شهدای سازمان", "شهید"),
        ("سهامداران", "سهامدار"),
        ("کارکنان بازنشسته", "بازنشسته"),
    )
    body = "".join(
        f"<tr><td>{n}</td><td>{role}</td><td>{d.phone() if d.yes(0.3) else ''}</td></tr>" for n in d.persons(7)
    )
    site = start(d)
    site.page("/list", name, f"<table>{body}</table>", menu=name)
    return site, Truth(0, "people without responsibility")


@family("T05", "hard")
def farewell_news(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    for _ in range(2):
        site.news(
            f"مراسم تودیع و معارفه {d.pick('معاون فنی', 'مدیر روابط عمومی', 'رئیس اداره بازرسی')} برگزار شد",
            f"در این مراسم از زحمات {d.person()} تقدیر و {d.person()} به عنوان سرپرست معرفی شد. شماره تماس برای هماهنگی: {d.phone()}",
        )
    site.news("دیدار مدیرعامل با کشاورزان", f"{d.person()} در این دیدار گفت: دفتر ما به روی مردم باز است.")
    return site, Truth(0, "farewell and meeting news")


@family("T05", "hard")
def contractors_and_caravans(d: Draw) -> tuple[Site, Truth]:
    name, role = d.pick(
        ("مدیران کاروان‌ها", "مدیر کاروان"),
        ("پیمانکاران طرف قرارداد", "مدیرعامل شرکت"),
        ("آزمایشگاه‌های همکار", "مدیر فنی"),
        ("آموزشگاه‌های مجاز", "مدیر آموزشگاه"),
    )
    body = "".join(
        f"<div class='item'><b>{n}</b> <span>{role}</span> <span>{d.phone()}</span></div>" for n in d.persons(8)
    )
    site = start(d)
    site.page("/partners", name, body, menu=name)
    return site, Truth(0, "managers of other firms")


@family("T05", "hard")
def reach_us(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.credit = f"طراحی و پشتیبانی: شرکت {d.pick('نوآوران', 'رایان')} {d.phone()}"
    site.page(
        "/contact-us",
        "ارتباط با ما",
        f"<div>تلفن: {d.phone()}</div><div>دورنگار: {d.phone()}</div><div>کد پستی: {d.number(10**9, 10**10 - 1)}</div><form method='post'><input name='n' placeholder='نام شما'><textarea name='m' placeholder='پیام شما'></textarea><button>ارسال پیام</button></form>",
        menu="ارتباط با ما",
    )
    return site, Truth(0, "contact page and the designer's phone")


@family("T05", "hard")
def terms_of_office(d: Draw) -> tuple[Site, Truth]:
    first = d.number(1365, 1380)
    body = "".join(
        f"<div class='era'><h4>{n}</h4><p>رئیس سازمان، {first + 4 * i} تا {first + 4 * i + 4}</p></div>"
        for i, n in enumerate(d.persons(6))
    )
    site = start(d)
    site.page("/history", "تاریخچه و مدیران گذشته", body, menu=d.pick("تاریخچه", "رؤسای ادوار گذشته"))
    return site, Truth(0, "former heads")


@family("T05", "hard")
def only_the_head(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/ceo",
        "مدیرعامل",
        f"<img src='/ceo.jpg' alt='مدیرعامل'><h3>{d.person()}</h3><p>متولد 1350، دارای دکترای اقتصاد. پیش از این مشاور وزیر بوده است.</p><blockquote>خدمت به مردم افتخار ماست.</blockquote>",
        menu=d.pick("سخن مدیرعامل", "درباره مدیرعامل"),
    )
    return site, Truth(0, "portrait and CV of the head")


@family("T05", "hard", "en")
def english_faces(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    body = "".join(f"<li><strong>{n}</strong> {p}</li>" for p, n, _, _ in people(d, "none", phones=False))
    site.page("/board", "Leadership", f"<ul>{body}</ul>", menu="Leadership")
    return site, Truth(0.25, "names and posts without contact")
