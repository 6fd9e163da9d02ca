"""How far the managers shown cover the agency's units, and what each of them can be reached by."""

from dataclasses import dataclass

from config.models import Service
from config.vocabulary import Cause, Label
from snapshot.managers import Manager
from snapshot.matching import lexicon
from snapshot.own_pages import addresses_of_own_pages
from snapshot.ownership import names_agency_in
from snapshot.page_dates import age_days, printed_today, stated_date
from snapshot.perception.models import PageDate
from snapshot.perception.phones import phones_in
from snapshot.portal import managers, service_pages, structure_pages
from snapshot.posts import subject_words
from snapshot.reader import Page, Snapshot
from snapshot.service_pages import owners
from snapshot.units import Unit, names_head, same_unit

EXPECTED = 3
"""Managers beside the head that a portal without a structure page must show before its coverage can be called full."""
AWAY = 0.55
"""Coverage taken where no units are known: head and deputies alone are below 60 % of any agency (rubric T05)."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Units with a named manager over all units. `units` is 0 where no structure is known and the share is a guess."""

    share: float
    units: int
    held: int


@dataclass(frozen=True, slots=True)
class Freshness:
    """How current the managers' page is, in days; `clock` = its only date is the day of the visit."""

    age_days: int | None
    date: PageDate | None
    clock: bool


def coverage_of(snapshot: Snapshot, named: tuple[Manager, ...]) -> Coverage:
    """Share of the agency's units whose manager is named.

    Units are those of the best structure page that has enough of them; where the portal shows none, units that the
    managers' own list names, so that only its gaps count.
    """
    units = expected_units(snapshot)
    if not units:
        share = 1.0 if sum(one.rank != "head" for one in named) >= EXPECTED and _many(named) else AWAY
        return Coverage(share, 0, len(named))
    held = [unit for unit in units if any(holds(one, unit) for one in named)]
    return Coverage(len(held) / len(units), len(units), len(held))


def expected_units(snapshot: Snapshot) -> tuple[Unit, ...]:
    """Units of the structure that should have a manager: all that a chart, list or text alternative names."""
    for shown in structure_pages(snapshot):
        if shown.refused or _is_list_of_people(shown.page):
            continue
        units = shown.units.listed
        if shown.picture is not None and len(shown.picture.alternative.units) > len(units):
            units = shown.picture.alternative.units
        units = units or shown.units.units
        named = tuple(unit for unit in units if subject_words(unit.name) or lexicon().has(unit.name, "staff-unit"))
        below = tuple(unit for unit in named if not names_head(unit.name) and not _is_root(snapshot, unit))
        if len(below) > 1:
            return below
    return ()


def _is_root(snapshot: Snapshot, unit: Unit) -> bool:
    """The drawing's own title or the agency itself."""
    return lexicon().has(unit.name, "chart-name") or names_agency_in(unit.name, snapshot.agency)


def holds(manager: Manager, unit: Unit) -> bool:
    """Whether a manager leads a unit, by post or unit."""
    posts = (f"{manager.role} {manager.unit}", manager.unit, manager.role)
    return any(same_unit(unit.name, post) for post in posts if post)


def freshness_of(snapshot: Snapshot, pages: tuple[Page, ...]) -> Freshness:
    """The newest believable date of the pages that show managers."""
    dated = [(age_days(snapshot, found), found) for page in pages if (found := stated_date(snapshot, page)) is not None]
    if not dated:
        return Freshness(None, None, any(printed_today(snapshot, page) for page in pages))
    age, found = min(dated, key=lambda pair: pair[0])
    return Freshness(age, found, clock=False)


def pages_naming_units(snapshot: Snapshot) -> tuple[list[Service], int]:
    """Services whose page names the responsible unit with its phone, and how many services have a page at all."""
    naming, judged = [], 0
    for service in snapshot.services:
        pages = [page for page in service_pages(snapshot, service) if service in owners(snapshot, page)]
        judged += bool(pages)
        if any(_names_unit_with_phone(page) for page in pages):
            naming.append(service)
    return naming, judged


def _names_unit_with_phone(page: Page) -> bool:
    words, perception = lexicon(), page.perception
    for pair in perception.pairs:
        said = f"{pair.label} {pair.value}"
        if pair.value and (pair.key in ("unit", "contact")) and words.has(said, "unit-word") and _has_phone(pair.value):
            return True
    units = [pair for pair in perception.pairs if pair.key == "unit" and pair.value]
    phones = [pair for pair in perception.pairs if pair.key == "contact" and _has_phone(pair.value)]
    if units and phones:
        return True
    for contact in perception.contacts:
        named = words.has(contact.unit, "unit-word") or words.has(contact.role, "unit-word") or contact.person
        if named and any(phone.kind == "landline" for phone in contact.phones):
            return True
    return any(words.has(block.text, "unit-word") and _has_phone(block.text) for block in perception.blocks)


def _has_phone(text: str) -> bool:
    return any(phone.kind == "landline" for phone in phones_in(text))


def _many(named: tuple[Manager, ...]) -> bool:
    """Whether directors stand beside head and deputies, so that the list is more than the top."""
    return any(one.rank == "director" for one in named) and any(one.rank == "deputy" for one in named)


def _is_list_of_people(page: Page) -> bool:
    """A list of managers is no list of units: measured by itself it would always be complete."""
    return page.perception.strength(Label.MANAGERS_CONTACTS) > page.perception.strength(Label.ORG_STRUCTURE)


def shown_managers(snapshot: Snapshot) -> tuple[Manager, ...]:
    """Managers with a post of responsibility: advisors answer for no unit."""
    return tuple(one for one in managers(snapshot) if one.rank != "advisor")


@dataclass(frozen=True, slots=True)
class Profiles:
    """Own pages of managers whose cards give no way to their office: how many were read, and why one was not."""

    read: int
    unread: Cause | None


def opened_profiles(snapshot: Snapshot, shown: tuple[Manager, ...]) -> Profiles:
    """What became of the own pages that the cards of these managers link to."""
    read, unread = 0, None
    for one in shown:
        url = addresses_of_own_pages(one.page).get(one.selector)
        if url is None:
            continue
        record = snapshot.record_at(url)
        cause = Cause.BUDGET if record is None else record.cause
        read, unread = read + (cause is None), unread or cause
    return Profiles(read, unread)
