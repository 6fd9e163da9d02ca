"""What pages say in words about tracking: codes that are issued, states of a request, messages, ways by phone."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from checks.transparent.service_links import content_links, own_pages
from checks.transparent.tracking_forms import THRESHOLD, TrackingForm, form_score, titles
from config.models import Service
from snapshot.filters import is_news
from snapshot.matching import lexicon
from snapshot.names import name_words
from snapshot.ownership import agency_words
from snapshot.perception.models import Perception
from snapshot.reader import Page, Snapshot
from snapshot.service_parts import family
from snapshot.text import fold, squeeze

STAGES = 3
"""Different states of a request from which they count as a list of stages."""
MANY_LINKS = 12
"""Linked pages that are read for a guide; more than that is a list, not a reference."""
STEM = 5
"""First letters in which two words agree that are forms of one word."""
SHORTEST_TITLE = 6
"""Letters from which a service's title is found inside a sentence."""

_ORIGIN = frozenset({"tracking-code-word", "tracking-code-origin"})
_NO_PROMISE = frozenset({"tracking-not-possible", "tracking-lease", "tracking-parcel"})
_NOTICE = frozenset({"tracking-notice", "tracking-change"})
_QUOTED = re.compile(r"[«“\"]([^«»“”\"]{4,80})[»”\"]")
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
    near = [said for said in statements(entry.page) if words.has(said.text, "tracking-code-pronoun")]
    for said in (*fields, *near):
        if words.has(said.text, "tracking-code-origin") and not words.has(said.text, "tracking-lease"):
            return said
    return _first(snapshot, service, entry, lambda told: told.origin)


def stages(snapshot: Snapshot, service: Service, entry: TrackingForm) -> Said | None:
    """The list of states that a tracked request goes through, at the form, in its guide or on the service's page."""
    return _first(snapshot, service, entry, lambda told: told.stages)


def change_notice(snapshot: Snapshot, service: Service, entry: TrackingForm) -> Said | None:
    """The promise to tell the applicant of each change of status; a message that only carries the code is none."""
    return _first(snapshot, service, entry, lambda told: told.notice)


def code_without_form(snapshot: Snapshot, service: Service) -> Said | None:
    """The sentence by which a code is issued for this service, or its state told by phone, message or in an account."""
    words = lexicon()
    for page in own_pages(snapshot, service):
        for said in statements(page):
            if words.groups_in(said.text) & _NO_PROMISE:
                continue
            issued = words.has(said.text, "tracking-code-word") and words.has(said.text, "tracking-code-origin")
            told = words.has(said.text, "tracking-code-word") and words.has(said.text, "tracking-by-phone")
            if issued or told:
                return said
    return None


def told_behind_login(snapshot: Snapshot, service: Service) -> Said | None:
    """The sentence by which the service's page sends applicants to their own inbox or account to follow a request."""
    for page in own_pages(snapshot, service):
        for said in statements(page):
            if lexicon().groups_in(said.text) >= {"tracking-inbox", "tracking-word"}:
                return said
    return None


def only_without_web(snapshot: Snapshot, service: Service) -> Said | None:
    """The sentence of the service's own page that leaves the applicant to phone or counter, or denies tracking."""
    words, merely, online = lexicon(), list[Said](), False
    for page in own_pages(snapshot, service):
        for said in statements(page):
            if words.has(said.text, "tracking-not-possible"):
                return said
            afoot = words.has(said.text, "tracking-by-phone") or words.has(said.text, "tracking-in-person")
            tracked = words.has(said.text, "tracking-word") or words.has(said.text, "tracking-result")
            asked = tracked or words.has(said.text, "tracking-code-word") or words.has(said.text, "tracking-state")
            if afoot and asked and words.has(said.text, "tracking-only"):
                return said
            if afoot and tracked and not words.has(said.text, "tracking-online"):
                merely.append(said)
            elif tracked and words.has(said.text, "tracking-online"):
                online = True
    return None if online or not merely else merely[0]


def taken_only_in_person(snapshot: Snapshot, service: Service) -> bool:
    """Whether the service's own page says that requests for it are taken at the counter only.

    Then no general desk or login area of the portal holds them.
    """
    words = lexicon()
    return any(
        words.has(said.text, "tracking-only")
        and words.has(said.text, "counter-only")
        and words.has(said.text, "process-paper")
        for page in own_pages(snapshot, service)
        for said in statements(page)
    )


def named_services(snapshot: Snapshot, entry: TrackingForm) -> frozenset[str]:
    """Services that the form's page says its code is for, by their full titles; empty where it speaks of all."""
    said = [one.text for one in statements(entry.page)]
    limits = [text for text in said if lexicon().groups_in(text) & {"tracking-code-word", "tracking-only"}]
    return frozenset().union(*(services_in(snapshot, text) for text in limits))


def services_in(snapshot: Snapshot, text: str) -> frozenset[str]:
    """Ids of the services whose full title stands in a text, or whose title a quotation in it shortens."""
    squeezed = squeeze(text)
    found = {service.id for quoted in _QUOTED.findall(text) if (service := _shortened(snapshot, quoted)) is not None}
    for service in snapshot.services:
        names = [squeeze(title) for title in (service.title_fa, service.title_en) if title]
        if any(len(name) >= SHORTEST_TITLE and name in squeezed for name in names):
            found.add(service.id)
    return frozenset(found)


def _shortened(snapshot: Snapshot, quoted: str) -> Service | None:
    """The one service whose title holds all telling words of a shorter name («گواهی‌نامه ناخدایی»)."""
    words = telling_words(quoted)
    meant = [one for one in snapshot.services if words and words <= telling_words(one.title_fa, one.title_en)]
    return meant[0] if len(meant) == 1 else None


def of_other_matters(snapshot: Snapshot, service: Service, entry: TrackingForm) -> bool:
    """Whether a form's title names a matter of other services and neither it nor its code's text one of this service.

    «پیگیری پرونده ساختمانی» is for building permits, not for the lease of a market stall.
    """
    named = [text for text in titles(entry.page, entry.form)[:2] if lexicon().has(text, "tracking-word")]
    # Page titles end in the agency's name, whose words are no matter of one service.
    topic = frozenset().union(*(telling_words(text) for text in named)) - agency_words(snapshot.agency)
    kin = family(snapshot, service)
    related = {other.id for other in snapshot.services if _share(topic, telling_words(other.title_fa, other.title_en))}
    if not related or related & kin:
        return False
    own = telling_words(service.title_fa)
    coded = (said for said in statements(entry.page) if lexicon().has(said.text, "tracking-code-word"))
    return not own or not any(own <= name_words(said.text) for said in coded)


def telling_words(*texts: str) -> frozenset[str]:
    """The words of titles that say which matter is meant: not request, permit, status, service and the like."""
    plain = frozenset(fold(phrase) for phrase in lexicon().groups.get("tracking-plain", ()))
    return frozenset(word for text in texts for word in name_words(text) if word not in plain)


def _share(topic: frozenset[str], words: frozenset[str]) -> bool:
    """Whether two sets of words have one in common, inflection aside («ساختمان», «ساختمانی»)."""
    return any(
        one == other or (min(len(one), len(other)) >= STEM and one[:STEM] == other[:STEM])
        for one in topic
        for other in words
    )


def posted_item(snapshot: Snapshot, service: Service) -> Said | None:
    """The sentence by which the service's page lets the posted item be tracked, not the request."""
    for page in own_pages(snapshot, service):
        for said in statements(page):
            if lexicon().groups_in(said.text) >= {"tracking-parcel", "tracking-word"}:
                return said
    return None


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


@dataclass(frozen=True)
class _Told:
    """What one page says of tracking: where a code comes from, the states of a request, messages on its changes."""

    origin: Said | None
    stages: Said | None
    notice: Said | None


def _first(
    snapshot: Snapshot, service: Service, entry: TrackingForm, fact: Callable[[_Told], Said | None]
) -> Said | None:
    """The first of the form's page, its guides and the service's pages that says a thing."""
    told = snapshot.derived(_told_on_pages)
    for page in (entry.page, *guides(snapshot, entry.page), *own_pages(snapshot, service)):
        found = fact(told[page.page_id]) if page.page_id in told else None
        if found is not None:
            return found
    return None


def _told_on_pages(snapshot: Snapshot) -> dict[str, _Told]:
    return {page.page_id: _told_on(page) for page in snapshot.pages if not is_news(page.perception)}


def _told_on(page: Page) -> _Told:
    words = lexicon()
    origin = notice = None
    for said in statements(page):
        groups = words.groups_in(said.text)
        if origin is None and groups >= _ORIGIN and "tracking-lease" not in groups:
            origin = said
        if notice is None and groups >= _NOTICE:
            notice = said
    return _Told(origin, _stages_on(page), notice)


def _stages_on(page: Page) -> Said | None:
    """States named together: in one sentence or table, or in the blocks and steps under one heading.

    Words such as status lead them in; on the page of a tracking form a list of nothing but states needs no such words.
    """
    words, perception = lexicon(), page.perception
    groups: dict[str, list[tuple[str, str]]] = {}
    for block in perception.blocks:
        groups.setdefault(block.heading, []).append((block.selector, block.text))
    for steps in perception.step_lists:
        groups.setdefault(steps.heading, []).extend((steps.selector, step.text) for step in steps.steps)
    for table in perception.tables:
        cells = (*table.header, *(cell for row in table.rows for cell in row))
        groups.setdefault(table.caption or table.selector, []).extend((table.selector, cell) for cell in cells)
    tracked = any(form_score(page, form) >= THRESHOLD for form in perception.forms)
    for heading, parts in groups.items():
        text = " ، ".join(part for _, part in parts)
        states = {match.phrase for match in words.words(text, "tracking-status")}
        named = words.has(f"{heading} {text}", "tracking-status-lead")
        if len(states) < STAGES:
            continue
        listed = tracked and sum(_is_state(part) for _, part in parts) >= STAGES
        if listed or (named and _about_requests(heading, text, page)):
            return Said(page, parts[0][0], text)
    return None


def _is_state(text: str) -> bool:
    """Whether a text is the name of a state and hardly more."""
    found = max((len(match.quote) for match in lexicon().words(text, "tracking-status")), default=0)
    return found * 2 > len(text)


def _about_requests(heading: str, text: str, page: Page) -> bool:
    words = lexicon()
    return any(
        words.has(said, "tracking-request") or words.has(said, "tracking-word") or words.has(said, "tracking-complaint")
        for said in (heading, text, page.perception.title)
    )
