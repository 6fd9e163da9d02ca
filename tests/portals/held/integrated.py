"""Integration (I01, I02, I04, I06, I08): held-back kits."""

from tests.portals.catalogue import family
from tests.portals.draw import Draw
from tests.portals.held.ground import start
from tests.portals.site import Site, Truth


@family("I06", "present")
def cards_with_codes(d: Draw) -> tuple[Site, Truth]:
    coded = d.yes(0.6)
    cards = "".join(
        f"<div class='srv'><h4>{m.title}</h4>{f'<span>شناسه خدمت: {m.code}</span>' if coded else ''}<p>{m.about}</p></div>"
        for m in d.matters
    )
    site, name = start(d), d.pick("فهرست خدمات دستگاه", "خدمات ما")
    site.page("/all", name, cards, menu=name)
    return site, Truth(1.0 if coded else 0.5, "list with codes" if coded else "list without codes")


@family("I06", "present", "en")
def english_register(d: Draw) -> tuple[Site, Truth]:
    rows = "".join(f"<tr><td>{m.code}</td><td>{m.en}</td></tr>" for m in d.matters)
    site = start(d)
    site.page(
        "/register",
        "Service register",
        f"<table><tr><th>Service code</th><th>Service</th></tr>{rows}</table>",
        menu="Service register",
    )
    return site, Truth(1.0, "register with codes")


@family("I06", "hard")
def numbers_of_other_kinds(d: Draw) -> tuple[Site, Truth]:
    site = start(d, desk=False)
    site.menu_extra.clear()
    site.pages = [p for p in site.pages if p.title not in {m.title for m in d.matters}]
    site.page(
        "/co",
        "شرکت‌های طرف قرارداد",
        "<table>"
        + "".join(
            f"<tr><td>شرکت {i}</td><td>شناسه ملی 101{d.number(10000000, 99999999)}</td></tr>" for i in range(1, 5)
        )
        + "</table>",
        menu="شرکت‌ها",
    )
    return site, Truth(0, "national ids of companies; no list of services")


@family("I08", "present")
def said_in_words(d: Draw) -> tuple[Site, Truth]:
    kind = d.pick("none", "none", "one", "copies")
    text = {
        "none": d.pick("همه مراحل غیرحضوری است و نیازی به مراجعه نیست.", "برای این خدمت مراجعه حضوری لازم نیست."),
        "one": d.pick(
            "متقاضی تنها یک بار برای دریافت اصل مجوز مراجعه می‌کند.", "یک نوبت مراجعه حضوری برای احراز هویت لازم است."
        ),
        "copies": "مراجعه حضوری ندارد. تصویر شناسنامه و کارت ملی نیز بارگذاری شود.",
    }[kind]
    return start(d, f"<p>مراجعه: {text}</p>"), Truth(1.0 if kind == "none" else 0.5, kind)


@family("I08", "hard")
def many_visits(d: Draw) -> tuple[Site, Truth]:
    n = d.pick("دو", "سه", "چهار")
    return start(
        d,
        f"<dl><dt>مراجعه حضوری</dt><dd>{d.pick(f'{n} نوبت', f'{n} بار')}</dd><dt>دیگر مدارک</dt><dd>اصل و تصویر کارت ملی و شناسنامه</dd></dl>",
    ), Truth(0, "several visits")


@family("I02", "present")
def my_area(d: Draw) -> tuple[Site, Truth]:
    one = d.yes(0.6)
    site = start(d)
    if one:
        tiles = "".join(f"<div class='tile'>{m.title}</div>" for m in d.matters)
        site.extra_hosts = ("my.agency.example",)
        site.page(
            "https://my.agency.example/",
            "درگاه خدمات من",
            f"<p>یک ورود برای همه خدمات سازمان</p>{tiles}<a href='https://my.agency.example/in'>ورود</a>",
            menu=d.pick("ورود به درگاه خدمات", "پیشخوان من"),
        )
        site.page(
            "https://my.agency.example/in",
            "ورود به درگاه خدمات",
            "<form method='post'><input name='nid' placeholder='کد ملی'><input type='password' name='p' placeholder='رمز'><button>ورود</button></form>",
        )
        return site, Truth(1.0, "one entry and login for several services")
    links = "".join(f"<li><a href='https://s{i}.agency.example/'>{m.title}</a></li>" for i, m in enumerate(d.matters))
    site.page("/systems", "سامانه‌های خدمات", f"<ul>{links}</ul>", menu=d.pick("پنجره خدمات", "سامانه‌ها"))
    return site, Truth(0.5, "links to systems")


@family("I02", "hard")
def window_in_the_news(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.news(
        "پنجره واحد خدمات به زودی رونمایی می‌شود", "معاون سازمان از راه‌اندازی پنجره واحد خدمات تا پایان سال خبر داد."
    )
    site.page(
        "/cross", "پنجره واحد فیزیکی صدور مجوز", "<p>سالن پنجره واحد در طبقه همکف است.</p>", menu="پنجره واحد فیزیکی"
    )
    return site, Truth(0, "news and a physical window")


@family("I04", "present")
def sso_button(d: Draw) -> tuple[Site, Truth]:
    own = d.yes(0.4)
    href = "https://sso.my.gov.ir/oauth2/authorize?client_id=khedmat&redirect_uri=https://agency.example/sso&response_type=code"
    more = (
        "<div>یا</div><form method='post'><input name='u' placeholder='نام کاربری'><input type='password' name='p' placeholder='گذرواژه'><button>ورود</button></form>"
        if own
        else ""
    )
    site = start(
        d,
        f"<div class='login-card'><a class='btn' href='{href}'>{d.pick('احراز هویت با دولت من', 'ورود یکپارچه')}</a>{more}</div>",
    )
    return site, Truth(0.5 if own else 1.0, "national sign-on" + (" beside own" if own else ""))


@family("I04", "hard")
def banner_and_own_sso(d: Draw) -> tuple[Site, Truth]:
    site = start(
        d,
        "<form method='post'><input name='mobile' placeholder='شماره همراه'><input type='password' name='pw' placeholder='رمز'><button>ورود به خدمت</button></form>",
    )
    site.footer_extra.append(("پنجره ملی خدمات", "https://my.gov.ir/"))
    return site, Truth(0, "own account and a banner")


@family("I01", "present")
def apply_here(d: Draw) -> tuple[Site, Truth]:
    full = d.yes()
    note = (
        "خدمت کاملاً برخط است؛ مجوز الکترونیکی با کد رهگیری صادر و دانلود می‌شود."
        if full
        else "درخواست برخط است ولی اصل مدارک باید به اداره تحویل شود."
    )
    return start(
        d,
        f"<p>{note}</p><form method='post' action='/apply'><input name='fn' placeholder='نام'><input type='file' name='doc'><button>ثبت درخواست</button></form>",
    ), Truth(1.0 if full else 0.5, note)


@family("I01", "hard")
def by_mail(d: Draw) -> tuple[Site, Truth]:
    return start(
        d, f"<p>{d.pick(f'مدارک را به نشانی {d.mail()} بفرستید.', 'فرم کاغذی را از باجه بگیرید و تحویل دهید.')}</p>"
    ), Truth(0, "by e-mail or on paper")
