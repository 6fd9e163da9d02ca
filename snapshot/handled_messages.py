"""Where a portal tells how many complaints, comments and messages it received and handled."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from snapshot.filters import is_news
from snapshot.matching import lexicon
from snapshot.perception.models import Table
from snapshot.perception.step_parts import duration_in
from snapshot.places import inside
from snapshot.reader import Page, Snapshot
from snapshot.text import fold

NEAR = 30
"""Letters between a number and the word for what it counts."""
_SENTENCES = re.compile(r"(?<=[.!؟?؛;])\s+")
_DATES = re.compile(r"\d{1,4}[/-]\d{1,2}[/-]\d{1,4}|(?:سال|year|in)\s\d{4}|\d{1,2}:\d\d")
_COUNT = re.compile(r"(?<![\d/.])\d[\d,]{1,8}(?![\d/])|(?<![\d/.])\d{1,3}(?:[./]\d+)?\s?(?:%|٪|درصد|percent|per cent)")
_A_NAME = re.compile(r"(?:سامانه|تلفن|شماره|ماده|بند|تبصره|کد|no\.?|number|article|line|phone)\s*$")
"""What stands before a number that names something and counts nothing."""
_ONLY_COUNT = re.compile(r"\d[\d,.]*\s?(?:مورد|فقره|عدد|نفر|%|٪|درصد|percent)?")


@dataclass(frozen=True, slots=True)
class HandledMessages:
    """One place with figures on messages of the public, in the page's own words."""

    page: Page
    selector: str
    quote: str


def handled_messages(snapshot: Snapshot) -> tuple[HandledMessages, ...]:
    """Figures on complaints, comments and messages handled, outside news; promised times are no figures."""
    return tuple(
        HandledMessages(page, selector, quote)
        for page in snapshot.pages
        if not is_news(page.perception) and page.perception.page_type not in ("search-results", "login")
        for selector, quote in (*_in_tables(page), *_in_pairs(page), *_in_texts(page))
    )


def counts_in(text: str, group: str) -> list[str]:
    """Numbers of at least two digits, and shares, that stand close to a word of the group; times and dates are none."""
    rest = text
    while said := duration_in(rest):
        rest = rest.replace(said, " ", 1)
    folded = _DATES.sub(lambda found: " " * len(found.group()), fold(rest))
    at = [(word.start, word.end) for word in lexicon().words(folded, group)]
    return [
        found.group()
        for found in _COUNT.finditer(folded)
        if not _A_NAME.search(folded[: found.start()])
        and any(start - found.end() < NEAR and found.start() - end < NEAR for start, end in at)
    ]


def _in_texts(page: Page) -> Iterator[tuple[str, str]]:
    words = lexicon()
    for block in page.perception.blocks:
        if any(inside(block.selector, table.selector) for table in page.perception.tables):
            continue
        for said in _SENTENCES.split(block.text):
            if words.has(said, "handled-word") and counts_in(said, "message-word"):
                yield block.selector, said


def _in_pairs(page: Page) -> Iterator[tuple[str, str]]:
    words = lexicon()
    for pair in page.perception.pairs:
        told = words.has(pair.label, "handled-word") or words.has(pair.label, "received-word")
        if told and words.has(pair.label, "message-word") and _ONLY_COUNT.fullmatch(fold(pair.value).strip()):
            yield pair.selector, f"{pair.label}: {pair.value}"


def _in_tables(page: Page) -> Iterator[tuple[str, str]]:
    words = lexicon()
    for table in page.perception.tables:
        sides = [*table.header, *(row[0] for row in table.rows if row)]
        named = any(words.has(text, "message-word") for text in (table.caption, *sides))
        told = any(words.has(text, group) for text in sides for group in ("handled-word", "received-word"))
        if named and told and _has_counts(table):
            yield table.selector, " | ".join((table.caption, *table.header, *table.rows[0]))


def _has_counts(table: Table) -> bool:
    return any(_ONLY_COUNT.fullmatch(fold(cell).strip()) for row in table.rows for cell in row[1:])
