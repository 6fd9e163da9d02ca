"""What each link promises: labels that the page behind it may carry, from caption, surroundings and address."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from config.lexicon_models import PhrasePlace
from config.vocabulary import Label
from snapshot.matching import LabelHit, lexicon
from snapshot.perception.models import Contact, Link, LinkPromise, PageType
from snapshot.perception.signals import news_address
from snapshot.text import fold

MAX_LINKS = 5000
"""Links of one page that are read for promises."""
LEAST = 0.05
"""Promises below this are left out: they would fill the frontier with noise."""
NEAR = 0.5
ADDRESS = 0.75
NEWS = 0.2
PRINT = 0.1
DOCUMENT = 0.85
APPOINTMENT = 0.5
"""Promise of appointment news for the managers: it may show that a manager still listed was replaced (rubric T05)."""
PROFILE = 0.5
"""Promise of a manager's own page, linked from a card without phone or e-mail."""
MAX_PROFILES = 100
MAX_APPOINTMENTS = 5
"""Appointment news of one page that are followed; lists stand newest first."""
FILE = 0.5
"""Promise of the first files of a list that bears a label's name: they show whether the list holds anything."""
FILES_OF_A_LIST = 2
LISTED = 0.8
"""Value of the label in the list's name from which that holds."""
IN_FILES = frozenset({Label.LAWS_REGULATIONS, Label.TENDERS, Label.PERFORMANCE_REPORT, Label.CONSULTATION,
                      Label.CONSULTATION_OUTCOME, Label.SATISFACTION_RESULTS})  # fmt: skip
"""Labels whose content portals mostly publish as files."""
LONG_CAPTION = 12
"""Words from which a caption is a sentence (a headline) rather than a name."""
ARCHIVE = 0.2
"""Promise of the next pages of a news archive, for the appointments in it."""
ARCHIVE_FROM = 5
_FOLLOW_UP = re.compile(r"^\W*(?:[2-4]|(?:صفحه )?بعدی?|قدیمی تر|older|next(?: page)?|»|›|>>?)\W*$")
_POSTS = ("deputy-role", "director-role", "head-role")
_PRINT = re.compile(
    r"(?:^|[^a-z])(?:print|printid|tmpl=component|calendar|rss|feed|ical|share|sendtofriend)(?:[^a-z]|$)"
)
_GENERIC = re.compile(
    r"^(?:جزییات|جزئیات|مشاهده|ادامه|ادامه مطلب|بیشتر|اطلاعات بیشتر|ورود|اینجا|کلیک کنید|مشاهده جزییات|"
    r"more|read more|learn more|details|view|here|click here|go|open|see more)?\W*$"
)


def promises_of(
    links: Sequence[Link], page_type: PageType, contacts: Sequence[Contact] = ()
) -> tuple[LinkPromise, ...]:
    """Promises of a page's links, in page order. News, print views and calendars promise next to nothing."""
    profiles = profile_links(links, contacts)
    found: list[LinkPromise] = []
    appointments = 0
    files: Counter[Label] = Counter()
    archive = _is_news_archive(links, page_type)
    for number, link in enumerate(links):
        if number >= MAX_LINKS:
            break
        followed = link.url is not None and link.kind in ("page", "document")
        # Menus without addresses promise by their captions alone: unopened, they must keep absence open too.
        clicked = link.kind in ("postback", "script") and link.caption
        if not followed and not clicked:
            continue
        damp = _damping(link, page_type)
        told = _promise(link.caption, link.title, link.near, link.url or "")
        promised = {label: promise * damp for label, promise in told.items()}
        if appointments < MAX_APPOINTMENTS and tells_appointment(link.caption):
            appointments += 1
            promised[Label.MANAGERS_CONTACTS] = max(APPOINTMENT, promised.get(Label.MANAGERS_CONTACTS, 0.0))
        if link.kind == "document" and link.place == "main" and damp >= DOCUMENT:
            _promise_listed(link, promised, files)
        if archive and _FOLLOW_UP.match(fold(link.caption)):
            promised[Label.MANAGERS_CONTACTS] = max(ARCHIVE, promised.get(Label.MANAGERS_CONTACTS, 0.0))
        if link.selector in profiles:
            promised[Label.MANAGERS_CONTACTS] = max(PROFILE, promised.get(Label.MANAGERS_CONTACTS, 0.0))
        for label, promise in sorted(promised.items()):
            value = round(promise, 3)
            if value >= LEAST:
                found.append(LinkPromise(link.url or "", link.selector, label, value))
    return tuple(found)


def profile_links(links: Sequence[Link], contacts: Sequence[Contact]) -> dict[str, Contact]:
    """By selector, the links in a person's card that may lead to that person's own page with phone and e-mail.

    Only cards that give no way to the office themselves; one link a card, the one that bears the name, else the first.
    """
    waiting = [card for card in contacts if card.person and card.role and not card.former and not card.emails]
    waiting = [card for card in waiting if not any(phone.kind == "landline" for phone in card.phones)]
    found: dict[str, Contact] = {}
    for card in waiting[:MAX_PROFILES]:
        within = card.selector + " > "
        mine = [
            link
            for link in links
            if link.url and link.kind == "page" and (link.selector + " > ").startswith(within) and "#" not in link.href
        ]
        named = [link for link in mine if card.person in link.caption]
        if chosen := next(iter(named or mine), None):
            found[chosen.selector] = card
    return found


def _promise_listed(link: Link, promised: dict[Label, float], files: Counter[Label]) -> None:
    """Raise the promise of a list's first files, whatever they are called themselves."""
    for label, value in label_values(link.near, "link").items():
        if label in IN_FILES and value >= LISTED and files[label] < FILES_OF_A_LIST:
            files[label] += 1
            promised[label] = max(FILE, promised.get(label, 0.0))


def _is_news_archive(links: Sequence[Link], page_type: PageType) -> bool:
    """A listing of which most items are news: its next pages may hold an appointment of the last months."""
    items = [link for link in links if link.place == "main" and link.kind == "page" and link.url]
    news = sum(bool(news_address(link.url or "")) for link in items)
    return page_type == "listing" and news >= ARCHIVE_FROM and news * 3 >= len(items)


@lru_cache(maxsize=16384)
def tells_appointment(caption: str) -> bool:
    """Whether a headline tells who took an office: «معارفه شهردار جدید», «مهندس رضایی معاون فنی شد»."""
    words = lexicon()
    if words.has(caption, "appointment-news"):
        return True
    # «شد» also ends every other headline: only a post right before it makes it an appointment.
    last = " ".join(caption.split()[-7:])
    return words.has(caption[-12:], "became") and any(words.has(last, group) for group in _POSTS)


@lru_cache(maxsize=16384)
def _promise(caption: str, title: str, near: str, url: str) -> Mapping[Label, float]:
    by_caption = label_values(caption, "link")
    if title and title != caption:
        _take_best(by_caption, label_values(title, "link"), 0.9)
    if near:
        generic = _GENERIC.match(fold(caption)) is not None
        _take_best(by_caption, label_values(near, "link"), 0.85 if generic else NEAR)
    by_address = label_values(url, "url")
    values: dict[Label, float] = {}
    for label in by_caption.keys() | by_address.keys():
        said, address = by_caption.get(label, 0.0), by_address.get(label, 0.0) * ADDRESS
        values[label] = 1 - (1 - said) * (1 - address)
    return values


def _take_best(values: dict[Label, float], others: dict[Label, float], factor: float) -> None:
    for label, value in others.items():
        values[label] = max(values.get(label, 0.0), value * factor)


def label_values(text: str, place: PhrasePlace) -> dict[Label, float]:
    """How sure a text at a place makes each label: best wording by weight and by its share of the text.

    A wording against a label rules the label out unless another wording for it stands elsewhere in the text.
    """
    return dict(_values(text[:500], place)) if text else {}


@lru_cache(maxsize=16384)
def _values(text: str, place: PhrasePlace) -> dict[Label, float]:
    """Remembered: the captions of menus come again on every page."""
    hits = lexicon().label_hits(text, place)
    values: dict[Label, float] = {}
    for hit in hits:
        if not hit.negative:
            values[hit.label] = max(values.get(hit.label, 0.0), hit.weight * focus(hit, place))
    for hit in hits:
        if hit.negative and hit.label in values:
            values[hit.label] *= 0.35
    return values


def focus(hit: LabelHit, place: PhrasePlace) -> float:
    """How much of its weight a wording keeps: all as whole caption, less in a long one."""
    share = hit.share
    if place == "url":
        return 1.0 if share >= 0.25 else 0.75
    if share >= 0.55:
        return 1.0
    if share >= 0.3:
        return 0.85
    return 0.6 if share >= 0.15 else 0.4


@lru_cache(maxsize=16384)
def _address_damping(url: str) -> float:
    return (PRINT if _PRINT.search(url.lower()) else 1.0) * (NEWS if news_address(url) else 1.0)


def _damping(link: Link, page_type: PageType) -> float:
    damp = _address_damping(link.url or "")
    if damp == 1.0 and len(link.caption.split()) > LONG_CAPTION:
        damp *= 0.5
    if page_type in ("news-item", "search-results") and link.place == "main":
        damp *= 0.5
    if link.kind == "document":
        damp *= DOCUMENT
    return damp
