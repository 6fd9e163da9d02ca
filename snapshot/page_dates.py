"""The day that a page states for its own content, as far as it can be believed."""

from datetime import timedelta

from snapshot.perception.models import PageDate
from snapshot.reader import Page, Snapshot

DATING = ("updated", "approved", "published")


def stated_date(snapshot: Snapshot, page: Page) -> PageDate | None:
    """The latest day that the page gives as its update, approval or publication; None where it gives none.

    A day of the visit itself is left out: the server's clock may have printed it, and one look cannot
    tell (rule 2.0.8).
    """
    days = [
        found for found in page.perception.dates if found.kind in DATING and not _is_visit_day(snapshot, page, found)
    ]
    return max(days, key=lambda found: (found.day, found.selector), default=None)


def printed_today(snapshot: Snapshot, page: Page) -> bool:
    """Whether the page's only update day is the day of the visit, so that a clock cannot be ruled out."""
    return stated_date(snapshot, page) is None and any(
        found.kind in DATING and _is_visit_day(snapshot, page, found) for found in page.perception.dates
    )


def age_days(snapshot: Snapshot, found: PageDate) -> int:
    """Days from a stated day to the visit; never below 0."""
    return max(0, (snapshot.as_of.date() - found.day).days)


def _is_visit_day(snapshot: Snapshot, page: Page, found: PageDate) -> bool:
    """Within a day of the fetch, either way, since portals print local time; later days are not believed at all."""
    fetched = min(page.record.fetched_at.date(), snapshot.as_of.date())
    return found.day >= fetched - timedelta(days=1)
