"""Visible service process: held-back kits."""

from tests.portals.catalogue import family
from tests.portals.draw import Draw
from tests.portals.held.ground import start
from tests.portals.site import Site, Truth

ACTS = (
    "تکمیل و ارسال درخواست",
    "کنترل مدارک و تشکیل پرونده",
    "ارجاع به کارشناس ناظر",
    "بازدید و تهیه گزارش",
    "طرح در کارگروه",
    "اعلام نظر و صدور مجوز",
)
WHO = ("متقاضی", "دفتر پذیرش", "رئیس اداره", "کارشناس ناظر", "کارگروه تخصصی", "مدیرکل")
TITLES = ("روند کار", "گردش کار خدمت", "این خدمت چگونه انجام می‌شود؟", "فرایند ارائه خدمت", "مسیر دریافت خدمت")


def _acts(d: Draw) -> list[int]:
    return sorted(d.some(range(6), d.number(4, 6)))


def _grade(*, marked: bool, papers: bool = False) -> Truth:
    if not marked:
        return Truth(0.5, "steps in order, neither time nor responsible unit")
    return Truth(
        1.0 if papers else 0.75, "every step with time or unit" + (", documents beside them" if papers else "")
    )


@family("T01", "present")
def nested_list_with_who(d: Draw) -> tuple[Site, Truth]:
    marked = d.yes(0.7)
    papers = marked and d.yes()
    items = "".join(
        f"<li>{ACTS[i]}"
        + (f"<ul><li>انجام دهنده: {WHO[i]}</li><li>زمان: {d.number(1, 7)} روز کاری</li></ul>" if marked else "")
        + "</li>"
        for i in _acts(d)
    )
    end = f"<p>مدارکی که باید آماده کنید: {'، '.join(d.matter.papers)}.</p>" if papers else ""
    return start(d, f"<h4>{d.pick(*TITLES)}</h4><ol>{items}</ol>{end}", about=False), _grade(
        marked=marked, papers=papers
    )


@family("T01", "present")
def stepper(d: Draw) -> tuple[Site, Truth]:
    marked = d.yes(0.5)
    items = "".join(
        f"<div class='stepper-item'><div class='circle'>{n}</div><div class='stepper-text'>{ACTS[i]}</div>{f'<div class=stepper-sub>{d.number(1, 5)} روز</div>' if marked else ''}</div>"
        for n, i in enumerate(_acts(d), 1)
    )
    return start(
        d, f"<div class='block-title'>{d.pick(*TITLES)}</div><div class='stepper'>{items}</div>", about=False
    ), _grade(marked=marked)


@family("T01", "present")
def process_page_of_its_own(d: Draw) -> tuple[Site, Truth]:
    marked = d.yes(0.6)
    site = start(d, "<p><a href='/farayand/1'>فرآیند انجام این خدمت</a></p>", about=False)
    rows = "".join(
        f"<tr><td>{ACTS[i]}</td>{f'<td>{WHO[i]}</td><td>{d.number(2, 48)} ساعت</td>' if marked else ''}</tr>"
        for i in _acts(d)
    )
    head = "<tr><th>مرحله</th>" + ("<th>اقدام کننده</th><th>زمان انجام</th>" if marked else "") + "</tr>"
    site.page("/farayand/1", f"فرآیند {d.matter.title}", f"<table class='grid'>{head}{rows}</table>")
    return site, _grade(marked=marked)


@family("T01", "present")
def numbered_lines(d: Draw) -> tuple[Site, Truth]:
    marked = d.yes(0.5)
    lines = "<br>".join(f"{n}- {ACTS[i]}{f' توسط {WHO[i]}' if marked else ''}" for n, i in enumerate(_acts(d), 1))
    return start(d, f"<p><b>{d.pick(*TITLES)}:</b><br>{lines}</p>", about=False), _grade(marked=marked)


@family("T01", "present", "en")
def english_stages(d: Draw) -> tuple[Site, Truth]:
    marked = d.yes(0.6)
    stages = d.some(
        (
            "Send your application",
            "We check your papers",
            "A surveyor calls on you",
            "Pay the charge",
            "The board decides",
            "You receive the licence",
        ),
        5,
    )
    items = "".join(
        f"<div class='accordion-item'><h4>Step {n}: {s}</h4><div>{f'Takes {d.number(2, 8)} days.' if marked else 'You will be told when it is done.'}</div></div>"
        for n, s in enumerate(stages, 1)
    )
    return start(
        d, f"<h3>{d.pick('What happens', 'The process', 'From application to licence')}</h3>{items}", about=False
    ), _grade(marked=marked)


@family("T01", "hard")
def quality_cycle(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/qms",
        d.pick("مدیریت فرآیندها", "نقشه فرآیندهای سازمان"),
        "<ul><li>فرآیندهای راهبردی</li><li>فرآیندهای پشتیبان</li><li>فرآیندهای اصلی</li><li>پایش و اندازه‌گیری</li></ul>",
        menu="سیستم مدیریت کیفیت",
    )
    return site, Truth(0, "process map of the agency itself")


@family("T01", "hard")
def law_with_stages(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/law/7",
        "آیین‌نامه رسیدگی به تخلفات",
        "<p>ماده 4: رسیدگی در سه مرحله بدوی، تجدیدنظر و نهایی انجام می‌شود.</p><ol><li>مرحله بدوی: 20 روز</li><li>مرحله تجدیدنظر: 30 روز</li><li>مرحله نهایی: 10 روز</li></ol>",
        menu="قوانین و مقررات",
    )
    return site, Truth(0, "stages in a legal text")


@family("T01", "hard")
def go_to_the_counter(d: Draw) -> tuple[Site, Truth]:
    return start(
        d,
        f"<p>{d.pick('متقاضیان با در دست داشتن مدارک به باجه مراجعه و فرم را تحویل دهند.', 'پس از بررسی مدارک، نتیجه به متقاضی اعلام خواهد شد.')}</p>",
    ), Truth(0.25, "one sentence on how it goes")


@family("T01", "hard")
def using_the_system(d: Draw) -> tuple[Site, Truth]:
    return start(
        d,
        f"<h4>{d.pick('راهنمای ورود به سامانه', 'نحوه کار با درگاه')}</h4><ol><li>مرورگر خود را به‌روز کنید</li><li>در درگاه ثبت نام کنید</li><li>کد تأیید پیامک شده را وارد کنید</li><li>رمز عبور بسازید</li></ol>",
    ), Truth(0, "how to use the web site")


@family("T01", "hard")
def picture_without_process(d: Draw) -> tuple[Site, Truth]:
    return start(
        d,
        f"<h4>روند کار</h4><img src='/img/{d.pick('banner', 'logo', 'photo12')}.jpg' alt='{d.pick('لوگوی سازمان', 'عکس کارکنان')}' width='{d.number(120, 300)}' height='90'>",
    ), Truth(0, "a logo or photo under the heading", 0.25)
