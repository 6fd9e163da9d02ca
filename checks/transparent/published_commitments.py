"""Check published-commitments: what the agency promises and what it lays open."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from checks.base import Result, at_level, check, unknown
from config.vocabulary import Cause, Label
from snapshot.filters import is_construction, is_news, is_soft_404, leads_there, template_text
from snapshot.matching import lexicon
from snapshot.perception.models import Link
from snapshot.perception.step_parts import duration_in
from snapshot.reader import Page, Snapshot
from snapshot.text import fold

ENOUGH, SOME = 5, 2
"""Items from which the level is 1 or 0.5 (rubric T06)."""
PARAGRAPH_WORDS = 15
"""Words of a paragraph of content of its own (ruling T06: titles only do not count)."""
ITEM_LABEL = 0.4
REPORT_YEARS = 2
_SHARE = re.compile(r"\d{1,3}(?:[./]\d+)?\s?(?:درصد|٪|%|percent)")
_FIGURE = re.compile(r"\d[\d,٬.]*")
_YEAR = re.compile(r"(?<!\d)(1[34]\d\d|20\d\d)(?!\d)")
_REPORT_YEAR = re.compile(r"(?<!قانون بودجه )(?:سال|دوره|in|year|for)\s(1[34]\d\d|20\d\d)(?!\d)", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[.!؟?؛;])\s+")


Held = Literal["content", "nothing", "unread"]


@dataclass(frozen=True, slots=True)
class _Item:
    """One kind of publication: the label or word group its pages bear, and what its content must hold."""

    key: str
    names: dict[str, str]
    label: Label | None
    group: str
    holds: Callable[[Snapshot, Page], Held]


def _held(*, holds: bool) -> Held:
    return "content" if holds else "nothing"


def _has_text(_: Snapshot, page: Page) -> Held:
    """At least a paragraph of its own, or a file with text."""
    return _held(holds=_shows_text(page))


def _has_rows_or_files(snapshot: Snapshot, page: Page) -> Held:
    """Text, a table, or files: tenders are mostly listed with their days, or attached."""
    return "content" if page.perception.tables else _has_text_or_files(snapshot, page)


def _has_text_or_files(snapshot: Snapshot, page: Page) -> Held:
    """Text, or at least one file or page of the content that was read; a title whose file was not read shows nothing.

    `unread` where all that could show content are files that the visit did not read.
    """
    if _shows_text(page):
        return "content"
    unread = False
    for link in page.perception.links:
        if link.place != "main" or link.kind not in ("page", "document") or not link.url:
            continue
        target, record = leads_there(snapshot, link), snapshot.record_at(link.url)
        if target is not None and target.page_id != page.page_id and _is_listed(link, target):
            return "content"
        gone = record is not None and record.cause in (None, Cause.HTTP_ERROR)
        unread = unread or (target is None and link.kind == "document" and not gone)
    return "unread" if unread else "nothing"


def _is_listed(link: Link, target: Page) -> bool:
    """A file that was read, or a page with text whose link is named after a rule."""
    if link.kind == "document":
        return target.perception.page_type == "document"
    return lexicon().has(link.caption, "law-word") and _shows_text(target)


def _has_figures(_: Snapshot, page: Page) -> Held:
    """A report with figures."""
    text = page.perception.main_text
    return _held(holds=len(_FIGURE.findall(fold(text))) >= 3 and len(text.split()) >= 10)


def _has_promises(_: Snapshot, page: Page) -> Held:
    """A paragraph, or a table of promises with their values."""
    return _held(holds=_shows_text(page) or any(len(table.rows) > 1 for table in page.perception.tables))


def _shows_text(page: Page) -> bool:
    if any(len(block.text.split()) >= PARAGRAPH_WORDS for block in page.perception.blocks):
        return True
    return page.perception.page_type == "document" and len(page.perception.main_text.split()) >= PARAGRAPH_WORDS


_ITEMS = (
    _Item(
        "sla",
        {"fa": "بیانیه سطح خدمت", "en": "service level statement"},
        Label.SERVICE_LEVEL,
        "sla-name",
        _has_promises,
    ),
    _Item(
        "privacy", {"fa": "حریم خصوصی", "en": "privacy statement"}, Label.PRIVACY_STATEMENT, "privacy-name", _has_text
    ),
    _Item("update", {"fa": "دستورالعمل به‌روزرسانی", "en": "update policy"}, None, "update-policy", _has_text),
    _Item(
        "laws",
        {"fa": "قوانین و بخشنامه‌ها", "en": "laws and circulars"},
        Label.LAWS_REGULATIONS,
        "laws-name",
        _has_text_or_files,
    ),
    _Item(
        "report",
        {"fa": "گزارش عملکرد", "en": "performance report"},
        Label.PERFORMANCE_REPORT,
        "report-name",
        _has_figures,
    ),
    _Item(
        "tenders",
        {"fa": "مناقصه و قرارداد", "en": "tenders and contracts"},
        Label.TENDERS,
        "tender-name",
        _has_rows_or_files,
    ),
    _Item(
        "foi", {"fa": "دسترسی آزاد به اطلاعات", "en": "access to information"}, Label.FOI_ACCESS, "foi-name", _has_text
    ),
    _Item("charter", {"fa": "منشور حقوق شهروندی", "en": "citizens' rights charter"}, None, "charter-name", _has_text),
)


@check(
    id="published-commitments",
    scope="portal",
    labels=("service-level", "privacy-statement", "laws-regulations", "performance-report", "tenders", "foi-access"),
    version=2,
    messages={
        "complete": {
            "fa": "{count} قلم با محتوای خود یافت شد: {found}؛ سطح خدمت عدد دارد و گزارش عملکرد تازه است.",
            "en": "{count} items with content were found: {found}; the service level has figures, "
            "the report is recent.",
        },
        "partial": {
            "fa": "{count} قلم با محتوای خود یافت شد: {found}. برای امتیاز بیشتر: {missing}.",
            "en": "{count} items with content were found: {found}. For a higher level it needs: {missing}.",
        },
        "few": {
            "fa": "تنها {count} قلم با محتوای خود یافت شد ({found}). این‌ها را منتشر کنید: {missing}.",
            "en": "Only {count} items with content were found ({found}). Publish: {missing}.",
        },
        "unread": {
            "fa": "{count} قلم با محتوای خود یافت شد ({found})؛ فایل‌های {unread} در این بازدید خوانده نشد.",
            "en": "{count} items with content were found ({found}); the files of {unread} were not read in this visit.",
        },
        "none": {
            "fa": "هیچ‌یک از این‌ها با محتوای خود یافت نشد: {missing}.",
            "en": "None of these was found with content of its own: {missing}.",
        },
    },
)
def published_commitments(snapshot: Snapshot) -> Result:
    """Which promises and which information the agency publishes, with content.

    What it looks for: service level statement, privacy statement, update policy, laws and circulars, performance
    report, tenders and contracts, access to information, citizens' rights charter; whether the service level states a
    figure and the report is of the last two years.
    Why it matters: a promise without a number binds nobody, a report without figures shows nothing.
    How to fix: publish these pages with their own text, state times in the service level, and the report of last year.
    Known limits: files are read where they have a text layer. Whether promises are kept is not judged. The national
    sample text left unfilled counts for nothing.
    """
    shown = {item.key: _page_of(snapshot, item) for item in _ITEMS}
    found = {key: page for key, (page, held) in shown.items() if page is not None and held == "content"}
    unread = {key: page for key, (page, held) in shown.items() if page is not None and held == "unread"}
    names = {item.key: item.names for item in _ITEMS}
    evidence = [page.evidence(None, page.perception.title) for page in found.values()]
    has_figure = "sla" in found and _states_level(found["sla"])
    recent = "report" in found and _is_recent(found["report"], snapshot.as_of.date())
    gaps = [names[key] for key in names if key not in found]
    told = {
        language: [names[key][language] for key in found] or [{"fa": "هیچ", "en": "none"}[language]]
        for language in ("fa", "en")
    }
    # A service level without a number counts half (rubric T06, false positives).
    worth = len(found) - (0.5 if "sla" in found and not has_figure else 0.0)
    if worth >= ENOUGH and has_figure and recent:
        return at_level(1, "complete", evidence=evidence, confidence=0.8, count=len(found), found=told)
    if "sla" in found and not has_figure:
        gaps.append({"fa": "عدد در بیانیه سطح خدمت", "en": "a figure in the service level statement"})
    if "report" in found and not recent:
        gaps.append({"fa": "گزارش عملکرد دو سال اخیر", "en": "a report of the last two years"})
    missing = {language: [gap[language] for gap in gaps] for language in ("fa", "en")}
    data: dict[str, Any] = {"count": len(found), "found": told, "missing": missing}
    sure = 0.65 if len(found) in (SOME - 1, SOME, ENOUGH - 1, ENOUGH) else 0.85
    # Files that the visit did not read may hold what is missing.
    may_be = worth + len(unread)
    if worth >= SOME:
        ceiling = 1.0 if unread and may_be >= ENOUGH and has_figure and recent else None
        return at_level(0.5, "partial", evidence=evidence, confidence=sure, ceiling=ceiling, **data)
    if may_be >= SOME:
        evidence += [page.evidence(None, page.perception.title) for page in unread.values()]
        data["unread"] = {language: [names[key][language] for key in unread] for language in ("fa", "en")}
        return unknown(Cause.MISSING_ARTEFACT, "unread", evidence=evidence, ceiling=0.5, **data)
    key = "few" if found else "none"
    return at_level(0, key, evidence=evidence, confidence=sure, **data)


def _page_of(snapshot: Snapshot, item: _Item) -> tuple[Page | None, Held]:
    """The page that shows an item with content of its own: not news, not sample text, not under construction.

    Failing that, a page of the item whose files were not read.

    A page is about what its title names. Another item on it needs a section of that name: a label alone may rest on
    words that the page only mentions.
    """
    waiting: Page | None = None
    for page in snapshot.pages:
        perception = page.perception
        if page is snapshot.home or is_news(perception) or is_soft_404(perception) or is_construction(perception):
            continue
        heads = [perception.title, *(h.text for h in perception.headings if h.place == "main")][:12]
        named = any(lexicon().has(text, item.group) for text in heads if len(text.split()) <= 12)
        labelled = item.label is not None and perception.strength(item.label) >= ITEM_LABEL
        of_others = any(lexicon().has(text, other.group) for other in _ITEMS for text in (perception.title, page.name))
        if not (named or (labelled and not of_others)) or template_text(perception):
            continue
        held = item.holds(snapshot, page)
        if held == "content":
            return page, held
        waiting = waiting or (page if held == "unread" else None)
    return (None, "nothing") if waiting is None else (waiting, "unread")


def _states_level(page: Page) -> bool:
    """A time of handling or an availability in numbers; other figures, and "as soon as possible", promise nothing."""
    rows = [" ".join(row) for table in page.perception.tables for row in table.rows]
    said = [part for block in page.perception.blocks for part in _SENTENCES.split(block.text)]
    return any(_promises(text) for text in (*rows, *said))


def _promises(text: str) -> bool:
    words = lexicon()
    in_time = bool(duration_in(text)) and words.has(text, "handling-word")
    available = _SHARE.search(fold(text)) is not None and words.has(text, "availability-word")
    return in_time or available


def _is_recent(page: Page, today: date) -> bool:
    """Of the last two years, by the year that the report names as its own: in its title, else first in its text.

    The year of an update stamp or of a law says nothing of the report.
    """
    title, text = fold(f"{page.perception.title} {page.name}"), fold(page.perception.main_text[:2000])
    if lexicon().has(title, "last-year"):
        return True
    named = _YEAR.search(title) or _REPORT_YEAR.search(text)
    if named is None:
        return False
    year = int(named.group(1))
    jalali = today.year - 621 if (today.month, today.day) >= (3, 21) else today.year - 622
    return 0 <= (jalali if year < 1900 else today.year) - year <= REPORT_YEARS
