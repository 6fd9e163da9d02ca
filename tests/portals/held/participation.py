"""Taking part (P01, P02, P06): held-back kits."""

from tests.portals.catalogue import family
from tests.portals.draw import Draw
from tests.portals.held.ground import start
from tests.portals.site import Site, Truth

FIVE = ("عالی", "خوب", "متوسط", "ضعیف", "بسیار ضعیف")


@family("P01", "present")
def soup_complaint(d: Draw) -> tuple[Site, Truth]:
    full = d.yes(0.6)
    site, name = start(d), d.pick("طرح شکایت", "سامانه رسیدگی به شکایات", "ثبت شکایت و اعتراض")
    more = (
        f"<div>هر شکایت یک کد رهگیری می‌گیرد و حداکثر در {d.number(8, 30)} روز پاسخ داده می‌شود.</div><div class='track'><input placeholder='کد رهگیری شکایت' name='c'><button>پیگیری شکایت</button></div>"
        if full
        else ""
    )
    site.page(
        "/sh",
        name,
        f"<div class='frm'><form method='post'><input name='nm' placeholder='نام و نام خانوادگی'><input name='sb' placeholder='موضوع شکایت'><textarea name='tx' placeholder='شرح شکایت'></textarea><button>ارسال شکایت</button></form></div>{more}",
        menu=name,
    )
    return site, Truth(1.0 if full else 0.5, "form, code, follow-up, answer time" if full else "form only")


@family("P01", "present", "en")
def english_complaint(d: Draw) -> tuple[Site, Truth]:
    full = d.yes(0.6)
    site, name = start(d), d.pick("Make a complaint", "Complaints")
    more = (
        f"<p>You receive a reference number. We answer within {d.number(10, 30)} days.</p><form action='/c/follow'><label>Complaint reference number<input name='r'></label><button>Follow up</button></form>"
        if full
        else ""
    )
    site.page(
        "/c",
        name,
        f"<form method='post'><label>Your name<input name='n'></label><label>Your complaint<textarea name='t'></textarea></label><button>Send complaint</button></form>{more}",
        menu=name,
    )
    return site, Truth(1.0 if full else 0.5, "form, code, follow-up, time" if full else "form only")


@family("P01", "hard")
def instructions(d: Draw) -> tuple[Site, Truth]:
    site, name = start(d), d.pick("راهنمای شکایت", "نحوه ثبت شکایت")
    site.page(
        "/how",
        name,
        d.pick(
            "<p>شهروندان می‌توانند شکایت کتبی خود را به دبیرخانه تحویل دهند.</p>",
            f"<p>شکایت خود را به رایانامه {d.mail()} بفرستید یا با تلفن {d.phone()} بگویید.</p>",
        ),
        menu=name,
    )
    return site, Truth(0, "instructions or e-mail only")


@family("P02", "present")
def stars_after_service(d: Draw) -> tuple[Site, Truth]:
    tied = d.yes(0.6)
    radios = "".join(
        f"<input type='radio' name='r' id='r{i}'><label for='r{i}'>{v}</label>" for i, v in enumerate(FIVE)
    )
    if tied:
        return start(
            d,
            f"<section><h4>{d.pick('از این خدمت راضی بودید؟', 'ارزیابی شما از این خدمت')}</h4><form method='post'>{radios}<textarea name='w' placeholder='توضیح'></textarea><button>ارسال نظر</button></form></section>",
        ), Truth(1.0, "survey on the page of the service")
    site = start(d)
    site.page(
        "/sv",
        "سنجش رضایت خدمت‌گیرندگان",
        f"<form method='post'><p>از کیفیت خدمات سازمان چقدر رضایت دارید؟</p>{radios}<button>ارسال</button></form>",
        footer="سنجش رضایت",
    )
    return site, Truth(0.5, "general survey")


@family("P02", "hard")
def other_polls(d: Draw) -> tuple[Site, Truth]:
    q = d.pick("به کدام رشته ورزشی علاقه دارید؟", "ظاهر درگاه جدید را می‌پسندید؟", "از چه راهی با سایت ما آشنا شدید؟")
    site = start(d)
    site.page(
        "/vote",
        "رأی‌گیری",
        f"<form><p>{q}</p><label><input type='radio' name='v'>گزینه اول</label><label><input type='radio' name='v'>گزینه دوم</label><button>رأی بدهید</button></form>",
        menu="نظرسنجی سایت",
    )
    return site, Truth(0, "a poll about something else")


@family("P06", "present")
def talk(d: Draw) -> tuple[Site, Truth]:
    two = d.yes()
    site = start(d)
    site.page(
        "/meet",
        d.pick("درخواست ملاقات", "ملاقات با مدیرکل"),
        "<form method='post'><input name='n' placeholder='نام'><input name='m' placeholder='شماره تماس'><textarea name='r' placeholder='موضوع ملاقات'></textarea><button>ثبت درخواست ملاقات</button></form>",
        menu="درخواست ملاقات",
    )
    if two:
        site.page(
            "/ideas",
            "پیشنهادهای مردمی",
            f"<form method='post'><textarea name='i' placeholder='پیشنهاد خود را بنویسید'></textarea><button>ثبت پیشنهاد</button></form><h4>پیشنهادهای پاسخ داده شده</h4><ul><li>{d.date(0)}: نصب نوبت‌دهی. پاسخ سازمان: در دست اجراست.</li><li>{d.date(1)}: کاهش فرم‌ها. پاسخ سازمان: انجام شد.</li></ul>",
            menu="پیشنهادها",
        )
    return site, Truth(1.0 if two else 0.5, "two channels, answers of the last weeks" if two else "one channel")


@family("P06", "hard")
def dead_social(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.news(
        "دیدار چهره به چهره با مردم",
        "معاون سازمان در دیدار مردمی به پرسش‌ها پاسخ داد و گفت پیشنهادهای مردم بررسی می‌شود.",
    )
    site.page(
        "/pish",
        "کمیته نظام پیشنهادها",
        "<p>کارکنان پیشنهادهای خود را در سامانه داخلی ثبت می‌کنند و پاداش می‌گیرند.</p>",
        menu="نظام پیشنهادها",
    )
    return site, Truth(0, "staff suggestions and news")
