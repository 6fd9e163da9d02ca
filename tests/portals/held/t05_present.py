"""Responsible managers and contacts: held-back kits that name them."""

from tests.portals.catalogue import family
from tests.portals.draw import Draw
from tests.portals.held.ground import start
from tests.portals.site import Site, Truth

type_of_mail = ("none", "head", "every", "every")


def people(d: Draw, mails: str, *, limit: int = 99, phones: bool = True) -> list[tuple[str, str, str, str]]:
    """(post, name, phone, mail) of head, deputies and unit directors."""
    if d.fa:
        posts = [
            d.pick("مدیرکل", "رییس سازمان", "دبیرکل"),
            d.pick("معاون اداری و مالی", "معاون پشتیبانی"),
            d.pick("معاون امور فنی", "معاون بهره‌برداری"),
        ]
        posts += [
            ("معاون " + m.unit.removeprefix("معاونت ")) if m.unit.startswith("معاونت") else f"رئیس {m.unit}"
            for m in d.body.matters
        ]
        posts += ["رئیس روابط عمومی", "رئیس گروه ارزیابی عملکرد و پاسخگویی به شکایات", "مسئول فناوری اطلاعات"]
    else:
        posts = ["Chief Executive", "Vice President for Finance", "Vice President for Operations"]
        posts += [f"Director, {m.unit_en}" for m in d.body.matters] + [
            "Head of Communications",
            "Complaints Manager",
            "IT Manager",
        ]
    central, direct, out = d.phone(), d.yes(0.6), []
    for i, (post, name) in enumerate(zip(posts[:limit], d.persons(len(posts[:limit])), strict=True)):
        extension = d.number(200, 990)
        phone = (
            d.phone() if direct else (f"{central} (داخلی {extension})" if d.fa else f"{central} extension {extension}")
        )
        mail = (
            d.mail("p")
            if mails == "every" or (mails == "head" and (i < 3 or "معاون" in post or "Department" in post))
            else ""
        )
        out.append((post, name, phone if phones else "", mail))
    return out


def verdict(mails: str) -> Truth:
    """All units are covered: e-mail decides."""
    return (
        Truth(0.5, "full coverage with phones, no e-mail or form")
        if mails == "none"
        else Truth(0.75, "full coverage with phones, e-mail at the top at least; undated")
    )


@family("T05", "present")
def definition_lists(d: Draw) -> tuple[Site, Truth]:
    mails = d.pick(*type_of_mail)
    body = "".join(
        f"<dl class='dl-horizontal'><dt>نام</dt><dd>{n}</dd><dt>سمت</dt><dd>{p}</dd><dt>تلفن</dt><dd>{t}</dd>{f'<dt>پست الکترونیکی</dt><dd>{m}</dd>' if m else ''}</dl><hr>"
        for p, n, t, m in people(d, mails)
    )
    site, name = start(d), d.pick("مدیران ما", "آشنایی با مدیران", "فهرست مدیران و مسئولان")
    site.page("/modir", name, body, menu=name)
    return site, verdict(mails)


@family("T05", "present")
def transposed_tables(d: Draw) -> tuple[Site, Truth]:
    mails = d.pick(*type_of_mail)
    body = "".join(
        f"<table class='tbl-modir'><tr><th colspan='2'>{p}</th></tr><tr><td>نام و نام خانوادگی</td><td>{n}</td></tr><tr><td>{d.pick('شماره مستقیم', 'تلفن')}</td><td>{t}</td></tr><tr><td>ایمیل سازمانی</td><td>{m or '---'}</td></tr></table>"
        for p, n, t, m in people(d, mails)
    )
    site, name = start(d), d.pick("مشخصات مدیران", "معرفی مسئولین")
    site.page("/masoulin", name, body, menu=name)
    return site, verdict(mails)


@family("T05", "present")
def soup_cards(d: Draw) -> tuple[Site, Truth]:
    mails = d.pick(*type_of_mail)
    body = "".join(
        f"<div class='css-card'><div class='css-avatar'></div><div><div class='css-name'>{n}</div><div class='css-role'>{p}</div></div><div class='css-line'><i class='fa fa-phone'></i><span>{t}</span></div>{f'<div class=css-line><i class=fa-envelope></i><span>{m}</span></div>' if m else ''}</div>"
        for p, n, t, m in people(d, mails)
    )
    site, name = start(d), d.pick("تیم مدیریت", "مدیران و معاونان")
    site.page("/team", name, body, menu=name)
    return site, verdict(mails)


@family("T05", "present")
def tabs_by_department(d: Draw) -> tuple[Site, Truth]:
    mails = d.pick(*type_of_mail)
    staff = people(d, mails)
    tabs = "".join(f"<li><a href='#d{i}' data-bs-toggle='tab'>{p}</a></li>" for i, (p, _, _, _) in enumerate(staff))
    panes = "".join(
        f"<div class='tab-pane' id='d{i}'><h4>{p}</h4><p>{n}</p><p>تلفن: {t}</p>{f'<p>رایانامه: {m}</p>' if m else ''}<p>وظایف: هماهنگی و نظارت بر کارکنان واحد و پاسخگویی به مراجعان</p></div>"
        for i, (p, n, t, m) in enumerate(staff)
    )
    site, name = start(d), d.pick("ساختار مدیریتی و راه‌های تماس", "ارتباط با مسئولان")
    site.page(
        "/contacts", name, f"<ul class='nav nav-pills'>{tabs}</ul><div class='tab-content'>{panes}</div>", menu=name
    )
    return site, verdict(mails)


@family("T05", "present")
def lines_of_a_list(d: Draw) -> tuple[Site, Truth]:
    mails = d.pick("none", "none", "head", "every")
    join = d.pick(" - ", "، ", " / ")
    body = "".join(f"<li>{join.join(x for x in (p, n, f'تلفن {t}', m) if x)}</li>" for p, n, t, m in people(d, mails))
    site, name = start(d), d.pick("تلفن مدیران", "راهنمای تلفن واحدها")
    site.page("/tel", name, f"<ul class='dash'>{body}</ul>", menu=name)
    return site, verdict(mails)


@family("T05", "present")
def pages_of_departments(d: Draw) -> tuple[Site, Truth]:
    mails = d.pick("none", "every", "every")
    site, name, links = start(d), d.pick("حوزه‌ها و معاونت‌ها", "واحدهای سازمان"), ""
    for i, (p, n, t, m) in enumerate(people(d, mails)):
        url = f"/unit/{i + 10}"
        site.page(
            url,
            p,
            f"<div class='unit-head'><b>{n}</b> ({p})</div><ul><li>تماس: {t}</li>{f'<li>ایمیل: {m}</li>' if m else ''}</ul><p>این واحد مسئول برنامه‌ریزی و اجرای امور مربوط است.</p>",
        )
        links += f"<a class='tile' href='{url}'>{p}</a> "
    site.page("/units", name, links, menu=name)
    return site, verdict(mails)


@family("T05", "present")
def service_pages_and_date(d: Draw) -> tuple[Site, Truth]:
    months = d.pick(0, 1, 2, 4, 10, 18)
    line = "<p>کارشناس پاسخگو: {u}، شماره تماس {t}</p>"
    site, name = start(d, line.format(u=d.matter.unit, t=d.phone())), d.pick("مدیران سازمان", "مدیران و راه‌های ارتباطی")
    for index, page in enumerate(site.pages):
        for matter in d.matters[1:]:
            if page.title == matter.title:
                site.pages[index] = type(page)(
                    page.url, page.title, page.body + line.format(u=matter.unit, t=d.phone())
                )
    body = "".join(f"<tr><td>{n}</td><td>{p}</td><td>{t}</td><td>{m}</td></tr>" for p, n, t, m in people(d, "every"))
    site.page(
        "/m",
        name,
        f"<div class='meta'>{d.pick('تاریخ به‌روزرسانی صفحه', 'آخرین ویرایش', 'به‌روز شده در')}: {d.date(months)}</div><table><thead><tr><th>نام</th><th>عنوان پست</th><th>شماره تماس</th><th>رایانامه</th></tr></thead><tbody>{body}</tbody></table>",
        menu=name,
    )
    fresh = months < 6
    return site, Truth(
        1.0 if fresh else 0.75, f"complete directory, service pages name unit and phone, dated {months} months ago"
    )


@family("T05", "present")
def only_the_top(d: Draw) -> tuple[Site, Truth]:
    mails = d.pick("none", "every")
    body = "".join(
        f"<section><h3>{n}</h3><p>{p}</p><p><a href='tel:{t}'>{t}</a></p><p>{m}</p></section>"
        for p, n, t, m in people(d, mails, limit=3)
    )
    site = start(d)
    site.page("/top", "مدیرعامل و معاونان", body, menu=d.pick("مدیران ارشد", "معاونان"))
    rest = "".join(f"<li>{m.unit}</li>" for m in d.body.matters)
    site.page(
        "/org",
        "نمودار واحدها",
        f"<ul>{rest}<li>اداره روابط عمومی</li><li>دفتر بازرسی</li><li>گروه فناوری اطلاعات</li><li>اداره امور مالی</li></ul>",
        menu="نمودار سازمانی",
    )
    return site, Truth(0.5, "head and deputies only; the directors are missing")


@family("T05", "present", "en")
def english_people(d: Draw) -> tuple[Site, Truth]:
    mails = d.pick(*type_of_mail)
    staff = people(d, mails)
    body = d.pick(
        "".join(
            f"<article><h3>{n}</h3><div>{p}</div><ul><li>Phone: {t}</li>{f'<li>Email: {m}</li>' if m else ''}</ul></article>"
            for p, n, t, m in staff
        ),
        "<dl>" + "".join(f"<dt>{p}</dt><dd>{n}, {t}{', ' + m if m else ''}</dd>" for p, n, t, m in staff) + "</dl>",
    )
    site, name = start(d), d.pick("Leadership", "Who we are", "Directors and contacts")
    site.page("/people", name, body, menu=name)
    return site, verdict(mails)
