"""Check service-tracking: can an applicant see, without asking by phone, where the request is?"""

from checks.base import Result, at_level, check, unknown
from checks.transparent.tracking_claims import Claim, form_claims
from checks.transparent.tracking_texts import only_without_web, taken_only_in_person
from checks.transparent.tracking_without_form import claims_without_form
from config.models import Service
from snapshot.reader import Snapshot


@check(
    id="service-tracking",
    scope="service",
    labels=("service-tracking",),
    probes=("tracking-form",),
    version=3,
    messages={
        "form_complete": {
            "fa": "فرم پیگیری «{form}» از صفحه خدمت در دسترس است، منشأ کد را می‌گوید و وضعیت‌های درخواست یا خبر "
            "تغییر آن را نشان می‌دهد.",
            "en": "The tracking form “{form}” is linked from the service, says where the code comes from and shows the "
            "states of a request or tells of their changes.",
        },
        "form_partial": {
            "fa": "فرم پیگیری «{form}» برای این خدمت یا میز خدمت کار می‌کند. برای امتیاز کامل: {missing}.",
            "en": "The tracking form “{form}” works for this service or its desk. For the full level it needs: "
            "{missing}.",
        },
        "form_incomplete": {
            "fa": "فرم پیگیری «{form}» در دسترس است، اما این را ندارد: {missing}.",
            "en": "The tracking form “{form}” is reachable but lacks: {missing}.",
        },
        "form_unconfirmed": {
            "fa": "فرم پیگیری «{form}» در متن صفحه هست، اما نمایش آن در مرورگر هنوز تأیید نشده است.",
            "en": "The tracking form “{form}” stands in the page's source, but no browser has confirmed yet that it "
            "is shown.",
        },
        "form_hidden": {
            "fa": "فرم پیگیری «{form}» در صفحه هست، اما در مرورگر دیده نمی‌شود.",
            "en": "The tracking form “{form}” is in the page, but a person cannot see it in the browser.",
        },
        "form_not_shown": {
            "fa": "فرم پیگیری «{form}» یافت شد، اما صفحه آن در مرورگر باز نشد؛ پس وضعیت آن نامعلوم است.",
            "en": "The tracking form “{form}” was found, but its page could not be shown in the browser, so its "
            "state is unknown.",
        },
        "form_general": {
            "fa": "فرم پیگیری «{form}» یافت شد، اما نمی‌گوید چه چیزی را پیگیری می‌کند و به این خدمت پیوند ندارد.",
            "en": "The tracking form “{form}” was found, but it does not say what it tracks and is not tied to this "
            "service.",
        },
        "form_of_system": {
            "fa": "فرم پیگیری «{form}» برای کار دیگری است و به این خدمت پیوند ندارد.",
            "en": "The tracking form “{form}” is for another matter and is not tied to this service.",
        },
        "form_of_complaints": {
            "fa": "تنها پیگیری شکایت یافت شد («{form}»)؛ وضعیت درخواست خدمت در آن دیده نمی‌شود.",
            "en": "Only the tracking of complaints was found (“{form}”); it does not show the state of a service "
            "request.",
        },
        "form_of_letters": {
            "fa": "تنها پیگیری نامه و مکاتبه یافت شد («{form}»)؛ وضعیت درخواست خدمت در آن دیده نمی‌شود.",
            "en": "Only the tracking of letters was found (“{form}”); it does not show the state of a service request.",
        },
        "submit_fails": {
            "fa": "فرم پیگیری «{form}» نمایش داده می‌شود، اما به درخواست پاسخ نمی‌دهد.",
            "en": "The tracking form “{form}” is shown, but it does not answer.",
        },
        "login_names_tracking": {
            "fa": "پیگیری پس از ورود ممکن است («{said}»)؛ آنچه پشت ورود است دیده نشده است.",
            "en": "Tracking is offered after login (“{said}”); what lies behind it was not seen.",
        },
        "tracking_unseen": {
            "fa": "پیوند پیگیری «{said}» به جایی می‌رسد که دیدنش ممکن نبود (ورود یا سامانه‌ای دیگر).",
            "en": "The tracking link “{said}” ends where it could not be seen: before a login or in another system.",
        },
        "code_without_form": {
            "fa": "گفته شده است که کد پیگیری داده می‌شود («{said}»)، اما فرم پیگیری در دسترس نیست. یک فرم پیگیری "
            "منتشر کنید.",
            "en": "A tracking code is promised (“{said}”), but no form to track with was found. Publish one.",
        },
        "behind_account": {
            "fa": "پیگیری تنها پس از ورود ممکن است: «{said}». آنچه پشت ورود است دیده نشده است.",
            "en": "Tracking is possible only after login: “{said}”. What lies behind it was not seen.",
        },
        "inquiry": {
            "fa": "«{form}» استعلام یک واقعیت است و وضعیت درخواست متقاضی را نشان نمی‌دهد.",
            "en": "“{form}” asks for a fact and does not show the state of an applicant's request.",
        },
        "parcel": {
            "fa": "تنها رهگیری مرسوله پستی یافت شد («{form}»)، نه وضعیت رسیدگی به درخواست.",
            "en": "Only the tracking of the posted item was found (“{form}”), not the handling of the request.",
        },
        "only_without_web": {
            "fa": "بنا بر صفحه خدمت، پیگیری تنها تلفنی یا حضوری است: «{said}».",
            "en": "The service's page leaves tracking to phone or counter: “{said}”.",
        },
        "none": {
            "fa": "راهی برای پیگیری وضعیت این خدمت یافت نشد. یک فرم پیگیری با کد رهگیری منتشر و به صفحه خدمت پیوند "
            "دهید.",
            "en": "No way to track this service was found. Publish a form with a tracking code and link it from the "
            "service.",
        },
    },
)
def service_tracking(snapshot: Snapshot, service: Service) -> Result:
    """Whether the applicant of a service can see the state of the request on the portal.

    What it looks for: a form with a field for a code (or identity and number) and a submit control, whose words say
    that requests are tracked; whether it is shown in a browser, safe, explained, linked from the service's page within
    two clicks, and lists the states of a request. Failing that, login pages that name tracking and promised codes.
    Why it matters: who can see where a request is, does not have to call or come.
    How to fix: publish a tracking form for your requests over HTTPS, say where the code comes from, list the states,
    and link the form from the page of each service.
    Known limits: no code is sent unless the operator allows it, so the answer to a valid code is not seen; what lies
    behind a login is not seen. Tracking of news, parcels, orders, goods, vehicles and projects is told apart by words.
    """
    claims = [*form_claims(snapshot, service), *claims_without_form(snapshot, service)]
    afoot = only_without_web(snapshot, service)
    if afoot is not None or taken_only_in_person(snapshot, service):
        claims = [claim for claim in claims if claim.tied]  # this service does not go through the general desk
    best = max(claims, key=_rank, default=None)
    if best is not None and best.broken is not None:
        return unknown(
            best.broken, "form_not_shown", evidence=best.evidence, ceiling=best.level, form=best.data.get("form", "")
        )
    if best is not None:
        return at_level(
            best.level,
            best.key,
            evidence=best.evidence,
            confidence=best.confidence,
            ceiling=_ceiling(best, claims),
            **best.data,
        )
    if afoot is not None:
        evidence = [afoot.page.evidence(afoot.selector, afoot.text)]
        return at_level(0, "only_without_web", evidence=evidence, confidence=0.8, stands=True, said=afoot.text[:200])
    return at_level(0, "none", confidence=0.85)


def _rank(claim: Claim) -> tuple[float, bool, float]:
    return claim.level, claim.broken is None, claim.confidence


def _ceiling(best: Claim, claims: list[Claim]) -> float | None:
    """The highest level that any claim might still give, where it is above the level given."""
    ceilings = [claim.ceiling for claim in claims if claim.ceiling is not None]
    highest = max(ceilings, default=0.0)
    return highest if highest > best.level else None
