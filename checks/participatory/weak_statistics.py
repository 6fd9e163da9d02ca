"""Figures that are statistics of a weak kind: counters, budget summaries, numbers of messages handled (ruling P05)."""

import re
from collections import defaultdict
from collections.abc import Iterator

from snapshot.filters import is_news, is_search_results, other_organisation
from snapshot.handled_messages import handled_messages
from snapshot.matching import lexicon
from snapshot.perception.dates import dates_in
from snapshot.perception.models import TextBlock
from snapshot.perception.step_parts import duration_in
from snapshot.places import inside
from snapshot.reader import Page, Snapshot
from snapshot.text import fold

COUNTERS = 3
"""Counters side by side that make a display of figures."""
COUNTER_WORDS = 6
BUDGET_FIGURES = 3
_BARE = re.compile(r"\+?\s?\d[\d,.]+\s?\+?(?:\s?(?:هزار|میلیون|میلیارد|k|m|thousand|million|billion))?\s?\+?")
_LABELLED = re.compile(
    r"(?P<first>\+?\d[\d,.]+\+?)\s?(?P<after>[^\d]{2,60})|(?P<before>[^\d]{2,60}?)[\s:]*(?P<last>\d[\d,.]+\+?)"
)
_NO_AMOUNT = re.compile(r"(?<![\d,.])(?:0\d|\d{9,}|1[34]\d\d(?![\d,.])|20[0-4]\d(?![\d,.]))")
"""Codes, phone numbers and years: no counter shows such a number."""
_AMOUNT = re.compile(r"\d[\d,.]{2,}")


def weak_statistics(snapshot: Snapshot) -> tuple[Page, str, str] | None:
    """Page, selector and words of the first weak statistics of the agency, None where there are none."""
    for page in snapshot.pages:
        barred = is_news(page.perception) or is_search_results(page.perception)
        if barred or other_organisation(page, snapshot.agency):
            continue
        place = _budget(page) or next(_counters(page), None)
        if place is not None:
            return page, *place
    told = next(iter(snapshot.derived(handled_messages)), None)
    return None if told is None else (told.page, told.selector, told.quote)


def _budget(page: Page) -> tuple[str, str] | None:
    """A summary of the budget in figures; the budget law itself is none."""
    words, perception = lexicon(), page.perception
    heads = [perception.title, *(h.text for h in perception.headings if h.place == "main" and h.level <= 3)][:8]
    named = next((text for text in heads if words.has(text, "budget-name") and not words.has(text, "law-word")), "")
    if not named:
        return None
    under = [*(t.selector for t in perception.tables), *(b.selector for b in perception.blocks)]
    text = fold(
        " ".join((*(" ".join(r) for t in perception.tables for r in t.rows), *(b.text for b in perception.blocks)))
    )
    return (under[0], named) if len(_AMOUNT.findall(text)) >= BUDGET_FIGURES else None


def _counters(page: Page) -> Iterator[tuple[str, str]]:
    """Numbers with a short name each, at least three side by side; visitors, phones, days and prices are none."""
    rows: dict[str, list[tuple[str, str]]] = defaultdict(list)
    blocks = page.perception.blocks
    for at, block in enumerate(blocks):
        if any(inside(block.selector, table.selector) for table in page.perception.tables):
            continue
        said = _counter(block, blocks[at + 1] if at + 1 < len(blocks) else None, blocks[at - 1] if at else None)
        if said:
            steps = block.selector.split(" > ")
            for up in (1, 2, 3):
                rows[" > ".join(steps[:-up])].append((block.selector, said))
    for selector, said in _headed(page):
        steps = selector.split(" > ")
        for up in (1, 2, 3):
            rows[" > ".join(steps[:-up])].append((selector, said))
    for found in rows.values():
        if len(dict.fromkeys(said for _, said in found)) >= COUNTERS:
            yield found[0][0], " | ".join(said for _, said in found[:COUNTERS])


def _headed(page: Page) -> Iterator[tuple[str, str]]:
    """Counters whose number is set as a heading over its name."""
    for heading in page.perception.headings:
        folded = fold(heading.text).strip()
        if heading.place != "main" or not _BARE.fullmatch(folded) or _NO_AMOUNT.search(folded):
            continue
        box = heading.selector.rpartition(" > ")[0]
        under = next((b.text for b in page.perception.blocks if inside(b.selector, box)), "")
        if _is_name(under):
            yield heading.selector, f"{heading.text} {under}"


def _counter(block: TextBlock, after: TextBlock | None, before: TextBlock | None) -> str:
    """The number and name of one counter, from one block or two beside each other; empty where it is none."""
    folded = fold(block.text).strip()
    if _NO_AMOUNT.search(folded):
        return ""
    if _BARE.fullmatch(folded):
        beside = [one.text for one in (after, before) if one is not None and _is_near(block, one)]
        return next((f"{block.text} {name}" for name in beside if _is_name(name)), "")
    match = _LABELLED.fullmatch(folded)
    name = "" if match is None else (match["after"] or match["before"] or "")
    return block.text if _is_name(name) and not dates_in(block.text) and not duration_in(block.text) else ""


def _is_near(one: TextBlock, other: TextBlock) -> bool:
    """In the same card: one stands in the other's parent, or in the other itself."""
    first, second = one.selector.rpartition(" > ")[0], other.selector.rpartition(" > ")[0]
    return first == second or other.selector.startswith(one.selector) or one.selector.startswith(other.selector)


def _is_name(text: str) -> bool:
    count = len(text.split())
    letters = any(char.isalpha() for char in text) and not any(char.isdigit() for char in text)
    return letters and count <= COUNTER_WORDS and not lexicon().has(text, "no-counter")
