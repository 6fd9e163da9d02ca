"""What a structure page gives beyond its units: date, links to duties or managers, agreement with the managers."""

from collections import Counter
from dataclasses import dataclass

from snapshot.appointments import Replaced, replaced_managers
from snapshot.filters import is_construction, is_soft_404
from snapshot.managers import Manager, same_person
from snapshot.matching import lexicon
from snapshot.perception.models import Link, PageDate
from snapshot.portal import appointments, managers, shown_but_replaced
from snapshot.posts import rank_of, subject_words
from snapshot.reader import Page, Snapshot, same_address
from snapshot.service_pages import page_table
from snapshot.structure_pages import StructurePage
from snapshot.text import squeeze
from snapshot.units import FULL_LIST, Unit, names_head, same_unit

ENOUGH_WORDS = 8
"""Words under a unit's heading, or on its page, from which its duties are told."""
MOST = 0.5
"""Share of units from which the units count as linked, and of top units from which managers agree with the chart."""


@dataclass(frozen=True, slots=True)
class Dating:
    """Days since the page was updated, approved or published; None where it says nothing that can be believed."""

    age_days: int | None
    date: PageDate | None
    clock: bool

    def within(self, days: int) -> bool:
        """Whether the page is dated within so many days."""
        return self.age_days is not None and self.age_days <= days


@dataclass(frozen=True, slots=True)
class Ties:
    """Units that lead somewhere: `linked` to a page of their own, `told` with duties or a manager; `unread` targets."""

    linked: float
    told: float
    unread: float


def ties_of(snapshot: Snapshot, shown: StructurePage) -> Ties:
    """Shares of a page's units with a page of their own, and of those with duties or a manager told.

    Taken over the top units or over all, whichever is better: charts often link the top units only.
    """
    ways = [_ties(snapshot, shown, units) for units in (shown.units.top, shown.units.listed) if units]
    return max(ways, key=lambda ties: (ties.told, ties.linked), default=Ties(0.0, 0.0, 0.0))


def _ties(snapshot: Snapshot, shown: StructurePage, units: tuple[Unit, ...]) -> Ties:
    text = shown.page.perception.main_text
    people = tuple(one for one in managers(snapshot) if one.person in text)
    targets = [(unit, _own_page(snapshot, shown.page, unit)) for unit in units]
    times = Counter(target.page_id for _, target in targets if target is not None)
    # One page behind several units is about them only where it names each of them.
    linked = [
        unit
        for unit, target in targets
        if target is not None
        and (times[target.page_id] == 1 or squeeze(unit.name) in squeeze(target.perception.main_text))
    ]
    unread = [unit for unit in units if unit.url and snapshot.record_at(unit.url) is None]
    told = [
        unit for unit in units if unit in linked or _duties(shown.page, unit) or unit.holder or _holder(unit, people)
    ]
    return Ties(len(linked) / len(units), len(told) / len(units), len(unread) / len(units))


def agrees(shown: StructurePage, people: tuple[Manager, ...]) -> bool | None:
    """Whether the managers shown head the top units of the chart; None where the portal shows too few to compare.

    They do not where the chart names one person for a unit and the list of managers another.
    """
    listed = [one for one in people if one.page is not shown.page]
    for unit in shown.units.listed:
        others = [one for one in listed if _leads(one, unit)]
        if unit.holder and others and not any(same_person(one.person, unit.holder) for one in others):
            return False
    deputies = [one for one in people if one.rank in ("deputy", "director")]
    top = [unit for unit in shown.units.top if subject_words(unit.name)]
    if len(deputies) < 2 or not top:
        return None
    held = sum(_holder(unit, people) is not None for unit in top)
    return held >= MOST * len(top)


def replaced_on(snapshot: Snapshot, shown: StructurePage) -> Replaced | None:
    """A manager whom the page still shows although the portal's own news told of a successor; None where none is."""
    text = f"{shown.page.perception.main_text} {shown.picture.quote if shown.picture else ''}"
    known = [one for one in shown_but_replaced(snapshot) if one.manager.person in text]
    named = tuple(_as_manager(snapshot, shown.page, unit) for unit in shown.units.listed if unit.holder)
    return next(iter((*known, *replaced_managers(snapshot, named, appointments(snapshot)))), None)


def _as_manager(snapshot: Snapshot, page: Page, unit: Unit) -> Manager:
    """The person whom a chart names for a unit, as a manager without ways of contact."""
    rank = "deputy" if lexicon().has(unit.name, "deputy-unit") else rank_of(unit.name, "", snapshot.agency)
    return Manager(
        person=unit.holder,
        role=unit.name,
        unit=unit.name,
        rank="head" if names_head(unit.name) else rank,
        phones=(),
        emails=(),
        has_form=False,
        shared_phone=False,
        shared_email=False,
        page=page,
        selector=unit.selector,
        quote=unit.holder,
    )


def few(shown: StructurePage) -> bool:
    """Whether a page names too few units for a structure and shows no relations between them."""
    return len(shown.units.listed) < FULL_LIST and not (shown.units.related and len(shown.units.listed) > 2)


def _own_page(snapshot: Snapshot, chart: Page, unit: Unit) -> Page | None:
    """The page behind a unit's name where it is about something: not home, not the chart itself, not empty."""
    target = snapshot.derived(page_table).get(same_address(unit.url)) if unit.url else None
    if target is None or target is snapshot.home or target is chart:
        return _clicked_page(snapshot, chart, unit)
    perception = target.perception
    if is_soft_404(perception) or is_construction(perception):
        return None
    return target if len(perception.main_text.split()) >= ENOUGH_WORDS or perception.contacts else None


def _clicked_page(snapshot: Snapshot, chart: Page, unit: Unit) -> Page | None:
    """A unit's page where its name has no address and the browser clicked it."""
    link: Link | None = next(
        (one for one in chart.perception.links if one.selector == unit.selector and one.kind in ("postback", "script")),
        None,
    )
    if link is None:
        return None
    caption = squeeze(link.caption)
    return next(
        (
            page
            for page in snapshot.pages
            if page.record.click_path and squeeze(page.record.click_path[-1].text) == caption
        ),
        None,
    )


def _duties(page: Page, unit: Unit) -> bool:
    name = squeeze(unit.name)
    said = [block.text for block in page.perception.blocks if block.heading and squeeze(block.heading) == name]
    return sum(len(text.split()) for text in (*said, *unit.beside)) >= ENOUGH_WORDS


def _holder(unit: Unit, people: tuple[Manager, ...]) -> Manager | None:
    return next((one for one in people if _leads(one, unit)), None)


def _leads(manager: Manager, unit: Unit) -> bool:
    """Whether a manager's post is about a unit."""
    post = f"{manager.role} {manager.unit}"
    return same_unit(unit.name, post) or same_unit(unit.name, manager.unit or manager.role)
