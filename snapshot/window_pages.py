"""Pages that are called the agency's single window, and links to such pages that the visit could not read."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from config.vocabulary import Cause, Label
from snapshot.filters import is_news
from snapshot.hosts import OwnHosts, is_domain_name
from snapshot.logins import logins_on
from snapshot.matching import lexicon
from snapshot.ownership import names_other_body
from snapshot.perception.models import Link
from snapshot.reader import Page, Snapshot, same_address
from snapshot.service_desk import for_staff
from snapshot.service_pages import page_table
from snapshot.sign_on import in_national_window, sign_on_at

CAPTION_LETTERS = 60
"""Letters of a caption up to which it names a thing to use; longer ones are titles of texts."""
NAMED = 0.5
"""Strength of the label single-window from which a page bears the name."""
_HOST_LABELS = frozenset({"window", "panjereh", "panjere", "pv", "my"})
"""First labels of hosts that agencies give to their window (lexicon section 8)."""


@dataclass(frozen=True, slots=True)
class UnseenWindow:
    """A link that bears the name of a window whose page the visit could not read, or that lies on a strange host."""

    page: Page
    link: Link
    cause: Cause


def find_unseen_window(snapshot: Snapshot) -> UnseenWindow | None:
    """A link to a window that was not read, None where there is none."""
    own = OwnHosts.of(snapshot.agency)
    table = snapshot.derived(page_table)
    for page in snapshot.pages:
        for link in page.perception.links if not is_news(page.perception) else ():
            if (
                link.url is None
                or link.kind != "page"
                or not names_window(link.caption)
                or len(link.caption) > CAPTION_LETTERS
            ):
                continue
            if same_address(link.url) in table or in_national_window(link.url) or sign_on_at(link.url) is not None:
                continue
            record = snapshot.record_at(link.url)
            if link.url not in own:
                return UnseenWindow(page, link, Cause.NEEDS_DECLARATION)
            if record is None:
                return UnseenWindow(page, link, Cause.BUDGET)
            if record.cause is not None and record.status not in (404, 410):
                return UnseenWindow(page, link, record.cause)
    return None


def named_pages(snapshot: Snapshot) -> list[Page]:
    """Own pages that bear the name in title or first headings, by the links to them, or by their host."""
    own = OwnHosts.of(snapshot.agency)
    table = snapshot.derived(page_table)
    called: dict[str, Page] = {}
    for page in snapshot.pages:
        heads = [page.perception.title, *(h.text for h in page.perception.headings if h.place == "main")][:2]
        by_head = page.perception.strength(Label.SINGLE_WINDOW) >= NAMED and any(names_window(head) for head in heads)
        if by_head or _window_host(page.url):
            called[page.page_id] = page
        for link in page.perception.links if not is_news(page.perception) else ():
            target = table.get(same_address(link.url)) if link.url else None
            if target is not None and len(link.caption) <= CAPTION_LETTERS and names_window(link.caption):
                called.setdefault(target.page_id, target)
    return [page for page in called.values() if page.url in own and _can_be_window(snapshot, page)]


def _can_be_window(snapshot: Snapshot, page: Page) -> bool:
    perception = page.perception
    if page is snapshot.home and not _window_host(page.url):
        return False
    if names_other_body(page, snapshot.agency):
        return False
    if is_news(perception) or perception.page_type in ("document", "search-results") or for_staff(page):
        return False
    heads = [perception.title, *(h.text for h in perception.headings if h.place == "main")][:2]
    if any(lexicon().has(head, "single-window-of-others") for head in heads) and not any(map(names_window, heads)):
        return False
    in_building = lexicon().has(perception.main_text, "window-in-a-building")
    return not in_building or bool(logins_on(snapshot, page))


def _window_host(url: str) -> bool:
    host = (urlsplit(url).hostname or "").lower()
    return is_domain_name(host) and host.count(".") >= 2 and host.split(".", 1)[0] in _HOST_LABELS


def names_window(text: str) -> bool:
    """Whether a text bears the name of an agency's single window, and not of another one."""
    names = lexicon().words(text, "single-window-name")
    others = lexicon().words(text, "single-window-of-others")
    return any(not any(o.start <= n.start and n.end <= o.end for o in others) for n in names)
