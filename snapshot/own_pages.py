"""Own pages of managers: a list gives names and posts, the page behind each name its phone and e-mail."""

from collections.abc import Mapping

from snapshot.perception.models import Phone
from snapshot.perception.people import person_words
from snapshot.perception.promises import profile_links
from snapshot.reader import Page, Snapshot


def addresses_of_own_pages(page: Page) -> Mapping[str, str]:
    """Addresses that cards without a way to the office link to, by the selector of the card."""
    perception = page.perception
    leads = profile_links(perception.links, perception.contacts)
    return {leads[link.selector].selector: link.url for link in perception.links if link.selector in leads and link.url}


def ways_on_own_page(snapshot: Snapshot, url: str, person: str) -> tuple[tuple[Phone, ...], tuple[str, ...], bool]:
    """Office numbers, e-mail addresses and whether a form is there, on the page that bears this person's name.

    Nothing where the page was not read, is somebody else's, or says whose each number is and names others.
    """
    page = snapshot.page_at(url)
    if page is None or not person_words(person) <= person_words(f"{page.name} {page.perception.title}"):
        return (), (), False
    phones: list[Phone] = []
    emails: list[str] = []
    form = False
    for card in page.perception.contacts:
        if card.former or (card.person and not person_words(card.person) <= person_words(person)):
            continue
        phones.extend(phone for phone in card.phones if phone.kind == "landline" and phone.number)
        emails.extend(card.emails)
        form = form or card.has_form
    return tuple(dict.fromkeys(phones)), tuple(dict.fromkeys(emails)), form
