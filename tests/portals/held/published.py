"""What is published (T06, P03, P04, P05): held-back kits."""

from tests.portals.catalogue import family
from tests.portals.draw import Draw
from tests.portals.held.ground import start
from tests.portals.site import Site, Truth


@family("T06", "present")
def commitments(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    items = [
        (
            "/tavafogh",
            "توافق‌نامه سطح خدمات",
            f"<h4>تعهد ما</h4><p>پاسخ به پرسش‌ها در {d.number(12, 72)} ساعت و صدور مجوز در {d.number(5, 15)} روز کاری.</p>",
        ),
        (
            "/harim",
            "سیاست حریم خصوصی",
            "<p>ما تنها داده‌هایی را می‌گیریم که برای انجام درخواست لازم است. داده‌ها رمزنگاری و پس از دو سال پاک می‌شود و به شخص سومی داده نمی‌شود.</p>",
        ),
        (
            "/karnameh",
            "گزارش عملکرد سالانه 1404",
            f"<table><tr><th>شرح</th><th>مقدار</th></tr><tr><td>مجوزهای صادر شده</td><td>{d.number(200, 4000)}</td></tr><tr><td>بازرسی‌ها</td><td>{d.number(50, 400)}</td></tr></table>",
        ),
        (
            "/monaghese",
            "مناقصه‌ها",
            f"<table><tr><td>مناقصه خرید تجهیزات آزمایشگاهی</td><td>شماره {d.number(100, 999)}</td><td>مهلت {d.date(0)}</td></tr><tr><td>مناقصه نگهداری ساختمان</td><td>شماره {d.number(100, 999)}</td><td>مهلت {d.date(0)}</td></tr></table>",
        ),
        (
            "/hoghogh",
            "منشور حقوق شهروندی در نظام اداری",
            "<p>مراجعان حق دارند از رفتار منصفانه، حفظ حریم خصوصی، پاسخ مستدل و حق اعتراض برخوردار باشند. کارکنان موظف به رعایت این حقوق هستند.</p>",
        ),
        (
            "/update",
            "دستورالعمل بروزرسانی پورتال",
            "<p>اطلاعات مدیران حداکثر ظرف 24 ساعت و صفحه‌های خدمات هر سه ماه بازبینی می‌شود. مسئول هر بخش واحد متولی آن است.</p>",
        ),
    ]
    few = d.yes(0.4)
    for url, title, body in d.some(items, 3) if few else items:
        site.page(url, title, body, footer=title)
    return site, Truth(0.5 if few else 1.0, f"{3 if few else 6} items with content")


@family("T06", "present", "en")
def english_commitments(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/privacy",
        "Privacy policy",
        "<p>We collect only the personal data that is needed to handle your application. We do not share it with third parties and delete it after two years.</p>",
        footer="Privacy policy",
    )
    site.page(
        "/charter",
        "Citizens' charter",
        f"<p>You have the right to fair treatment. We answer letters within {d.number(5, 15)} working days and phone calls within 3 minutes.</p>",
        footer="Citizens' charter",
    )
    site.page(
        "/tenders",
        "Tenders",
        f"<ul><li>Tender {d.number(10, 99)}: laboratory equipment, closes {d.date(0)}</li><li>Tender {d.number(10, 99)}: building maintenance, closes {d.date(0)}</li></ul>",
        menu="Tenders",
    )
    return site, Truth(0.5, "three items with content", 0.5)


@family("T06", "hard")
def samples(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/harim",
        "نمونه بیانیه حریم خصوصی",
        "<p>(متن نمونه) دستگاه ............ متعهد می‌شود ............</p>",
        footer="حریم خصوصی",
    )
    site.page("/sla", "بیانیه سطح خدمت", "<p>]عنوان خدمت[ در مدت ]زمان[ ارائه می‌شود.</p>", footer="سطح خدمت")
    return site, Truth(0, "templates")


@family("T06", "hard")
def copyright_line(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.credit = "استفاده از مطالب این سایت با ذکر منبع آزاد است."
    site.page("/r", "مقررات", "", menu=d.pick("قوانین", "بخشنامه‌ها"))
    site.news("گزارش عملکرد دهه فجر تشریح شد", "مدیرعامل عملکرد سازمان را تشریح کرد.")
    return site, Truth(0, "copyright, an empty page, news")


@family("P05", "present")
def catalogue_of_data(d: Draw) -> tuple[Site, Truth]:
    site, full = start(d), d.yes(0.6)
    if full:
        cards = ""
        for i, t in enumerate(
            d.some(("آمار مجوزها", "فهرست واحدهای دارای پروانه", "خسارت‌های پرداختی", "حجم پسماند روزانه"), 3)
        ):
            site.file(f"/opendata/{i}.csv", b"year,count\n1404,12\n", "text/csv")
            cards += f"<div class='dataset'><h4>{t}</h4><p>ناشر: {d.matter.unit}</p><p>تاریخ: {d.date(d.number(1, 9))}</p><a href='/opendata/{i}.csv'>دریافت CSV</a></div>"
        site.page(
            "/opendata",
            "مجموعه داده‌ها",
            f"{cards}<p>پروانه انتشار: CC BY 4.0</p>",
            menu=d.pick("داده باز", "مجموعه داده‌ها"),
        )
        return site, Truth(1.0, "three machine-readable sets with title, date, owner, licence")
    site.file("/amar/1404.pdf", b"%PDF-1.4", "application/pdf")
    site.page(
        "/amar",
        "سالنامه آماری",
        "<p>آمار عملکرد سال 1404 به تفکیک ماه:</p><table><tr><th>ماه</th><th>تعداد</th></tr><tr><td>فروردین</td><td>121</td></tr><tr><td>اردیبهشت</td><td>98</td></tr><tr><td>خرداد</td><td>143</td></tr></table><a href='/amar/1404.pdf'>سالنامه 1404 (PDF)</a>",
        menu=d.pick("سالنامه آماری", "آمار"),
    )
    return site, Truth(0.5, "statistics as web table and PDF")


@family("P05", "hard")
def word_without_data(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/od",
        "داده باز چیست؟",
        "<p>داده باز به داده‌ای گفته می‌شود که همه بتوانند آزادانه از آن استفاده کنند.</p>",
        menu="داده باز",
    )
    return site, Truth(0, "a definition")


@family("P05", "hard")
def price_list(d: Draw) -> tuple[Site, Truth]:
    site, name = start(d), d.pick("نرخ‌نامه خدمات", "جدول تعرفه‌ها")
    site.file("/tariff.xlsx", b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    site.page("/tariff", name, f"<p><a href='/tariff.xlsx'>دریافت {name} به صورت اکسل</a></p>", menu=name)
    return site, Truth(0, "a price list")


@family("P03", "present")
def draft_page(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    if d.yes(0.6):
        site.page(
            "/nazar",
            "در معرض نقد عموم",
            f"<h4>پیش‌نویس دستورالعمل تعرفه‌ها</h4><div>{d.date(1)}</div><p>بند 1: تعرفه هر خدمت سالانه بازنگری می‌شود. بند 2: تخفیف مناطق محروم پنجاه درصد است.</p><div>شهروندان تا 10 آبان 1405 فرصت دارند نظر خود را بنویسند.</div><form method='post'><textarea name='n' placeholder='نظر شما'></textarea><button>ارسال نظر</button></form>",
            menu=d.pick("نظر بدهید", "نظرخواهی عمومی"),
        )
        return site, Truth(1.0, "draft with text, deadline and form")
    site.page(
        "/msh",
        "راهبرد مشارکت سازمان",
        "<p>ما باور داریم مردم باید در تصمیم‌ها شریک باشند؛ از این رو مقررات پیش از تصویب برای اظهار نظر عمومی منتشر خواهد شد.</p>",
        menu="مشارکت الکترونیک",
    )
    return site, Truth(0.5, "policy only")


@family("P03", "hard")
def essay(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/m",
        "مشارکت مردمی در حفاظت",
        "<p>مشارکت مردمی از دیرباز در حفظ منابع نقش داشته است. پژوهشگران آن را به چهار گونه بخش کرده‌اند.</p>",
        menu=d.pick("مقالات", "مشارکت مردمی"),
    )
    return site, Truth(0, "an essay")


@family("P04", "present")
def what_we_heard(d: Draw) -> tuple[Site, Truth]:
    site, full = start(d), d.yes()
    body = (
        f"<div>{d.date(2)}</div><ul><li>پیشنهاد رسیده: نوبت‌دهی اینترنتی. اقدام: از مرداد اجرا شد.</li><li>پیشنهاد رسیده: کار در روز پنجشنبه. اقدام: پذیرفته نشد، چون مجوز قانونی نیست.</li></ul>"
        if full
        else f"<p>تعداد نظرات رسیده: {d.number(50, 600)}، تعداد پاسخ داده شده: {d.number(20, 49)}</p>"
    )
    name = d.pick("نظر شما چه شد؟", "بازخورد نظرات مردم", "نظرات اعمال شده")
    site.page("/heard", name, body, menu=name)
    return site, Truth(1.0 if full else 0.5, "received, changed, why not, dated" if full else "statistics only")


@family("P04", "hard")
def poll_without_decision(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/poll",
        "نتیجه نظرسنجی سایت",
        f"<p>خوب: {d.number(30, 60)} درصد، متوسط: {d.number(10, 30)} درصد</p>",
        menu="نتیجه نظرسنجی",
    )
    return site, Truth(0, "result of a poll without any decision")
