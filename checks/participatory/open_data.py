"""Check open-data: does the agency publish data that others can compute with?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from checks.base import Result, at_level, check
from checks.participatory.weak_statistics import weak_statistics
from config.vocabulary import Label
from snapshot.filters import is_news
from snapshot.hosts import OwnHosts
from snapshot.matching import lexicon
from snapshot.page_dates import stated_date
from snapshot.perception.models import Link, Table
from snapshot.places import inside, position
from snapshot.reader import Page, Snapshot
from snapshot.text import fold

ENOUGH = 3
"""Data sets for the top level (rubric P05)."""
DATA_PAGE = 0.25
"""Strength of the label from which a page is about data or statistics."""
ROW_DEPTH = 4
"""Elements above a link that can be the row or card of its data set."""
_MACHINE = re.compile(r"\.(?:csv|tsv|xlsx?|ods|json|geojson|xml|rdf|shp|parquet)(?:$|\.(?:zip|gz)$)", re.IGNORECASE)
_API = re.compile(r"/(?:api|odata|sparql)(?:/|$)", re.IGNORECASE)
_FIGURE = re.compile(r"\d")


@check(
    id="open-data",
    scope="portal",
    labels=("open-data-statistics",),
    version=2,
    messages={
        "complete": {
            "fa": "{count} مجموعه داده ماشین‌خوان با تاریخ و صاحب در «{title}» یافت شد و پروانه آن آمده است.",
            "en": "{count} machine-readable data sets with date and owner were found in “{title}”; the licence "
            "is noted.",
        },
        "partial": {
            "fa": "{count} مجموعه داده ماشین‌خوان در «{title}» یافت شد. برای امتیاز کامل: {missing}.",
            "en": "{count} machine-readable data sets were found in “{title}”. For the full level it needs: {missing}.",
        },
        "statistics": {
            "fa": "تنها آمار به صورت جدول وب یا PDF یافت شد («{title}»). "
            "دست‌کم سه مجموعه داده را به صورت CSV، XLSX یا JSON منتشر کنید.",
            "en": "Only statistics as web table or PDF were found (“{title}”). Publish at least three data sets as "
            "CSV, XLSX or JSON.",
        },
        "weak": {
            "fa": "تنها شمارنده، خلاصه بودجه یا شمار پیام‌های رسیدگی‌شده یافت شد («{quote}» در «{title}»). "
            "دست‌کم سه مجموعه داده را به صورت CSV، XLSX یا JSON منتشر کنید.",
            "en": "Only counters, a budget summary or numbers of messages handled were found (“{quote}” in “{title}”). "
            "Publish at least three data sets as CSV, XLSX or JSON.",
        },
        "empty": {
            "fa": "صفحه «{title}» داده‌ای ندارد. مجموعه‌های داده را با عنوان، تاریخ و صاحب در آن منتشر کنید.",
            "en": "The page “{title}” holds no data. Publish data sets there with title, date and owner.",
        },
        "none": {
            "fa": "داده باز یا آماری در درگاه یافت نشد. دست‌کم سه مجموعه داده ماشین‌خوان منتشر کنید.",
            "en": "No open data and no statistics were found. Publish at least three machine-readable data sets.",
        },
    },
)
def open_data(snapshot: Snapshot) -> Result:
    """Whether data of the agency can be had in a form that machines read.

    What it looks for: links to CSV, XLSX, JSON, XML and the like, or an interface, on pages about data and statistics;
    title, date and owner of each set and the licence; failing that, statistics as tables or PDF, counters, a summary of
    the budget, numbers of messages handled.
    Why it matters: published data are used, checked and improved by others.
    How to fix: publish at least three data sets with title, date, owner and licence on one page.
    Known limits: files are not opened. Forms and price lists in XLSX are no data; a link to the national data portal
    alone is none.
    """
    pages = [
        page for page in snapshot.pages_with(Label.OPEN_DATA_STATISTICS, DATA_PAGE) if not is_news(page.perception)
    ]
    sets: dict[str, _DataSet] = {}
    for page in pages:
        for found in _data_sets(snapshot, page):
            sets.setdefault(found.key, found)
    if sets:
        return _with_sets(snapshot, list(sets.values()))
    for page in pages:
        place = _statistics(snapshot, page)
        if place is not None:
            title = page.perception.title
            return at_level(0.5, "statistics", evidence=[page.evidence(place, title)], confidence=0.75, title=title)
    weak = weak_statistics(snapshot)
    if weak is not None:
        page, selector, quote = weak
        piece = page.evidence(selector, quote[:200])
        return at_level(0.5, "weak", evidence=[piece], confidence=0.65, title=page.name, quote=quote[:120])
    if pages:
        title = pages[0].perception.title
        return at_level(0, "empty", evidence=[pages[0].evidence(None, title)], confidence=0.75, title=title)
    return at_level(0, "none", confidence=0.85)


@dataclass(frozen=True, slots=True)
class _DataSet:
    """One data set, in whatever formats. `key` = its row on the page, so that formats side by side count once."""

    key: str
    page: Page
    link: Link
    row: str


def _data_sets(snapshot: Snapshot, page: Page) -> Iterator[_DataSet]:
    own, words = OwnHosts.of(snapshot.agency), lexicon()
    files = [link for link in page.perception.links if link.place == "main" and link.url and _is_data(link.url)]
    for link in files:
        row, said = _row_of(page, link, files)
        if (link.url or "") not in own or words.has(f"{said} {link.near}", "no-data-file"):
            continue
        yield _DataSet(f"{page.page_id} {row}", page, link, said)


def _is_data(url: str) -> bool:
    path = urlsplit(url).path
    return bool(_MACHINE.search(path) or _API.search(path))


def _row_of(page: Page, link: Link, files: list[Link]) -> tuple[str, str]:
    """The row or card of a file and its words: the largest element around it whose files all bear one name."""
    steps = link.selector.split(" > ")
    row = link.selector
    for up in range(1, min(ROW_DEPTH, len(steps) - 2) + 1):
        outer = " > ".join(steps[:-up])
        if len({_stem(other) for other in files if inside(other.selector, outer)}) > 1:
            break
        row = outer
    said = [block.text for block in page.perception.blocks if inside(block.selector, row)]
    return row, " | ".join(dict.fromkeys((*said, link.caption, link.near)))


def _stem(link: Link) -> str:
    name = urlsplit(link.url or "").path.rsplit("/", 1)[-1]
    return fold(name.split(".")[0])


def _with_sets(snapshot: Snapshot, sets: list[_DataSet]) -> Result:
    words = lexicon()
    pages = {one.page.page_id: one.page for one in sets}
    text = " ".join(page.perception.main_text for page in pages.values())
    dated = [one for one in sets if _is_dated(snapshot, one)]
    owned = words.has(text, "data-owner") or any(words.has(one.row, "data-owner") for one in sets)
    licensed = words.has(text, "data-licence")
    evidence = [one.page.evidence(one.link.selector, one.row[:200]) for one in sets[:5]]
    title = sets[0].page.perception.title
    gaps = [
        names
        for names, lacks in (
            ({"fa": "سه مجموعه داده", "en": "three data sets"}, len(sets) < ENOUGH),
            ({"fa": "تاریخ هر مجموعه", "en": "the date of each set"}, len(dated) < min(ENOUGH, len(sets))),
            ({"fa": "صاحب داده", "en": "the owner of the data"}, not owned),
            ({"fa": "پروانه استفاده", "en": "the licence"}, not licensed),
        )
        if lacks
    ]
    if not gaps:
        return at_level(1, "complete", evidence=evidence, confidence=0.85, count=len(sets), title=title)
    missing = {language: [gap[language] for gap in gaps] for language in ("fa", "en")}
    return at_level(0.5, "partial", evidence=evidence, confidence=0.8, count=len(sets), title=title, missing=missing)


def _is_dated(snapshot: Snapshot, one: _DataSet) -> bool:
    row = one.key.split(" ", 1)[1]
    near = any(inside(found.selector, row) for found in one.page.perception.dates if found.kind != "clock")
    return (
        near or stated_date(snapshot, one.page) is not None or any(f.text in one.row for f in one.page.perception.dates)
    )


def _statistics(snapshot: Snapshot, page: Page) -> str | None:
    """Where a page shows figures as a table, or links to a PDF of statistics; None where it does neither."""
    words, own = lexicon(), OwnHosts.of(snapshot.agency)
    for table in page.perception.tables:
        near = [h.text for h in page.perception.headings if position(h.selector) < position(table.selector)][-1:]
        if _has_figures(table) and not any(words.has(text, "no-data-file") for text in (*near, table.caption)):
            return table.selector
    for link in page.perception.links:
        is_file = link.place == "main" and link.kind == "document" and (link.url or "") in own
        if is_file and words.has(link.caption, "statistics-word") and not words.has(link.caption, "no-data-file"):
            return link.selector
    return None


def _has_figures(table: Table) -> bool:
    """A table of which a good part of the cells beside the first column holds figures."""
    cells = [cell for row in table.rows for cell in row[1:] if cell]
    return len(table.rows) > 1 and sum(bool(_FIGURE.search(cell)) for cell in cells) * 2 >= max(1, len(cells))
