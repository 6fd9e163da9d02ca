"""Whether a page is reached from a service's own page: by its content or its desk row, not by the global menu."""

from collections import defaultdict
from dataclasses import dataclass

from config.models import Service
from snapshot.filters import is_news
from snapshot.perception.models import Link
from snapshot.places import in_heading
from snapshot.portal import service_pages
from snapshot.reader import Page, Snapshot, same_address
from snapshot.service_pages import best_service, page_table


@dataclass(frozen=True)
class WayFromService:
    """How one gets from a service to a page: first page and link of the way, and its clicks (0 = on the very page)."""

    page: Page
    link: Link | None
    clicks: int


def own_pages(snapshot: Snapshot, service: Service) -> list[Page]:
    """The pages about a service that are no news."""
    return [page for page in service_pages(snapshot, service) if not is_news(page.perception)]


def way_from_service(snapshot: Snapshot, service: Service, target: Page) -> WayFromService | None:
    """The shortest way of at most two clicks through content; None where there is none.

    Home is no way station: what home leads to is linked from everywhere.
    """
    pages = own_pages(snapshot, service)
    for page in pages:
        if page.page_id == target.page_id or _frames(snapshot, page, target):
            return WayFromService(page, None, 0)
    for page in pages:
        for link, following in content_links(snapshot, page):
            if following.page_id == target.page_id:
                return WayFromService(page, link, 1)
    return _by_click(pages, target) or _by_desk_row(snapshot, service, target) or _by_two(snapshot, pages, target)


def content_links(snapshot: Snapshot, page: Page) -> list[tuple[Link, Page]]:
    """Links of a page's main content with the content pages behind them, home and the page itself left aside."""
    return snapshot.derived(_content_links).get(page.page_id, [])


def services_of(snapshot: Snapshot, page: Page, *texts: str) -> frozenset[str]:
    """Ids of the services that a page belongs to: it is theirs alone, or the texts name one of them."""
    owners = snapshot.derived(_owners).get(page.page_id, frozenset())
    named = [best_service(text, snapshot.services)[0] for text in texts if text]
    return owners | {service.id for service in named if service is not None}


def _content_links(snapshot: Snapshot) -> dict[str, list[tuple[Link, Page]]]:
    table, found = snapshot.derived(page_table), defaultdict[str, list[tuple[Link, Page]]](list)
    for page in snapshot.pages:
        for link in page.perception.links:
            if link.place != "main" or not link.url or link.kind not in ("page", "document"):
                continue
            target = table.get(same_address(link.url))
            if target is not None and target.page_id != page.page_id and target is not snapshot.home:
                found[page.page_id].append((link, target))
    return dict(found)


def _desk_rows(snapshot: Snapshot) -> dict[tuple[str, str], tuple[Page, Link]]:
    """For a service and a page: where a link to that page stands in a row or under a title that names the service."""
    found: dict[tuple[str, str], tuple[Page, Link]] = {}
    named: dict[str, Service | None] = {}
    for page in snapshot.pages:
        for link, target in content_links(snapshot, page):
            if link.near not in named:
                named[link.near] = best_service(link.near, snapshot.services)[0] if link.near else None
            service = named[link.near]
            if service is not None and not in_heading(page.perception, link.selector):
                found.setdefault((service.id, target.page_id), (page, link))
    return found


def _owners(snapshot: Snapshot) -> dict[str, frozenset[str]]:
    """For each page that is about one service only: that service."""
    owners: dict[str, set[str]] = {}
    for service in snapshot.services:
        for page in own_pages(snapshot, service):
            owners.setdefault(page.page_id, set()).add(service.id)
    return {page_id: frozenset(ids) for page_id, ids in owners.items() if len(ids) == 1}


def _frames(snapshot: Snapshot, page: Page, target: Page) -> bool:
    return any(
        (framed := snapshot.page_at(url)) is not None and framed.page_id == target.page_id
        for url in page.perception.frames
    )


def _by_click(pages: list[Page], target: Page) -> WayFromService | None:
    """A script or postback link of the service's content that the visit clicked to get to the page."""
    for step in target.record.click_path:
        if step.how != "click":
            continue
        for page in pages:
            for link in page.perception.links:
                if page.url == step.url and link.place == "main" and link.caption == step.text:
                    return WayFromService(page, link, 1)
    return None


def _by_desk_row(snapshot: Snapshot, service: Service, target: Page) -> WayFromService | None:
    found = snapshot.derived(_desk_rows).get((service.id, target.page_id))
    return None if found is None else WayFromService(*found, 1)


def _by_two(snapshot: Snapshot, pages: list[Page], target: Page) -> WayFromService | None:
    for page in pages:
        for link, station in content_links(snapshot, page):
            if any(following.page_id == target.page_id for _, following in content_links(snapshot, station)):
                return WayFromService(page, link, 2)
    return None
