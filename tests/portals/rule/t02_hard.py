"""Service status tracking: rule kits that only look like it."""

from tests.portals.catalogue import family
from tests.portals.draw import Draw
from tests.portals.rule.ground import start
from tests.portals.site import Site, Truth


@family("T02", "hard")
def news_of_pursuing(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    for title in d.some(
        (
            "پیگیری مصوبات سفر رئیس جمهور",
            "مشکلات روستاهای مرزی پیگیری شد",
            "پیگیری مطالبات کشاورزان از سوی مدیرکل",
            "پیگیری 18 مصوبه معوقه در جلسه شورا",
            "با پیگیری معاون، طرح نیمه‌تمام راه افتاد",
        ),
        2,
    ):
        site.news(title, "وی افزود: درخواست مردم این شهرستان با جدیت پیگیری می‌شود و تا حصول نتیجه ادامه خواهد داشت.")
    return site, Truth(0, "news of a matter being pursued")


@family("T02", "hard")
def inquiry_of_validity(d: Draw) -> tuple[Site, Truth]:
    what = d.pick("شماره پروانه", "شماره گواهی", "شماره مجوز")
    caption = d.pick("استعلام پروانه‌ها", "استعلام اعتبار گواهی", "استعلام اصالت مجوز")
    site = start(d)
    site.page(
        "/estelam",
        caption,
        f'<p>با وارد کردن {what} از اعتبار آن مطمئن شوید.</p><form action="/estelam"><label>{what}<input name="no" type="text"></label><input type="submit" value="استعلام"></form>',
        menu=caption,
    )
    return site, Truth(0.0, "the validity of a document is asked, not the status of a request", 0.25)


@family("T02", "hard")
def shop_orders(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/shop",
        "فروشگاه انتشارات",
        '<p>کتاب‌ها و نقشه‌های چاپی را از اینجا سفارش دهید.</p><p><a href="/shop/order">پیگیری سفارش</a></p>',
        menu=d.pick("فروشگاه کتاب", "انتشارات"),
    )
    site.page(
        "/shop/order",
        "پیگیری سفارش",
        '<p>شماره سفارش در رسید خرید کتاب درج شده است.</p><form action="/shop/order"><label>شماره سفارش<input name="order"></label><button>پیگیری سفارش</button></form>',
    )
    return site, Truth(0, "orders of the book shop")


@family("T02", "hard")
def link_to_the_post(d: Draw) -> tuple[Site, Truth]:
    caption = d.pick("رهگیری مرسولات پستی", "پیگیری مرسوله", "رهگیری بسته پستی")
    site = start(d)
    place = d.pick(site.menu_extra, site.footer_extra)
    place.append((caption, "https://tracking.post.ir/"))
    return site, Truth(0, "parcels of another body")


@family("T02", "hard")
def code_among_the_papers(d: Draw) -> tuple[Site, Truth]:
    site = start(
        d,
        f"<h3>سایر مدارک</h3><ul><li>{d.pick('اجاره‌نامه دارای کد رهگیری', 'قرارداد اجاره با کد رهگیری معتبر', 'مبایعه‌نامه همراه با کد رهگیری املاک')}</li><li>{d.pick('فیش بانکی با شماره پیگیری', 'رسید پرداخت حاوی شماره پیگیری بانکی')}</li></ul>",
    )
    return site, Truth(0, "the code of a lease or receipt among the papers")


@family("T02", "hard")
def by_phone_or_message(d: Draw) -> tuple[Site, Truth]:
    code = d.pick("کد رهگیری", "کد پیگیری", "شماره پیگیری")
    way = d.pick(
        f"با شماره {d.phone()} تماس بگیرید",
        "کد را به سامانه پیامکی 3000145 ارسال کنید",
        "کد دستوری *4*145# را شماره‌گیری کنید",
    )
    site = start(d, f"<p>پس از ثبت درخواست، {code} به متقاضی داده می‌شود. برای اطلاع از وضعیت درخواست {way}.</p>")
    return site, Truth(0.25, "a code is issued, status only by phone or message")


@family("T02", "hard")
def in_person_only(d: Draw) -> tuple[Site, Truth]:
    site = start(
        d,
        f"<p>{d.pick('متقاضی برای پیگیری درخواست خود باید به صورت حضوری به دبیرخانه مراجعه کند.', 'پیگیری پرونده تنها با مراجعه حضوری یا تماس تلفنی با کارشناس ممکن است.')}</p>",
    )
    return site, Truth(0, "no code; in person or by phone")


@family("T02", "hard")
def dead_ends(d: Draw) -> tuple[Site, Truth]:
    caption = d.pick("پیگیری درخواست", "رهگیری درخواست", "پیگیری وضعیت")
    site = start(d)
    kind = d.pick("anchor", "home", "building")
    target = {"anchor": "#", "home": "/", "building": "/peygiri"}[kind]
    site.menu_extra.append((caption, target))
    if kind == "building":
        site.page(
            "/peygiri",
            caption,
            f"<p>{d.pick('این بخش در دست طراحی است.', 'به زودی راه‌اندازی می‌شود.', 'صفحه در حال بروزرسانی می‌باشد.')}</p>",
        )
    return site, Truth(0, "the link leads nowhere, home, or to a page under construction")


@family("T02", "hard")
def vehicles_and_patients(d: Draw) -> tuple[Site, Truth]:
    title, label = d.pick(
        ("ردیابی خودروهای ناوگان", "شماره خودرو"),
        ("پیگیری بیماران ترخیص شده", "شماره بیمار"),
        ("رهگیری محموله دارویی", "شماره محموله"),
    )
    site = start(d)
    site.page(
        "/fleet",
        title,
        f'<p>ویژه کارشناسان واحد. موقعیت روی نقشه نمایش داده می‌شود.</p><form action="/fleet"><label>{label}<input name="v"></label><button>نمایش</button></form>',
        menu=title,
    )
    return site, Truth(0, "vehicles, patients or goods are followed")


@family("T02", "hard")
def site_search_and_newsletter(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    home = site.pages[0]
    site.pages[0] = type(home)(
        home.url,
        home.title,
        home.body
        + f'<form action="/search"><input type="text" name="q" placeholder="{d.pick("جستجو در سایت...", "جستجوی خبر")}"><button>جستجو</button></form><div><h3>{d.pick("پیگیری اخبار ما", "اخبار ما را پیگیری کنید")}</h3><form action="/nl"><input type="email" name="email" placeholder="رایانامه"><button>عضویت</button></form></div>',
    )
    return site, Truth(0, "site search and newsletter")


@family("T02", "hard", "en")
def english_lookalikes(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    title, text = d.pick(
        (
            "Follow us",
            '<p>Follow our news on social channels.</p><form action="/nl"><label>E-mail<input type="email" name="e"></label><button>Subscribe</button></form>',
        ),
        (
            "Licence lookup",
            '<p>Check that a licence is valid.</p><form action="/l"><label>Licence number<input name="l"></label><button>Search</button></form>',
        ),
        ("Fleet tracking", "<p>Our vehicles are tracked by GPS to save fuel.</p>"),
        ("Our track record", "<p>For twenty years we have kept a strong track record in the field.</p>"),
    )
    site.page("/more", title, text, menu=title)
    return site, Truth(0, "words of following, licences or vehicles", 0.25)
