"""Check window-coverage: which share of the registered services can be reached through the single window?"""

from typing import Any, Literal

from checks.base import Result, at_level, check, unknown
from config.models import Service, service_units
from config.vocabulary import Cause
from snapshot.models import Evidence
from snapshot.portal import single_window, unseen_window
from snapshot.reader import Snapshot
from snapshot.single_window import Reached, units_reached

DIGITS = 4
"""Decimals of the exported share."""
CITED = 8


@check(
    id="window-coverage",
    scope="portal",
    labels=("single-window", "services-list"),
    probes=("login-path",),
    version=1,
    messages={
        "share": {
            "fa": "از {registered} خدمت ثبت‌شده، {reached} خدمت از «{window}» در دسترس است. در آن دیده نشد: {missing}.",
            "en": "{reached} of {registered} registered services can be reached through “{window}”. Not seen "
            "there: {missing}.",
        },
        "all": {
            "fa": "هر {registered} خدمت ثبت‌شده از «{window}» در دسترس است.",
            "en": "All {registered} registered services can be reached through “{window}”.",
        },
        "behind_login": {
            "fa": "خدمات «{window}» پشت ورود است و شمرده نمی‌شود. فهرست آن را پیش از ورود نشان دهید یا خوداظهاری کنید.",
            "en": "The services of “{window}” lie behind its login and cannot be counted. Show their list before the "
            "login, or declare it.",
        },
        "unread": {
            "fa": "پیوند «{window}» به پنجره واحد اشاره دارد، اما آن صفحه خوانده نشد؛ پس پوشش آن معلوم نیست.",
            "en": "The link “{window}” speaks of a single window, but its page could not be read.",
        },
        "no_units": {
            "fa": "خدمتی که متوقف یا درون‌سازمانی نباشد ثبت نشده است؛ پس سهمی برای سنجش نیست.",
            "en": "No service is registered that is neither stopped nor internal, so there is no share to measure.",
        },
        "no_window": {
            "fa": "پنجره واحدی یافت نشد؛ پس هیچ خدمتی از آن در دسترس نیست.",
            "en": "No single window was found, so no service can be reached through it.",
        },
    },
)
def window_coverage(snapshot: Snapshot, *, unit: Literal["leaf", "top"] = "leaf") -> Result:
    """The share of registered services that the single window reaches.

    What it looks for: services that the window names or whose start leads to it, over the registered services that are
    neither stopped nor internal; `unit` says whether sub-services (leaf) or whole services (top) are counted, above and
    below the line alike. Tiles that lead nowhere do not count.
    Why it matters: a window that lacks most services is one more place to look.
    How to fix: add the missing services to the window, mend tiles that lead nowhere.
    Known limits: services that show only after the login are not counted; the finding then is unknown or has a ceiling.
    """
    offered = tuple(service for service in snapshot.services if not service.flags & {"internal", "stopped"})
    units = service_units(offered, unit)
    if not units:
        return unknown(Cause.MISSING_ARTEFACT, "no_units")
    window = single_window(snapshot)
    if window is None:
        unseen = unseen_window(snapshot)
        if unseen is not None:
            cited = [unseen.page.evidence(unseen.link.selector, unseen.link.caption)]
            return unknown(unseen.cause, "unread", evidence=cited, ceiling=1.0, window=unseen.link.caption)
        return at_level(0, "no_window", confidence=0.8)
    evidence = [window.page.evidence(window.selector, window.quote)]
    if window.behind_login:
        return unknown(Cause.LOGIN, "behind_login", evidence=evidence, ceiling=1.0, window=window.quote)
    reached = units_reached(snapshot, window, units)
    evidence += _cited(window.reached)
    missing = [service for service in units if service not in reached]
    hidden = {found.service.id for found in window.unseen}
    data: dict[str, Any] = {
        "window": window.quote,
        "registered": len(units),
        "reached": len(reached),
        "missing": {"fa": [_name(one, "fa") for one in missing], "en": [_name(one, "en") for one in missing]},
        "dead": [found.service.id for found in window.dead],
        "band": _band(len(reached), len(units)),
    }
    if not missing:
        return at_level(1, "all", evidence=evidence, confidence=0.8, **data)
    share = round(len(reached) / len(units), DIGITS)
    most = round((len(reached) + sum(one.id in hidden for one in missing)) / len(units), DIGITS)
    return at_level(
        share,
        "share",
        evidence=evidence,
        confidence=0.7,
        ceiling=most if most > share else None,
        stands=not reached,
        **data,
    )


def _cited(reached: tuple[Reached, ...]) -> list[Evidence]:
    return [found.page.evidence(found.selector, found.quote) for found in reached[:CITED]]


def _name(service: Service, language: Literal["fa", "en"]) -> str:
    return service.title_fa if language == "fa" else service.title_en or service.title_fa


def _band(reached: int, registered: int) -> str:
    """The bands in which round 9 published coverage."""
    if not reached:
        return "none"
    return "30 % and more" if reached * 10 >= registered * 3 else "below 30 %"
