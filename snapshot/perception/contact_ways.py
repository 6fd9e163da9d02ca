"""Ways to reach an office that stand in a card's links: mail and telephone links, message forms."""

from collections.abc import Iterable
from urllib.parse import unquote

from snapshot.matching import lexicon
from snapshot.perception.document import Document
from snapshot.perception.models import Phone
from snapshot.perception.phones import emails_in, phones_in, unhidden_email
from snapshot.perception.tree import El


def linked_phones(doc: Document, box: El, said: Iterable[Phone]) -> tuple[Phone, ...]:
    """Numbers of a card's tel: links that its text does not say: a picture of a telephone often stands for them."""
    known = {phone.number[-8:] for phone in said if phone.number}
    found: dict[str, Phone] = {}
    for link in [box, *doc.select(box, "a")]:
        scheme, _, number = link.attr("href").strip().partition(":")
        if scheme.lower() != "tel":
            continue
        for phone in phones_in(unquote(number).partition(";")[0], bare=True):
            if phone.number and phone.number[-8:] not in known:
                found.setdefault(phone.number, phone)
    return tuple(found.values())


def emails_of(doc: Document, box: El, text: str) -> tuple[str, ...]:
    """E-mail addresses of a card: those in its text, its mailto links, and those hidden from robots by a script."""
    found = list(emails_in(text)) if "@" in text or "at" in text.lower() or "＠" in text else []
    for link in [box, *doc.select(box, "a", "span")]:
        href = link.attr("href")
        if href.lower().startswith("mailto:"):
            found.extend(emails_in(href[7:].partition("?")[0].replace("%40", "@")))
        code = link.attr("data-cfemail")
        if not code and "/cdn-cgi/l/email-protection#" in href:
            code = href.rpartition("#")[2]
        if code and (address := unhidden_email(code)):
            found.append(address)
    return tuple(dict.fromkeys(found))


def opens_form(doc: Document, box: El) -> bool:
    """A link or button in the card that opens a message form."""
    for link in [box, *doc.select(box, "a", "button", "input")]:
        if link.tag not in {"a", "button", "input"} or link.attr("href").lower().startswith(("mailto:", "tel:")):
            continue
        if link.tag == "input" and link.attr("type").lower() not in {"submit", "button"}:
            continue
        caption = doc.text(link) or link.attr("title") or link.attr("aria-label") or link.attr("value")
        if len(caption) <= 60 and lexicon().has(caption, "contact-form-link"):
            return True
    return False
