"""Check national-sign-on: do people get into the service with the national sign-on?"""

from collections.abc import Iterator
from typing import Any

from checks.base import Result, at_level, check, unknown
from config.models import Service
from config.vocabulary import Cause
from snapshot.logins import Login, logins_on
from snapshot.models import Evidence
from snapshot.portal import service_starts, single_window
from snapshot.reader import Snapshot
from snapshot.service_starts import Start


@check(
    id="national-sign-on",
    scope="service",
    labels=("sso-login", "service-info"),
    probes=("login-path",),
    version=1,
    messages={
        "main_way": {
            "fa": "ورود به خدمت با ورود یکپارچه ملی است («{said}»).",
            "en": "The way into the service is the national sign-on (“{said}”).",
        },
        "beside_own": {
            "fa": "ورود یکپارچه ملی («{said}») در کنار ورود خود دستگاه است. آن را راه اصلی ورود کنید.",
            "en": "The national sign-on (“{said}”) stands beside the agency's own login. Make it the main way in.",
        },
        "link_only": {
            "fa": "«{said}» به پنجره ملی پیوند دارد، اما نشانی بازگشت به سامانه دستگاه دیده نشد.",
            "en": "“{said}” links to the national window, but no return address to the agency's system was seen.",
        },
        "agency_sign_on": {
            "fa": "ورود با سامانه ورود یکپارچه خود دستگاه است («{said}»)، نه ورود یکپارچه ملی.",
            "en": "The login is the agency's own single sign-on (“{said}”), not the national one.",
        },
        "in_national_window": {
            "fa": "خدمت در پنجره ملی خدمات آغاز می‌شود («{said}»)؛ بازگشت به سامانه دستگاه دیده نشد.",
            "en": "The service begins in the national window (“{said}”); no return to the agency's system was seen.",
        },
        "own_account": {
            "fa": "ورود به خدمت تنها با حساب خود سامانه است («{said}»). ورود یکپارچه ملی را جایگزین کنید.",
            "en": "The service takes only an account of its own (“{said}”). Replace it with the national sign-on.",
        },
        "no_identification": {
            "fa": "خدمت با فرمی آغاز می‌شود که ورود ندارد («{said}»). متقاضی را با ورود یکپارچه ملی شناسایی کنید.",
            "en": "The service begins with a form without a login (“{said}”). Identify applicants by the national "
            "sign-on.",
        },
        "no_entry": {
            "fa": "ورود برخطی برای این خدمت یافت نشد.",
            "en": "No online entry to this service was found.",
        },
        "not_followed": {
            "fa": "نقطه شروع خدمت («{said}») در این بازدید خوانده نشد؛ پس راه ورود آن معلوم نیست.",
            "en": "The start of the service (“{said}”) could not be read in this visit, so its login is not known.",
        },
        "strange_host": {
            "fa": "خدمت روی میزبانی آغاز می‌شود که در فهرست درگاه‌های دستگاه نیست ({url}). "
            "اگر از آن دستگاه است، آن را در extra_hosts اعلام کنید.",
            "en": "The service begins on a host that the register does not name ({url}). If it is the agency's own, "
            "declare it in extra_hosts.",
        },
    },
)
def national_sign_on(snapshot: Snapshot, service: Service) -> Result:
    """Whether the national sign-on is the way into a service.

    What it looks for: the login with which the service begins, or that of the single window that reaches it; a sign-on
    link that names the agency as client and a return address is proof. Logins for staff, and banners of the national
    window in menus, headers and footers, are none.
    Why it matters: one identity for all services spares people a hundred accounts and agencies the proof of identity.
    How to fix: put the national sign-on before the service and drop accounts of your own.
    Known limits: nobody logs in; a sign-on that a page shows only after a first step may be missed.
    """
    starts = service_starts(snapshot, service)
    logins = [login for start in starts if start.living for login in start.logins] or list(
        _of_window(snapshot, service)
    )
    if logins:
        return _by_logins(logins)
    return _without_login(starts)


def _of_window(snapshot: Snapshot, service: Service) -> Iterator[Login]:
    window = single_window(snapshot)
    if window is None or window.login is None:
        return
    if any(found.service.id == service.id for found in window.reached):
        yield from logins_on(snapshot, window.login.page)


def _by_logins(logins: list[Login]) -> Result:
    """The level of all ways in together, by the rubric."""
    first = {login.kind: login for login in reversed(logins)}
    evidence = [_cited(login) for login in first.values()]
    national, own = first.get("national"), first.get("own")
    if national is not None and own is None:
        return at_level(1, "main_way", evidence=evidence, confidence=0.9, said=national.quote)
    if national is not None:
        return at_level(0.5, "beside_own", evidence=evidence, confidence=0.85, said=national.quote)
    link, agency = first.get("national-link"), first.get("sign-on")
    if link is not None:
        # What could not be followed may be the sign-on itself.
        ceiling = 1.0 if own is None or link.cause is not None else None
        return at_level(0.5, "link_only", evidence=evidence, confidence=0.6, ceiling=ceiling, said=link.quote)
    if agency is not None:
        return at_level(0.5, "agency_sign_on", evidence=evidence, confidence=0.75, said=agency.quote)
    assert own is not None
    if own.cause is not None:
        return unknown(own.cause, "not_followed", evidence=evidence, ceiling=1.0, said=own.quote)
    return at_level(0, "own_account", evidence=evidence, confidence=0.8, stands=True, said=own.quote)


def _without_login(starts: tuple[Start, ...]) -> Result:
    """No login was seen: a form, the national window, what could not be read, or no start at all."""
    by_kind = {start.kind: start for start in reversed(starts)}
    inside = by_kind.get("national-window")
    if inside is not None:
        evidence = [_cited(inside)]
        return at_level(0.5, "in_national_window", evidence=evidence, confidence=0.6, ceiling=1.0, said=inside.quote)
    form = by_kind.get("form") or by_kind.get("instant")
    if form is not None:
        return at_level(0, "no_identification", evidence=[_cited(form)], confidence=0.75, stands=True, said=form.quote)
    unread = by_kind.get("unread")
    if unread is not None:
        cause = unread.cause or Cause.MISSING_ARTEFACT
        return unknown(cause, "not_followed", evidence=[_cited(unread)], ceiling=1.0, said=unread.quote)
    foreign = by_kind.get("foreign") or by_kind.get("other-body")
    if foreign is not None:
        data: dict[str, Any] = {"said": foreign.quote, "url": foreign.url}
        return unknown(Cause.NEEDS_DECLARATION, "strange_host", evidence=[_cited(foreign)], ceiling=1.0, **data)
    return at_level(0, "no_entry", confidence=0.75)


def _cited(seen: Login | Start) -> Evidence:
    return seen.page.evidence(seen.selector, seen.quote)
