"""How old published results of a survey are: by the period that they report on, else by the page's own date."""

from dataclasses import dataclass
from datetime import date

from checks.transparent.result_passages import Passage, heads_of
from snapshot.matching import lexicon
from snapshot.page_dates import stated_date
from snapshot.periods import latest_period
from snapshot.places import inside
from snapshot.reader import Page, Snapshot

LINE_WORDS = 8
"""Words up to which a text is a line of its own rather than a sentence."""


@dataclass(frozen=True, slots=True)
class Dating:
    """The day by which results are as old as they are, the words that say so, and where these stand."""

    day: date
    text: str
    selector: str | None = None


def dating_of(snapshot: Snapshot, page: Page, told: list[Passage], *, whole: bool) -> Dating | None:
    """By the period that titles or sentences on the survey name; failing that, by the page's own date.

    A report is as old as what it reports on: a fresh stamp does not make an old survey new.
    """
    words, today = lexicon(), snapshot.as_of.date()
    blocks = [b for b in page.perception.blocks if whole and _speaks_of_it(b.text)]
    blocks = [block for block in blocks if not words.has(block.text, "compared-with")]
    quotes = [one.quote for one in told if not words.has(one.quote, "compared-with")]
    named = latest_period([*heads_of(page), *(t.caption for t in page.perception.tables)], bare_years=True)
    named = named or latest_period([*(block.text for block in blocks), *quotes])
    if named is not None:
        return Dating(min(named.last_day, today), named.text)
    near = [*(block.selector for block in blocks), *(one.selector for one in told)]
    days = [
        Dating(found.day, found.text, found.selector)
        for found in page.perception.dates
        if found.kind in ("other", "event") and found.day < today and any(inside(found.selector, s) for s in near)
    ]
    stated = stated_date(snapshot, page)
    days += [Dating(stated.day, stated.text, stated.selector)] if stated and not days else []
    return max(days, key=lambda one: one.day, default=None)


def _speaks_of_it(text: str) -> bool:
    """A sentence on the survey, or a line so short that it can only be of the whole page («دوره: بهار ۱۴۰۵»)."""
    return lexicon().has(text, "survey-word") or len(text.split()) <= LINE_WORDS
