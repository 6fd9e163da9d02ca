"""Service status tracking: held-back kits that only look like it."""

from tests.portals.catalogue import family
from tests.portals.draw import Draw
from tests.portals.held.ground import start
from tests.portals.site import Site, Truth


@family("T02", "hard")
def goods_and_authenticity(d: Draw) -> tuple[Site, Truth]:
    name, label = d.pick(
        ("رهگیری و اصالت کالا", "شناسه کالا"),
        ("استعلام اصالت برچسب", "کد زیر برچسب"),
        ("رهگیری زنجیره تأمین", "سریال محصول"),
    )
    site = start(d)
    site.page(
        "/asalat",
        name,
        f"<div class='box'><div>{label}</div><form action='/asalat'><input name='serial' placeholder='{label}'><button>بررسی</button></form></div>",
        menu=name,
    )
    return site, Truth(0.0, "goods and labels, not a request", 0.25)


@family("T02", "hard")
def resolutions_board(d: Draw) -> tuple[Site, Truth]:
    name = d.pick("پیگیری مصوبات سفر", "سامانه پیگیری مصوبات شورا", "وضعیت پیگیری مصوبات")
    rows = "".join(
        f"<tr><td>{i}</td><td>مصوبه {d.number(10, 99)}</td><td>{d.pick('در حال پیگیری', 'انجام شد')}</td></tr>"
        for i in range(1, 6)
    )
    site = start(d)
    site.page(
        "/mosavabat",
        name,
        f"<form action='/mosavabat'><label>شماره مصوبه</label><input name='m'><button>جستجو</button></form><table><tr><th>ردیف</th><th>مصوبه</th><th>وضعیت</th></tr>{rows}</table>",
        menu=name,
    )
    return site, Truth(0, "resolutions are followed, not requests of citizens")


@family("T02", "hard")
def silent_login(d: Draw) -> tuple[Site, Truth]:
    code = d.pick("کد رهگیری", "کد پیگیری")
    site = start(
        d,
        f"<p>در پایان ثبت، {code} به متقاضی داده می‌شود و پیگیری از طریق <a href='/signin'>سامانه</a> امکان‌پذیر است.</p>",
    )
    site.page(
        "/signin",
        "ورود",
        "<form method='post'><label>نام کاربری</label><input name='u'><label>کلمه عبور</label><input type='password' name='p'><button>ورود</button></form>",
    )
    return site, Truth(0.25, "code and tracking are promised; only a login that says nothing is reachable")


@family("T02", "hard")
def feature_text(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/namafzar",
        "اتوماسیون اداری",
        f"<p>شرکت {d.pick('پردازش نوین', 'داده‌گستر')} سامانه اتوماسیون سازمان را راه‌اندازی کرده است. از امکانات نرم‌افزار:</p><ul><li>ثبت درخواست و ارجاع</li><li>پیگیری وضعیت درخواست‌ها با کد رهگیری</li><li>گزارش‌گیری</li></ul>",
        menu=d.pick("معرفی نرم‌افزار", "محصولات نرم‌افزاری"),
    )
    return site, Truth(0, "features of a vendor's product")


@family("T02", "hard")
def court_and_claims(d: Draw) -> tuple[Site, Truth]:
    name = d.pick("پیگیری قضایی تخلفات", "پیگیری مطالبات معوق", "واحد پیگیری وصول مطالبات")
    site = start(d)
    site.page(
        "/legal",
        name,
        f"<p>این واحد {name} را بر عهده دارد و پرونده‌های ارجاعی را تا صدور حکم پیگیری می‌کند. شماره پرونده در دادگاه ثبت می‌شود.</p>",
        menu=name,
    )
    return site, Truth(0, "judicial pursuit")


@family("T02", "hard")
def questionnaire_words(d: Draw) -> tuple[Site, Truth]:
    scale = "".join(f"<label><input type='radio' name='q1' value='{v}'>{v}</label>" for v in ("زیاد", "متوسط", "کم"))
    site = start(d)
    site.page(
        "/poll",
        "نظرسنجی",
        f"<form action='/poll'><p>تعداد دفعات پیگیری جهت دریافت خدمت</p>{scale}<p>سهولت پیگیری درخواست را چگونه ارزیابی می‌کنید؟</p>{scale}<button>ثبت نظر</button></form>",
        menu="نظرسنجی",
    )
    return site, Truth(0, "words of following inside a questionnaire")


@family("T02", "hard")
def bank_receipt(d: Draw) -> tuple[Site, Truth]:
    site = start(
        d,
        f"<p>هزینه را به حساب {d.number(10**9, 10**10)} واریز و {d.pick('شماره پیگیری تراکنش', 'کد رهگیری فیش بانکی', 'شماره ارجاع پرداخت')} را روی فرم کاغذی بنویسید.</p>",
    )
    return site, Truth(0, "number of a bank transaction")


@family("T02", "hard")
def call_the_expert(d: Draw) -> tuple[Site, Truth]:
    code = d.pick("کد رهگیری", "شماره پیگیری", "شناسه درخواست")
    site = start(
        d,
        f"<dl><dt>پیگیری</dt><dd>پس از ثبت، {code} پیامک می‌شود. {d.pick(f'پیگیری با تلفن گویای {d.phone()}', 'کد را به شماره 20001 بفرستید تا وضعیت درخواست پیامک شود', 'وضعیت درخواست با شماره‌گیری *33*7# اعلام می‌شود')}.</dd></dl>",
    )
    return site, Truth(0.25, "code issued, status by phone, message or USSD only")


@family("T02", "hard")
def post_company_in_text(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/links",
        d.pick("پیوندهای مفید", "سایت‌های مرتبط"),
        "<ul><li><a href='https://newtracking.post.ir/'>رهگیری مرسولات پستی</a></li><li><a href='https://my.gov.ir/'>پنجره ملی خدمات دولت هوشمند</a></li><li><a href='https://www.irimo.ir/'>هواشناسی</a></li></ul>",
        menu="پیوندها",
    )
    return site, Truth(0, "parcels of the post company")


@family("T02", "hard")
def press_story(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.news(
        "رونمایی از سامانه پیگیری درخواست‌ها",
        "مدیرعامل گفت: با این سامانه مردم کد رهگیری می‌گیرند و وضعیت درخواست خود را خواهند دید. این سامانه تا پایان سال راه‌اندازی می‌شود.",
    )
    site.news(
        d.pick("مطالبات بازنشستگان پیگیری می‌شود", "پیگیری مشکلات شهروندان در ملاقات مردمی"),
        "وی خاطرنشان کرد: درخواست‌ها یک به یک پیگیری شد.",
    )
    return site, Truth(0, "only news about tracking")


@family("T02", "hard", "en")
def english_others(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    name, body = d.pick(
        (
            "Parcel tracking",
            "<p>Use the courier's site: <a href='https://courier.example/track'>track a parcel</a>.</p>",
        ),
        ("Complaints", "<p>We follow up every complaint with care. Call us to hear more.</p>"),
        (
            "Verify a certificate",
            "<form action='/v'><label>Certificate serial<input name='s'></label><button>Verify</button></form>",
        ),
        (
            "Projects",
            "<p>Track progress of our building projects on the map.</p><form action='/p'><label>Project name<input name='p'></label><button>Show</button></form>",
        ),
    )
    site.page("/x", name, body, menu=name)
    return site, Truth(0, "parcels, complaints, certificates or projects", 0.25)
