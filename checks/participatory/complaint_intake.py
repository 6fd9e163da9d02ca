"""Check complaint-intake: can people complain on the portal, follow it up, and know when they are answered?"""

from typing import Any

from checks.base import Result, at_level, check
from checks.participatory.complaint_forms import (
    ComplaintForm,
    answer_time,
    code_promise,
    complaint_forms,
    complaint_pages,
    follow_up,
    login_for_complaints,
    national_link,
    other_ways,
)
from checks.transparent.tracking_forms import code_field
from snapshot.models import Evidence
from snapshot.reader import Snapshot


@check(
    id="complaint-intake",
    scope="portal",
    labels=("complaints-form",),
    version=1,
    messages={
        "complete": {
            "fa": "فرم ثبت شکایت با کد پیگیری، محل پیگیری و مهلت پاسخ («{time}») یافت شد.",
            "en": "A complaint form with a code, a follow-up box and a stated answer time (“{time}”) was found.",
        },
        "form_partial": {
            "fa": "فرم ثبت شکایت «{form}» یافت شد. برای امتیاز کامل: {missing}.",
            "en": "A complaint form (“{form}”) was found. For the full level it needs: {missing}.",
        },
        "form_hidden": {
            "fa": "فرم شکایت در متن صفحه هست، اما در مرورگر دیده نمی‌شود.",
            "en": "The complaint form is in the page's source, but a person cannot see it in the browser.",
        },
        "national_only": {
            "fa": "برای شکایت تنها پیوند به سامانه‌ای بیرونی یافت شد («{link}»). فرم شکایت خود دستگاه را هم منتشر کنید.",
            "en": "For complaints only a link to an outside system was found (“{link}”). Publish the agency's own "
            "form too.",
        },
        "behind_login": {
            "fa": "ثبت شکایت پس از ورود است («{title}»)؛ آنچه پشت ورود است دیده نشده است.",
            "en": "Complaints are taken after login (“{title}”); what lies behind it was not seen.",
        },
        "other_ways_only": {
            "fa": "صفحه شکایت تنها راه‌های دیگر را می‌گوید («{said}») و فرمی ندارد. فرم ثبت شکایت منتشر کنید.",
            "en": "The page on complaints only names other ways (“{said}”) and has no form. Publish one.",
        },
        "construction": {
            "fa": "صفحه شکایت هنوز آماده نیست: «{said}».",
            "en": "The page on complaints is not ready yet: “{said}”.",
        },
        "page_without_form": {
            "fa": "صفحه شکایت («{title}») فرمی ندارد. فرم ثبت شکایت منتشر کنید.",
            "en": "The page on complaints (“{title}”) has no form. Publish one.",
        },
        "none": {
            "fa": "راهی برای ثبت شکایت در درگاه یافت نشد. فرمی با کد پیگیری و مهلت پاسخ منتشر کنید.",
            "en": "No way to complain was found on the portal. Publish a form with a code and a stated answer time.",
        },
    },
)
def complaint_intake(snapshot: Snapshot) -> Result:
    """Whether people can complain on the portal and learn what came of it.

    What it looks for: a form in which a complaint is written; a code that is issued for it; a box to follow it up; a
    stated time of answer. Failing a form, a link to a national complaint system or a login that names complaints.
    Why it matters: a complaint that is answered in time repairs a service and saves a lawsuit.
    How to fix: publish a complaint form, issue a code, offer a follow-up box beside it and say within how many days you
    answer.
    Known limits: nothing is sent, so whether a code really comes is taken from what the page says. Forms about errors
    of the web page are not complaint forms; what lies behind a login is not seen.
    """
    forms = complaint_forms(snapshot)
    shown = [entry for entry in forms if entry.seen is not False]
    if shown:
        return _with_form(snapshot, shown[0])
    linked = national_link(snapshot)
    if linked is not None:
        page, link = linked
        evidence = [page.evidence(link.selector, link.caption)]
        return at_level(0.5, "national_only", evidence=evidence, confidence=0.75, link=link.caption)
    gated = login_for_complaints(snapshot)
    if gated is not None:
        title = gated.perception.title
        evidence = [gated.evidence(None, title)]
        return at_level(0.5, "behind_login", evidence=evidence, confidence=0.6, ceiling=1.0, title=title)
    return _without_form(snapshot, forms)


def _with_form(snapshot: Snapshot, entry: ComplaintForm) -> Result:
    evidence: list[Evidence] = [entry.page.evidence(entry.form.selector, entry.quote)]
    box, promised, time = follow_up(snapshot), code_promise(snapshot), answer_time(snapshot)
    if box is not None:
        evidence.append(box[0].evidence(box[1].selector, box[1].heading))
    evidence += [said.page.evidence(said.selector, said.text) for said in (promised, time) if said is not None]
    code = promised is not None or (box is not None and code_field(box[1]) is not None)
    gaps = [
        words
        for words, found in (
            ({"fa": "کد پیگیری", "en": "a code"}, code),
            ({"fa": "محل پیگیری شکایت", "en": "a follow-up box"}, box is not None),
            ({"fa": "مهلت پاسخ", "en": "a stated answer time"}, time is not None),
        )
        if not found
    ]
    if not gaps and time is not None:
        return at_level(1, "complete", evidence=evidence, confidence=0.9, time=time.text[:160], form=entry.quote)
    missing: dict[str, Any] = {language: [gap[language] for gap in gaps] for language in ("fa", "en")}
    return at_level(0.5, "form_partial", evidence=evidence, confidence=0.85, form=entry.quote, missing=missing)


def _without_form(snapshot: Snapshot, hidden: list[ComplaintForm]) -> Result:
    """Level 0, with what was found in place of a form."""
    if hidden:
        entry = hidden[0]
        evidence = [entry.page.evidence(entry.form.selector, entry.quote)]
        return at_level(0, "form_hidden", evidence=evidence, confidence=0.6, ceiling=0.5)
    pages = complaint_pages(snapshot)
    for page in pages:
        said = page.perception.signals.construction
        if said:
            return at_level(0, "construction", evidence=[page.evidence(None, said)], confidence=0.85, said=said)
    way = other_ways(snapshot)
    if way is not None:
        evidence = [way.page.evidence(way.selector, way.text)]
        return at_level(0, "other_ways_only", evidence=evidence, confidence=0.8, said=way.text[:160])
    if pages:
        title = pages[0].perception.title
        return at_level(0, "page_without_form", evidence=[pages[0].evidence(None, title)], confidence=0.75, title=title)
    return at_level(0, "none", confidence=0.85)
