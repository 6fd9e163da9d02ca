"""Which pages of a portal are about one registered service: by address, national code, title and links."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from config.models import Service
from snapshot.names import likeness, name_parts
from snapshot.places import in_heading
from snapshot.reader import Page, Snapshot, same_address
from snapshot.text import decode_url, fold, squeeze

CODE_REACH = 40
"""Letters between a label such as «کد خدمت» and the code that belongs to it."""
LISTED_TOGETHER = 3
"""Services named by one page from which it is a list and not the page of one of them."""
SHORTEST_CODE = 4
SURE_TITLE, SURE_CODE, LINKED_TITLE, IN_SECTION, CLEAR = 1.0, 0.95, 0.9, 0.8, 0.6

_AS_NUMBER = r"(?<!\d){}(?!\d)"

_LABEL_BEFORE_CODE = re.compile(r"(?:کد|شناسه|شماره|code|id)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Matches:
    """How strongly each page speaks of each service, which pages are a service's own, and how many each page names."""

    strengths: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    own: set[tuple[str, str]] = field(default_factory=set)
    named: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    pages: dict[str, Page] = field(default_factory=dict)

    def add(self, service: Service, page: Page, strength: float, *, own: bool = False) -> None:
        known = self.strengths[service.id]
        known[page.page_id] = max(strength, known.get(page.page_id, 0.0))
        if own:
            self.own.add((service.id, page.page_id))


def service_pages(snapshot: Snapshot, service: Service) -> list[Page]:
    """Pages about a registered service, surest first: information page, start page, service sheet.

    A page counts by the registered address (after redirects), by the national code beside a label, by its title or a
    heading, or as the target of a link that bears the service's title. The portal's home is never one, and a page that
    lists several services is one only where the portal has no other page for this service.
    """
    matches = snapshot.derived(_match_services)
    strengths = matches.strengths.get(service.id, {})
    order = {page_id: place for place, page_id in enumerate(matches.pages)}
    ranked = sorted(strengths, key=lambda page_id: (-strengths[page_id], order[page_id]))
    own = [
        page_id
        for page_id in ranked
        if (service.id, page_id) in matches.own or len(matches.named[page_id]) < LISTED_TOGETHER
    ]
    return [matches.pages[page_id] for page_id in own or ranked]


def owners(snapshot: Snapshot, page: Page) -> tuple[Service, ...]:
    """Services whose own page this is: by its title, first headings or the address that only they register.

    A page that bears the titles of several services as its headings belongs to none of them: it is a list.
    """
    matches = snapshot.derived(_match_services)
    owned = tuple(service for service in snapshot.services if (service.id, page.page_id) in matches.own)
    return owned if len(owned) < LISTED_TOGETHER else ()


def page_table(snapshot: Snapshot) -> dict[str, Page]:
    """Content pages by every address that leads to them (see `same_address`)."""
    table: dict[str, Page] = {}
    for page in snapshot.pages:
        for url in (page.record.url, page.record.requested_url, *page.record.redirects):
            table.setdefault(same_address(url), page)
    return table


def _match_services(snapshot: Snapshot) -> _Matches:
    matches = _Matches()
    services = snapshot.services
    table = snapshot.derived(page_table)
    registered = Counter(same_address(service.url) for service in services if service.url)
    matches.pages = {
        page.page_id: page
        for page in snapshot.pages
        if page is not snapshot.home and page.perception.page_type != "news-item"
    }
    for service in services:
        page = table.get(same_address(service.url)) if service.url else None
        if service.url and page is not None and page.page_id in matches.pages:
            alone = registered[same_address(service.url)] == 1
            matches.add(service, page, SURE_TITLE if alone else CLEAR, own=alone)
    for page in matches.pages.values():
        _match_page(page, services, matches)
    for page in snapshot.pages:
        for service, target in _linked_by_title(page, services, table, matches.own):
            matches.named[page.page_id].add(service.id)
            if target is not page and target.page_id in matches.pages:
                matches.add(service, target, LINKED_TITLE)
    return matches


def _match_page(page: Page, services: tuple[Service, ...], matches: _Matches) -> None:
    """Note which services a page names: as its own subject (title, first heading), in its sections, or by code."""
    perception = page.perception
    headings = [heading for heading in perception.headings if heading.place == "main"]
    top = min((heading.level for heading in headings), default=0)
    subjects = [part for heading in headings[:3] if heading.level == top for part in name_parts(heading.text)]
    for text in (*name_parts(perception.title), *subjects):
        service, strength = best_service(text, services)
        if service is not None:
            matches.add(service, page, strength, own=True)
    sections = [heading.text for heading in headings]
    sections += [pair.value for pair in perception.pairs if pair.key == "title" and pair.value]
    sections += [cell for table in perception.tables for row in table.rows for cell in row[:3]]
    for text in sections:
        service, strength = best_service(text, services)
        if service is not None:
            matches.named[page.page_id].add(service.id)
            matches.add(service, page, min(strength, IN_SECTION))
    folded, address = fold(perception.main_text), decode_url(page.url)
    for service in services:
        code = fold(service.code or "")
        if len(code) >= SHORTEST_CODE and (_code_beside_label(folded, code) or _holds_code(address, code)):
            matches.named[page.page_id].add(service.id)
            matches.add(service, page, SURE_CODE)


def best_service(text: str, services: tuple[Service, ...]) -> tuple[Service | None, float]:
    """The one service that a text names best, and how well (0 to 1); (None, 0) where it names none or several alike."""
    scored = [(max(_title_likeness(text, service)), service) for service in services]
    best = max((score for score, _ in scored), default=0.0)
    leaders = [service for score, service in scored if score == best]
    if best < CLEAR or (len(leaders) > 1 and best < SURE_TITLE):
        return None, 0.0
    return leaders[0], best


def _title_likeness(text: str, service: Service) -> tuple[float, ...]:
    titles = [title for title in (service.title_fa, service.title_en) if title]
    return tuple(likeness(text, title) for title in titles) or (0.0,)


def _code_beside_label(folded: str, code: str) -> bool:
    for hit in re.finditer(_AS_NUMBER.format(re.escape(code)), folded):
        if _LABEL_BEFORE_CODE.search(folded[max(0, hit.start() - CODE_REACH) : hit.start()]):
            return True
    return False


def _holds_code(text: str, code: str) -> bool:
    return re.search(_AS_NUMBER.format(re.escape(code)), text) is not None


def _linked_by_title(
    page: Page, services: tuple[Service, ...], table: dict[str, Page], own: set[tuple[str, str]]
) -> Iterator[tuple[Service, Page]]:
    """Services and the pages that a link with their very title, or standing under it, leads to.

    On a service's own page every link stands under its title, and a link that is a title itself stands under none:
    there only the link's own words count.
    """
    titles = [
        ({squeeze(title) for title in (service.title_fa, service.title_en)} - {""}, service) for service in services
    ]
    for link in page.perception.links:
        target = table.get(same_address(link.url)) if link.url else None
        if target is None:
            continue
        said, near = {squeeze(link.caption), squeeze(link.title)}, squeeze(link.near)
        for names, service in titles:
            under = near in names and (service.id, page.page_id) not in own
            if names & said or (under and not in_heading(page.perception, link.selector)):
                yield service, target
