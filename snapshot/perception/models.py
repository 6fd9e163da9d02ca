"""What perception finds on one page. Values only: plain, frozen, comparable, serialisable.

Every `selector` is a structural CSS path from the root (`html > body > div:nth-child(2) > ...`), valid both in the
parsed source and in the browser. Every text is the page's own text with white space folded, never the normalised form.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from config.vocabulary import Label

Place = Literal["main", "menu", "header", "footer", "aside"]
LinkKind = Literal["page", "document", "fragment", "script", "postback", "send", "mail", "phone", "empty"]
PageType = Literal[
    "home", "content", "listing", "news-item", "search-results", "login", "blocked", "soft-404", "construction",
    "script-shell", "frameset", "document",
]  # fmt: skip
FieldMeaning = Literal[
    "tracking-code", "national-id", "captcha", "password", "user-name", "search", "email", "phone", "person-name",
    "message", "subject", "date", "rating", "file", "one-time-code", "other",
]  # fmt: skip
PairKey = Literal[
    "title", "description", "code", "audience", "documents", "cost", "duration", "legal-basis", "channel", "contact",
    "unit", "visits", "payment", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """A link or a button that acts as one. `url` is absolute, None where the target is not an address.

    A `send` is the button of a form in which nothing is to be filled in.

    `caption` is the text a person reads: link text, else title, else the image's alternative text.
    `near` is the heading or row title it stands under, for "details" links.
    """

    selector: str
    caption: str
    kind: LinkKind
    place: Place
    url: str | None
    href: str
    title: str = ""
    near: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, real (h1 to h6, level 1-6) or styled as one (level 7: bold paragraph, legend, tab, summary)."""

    selector: str
    level: int
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph-like run of text in the main content, with the heading it stands under."""

    selector: str
    text: str
    heading: str
    tag: str


@dataclass(frozen=True, slots=True)
class Field:
    """A form field. `label` is what a person reads beside it, from label, aria, table cell or preceding text."""

    selector: str
    name: str
    kind: str
    label: str
    placeholder: str
    meaning: FieldMeaning
    required: bool = False
    value: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form, or a group of fields with a submit control inside one page-wide form (WebForms).

    `action` is absolute. `submits` are the captions of its submit controls. `heading` is the nearest title above it.
    """

    selector: str
    action: str
    method: Literal["get", "post"]
    heading: str
    fields: tuple[Field, ...]
    submits: tuple[str, ...]
    place: Place

    def has(self, meaning: FieldMeaning) -> bool:
        """Whether a field of this meaning stands in the form."""
        return any(field.meaning == meaning for field in self.fields)


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and its value: a table row, definition list, "label: value" line or sentence. `value` may be empty."""

    selector: str
    label: str
    value: str
    key: PairKey


@dataclass(frozen=True, slots=True)
class Table:
    """A data table of the main content: header cells and rows of cell texts."""

    selector: str
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a process with the duration and responsible unit that it states, if any."""

    text: str
    duration: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class StepList:
    """Steps under a heading: list, table, "first step ..." paragraphs or tab. `heading` may be empty."""

    selector: str
    heading: str
    form: Literal["list", "table", "paragraphs", "cards"]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """An image of the main content with what is known of it. `width`/`height` in CSS pixels, None where not stated."""

    selector: str
    url: str
    alt: str
    near: str
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number as digits, with its extension if one is stated."""

    number: str
    kind: Literal["landline", "mobile", "short", "fax"]
    extension: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A card or row that joins a role with a person and ways to reach the office.

    `former` marks holders of the past; `has_form` a link to a message form inside the card.
    """

    selector: str
    role: str
    person: str
    unit: str
    phones: tuple[Phone, ...]
    emails: tuple[str, ...]
    text: str
    has_form: bool = False
    former: bool = False


@dataclass(frozen=True, slots=True)
class PageDate:
    """A date on the page as Gregorian day. `kind` says what the page says it is; `clock` = today's date in a header."""

    selector: str
    day: date
    text: str
    kind: Literal["updated", "published", "approved", "event", "clock", "other"]


@dataclass(frozen=True, slots=True)
class Clue:
    """One thing that a label rests on: the lexicon phrase, where it stood, and the page's own words."""

    phrase: str
    place: str
    quote: str
    selector: str
    weight: float


@dataclass(frozen=True, slots=True)
class LabelFound:
    """A label with its strength (0 to 1) and what it rests on, strongest first."""

    label: Label
    strength: float
    clues: tuple[Clue, ...]


@dataclass(frozen=True, slots=True)
class LinkPromise:
    """What a link promises: label and expected value (0 to 1), from its caption, address and neighbourhood."""

    url: str
    selector: str
    label: Label
    promise: float


@dataclass(frozen=True, slots=True)
class Signals:
    """Facts about the page as a whole that filters and checks use. Each quote is empty where the signal is absent."""

    news: str = ""
    template_text: str = ""
    construction: str = ""
    not_found: str = ""
    blocked: str = ""
    captcha: str = ""
    login: str = ""
    mojibake: str = ""
    script_shell: bool = False
    postback_menus: bool = False
    cms: str = ""


@dataclass(frozen=True, slots=True)
class Perception:
    """All that is known of one page from its bytes and address alone."""

    version: int
    url: str
    lang: str
    direction: str
    title: str
    page_type: PageType
    signals: Signals
    main_selector: str
    main_text: str
    links: tuple[Link, ...]
    frames: tuple[str, ...]
    headings: tuple[Heading, ...]
    blocks: tuple[TextBlock, ...]
    forms: tuple[Form, ...]
    pairs: tuple[Pair, ...]
    tables: tuple[Table, ...]
    step_lists: tuple[StepList, ...]
    images: tuple[Image, ...]
    contacts: tuple[Contact, ...]
    dates: tuple[PageDate, ...]
    labels: tuple[LabelFound, ...]
    promises: tuple[LinkPromise, ...]

    def strength(self, label: Label) -> float:
        """Strength of a label on this page, 0 where it was not found."""
        return next((found.strength for found in self.labels if found.label == label), 0.0)
