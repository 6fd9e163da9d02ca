"""Managers of an agency as its portal shows them: one record per person and post, joined over pages."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import chain

from config.vocabulary import Label
from snapshot.matching import lexicon
from snapshot.names import likeness
from snapshot.own_pages import addresses_of_own_pages, ways_on_own_page
from snapshot.ownership import names_other_body
from snapshot.perception.models import Contact, Phone
from snapshot.perception.people import person_words
from snapshot.perception.phones import phones_in
from snapshot.places import heading_above
from snapshot.posts import Rank, rank_of, subject_words
from snapshot.reader import Page, Snapshot
from snapshot.text import fold, squeeze

_SPELT = re.compile(r"[\[({]\s*(?:at|@|ات)\s*[\])}]|\sat\s[\w.-]+\s(?:dot|\.)\s", re.IGNORECASE)
_UNIT_GROUPS = frozenset({"unit-word", "deputy-unit", "head-office", "staff-unit"})
INTRODUCES = 0.3
"""Strength of the labels of managers or structure from which a page introduces people."""
SAME_POST, MOST_OF_PAGE = 4, 0.75
"""People with the very same post, and their share of a page, from which it is a list of other bodies' people."""
SHARED_BY = 3
"""Managers with the same number without extension from which it is the switchboard (rubric T05, extraction rules)."""


@dataclass(frozen=True, slots=True)
class Manager:
    """One person in one post. `phones` are office numbers of this manager: no fax, mobile, national short number.

    `shared_phone` and `shared_email` tell of a number or address that stands on all cards and so reaches no one in
    particular; these are not in `phones` and `emails`.
    """

    person: str
    role: str
    unit: str
    rank: Rank
    phones: tuple[Phone, ...]
    emails: tuple[str, ...]
    has_form: bool
    shared_phone: bool
    shared_email: bool
    page: Page
    selector: str
    quote: str

    @property
    def reachable(self) -> bool:
        """Whether there is any way to this manager's own office."""
        return bool(self.phones or self.electronic)

    @property
    def electronic(self) -> bool:
        """Whether this manager can be written to electronically."""
        return bool(self.emails) or self.has_form


def find_managers(snapshot: Snapshot) -> tuple[Manager, ...]:
    """Named managers in office, in the order of rank, then of the pages.

    News, former managers, and lists of people who are responsible for nothing the agency answers for (trustees,
    branches, contractors, caravans) are left out, and so is what stands on pages about another body. Where a portal has
    managers in its main language, other languages only add what is missing (rubric T05, false positive 10).
    """
    offers_form = any(
        form.place == "main" and form.has("message") and form.submits
        for page in snapshot.pages
        for form in page.perception.forms
    )
    pages = manager_pages(snapshot)
    introduced = [contact for page in pages if introduces(page) for contact in page.perception.contacts]
    many = {page.page_id: _posts_of_many(page) for page in pages}
    found = [
        _manager(contact, page, snapshot, offers_form=offers_form)
        for page in pages
        for contact in page.perception.contacts
        if responsible(contact, page)
        and squeeze(contact.role) not in many[page.page_id]
        and (introduces(page) or is_titled(contact) or any(_same_holder(contact, other) for other in introduced))
    ]
    joined = [_with_own_page(snapshot, manager) for manager in _joined(found)]
    shared_phones, shared_emails = _shared(joined)
    plain = [_without_shared(manager, shared_phones, shared_emails) for manager in joined]
    order: dict[str, int] = {"head": 0, "deputy": 1, "director": 2, "advisor": 3}
    return tuple(sorted(_one_head(plain), key=lambda manager: order[manager.rank]))


def manager_pages(snapshot: Snapshot) -> list[Page]:
    """Pages that may introduce managers; those of the portal's main language first."""
    home = snapshot.home
    language = home.perception.lang[:2] if home is not None else ""
    pages = [
        page
        for page in snapshot.pages
        if page.perception.contacts
        and page.perception.page_type not in ("news-item", "search-results")
        and page.perception.strength(Label.NEWS_ITEM) < 0.7
        and not page.perception.signals.news
        and not names_other_body(page, snapshot.agency)
    ]
    return sorted(pages, key=lambda page: bool(language) and page.perception.lang[:2] not in ("", language))


def introduces(page: Page) -> bool:
    """Whether a page introduces people at all: it is labelled so, shows a structure, or holds three cards or more.

    Elsewhere a line with a word for a post is mostly a form, a step or a greeting.
    """
    perception = page.perception
    labelled = max(perception.strength(Label.MANAGERS_CONTACTS), perception.strength(Label.ORG_STRUCTURE))
    cards = sum(bool(contact.person and contact.role) for contact in perception.contacts)
    ways = sum(bool(contact.person and (contact.phones or contact.emails)) for contact in perception.contacts)
    return labelled >= INTRODUCES or (cards >= SHARED_BY and ways > 0)


def _posts_of_many(page: Page) -> frozenset[str]:
    """The one post that nearly all people of a page hold, without any unit: heads of other firms, members of a body.

    An agency's own managers have different posts or units (rubric T05, false positive 4).
    """
    named = [contact for contact in page.perception.contacts if contact.person and contact.role]
    plain = (one for one in named if not one.unit and not lexicon().has(one.role, "deputy-role"))
    posts = Counter(squeeze(contact.role) for contact in plain)
    return frozenset(post for post, count in posts.items() if count >= SAME_POST and count >= MOST_OF_PAGE * len(named))


def _same_holder(one: Contact, other: Contact) -> bool:
    """Whether two cards are of one person in one post: a list of managers and the page that it leads to."""
    return bool(other.role) and squeeze(one.role) == squeeze(other.role) and same_person(one.person, other.person)


def is_titled(contact: Contact) -> bool:
    """Whether a title such as «دکتر» stands before the name."""
    text, person = fold(contact.text), fold(contact.person)
    at = text.find(person)
    before = text[max(0, at - 20) : at]
    return at >= 0 and any(
        before.rstrip(" .").endswith(match.quote.strip()) for match in lexicon().words(before, "honorific")
    )


def responsible(contact: Contact, page: Page) -> bool:
    """Whether a card names a person in office in a post that the agency answers for."""
    if contact.former or not contact.person or not contact.role:
        return False
    words = lexicon()
    heading = heading_above(page.perception, contact.selector)
    above = heading.text if heading else ""
    around = [contact.role, contact.unit, above]
    if not words.has(above, "unit-word"):
        around.append(page.perception.title)
    return not any(words.has(text, "not-responsible") for text in around)


def _manager(contact: Contact, page: Page, snapshot: Snapshot, *, offers_form: bool) -> Manager:
    office = tuple(
        phone
        for phone in contact.phones
        if phone.kind == "landline" and (phone.number or switchboard_stated(snapshot, page))
    )
    # What stands where a unit would may be the page's heading («نمودار سازمانی», «مدیران ارشد»).
    groups = lexicon().groups_in(contact.unit)
    unit = contact.unit if groups & _UNIT_GROUPS and "chart-name" not in groups else ""
    return Manager(
        person=contact.person,
        role=contact.role,
        unit=unit,
        rank=rank_of(contact.role, unit, snapshot.agency),
        phones=office,
        # An address spelt to hide from robots is a contact only beside a form (rubric T05, extraction rules).
        emails=contact.emails if offers_form or not _SPELT.search(contact.text) else (),
        has_form=contact.has_form,
        shared_phone=False,
        shared_email=False,
        page=page,
        selector=contact.selector,
        quote=contact.text,
    )


def switchboard_stated(snapshot: Snapshot, page: Page) -> bool:
    """Whether a caller finds a number to dial before a lone extension: on the page itself or on a page of contacts."""
    return _states_number(page) or any(_states_number(other) for other in snapshot.pages_with(Label.CONTACT_US))


def _states_number(page: Page) -> bool:
    perception = page.perception
    said = (phone for card in perception.contacts for phone in card.phones)
    written = (phone for block in perception.blocks for phone in phones_in(block.text))
    return any(phone.kind == "landline" and phone.number for phone in chain(said, written))


def same_person(one: str, other: str) -> bool:
    """Whether two spellings name one person: the shorter name's words all stand in the longer one."""
    first, second = person_words(one), person_words(other)
    shorter, longer = sorted((first, second), key=len)
    return (len(shorter) >= 2 and shorter <= longer) or (bool(first) and first == second)


def _joined(found: list[Manager]) -> list[Manager]:
    """One record per person: what several cards of one person say is put together, the first card's words stay."""
    joined: list[Manager] = []
    for manager in found:
        known = next((i for i, other in enumerate(joined) if same_person(other.person, manager.person)), None)
        if known is None:
            if not any(_same_post(other, manager) and other.page is not manager.page for other in joined):
                joined.append(manager)
            continue
        first = joined[known]
        joined[known] = replace(
            first,
            unit=first.unit or manager.unit,
            phones=tuple(dict.fromkeys((*first.phones, *manager.phones))),
            emails=tuple(dict.fromkeys((*first.emails, *manager.emails))),
            has_form=first.has_form or manager.has_form,
        )
    return joined


def _with_own_page(snapshot: Snapshot, manager: Manager) -> Manager:
    """The manager with what the own page, linked from the card, adds to a card without phone and e-mail."""
    url = addresses_of_own_pages(manager.page).get(manager.selector)
    if url is None or manager.reachable:
        return manager
    phones, emails, form = ways_on_own_page(snapshot, url, manager.person)
    return replace(manager, phones=phones, emails=emails, has_form=form)


def _same_post(one: Manager, other: Manager) -> bool:
    if one.page.perception.lang[:2] != other.page.perception.lang[:2]:
        return one.rank == other.rank == "head"
    return likeness(f"{one.role} {one.unit}", f"{other.role} {other.unit}") == 1.0 and one.rank == "head"


def _shared(managers: list[Manager]) -> tuple[frozenset[str], frozenset[str]]:
    phones = Counter(p.number for m in managers for p in {(p.number): p for p in m.phones if not p.extension}.values())
    emails = Counter(email.lower() for m in managers for email in set(m.emails))
    enough = min(SHARED_BY, max(2, len(managers)))
    return (
        frozenset(number for number, count in phones.items() if count >= enough),
        frozenset(email for email, count in emails.items() if count >= enough),
    )


def _without_shared(manager: Manager, phones: frozenset[str], emails: frozenset[str]) -> Manager:
    own_phones = tuple(p for p in manager.phones if p.extension or p.number not in phones)
    own_emails = tuple(email for email in manager.emails if email.lower() not in emails)
    return replace(
        manager,
        phones=own_phones,
        emails=own_emails,
        shared_phone=len(own_phones) < len(manager.phones),
        shared_email=len(own_emails) < len(manager.emails),
    )


def _one_head(managers: list[Manager]) -> list[Manager]:
    """One head: the first who is named outright, else the first director without a unit of his own."""
    heads = [place for place, manager in enumerate(managers) if manager.rank == "head"]
    plain = [
        place
        for place, manager in enumerate(managers)
        if manager.rank == "director"
        and not subject_words(f"{manager.role} {manager.unit}")
        and not any(lexicon().has(text, "staff-unit") for text in (manager.role, manager.unit))
    ]
    chosen = next(iter(heads or plain), None)
    return [
        replace(manager, rank="head")
        if place == chosen
        else replace(manager, rank="director")
        if manager.rank == "head"
        else manager
        for place, manager in enumerate(managers)
    ]
