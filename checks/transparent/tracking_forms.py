"""Forms in which an applicant asks for the state of a matter: found, scored, and told apart by what they track."""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from snapshot.filters import is_news
from snapshot.matching import lexicon
from snapshot.perception.models import Field, Form
from snapshot.reader import Page, Snapshot
from snapshot.text import fold, url_words

THRESHOLD = 4
"""Score from which a form counts as a tracking form (indicators 2.6)."""
MANY_FIELDS = 6
"""Fields to be typed in from which a form takes something in rather than looks something up."""

_TYPED = frozenset({"hidden", "submit", "button", "image", "reset", "checkbox", "radio"})
_SITE_SEARCH_NAMES = frozenset({"q", "s", "search", "query", "keyword", "searchtext", "txtsearch"})
_AND = re.compile(r"\s(?:و|یا|and|or|&|/)\s|[،,/&]")


class Purpose(StrEnum):
    """What a tracking form is for."""

    REQUEST = "request"  # requests for services: the service itself or the whole desk
    UNNAMED = "unnamed"  # the page does not say what is tracked
    COMPLAINT = "complaint"
    LETTER = "letter"
    INQUIRY = "inquiry"  # a fact is asked for, not the state of a request
    PARCEL = "parcel"
    OTHER = "other"  # orders of a shop, goods, vehicles, projects


@dataclass(frozen=True)
class TrackingForm:
    """A form that scored at or above the threshold (or an inquiry), where it stands and what it is for.

    `code` is the field that identifies the matter, `seen` says whether the form was shown in a browser: None where no
    browser showed the page.
    """

    page: Page
    form: Form
    score: int
    purpose: Purpose
    code: Field | None
    seen: bool | None

    @property
    def identifies(self) -> bool:
        """Whether a code, or a national id together with another value, says which matter is meant."""
        return self.code is not None or (self.form.has("national-id") and len(typed_fields(self.form)) > 1)

    @property
    def quote(self) -> str:
        """What a person reads at the form."""
        code = self.code.label or self.code.placeholder or self.code.name if self.code else ""
        return " · ".join(part for part in (self.form.heading, code, *self.form.submits[:2]) if part)

    @property
    def secure(self) -> bool:
        """Whether page and target are safe from being read on the way."""
        return is_secure(self.page.url) and (not self.form.action or is_secure(self.form.action))


def tracking_forms(snapshot: Snapshot) -> tuple[TrackingForm, ...]:
    """Every tracking form and inquiry of the portal, highest score first, then in the order of the visit."""
    return snapshot.derived(_find)


def is_secure(url: str) -> bool:
    """HTTPS, or a loopback address, which never leaves the machine (as W3C's Secure Contexts has it)."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    loopback = host == "localhost" or host.endswith(".localhost") or host.startswith("127.") or host == "::1"
    return parts.scheme == "https" or loopback


def typed_fields(form: Form) -> tuple[Field, ...]:
    """The fields a person types into or chooses from."""
    return tuple(field for field in form.fields if field.kind not in _TYPED)


def code_field(form: Form) -> Field | None:
    """The field that asks for the code of a matter, by its meaning or by a code word in label, placeholder or name."""
    words = lexicon()
    for field in typed_fields(form):
        if field.meaning in ("captcha", "search", "password", "one-time-code"):
            continue
        said = (field.label, field.placeholder, url_words(field.name))
        if any(words.has(text, "tracking-code-word") for text in said):
            return field
        if field.meaning == "tracking-code" and not (field.label or field.placeholder):
            return field  # read off its name alone; a label that says otherwise («شماره ثبت شرکت») goes before
    return None


def form_score(page: Page, form: Form) -> int:
    """Points of indicators 2.6 for a form: how surely it is one in which a matter is tracked."""
    words, code = lexicon(), code_field(form)
    typed = typed_fields(form)
    score = 3 if code else 0
    score += 2 * any(words.has(text, "tracking-word") for text in (*titles(page, form), *form.submits))
    score += any(words.has(text, "tracking-submit") for text in form.submits)
    score += form.has("captcha")
    score += form.has("national-id")
    if form.has("password") and code is None:
        score -= 3
    if code is None and any(_is_site_search(field) for field in typed):
        score -= 3
    if _takes_in(form, typed, code):
        score -= 2
    return score


def titles(page: Page, form: Form) -> tuple[str, ...]:
    """Texts that name a form, nearest first: its own heading, the page's first headings, the page's title."""
    main = [heading.text for heading in page.perception.headings if heading.place == "main" and heading.level <= 2]
    return tuple(text for text in (form.heading, *main[:2], page.perception.title) if text)


def purpose_of(page: Page, form: Form, code: Field | None) -> Purpose:
    """What is tracked, by the nearest text that says so: titles, then the code's label, then the way there."""
    words = lexicon()
    way = [step.text for step in page.record.click_path[-1:] if step.text]
    named = [
        text for text in (*titles(page, form), *form.submits, *way) if words.has(text, "tracking-word") or _asks(text)
    ]
    labels = [f"{code.label} {code.placeholder}"] if code else []
    around = [block.text for block in page.perception.blocks if block.heading == form.heading]
    for text in (*named, *labels, url_words(page.url), *around):
        purpose = _purpose_in(text)
        if purpose is not None:
            return _settled(purpose, code, text)
    return Purpose.UNNAMED


def is_of_goods(text: str) -> bool:
    """Whether a text speaks of goods, vehicles, projects, news or a shop's orders."""
    return lexicon().has(text, "tracking-goods") or lexicon().has(text, "tracking-shop")


def _find(snapshot: Snapshot) -> tuple[TrackingForm, ...]:
    found = [
        candidate
        for page in snapshot.pages
        if page.perception.page_type != "search-results" and not is_news(page.perception)
        for form in page.perception.forms
        if (candidate := _candidate(page, form)) is not None
    ]
    return tuple(sorted(found, key=lambda entry: -entry.score))


def _candidate(page: Page, form: Form) -> TrackingForm | None:
    if not form.submits or not typed_fields(form):
        return None
    code, score = code_field(form), form_score(page, form)
    purpose = purpose_of(page, form, code)
    if score < THRESHOLD and (purpose != Purpose.INQUIRY or score < 1):
        return None
    return TrackingForm(page, form, score, purpose, code, _seen(page, form, code))


def _seen(page: Page, form: Form, code: Field | None) -> bool | None:
    if page.dom != "rendered":
        return None
    shown = [page.visible(field.selector) for field in ([code] if code else typed_fields(form))]
    return page.visible(form.selector) is not False and any(entry is not False for entry in shown)


def _is_site_search(field: Field) -> bool:
    return field.meaning == "search" or fold(field.name).rpartition("$")[2] in _SITE_SEARCH_NAMES


def _takes_in(form: Form, typed: tuple[Field, ...], code: Field | None) -> bool:
    """A comment, a newsletter, or a form in which a matter is first handed in."""
    if form.has("message") or form.has("file") or len(typed) >= MANY_FIELDS:
        return True
    return code is None and form.has("email")


def _asks(text: str) -> bool:
    return lexicon().has(text, "tracking-inquiry")


def _purpose_in(text: str) -> Purpose | None:
    """What a text says is tracked; None where it names nothing."""
    words = lexicon()
    if words.has(text, "tracking-parcel"):
        return Purpose.PARCEL
    request = words.has(text, "tracking-request")
    if not words.has(text, "tracking-request-noun") and is_of_goods(text):
        return Purpose.OTHER
    for group, purpose in (("tracking-complaint", Purpose.COMPLAINT), ("tracking-letter", Purpose.LETTER)):
        if words.has(text, group):
            return Purpose.REQUEST if request and _AND.search(fold(text)) else purpose
    if request:
        plain_inquiry = _asks(text) and not words.has(text, "tracking-word")
        return Purpose.INQUIRY if plain_inquiry else Purpose.REQUEST
    return Purpose.INQUIRY if _asks(text) else None


def _settled(purpose: Purpose, code: Field | None, text: str) -> Purpose:
    """An inquiry about the state of a matter that a code identifies is tracking after all."""
    if purpose == Purpose.INQUIRY and code is not None and lexicon().has(text, "tracking-word"):
        return Purpose.REQUEST
    return purpose
