"""Where on the portal the process of one service may stand: its pages, its part of a shared page, linked pages."""

from dataclasses import dataclass

from checks.transparent.service_links import content_links, own_pages
from config.models import Service
from snapshot.filters import is_news
from snapshot.matching import lexicon
from snapshot.perception.models import Heading
from snapshot.places import position
from snapshot.reader import Page, Snapshot
from snapshot.service_pages import best_service
from snapshot.service_parts import part_of, within


@dataclass(frozen=True)
class ProcessPlace:
    """A page, or the part of it, that speaks of one service.

    `start` and `end` are document positions between which the service is spoken of (None = to the page's edge).
    `caption` is the text of the link that led from the service's page here, empty on the service's own page. `shared`
    says that other services' pages lead here as well.
    """

    page: Page
    start: tuple[int, ...] | None = None
    end: tuple[int, ...] | None = None
    caption: str = ""
    shared: bool = False

    @property
    def own(self) -> bool:
        """Whether this is the service's own page, not one that it links to."""
        return not self.caption

    def holds(self, selector: str) -> bool:
        """Whether an element stands in the part that speaks of the service."""
        return within((self.start, self.end), selector)

    def heading_of(self, selector: str) -> str:
        """The nearest heading of the main content above an element, inside this place."""
        at = position(selector)
        above = [h.text for h in self.headings if position(h.selector) < at]
        return above[-1] if above else ""

    def lead_of(self, selector: str) -> str:
        """The sentence that leads in a list: the last text block above it, where it ends with a colon."""
        at = position(selector)
        above = [block.text for block in self.page.perception.blocks if position(block.selector) < at]
        return above[-1] if above and above[-1].rstrip().endswith(":") else ""

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Headings of the main content in this place."""
        return tuple(
            heading
            for heading in self.page.perception.headings
            if heading.place == "main" and self.holds(heading.selector)
        )

    @property
    def is_file(self) -> bool:
        """Whether it is a document such as a PDF, not a page."""
        kind = (self.page.record.content_type or "").lower()
        return self.page.perception.page_type == "document" or "pdf" in kind


def process_places(snapshot: Snapshot, service: Service) -> list[ProcessPlace]:
    """The service's own pages first, then the pages that these link to as the process; news is left out."""
    own = [page for page in own_pages(snapshot, service) if not _is_general(snapshot, page)]
    places = [_part(snapshot, service, page) for page in own]
    known = {page.page_id for page in own}
    for page in own:
        for link, target in content_links(snapshot, page):
            caption = " ".join(part for part in (link.caption, link.title) if part)
            if target.page_id in known or is_news(target.perception) or not names_process(caption):
                continue
            known.add(target.page_id)
            shared = len(snapshot.derived(_led_from).get(target.page_id, ())) > 1
            place = _part(snapshot, service, target)
            places.append(ProcessPlace(target, place.start, place.end, link.caption or link.title, shared))
    return places


def names_process(text: str) -> bool:
    """Whether a caption or heading names a process, and not its improvement or a trend."""
    return lexicon().has(text, "process-heading") and not lexicon().has(text, "process-not")


def _is_general(snapshot: Snapshot, page: Page) -> bool:
    """A page to which several services link as their process and which names none of them itself."""
    if len(snapshot.derived(_led_from).get(page.page_id, ())) < 2 or page.record.service is not None:
        return False
    named = (page.perception.title, *(heading.text for heading in page.perception.headings if heading.place == "main"))
    return all(best_service(text, snapshot.services)[0] is None for text in named)


def _part(snapshot: Snapshot, service: Service, page: Page) -> ProcessPlace:
    start, end = part_of(snapshot, service, page)
    return ProcessPlace(page, start, end)


def _led_from(snapshot: Snapshot) -> dict[str, set[str]]:
    """For each page, the services (a parent for its sub-services) whose own pages link to it as the process."""
    led: dict[str, set[str]] = {}
    for service in snapshot.services:
        for page in own_pages(snapshot, service):
            for link, target in content_links(snapshot, page):
                if names_process(f"{link.caption} {link.title}"):
                    led.setdefault(target.page_id, set()).add(service.parent or service.id)
    return led
