"""Responsible managers and contacts: rule kits that name them."""

from dataclasses import dataclass

from tests.portals.catalogue import family
from tests.portals.draw import Draw
from tests.portals.rule.ground import start
from tests.portals.site import Site, Truth


@dataclass
class Row:
    """One manager: post, name, unit; phone and mail may be missing."""

    post: str
    name: str
    phone: str
    mail: str


def staff(d: Draw, *, phones: bool = True, mails: str = "none", short: bool = False) -> list[Row]:
    """Head, deputies and directors of all units. `mails`: none, top (head and deputies) or all."""
    if d.fa:
        top = [
            d.pick("رئیس سازمان", "مدیرعامل", "مدیرکل"),
            "معاون توسعه مدیریت و منابع",
            d.pick("معاون فنی", "معاون برنامه‌ریزی"),
        ]
        under = [f"مدیر {m.unit}" if not m.unit.startswith("معاونت") else f"سرپرست {m.unit}" for m in d.body.matters]
        under += [
            "مدیر روابط عمومی",
            d.pick("مسئول بازرسی و رسیدگی به شکایات", "رئیس اداره بازرسی"),
            d.pick("مدیر فناوری اطلاعات", "رئیس مرکز فناوری اطلاعات"),
        ]
    else:
        top = [
            d.pick("President", "Director General"),
            "Deputy for Management",
            d.pick("Technical Deputy", "Deputy for Planning"),
        ]
        under = [f"Head of {m.unit_en}" for m in d.body.matters] + [
            "Director of Public Relations",
            "Head of Inspection and Complaints",
            "Director of Information Technology",
        ]
    posts = top if short else top + under
    central = d.phone()
    direct = d.yes()
    rows = []
    for i, (post, name) in enumerate(zip(posts, d.persons(len(posts)), strict=True)):
        ext = d.number(100, 899)
        phone = (
            (d.phone() if direct else f"{central} {d.pick('داخلی', 'داخلی:') if d.fa else 'ext.'} {ext}")
            if phones
            else ""
        )
        rows.append(
            Row(
                post,
                name,
                phone,
                d.mail("m")
                if mails == "all" or (mails == "top" and (i < 3 or "معاون" in post or "Department" in post))
                else "",
            )
        )
    return rows


def _full(d: Draw, mails: str) -> Truth:
    if mails == "none":
        return Truth(0.5, "all units named with post and phone, without any e-mail or form")
    return Truth(
        0.75, "all units named with post and phone, e-mail for the head and deputies at least; page undated or older"
    )


def _titles(d: Draw) -> str:
    return (
        d.pick("معرفی مدیران", "مدیران سازمان", "ارتباط با مدیران", "مسئولین", "راهنمای تماس مدیران")
        if d.fa
        else d.pick("Management", "Our managers", "Key contacts")
    )


@family("T05", "present")
def plain_table(d: Draw) -> tuple[Site, Truth]:
    mails = d.pick("none", "top", "all", "all")
    heads = d.pick(
        ("سمت", "نام و نام خانوادگی", "شماره تماس", "پست الکترونیک"), ("پست سازمانی", "نام", "تلفن مستقیم", "رایانامه")
    )
    cells = "".join(
        f"<tr><td>{i}</td><td>{r.name}</td><td>{r.post}</td><td>{r.phone}</td><td>{r.mail}</td></tr>"
        for i, r in enumerate(staff(d, mails=mails), 1)
    )
    site, title = start(d), _titles(d)
    site.page(
        "/modiran",
        title,
        f"<table border='1'><tr><th>ردیف</th><th>{heads[1]}</th><th>{heads[0]}</th><th>{heads[2]}</th><th>{heads[3]}</th></tr>{cells}</table>",
        menu=title,
    )
    return site, _full(d, mails)


@family("T05", "present")
def cards_with_photos(d: Draw) -> tuple[Site, Truth]:
    mails = d.pick("none", "top", "all", "all")
    cards = "".join(
        f'<div class="col-md-4"><div class="card"><img src="/img/{i}.jpg" alt="{r.name}"><h4>{r.name}</h4><p class="post">{r.post}</p><p>تلفن: {r.phone}</p>{f"<p>ایمیل: <a href=mailto:{r.mail}>{r.mail}</a></p>" if r.mail else ""}</div></div>'
        for i, r in enumerate(staff(d, mails=mails))
    )
    site, title = start(d), _titles(d)
    site.page("/managers", title, f'<div class="row">{cards}</div>', menu=title)
    return site, _full(d, mails)


@family("T05", "present")
def accordion_of_units(d: Draw) -> tuple[Site, Truth]:
    mails = d.pick("none", "top", "all")
    parts = "".join(
        f"<details><summary>{r.post}</summary><ul><li>نام و نام خانوادگی: {r.name}</li><li>شماره تماس: {r.phone}</li>{f'<li>پست الکترونیکی: {r.mail}</li>' if r.mail else ''}<li>شرح وظایف: برنامه‌ریزی و نظارت بر امور واحد</li></ul></details>"
        for r in staff(d, mails=mails)
    )
    site, title = start(d), _titles(d)
    site.page("/about/managers", title, parts, menu=title)
    return site, _full(d, mails)


@family("T05", "present")
def phone_book(d: Draw) -> tuple[Site, Truth]:
    mails = d.pick("none", "none", "top")
    title = d.pick("دفترچه تلفن", "راهنمای تلفن", "شماره تلفن‌های داخلی")
    rows = "".join(
        f"<tr class='{'odd' if i % 2 else 'even'}'><td>{r.post}</td><td>{r.name}</td><td dir='ltr'>{r.phone}</td><td>{r.mail or '-'}</td></tr>"
        for i, r in enumerate(staff(d, mails=mails))
    )
    site = start(d)
    site.page(
        "/tel",
        title,
        f"<table class='views-table'><thead><tr><th>واحد / سمت</th><th>نام</th><th>تلفن</th><th>رایانامه</th></tr></thead><tbody>{rows}</tbody></table>",
        footer=title,
    )
    return site, _full(d, mails)


@family("T05", "present")
def paragraphs(d: Draw) -> tuple[Site, Truth]:
    mails = d.pick("none", "top", "all")
    lines = "".join(
        f"<p><strong>{r.name}</strong><br>{r.post}<br>تلفن تماس: {r.phone}{f'<br>ایمیل: {r.mail}' if r.mail else ''}</p>"
        for r in staff(d, mails=mails)
    )
    site, title = start(d), _titles(d)
    site.page("/moarefi-modiran", title, lines, menu=title)
    return site, _full(d, mails)


@family("T05", "present")
def one_page_each(d: Draw) -> tuple[Site, Truth]:
    mails = d.pick("none", "all", "all")
    site, title = start(d), _titles(d)
    items = ""
    for i, r in enumerate(staff(d, mails=mails)):
        url = f"/manager/{i + 1}"
        mail = f"<tr><td>پست الکترونیک</td><td>{r.mail}</td></tr>" if r.mail else ""
        site.page(
            url,
            r.post,
            f"<table><tr><td>نام و نام خانوادگی</td><td>{r.name}</td></tr><tr><td>سمت</td><td>{r.post}</td></tr><tr><td>تلفن</td><td>{r.phone}</td></tr>{mail}</table><h3>سوابق</h3><p>کارشناس و مدیر در بخش‌های گوناگون سازمان</p>",
        )
        items += f'<li><a href="{url}">{r.post}: {r.name}</a></li>'
    site.page("/managers", title, f"<ul>{items}</ul>", menu=title)
    return site, _full(d, mails)


@family("T05", "present")
def head_and_deputies(d: Draw) -> tuple[Site, Truth]:
    mails = d.pick("none", "all")
    boxes = "".join(
        f"<div class='person'><h3>{r.post}</h3><span>{r.name}</span> <span>تلفن: {r.phone}</span> <span>{r.mail}</span></div>"
        for r in staff(d, mails=mails, short=True)
    )
    site, title = start(d), d.pick("هیئت رئیسه", "مدیران ارشد", "ریاست و معاونان")
    site.page("/heyat", title, boxes, menu=title)
    units = "".join(f"<li>{m.unit}</li>" for m in d.body.matters)
    site.page(
        "/vahedha",
        "واحدهای سازمان",
        f"<ul>{units}<li>روابط عمومی</li><li>اداره بازرسی</li><li>مرکز فناوری اطلاعات</li><li>اداره حراست</li></ul>",
        menu="واحدها",
    )
    return site, Truth(0.5, "head and deputies with post and phone; the directors of the units are missing")


@family("T05", "present", "en")
def english_directory(d: Draw) -> tuple[Site, Truth]:
    mails = d.pick("none", "top", "all", "all")
    rows = staff(d, mails=mails)
    body = d.pick(
        "<table><tr><th>Name</th><th>Position</th><th>Phone</th><th>E-mail</th></tr>"
        + "".join(f"<tr><td>{r.name}</td><td>{r.post}</td><td>{r.phone}</td><td>{r.mail}</td></tr>" for r in rows)
        + "</table>",
        "".join(
            f"<div class='vcard'><h3>{r.name}</h3><p>{r.post}</p><p>Tel: {r.phone}</p><p>{r.mail}</p></div>"
            for r in rows
        ),
    )
    site, title = start(d), _titles(d)
    site.page("/managers", title, body, menu=title)
    return site, _full(d, mails)


@family("T05", "present")
def complete_and_fresh(d: Draw) -> tuple[Site, Truth]:
    months = d.pick(0, 1, 3, 12, 20)
    extra = f"<h3>واحد پاسخگو</h3><p>{{unit}}، تلفن {d.phone()}</p>"
    site, title = start(d, extra.replace("{unit}", d.matter.unit)), _titles(d)
    for number, page in enumerate(site.pages[1:4]):
        if number and page.title in [m.title for m in d.matters]:
            matter = next(m for m in d.matters if m.title == page.title)
            site.pages[1 + number] = type(page)(page.url, page.title, page.body + extra.replace("{unit}", matter.unit))
    rows = "".join(
        f"<tr><td>{r.post}</td><td>{r.name}</td><td>{r.phone}</td><td>{r.mail}</td></tr>" for r in staff(d, mails="all")
    )
    stamp = d.pick("آخرین بروزرسانی", "تاریخ بروزرسانی", "آخرین به‌روز رسانی")
    site.page(
        "/modiran",
        title,
        f"<table><tr><th>سمت</th><th>نام و نام خانوادگی</th><th>تلفن</th><th>پست الکترونیک</th></tr>{rows}</table><p>{stamp}: {d.date(months)}</p>",
        menu=title,
    )
    if months < 6:
        return site, Truth(
            1.0, "all units, phone and e-mail for all, dated within six months, service pages name the unit with phone"
        )
    return site, Truth(0.75, "all units with phone and e-mail; the page is older than six months")
