"""Where people can complain: forms, their follow-up, what their pages promise, and the ways that are no form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checks.transparent.tracking_forms import Purpose, code_field, titles, tracking_forms, typed_fields
from checks.transparent.tracking_texts import Said, statements
from config.vocabulary import Label
from snapshot.filters import is_news
from snapshot.hosts import OwnHosts
from snapshot.matching import lexicon
from snapshot.perception.models import Form, Link
from snapshot.reader import Page, Snapshot
from snapshot.text import fold, url_words

NEAR = 14
"""Letters before a unit of time within which its number must stand."""
CAPTION_WORDS = 9

_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class ComplaintForm:
    """A form that takes a complaint in. `seen` is False where a browser showed the page without it, None unshown."""

    page: Page
    form: Form
    seen: bool | None

    @property
    def quote(self) -> str:
        """What a person reads at the form."""
        return " · ".join(part for part in (self.form.heading, *self.form.submits[:2]) if part)


def complaint_forms(snapshot: Snapshot) -> list[ComplaintForm]:
    """Forms in which a complaint is written: not about the web page, no follow-up, no search, no login."""
    return [
        ComplaintForm(page, form, _seen(page, form))
        for page in snapshot.pages
        if not is_news(page.perception)
        for form in page.perception.forms
        if _takes_complaints(page, form)
    ]


def complaint_pages(snapshot: Snapshot) -> list[Page]:
    """Pages about complaining to the agency: those with the label, with such a form, or titled so; no news."""
    found = {page.page_id: page for page in snapshot.pages_with(Label.COMPLAINTS_FORM)}
    for entry in complaint_forms(snapshot):
        found.setdefault(entry.page.page_id, entry.page)
    for page in snapshot.pages:
        if page.page_id not in found and lexicon().has(page.perception.title, "complaint-word"):
            found[page.page_id] = page
    return [page for page in found.values() if not is_news(page.perception) and page is not snapshot.home]


def follow_up(snapshot: Snapshot) -> tuple[Page, Form] | None:
    """The box in which a complaint is followed up: a tracking form for them, or a code box on a complaint page."""
    words = lexicon()
    for entry in tracking_forms(snapshot):
        said = (*titles(entry.page, entry.form), *(f"{field.label} {field.placeholder}" for field in entry.form.fields))
        named = any(words.has(text, "complaint-word") for text in said)
        if entry.seen is not False and (entry.purpose == Purpose.COMPLAINT or named):
            return entry.page, entry.form
    for page in complaint_pages(snapshot):
        for form in page.perception.forms:
            if form.submits and code_field(form) is not None and not _writes(form):
                return page, form
    return None


def code_promise(snapshot: Snapshot) -> Said | None:
    """The sentence that promises a code to who complains."""
    words = lexicon()
    for page in complaint_pages(snapshot):
        for said in statements(page):
            if words.has(said.text, "tracking-code-word") and not words.has(said.text, "tracking-not-possible"):
                return said
    return None


def answer_time(snapshot: Snapshot) -> Said | None:
    """The sentence that says within what time a complaint is answered."""
    for page in complaint_pages(snapshot):
        for said in statements(page):
            if states_answer_time(said.text):
                return said
    return None


def states_answer_time(text: str) -> bool:
    """Whether a sentence states a number of days, hours, weeks or months together with a word of answering."""
    words = lexicon()
    if not words.has(text, "complaint-answer") or words.has(text, "complaint-hours"):
        return False
    for unit in words.words(text, "complaint-time-unit"):
        before = text[max(0, unit.start - NEAR) : unit.start]
        if _DIGITS.search(fold(before)) or words.has(before, "complaint-number"):
            return True
    return False


def national_link(snapshot: Snapshot) -> tuple[Page, Link] | None:
    """A link by which the portal sends people with a complaint to a system that is not its own."""
    words, own = lexicon(), OwnHosts.of(snapshot.agency)
    pages = {page.page_id for page in complaint_pages(snapshot)}
    for page in snapshot.pages:
        if is_news(page.perception):
            continue
        about = page is snapshot.home or page.page_id in pages
        for link in page.perception.links:
            if link.place == "main" and not about:
                continue  # advice on another matter that sends to another body
            if link.kind != "page" or not link.url or link.url in own or len(link.caption.split()) > CAPTION_WORDS:
                continue
            named = words.has(link.caption, "complaint-word") or words.has(link.caption, "complaint-national")
            if named and not words.has(link.caption, "complaint-about-page"):
                return page, link
    return None


def login_for_complaints(snapshot: Snapshot) -> Page | None:
    """A login page whose title or headings say that complaints lie behind it."""
    for page in snapshot.pages:
        perception = page.perception
        gated = perception.page_type == "login" or any(form.has("password") for form in perception.forms)
        heads = (perception.title, *(heading.text for heading in perception.headings if heading.place == "main"))
        if gated and not is_news(perception) and any(lexicon().has(text, "complaint-word") for text in heads):
            return page
    return None


def other_ways(snapshot: Snapshot) -> Said | None:
    """The sentence that tells people with a complaint to call, write or come."""
    for page in complaint_pages(snapshot):
        for said in statements(page):
            if lexicon().has(said.text, "complaint-way"):
                return said
    return None


def _takes_complaints(page: Page, form: Form) -> bool:
    words = lexicon()
    if not form.submits or form.has("password") or form.has("search") or not _writes(form):
        return False
    if page.perception.page_type == "search-results" or form.place == "footer":
        return False
    heads = titles(page, form)
    if any(words.has(text, "complaint-about-page") for text in heads[:2]):
        return False
    labels = (f"{field.label} {field.placeholder}" for field in form.fields)
    texts = (*heads, *form.submits, *labels, url_words(page.url))
    return any(words.has(text, "complaint-word") for text in texts)


def _writes(form: Form) -> bool:
    """Whether the form has room for a text of one's own."""
    return any(field.meaning == "message" or field.kind == "textarea" for field in typed_fields(form))


def _seen(page: Page, form: Form) -> bool | None:
    if page.dom != "rendered":
        return None
    shown: Iterator[bool | None] = (page.visible(field.selector) for field in typed_fields(form))
    return page.visible(form.selector) is not False and any(entry is not False for entry in shown)
