"""Services that one page lists, each with the links of its row or card."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from config.models import Service
from config.vocabulary import Label
from snapshot.matching import lexicon
from snapshot.perception.models import Link, Perception
from snapshot.reader import Page, Snapshot, same_address
from snapshot.service_pages import CLEAR, best_service, page_table
from snapshot.text import squeeze

ABOUT_SERVICE = 0.5
"""Strength of a service label from which a link's target shows that its caption is a service's title."""
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
    """Services listed in a page's content (with `menus`, in its menus), in page order."""
    entries: dict[str, Entry] = {}
    perception = page.perception
    for link in perception.links:
        if link.place != ("menu" if menus else "main") or link.kind in ("mail", "phone", "empty", "fragment"):
            continue
        found = _entry_of(snapshot, link)
        if found is not None:
            key, title, service = found
            entries.setdefault(key, Entry(title, service, link.selector)).links.append(link)
    if not menus:
        for text, selector, row in _texts(perception):
            service, strength = best_service(text, snapshot.services)
            if service is not None and strength >= CLEAR:
                entry = entries.setdefault(service.id, Entry(text, service, selector))
                entry.row = entry.row or row
    return list(entries.values())


def _entry_of(snapshot: Snapshot, link: Link) -> tuple[str, str, Service | None] | None:
    """Key, title and registered service of the entry that a link belongs to; None where it belongs to none."""
    services = snapshot.services
    for text in (link.caption, link.title, link.near):
        service, _ = best_service(text, services) if text else (None, 0.0)
        if service is not None:
            return service.id, text, service
    if not 0 < len(link.caption.split()) <= LONGEST_TITLE:
        return None
    words = lexicon().groups_in(link.caption)
    if link.near and words & {"service-start", "service-details"} and len(link.near.split()) <= LONGEST_TITLE:
        return squeeze(link.near), link.near, None
    target = snapshot.derived(page_table).get(same_address(link.url)) if link.url else None
    if target is None or target is snapshot.home:
        return None
    seen = target.perception
    if max(seen.strength(Label.SERVICE_INFO), seen.strength(Label.SERVICE_PROCESS)) < ABOUT_SERVICE:
        return None
    if seen.strength(Label.SERVICES_LIST) >= ABOUT_SERVICE or seen.page_type == "news-item":
        return None
    return squeeze(link.caption), link.caption, None


def _texts(perception: Perception) -> Iterator[tuple[str, str, str]]:
    """Headings, cells and short lines that may be a service's title, each with its selector and row."""
    for heading in perception.headings:
        if heading.place == "main":
            yield heading.text, heading.selector, ""
    for table in perception.tables:
        for row in table.rows:
            for cell in row[:4]:
                yield cell, table.selector, " | ".join(row)
    for block in perception.blocks:
        if len(block.text) <= 120 and block.tag in ("li", "td", "dt", "p", "div", "span"):
            yield block.text, block.selector, ""
