"""Visible service process: rule kits."""

from tests.portals.catalogue import family
from tests.portals.draw import Draw
from tests.portals.rule.ground import start
from tests.portals.site import Site, Truth

HEADS = ("مراحل انجام خدمت", "فرآیند انجام خدمت", "مراحل گردش کار", "روند دریافت خدمت", "مراحل دریافت خدمت")
STEPS = (
    "متقاضی درخواست خود را ثبت می‌کند",
    "مدارک توسط کارشناس بررسی می‌شود",
    "کارشناس از محل بازدید می‌کند",
    "هزینه خدمت پرداخت می‌شود",
    "کمیسیون درخواست را تأیید می‌کند",
    "پروانه صادر و به متقاضی تحویل می‌شود",
)
UNITS = ("دبیرخانه", "کارشناس واحد", "اداره بازرسی", "امور مالی", "کمیسیون فنی", "معاونت")


def _truth(*, days: bool, units: bool, papers: bool) -> Truth:
    if days and units:
        return (
            Truth(1.0, "steps with duration and responsible unit, documents on the page")
            if papers
            else Truth(0.75, "steps with duration and unit, no documents")
        )
    if days or units:
        return Truth(
            1.0 if papers else 0.75,
            "steps each with duration or unit, documents in the section" if papers else "steps with duration or unit",
        )
    return Truth(0.5, "numbered steps without duration or unit")


def _chosen(d: Draw) -> list[int]:
    return sorted(d.some(range(len(STEPS)), d.number(4, 6)))


@family("T01", "present")
def ordered_list(d: Draw) -> tuple[Site, Truth]:
    kind = d.pick("bare", "days", "units")
    papers = kind != "bare" and d.yes()
    items = "".join(
        f"<li>{STEPS[i]}{f' ({d.number(1, 9)} روز کاری)' if kind == 'days' else ''}{f' - واحد مسئول: {UNITS[i]}' if kind == 'units' else ''}</li>"
        for i in _chosen(d)
    )
    end = f"<p>مدارک لازم: {'، '.join(d.matter.papers)}</p>" if papers else ""
    site = start(d, f"<h2>{d.pick(*HEADS)}</h2><ol>{items}</ol>{end}", about=False)
    return site, _truth(days=kind == "days", units=kind == "units", papers=papers)


@family("T01", "present")
def table_of_steps(d: Draw) -> tuple[Site, Truth]:
    days, units = d.yes(0.7), d.yes(0.5)
    papers = (days or units) and d.yes(0.6)
    head = (
        "<th>ردیف</th><th>شرح مرحله</th>"
        + ("<th>مدت زمان</th>" if days else "")
        + ("<th>واحد مسئول</th>" if units else "")
    )
    rows = "".join(
        f"<tr><td>{n}</td><td>{STEPS[i]}</td>{f'<td>{d.number(1, 10)} روز</td>' if days else ''}{f'<td>{UNITS[i]}</td>' if units else ''}</tr>"
        for n, i in enumerate(_chosen(d), 1)
    )
    end = f"<h3>مدارک مورد نیاز</h3><ul>{''.join(f'<li>{p}</li>' for p in d.matter.papers)}</ul>" if papers else ""
    site = start(d, f"<h2>{d.pick(*HEADS)}</h2><table class='table'><tr>{head}</tr>{rows}</table>{end}", about=False)
    return site, _truth(days=days, units=units, papers=papers)


@family("T01", "present")
def tab_with_cards(d: Draw) -> tuple[Site, Truth]:
    days = d.yes()
    cards = "".join(
        f"<div class='step'><span class='num'>{n}</span><h5>{STEPS[i]}</h5>{f'<small>مدت: {d.number(1, 6)} روز کاری</small>' if days else ''}</div>"
        for n, i in enumerate(_chosen(d), 1)
    )
    site = start(
        d,
        f"<ul class='tabs'><li><a href='#a'>شرح</a></li><li><a href='#b'>{d.pick('فرآیند', 'مراحل')}</a></li></ul><div id='a'><p>{d.matter.about}</p></div><div id='b'><h3>{d.pick(*HEADS)}</h3>{cards}</div>",
        about=False,
    )
    return site, _truth(days=days, units=False, papers=False)


@family("T01", "present")
def steps_in_words(d: Draw) -> tuple[Site, Truth]:
    words = ("گام اول", "گام دوم", "گام سوم", "گام چهارم", "گام پنجم", "گام ششم")
    units = d.yes()
    items = "".join(
        f"<p><strong>{words[n]}:</strong> {STEPS[i]}{f' (مسئول: {UNITS[i]})' if units else ''}.</p>"
        for n, i in enumerate(_chosen(d))
    )
    site = start(d, f"<h3>{d.pick(*HEADS)}</h3>{items}", about=False)
    return site, _truth(days=False, units=units, papers=False)


@family("T01", "present")
def chart_image(d: Draw) -> tuple[Site, Truth]:
    alt = d.pick("نمودار گردش کار", f"فلوچارت {d.matter.title}", "")
    site = start(
        d,
        f"<h3>{d.pick('نمودار گردش کار', 'فلوچارت انجام خدمت', 'نمودار فرآیند خدمت')}</h3><img src='/files/flowchart-{d.matter.code}.png' alt='{alt}' width='900' height='1200'>",
    )
    return site, Truth(0.5, "a chart as image without full text alternative", 0.5)


@family("T01", "present", "en")
def english_steps(d: Draw) -> tuple[Site, Truth]:
    days, papers = d.yes(0.6), d.yes()
    steps = d.some(
        (
            "The applicant submits the form",
            "An officer checks the documents",
            "An inspector visits the site",
            "The fee is paid",
            "The committee approves the application",
            "The permit is issued",
        ),
        5,
    )
    items = "".join(f"<li>{s}{f' ({d.number(2, 9)} working days)' if days else ''}</li>" for s in steps)
    end = f"<h3>Required documents</h3><p>{', '.join(d.matter.papers_en)}</p>" if papers else ""
    site = start(
        d,
        f"<h2>{d.pick('Process', 'Service procedure', 'How it works', 'Steps')}</h2><ol>{items}</ol>{end}",
        about=False,
    )
    return site, _truth(days=days, units=False, papers=papers and days)


@family("T01", "hard")
def internal_process(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.page(
        "/process",
        "فرآیندهای سازمانی",
        "<p>استانداردسازی فرآیندها در این مراحل انجام شده است:</p><ol><li>شناسایی فرآیندهای داخلی</li><li>مستندسازی</li><li>ممیزی داخلی</li><li>بازنگری مدیریت</li></ol>",
        menu=d.pick("فرآیندها", "فرآیندهای سازمانی"),
    )
    return site, Truth(0, "internal processes of the agency")


@family("T01", "hard")
def sign_up_steps(d: Draw) -> tuple[Site, Truth]:
    steps = "<ol><li>وارد سایت شوید</li><li>روی گزینه ثبت نام کلیک کنید</li><li>نام کاربری و رمز عبور انتخاب کنید</li><li>ایمیل خود را تأیید کنید</li></ol>"
    site = start(
        d, f"<h3>{d.pick('مراحل ثبت نام در سایت', 'مراحل عضویت در سامانه', 'نحوه ایجاد حساب کاربری')}</h3>{steps}"
    )
    return site, Truth(0, "how to open an account on the web site")


@family("T01", "hard")
def empty_sheet(d: Draw) -> tuple[Site, Truth]:
    site = start(
        d,
        "<h3>شناسنامه خدمت</h3><table><tr><td>مراحل انجام خدمت</td><td></td></tr><tr><td>مدت زمان</td><td>- -</td></tr><tr><td>واحد مسئول</td><td>[نام واحد]</td></tr></table>",
    )
    return site, Truth(0, "the form's labels without values")


@family("T01", "hard")
def news_of_reform(d: Draw) -> tuple[Site, Truth]:
    site = start(d)
    site.news(
        f"اصلاح فرآیند {d.matter.title}",
        "معاون سازمان گفت: فرآیند این خدمت اصلاح شد و مراحل آن از 8 مرحله به 4 مرحله کاهش یافت.",
    )
    return site, Truth(0, "news about a corrected process")


@family("T01", "hard")
def one_sentence(d: Draw) -> tuple[Site, Truth]:
    site = start(
        d,
        f"<p>{d.pick('متقاضی پس از تکمیل فرم و ارائه مدارک، پروانه را از دبیرخانه دریافت می‌کند.', 'برای دریافت این خدمت با فرم تکمیل شده به شعبه مراجعه کنید.')}</p>",
    )
    return site, Truth(0.25, "one sentence on how it goes")
