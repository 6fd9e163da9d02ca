"""Check electronic-status: is the service fully electronic, semi-electronic, or not online at all?"""

import re
from dataclasses import dataclass
from typing import Any

from checks.base import Result, at_level, check, unknown
from config.models import Service
from config.vocabulary import Cause
from snapshot.filters import leads_there
from snapshot.logins import is_login, logins_on
from snapshot.matching import lexicon
from snapshot.models import Evidence
from snapshot.portal import service_pages, service_starts
from snapshot.reader import Snapshot
from snapshot.service_facts import Fact
from snapshot.service_starts import Start
from snapshot.service_words import Said, says, words_of_service
from snapshot.visits_in_person import visits_of

_NAMES = {
    "code": {"fa": "کد رهگیری یا کارتابل", "en": "a tracking code or inbox"},
    "result": {"fa": "نتیجه دیجیتال", "en": "a digital result"},
}
_CLAUSE = re.compile(r"[.؛;!?؟]\s|\s(?:ولی|اما|but)\s")
_OFFERED = frozenset({"channel", "row"})
"""Texts that list the ways to a service: one way in person beside one online asks nobody to come."""


@dataclass(frozen=True, slots=True)
class _Hints:
    """What is said of the service that decides its class."""

    in_person: Said | None
    no_visit: Said | None
    code: Said | None
    result: Said | None
    at_once: Said | None
    described: Said | None


@check(
    id="electronic-status",
    scope="service",
    labels=("service-info", "services-list"),
    probes=("login-path",),
    version=1,
    messages={
        "full": {
            "fa": "خدمت برخط آغاز می‌شود («{start}»)، پیگیری‌پذیر است و نتیجه آن بدون مراجعه داده می‌شود («{said}»).",
            "en": "The service begins online (“{start}”), can be tracked, and its result needs no visit (“{said}”).",
        },
        "at_once": {
            "fa": "خدمت برخط و در همان لحظه انجام می‌شود («{start}»).",
            "en": "The service is given online and at once (“{start}”).",
        },
        "in_person": {
            "fa": "درخواست برخط است («{start}»)، اما گامی حضوری دارد («{said}»). آن گام را برخط کنید.",
            "en": "The request is online (“{start}”), but a step is in person (“{said}”). Bring that step online.",
        },
        "not_shown": {
            "fa": "درخواست برخط است («{start}»)، اما این‌ها دیده نشد: {missing}. آن‌ها را در صفحه خدمت بیاورید.",
            "en": "The request is online (“{start}”), but this was not seen: {missing}. State it on the page.",
        },
        "dead_start": {
            "fa": "پیوند آغاز خدمت («{start}») به جایی نمی‌رسد؛ پس یک رده پایین‌تر شمرده می‌شود. پیوند را درست کنید.",
            "en": "The link that begins the service (“{start}”) leads nowhere, so it counts one class lower. Mend it.",
        },
        "other_body": {
            "fa": "پیوند آغاز («{start}») به سامانه ملی دستگاهی دیگر می‌رسد ({url}).",
            "en": "The start (“{start}”) leads to a national system of another body ({url}).",
        },
        "described": {
            "fa": "تنها شرح خدمت یا راه حضوری هست («{said}»). امکان درخواست برخط بسازید.",
            "en": "There is only a description or a way in person (“{said}”). Let people ask for the service online.",
        },
        "no_action": {
            "fa": "نقطه شروع برخطی برای این خدمت یافت نشد.",
            "en": "No place where this service begins online was found.",
        },
        "not_read": {
            "fa": "نقطه شروع خدمت («{start}») خوانده نشد؛ پس وضعیت الکترونیکی آن معلوم نیست.",
            "en": "The start of the service (“{start}”) could not be read, so its electronic status is not known.",
        },
        "strange_host": {
            "fa": "خدمت روی میزبانی آغاز می‌شود که در فهرست درگاه‌های دستگاه نیست ({url}). "
            "آن را در extra_hosts اعلام کنید یا وضعیت خدمت را خوداظهاری کنید.",
            "en": "The service begins on a host that the register does not name ({url}). Declare it in extra_hosts, or "
            "declare the service's status.",
        },
    },
)
def electronic_status(snapshot: Snapshot, service: Service) -> Result:
    """The electronic class of a service, as far as its pages show it.

    What it looks for: a form, login or system where the service begins, on the agency's hosts or in the national
    window; a tracking code or inbox; a digital result; steps in person. E-mail, forms to print, logins for staff and
    national systems of other bodies are no start.
    Why it matters: a service that is half online still costs the way to the counter.
    How to fix: take the request, the papers and the result online, and say so on the service's page.
    Known limits: the final class is an evaluator's or a declaration's; where a digital result is not stated the level
    is 0.5 with a ceiling. A start that does not answer is unknown, since one visit cannot tell that it is down.
    """
    starts = service_starts(snapshot, service)
    told = words_of_service(snapshot, service)
    hints = _hints((*told, *_tracking_links(snapshot, service), *_inboxes(snapshot, starts)))
    living = next((start for start in starts if start.living), None)
    if living is not None:
        return _online(service, living, hints)
    by_kind = {start.kind: start for start in reversed(starts)}
    for kind, cause, key in (
        ("unread", Cause.BUDGET, "not_read"),
        ("foreign", Cause.NEEDS_DECLARATION, "strange_host"),
    ):
        start = by_kind.get(kind)  # type: ignore[call-overload]
        if start is not None:
            evidence = [_start(start)]
            data = {"start": start.quote, "url": start.url}
            return unknown(start.cause or cause, key, evidence=evidence, ceiling=1.0, **data)
    if "dead" in by_kind:
        return _dead(by_kind["dead"], hints)
    if "other-body" in by_kind:
        other = by_kind["other-body"]
        return at_level(
            0, "other_body", evidence=[_start(other)], confidence=0.7, stands=True, start=other.quote, url=other.url
        )
    if hints.described is not None:
        said = hints.described
        return at_level(0, "described", evidence=[_said(said)], confidence=0.75, said=said.text[:160])
    return at_level(0, "no_action", confidence=0.75)


def _online(service: Service, start: Start, hints: _Hints) -> Result:
    """The class of a service that begins online."""
    evidence = [_start(start)]
    data: dict[str, Any] = {"start": start.quote}
    if hints.in_person is not None:
        evidence.append(_said(hints.in_person))
        return at_level(0.5, "in_person", evidence=evidence, confidence=0.75, said=hints.in_person.text[:160], **data)
    if service.instant or (start.kind == "instant" and hints.at_once is not None):
        return at_level(1, "at_once", evidence=evidence, confidence=0.8, **data)
    result = hints.result or hints.no_visit
    if hints.code is not None and result is not None:
        evidence += [_said(hints.code), _said(result)]
        sure = 0.8 if hints.result is not None else 0.65
        return at_level(1, "full", evidence=evidence, confidence=sure, said=result.text[:160], **data)
    lacking = [name for name, seen in (("code", hints.code), ("result", result)) if seen is None]
    missing = {language: [_NAMES[name][language] for name in lacking] for language in ("fa", "en")}
    return at_level(0.5, "not_shown", evidence=evidence, confidence=0.5, ceiling=1.0, missing=missing, **data)


def _dead(start: Start, hints: _Hints) -> Result:
    """A sign-up link that leads nowhere counts one class lower (ruling I01)."""
    otherwise_full = hints.in_person is None and hints.code is not None and (hints.result or hints.no_visit)
    level = 0.5 if otherwise_full else 0
    return at_level(level, "dead_start", evidence=[_start(start)], confidence=0.6, stands=level == 0, start=start.quote)


def _hints(told: tuple[Said, ...]) -> _Hints:
    posted = _first(told, "sent-by-mail")
    return _Hints(
        in_person=next((said for said in told if _in_person(said)), None),
        no_visit=next((said for said in told if _visits(said) == 0), None) if posted is None else None,
        code=next((said for said in told if said.key == "tracking"), None)
        or _first(told, "tracking-code-word", "tracking-inbox"),
        result=_first(told, "digital-result", "fully-electronic") or next(filter(_given_digitally, told), None),
        at_once=_first(told, "states-at-once"),
        described=next((said for said in told if _in_person(said) or _sends_away(said)), None),
    )


def _tracking_links(snapshot: Snapshot, service: Service) -> list[Said]:
    """Links of the service's own pages to a form that asks for the code of a request, or to a login that shows it."""
    found = []
    for page in service_pages(snapshot, service)[:3]:
        for link in page.perception.links:
            if link.place != "main" or not lexicon().has(link.caption, "tracking-word"):
                continue
            target = leads_there(snapshot, link)
            asks = target is not None and any(form.has("tracking-code") for form in target.perception.forms)
            if asks or (target is not None and is_login(target)):
                found.append(Said("tracking", link.caption, page, link.selector))
    return found


def _inboxes(snapshot: Snapshot, starts: tuple[Start, ...]) -> list[Said]:
    """Where applicants see their requests behind the login with which the service begins."""
    keys = {login.key for start in starts if start.living for login in start.logins}
    found = []
    for page in snapshot.pages if keys else ():
        names = [page.perception.title, page.name, *(block.text for block in page.perception.blocks[:20])]
        named = next((text for text in names if lexicon().has(text, "tracking-inbox")), None)
        if named is not None and any(login.key in keys for login in logins_on(snapshot, page)):
            found.append(Said("tracking", named, page, page.perception.main_selector))
    return found


def _first(told: tuple[Said, ...], *groups: str) -> Said | None:
    return next((said for said in told if any(lexicon().has(said.text, group) for group in groups)), None)


def _visits(said: Said) -> int | None:
    return visits_of(Fact(said.key, said.text, said.page, said.selector))


def _in_person(said: Said) -> bool:
    """Whether a text tells of a step for which the applicant comes, or of originals to be handed in."""
    visits = _visits(said)
    if visits is not None:
        return visits > 0
    words = lexicon()
    clauses = _CLAUSE.split(said.text)
    if not any(words.has(clause, "result-in-person") and not words.has(clause, "no-visit") for clause in clauses):
        return False
    offered = said.key in _OFFERED or said.text.startswith("G2")
    return not (offered and lexicon().has(said.text, "access-place") and says(said.text, "online-way") is not None)


def _given_digitally(said: Said) -> bool:
    """Whether a clause says that the outcome, and not the request, is electronic."""
    for clause in _CLAUSE.split(said.text):
        groups = lexicon().groups_in(clause)
        if {"result-noun", "digital-form"} <= groups and ("asks-for" not in groups or "gives-out" in groups):
            return True
    return False


def _sends_away(said: Said) -> bool:
    return says(said.text, "only-described", unless="no-visit") is not None


def _start(start: Start) -> Evidence:
    return start.page.evidence(start.selector, start.quote)


def _said(said: Said) -> Evidence:
    return said.page.evidence(said.selector, said.text[:200])
