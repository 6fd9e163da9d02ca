"""Check service-survey: are the people who used a service asked how it was?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checks.base import Result, at_level, check, unknown
from config.models import Service
from config.vocabulary import Cause, Label
from snapshot.filters import is_news, is_visible
from snapshot.hosts import OwnHosts
from snapshot.matching import lexicon
from snapshot.perception.models import Form, Link
from snapshot.perception.promises import label_values
from snapshot.portal import service_pages
from snapshot.reader import Page, Snapshot
from snapshot.service_pages import best_service, owners
from snapshot.service_parts import family
from snapshot.text import decode_url, fold

NAMED = 0.6
"""Value of the label from which a caption is the name of a survey."""
_SHARE = re.compile(r"\d\s?(?:%|٪|درصد|percent)")


@check(
    id="service-survey",
    scope="service",
    labels=("satisfaction-survey",),
    version=2,
    messages={
        "of_service": {
            "fa": "نظرسنجی همین خدمت یافت شد («{form}»).",
            "en": "A survey of this very service was found (“{form}”).",
        },
        "general": {
            "fa": "تنها یک نظرسنجی عمومی یافت شد («{form}»). "
            "برای امتیاز کامل نظر را درباره هر خدمت، یا پس از انجام آن، بپرسید.",
            "en": "Only a general survey was found (“{form}”). For the full level ask about each service, or after it.",
        },
        "printed": {
            "fa": "تنها پرسشنامه‌ای به صورت فایل یافت شد («{form}»). آن را به صورت فرم برخط بیاورید.",
            "en": "Only a questionnaire as a file was found (“{form}”). Offer it as an online form.",
        },
        "file_unread": {
            "fa": "فایل پرسشنامه («{form}») در این بازدید خوانده نشد. آن را به صورت فرم برخط بیاورید.",
            "en": "The file of the questionnaire (“{form}”) was not read in this visit. Offer it as an online form.",
        },
        "of_others": {
            "fa": "نظرسنجی‌ها به خدمات دیگر پیوسته است؛ برای این خدمت نظرسنجی یافت نشد.",
            "en": "The surveys belong to other services; none was found for this one.",
        },
        "none": {
            "fa": "نظرسنجی برای این خدمت یافت نشد. در صفحه خدمت یا پس از انجام آن نظر مراجعان را بپرسید.",
            "en": "No survey was found for this service. Ask its users on its page, or after it was given.",
        },
    },
)
def service_survey(snapshot: Snapshot, service: Service) -> Result:
    """Whether users of a service are asked for their satisfaction on the portal.

    What it looks for: a form with ratings about service, on the service's page, at an address with its code, or as one
    general survey; failing that, a questionnaire as file.
    Why it matters: who never asks never learns which service fails.
    How to fix: put a short rating form on each service's page, or send it after the service.
    Known limits: surveys sent by message after a service are not seen. A poll about the web site, and results without
    a form, are no survey.
    """
    surveys = snapshot.derived(_surveys)
    kin = family(snapshot, service)
    own_pages = {page.page_id for page in service_pages(snapshot, service) if service in owners(snapshot, page)}
    for survey in surveys:
        if survey.page.page_id in own_pages or survey.services & kin or _holds_code(survey.page, service):
            evidence = [survey.page.evidence(survey.form.selector, survey.title)]
            return at_level(1, "of_service", evidence=evidence, confidence=0.85, form=survey.title)
    general = next((survey for survey in surveys if not survey.services), None)
    if general is not None:
        evidence = [general.page.evidence(general.form.selector, general.title)]
        return at_level(0.5, "general", evidence=evidence, confidence=0.85, form=general.title)
    printed = snapshot.derived(_printed)
    if printed is not None and printed.target is not None:
        title = printed.link.caption or printed.target.perception.title
        return at_level(0.5, "printed", evidence=[printed.target.evidence(None, title)], confidence=0.65, form=title)
    if printed is not None and not surveys:
        evidence, form = [printed.page.evidence(printed.link.selector, printed.link.caption)], printed.link.caption
        return unknown(Cause.MISSING_ARTEFACT, "file_unread", evidence=evidence, ceiling=0.5, form=form)
    return at_level(0, "of_others" if surveys else "none", confidence=0.8)


@dataclass(frozen=True, slots=True)
class _Survey:
    """A rating form. `services` are the services it is about; empty = all."""

    page: Page
    form: Form
    title: str
    services: frozenset[str]


def _surveys(snapshot: Snapshot) -> tuple[_Survey, ...]:
    return tuple(_all_surveys(snapshot))


def _all_surveys(snapshot: Snapshot) -> Iterator[_Survey]:
    for page in snapshot.pages:
        perception = page.perception
        if is_news(perception) or perception.page_type == "search-results":
            continue
        for form in perception.forms:
            if form.place != "main" or not form.has("rating") or not is_visible(page, form.selector):
                continue
            asked = " ".join((form.heading, *(field.label for field in form.fields), *form.submits))
            if lexicon().has(asked, "site-poll") or _asks_about_site(form):
                continue
            title = form.heading or next((h.text for h in perception.headings if h.place == "main"), perception.title)
            heads = (best_service(text, snapshot.services)[0] for text in (form.heading, perception.title))
            named = {one.id for one in heads if one is not None}
            owned = {one.id for one in owners(snapshot, page)}
            yield _Survey(page, form, title or " ".join(form.submits), frozenset(named | owned))


def _asks_about_site(form: Form) -> bool:
    """Whether every question to be rated is about the looks of the site («نظر شما درباره طراحی جدید سایت»)."""
    words = lexicon()
    questions = [field.label for field in form.fields if field.meaning == "rating"]
    return bool(questions) and all(words.groups_in(text) >= {"site-look", "site-word"} for text in questions)


def _holds_code(page: Page, service: Service) -> bool:
    """A survey whose address holds the service's code («…/system13062697000/survey»)."""
    return bool(service.code and len(service.code) > 5 and service.code in decode_url(page.url))


@dataclass(frozen=True, slots=True)
class _Printed:
    """A link to a questionnaire as a file; `target` is None where the visit did not read the file."""

    page: Page
    link: Link
    target: Page | None


def _printed(snapshot: Snapshot) -> _Printed | None:
    """The own questionnaire as a file, one that was read first; files of results are none."""
    unread: _Printed | None = None
    own = OwnHosts.of(snapshot.agency)
    for page in snapshot.pages:
        for link in page.perception.links:
            if link.kind != "document" or not link.url or link.url not in own or not _names_survey(link.caption):
                continue
            target = snapshot.page_at(link.url)
            if target is not None and not is_news(page.perception) and not _tells_results(target):
                return _Printed(page, link, target)
            if snapshot.record_at(link.url) is None and not is_news(page.perception):
                unread = unread or _Printed(page, link, None)
    return unread


def _names_survey(caption: str) -> bool:
    named = label_values(caption, "link").get(Label.SATISFACTION_SURVEY, 0.0) >= NAMED
    return named and not lexicon().has(caption, "result-word")


def _tells_results(target: Page) -> bool:
    """A file that is called results, or that states shares: a questionnaire only asks."""
    perception = target.perception
    heads = " ".join((perception.title, *(heading.text for heading in perception.headings[:3])))
    return lexicon().has(heads, "result-word") or len(_SHARE.findall(fold(perception.main_text))) > 1
