"""What a structure page gives beyond its units: date, links to duties or managers, agreement with the managers."""

from dataclasses import dataclass

from snapshot.filters import is_construction, is_soft_404
from snapshot.managers import Manager, subject_words
from snapshot.perception.models import Link, PageDate
from snapshot.portal import managers
from snapshot.reader import Page, Snapshot, same_address
from snapshot.service_pages import page_table
from snapshot.structure_pages import FULL_LIST, StructurePage
from snapshot.text import squeeze
from snapshot.units import Unit, same_unit

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
    linked = [unit for unit in units if _own_page(snapshot, shown.page, unit) is not None]
    unread = [unit for unit in units if unit.url and snapshot.record_at(unit.url) is None]
    told = [unit for unit in units if unit in linked or _duties(shown.page, unit) or _holder(unit, people)]
    return Ties(len(linked) / len(units), len(told) / len(units), len(unread) / len(units))


def agrees(shown: StructurePage, people: tuple[Manager, ...]) -> bool | None:
    """Whether the managers shown head the top units of the chart; None where the portal shows too few to compare."""
    deputies = [one for one in people if one.rank in ("deputy", "director")]
    top = [unit for unit in shown.units.top if subject_words(unit.name)]
    if len(deputies) < 2 or not top:
        return None
    held = sum(_holder(unit, people) is not None for unit in top)
    return held >= MOST * len(top)


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
    return sum(len(text.split()) for text in said) >= ENOUGH_WORDS


def _holder(unit: Unit, people: tuple[Manager, ...]) -> Manager | None:
    return next(
        (
            one
            for one in people
            if same_unit(unit.name, f"{one.role} {one.unit}") or same_unit(unit.name, one.unit or one.role)
        ),
        None,
    )
