"""Consultations on drafts: where people are asked for their opinion, on what, until when, and by which form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from config.vocabulary import Cause, Label
from snapshot.filters import is_news, is_search_results, is_visible, other_organisation, template_text
from snapshot.hosts import OwnHosts
from snapshot.matching import lexicon
from snapshot.perception.models import Form, Link, PageDate, Perception
from snapshot.perception.promises import label_values
from snapshot.perception.step_parts import duration_in
from snapshot.places import inside, position
from snapshot.reader import Page, Snapshot

CONSULTATION_PAGE = 0.3
"""Strength of the label from which a page may be about consultations."""
NAMED = 0.6
DRAFT_WORDS = 40
"""Words of content from which a page shows a draft's own text."""
LONG_TEXT = 60
"""Words from which a page that is called draft is more than an introduction."""
FILE_WORDS = 15
_ARTICLE = re.compile(r"ماده\s*(?:\d|[۰-۹]|یک|اول)|\b(?:article|section)\s+1\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft that is open for comment (or was), and what is offered for it.

    `day` is the last day for comments and `deadline` the page's words for it, at `selector` of `page`. `text` and
    `form` are page and selector of the draft's text and of the comment form. `hidden` says why text or form could not
    be seen, where that is so.
    """

    page: Page
    selector: str
    deadline: str
    day: date
    text: tuple[Page, str] | None
    form: tuple[Page, str] | None
    hidden: Cause | None


@dataclass(frozen=True, slots=True)
class _Scope:
    """The part of a page that speaks of one draft: an element, or what lies between two places of the document."""

    container: str
    start: tuple[int, ...] = ()
    end: tuple[int, ...] | None = None

    def holds(self, selector: str) -> bool:
        if self.container:
            return inside(selector, self.container)
        at = position(selector)
        return at >= self.start and (self.end is None or at < self.end)


def heads_of(page: Page) -> str:
    """What a page calls itself: its title and first headings in one text."""
    heads = [h.text for h in page.perception.headings if h.place == "main" and h.level <= 2][:2]
    return " | ".join([page.perception.title, *heads])


def consultation_pages(snapshot: Snapshot) -> tuple[Page, ...]:
    """The agency's own pages that ask the public for its opinion on what is not decided yet, surest first.

    News, calls for papers and tenders, economic partnership and unfilled sample text are none.
    """
    words = lexicon()
    found = []
    for page in snapshot.pages_with(Label.CONSULTATION, CONSULTATION_PAGE):
        perception, heads = page.perception, heads_of(page)
        barred = is_news(perception) or is_search_results(perception) or perception.page_type in ("login", "home")
        other = words.has(heads, "not-consultation") or other_organisation(page, snapshot.agency)
        named = words.has(heads, "consultation-name") or words.has(heads, "draft-word")
        # «مشارکت» alone may be about anything that people do together: there it must be about rules and decisions.
        named = named or (words.has(heads, "participation-word") and _on_rules(perception.main_text))
        if not barred and not other and named and not template_text(perception):
            found.append(page)
    return tuple(found)


def drafts(snapshot: Snapshot) -> tuple[Draft, ...]:
    """Drafts with a stated deadline, on the consultation pages and on the pages of single drafts that they lead to."""
    pages = list(snapshot.derived(consultation_pages))
    for page in tuple(pages):
        for link in _draft_links(page):
            target = snapshot.page_at(link.url or "")
            if target is not None and target not in pages and _is_draft_page(target):
                pages.append(target)
    return tuple(draft for page in pages for draft in _drafts_of(snapshot, page))


def hidden_consultation(snapshot: Snapshot) -> tuple[Page, Link] | None:
    """A link that is named consultation and leads to a login: what lies behind it was not seen."""
    for page in snapshot.pages:
        for link in page.perception.links:
            if link.url is None or label_values(link.caption, "link").get(Label.CONSULTATION, 0.0) < NAMED:
                continue
            record, target = snapshot.record_at(link.url), snapshot.page_at(link.url)
            barred = target is not None and target.perception.page_type == "login"
            if barred or (record is not None and record.cause == Cause.LOGIN):
                return page, link
    return None


def _on_rules(text: str) -> bool:
    words = lexicon()
    return words.has(text, "draft-word") or (words.has(text, "rule-making") and words.has(text, "asks-opinion"))


def _is_draft_page(page: Page) -> bool:
    heads = heads_of(page)
    named = any(lexicon().has(heads, group) for group in ("draft-word", "consultation-name"))
    return named and page.perception.page_type != "document" and not template_text(page.perception)


def _draft_links(page: Page) -> Iterator[Link]:
    for link in page.perception.links:
        if link.place == "main" and link.kind == "page" and link.url:
            yield link


def _drafts_of(snapshot: Snapshot, page: Page) -> Iterator[Draft]:
    deadlines = list(_deadlines(page.perception))
    for found in deadlines:
        scope = _scope_of(page.perception, found, deadlines)
        text, text_hidden = _text_of(snapshot, page, scope, alone=len(deadlines) == 1)
        form, form_hidden = _form_of(snapshot, page, scope)
        hidden = (text_hidden if text is None else None) or (form_hidden if form is None else None)
        yield Draft(page, found.selector, found.text, found.day, text, form, hidden)


def _deadlines(perception: Perception) -> Iterator[PageDate]:
    """Days that the page gives as the end of commenting: by the words beside them, or by the head of their column."""
    words = lexicon()
    texts = {block.selector: f"{block.text}" for block in perception.blocks}
    labels = {pair.selector: pair.label for pair in perception.pairs}
    columns = [
        cell
        for table in perception.tables
        for at, head in enumerate(table.header)
        if words.has(head, "comment-deadline")
        for cell in (row[at] for row in table.rows if at < len(row))
    ]
    for found in perception.dates:
        if found.kind in ("clock", "updated", "published"):
            continue
        beside = _beside(texts.get(found.selector, ""), found.text)
        told = words.has(f"{labels.get(found.selector, '')} {beside}", "comment-deadline")
        told = told or (found.kind == "event" and len(texts.get(found.selector, "")) <= len(found.text) + 25)
        if told or any(found.text in cell for cell in columns):
            yield found
    yield from _spans(perception)


def _spans(perception: Perception) -> Iterator[PageDate]:
    """Deadlines told as a length of time from the day of publication, which dates them."""
    published = next((found for found in perception.dates if found.kind == "published"), None)
    for block in perception.blocks:
        span = duration_in(block.text) if lexicon().has(block.text, "comment-deadline") else ""
        if published is not None and span and not any(inside(one.selector, block.selector) for one in perception.dates):
            yield PageDate(block.selector, published.day, span, "event")


def _beside(text: str, day: str) -> str:
    """The words right around a date."""
    at = text.find(day)
    return text if at < 0 else text[max(0, at - 50) : at + len(day) + 30]


def _scope_of(perception: Perception, found: PageDate, deadlines: list[PageDate]) -> _Scope:
    """The largest element around a deadline without another one; where drafts stand flat, its section."""
    others = [one.selector for one in deadlines if one.selector != found.selector]
    if not others:
        return _Scope(perception.main_selector or "html")
    steps, container = found.selector.split(" > "), found.selector
    for up in range(1, len(steps)):
        outer = " > ".join(steps[:-up])
        if any(inside(other, outer) for other in others):
            break
        container = outer
    if container != found.selector:
        return _Scope(container)
    at = position(found.selector)
    heads = [position(h.selector) for h in perception.headings if h.place == "main"]
    start = max((head for head in heads if head < at), default=())
    return _Scope("", start, min((head for head in heads if head > at), default=None))


def _text_of(
    snapshot: Snapshot, page: Page, scope: _Scope, *, alone: bool
) -> tuple[tuple[Page, str] | None, Cause | None]:
    """The draft's text: in the page, in a file with a text layer, or on a page of its own; else why it is not seen."""
    own, hidden = OwnHosts.of(snapshot.agency), None
    for link in page.perception.links:
        if link.place != "main" or link.url is None or link.url not in own or not scope.holds(link.selector):
            continue
        target, record = snapshot.page_at(link.url), snapshot.record_at(link.url)
        if target is not None and target.page_id != page.page_id:
            needed = FILE_WORDS if link.kind == "document" else DRAFT_WORDS
            if _shows_text(target, needed) and (link.kind == "document" or _is_draft_page(target)):
                return (page, link.selector), None
        elif link.kind == "document" and record is None:
            hidden = Cause.MISSING_ARTEFACT
        elif record is not None and record.cause not in (None, Cause.HTTP_ERROR):
            hidden = record.cause
    place = _text_in_page(page, scope, alone=alone)
    return (None, hidden) if place is None else ((page, place), None)


def _text_in_page(page: Page, scope: _Scope, *, alone: bool) -> str | None:
    """Where the page itself shows a draft's text: under a heading or title that says so, or by its articles."""
    words = lexicon()
    blocks = [
        block
        for block in page.perception.blocks
        if (alone or scope.holds(block.selector)) and not _in_form(page, block.selector)
    ]
    under = [block for block in blocks if words.has(block.heading, "draft-word")]
    for parts, needed in ((under, DRAFT_WORDS), (blocks, LONG_TEXT if words.has(heads_of(page), "draft-word") else 0)):
        said = " ".join(block.text for block in parts)
        count = len(said.split())
        if (needed and count >= needed) or (count >= DRAFT_WORDS and _ARTICLE.search(said)):
            return parts[0].selector
    return None


def _shows_text(target: Page, needed: int) -> bool:
    return len(target.perception.main_text.split()) >= needed and target.perception.page_type != "login"


def _form_of(snapshot: Snapshot, page: Page, scope: _Scope) -> tuple[tuple[Page, str] | None, Cause | None]:
    """The comment form: on the page, or behind a link of the draft's part; else why it is not seen."""
    on_page = next((form for form in page.perception.forms if takes_comments(page, form)), None)
    if on_page is not None:
        return (page, on_page.selector), None
    hidden = None
    for link in page.perception.links:
        asked = any(lexicon().has(link.caption, group) for group in ("asks-opinion", "comment-word", "draft-word"))
        if link.place != "main" or link.url is None or not asked:
            continue
        if not scope.holds(link.selector) and not lexicon().has(link.caption, "asks-opinion"):
            continue
        target, record = snapshot.page_at(link.url), snapshot.record_at(link.url)
        if target is not None and target.perception.page_type == "login":
            hidden = Cause.LOGIN
        elif target is not None:
            form = next((form for form in target.perception.forms if takes_comments(target, form)), None)
            if form is not None:
                return (target, form.selector), None
        elif record is not None and record.cause not in (None, Cause.HTTP_ERROR):
            hidden = record.cause
        elif record is None and link.kind == "page" and link.url in OwnHosts.of(snapshot.agency):
            hidden = Cause.MISSING_ARTEFACT
    return None, hidden


def takes_comments(page: Page, form: Form) -> bool:
    """A form of the content in which somebody writes an opinion: no search, login, tracking or complaint form."""
    if form.place != "main" or not form.submits or form.has("password") or form.has("tracking-code"):
        return False
    writes = form.has("message") or any(field.kind == "textarea" for field in form.fields)
    complains = lexicon().has(f"{form.heading} {' '.join(form.submits)}", "complaint-word")
    return writes and not complains and is_visible(page, form.selector)


def _in_form(page: Page, selector: str) -> bool:
    main = page.perception.main_selector
    return any(inside(selector, form.selector) and not inside(main, form.selector) for form in page.perception.forms)
