"""The day that a page states for its own content, as far as it can be believed."""

from collections import Counter
from datetime import date, datetime, timedelta

from snapshot.perception.models import PageDate
from snapshot.places import inside
from snapshot.reader import Page, Snapshot

DATING = ("updated", "approved", "published")
MANY_PAGES = 4
"""Dated pages from which a stamp that most of them bear is the site's own and not the page's (rule 2.0.8)."""


def stated_date(snapshot: Snapshot, page: Page) -> PageDate | None:
    """The latest day that the page gives as its update, approval or publication; None where it gives none.

    A day of the visit itself is left out: the server's clock may have printed it, and one look cannot tell; it counts
    where an earlier visit of the round saw another day that was not its own. So is a stamp that most pages bear, and
    the day of something else that is only announced here (rule 2.0.8).
    """
    moved = page.page_id in snapshot.derived(_pages_updated_since)
    days = [
        found
        for found in _stamps(snapshot, page)
        if not _is_visit_day(snapshot, page, found) or (moved and not _is_to_come(snapshot, page, found))
    ]
    return max(days, key=lambda found: (found.day, found.selector), default=None)


def printed_today(snapshot: Snapshot, page: Page) -> bool:
    """Whether the page's only update day is the day of the visit, so that a clock cannot be ruled out."""
    return stated_date(snapshot, page) is None and any(
        _is_visit_day(snapshot, page, found) for found in _stamps(snapshot, page)
    )


def own_days(snapshot: Snapshot, page: Page) -> list[date]:
    """The days by which a page dates itself, a clock's among them, in order."""
    return sorted({found.day for found in _stamps(snapshot, page)})


def doubtful_pages(snapshot: Snapshot) -> list[Page]:
    """Pages that give a day of the visit itself, which a clock may have printed."""
    return [
        page
        for page in snapshot.pages
        if any(_is_visit_day(snapshot, page, found) for found in _stamps(snapshot, page))
    ]


def age_days(snapshot: Snapshot, found: PageDate) -> int:
    """Days from a stated day to the visit; never below 0."""
    return max(0, (snapshot.as_of.date() - found.day).days)


def _stamps(snapshot: Snapshot, page: Page) -> list[PageDate]:
    """Days by which the page dates itself, its own or the clock's."""
    common = snapshot.derived(_site_stamps)
    return [
        found
        for found in page.perception.dates
        if found.kind in DATING and found.day not in common and not _of_another(page, found)
    ]


def _site_stamps(snapshot: Snapshot) -> frozenset[date]:
    """Days that most dated pages give outside their main content: when the site was touched, not the page."""
    stamps = [_outside(page) for page in snapshot.pages]
    counted = Counter(day for days in stamps for day in days)
    dated = sum(bool(days) for days in stamps)
    return frozenset(day for day, count in counted.items() if dated >= MANY_PAGES and 2 * count > dated)


def _outside(page: Page) -> frozenset[date]:
    main = page.perception.main_selector
    return frozenset(
        found.day
        for found in page.perception.dates
        if found.kind in DATING and not (main and inside(found.selector, main))
    )


def _of_another(page: Page, found: PageDate) -> bool:
    """Whether a day of publication stands with a link to another page or beside the content: news boxes do so."""
    main = page.perception.main_selector
    if found.kind != "published":
        return False
    if main and not inside(found.selector, main):
        return True
    return any(
        link.kind in ("page", "document") and link.place == "main" and inside(link.selector, found.selector)
        for link in page.perception.links
    )


def _is_visit_day(snapshot: Snapshot, page: Page, found: PageDate) -> bool:
    """Within a day of the fetch, either way, since portals print local time; later days are not believed at all."""
    fetched = min(page.record.fetched_at.date(), snapshot.as_of.date())
    return found.day >= fetched - timedelta(days=1)


def _is_to_come(snapshot: Snapshot, page: Page, found: PageDate) -> bool:
    return found.day > min(page.record.fetched_at.date(), snapshot.as_of.date()) + timedelta(days=1)


def _pages_updated_since(snapshot: Snapshot) -> frozenset[str]:
    """Pages whose date was another one at an earlier visit, and not that visit's own day: no clock prints it."""
    probe = snapshot.probe("earlier-dates")
    return frozenset(
        str(entry["page_id"])
        for entry in (probe.data.get("pages", ()) if probe is not None else ())
        if entry["earlier"]
        and max(map(date.fromisoformat, entry["earlier"]))
        < datetime.fromisoformat(entry["earlier_fetched_at"]).date() - timedelta(days=1)
    )
