"""Integration (I01, I02, I04, I06, I08): rule kits."""

from tests.portals.catalogue import family
from tests.portals.draw import Draw
from tests.portals.rule.ground import start
from tests.portals.site import Site, Truth

NATIONAL = "https://sso.my.gov.ir/oauth2/authorize?response_type=code&scope=openid&client_id=agency&redirect_uri=https%3A%2F%2Fagency.example%2Fcallback"


@family("I06", "present")
def coded_table(d: Draw) -> tuple[Site, Truth]:
    share = d.pick(3, 3, 2, 0)
    rows = "".join(
        f"<tr><td>{i}</td><td>{m.title}</td><td>{m.code if i <= share else '-'}</td></tr>"
        for i, m in enumerate(d.matters, 1)
    )
    site = start(d, about=False)
    name = d.pick("فهرست خدمات", "لیست خدمات سازمان")
    site.page(
        "/list",
        name,
        f"<table><tr><th>ردیف</th><th>عنوان خدمت</th><th>{d.pick('کد خدمت', 'شناسه خدمت')}</th></tr>{rows}</table>",
        menu=name,
    )
    return site, Truth(1.0 if share == 3 else 0.5, f"{share} of 3 services with code")


@family("I06", "present")
def codes_in_the_titles(d: Draw) -> tuple[Site, Truth]:
    items = "".join(f"<li>{m.title} (کد خدمت: {m.code})</li>" for m in d.matters)
    site = start(d)
    site.page("/services", "خدمات سازمان", f"<ul>{items}</ul>", menu="فهرست خدمات")
    return site, Truth(1.0, "all services with labelled code")


@family("I06", "hard")
def no_list(d: Draw) -> tuple[Site, Truth]:
    site = start(d, desk=False)
    site.menu_extra.clear()
    site.pages = [p for p in site.pages if p.title not in {m.title for m in d.matters}]
    site.page(
        "/about",
        "درباره سازمان",
        f"<p>شناسه ملی: 140{d.number(10000000, 99999999)}</p><p>تلفن {d.phone()}</p>",
        menu="درباره ما",
    )
    return site, Truth(0, "no list; a national company id and a phone")


@family("I08", "present")
def visits_in_the_sheet(d: Draw) -> tuple[Site, Truth]:
    visits, copies = d.pick((0, False), (0, False), (1, False), (0, True), (1, True))
    papers = "، ".join([*d.matter.papers, *(["کپی شناسنامه و کارت ملی"] if copies else [])])
    label = d.pick("تعداد دفعات مراجعه حضوری", "تعداد بار مراجعه حضوری")
    value = d.pick("ندارد", "صفر", "0") if visits == 0 else d.pick("1", "یک بار")
    site = start(
        d,
        f"<table><tr><td>{label}</td><td>{value}</td></tr><tr><td>مدارک لازم</td><td>{papers}</td></tr></table>",
        about=False,
    )
    return site, Truth(
        1.0 if not visits and not copies else 0.5, f"visits {visits}, copies of identity papers {copies}"
    )


@family("I08", "hard")
def twice_in_person(d: Draw) -> tuple[Site, Truth]:
    n = d.number(2, 4)
    return start(
        d,
        f"<table><tr><td>تعداد دفعات مراجعه حضوری</td><td>{d.pick(f'{n}', f'{n} بار')}</td></tr><tr><td>مدارک لازم</td><td>{'، '.join(d.matter.papers)}، اصل و کپی شناسنامه</td></tr></table>",
        about=False,
    ), Truth(0, "two or more visits")


@family("I02", "present")
def window_with_one_login(d: Draw) -> tuple[Site, Truth]:
    site, one = start(d), d.yes(0.6)
    names = [m.title for m in d.matters]
    if one:
        body = f"<p>با یک بار ورود به همه خدمات زیر دسترسی دارید.</p><ul>{''.join(f'<li>{n}</li>' for n in names)}</ul><a href='/window/login'>ورود به پنجره واحد</a>"
        site.page(
            "/window/login", "ورود به پنجره واحد", f"<a href='{NATIONAL}'>ورود با پنجره ملی خدمات دولت هوشمند</a>"
        )
    else:
        body = (
            "<p>سامانه‌های سازمان:</p><ul>"
            + "".join(
                f"<li><a href='https://sys{i}.agency.example/login'>سامانه {n}</a></li>" for i, n in enumerate(names)
            )
            + "</ul>"
        )
    name = d.pick("پنجره واحد خدمات", "پنجره واحد دستگاه", "درگاه یکپارچه خدمات")
    site.page("/window", name, body, menu=name)
    return site, Truth(1.0 if one else 0.5, "one login to several services" if one else "a list of links to systems")


@family("I02", "hard")
def other_windows(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    title, text = d.pick(
        ("پنجره واحد تجارت فرامرزی", "بازرگانان در سامانه جامع تجارت ثبت نام کنند."),
        ("پنجره واحد فیزیکی", "در این سالن نمایندگان پنج دستگاه حضور دارند."),
    )
    site.page("/w", title, f"<p>{text}</p>", menu=title)
    site.footer_extra.append(("پنجره ملی خدمات دولت هوشمند", "https://my.gov.ir"))
    return site, Truth(0, "windows of others, a physical window, the national banner")


@family("I04", "present")
def national_login(d: Draw) -> tuple[Site, Truth]:
    own = d.yes(0.4)
    site = start(d, "<p><a href='/login'>ورود و درخواست خدمت</a></p>")
    form = (
        "<form method='post'><label>نام کاربری<input name='u'></label><label>رمز عبور<input type='password' name='p'></label><button>ورود</button></form>"
        if own
        else ""
    )
    site.page(
        "/login",
        "ورود به سامانه",
        f"<a href='{NATIONAL}'>{d.pick('ورود با دولت من', 'ورود از طریق پنجره ملی خدمات دولت هوشمند')}</a>{form}",
    )
    return site, Truth(0.5 if own else 1.0, "national sign-on" + (" beside an own login" if own else " is the way in"))


@family("I04", "hard")
def own_account(d: Draw) -> tuple[Site, Truth]:
    site = start(d, "<p><a href='/login'>ورود و درخواست خدمت</a></p>")
    site.footer_extra.append(("دولت من", "https://my.gov.ir"))
    site.page(
        "/login",
        "ورود به سامانه",
        "<form method='post'><label>نام کاربری<input name='u'></label><label>رمز عبور<input type='password' name='p'></label><button>ورود</button></form>",
    )
    return site, Truth(0, "own account; a banner of the national window")


@family("I01", "present")
def online_request(d: Draw) -> tuple[Site, Truth]:
    full = d.yes()
    end = (
        d.pick(
            "پروانه به صورت الکترونیکی صادر می‌شود و از همین صفحه دریافت می‌گردد؛ نیازی به مراجعه حضوری نیست.",
            "نتیجه به صورت فایل در کارتابل قرار می‌گیرد و مراجعه حضوری لازم نیست.",
        )
        if full
        else "پس از ثبت اینترنتی درخواست، متقاضی برای تحویل اصل مدارک و دریافت پروانه به صورت حضوری مراجعه می‌کند."
    )
    site = start(d, f"<p><a href='/new'>ثبت درخواست اینترنتی</a></p><p>{end}</p>")
    site.page(
        "/new",
        f"ثبت درخواست {d.matter.title}",
        "<form method='post'><label>نام<input name='n'></label><label>بارگذاری مدارک<input type='file' name='f'></label><button>ثبت درخواست و دریافت کد رهگیری</button></form>",
    )
    return site, Truth(1.0 if full else 0.5, "fully online" if full else "online request, papers in person")


@family("I01", "hard")
def printed_form(d: Draw) -> tuple[Site, Truth]:
    site = start(d, "<p>فرم را <a href='/files/form.docx'>دریافت</a>، چاپ و پس از تکمیل به دبیرخانه تحویل دهید.</p>")
    site.file("/files/form.docx", b"PK\x03\x04", "application/msword")
    return site, Truth(0, "a form to print")
