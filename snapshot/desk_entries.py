"""Services that one page lists, each with the links and words of its row or card."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from config.models import Service
from config.vocabulary import Label
from snapshot.matching import lexicon
from snapshot.perception.models import Link, Perception
from snapshot.places import inside, position
from snapshot.reader import Page, Snapshot, same_address
from snapshot.service_pages import CLEAR, best_service, page_table
from snapshot.text import squeeze

ABOUT_SERVICE = 0.5
"""Strength of a service label from which a link's target shows that its caption is a service's title."""
LONGEST_LINE = 120
"""Letters of a line that may be a title."""
LONGEST_TITLE = 20
"""Words of a service's title; longer captions are headlines."""


@dataclass(slots=True)
class Entry:
    """One service on a list: its title there, the registered service if it is one, its links and its row's words."""

    title: str
    service: Service | None
    selector: str
    links: list[Link] = field(default_factory=list)
    row: str = ""


def entries_on(snapshot: Snapshot, page: Page, *, menus: bool = False) -> list[Entry]:
    """Services listed in a page's content (with `menus`, in its menus), in page order.

    A link belongs to the service whose card or row it stands in: the largest element around a service's title that
    holds no other service's title. Where titles and links stand side by side without cards, it belongs to the title
    before it.
    """
    place = "menu" if menus else "main"
    perception = page.perception
    links = [k for k in perception.links if k.place == place and k.kind not in ("mail", "phone", "empty", "fragment")]
    titles = _titles(snapshot, perception, links, menus=menus)
    cards = _cards(titles)
    entries: dict[str, Entry] = {}
    for title in titles:
        entries.setdefault(title.service.id, Entry(title.text, title.service, title.selector))
    for link in links:
        owner = _owner(link, titles, cards)
        if owner is not None:
            entries[owner.service.id].links.append(link)
        elif (found := _unregistered(snapshot, link)) is not None:
            entries.setdefault(squeeze(found), Entry(found, None, link.selector)).links.append(link)
    for title, card in zip(titles, cards, strict=True):
        entry = entries[title.service.id]
        entry.row = entry.row or " | ".join(block.text for block in perception.blocks if inside(block.selector, card))
    return list(entries.values())


@dataclass(frozen=True, slots=True)
class _Title:
    """A place that names a registered service. `heads` = links that follow it side by side may be its own."""

    service: Service
    text: str
    selector: str
    heads: bool


def _titles(snapshot: Snapshot, perception: Perception, links: list[Link], *, menus: bool) -> list[_Title]:
    """Where registered services are named: captions, headings, cells and short lines, in page order."""
    found: dict[str, _Title] = {}
    for link in links:
        for text in (link.caption, link.title):
            service, _ = best_service(text, snapshot.services) if text else (None, 0.0)
            if service is not None:
                found.setdefault(link.selector, _Title(service, text, link.selector, heads=False))
    for text, selector in () if menus else _texts(perception):
        service, strength = best_service(text, snapshot.services)
        known = any(inside(other, selector) for other in found)
        if service is not None and strength >= CLEAR and not known:
            found.setdefault(selector, _Title(service, text, selector, heads=True))
    return sorted(found.values(), key=lambda title: position(title.selector))


def _cards(titles: list[_Title]) -> list[str]:
    """For each title the selector of the largest element around it that names no other service."""
    holders: dict[str, set[str]] = {}
    for title in titles:
        for outer in _outers(title.selector):
            holders.setdefault(outer, set()).add(title.service.id)
    cards = []
    for title in titles:
        outers = [outer for outer in _outers(title.selector) if len(holders[outer]) == 1]
        # With one service on the page everything would be its card; then only its own parent is.
        cards.append(outers[-1] if len(holders.get("html", {"", "-"})) > 1 else outers[min(1, len(outers) - 1)])
    return cards


def _outers(selector: str) -> Iterator[str]:
    """The element and all that it stands in, from the inside out."""
    steps = selector.split(" > ")
    for count in range(len(steps), 0, -1):
        yield " > ".join(steps[:count])


def _owner(link: Link, titles: list[_Title], cards: list[str]) -> _Title | None:
    for title, card in zip(titles, cards, strict=True):
        if inside(link.selector, card):
            return title
    place = position(link.selector)
    before = next((title for title in reversed(titles) if position(title.selector) < place), None)
    if before is None or not before.heads:
        return None
    parent = before.selector.rpartition(" > ")[0]
    return before if parent and inside(link.selector, parent) else None


def _unregistered(snapshot: Snapshot, link: Link) -> str | None:
    """The title of a service that the register does not have, from a link to a page about it; None for other links."""
    if not 0 < len(link.caption.split()) <= LONGEST_TITLE:
        return None
    beside = bool(lexicon().groups_in(link.caption) & {"service-start", "service-details"})
    if beside and not 0 < len(link.near.split()) <= LONGEST_TITLE:
        return None
    target = snapshot.derived(page_table).get(same_address(link.url)) if link.url else None
    if target is None or target is snapshot.home:
        return None
    seen = target.perception
    if max(seen.strength(Label.SERVICE_INFO), seen.strength(Label.SERVICE_PROCESS)) < ABOUT_SERVICE:
        return None
    if seen.strength(Label.SERVICES_LIST) >= ABOUT_SERVICE or seen.page_type == "news-item":
        return None
    return link.near if beside else link.caption


def _texts(perception: Perception) -> Iterator[tuple[str, str]]:
    """Headings and short lines that may be a service's title, each with its selector."""
    for heading in perception.headings:
        if heading.place == "main":
            yield heading.text, heading.selector
    for block in perception.blocks:
        if len(block.text) <= LONGEST_LINE and block.tag in ("li", "td", "th", "dt", "p", "div", "span"):
            yield block.text, block.selector
