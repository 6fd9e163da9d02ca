"""What pages say in words about tracking: codes that are issued, states of a request, messages, ways by phone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checks.transparent.service_links import content_links, own_pages
from checks.transparent.tracking_forms import TrackingForm
from config.models import Service
from snapshot.filters import is_news
from snapshot.matching import lexicon
from snapshot.perception.models import Perception
from snapshot.reader import Page, Snapshot
from snapshot.text import squeeze

STAGES = 3
"""Different states of a request from which they count as a list of stages."""
MANY_LINKS = 12
"""Linked pages that are read for a guide; more than that is a list, not a reference."""
SHORTEST_TITLE = 6
"""Letters from which a service's title is found inside a sentence."""

_SENTENCE_END = re.compile(r"(?<=[.!؟?؛])\s+|\n+")


@dataclass(frozen=True)
class Said:
    """A sentence of a page, with the element it stands in."""

    page: Page
    selector: str
    text: str


def statements(page: Page) -> Iterator[Said]:
    """The sentences of a page's main content: blocks, label-value pairs and steps, once each, in their order."""
    perception, seen = page.perception, set[str]()
    for selector, text in _passages(perception):
        for sentence in _SENTENCE_END.split(text):
            if sentence and sentence not in seen:
                seen.add(sentence)
                yield Said(page, selector, sentence)


def code_origin(snapshot: Snapshot, service: Service, entry: TrackingForm) -> Said | None:
    """The sentence that says where the code of a form comes from: at the form, in its guide, on the service's page."""
    words = lexicon()
    fields = [Said(entry.page, field.selector, f"{field.label} {field.placeholder}") for field in entry.form.fields]
    pages = [entry.page, *guides(snapshot, entry.page), *own_pages(snapshot, service)]
    for said in (*fields, *(one for page in pages for one in statements(page))):
        if not words.has(said.text, "tracking-code-origin") or words.has(said.text, "tracking-lease"):
            continue
        if words.has(said.text, "tracking-code-word") or _this_code(said, entry):
            return said
    return None


def stages(snapshot: Snapshot, service: Service, entry: TrackingForm) -> Said | None:
    """The list of states that a tracked request goes through, at the form, in its guide or on the service's page."""
    for page in (entry.page, *guides(snapshot, entry.page), *own_pages(snapshot, service)):
        found = _stages_on(page)
        if found is not None:
            return found
    return None


def change_notice(snapshot: Snapshot, service: Service, entry: TrackingForm) -> Said | None:
    """The promise to tell the applicant of each change of status; a message that only carries the code is none."""
    words = lexicon()
    for page in (entry.page, *guides(snapshot, entry.page), *own_pages(snapshot, service)):
        for said in statements(page):
            if words.has(said.text, "tracking-notice") and words.has(said.text, "tracking-change"):
                return said
    return None


def code_without_form(snapshot: Snapshot, service: Service) -> Said | None:
    """The sentence by which a code is issued for this service, or its state told by phone, message or in an account."""
    words = lexicon()
    for page in own_pages(snapshot, service):
        for said in statements(page):
            if words.has(said.text, "tracking-not-possible") or words.has(said.text, "tracking-lease"):
                continue
            issued = words.has(said.text, "tracking-code-word") and words.has(said.text, "tracking-code-origin")
            told = words.has(said.text, "tracking-code-word") and words.has(said.text, "tracking-by-phone")
            if issued or told:
                return said
    return None


def only_without_web(snapshot: Snapshot, service: Service) -> Said | None:
    """The sentence of the service's own page that leaves the applicant to phone or counter, or denies tracking."""
    words = lexicon()
    for page in own_pages(snapshot, service):
        for said in statements(page):
            if words.has(said.text, "tracking-not-possible"):
                return said
            afoot = words.has(said.text, "tracking-by-phone") or words.has(said.text, "tracking-in-person")
            tracked = words.has(said.text, "tracking-word")
            asked = tracked or words.has(said.text, "tracking-code-word") or words.has(said.text, "tracking-state")
            if afoot and asked and words.has(said.text, "tracking-only"):
                return said
            if afoot and tracked and not words.has(said.text, "tracking-online"):
                return said
    return None


def named_services(snapshot: Snapshot, entry: TrackingForm) -> frozenset[str]:
    """Services that the form's page says its code is for, by their full titles; empty where it speaks of all."""
    words = lexicon()
    named: set[str] = set()
    for said in statements(entry.page):
        if words.has(said.text, "tracking-code-word") or words.has(said.text, "tracking-only"):
            text = squeeze(said.text)
            for service in snapshot.services:
                titles = [squeeze(title) for title in (service.title_fa, service.title_en) if title]
                if any(len(title) >= SHORTEST_TITLE and title in text for title in titles):
                    named.add(service.id)
    return frozenset(named)


def sent_by_post(snapshot: Snapshot, service: Service) -> Said | None:
    """The sentence that says that what this service gives comes by post."""
    for page in own_pages(snapshot, service):
        for said in statements(page):
            if lexicon().has(said.text, "tracking-by-post"):
                return said
    return None


def guides(snapshot: Snapshot, page: Page) -> list[Page]:
    """Pages that a page's own content links to, news aside: where its guide may stand."""
    found = {target.page_id: target for _, target in content_links(snapshot, page) if not is_news(target.perception)}
    return list(found.values())[:MANY_LINKS]


def _passages(perception: Perception) -> Iterator[tuple[str, str]]:
    for block in perception.blocks:
        yield block.selector, block.text
    for pair in perception.pairs:
        if pair.value:
            yield pair.selector, f"{pair.label}: {pair.value}"
    for steps in perception.step_lists:
        for step in steps.steps:
            yield steps.selector, step.text


def _this_code(said: Said, entry: TrackingForm) -> bool:
    """Whether a sentence at the form speaks of "the code" without naming it again."""
    return said.page is entry.page and lexicon().has(said.text, "tracking-code-pronoun")


def _stages_on(page: Page) -> Said | None:
    """States named together: in one sentence or table, or in the blocks and steps under one heading."""
    words, perception = lexicon(), page.perception
    groups: dict[str, list[tuple[str, str]]] = {}
    for block in perception.blocks:
        groups.setdefault(block.heading, []).append((block.selector, block.text))
    for steps in perception.step_lists:
        groups.setdefault(steps.heading, []).extend((steps.selector, step.text) for step in steps.steps)
    for table in perception.tables:
        cells = " ، ".join((*table.header, *(cell for row in table.rows for cell in row)))
        groups.setdefault(table.caption or table.selector, []).append((table.selector, cells))
    for heading, parts in groups.items():
        text = " ، ".join(part for _, part in parts)
        states = {match.phrase for match in words.words(text, "tracking-status")}
        named = words.has(f"{heading} {text}", "tracking-status-lead")
        if len(states) >= STAGES and named and _about_requests(heading, text, page):
            return Said(page, parts[0][0], text)
    return None


def _about_requests(heading: str, text: str, page: Page) -> bool:
    words = lexicon()
    return any(
        words.has(said, "tracking-request") or words.has(said, "tracking-word") or words.has(said, "tracking-complaint")
        for said in (heading, text, page.perception.title)
    )
