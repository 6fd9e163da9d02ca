"""Filters that every check shares (indicators 2.0): pure functions over a page, a perception or a snapshot."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from config.models import Agency
from config.vocabulary import Label
from snapshot.hosts import OwnHosts
from snapshot.matching import lexicon
from snapshot.perception.models import Link, PageDate, Perception
from snapshot.reader import Page, Snapshot, same_address
from snapshot.text import squeeze

CLOCK_KINDS = frozenset({"clock"})
FUTURE = timedelta(days=1)
"""A date may lie this far ahead of the visit: time zones."""


def is_news(perception: Perception) -> bool:
    """Whether a page is a news item, an announcement or an archive of them: its words never count alone (rule 4)."""
    return perception.page_type == "news-item" or (perception.page_type == "listing" and bool(perception.signals.news))


def is_search_results(perception: Perception) -> bool:
    """Whether a page only repeats what other pages say."""
    return perception.page_type == "search-results"


def is_soft_404(perception: Perception) -> bool:
    """Whether a page says that there is nothing, whatever its status."""
    return perception.page_type == "soft-404"


def is_construction(perception: Perception) -> bool:
    """Whether a page is announced but not made."""
    return perception.page_type == "construction"


def template_text(perception: Perception) -> str:
    """The page's own words that show unfilled sample text, empty where there is none (rule 7)."""
    return perception.signals.template_text


def other_organisation(page: Page, agency: Agency, others: Iterable[str] = ()) -> bool:
    """Whether a page belongs to another body (rule 5): foreign host, or a title that names only another.

    `others` are names of bodies that the page could be about, such as the parent or sister agencies.
    """
    hosts = OwnHosts.of(agency)
    if agency.portal_url and page.url not in hosts:
        return True
    heads = [page.perception.title, *(h.text for h in page.perception.headings if h.level == 1 and h.place == "main")]
    titles = squeeze(" ".join(heads))
    own = [agency.name_fa, agency.name_en, *agency.aliases]
    if any(squeeze(name) in titles for name in own if name):
        return False
    return any(squeeze(name) in titles for name in others if name)


def leads_there(snapshot: Snapshot, link: Link, label: Label | None = None) -> Page | None:
    """The content page that a link really leads to (rule 6), None where it leads nowhere.

    Nowhere is: no address, an address that was not read or failed, the home page again, a page that is not found,
    unfinished or barred. With `label` the page must carry it at any strength.
    """
    if link.url is None or link.kind not in ("page", "document"):
        return None
    target = snapshot.page_at(link.url)
    if target is None or is_soft_404(target.perception) or is_construction(target.perception):
        return None
    home = snapshot.home
    if home is not None and (target.page_id == home.page_id or same_address(target.url) == same_address(home.url)):
        return None
    if target.perception.page_type in ("blocked", "script-shell"):
        return None
    if label is not None and target.perception.strength(label) == 0:
        return None
    return target


def is_page_specific(found: PageDate, perceptions: Iterable[Perception] = ()) -> bool:
    """Whether a date is the page's own: no header clock, and not the same stamp on most of the other pages (rule 8)."""
    if found.kind in CLOCK_KINDS:
        return False
    pages = [p for p in perceptions if p.dates]
    same = sum(any(d.day == found.day and d.kind == found.kind for d in page.dates) for page in pages)
    return len(pages) < 4 or same * 2 <= len(pages)


def is_fresh(found: PageDate, as_of: datetime, max_age_days: int) -> bool:
    """Whether a date lies within `max_age_days` before the visit.

    A clock, a date of the visit's own day that says "updated" (a server may print its clock there, rule 8) and a date
    in the future are not freshness.
    """
    today: date = as_of.date()
    if found.kind in CLOCK_KINDS or found.day > today + FUTURE:
        return False
    if found.kind == "updated" and found.day >= today - FUTURE:
        return False
    return found.day >= today - timedelta(days=max_age_days)


def is_visible(page: Page, selector: str) -> bool:
    """Whether an element may be counted as seen: False only where the layout map says that nobody can see it."""
    return page.visible(selector) is not False


def names_topic(text: str, group: str) -> bool:
    """Whether a text holds a word of a lexicon group."""
    return lexicon().has(text, group)
