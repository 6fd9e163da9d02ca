"""Filters that every check shares (indicators 2.0): pure functions over a page, a perception or a snapshot."""

from config.models import Agency
from config.vocabulary import Label
from snapshot.hosts import OwnHosts
from snapshot.ownership import names_other_body
from snapshot.perception.models import Link, Perception
from snapshot.reader import Page, Snapshot, same_address


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


def other_organisation(page: Page, agency: Agency) -> bool:
    """Whether a page belongs to another body (rule 5): it lies on a foreign host, or its title and headings say so.

    The headline of a news item is a sentence and names no owner.
    """
    foreign = bool(agency.portal_url) and page.url not in OwnHosts.of(agency)
    return foreign or (not is_news(page.perception) and names_other_body(page, agency))


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


def is_visible(page: Page, selector: str) -> bool:
    """Whether an element may be counted as seen: False only where the layout map says that nobody can see it."""
    return page.visible(selector) is not False
