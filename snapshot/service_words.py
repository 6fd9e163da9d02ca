"""What a portal says in words of one registered service: facts, steps and sentences of its pages, and its desk row."""

from collections.abc import Iterator
from dataclasses import dataclass

from config.models import Service
from snapshot.filters import is_news, template_text
from snapshot.matching import Match, lexicon
from snapshot.perception.pair_keys import key_of
from snapshot.reader import Page, Snapshot
from snapshot.service_desk import find_service_desk
from snapshot.service_facts import service_facts
from snapshot.service_pages import owners, service_pages
from snapshot.service_parts import part_of, within
from snapshot.text import fold


@dataclass(frozen=True, slots=True)
class Said:
    """One text about a service and where it stands. `key` is the fact it states, `step` or `other`."""

    key: str
    text: str
    page: Page
    selector: str


def words_of_service(snapshot: Snapshot, service: Service) -> tuple[Said, ...]:
    """The texts, facts first, each text once."""
    found: dict[str, Said] = {}
    for said in _all(snapshot, service):
        if said.key != "title":
            found.setdefault(said.text, said)
    return tuple(found.values())


def says(text: str, group: str, *, unless: str = "") -> Match | None:
    """The first find of a word group that lies in no find of the other group («حضوری» in «غیر حضوری» is none)."""
    others = lexicon().words(text, unless) if unless else []
    for match in lexicon().words(text, group):
        if not any(other.start <= match.start and match.end <= other.end for other in others):
            return match
    return None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))


def _all(snapshot: Snapshot, service: Service) -> Iterator[Said]:
    for fact in service_facts(snapshot, service):
        yield Said(fact.key, fact.value, fact.page, fact.selector)
    pages = [page for page in service_pages(snapshot, service) if not is_news(page.perception)]
    own = [page for page in pages if service in owners(snapshot, page)]
    for page in own or pages[:1]:
        if template_text(page.perception):
            continue
        part = part_of(snapshot, service, page)
        for pair in page.perception.pairs:
            if pair.key == "other" and pair.value and within(part, pair.selector):
                yield Said("other", f"{pair.label}: {pair.value}", page, pair.selector)
        for steps in page.perception.step_lists:
            if within(part, steps.selector):
                for step in steps.steps:
                    yield Said("step", step.text, page, steps.selector)
        stated = {_letters(text) for pair in page.perception.pairs for text in (pair.label, pair.label + pair.value)}
        for block in page.perception.blocks:
            # A label says nothing, and what stands beside it has been told as a fact.
            if within(part, block.selector) and _letters(block.text) not in stated and key_of(block.text) == "other":
                yield Said("other", block.text, page, block.selector)
    desk = snapshot.derived(find_service_desk)
    entry = next((one for one in desk.entries if one.service == service), None) if desk is not None else None
    if desk is not None and entry is not None:
        yield Said("row", entry.row, desk.page, entry.selector)
