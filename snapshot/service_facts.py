"""What a portal states of one registered service: code, audience, documents, cost and the like, with values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from config.models import Service
from snapshot.desk_entries import Entry
from snapshot.filters import is_news, template_text
from snapshot.matching import lexicon
from snapshot.perception.models import TextBlock
from snapshot.perception.pair_keys import key_of
from snapshot.perception.phones import phones_in
from snapshot.reader import Page, Snapshot
from snapshot.service_desk import find_service_desk
from snapshot.service_pages import owners, service_pages
from snapshot.service_parts import Part, part_of, within
from snapshot.text import fold

FIELDS = (
    "title", "description", "code", "audience", "documents", "cost", "duration", "legal-basis", "channel", "contact",
)  # fmt: skip
"""The fields that count (ruling U02)."""
TELLING_WORDS = 6
"""Words from which a paragraph describes something."""
_STATED = {
    "states-free": "cost",
    "states-at-once": "duration",
    "states-no-documents": "documents",
    "states-visits": "visits",
}
"""Word groups of plain sentences that state a fact, and the fact (ruling 2.8: a sentence counts like a pair)."""
_AUDIENCE = re.compile(r"\bg2[cbg]\b", re.IGNORECASE)
_SHORTEST_CODE = 4


@dataclass(frozen=True, slots=True)
class Fact:
    """One stated fact: its key, its value in the page's words, and where it stands."""

    key: str
    value: str
    page: Page
    selector: str


def service_facts(snapshot: Snapshot, service: Service) -> tuple[Fact, ...]:
    """Facts stated with a value on the service's own pages, then on the desk's row for it, in the order of the pages.

    Empty values, headings without content and bare links are none (ruling 2.8). Unfilled sample text says nothing of
    the service. Facts of other services on the same page are left out.
    """
    found = [fact for page in _own(snapshot, service) for fact in _on_page(snapshot, service, page)]
    entry = _row(snapshot, service)
    return (*found, *(_on_row(snapshot, service, entry) if entry else ()))


def _own(snapshot: Snapshot, service: Service) -> list[Page]:
    pages = [page for page in service_pages(snapshot, service) if not is_news(page.perception)]
    own = [page for page in pages if service in owners(snapshot, page)]
    return [page for page in own or pages[:1] if not template_text(page.perception)]


def _on_page(snapshot: Snapshot, service: Service, page: Page) -> Iterator[Fact]:
    perception = page.perception
    part = part_of(snapshot, service, page)
    yield Fact("title", perception.title, page, perception.main_selector)
    for pair in perception.pairs:
        if not pair.value or pair.key == "other" or not within(part, pair.selector):
            continue
        if pair.key == "unit":
            yield from _unit(page, pair.selector, pair.value)
        elif pair.key != "audience" or not _lists_all(pair.value):
            yield Fact(pair.key, pair.value, page, pair.selector)
    for block in perception.blocks:
        if within(part, block.selector):
            yield from _of_block(page, block)
    yield from _steps(page, part)
    code = fold(service.code or "")
    if len(code) >= _SHORTEST_CODE and code in fold(perception.main_text):
        yield Fact("code", service.code or "", page, perception.main_selector)
    for link in perception.links:
        if link.place == "main" and link.url and within(part, link.selector):
            groups = lexicon().groups_in(f"{link.caption} {link.title}")
            if "service-start" in groups and "not-a-start" not in groups:
                yield Fact("channel", link.caption, page, link.selector)


def _of_block(page: Page, block: TextBlock) -> Iterator[Fact]:
    """What stands under a heading that names a fact, or a paragraph that describes the service."""
    key = key_of(block.heading) if block.heading else "other"
    words = len(block.text.split())
    if key not in ("other", "title") and words > 1 and fold(block.text) != fold(block.heading):
        yield Fact(key, block.text, page, block.selector)
        return
    for group, stated in _STATED.items():
        if words >= TELLING_WORDS and lexicon().has(block.text, group):
            yield Fact(stated, block.text, page, block.selector)
    if block.tag in ("p", "div", "section", "article") and words >= TELLING_WORDS and key == "other":
        yield Fact("description", block.text, page, block.selector)


def _steps(page: Page, part: Part) -> Iterator[Fact]:
    """The duration of steps counts as duration (ruling U02)."""
    for found in page.perception.step_lists:
        timed = next((step.duration for step in found.steps if step.duration), "")
        if timed and within(part, found.selector):
            yield Fact("duration", timed, page, found.selector)


def _unit(page: Page, selector: str, value: str) -> Iterator[Fact]:
    yield Fact("unit", value, page, selector)
    if any(phone.kind == "landline" for phone in phones_in(value)):
        yield Fact("contact", value, page, selector)


def _row(snapshot: Snapshot, service: Service) -> Entry | None:
    desk = snapshot.derived(find_service_desk)
    entries = desk.entries if desk else ()
    return next((entry for entry in entries if entry.service is not None and entry.service.id == service.id), None)


def _on_row(snapshot: Snapshot, service: Service, entry: Entry) -> Iterator[Fact]:
    """What the desk's row adds: title, code, audience, and the way to the service."""
    desk = snapshot.derived(find_service_desk)
    assert desk is not None
    page, words = desk.page, lexicon()
    yield Fact("title", entry.title, page, entry.selector)
    code = fold(service.code or "")
    if len(code) >= _SHORTEST_CODE and code in fold(entry.row):
        yield Fact("code", service.code or "", page, entry.selector)
    if _AUDIENCE.search(entry.row) and not _lists_all(entry.row):
        yield Fact("audience", entry.row, page, entry.selector)
    for part in entry.row.split(" | "):
        if fold(part) != fold(entry.title) and words.has(part, "audience-word") and len(part.split()) <= 6:
            yield Fact("audience", part, page, entry.selector)
        if words.has(part, "access-place") and fold(part) != fold(entry.title):
            yield Fact("channel", part, page, entry.selector)
    for link in entry.links:
        groups = words.groups_in(f"{link.caption} {link.title}")
        if "service-start" in groups and "not-a-start" not in groups:
            yield Fact("channel", link.caption, page, link.selector)


def _lists_all(value: str) -> bool:
    """A form that prints all choices without a mark says nothing: «G2C G2B G2G»."""
    return {match.lower() for match in _AUDIENCE.findall(value)} == {"g2c", "g2b", "g2g"}
