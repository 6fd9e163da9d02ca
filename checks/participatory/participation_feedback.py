"""Check participation-feedback: do people learn what became of their comments?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from checks.base import Result, at_level, check, unknown
from config.vocabulary import Cause, Label
from snapshot.consultations import heads_of
from snapshot.filters import is_news, is_search_results, other_organisation, template_text
from snapshot.handled_messages import counts_in, handled_messages
from snapshot.hosts import OwnHosts
from snapshot.matching import lexicon
from snapshot.page_dates import stated_date
from snapshot.perception.models import Link, Table
from snapshot.perception.promises import label_values
from snapshot.periods import latest_period
from snapshot.places import inside
from snapshot.reader import Page, Snapshot

NAMED = 0.6
_NEGATED = re.compile(r"\b(?:not|none|no|never|cannot|nothing)\b[^.;:!?]{0,25}$", re.IGNORECASE)
REASON_WORDS = 6
"""Words of a sentence that gives a reason."""


@check(
    id="participation-feedback",
    scope="portal",
    labels=("consultation-outcome",),
    version=1,
    messages={
        "complete": {
            "fa": "«{title}» ({dated}) می‌گوید چه رسید («{received}»)، چه تغییر کرد و چرا بقیه پذیرفته نشد.",
            "en": "“{title}” ({dated}) tells what was received (“{received}”), what changed, and why the rest was not.",
        },
        "partial": {
            "fa": "«{title}» بخشی از سرانجام نظرها را می‌گوید. برای امتیاز کامل: {missing}.",
            "en": "“{title}” tells part of what became of the comments. For the full level it needs: {missing}.",
        },
        "statistics": {
            "fa": "تنها آمار پیام‌های رسیدگی‌شده یافت شد («{quote}»). بگویید چه تغییر کرد و چه چیزی چرا تغییر نکرد.",
            "en": "Only statistics of messages handled were found (“{quote}”). Tell what changed, and what did not and "
            "why.",
        },
        "hidden": {
            "fa": "آنچه «{link}» به آن می‌رسد در این بازدید دیده نشد. سرانجام نظرها را در صفحه‌ای باز بیاورید.",
            "en": "What “{link}” leads to was not seen in this visit. Tell what became of comments on an open page.",
        },
        "none": {
            "fa": "بازخوردی از سرانجام نظرها یافت نشد. بگویید چه نظرهایی رسید، چه تغییر کرد و چه چیزی چرا تغییر نکرد.",
            "en": "No feedback on what became of comments was found. Tell what came in, what changed, and what did not "
            "and why.",
        },
    },
)
def participation_feedback(snapshot: Snapshot) -> Result:
    """Whether the agency tells what it made of the comments that it received.

    What it looks for: on the agency's own pages on participation how many or which comments came in, what was changed,
    what was not and why, and a date; failing that, statistics of comments or complaints handled.
    Why it matters: people who never hear what became of their word do not give it again.
    How to fix: publish after each consultation a dated page with the comments received, what was taken in, and the
    reason for what was not.
    Known limits: whether the account is true is for an evaluator. Thanks and news, and shares of a poll without a
    decision, are no feedback.
    """
    accounts = [account for page in _pages(snapshot) if (account := _account(snapshot, page)) is not None]
    best = max(accounts, key=_worth, default=None)
    hidden = next(_hidden(snapshot), None)
    result = _told(best) if best is not None else None
    if result is None:
        result = _statistics(snapshot)
    if hidden is None:
        return result or at_level(0, "none", confidence=0.85)
    page, link, cause, ceiling = hidden
    if result is None:
        evidence = [page.evidence(link.selector, link.caption)]
        return unknown(cause, "hidden", evidence=evidence, ceiling=ceiling, link=link.caption)
    return replace(result, ceiling=ceiling) if (result.level or 0.0) < ceiling else result


@dataclass(frozen=True, slots=True)
class _Account:
    """What one page tells of comments: selector and words of each part, None where it is not told."""

    page: Page
    received: tuple[str, str] | None
    changed: tuple[str, str] | None
    refused: tuple[str, str] | None
    dated: str


def _pages(snapshot: Snapshot) -> Iterator[Page]:
    """Own pages that speak of participation, consultations or comments; news, thanks apart, is none."""
    for page in snapshot.pages:
        perception, heads = page.perception, heads_of(page)
        barred = is_news(perception) or is_search_results(perception) or perception.page_type in ("login", "home")
        if barred or template_text(perception) or other_organisation(page, snapshot.agency):
            continue
        labelled = max(perception.strength(Label.CONSULTATION), perception.strength(Label.CONSULTATION_OUTCOME)) >= 0.3
        if labelled or lexicon().has(heads, "outcome-name"):
            yield page


def _account(snapshot: Snapshot, page: Page) -> _Account | None:
    heads = heads_of(page)
    places = [
        (block.selector, block.text if block.heading in heads else f"{block.heading}: {block.text}")
        for block in page.perception.blocks
        if not _in_table(page, block.selector)
    ]
    received = next((place for place in places if _receives(place[1])), None)
    received = received or _listed(page)
    changed = next((place for place in places if _changes(place[1])), None)
    refused = next((place for place in places if _refuses(place[1])), None)
    for table in page.perception.tables:
        rows = [" | ".join(row) for row in table.rows]
        if not _lists_comments(table):
            continue
        received = received or (table.selector, " | ".join(table.header or table.rows[0]))
        changed = changed or next(((table.selector, row) for row in rows if _changes(row)), None)
        refused = refused or next(((table.selector, row) for row in rows if _refuses(row)), None)
    told = [part for part in (received, changed, refused) if part is not None]
    return _Account(page, received, changed, refused, _dated(snapshot, page)) if len(told) > 1 else None


def _receives(text: str) -> bool:
    """How many comments came in; thanks for them tell nothing of what became of them."""
    words = lexicon()
    thanks = words.has(text, "thanks-word") and not _changes(text)
    return words.has(text, "received-word") and bool(counts_in(text, "comment-word")) and not thanks


def _listed(page: Page) -> tuple[str, str] | None:
    """Comments that are listed one by one, each under its label."""
    listed = [pair for pair in page.perception.pairs if lexicon().has(pair.label, "comment-word") and pair.value]
    return (listed[0].selector, f"{listed[0].label}: {listed[0].value}") if len(listed) > 1 else None


def _changes(text: str) -> bool:
    """Something was taken in or changed; what was not accepted, and plans, are no change."""
    words = lexicon()
    refused = words.words(text, "not-taken")
    taken = [
        found
        for group in ("taken-in", "change-made")
        for found in words.words(text, group)
        if not any(no.start <= found.start and found.end <= no.end for no in refused)
        and not _NEGATED.search(text[: found.start])
    ]
    return bool(taken) and not words.has(text, "still-to-come")


def _refuses(text: str) -> bool:
    """Something was not taken in, with a reason."""
    words = lexicon()
    reasoned = words.has(text, "reason-word") and len(text.split()) >= REASON_WORDS
    return words.has(text, "not-taken") and reasoned


def _lists_comments(table: Table) -> bool:
    """A table of comments, each with what became of it."""
    words = lexicon()
    heads = f"{table.caption} {' '.join(table.header)}"
    decided = sum(
        any(words.has(cell, group) for cell in row for group in ("taken-in", "not-taken")) for row in table.rows
    )
    return words.has(heads, "comment-word") and decided > 0


def _dated(snapshot: Snapshot, page: Page) -> str:
    """The day or period of the account in the page's words, empty where it has none."""
    stated = stated_date(snapshot, page)
    if stated is not None:
        return stated.text
    today: date = snapshot.as_of.date()
    main = page.perception.main_selector
    days = [
        one.text
        for one in page.perception.dates
        if one.kind in ("other", "event") and one.day < today and inside(one.selector, main)
    ]
    period = latest_period([heads_of(page), *(h.text for h in page.perception.headings)], bare_years=True)
    return days[0] if days else period.text if period else ""


def _worth(account: _Account) -> tuple[int, bool]:
    parts = (account.received, account.changed, account.refused)
    return sum(part is not None for part in parts) + bool(
        account.dated
    ), account.page.perception.page_type != "document"


def _told(account: _Account) -> Result:
    page, title = account.page, account.page.name
    parts = (account.received, account.changed, account.refused)
    evidence = [page.evidence(part[0], part[1][:200]) for part in parts if part is not None]
    is_file = page.perception.page_type == "document"
    gaps = [
        names
        for names, lacks in (
            ({"fa": "آنچه رسید", "en": "what was received"}, account.received is None),
            ({"fa": "آنچه تغییر کرد", "en": "what changed"}, account.changed is None),
            ({"fa": "چرایی آنچه پذیرفته نشد", "en": "why the rest was not taken in"}, account.refused is None),
            ({"fa": "تاریخ", "en": "a date"}, not account.dated),
            ({"fa": "متن در صفحه به جای فایل", "en": "text in a page in place of a file"}, is_file),
        )
        if lacks
    ]
    if not gaps and account.received is not None:
        received = account.received[1][:100]
        return at_level(
            1, "complete", evidence=evidence, confidence=0.8, title=title, dated=account.dated, received=received
        )
    missing: dict[str, Any] = {language: [gap[language] for gap in gaps] for language in ("fa", "en")}
    return at_level(0.5, "partial", evidence=evidence, confidence=0.7, title=title, missing=missing)


def _statistics(snapshot: Snapshot) -> Result | None:
    for found in snapshot.derived(handled_messages):
        if not other_organisation(found.page, snapshot.agency) and not template_text(found.page.perception):
            piece = found.page.evidence(found.selector, found.quote[:200])
            return at_level(0.5, "statistics", evidence=[piece], confidence=0.75, quote=found.quote[:120])
    return None


def _hidden(snapshot: Snapshot) -> Iterator[tuple[Page, Link, Cause, float]]:
    """Links named after the outcome of consultations that lead to a login (ceiling 1) or to a file not read (0.5)."""
    own = OwnHosts.of(snapshot.agency)
    for page in snapshot.pages:
        if is_news(page.perception):
            continue
        for link in page.perception.links:
            named = label_values(link.caption, "link").get(Label.CONSULTATION_OUTCOME, 0.0) >= NAMED
            if not named or link.url is None or link.url not in own:
                continue
            record, target = snapshot.record_at(link.url), snapshot.page_at(link.url)
            if (target is not None and target.perception.page_type == "login") or (
                record is not None and record.cause == Cause.LOGIN
            ):
                yield page, link, Cause.LOGIN, 1.0
            elif record is None and link.kind == "document":
                yield page, link, Cause.MISSING_ARTEFACT, 0.5


def _in_table(page: Page, selector: str) -> bool:
    return any(inside(selector, table.selector) for table in page.perception.tables)
