"""Service status tracking: held-back kits in which it can be followed."""

from tests.portals.catalogue import family
from tests.portals.draw import Draw
from tests.portals.held.ground import start
from tests.portals.site import Site, Truth

NUMBERS = ("شناسه درخواست", "کد پیگیری", "شماره رهگیری", "کد رهگیری", "شماره پرونده")


def _legend(d: Draw) -> str:
    pairs = d.some(
        (
            ("ثبت شده", "درخواست به دبیرخانه رسیده است"),
            ("در انتظار بررسی", "نوبت کارشناس نرسیده است"),
            ("ناقص", "مدارک را کامل کنید"),
            ("تأیید شد", "در صف صدور"),
            ("صادر شد", "می‌توانید دریافت کنید"),
            ("رد شد", "دلیل در همان صفحه می‌آید"),
        ),
        5,
    )
    return d.pick(
        "<dl>" + "".join(f"<dt>{a}</dt><dd>{b}</dd>" for a, b in pairs) + "</dl>",
        "<div class='legend'>" + "".join(f"<span class='badge'>{a}</span> {b}<br>" for a, b in pairs) + "</div>",
        "<ol>" + "".join(f"<li><b>{a}</b>: {b}</li>" for a, b in pairs) + "</ol>",
    )


def _judge(*, explained: bool, linked: bool, staged: bool) -> Truth:
    if not explained:
        return Truth(0.5, "desk form without a word on where the number comes from")
    return Truth(
        1.0 if linked and staged else 0.75,
        f"desk form, number explained; linked from the service {linked}, stages or notices {staged}",
    )


@family("T02", "present")
def block_editor_form(d: Draw) -> tuple[Site, Truth]:
    number, explained, linked, staged = d.pick(*NUMBERS), d.yes(0.85), d.yes(0.7), d.yes(0.6)
    url = "/vaziat/"
    name = d.pick("استعلام وضعیت درخواست", "درخواست من کجاست؟", "آخرین وضعیت درخواست شما")
    link = f'<div class="wp-block-button"><a class="wp-block-button__link" href="{url}">{d.pick("استعلام وضعیت درخواست", "وضعیت درخواست خود را ببینید")}</a></div>'
    site = start(d, link if linked else "")
    where = (
        d.pick(
            f"<p class='has-small-font-size'>پس از تکمیل درخواست، {number} نشان داده می‌شود؛ آن را یادداشت کنید.</p>",
            f"<p>{number} در پیامک تأیید ثبت آمده است.</p>",
        )
        if explained
        else ""
    )
    site.page(
        url,
        name,
        f'<div class="wpcf7"><form action="{url}#r" method="post" class="wpcf7-form"><p><label> {number}<br><span class="wpcf7-form-control-wrap"><input type="text" name="rahgiri" class="wpcf7-text"></span></label></p><p><input type="submit" value="{d.pick("نمایش وضعیت", "استعلام")}" class="wpcf7-submit"></p></form></div>{where}{_legend(d) if staged else ""}',
        menu=name,
    )
    return site, _judge(explained=explained, linked=linked, staged=staged)


@family("T02", "present")
def desk_on_its_own_host(d: Draw) -> tuple[Site, Truth]:
    number, explained, staged = d.pick(*NUMBERS), d.yes(0.85), d.yes(0.6)
    url = "https://miz.agency.example/follow-up"
    site = start(d, card=f'<a class="btn" href="{url}">{d.pick("پیگیری", "رهگیری درخواست", "پی‌گیری درخواست")}</a>')
    site.extra_hosts = ("miz.agency.example",)
    guide = (
        f"<div class='hint'>برای هر درخواست یک {number} {d.pick('صادر می‌شود', 'تولید و پیامک می‌شود')}.</div>"
        if explained
        else ""
    )
    site.page(
        url,
        "پیگیری درخواست",
        f'<form><div class="input-group"><span class="input-group-text">{number}</span><input class="form-control" type="text" id="TrackNo" name="TrackNo"><button class="btn btn-primary" type="submit">{d.pick("جست و جو", "پیگیری", "مشاهده")}</button></div>{guide}</form>{_legend(d) if staged else ""}',
    )
    return site, _judge(explained=explained, linked=True, staged=staged)


@family("T02", "present")
def script_page_without_form_tag(d: Draw) -> tuple[Site, Truth]:
    number, explained, linked, staged = d.pick(*NUMBERS), d.yes(0.85), d.yes(0.6), d.yes(0.6)
    url = "/app/status"
    site = start(
        d,
        f'<div class="actions"><a href="{url}"><div>{d.pick("پیگیری درخواست", "مشاهده وضعیت درخواست")}</div></a></div>'
        if linked
        else "",
    )
    bar = (
        "<div class='MuiStepper-root'>"
        + "".join(
            f"<div class='MuiStep-root'><span class='MuiStepLabel-label'>{n}</span></div>"
            for n in ("ثبت درخواست", "بررسی کارشناس", "تأیید", "صدور")
        )
        + "</div>"
        if staged
        else ""
    )
    note = f"<div class='MuiTypography-body2'>{number} را پس از ثبت درخواست از ما گرفته‌اید.</div>" if explained else ""
    site.page(
        url,
        "پیگیری درخواست",
        f'{bar}<div class="MuiBox"><div class="MuiTextField"><label>{number}</label><input aria-label="{number}" type="text" id="r1"></div>{note}<button type="button" class="MuiButton">{d.pick("مشاهده", "پیگیری درخواست")}</button></div>',
        menu="پیگیری درخواست",
    )
    return site, _judge(explained=explained, linked=linked, staged=staged)


@family("T02", "present")
def service_and_number(d: Draw) -> tuple[Site, Truth]:
    number, explained, linked, staged = d.pick(*NUMBERS), d.yes(0.8), d.yes(0.5), d.yes(0.6)
    url = "/Request/Follow"
    options = "".join(f"<option value='{m.code}'>{m.title}</option>" for m in d.body.matters)
    site = start(d, f"<p>گام بعد: <a href='{url}'>وضعیت درخواست ارسال شده را ببینید</a>.</p>" if linked else "")
    table = (
        "<table class='table table-striped'><thead><tr><th>مرحله</th><th>توضیح</th></tr></thead><tbody><tr><td>ثبت</td><td>دریافت درخواست</td></tr><tr><td>در حال بررسی</td><td>ارجاع به کارشناس</td></tr><tr><td>نقص مدرک</td><td>بازگشت به متقاضی</td></tr><tr><td>صدور</td><td>پایان کار</td></tr></tbody></table>"
        if staged
        else ""
    )
    where = f"<span class='text-muted'>{number} بالای رسید خدمت چاپ شده است.</span>" if explained else ""
    site.page(
        url,
        "پیگیری خدمت",
        f'<form action="{url}" method="get" class="form-horizontal"><div class="row"><label class="col-2">خدمت</label><select name="srv">{options}</select></div><div class="row"><label class="col-2">{number}</label><input name="no" type="number">{where}</div><input type="submit" class="btn" value="مشاهده"></form>{table}',
        menu=d.pick("پیگیری خدمت", "پیگیری خدمات"),
    )
    return site, _judge(explained=explained, linked=linked, staged=staged)


@family("T02", "present")
def row_of_the_service_sheet(d: Draw) -> tuple[Site, Truth]:
    number, explained, notice = d.pick(*NUMBERS), d.yes(0.8), d.yes(0.6)
    url = "/e/pigiri"
    sheet = f"<dl><dt>زمان پاسخ</dt><dd>{d.number(5, 20)} روز کاری</dd><dt>{d.pick('نحوه پیگیری', 'پیگیری درخواست', 'چگونه از وضعیت درخواست باخبر شویم؟')}</dt><dd>{'هر تغییر در وضعیت درخواست با پیامک به متقاضی اطلاع داده می‌شود. ' if notice else ''}از <a href='{url}'>{d.pick('این صفحه', 'صفحه پیگیری')}</a> نیز می‌توانید درخواست را دنبال کنید.</dd></dl>"
    site = start(d, sheet)
    where = f"<p>{number} را هنگام ارسال درخواست دریافت کرده‌اید.</p>" if explained else ""
    site.page(
        url,
        "پیگیری درخواست خدمات",
        f"{where}<form method='post'><p>{number}: <input name='n1'></p><p>حاصل عبارت تصویر: <img src='/c.png' alt='captcha'><input name='c1'></p><p><input type='submit' value='{d.pick('ثبت و مشاهده', 'مشاهده وضعیت')}'></p></form>",
    )
    return site, _judge(explained=explained, linked=True, staged=notice)


@family("T02", "present")
def footer_and_guide_page(d: Draw) -> tuple[Site, Truth]:
    number, linked, staged = d.pick(*NUMBERS), d.yes(0.4), d.yes(0.7)
    url, guide = "/track", "/track/help"
    site = start(d, f"<ul class='side-links'><li><a href='{url}'>پیگیری درخواست</a></li></ul>" if linked else "")
    site.page(
        url,
        "رهگیری درخواست",
        f"<form action='{url}'><input type='text' name='code' placeholder='{number}'><button type='submit'>رهگیری</button></form><a href='{guide}'>راهنمای پیگیری</a>",
        footer="رهگیری درخواست",
    )
    stages = f"<h4>درخواست شما چه وضعیتی دارد؟</h4>{_legend(d)}" if staged else ""
    site.page(
        guide,
        "راهنمای پیگیری",
        f"<p>پس از ثبت درخواست به شما {number} داده می‌شود. آن را در صفحه رهگیری بنویسید.</p>{stages}",
    )
    return site, _judge(explained=True, linked=linked, staged=staged)


@family("T02", "present", "en")
def english_webform(d: Draw) -> tuple[Site, Truth]:
    explained, linked, staged = d.yes(0.85), d.yes(0.7), d.yes(0.6)
    number = d.pick("Case number", "Confirmation number", "Application ID", "Receipt number")
    url = "/case-status"
    name = d.pick("Check your case status", "Where is my application?", "Application tracking")
    site = start(d, f"<p>Already applied? <a href='{url}'>{name}</a></p>" if linked else "")
    where = (
        f"<div class='description'>Your {number.lower()} was {d.pick('e-mailed to you after you applied', 'shown on screen when you applied')}.</div>"
        if explained
        else ""
    )
    states = (
        d.pick(
            "<dl><dt>Received</dt><dd>We have your application.</dd><dt>In review</dt><dd>An officer is reading it.</dd><dt>Action needed</dt><dd>Send the missing papers.</dd><dt>Issued</dt><dd>Your permit is ready.</dd></dl>",
            "<p>We e-mail and text you whenever the status of your application changes.</p>",
        )
        if staged
        else ""
    )
    site.page(
        url,
        name,
        f"<form class='webform' action='{url}'><div class='form-item'><label for='e1'>{number}</label><input id='e1' name='case'>{where}</div><div class='form-item'><label for='e2'>Date of birth</label><input id='e2' name='dob'></div><button>{d.pick('Check status', 'View status', 'Continue')}</button></form>{states}",
        menu=name,
    )
    return site, _judge(explained=explained, linked=linked, staged=staged)


@family("T02", "present")
def member_area_named(d: Draw) -> tuple[Site, Truth]:
    site = start(d, "<p>ثبت و پیگیری این درخواست در <a href='/signin'>پنل کاربری</a> انجام می‌شود.</p>")
    site.page(
        "/signin",
        "پنل کاربری",
        f"<div class='login-box'><div>{d.pick('پس از ورود می‌توانید درخواست تازه ثبت کنید و وضعیت درخواست‌های پیشین را پیگیری نمایید.', 'درخواست‌های من، پیگیری درخواست، پیام‌ها: همه پس از ورود در دسترس است.')}</div><form method='post'><input name='mobile' placeholder='شماره همراه'><input type='password' name='pw' placeholder='گذرواژه'><button>ورود به پنل</button></form></div>",
        menu="ورود",
    )
    return site, Truth(0.5, "own login; its page names tracking", 0.5)


@family("T02", "present")
def correspondence_only(d: Draw) -> tuple[Site, Truth]:
    name, number = d.pick(
        ("پیگیری نامه", "شماره ثبت دبیرخانه"),
        ("رهگیری مکاتبات اداری", "شماره نامه وارده"),
        ("پیگیری شکایت و گزارش", "کد شکایت"),
    )
    site = start(d)
    site.page(
        "/letters",
        name,
        f"<form action='/letters'><div class='field'><div>{number}</div><input name='ln'></div><div class='field'><div>رمز</div><input name='pin'></div><button>نمایش</button></form><p>{number} را از دبیرخانه بگیرید.</p>",
        menu=name,
    )
    return site, Truth(0.5, "letters or complaints only", 0.5)
