"""Service status tracking: rule kits in which it can be followed."""

from tests.portals.catalogue import family
from tests.portals.draw import Draw
from tests.portals.rule.ground import start
from tests.portals.site import Site, Truth

CODES = ("کد رهگیری", "کد پیگیری", "شماره پیگیری", "شماره پرونده", "شماره درخواست")


def _stages(d: Draw) -> str:
    names = d.some(
        ("ثبت اولیه", "ارجاع به کارشناس", "در حال بررسی", "نقص مدرک", "تأیید نهایی", "صدور", "رد درخواست"),
        d.number(4, 6),
    )
    return d.pick(
        "<ul>" + "".join(f"<li>{n}</li>" for n in names) + "</ul>",
        f"<p>وضعیت درخواست یکی از این موارد است: {'، '.join(names)}.</p>",
        "<table>" + "".join(f"<tr><td>{i}</td><td>{n}</td></tr>" for i, n in enumerate(names, 1)) + "</table>",
    )


def _verdict(*, explained: bool, linked: bool, staged: bool) -> Truth:
    if not explained:
        return Truth(0.5, "a form of the desk, but where the code comes from is not said")
    if linked and staged:
        return Truth(
            1.0, "form of the service or desk, code explained, linked from the service page, stages or notices named"
        )
    return Truth(
        0.75, "form of the service or desk, code explained; the link from the service page or the stages are missing"
    )


@family("T02", "present")
def own_page_with_label(d: Draw) -> tuple[Site, Truth]:
    code, explained, linked, staged = d.pick(*CODES), d.yes(0.85), d.yes(0.7), d.yes(0.6)
    url, caption = "/peygiri", d.pick("پیگیری درخواست", "رهگیری درخواست", "مشاهده وضعیت درخواست")
    site = start(
        d,
        f'<p>متقاضیان برای آگاهی از آخرین وضعیت درخواست خود به <a href="{url}">{caption}</a> مراجعه کنند.</p>'
        if linked
        else "",
    )
    intro = f"<p>{code} هنگام ثبت درخواست به متقاضی داده می‌شود.</p>" if explained else ""
    site.page(
        url,
        caption,
        f"""{intro}<form method="post" action="{url}/result"><div class="form-group"><label for="f1">{code}:</label><input type="text" id="f1" name="trackingCode" class="form-control"></div>
<div class="form-group"><label for="cap">کد امنیتی</label><img src="/captcha.ashx" alt="کد امنیتی"><input type="text" id="cap" name="captcha"></div><button type="submit" class="btn">{d.pick("جستجو", "مشاهده", "پیگیری")}</button></form>{_stages(d) if staged else ""}""",
        menu=caption,
    )
    return site, _verdict(explained=explained, linked=linked, staged=staged)


@family("T02", "present")
def desk_row_and_panel(d: Draw) -> tuple[Site, Truth]:
    code, explained, staged = d.pick(*CODES), d.yes(0.8), d.yes(0.5)
    url = "/desk/track"
    site = start(
        d,
        row=f'<a href="/desk/new?s=1">ثبت درخواست</a> <a href="{url}">{d.pick("پیگیری درخواست", "پیگیری", "وضعیت درخواست من")}</a>',
    )
    said = (
        d.pick(f"پس از ثبت درخواست، {code} از طریق پیامک برای شما ارسال می‌گردد.", f"{code} در رسید خدمت درج شده است.")
        if explained
        else "لطفاً اطلاعات زیر را تکمیل کنید."
    )
    steps = f"<h3>معنی وضعیت‌ها</h3>{_stages(d)}" if staged else ""
    site.page(
        "/desk/new?s=1",
        "ثبت درخواست",
        '<form action="/desk/new" method="post"><label>نام و نام خانوادگی<input name="fullname"></label><label>تلفن همراه<input name="mobile"></label><input type="submit" value="ثبت"></form>',
    )
    site.page(
        url,
        "پیگیری درخواست‌های میز خدمت",
        f"""<div class="alert">{said}</div><form action="{url}"><table><tr><td>{code}</td><td><input type="text" name="RefCode" size="20"></td></tr><tr><td>کد ملی</td><td><input type="text" name="NationalCode" maxlength="10"></td></tr><tr><td colspan="2"><input type="submit" value="{d.pick("مشاهده وضعیت", "استعلام", "بررسی")}"></td></tr></table></form>{steps}""",
    )
    return site, _verdict(explained=explained, linked=True, staged=staged)


@family("T02", "present")
def tab_of_the_service(d: Draw) -> tuple[Site, Truth]:
    code, explained, staged = d.pick(*CODES), d.yes(0.8), d.yes(0.6)
    said = f"<p>{code} همان عددی است که پس از ثبت درخواست روی صفحه نمایش داده شد.</p>" if explained else ""
    notice = d.pick(_stages(d), "<p>با هر تغییر وضعیت پرونده، پیامک برای متقاضی ارسال می‌شود.</p>") if staged else ""
    extra = f"""<ul class="nav nav-tabs"><li class="active"><a data-toggle="tab" href="#t1">معرفی</a></li><li><a data-toggle="tab" href="#t2">{d.pick("پیگیری", "پیگیری پرونده", "وضعیت درخواست")}</a></li></ul>
<div class="tab-content"><div class="tab-pane active" id="t1"><p>این خدمت در همه روزهای کاری ارائه می‌شود.</p></div><div class="tab-pane" id="t2">{said}<form method="post" action="/track"><input type="text" name="code" placeholder="{code} خود را وارد {d.pick("کنید", "نمایید")}"><button>{d.pick("پیگیری", "جست‌وجو")}</button></form>{notice}</div></div>"""
    return start(d, extra), _verdict(explained=explained, linked=True, staged=staged)


@family("T02", "present")
def box_of_the_home_page(d: Draw) -> tuple[Site, Truth]:
    code, explained = d.pick(*CODES), d.yes(0.75)
    site = start(d)
    said = (
        f"<small>{d.pick(f'{code} پس از ثبت نهایی درخواست صادر می‌شود', f'{code} را از رسید ثبت درخواست بردارید')}</small>"
        if explained
        else ""
    )
    home = site.pages[0]
    box = f'<div class="box"><h3>{d.pick("رهگیری درخواست‌ها", "پیگیری وضعیت خدمت", "پیگیری درخواست خدمات")}</h3><form action="/track"><input type="text" id="txtPeigiri" name="txtPeigiri" placeholder="{code}"><input type="submit" value="{d.pick("رهگیری", "مشاهده وضعیت", "پیگیری")}"></form>{said}</div>'
    site.pages[0] = type(home)(home.url, home.title, home.body + box)
    return site, _verdict(explained=explained, linked=False, staged=False)


@family("T02", "present")
def webforms_table(d: Draw) -> tuple[Site, Truth]:
    code, explained, linked, staged = d.pick(*CODES), d.yes(0.8), d.yes(0.6), d.yes(0.5)
    url = "/FollowUp.aspx"
    site = start(
        d, f'<p><a href="{url}"><b>{d.pick("مشاهده وضعیت پرونده", "پیگیری تقاضا")}</b></a></p>' if linked else ""
    )
    said = (
        f'<tr><td colspan="2"><span id="lblHelp">{code} در پایان مرحله ثبت نام {d.pick("صادر", "تولید")} و به متقاضی {d.pick("اعلام", "ارائه")} می‌شود</span></td></tr>'
        if explained
        else ""
    )
    site.page(
        url,
        d.pick("پیگیری تقاضا", "پیگیری وضعیت پرونده متقاضیان"),
        f"""<form method="post" action="./FollowUp.aspx" id="form1"><table class="tbl" cellspacing="2">{said}<tr><td><span id="ctl00_lblCode">{code}</span></td><td><input name="ctl00$txtCode" type="text" id="ctl00_txtCode"></td></tr>
<tr><td><span>تصویر امنیتی را تایپ کنید</span></td><td><img src="Captcha.aspx" alt=""><input name="ctl00$txtCaptcha" type="text"></td></tr><tr><td></td><td><input type="submit" name="ctl00$btnSearch" value="{d.pick("ادامه", "جستجو", "تایید")}" id="ctl00_btnSearch"></td></tr></table></form>{_stages(d) if staged else ""}""",
        menu=d.pick("پیگیری تقاضا", "پیگیری پرونده"),
    )
    return site, _verdict(explained=explained, linked=linked, staged=staged)


@family("T02", "present")
def own_login_with_inbox(d: Draw) -> tuple[Site, Truth]:
    url = "/account/login"
    site = start(
        d,
        f'<p>متقاضی پس از ثبت نام در سامانه، درخواست خود را ارسال می‌کند و <a href="{url}">از کارتابل خود پیگیری می‌کند</a>.</p>',
    )
    site.page(
        url,
        "ورود متقاضیان",
        f"""<p>{d.pick("پس از ورود، درخواست‌های شما و وضعیت هر یک در کارتابل درخواست‌ها دیده می‌شود.", "برای پیگیری درخواست‌های خود وارد کارتابل شوید.", "ورود به کارتابل پیگیری درخواست‌ها")}</p>
<form method="post" action="{url}"><label>نام کاربری<input type="text" name="username"></label><label>رمز عبور<input type="password" name="password"></label><button type="submit">ورود</button></form>""",
        menu="ورود به سامانه",
    )
    return site, Truth(0.5, "own login whose page names tracking in the inbox", 0.5)


@family("T02", "present")
def letters_and_complaints_only(d: Draw) -> tuple[Site, Truth]:
    what, caption = d.pick(
        ("شماره نامه", "پیگیری نامه‌ها"), ("شماره نامه", "پیگیری مکاتبات"), ("شماره شکایت", "پیگیری شکایت")
    )
    site = start(d)
    site.page(
        "/letters",
        caption,
        f'<p>{what} در دبیرخانه به شما داده می‌شود.</p><form method="post" action="/letters"><label>{what} <input type="text" name="LetterNo"></label><label>تاریخ ثبت <input name="d"></label><input type="submit" value="جستجو"></form>',
        menu=caption,
    )
    return site, Truth(0.5, "letters or complaints can be followed, not the service", 0.5)


@family("T02", "present", "en")
def application_status_portlet(d: Draw) -> tuple[Site, Truth]:
    explained, linked, staged = d.yes(0.8), d.yes(0.7), d.yes(0.6)
    code = d.pick("Tracking code", "Reference number", "Application number", "Request number")
    url, caption = "/web/guest/status", d.pick("Track your request", "Application status", "Check request status")
    site = start(
        d,
        f'<p>You can <a href="{url}">{d.pick("follow your application", "check the status of your request")}</a> at any time.</p>'
        if linked
        else "",
    )
    said = (
        f"<p>The {code.lower()} is {d.pick('issued when you submit your application', 'printed on your receipt', 'sent to you by SMS after submission')}.</p>"
        if explained
        else ""
    )
    states = (
        d.pick(
            "<ul><li>Received</li><li>Under review</li><li>Documents missing</li><li>Approved</li><li>Issued</li></ul>",
            "<p>Statuses: Submitted, In progress, Incomplete, Approved, Rejected.</p>",
        )
        if staged
        else ""
    )
    site.page(
        url,
        caption,
        f'{said}<form class="aui-form" method="post" action="{url}?p_p_id=status"><div class="aui-field"><label for="c">{code}</label><input id="c" type="text" name="c"></div><button type="submit">{d.pick("Search", "Check status", "Track")}</button></form>{states}',
        menu=caption,
    )
    return site, _verdict(explained=explained, linked=linked, staged=staged)


@family("T02", "present")
def nested_menu_two_fields(d: Draw) -> tuple[Site, Truth]:
    explained, linked, staged = d.yes(0.8), d.yes(0.6), d.yes(0.6)
    url = "/khadamat/peygiri-darkhast"
    hub = "/khadamat/rahnama"
    site = start(
        d,
        f'<ol class="links"><li><a href="/khadamat/sabt">ثبت درخواست</a></li><li><a href="{url}">پیگیری درخواست ثبت شده</a></li></ol>'
        if linked
        else "",
    )
    site.page("/khadamat/sabt", "ثبت درخواست", "<p>برای ثبت درخواست مدارک را آماده کنید.</p>")
    site.page(
        hub,
        "امور متقاضیان",
        f'<ul><li>درخواست‌ها<ul><li><a href="{url}">پیگیری درخواست</a></li><li><a href="/khadamat/sabt">ثبت درخواست</a></li></ul></li></ul>',
        menu="امور متقاضیان",
    )
    said = (
        "<dl><dt>شماره درخواست را از کجا بیاورم؟</dt><dd>این شماره هنگام ثبت درخواست به شما پیامک شده است.</dd></dl>"
        if explained
        else ""
    )
    line = (
        "<div class='timeline'>"
        + "".join(
            f"<div class='step'><span>{n}</span></div>" for n in ("ثبت درخواست", "بررسی مدارک", "تأیید کارشناس", "صدور")
        )
        + "</div>"
        if staged
        else ""
    )
    site.page(
        url,
        "پیگیری درخواست",
        f'{line}<form action="{url}"><fieldset><legend>مشخصات درخواست</legend><span>شماره درخواست</span><input type="text" name="reqno" title="شماره درخواست"><span>کد ملی متقاضی</span><input type="text" name="nid" title="کد ملی"></fieldset><button type="submit">{d.pick("نمایش وضعیت", "پیگیری")}</button></form>{said}',
    )
    return site, _verdict(explained=explained, linked=linked, staged=staged)
