"""Check service-desk: can people find the agency's services in one place and begin there?"""

from checks.base import Result, at_level, check, unknown
from checks.user_centric.desk_targets import Led, follow
from config.vocabulary import Cause, Label
from snapshot.filters import is_news
from snapshot.matching import lexicon
from snapshot.models import Evidence
from snapshot.portal import service_desk as desk_of
from snapshot.reader import Page, Snapshot
from snapshot.service_desk import ServiceDesk, for_staff, is_electronic

CITED = 4


@check(
    id="service-desk",
    scope="portal",
    labels=("services-list",),
    version=1,
    messages={
        "complete": {
            "fa": "«{desk}» با {clicks} کلیک در دسترس است و {count} خدمت دارد که هر خدمت الکترونیکی آن "
            "به اطلاعات و نقطه شروع می‌رسد.",
            "en": "“{desk}” is {clicks} click(s) from home and lists {count} services; every electronic one leads to "
            "information and a start point.",
        },
        "not_all_read": {
            "fa": "«{desk}» {count} خدمت دارد و {done} خدمت به اطلاعات و نقطه شروع می‌رسد، اما "
            "{open} خدمت در این بازدید خوانده نشد؛ پس سطح معلوم نیست.",
            "en": "“{desk}” lists {count} services; {done} lead to information and a start point, but {open} could "
            "not be read in this visit, so the level is not known.",
        },
        "incomplete": {
            "fa": "«{desk}» {count} خدمت دارد. برای امتیاز کامل: صفحه اطلاعات برای: {uninformed}؛ "
            "نقطه شروع (فرم، ورود یا پیوند سامانه) برای: {unstarted}.",
            "en": "“{desk}” lists {count} services. For the full level it needs an information page for: "
            "{uninformed}; a start point (form, login or system) for: {unstarted}.",
        },
        "others_only": {
            "fa": "«{desk}» فهرستی دارد، اما هیچ یک از خدمات ثبت‌شده دستگاه در آن نیست. "
            "همه خدمات را در یک صفحه فهرست کنید.",
            "en": "“{desk}” lists services, but none of the agency's registered ones. List all services in one page.",
        },
        "too_deep": {
            "fa": "«{desk}» خدمات را فهرست می‌کند، اما {depth}. پیوند آن را در منوی صفحه نخست بگذارید.",
            "en": "“{desk}” lists the services, but {depth}. Link it from the menu of the home page.",
        },
        "only_files": {
            "fa": "خدمات «{desk}» تنها به فایل می‌رسند. برای هر خدمت صفحه اطلاعات و نقطه شروع بسازید.",
            "en": "The services of “{desk}” lead only to files. Give each service a page and a start point.",
        },
        "lists_nothing": {
            "fa": "صفحه «{desk}» هست، اما خدمتی فهرست نمی‌کند. خدمات را با پیوند به اطلاعات و شروع هر یک فهرست کنید.",
            "en": "The page “{desk}” exists but lists no service. List the services, each with information and start.",
        },
        "staff_only": {
            "fa": "«{desk}» برای کارکنان دستگاه است، نه مردم. میز خدمتی برای مراجعان منتشر کنید.",
            "en": "“{desk}” is for the agency's own staff. Publish a service desk for the public.",
        },
        "news_only": {
            "fa": "تنها خبر یا شرحی از میز خدمت حضوری یافت شد («{desk}»)، نه صفحه‌ای که خدمات را فهرست کند.",
            "en": "Only news or a description of a physical desk was found (“{desk}”), no page that lists the "
            "services.",
        },
        "none": {
            "fa": "صفحه‌ای که خدمات دستگاه را فهرست کند یافت نشد. میز خدمت را در منوی صفحه نخست بگذارید.",
            "en": "No page that lists the agency's services was found. Put a service desk into the home page's menu.",
        },
    },
)
def service_desk(snapshot: Snapshot) -> Result:
    """Whether the agency's services stand in one place from which each can be begun.

    What it looks for: the page that lists the services, whatever it is called, at most two clicks from home; from each
    electronic service there a page that informs and a form, login or system that begins it.
    Why it matters: people who cannot find a service online go to the counter.
    How to fix: link one page with all services from the home page's menu; give every service an information page and a
    link that starts it.
    Known limits: systems on other hosts count by their link when the visit did not enter them; services named only in
    pictures are not seen.
    """
    desk = desk_of(snapshot)
    if desk is None:
        return _absent(snapshot)
    title = _title(desk)
    if not desk.entries:
        return at_level(0.5, "lists_nothing", evidence=[desk.page.evidence(None, title)], confidence=0.75, desk=title)
    registered = desk.registered
    if not registered and snapshot.services:
        cited = [desk.page.evidence(desk.entries[0].selector, title)]
        return at_level(0.5, "others_only", evidence=cited, confidence=0.6, desk=title)
    judged = registered if len(registered) * 2 >= len(desk.entries) or len(registered) > 1 else desk.entries
    required = [entry for entry in judged if is_electronic(entry)] or list(judged)
    led = [follow(snapshot, desk, entry) for entry in required]
    evidence = _evidence(desk, led, title)
    if all(one.only_files for one in led):
        return at_level(0.5, "only_files", evidence=evidence, confidence=0.85, desk=title)
    if not desk.near:
        return _too_deep(desk, evidence, title, open_=snapshot.search.menus_cause is not None)
    return _by_targets(desk, led, evidence, title)


def _by_targets(desk: ServiceDesk, led: list[Led], evidence: list[Evidence], title: str) -> Result:
    done = [one for one in led if one.complete]
    undecided = [one for one in led if one.undecided]
    count = len(desk.registered) or len(desk.entries)
    if len(done) == len(led):
        sure = sum(one.start is not None and one.start.seen for one in led) / len(led)
        confidence = 0.65 + 0.3 * sure - (0.1 if desk.in_menu else 0.0)
        return at_level(
            1, "complete", evidence=evidence, confidence=confidence, desk=title, clicks=desk.clicks, count=count
        )
    if len(done) + len(undecided) == len(led):
        # Nothing seen speaks against the top level, and nothing proves it: neither a success nor a lack.
        cause = next((lost for one in undecided for lost in one.lost), Cause.BUDGET)
        return unknown(
            cause,
            "not_all_read",
            evidence=evidence,
            ceiling=1.0,
            desk=title,
            count=count,
            done=len(done),
            open=len(undecided),
        )
    uninformed = [one.entry.title for one in led if one.information is None]
    unstarted = [one.entry.title for one in led if one.start is None]
    none = {"fa": "هیچ", "en": "none"}
    return at_level(
        0.5,
        "incomplete",
        evidence=evidence,
        confidence=0.85 if not undecided else 0.6,
        desk=title,
        count=count,
        uninformed=uninformed[:CITED] or none,
        unstarted=unstarted[:CITED] or none,
    )


def _too_deep(desk: ServiceDesk, evidence: list[Evidence], title: str, *, open_: bool) -> Result:
    if desk.clicks is None:
        depth = {"fa": "پیوندی از صفحه نخست به آن یافت نشد", "en": "no link leads to it from home"}
    else:
        depth = {
            "fa": f"{desk.clicks} کلیک از صفحه نخست فاصله دارد",
            "en": f"it is {desk.clicks} clicks from home",
        }
    ceiling = 1.0 if open_ else None
    return at_level(0.5, "too_deep", evidence=evidence, confidence=0.8, ceiling=ceiling, desk=title, depth=depth)


def _evidence(desk: ServiceDesk, led: list[Led], title: str) -> list[Evidence]:
    cited = [desk.page.evidence(desk.entries[0].selector, title)]
    for one in sorted(led, key=lambda found: not found.complete)[:CITED]:
        place = next((link.selector for link in one.entry.links), one.entry.selector)
        cited.append(desk.page.evidence(place, one.entry.title))
        if one.start is not None:
            cited.append(one.start.page.evidence(one.start.selector, one.start.quote))
    return cited


def _title(desk: ServiceDesk) -> str:
    perception = desk.page.perception
    heading = next((h.text for h in perception.headings if h.place == "main" and h.level <= 2), "")
    return heading if heading and not desk.in_menu else perception.title or desk.page.url


def _absent(snapshot: Snapshot) -> Result:
    """Level 0, with what was found in place of a desk."""
    pages = snapshot.pages_with(Label.SERVICES_LIST, 0.2)
    staff = next((page for page in snapshot.pages if for_staff(page)), None)
    if staff is not None:
        title = staff.name
        return at_level(0, "staff_only", evidence=[staff.evidence(None, title)], confidence=0.8, desk=title)
    told = [page for page in (*pages, *snapshot.pages) if _tells_of_desk(page)]
    if told:
        title = told[0].name
        return at_level(0, "news_only", evidence=[told[0].evidence(None, title)], confidence=0.85, desk=title)
    return at_level(0, "none", confidence=0.85)


def _tells_of_desk(page: Page) -> bool:
    """News of a desk, or a page on a counter in a building."""
    heads = f"{page.perception.title} {page.name}"
    words = lexicon()
    if not words.has(heads, "desk-proper"):
        return False
    return is_news(page.perception) or words.has(f"{heads} {page.perception.main_text}", "desk-physical")
