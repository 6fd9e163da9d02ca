"""Check published-results: does the agency publish what people think of its services, and what it made of it?"""

from dataclasses import replace
from typing import Any

from checks.base import Result, at_level, check, unknown
from checks.transparent.result_dating import dating_of
from checks.transparent.result_files import LinkedResults, linked_results
from checks.transparent.result_passages import (
    Passage,
    change,
    claims,
    heads_of,
    names_results,
    passages,
    polls,
    respondents,
)
from config.vocabulary import Label
from snapshot.filters import is_news, is_search_results, other_organisation, template_text
from snapshot.matching import lexicon
from snapshot.perception.models import Image, TextBlock
from snapshot.reader import Page, Snapshot
from snapshot.service_pages import owners
from snapshot.text import url_words

FRESH_DAYS = 366
"""Days within which results must be dated for the top level (rubric T03: 12 months)."""
CHART_PIXELS = 300
SEVERAL = 2
"""Services from which figures are per service."""
_UNREAD_CEILING = 0.75
"""A file read in full would give this at most: a text PDF stays one level below the top (ruling on all)."""


@check(
    id="published-results",
    scope="portal",
    labels=("satisfaction-results",),
    version=1,
    messages={
        "complete": {
            "fa": "«{title}» نتایج {dated} را به تفکیک خدمت، با شمار پاسخ‌ها ({sample}) و آنچه تغییر کرد نشان می‌دهد.",
            "en": "“{title}” shows results of {dated} per service, with the number of answers ({sample}) and what was "
            "changed.",
        },
        "report": {
            "fa": "«{title}» نتایج نظرسنجی از مراجعان را با عدد نشان می‌دهد. برای امتیاز کامل: {missing}.",
            "en": "“{title}” shows results of a survey among users in figures. For the full level it needs: {missing}.",
        },
        "numbers": {
            "fa": "«{title}» رضایت را تنها با عدد کلی نشان می‌دهد («{quote}»). برای امتیاز بیشتر: {missing}.",
            "en": "“{title}” states satisfaction in overall figures only (“{quote}”). For a higher level it needs: "
            "{missing}.",
        },
        "chart_only": {
            "fa": "نتایج در «{title}» تنها تصویر است. عددها، تاریخ و شمار پاسخ‌ها را در متن صفحه بیاورید.",
            "en": "The results in “{title}” are a picture only. State figures, date and number of answers as text.",
        },
        "poll": {
            "fa": "تنها نتیجه یک نظرسنجی یافت شد که درباره خدمات نیست («{quote}»). نتایج رضایت از خدمات را منتشر کنید.",
            "en": "Only the result of a poll that is not about services was found (“{quote}”). Publish results on "
            "satisfaction with the services.",
        },
        "claim": {
            "fa": "تنها ادعایی بدون عدد و تاریخ کافی یافت شد («{quote}»). نتایج را با عدد و تاریخ منتشر کنید.",
            "en": "Only a claim without figures or without a date was found (“{quote}”). Publish results with figures, "
            "date and number of answers.",
        },
        "news_only": {
            "fa": "ارقام نظرسنجی دستگاه تنها در خبر «{title}» آمده است. گزارش نتایج را در صفحه‌ای جدا منتشر کنید.",
            "en": "Figures of the agency's survey stand only in its news item “{title}”. Publish the results on a page "
            "of their own.",
        },
        "behind_login": {
            "fa": "نتایج («{link}») پشت صفحه ورود است و منتشرشده به شمار نمی‌آید. آن را برای همه باز کنید.",
            "en": "The results (“{link}”) lie behind a login, which is not published. Open them to everybody.",
        },
        "file_unread": {
            "fa": "فایل نتایج («{link}») در این بازدید خوانده نشد. عددها را در متن صفحه هم بیاورید.",
            "en": "The file of results (“{link}”) was not read in this visit. State the figures in the page too.",
        },
        "announced": {
            "fa": "«{title}» تنها خبر می‌دهد که نتایج منتشر خواهد شد. نتایج را منتشر کنید.",
            "en": "“{title}” only announces that results will be published. Publish them.",
        },
        "of_others": {
            "fa": "«{title}» رتبه‌بندی یا نظرسنجی از کارکنان یا از نهادی دیگر است. نظر مراجعان خود را منتشر کنید.",
            "en": "“{title}” is a ranking, a staff survey or another body's survey. Publish results among your own "
            "users.",
        },
        "form_only": {
            "fa": "تنها فرم نظرسنجی یافت شد («{title}»). نتایج آن را با عدد، تاریخ و شمار پاسخ‌ها منتشر کنید.",
            "en": "Only a survey form was found (“{title}”). Publish its results with figures, date and number of "
            "answers.",
        },
        "none": {
            "fa": "نتیجه‌ای از نظرسنجی مراجعان منتشر نشده است. نتایج را با عدد، تاریخ و شمار پاسخ‌ها منتشر کنید.",
            "en": "No results of a survey among users are published. Publish them with figures, date and number of "
            "answers.",
        },
    },
)
def published_results(snapshot: Snapshot) -> Result:
    """Whether what users think of the services is published, in figures, and what followed from it.

    What it looks for: shares and scores of satisfaction or service quality on pages and in files of the agency, their
    date or period, how many answered, figures per service, and what was changed; failing that, charts, polls, claims.
    Why it matters: an agency that shows its results can be measured by them, and shows that answers are read.
    How to fix: publish, at least once a year, the share of satisfied users of each service, the number of answers, the
    period, and what you changed because of it.
    Known limits: what a chart shows is not read, only its text alternative. Figures are not checked. A survey form, a
    list of questions, staff surveys, rankings and surveys of other bodies are no results.
    """
    pages = [page for page in snapshot.pages if _is_own(snapshot, page)]
    judged = [result for page in pages if (result := _judged(snapshot, page)) is not None]
    linked = linked_results(snapshot)
    judged += [_scanned(one) for one in linked if one.state == "scan"]
    judged += _on_service_pages(snapshot, pages)
    best = max(judged, key=lambda result: (result.level or 0.0, result.confidence), default=None)
    if best is None:
        return _without(snapshot, pages, linked)
    hidden = any(one.state in ("unread", "login") for one in linked)
    if hidden and (best.level or 0.0) < _UNREAD_CEILING:
        return replace(best, ceiling=_UNREAD_CEILING)
    return best


def _is_own(snapshot: Snapshot, page: Page) -> bool:
    kind = page.perception.page_type
    return not is_search_results(page.perception) and kind != "login" and not other_organisation(page, snapshot.agency)


def _judged(snapshot: Snapshot, page: Page) -> Result | None:
    """The level that one page gives, None where it tells nothing of satisfaction."""
    told = passages(snapshot, page)
    if is_news(page.perception):
        return _in_news(page, told)
    if told:
        return _with_figures(snapshot, page, told)
    title = page.name
    if any(names_results(text) for text in heads_of(page)) and not _announces(page):
        chart = _chart(page)
        if chart is not None:
            piece = page.evidence(chart.selector if isinstance(chart, Image) else None, title)
            return at_level(0.5, "chart_only", evidence=[piece], confidence=0.75, title=title)
    poll = next(polls(page), None)
    if poll is not None:
        piece = page.evidence(poll.selector, poll.quote[:200])
        return at_level(0.25, "poll", evidence=[piece], confidence=0.7, quote=poll.quote[:120])
    claim = next(claims(page), None)
    return None if claim is None else _claimed(page, claim)


def _claimed(page: Page, claim: TextBlock) -> Result:
    piece = page.evidence(claim.selector, claim.text[:200])
    return at_level(0.25, "claim", evidence=[piece], confidence=0.65, quote=claim.text[:120])


def _in_news(page: Page, told: list[Passage]) -> Result | None:
    """Figures of the agency's own survey in its news: 0.25; rankings and what the press asked: nothing (ruling T03)."""
    words, text = lexicon(), page.perception.main_text
    if not told or not words.has(text, "survey-word") or words.has(text, "press-word"):
        return None
    piece = page.evidence(told[0].selector, told[0].quote[:200])
    return at_level(0.25, "news_only", evidence=[piece], confidence=0.8, title=page.name)


def _with_figures(snapshot: Snapshot, page: Page, told: list[Passage]) -> Result:
    whole = any(names_results(text) for text in heads_of(page))
    broad = whole or len(told) > SEVERAL  # a page with that many figures is about them, whatever it is called
    sample = respondents(page, told, whole=broad)
    units = {unit for one in told for unit in one.units}
    offered = [one for one in snapshot.services if not one.flags & {"internal", "stopped"}]
    split = len(units) >= SEVERAL or (len(units) == 1 and len(offered) == 1)
    dating = dating_of(snapshot, page, told, whole=broad)
    fresh = dating is not None and (snapshot.as_of.date() - dating.day).days <= FRESH_DAYS
    changed = change(page) if whole else None
    title, is_file = page.name, page.perception.page_type == "document"
    evidence = [page.evidence(one.selector, one.quote[:200]) for one in told[:4]]
    evidence += [page.evidence(sample[0], sample[1])] if sample else []
    evidence += [page.evidence(dating.selector, dating.text)] if dating else []
    evidence += [page.evidence(changed.selector, changed.text[:200])] if changed else []
    gaps = [
        names
        for names, lacks in (
            ({"fa": "تاریخ یا دوره نظرسنجی", "en": "the date or period of the survey"}, dating is None),
            ({"fa": "نتایج ۱۲ ماه اخیر", "en": "results of the last 12 months"}, dating is not None and not fresh),
            ({"fa": "شمار پاسخ‌ها", "en": "the number of answers"}, sample is None),
            ({"fa": "نتیجه به تفکیک خدمت", "en": "figures per service"}, not split),
            ({"fa": "آنچه در نتیجه تغییر کرده", "en": "what was changed as a result"}, changed is None),
            ({"fa": "متن در صفحه به جای فایل", "en": "text in a page in place of a file"}, is_file),
        )
        if lacks
    ]
    data: dict[str, Any] = {"title": title}
    if not gaps and sample and dating and not template_text(page.perception):
        data |= {"dated": dating.text, "sample": sample[1][:80]}
        return at_level(1, "complete", evidence=evidence, confidence=0.85, **data)
    data["missing"] = {language: [gap[language] for gap in gaps] for language in ("fa", "en")}
    quote = told[0].quote[:120]
    if template_text(page.perception):
        return at_level(0.25, "claim", evidence=evidence, confidence=0.6, quote=quote)
    if (dating and sample) or split:
        return at_level(0.75, "report", evidence=evidence, confidence=0.8 if dating else 0.6, **data)
    figures = {figure for one in told for figure in one.figures}
    if dating or len(figures) > 1:
        return at_level(0.5, "numbers", evidence=evidence, confidence=0.75, quote=quote, **data)
    return at_level(0.25, "claim", evidence=evidence, confidence=0.6, quote=quote)


def _on_service_pages(snapshot: Snapshot, pages: list[Page]) -> list[Result]:
    """Figures of at least two services, each on its own page, are results per service."""
    found = {
        service.id: (page, told[0])
        for page in pages
        if not is_news(page.perception) and len(named := owners(snapshot, page)) == 1
        for service in named
        if (told := passages(snapshot, page))
    }
    if len(found) < SEVERAL:
        return []
    evidence = [page.evidence(one.selector, one.quote[:200]) for page, one in list(found.values())[:4]]
    missing = {"fa": ["گزارشی از همه خدمات در یک صفحه"], "en": ["one report on all services"]}
    title = next(iter(found.values()))[0].name
    return [at_level(0.75, "report", evidence=evidence, confidence=0.65, title=title, missing=missing)]


def _chart(page: Page) -> Image | str | None:
    """A picture of results on a page of results: named chart, or wide; or a drawing that scripts fill."""
    named: list[Image] = []
    for image in page.perception.images:
        wide = image.width is None or image.width >= CHART_PIXELS
        said = f"{image.alt} {image.near if image.near not in heads_of(page) else ''} {url_words(image.url)}"
        if wide and lexicon().has(said, "chart-word") and not lexicon().has(said, "decorative-image"):
            named.append(image)
    return named[0] if named else "canvas" if page.soup.select_one("main canvas, body canvas") is not None else None


def _announces(page: Page) -> bool:
    return lexicon().has(page.perception.main_text, "results-announced")


def _scanned(one: LinkedResults) -> Result:
    piece = one.page.evidence(one.link.selector, one.link.caption)
    return at_level(0.5, "chart_only", evidence=[piece], confidence=0.65, title=one.link.caption)


def _without(snapshot: Snapshot, pages: list[Page], linked: list[LinkedResults]) -> Result:
    for one in sorted(linked, key=lambda entry: entry.state == "login"):
        evidence, link = [one.page.evidence(one.link.selector, one.link.caption)], one.link.caption
        if one.state == "unread" and one.cause is not None:
            return unknown(one.cause, "file_unread", evidence=evidence, ceiling=_UNREAD_CEILING, link=link)
        if one.state == "login":
            ceiling = _UNREAD_CEILING
            return at_level(0, "behind_login", evidence=evidence, confidence=0.75, ceiling=ceiling, link=link)
    words = lexicon()
    for page in pages:
        heads, title = " ".join(heads_of(page)), page.name
        asked = words.has(heads, "satisfaction-word") or words.has(heads, "survey-word")
        if asked and any(words.has(heads, group) for group in ("ranking-word", "other-survey")):
            return at_level(0, "of_others", evidence=[page.evidence(None, title)], confidence=0.85, title=title)
        if asked and names_results(heads) and _announces(page):
            return at_level(0, "announced", evidence=[page.evidence(None, title)], confidence=0.85, title=title)
    form = next((page for page in snapshot.pages_with(Label.SATISFACTION_SURVEY) if page in pages), None)
    if form is not None:
        return at_level(0, "form_only", evidence=[form.evidence(None, form.name)], confidence=0.85, title=form.name)
    return at_level(0, "none", confidence=0.85)
