"""Taking part (P01, P02, P06): rule kits."""

from tests.portals.catalogue import family
from tests.portals.draw import Draw
from tests.portals.rule.ground import start
from tests.portals.site import Site, Truth

SCALE = ("خیلی زیاد", "زیاد", "متوسط", "کم", "خیلی کم")


@family("P01", "present")
def complaint_form(d: Draw) -> tuple[Site, Truth]:
    full = d.yes(0.6)
    site, name = start(d), d.pick("ثبت شکایت", "شکایات و گزارش‌های مردمی", "رسیدگی به شکایات")
    form = "<form method='post' action='/shekayat'><label>نام<input name='n'></label><label>موضوع شکایت<input name='s'></label><label>شرح شکایت<textarea name='t'></textarea></label><button>ثبت شکایت</button></form>"
    follow = (
        f"<p>پس از ثبت، کد پیگیری دریافت می‌کنید. به شکایت شما ظرف {d.number(7, 20)} روز کاری پاسخ داده می‌شود.</p><h3>پیگیری شکایت</h3><form action='/shekayat/follow'><label>کد پیگیری<input name='c'></label><button>پیگیری</button></form>"
        if full
        else ""
    )
    site.page("/shekayat", name, form + follow, menu=name)
    return site, Truth(
        1.0 if full else 0.5, "form, code, follow-up and answer time" if full else "form without follow-up"
    )


@family("P01", "present")
def two_pages(d: Draw) -> tuple[Site, Truth]:
    timed = d.yes()
    site = start(d)
    days = f"<p>مهلت رسیدگی {d.pick('ده', 'پانزده', 'سی')} روز است.</p>" if timed else ""
    site.page(
        "/complain",
        "ثبت شکایت جدید",
        f"{days}<form method='post'><table><tr><td>نام شاکی</td><td><input name='n'></td></tr><tr><td>متن شکایت</td><td><textarea name='t'></textarea></td></tr></table><input type='submit' value='ارسال شکایت'></form><p>در پایان کد رهگیری نمایش داده می‌شود.</p>",
        menu="ثبت شکایت",
    )
    site.page(
        "/complain/track",
        "پیگیری شکایت قبلی",
        "<form><label>کد رهگیری شکایت<input name='c'></label><input type='submit' value='مشاهده پاسخ'></form>",
        menu="پیگیری شکایت",
    )
    return site, Truth(
        1.0 if timed else 0.5, "form, code, follow-up" + (" and answer time" if timed else ", no answer time")
    )


@family("P01", "hard")
def in_the_making(d: Draw) -> tuple[Site, Truth]:
    site, name = start(d), d.pick("ثبت شکایت", "شکایات")
    site.page(
        "/complaint",
        name,
        d.pick(
            "<p>فرم در دست طراحی است.</p>",
            f"<p>شکایت خود را به نشانی {d.mail()} ارسال کنید.</p>",
            "<p>شاکیان می‌توانند شکایت خود را کتبی به دفتر بازرسی تحویل دهند. شکایت باید امضا داشته باشد.</p>",
        ),
        menu=name,
    )
    return site, Truth(0, "under construction, e-mail only or instructions only")


@family("P02", "present")
def survey_of_the_service(d: Draw) -> tuple[Site, Truth]:
    form = (
        "<form method='post' action='/survey'>"
        + "".join(
            f"<p>{q}</p>" + "".join(f"<label><input type='radio' name='q{i}' value='{v}'>{v}</label>" for v in SCALE)
            for i, q in enumerate(("میزان رضایت شما از این خدمت چقدر است؟", "سرعت انجام خدمت را چگونه ارزیابی می‌کنید؟"))
        )
        + "<button>ثبت نظر</button></form>"
    )
    if d.yes(0.6):
        site = start(d, f"<p><a href='/survey?code={d.matter.code}'>نظرسنجی این خدمت</a></p>")
        site.page(f"/survey?code={d.matter.code}", f"نظرسنجی خدمت {d.matter.title}", form)
        return site, Truth(1.0, "a survey of this service")
    site = start(d)
    site.page("/survey", "نظرسنجی از خدمات", form, menu="نظرسنجی")
    return site, Truth(0.5, "one general survey")


@family("P02", "hard")
def look_of_the_site(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/poll",
        "نظرسنجی",
        "<form><p>نظر شما درباره طراحی جدید سایت چیست؟</p>"
        + "".join(f"<label><input type='radio' name='q'>{v}</label>" for v in ("عالی", "خوب", "بد"))
        + "<button>ثبت رأی</button></form>",
        menu="نظرسنجی",
    )
    return site, Truth(0, "poll on the look of the site")


@family("P06", "present")
def channels(d: Draw) -> tuple[Site, Truth]:
    active = d.yes(0.5)
    site = start(d)
    site.page(
        "/suggest",
        "پیشنهادات و انتقادات",
        "<form method='post'><label>پیشنهاد شما<textarea name='t'></textarea></label><button>ارسال پیشنهاد</button></form>",
        menu=d.pick("پیشنهادات و انتقادات", "ارسال پیشنهاد"),
    )
    if active:
        site.page(
            "/qa",
            "پرسش و پاسخ",
            f"<div class='q'>پرسش (کاربر، {d.date(1)}): زمان صدور پروانه چقدر است؟</div><div class='a'>پاسخ (کارشناس، {d.date(1)}): حدود ده روز کاری.</div><div class='q'>پرسش (کاربر، {d.date(0)}): آیا تمدید اینترنتی است؟</div><div class='a'>پاسخ (کارشناس، {d.date(0)}): بله.</div><form method='post'><textarea name='q'></textarea><button>ثبت پرسش</button></form>",
            menu="پرسش و پاسخ",
        )
    return site, Truth(
        1.0 if active else 0.5, "suggestion form and answered questions of the last weeks" if active else "one channel"
    )


@family("P06", "hard")
def staff_suggestions(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/ideas",
        "نظام پیشنهادات کارکنان",
        "<p>ویژه کارکنان سازمان. برای ثبت پیشنهاد با کد پرسنلی وارد شوید.</p><form method='post'><label>کد پرسنلی<input name='u'></label><label>رمز<input type='password' name='p'></label><button>ورود</button></form>",
        menu="نظام پیشنهادات",
    )
    site.news("ملاقات مردمی مدیرکل برگزار شد", "مدیرکل در ملاقات مردمی با 20 نفر گفت‌وگو کرد.")
    return site, Truth(0, "system of the staff, news of a meeting")
