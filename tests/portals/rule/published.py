"""What is published (T06, P03, P04, P05): rule kits."""

from tests.portals.catalogue import family
from tests.portals.draw import Draw
from tests.portals.rule.ground import start
from tests.portals.site import Site, Truth


@family("T06", "present")
def many_items(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    items = [
        (
            "/sla",
            "بیانیه سطح خدمت",
            f"<p>سازمان متعهد است به درخواست‌ها ظرف {d.number(3, 10)} روز کاری پاسخ دهد و دسترس‌پذیری درگاه را 98 درصد نگه دارد.</p>",
        ),
        (
            "/privacy",
            "بیانیه حریم خصوصی",
            "<p>اطلاعات شخصی کاربران تنها برای ارائه خدمت گردآوری می‌شود و بدون رضایت آنان در اختیار دیگران قرار نمی‌گیرد. کاربر می‌تواند حذف اطلاعات خود را بخواهد.</p>",
        ),
        (
            "/performance",
            "گزارش عملکرد سال 1404",
            f"<p>در سال 1404 تعداد {d.number(900, 9000)} پروانه صادر و {d.number(90, 900)} بازدید انجام شد. بودجه محقق شده {d.number(70, 99)} درصد بود.</p>",
        ),
        (
            "/laws",
            "قوانین و بخشنامه‌ها",
            "<ul><li><a href='/law/1'>بخشنامه نحوه رسیدگی به درخواست‌ها</a></li></ul><p>ماده 1: این بخشنامه نحوه رسیدگی به درخواست متقاضیان را تعیین می‌کند. ماده 2: درخواست‌ها باید به ترتیب ثبت بررسی شوند.</p>",
        ),
        (
            "/charter",
            "منشور حقوق شهروندی",
            "<p>شهروندان حق دارند خدمت را بدون تبعیض، در زمان معقول و با رفتار محترمانه دریافت کنند و از تصمیم‌های مربوط به خود آگاه شوند.</p>",
        ),
        (
            "/foi",
            "دسترسی آزاد به اطلاعات",
            "<p>درخواست دسترسی به اطلاعات را در <a href='https://foia.iran.gov.ir'>سامانه انتشار و دسترسی آزاد به اطلاعات</a> ثبت کنید. سازمان ظرف 10 روز پاسخ می‌دهد.</p>",
        ),
    ]
    few = d.yes(0.4)
    for url, title, body in d.some(items, 3) if few else items:
        low = d.yes()
        site.page(url, title, body, menu=None if low else title, footer=title if low else None)
    site.page(
        "/law/1",
        "بخشنامه نحوه رسیدگی به درخواست‌ها",
        "<p>ماده 1: درخواست‌ها به ترتیب ثبت بررسی می‌شوند. ماده 2: پاسخ باید مستدل باشد.</p>",
    )
    return site, Truth(
        0.5 if few else 1.0,
        "three items with content" if few else "six items, service level with number, report of last year",
    )


@family("T06", "hard")
def unfilled_templates(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/sla",
        "توافقنامه سطح خدمت",
        "<p>متن نمونه: این توافقنامه بین [نام دستگاه] و گیرنده [عنوان خدمت] منعقد می‌شود. [محل درج زمان پاسخ]</p>",
        menu="توافقنامه سطح خدمت",
    )
    site.page(
        "/privacy",
        "نمونه بیانیه حریم خصوصی",
        "<p>مثلا: این سازمان [نام سازمان] اطلاعات کاربران را حفظ می‌کند.</p>",
        footer="حریم خصوصی",
    )
    return site, Truth(0, "unfilled national templates")


@family("T06", "hard")
def titles_only(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    for url, title in (("/laws", "قوانین و مقررات"), ("/tenders", "مناقصات و مزایدات"), ("/report", "گزارش عملکرد")):
        site.page(url, title, d.pick("<p>موردی برای نمایش وجود ندارد.</p>", ""), menu=title)
    return site, Truth(0, "titles without content")


@family("P05", "present")
def data_sets(d: Draw) -> tuple[Site, Truth]:
    full = d.yes(0.6)
    site, name = start(d), d.pick("داده باز", "داده‌های باز")
    if full:
        titles = d.some(
            ("پروانه‌های صادر شده به تفکیک استان", "مراجعان ماهانه", "تعداد واحدهای فعال", "نتایج آزمون‌ها"), 3
        )
        rows = "".join(
            f"<tr><td>{t}</td><td>{d.date(d.number(1, 8))}</td><td>{d.matter.unit}</td><td><a href='/data/{i}.csv'>CSV</a> <a href='/data/{i}.json'>JSON</a></td></tr>"
            for i, t in enumerate(titles)
        )
        for i in range(3):
            site.file(f"/data/{i}.csv", "استان,تعداد\nتهران,12\nالبرز,7\n".encode(), "text/csv")
            site.file(f"/data/{i}.json", b'[{"n": 1}]', "application/json")
        body = f"<table><tr><th>مجموعه داده</th><th>تاریخ</th><th>مالک</th><th>دریافت</th></tr>{rows}</table><p>مجوز استفاده: انتشار آزاد با ذکر منبع</p>"
    else:
        body = (
            "<table><tr><th>سال</th><th>تعداد پروانه</th></tr>"
            + "".join(f"<tr><td>{y}</td><td>{d.number(100, 900)}</td></tr>" for y in (1402, 1403, 1404))
            + "</table>"
        )
    site.page("/data", name if full else "آمار و اطلاعات", body, menu=name if full else "آمار و اطلاعات")
    return site, Truth(
        1.0 if full else 0.5,
        "three data sets with title, date, owner, licence" if full else "statistics as a web table",
    )


@family("P05", "hard")
def forms_and_prices(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    title = d.pick("فرم‌های قابل دریافت", "تعرفه خدمات")
    for i in range(3):
        site.file(
            f"/files/{i}.xlsx", b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        )
    site.page(
        "/forms",
        title,
        "".join(f"<p><a href='/files/{i}.xlsx'>{title} {i + 1} (Excel)</a></p>" for i in range(3)),
        menu=title,
    )
    return site, Truth(0, "forms or price lists in XLSX")


@family("P05", "hard")
def empty_data_page(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/data",
        "داده باز",
        d.pick(
            "<p>به زودی</p>", "<p>موردی یافت نشد</p>", "<p><a href='https://data.gov.ir'>درگاه ملی داده باز</a></p>"
        ),
        menu="داده باز",
    )
    return site, Truth(0, "an empty page or only the national portal")


@family("P03", "present")
def draft_with_form(d: Draw) -> tuple[Site, Truth]:
    site, name = start(d), d.pick("نظرخواهی پیش‌نویس‌ها", "پیش نویس قوانین و مقررات", "مشارکت الکترونیکی")
    if d.yes(0.6):
        site.page(
            "/drafts",
            name,
            f"<h3>پیش‌نویس آیین‌نامه صدور پروانه</h3><p>تاریخ انتشار: {d.date(1)}</p><p>ماده 1: متقاضی باید شرایط عمومی را داشته باشد. ماده 2: مهلت رسیدگی ده روز است. ماده 3: اعتراض ظرف یک ماه پذیرفته می‌شود.</p><p>مهلت ارسال نظر: 30 مهر 1405</p><form action='/drafts' method='post'><label>نظر شما درباره پیش‌نویس<textarea name='c'></textarea></label><button>ثبت نظر</button></form>",
            menu=name,
        )
        return site, Truth(1.0, "a draft with text, deadline and comment form")
    site.page(
        "/rahbord",
        "راهبرد مشارکت",
        "<p>سازمان بر پایه بند 2 ماده 9 تصویب‌نامه حقوق شهروندی، پیش‌نویس مقررات را برای نظرخواهی عمومی منتشر می‌کند و نظرات شهروندان را در تصمیم‌گیری به کار می‌گیرد.</p>",
        menu="راهبرد مشارکت",
    )
    return site, Truth(0.5, "policy statement only")


@family("P03", "hard")
def calls(d: Draw) -> tuple[Site, Truth]:
    title, text = d.pick(
        ("فرصت‌های سرمایه‌گذاری و مشارکت", "سازمان آماده مشارکت اقتصادی با بخش خصوصی در ساخت طرح‌هاست."),
        ("فراخوان مقاله", "مهلت ارسال مقاله تا پایان آبان است."),
        ("فراخوان مناقصه", "مهلت ارسال پیشنهاد قیمت ده روز است."),
    )
    site = start(d)
    site.page("/call", title, f"<p>{text}</p>", menu=title)
    return site, Truth(0, "economic partnership or other calls")


@family("P04", "present")
def outcome_page(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    if d.yes():
        site.page(
            "/bazkhord",
            "نتایج مشارکت",
            f"<p>تاریخ: {d.date(3)}</p><p>درباره پیش‌نویس آیین‌نامه {d.number(20, 200)} نظر رسید.</p><table><tr><th>نظر</th><th>نتیجه</th><th>دلیل</th></tr><tr><td>کاهش مدارک</td><td>اعمال شد، ماده 3 تغییر کرد</td><td></td></tr><tr><td>حذف هزینه</td><td>پذیرفته نشد</td><td>مغایر قانون بودجه است</td></tr></table>",
            menu=d.pick("نتایج مشارکت", "بازخورد نظرات"),
        )
        return site, Truth(1.0, "received, changed, why not, dated")
    site.page(
        "/bazkhord",
        "گزارش مشارکت",
        f"<p>در سال 1404 تعداد {d.number(200, 900)} نظر و پیشنهاد دریافت و {d.number(100, 199)} مورد رسیدگی شد.</p>",
        menu="گزارش مشارکت",
    )
    return site, Truth(0.5, "statistics of comments handled")


@family("P04", "hard")
def thanks(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.news("قدردانی از مشارکت مردم", "مدیرکل از مشارکت مردم در نظرخواهی تشکر کرد و گفت: نظرات مردم راهگشاست.")
    return site, Truth(0, "thank-you news")
