"""Check published-commitments: what the agency promises and what it lays open."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from checks.base import Result, at_level, check
from config.vocabulary import Label
from snapshot.filters import is_construction, is_news, is_soft_404, template_text
from snapshot.matching import lexicon
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


@dataclass(frozen=True, slots=True)
class _Item:
    """One kind of publication: the label or word group its pages bear, and what its content must hold."""

    key: str
    names: dict[str, str]
    label: Label | None
    group: str
    holds: Callable[[Page], bool]


def _has_text(page: Page) -> bool:
    """At least a paragraph of its own, or a file with text."""
    return any(len(block.text.split()) >= PARAGRAPH_WORDS for block in page.perception.blocks) or _is_text_file(page)


def _has_text_or_files(page: Page) -> bool:
    """Text, or files of the content: circulars and tenders are mostly attached."""
    files = [link for link in page.perception.links if link.place == "main" and link.kind == "document"]
    return _has_text(page) or bool(files) or bool(page.perception.tables)


def _has_figures(page: Page) -> bool:
    """A report with figures."""
    return len(_FIGURE.findall(fold(page.perception.main_text))) >= 3 and len(page.perception.main_text.split()) >= 10


def _has_promises(page: Page) -> bool:
    """A paragraph, or a table of promises with their values."""
    return _has_text(page) or any(len(table.rows) > 1 for table in page.perception.tables)


def _is_text_file(page: Page) -> bool:
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
        _has_text_or_files,
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
    version=1,
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
    found = {item.key: page for item in _ITEMS if (page := _page_of(snapshot, item)) is not None}
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
    if worth >= SOME:
        return at_level(0.5, "partial", evidence=evidence, confidence=sure, **data)
    key = "few" if found else "none"
    return at_level(0, key, evidence=evidence, confidence=sure, **data)


def _page_of(snapshot: Snapshot, item: _Item) -> Page | None:
    """The page that shows an item with content of its own: not news, not sample text, not under construction.

    A page is about what its title names. Another item on it needs a section of that name: a label alone may rest on
    words that the page only mentions.
    """
    for page in snapshot.pages:
        perception = page.perception
        if page is snapshot.home or is_news(perception) or is_soft_404(perception) or is_construction(perception):
            continue
        heads = [perception.title, *(h.text for h in perception.headings if h.place == "main")][:12]
        named = any(lexicon().has(text, item.group) for text in heads if len(text.split()) <= 12)
        labelled = item.label is not None and perception.strength(item.label) >= ITEM_LABEL
        of_others = any(lexicon().has(text, other.group) for other in _ITEMS for text in (perception.title, page.name))
        if (named or (labelled and not of_others)) and not template_text(perception) and item.holds(page):
            return page
    return None


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
