"""Where a page tells what people said of the agency's services: shares, scores, polls, claims, and what followed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checks.transparent.result_figures import is_figure, respondents_in, shares_in
from config.vocabulary import Label
from snapshot.matching import lexicon
from snapshot.perception.models import Table, TextBlock
from snapshot.perception.promises import label_values
from snapshot.places import inside
from snapshot.reader import Page, Snapshot
from snapshot.service_pages import best_service
from snapshot.text import fold

RESULTS_NAME = 0.6
"""Value of the label from which a caption or title is that of survey results."""
QUESTION_REACH = 8
"""Text blocks after a question in which its answers stand."""
OPTION_WORDS = 12
CHANGE_WORDS = 6
_OTHER_MATTERS = ("other-survey", "ranking-word", "page-rating", "site-poll")
_SENTENCES = re.compile(r"(?<=[.!؟?؛;])\s+")
_ALONE = re.compile(r"[%٪]?\s?\d[\d,.]*\s?(?:%|٪|درصد|percent|نفر)?")
_UNIT_SIGN = re.compile(r"[%٪]|درصد|percent|per cent", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Passage:
    """One place with figures. `units` are the services (or groups) that its figures are told for."""

    selector: str
    quote: str
    figures: tuple[str, ...]
    units: tuple[str, ...] = ()


def names_results(text: str) -> bool:
    """Whether a caption or title is that of results of a survey among users."""
    words = lexicon()
    if label_values(text[:200], "heading").get(Label.SATISFACTION_RESULTS, 0.0) >= RESULTS_NAME:
        return True
    asked = words.has(text, "survey-word") or words.has(text, "satisfaction-word")
    return asked and words.has(text, "result-word") and not words.has(text, "other-survey")


def heads_of(page: Page) -> list[str]:
    """What a page calls itself: its title and first heading."""
    perception = page.perception
    return [perception.title, *[h.text for h in perception.headings if h.place == "main" and h.level <= 2][:1]]


def passages(snapshot: Snapshot, page: Page) -> list[Passage]:
    """Places of a page where figures on the satisfaction with the agency or the quality of its services stand.

    Left out: service level statements (they promise), form fields, staff and national surveys, rankings, aims, ratings
    of the page or the site, and shares that nobody can tell the question of.
    """
    heads = " | ".join(heads_of(page))
    words = lexicon()
    if words.has(heads, "other-survey") or words.has(heads, "sla-name"):
        return []
    topic = words.has(heads, "satisfaction-word") or (
        words.has(heads, "survey-word") and words.has(heads, "served-people")
    )
    return [*_told_in_tables(snapshot, page, topic=topic), *_told_in_texts(snapshot, page, topic=topic)]


def polls(page: Page) -> Iterator[Passage]:
    """Questions with the shares or votes of their answers, whatever they are about; page ratings are none."""
    for question, answers in _questions(page):
        voted = [block for block in answers if _is_voted_option(block)]
        if len(voted) > 1 and not lexicon().has(question, "page-rating"):
            quote = f"{question} {' | '.join(block.text for block in voted[:3])}"
            yield Passage(voted[0].selector, quote, tuple(share for b in voted for share in shares_in(b.text)))


def claims(page: Page) -> Iterator[TextBlock]:
    """Sentences that claim satisfaction without a figure; wishes and duties claim nothing."""
    words = lexicon()
    for block in page.perception.blocks:
        claimed = words.has(block.text, "satisfaction-claim") and not shares_in(block.text)
        wished = any(words.has(block.text, group) for group in ("result-target", "other-survey", "still-to-come"))
        if claimed and not wished and not _in_form(page, block.selector):
            yield block


def respondents(page: Page, told: list[Passage], *, whole: bool) -> tuple[str, str] | None:
    """Where it stands how many answered: selector and words. `whole`: anywhere on the page, else in the passages."""
    words = lexicon()
    for table in page.perception.tables:
        if whole or any(inside(one.selector, table.selector) for one in told):
            for at, head in enumerate(table.header):
                cells = [row[at] for row in table.rows if at < len(row)]
                if words.has(head, "respondent-word") and any(respondents_in(f"{head}: {cell}") for cell in cells):
                    return table.selector, f"{head}: {cells[0]}"
            for row in table.rows:
                if said := respondents_in(": ".join(row[:2])):
                    return table.selector, said
    texts = [(selector, text) for selector, text, _ in _texts(page)] if whole else [(p.selector, p.quote) for p in told]
    return next(((selector, said) for selector, text in texts if (said := respondents_in(text))), None)


def change(page: Page) -> TextBlock | None:
    """Where the page says what was changed as a result; plans and empty headings change nothing."""
    words = lexicon()
    for block in page.perception.blocks:
        if len(block.text.split()) < CHANGE_WORDS or words.has(block.text, "still-to-come"):
            continue
        headed = words.has(block.heading, "change-made") and block.heading not in heads_of(page)
        if (headed or words.has(block.text, "change-made")) and not _in_form(page, block.selector):
            return block
    return None


def _told_in_tables(snapshot: Snapshot, page: Page, *, topic: bool) -> Iterator[Passage]:
    words = lexicon()
    for table in page.perception.tables:
        above = f"{table.caption} {' '.join(table.header)}"
        if _of_another_matter(above):
            continue
        on_topic = words.has(above, "satisfaction-word") or names_results(table.caption)
        measured = any(words.has(above, group) for group in ("result-score", "satisfaction-word")) or bool(
            _UNIT_SIGN.search(above)
        )
        rows = [row for row in table.rows if _row_figures(table, row, bare=measured)]
        if not rows or not (on_topic or topic or any(words.has(" ".join(row), "satisfaction-word") for row in rows)):
            continue
        figures = tuple(cell for row in rows for cell in _row_figures(table, row, bare=measured))
        quote = f"{table.caption} {' | '.join(rows[0])}"
        yield Passage(table.selector, quote, figures, _units(snapshot, table, rows))


def _row_figures(table: Table, row: tuple[str, ...], *, bare: bool) -> list[str]:
    """Shares and scores of a row, not its aims; bare numbers only under a head that measures, no counts of answers."""
    words = lexicon()
    found = []
    for at, cell in enumerate(row[1:], 1):
        head = table.header[at] if at < len(table.header) else ""
        other = any(words.has(head, group) for group in ("respondent-word", "result-target"))
        if not (other and not words.has(head, "satisfaction-word")) and (shares_in(cell) or (bare and is_figure(cell))):
            found.append(cell)
    return found


def _units(snapshot: Snapshot, table: Table, rows: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Services of a table's rows: under a head that says so, or by their registered titles."""
    headed = next((at for at, head in enumerate(table.header) if lexicon().has(head, "result-unit")), None)
    units: dict[str, None] = {}
    for row in rows:
        named = next((cell for cell in row[:3] if best_service(cell, snapshot.services)[0] is not None), "")
        if headed is not None and headed < len(row) and not is_figure(row[headed]):
            named = named or row[headed]
        if named:
            units[named] = None
    return tuple(units)


def _told_in_texts(snapshot: Snapshot, page: Page, *, topic: bool) -> Iterator[Passage]:
    words = lexicon()
    asked = {block.selector: question for question, answers in _questions(page) for block in answers}
    heads = heads_of(page)
    for selector, whole, above in _texts(page):
        text = " ".join(said for said in _SENTENCES.split(whole) if not _of_another_matter(said))
        figures = shares_in(text)
        if not figures or _in_form(page, selector) or _in_table(page, selector):
            continue
        question, heading = asked.get(selector, ""), "" if above in heads else above
        around = f"{question} {heading} {text}"
        aimed = words.has(around, "result-target") and len(figures) == 1
        # Under a headline of a rank the score of the ranking stands too: there only a survey counts.
        ranked = words.has(f"{' '.join(heads)} {question} {above}", "ranking-word") and not words.has(
            text, "survey-word"
        )
        if aimed or ranked or _of_another_matter(f"{question} {heading}", ("other-survey", "page-rating", "site-poll")):
            continue
        unit = _unit(snapshot, text, heading)
        told = _tells_satisfaction(around) or words.has(question, "served-people") or _rates_service(text)
        if told or (topic and (unit or question or words.has(around, "satisfaction-word") or _says_what(around))):
            yield Passage(selector, around.strip(), tuple(figures), (unit,) if unit else ())


def _texts(page: Page) -> Iterator[tuple[str, str, str]]:
    """Selector, text and heading of every line: blocks, label and value pairs, text alternatives of images.

    A figure in a box of its own is read with the boxes beside it, which say what it is of.
    """
    blocks = page.perception.blocks
    for at, block in enumerate(blocks):
        text = block.text
        if _ALONE.fullmatch(fold(text).strip()):
            box = block.selector.rpartition(" > ")[0]
            beside = [one.text for one in blocks[max(0, at - 1) : at + 2] if inside(one.selector, box)]
            text = " ".join(beside) if len(" ".join(beside).split()) <= 2 * OPTION_WORDS else text
        yield block.selector, text, block.heading
    yield from ((pair.selector, f"{pair.label}: {pair.value}", "") for pair in page.perception.pairs)
    yield from ((image.selector, image.alt, image.near) for image in page.perception.images if image.alt)


def _unit(snapshot: Snapshot, text: str, heading: str) -> str:
    """The registered service that a text, or the heading above it, gives a figure for; empty where it names none."""
    without_figures = " ".join(word for word in text.split() if not any(char.isdigit() for char in word))
    named = (text.partition(":")[0], without_figures, heading)
    return next((part for part in named if best_service(part, snapshot.services)[0] is not None), "")


def _tells_satisfaction(text: str) -> bool:
    """Satisfaction of somebody, or of a survey: "if you are not satisfied you get 50 % back" tells of none."""
    words = lexicon()
    of_somebody = ("person-word", "survey-word", "served-people", "respondent-word", "result-word")
    return words.has(text, "satisfaction-word") and any(words.has(text, group) for group in of_somebody)


def _rates_service(text: str) -> bool:
    """A score that users gave a service: «امتیاز این خدمت: ۴٫۲ از ۵ (۳۱۲ رای)»."""
    words = lexicon()
    return words.has(text, "result-score") and words.has(text, "served-people") and bool(respondents_in(text))


def _says_what(text: str) -> bool:
    """Whether it can be told what a share is of: an answer on a scale, or a side of quality."""
    return any(lexicon().has(text, group) for group in ("satisfaction-scale", "quality-dimension"))


def _of_another_matter(text: str, groups: tuple[str, ...] = _OTHER_MATTERS) -> bool:
    """Staff, national and election surveys, rankings, ratings of a page, polls about the site."""
    return any(lexicon().has(text, group) for group in groups)


def _questions(page: Page) -> Iterator[tuple[str, list[TextBlock]]]:
    """Questions in text or as headings, each with the text blocks that follow it up to the next one."""
    blocks = page.perception.blocks
    marks = [at for at, block in enumerate(blocks) if block.text.rstrip().endswith(("؟", "?"))]
    for at in marks:
        stop = next((later for later in marks if later > at), len(blocks))
        yield blocks[at].text, list(blocks[at + 1 : min(stop, at + 1 + QUESTION_REACH)])
    for heading in page.perception.headings:
        if heading.place == "main" and heading.text.rstrip().endswith(("؟", "?")):
            under = [block for block in blocks if block.heading == heading.text and block.text != heading.text]
            yield heading.text, under[:QUESTION_REACH]


def _is_voted_option(block: TextBlock) -> bool:
    short = len(block.text.split()) <= OPTION_WORDS
    return short and bool(shares_in(block.text) or respondents_in(block.text))


def _in_form(page: Page, selector: str) -> bool:
    """Inside a form with ratings that is not the whole page (WebForms): its texts are asked, not told."""
    main = page.perception.main_selector
    return any(
        form.has("rating") and inside(selector, form.selector) and not inside(main, form.selector)
        for form in page.perception.forms
    )


def _in_table(page: Page, selector: str) -> bool:
    return any(inside(selector, table.selector) for table in page.perception.tables)
