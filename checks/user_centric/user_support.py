"""Check user-support: can people who are stuck with a service get help, by phone and electronically?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from checks.base import Result, at_level, check
from config.vocabulary import Label
from snapshot.filters import is_news, is_visible, leads_there
from snapshot.matching import lexicon
from snapshot.perception.models import Form, Link
from snapshot.perception.phones import phones_in
from snapshot.perception.step_parts import duration_in
from snapshot.places import inside
from snapshot.reader import Page, Snapshot
from snapshot.text import fold

Kind = Literal["phone", "email", "form", "chat"]
CONTACT_PAGE = 0.3
"""Strength of the contact label from which a page is one that offers help."""
CHAT_PAGE = 600
"""Letters of a chat's page that are read for a remark that it is off."""
_EMAIL = re.compile(r"[\w.+-]{1,64}(?:@|\s?\[at\]\s?|\s?\(at\)\s?)[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_HOURS = re.compile(
    r"(?:ساعت|ساعات|از|\()\s*\d{1,2}(?::\d\d)?\s*(?:صبح)?\s*(?:تا|الی|لغایت|-|–)\s*\d{1,2}(?::\d\d)?"
    r"|(?:شنبه|همه روزه|صبح)\D{0,30}?\d{1,2}(?::\d\d)?\s*(?:صبح)?\s*(?:تا|الی|لغایت|-|–)\s*\d{1,2}(?!\d)"
    r"|\d{1,2}:\d\d\s*(?:تا|الی|-|–|to)\s*\d{1,2}:\d\d|\d{1,2}\s?(?:am|a\.m\.)?\s?(?:to|-|–)\s?\d{1,2}\s?(?:pm|p\.m\.)"
)
_NAMES: dict[Kind, dict[str, str]] = {
    "phone": {"fa": "تلفن", "en": "phone"},
    "email": {"fa": "رایانامه", "en": "e-mail"},
    "form": {"fa": "فرم یا تیکت", "en": "form or ticket"},
    "chat": {"fa": "گفت‌وگوی برخط", "en": "chat"},
}


@check(
    id="user-support",
    scope="portal",
    labels=("contact-us",),
    version=2,
    messages={
        "complete": {
            "fa": "راه‌های پشتیبانی یافت‌شده: {channels}، همراه با ساعت کار یا زمان پاسخ («{hours}»).",
            "en": "Support channels found: {channels}, with working hours or a response time (“{hours}”).",
        },
        "some": {
            "fa": "راه‌های پشتیبانی یافت‌شده: {channels}. برای امتیاز کامل: {missing}.",
            "en": "Support channels found: {channels}. For the full level it needs: {missing}.",
        },
        "address_only": {
            "fa": "در «{title}» راه پشتیبانی (تلفن، رایانامه، فرم یا گفت‌وگو) نیامده است. "
            "دست‌کم تلفن و یک راه الکترونیکی منتشر کنید.",
            "en": "“{title}” offers no support channel (phone, e-mail, form or chat). Publish a phone and an "
            "electronic one.",
        },
        "none": {
            "fa": "صفحه تماس یا پشتیبانی یافت نشد. تلفن، رایانامه یا فرم پشتیبانی را با ساعت کار منتشر کنید.",
            "en": "No contact or support page was found. Publish a phone, e-mail or form for help, with hours.",
        },
    },
)
def user_support(snapshot: Snapshot) -> Result:
    """Whether the agency helps its users, by how many ways and when.

    What it looks for: on pages for contact or support an office phone, an e-mail, a form or ticket for questions, a
    chat; working hours or a response time.
    Why it matters: a service that cannot be asked about is abandoned, or ends at the counter.
    How to fix: name one phone, one e-mail and one form for help in the contact page, with hours and response time.
    Known limits: whether anybody answers is not tried. National numbers (111, 195), fax, mobile phones, the web
    designer's phone, an e-mail for complaints only and a message form to the head are no support channel.
    """
    pages = list(_pages(snapshot))
    found: dict[Kind, _Channel] = {}
    for page in pages:
        for channel in _channels(snapshot, page):
            found.setdefault(channel.kind, channel)
    if not found:
        return _without(pages)
    hours = next((said for page in pages for said in _hours(page)), None)
    evidence = [one.page.evidence(one.selector, one.quote[:200]) for one in found.values()]
    if hours is not None:
        evidence.append(hours.page.evidence(hours.selector, hours.quote[:200]))
    channels = {language: [_NAMES[kind][language] for kind in found] for language in ("fa", "en")}
    gaps = [
        words
        for words, lacks in (
            ({"fa": "تلفن", "en": "a phone"}, "phone" not in found),
            ({"fa": "راه الکترونیکی", "en": "an electronic channel"}, not set(found) - {"phone"}),
            ({"fa": "سه راه", "en": "three channels"}, len(found) < 3),
            ({"fa": "ساعت کار یا زمان پاسخ", "en": "hours or a response time"}, hours is None),
        )
        if lacks
    ]
    if not gaps and hours is not None:
        return at_level(1, "complete", evidence=evidence, confidence=0.9, channels=channels, hours=hours.quote[:120])
    missing = {language: [gap[language] for gap in gaps] for language in ("fa", "en")}
    return at_level(0.5, "some", evidence=evidence, confidence=0.85, channels=channels, missing=missing)


@dataclass(frozen=True, slots=True)
class _Channel:
    kind: Kind
    page: Page
    selector: str
    quote: str


def _pages(snapshot: Snapshot) -> Iterator[Page]:
    """Contact and support pages; lists of managers reach offices, not help."""
    for page in snapshot.pages_with(Label.CONTACT_US, CONTACT_PAGE):
        perception = page.perception
        managers = perception.strength(Label.MANAGERS_CONTACTS)
        if not is_news(perception) and managers <= perception.strength(Label.CONTACT_US):
            yield page


def _channels(snapshot: Snapshot, page: Page) -> Iterator[_Channel]:
    words, perception = lexicon(), page.perception
    for block in perception.blocks:
        if words.has(block.text, "designer-credit") or not is_visible(page, block.selector):
            continue
        if any(phone.kind == "landline" for phone in phones_in(block.text)):
            yield _Channel("phone", page, block.selector, block.text)
        complaint = words.has(f"{block.heading} {block.text}", "complaint-word")
        if _EMAIL.search(block.text) and not complaint:
            yield _Channel("email", page, block.selector, block.text)
    for link in perception.links:
        if link.place == "main" and link.kind == "mail" and not words.has(link.near, "complaint-word"):
            yield _Channel("email", page, link.selector, link.caption)
        if words.has(link.caption, "live-chat") and _chat_is_on(snapshot, page, link):
            yield _Channel("chat", page, link.selector, link.caption)
    for form in perception.forms:
        if _is_help_form(page, form):
            yield _Channel("form", page, form.selector, form.heading or " ".join(form.submits))


def _chat_is_on(snapshot: Snapshot, page: Page, link: Link) -> bool:
    """A chat that leads somewhere and does not say that it is off, neither beside its link nor on its page.

    Of one that a script opens it is enough that a person can see its button.
    """
    words = lexicon()
    row = link.selector.rpartition(" > ")[0]
    beside = " ".join(block.text for block in page.perception.blocks if inside(block.selector, row))
    if words.has(f"{link.caption} {link.title} {beside}", "chat-off"):
        return False
    if link.kind == "script":
        return page.visible(link.selector) is True
    target = leads_there(snapshot, link)
    return target is not None and not words.has(target.perception.main_text[:CHAT_PAGE], "chat-off")


def _is_help_form(page: Page, form: Form) -> bool:
    """A form in which a question is written to the agency: no complaint, suggestion or message to the head."""
    if form.place != "main" or not form.has("message") or not form.submits or not is_visible(page, form.selector):
        return False
    words = lexicon()
    said = f"{form.heading} {' '.join(form.submits)}"
    posts = ("head-role", "deputy-role", "director-role", "complaint-word")
    return not any(words.has(said, group) for group in posts)


def _hours(page: Page) -> Iterator[_Channel]:
    for block in page.perception.blocks:
        folded = fold(block.text)
        answered = lexicon().has(block.text, "answer-word") and duration_in(block.text)
        if _HOURS.search(folded) or lexicon().has(block.text, "round-the-clock") or answered:
            yield _Channel("phone", page, block.selector, block.text)


def _without(pages: list[Page]) -> Result:
    if not pages:
        return at_level(0, "none", confidence=0.85)
    title = pages[0].perception.title
    return at_level(0, "address_only", evidence=[pages[0].evidence(None, title)], confidence=0.8, title=title)
