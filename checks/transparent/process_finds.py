"""What looks like a process at a place: lists of steps, charts, sentences; false friends left out (indicators T01)."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from checks.transparent.inline_steps import FEWEST_STEPS, LONGEST_STEP, count_of, inline_steps, says_something, step_of
from checks.transparent.process_places import ProcessPlace, names_process
from checks.transparent.service_links import own_pages
from config.models import Service
from config.vocabulary import Label
from snapshot.matching import lexicon
from snapshot.perception.models import Image, Step, StepList, TextBlock
from snapshot.reader import Snapshot
from snapshot.text import fold, url_words

SMALLEST_CHART = 200
"""Pixels of width below which an image is an ornament, not a chart."""
TITLE_LETTERS = 40
"""Letters at the start of a text in which it may bear its own title («مراحل انجام کار: ۱- ...»)."""
SENTENCE_WORDS = 5
"""Words from which a text under a process heading says something."""

Medium = Literal["text", "file", "image-text", "image", "sentence", "general"]
_ARTICLE = re.compile(r"^(?:the|a|an|your)\s+")
_LETTERS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class ProcessFound:
    """One find: its medium, the steps it has (none where only an image or a sentence), and how it is quoted.

    `reused` says that the same chart or the same steps stand with several services.
    """

    place: ProcessPlace
    selector: str
    quote: str
    medium: Medium
    steps: tuple[Step, ...] = ()
    reused: bool = False


def processes(snapshot: Snapshot, service: Service, place: ProcessPlace, *, shared_by: int) -> Iterator[ProcessFound]:
    """Everything at a place that shows or tells a process of the service."""
    if _is_internal(place) or (
        _is_about_signup(place.page.perception.title) and not _is_about_signup(service.title_fa)
    ):
        return
    yield from _step_finds(snapshot, service, place, shared_by)
    yield from _chart_finds(snapshot, place, shared_by)
    yield from _sentence_finds(place)
    if place.caption and (place.shared or place.is_file):
        medium: Medium = "image" if place.is_file and not place.page.perception.main_text.strip() else "general"
        yield ProcessFound(place, "html > body", place.caption, medium)


def real_steps(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Steps that say something: rows of dots, blanks and bare numbers of an empty form are none."""
    return tuple(step for step in steps if says_something(step.text))


def _step_finds(snapshot: Snapshot, service: Service, place: ProcessPlace, shared_by: int) -> Iterator[ProcessFound]:
    for found in place.page.perception.step_lists:
        steps = real_steps(found.steps)
        if not place.holds(found.selector) or not _is_process(service, place, found, steps):
            continue
        heading = found.heading or place.heading_of(found.selector)
        quote = f"{heading}: " + " ← ".join(step.text for step in steps)
        if len(steps) < FEWEST_STEPS:
            yield ProcessFound(place, found.selector, quote, "sentence", steps)
            continue
        reused = _is_reused(snapshot, snapshot.derived(_services_by_steps).get(_key(steps), set()), shared_by)
        yield ProcessFound(place, found.selector, quote, "file" if place.is_file else "text", steps, reused)


def _is_process(service: Service, place: ProcessPlace, found: StepList, steps: tuple[Step, ...]) -> bool:
    words = lexicon()
    heading = found.heading or place.heading_of(found.selector)
    if not steps or words.has(heading, "process-not") or words.has(heading, "process-internal"):
        return False
    if words.has(heading, "process-documents") and not names_process(heading):
        return False
    page_is_process = place.page.perception.strength(Label.SERVICE_PROCESS) > 0.5 or names_process(place.caption)
    titled = (
        names_process(heading)
        or names_process(place.lead_of(found.selector))
        or _in_process_row(place, steps)
        or (page_is_process and (not heading or names_process(place.page.perception.title)))
    )
    if not names_process(heading) and found.form == "list" and not _tells_acts(steps):
        return False
    if found.form == "list" and _are_alternatives(steps):
        return False
    own_numbering = found.form in ("paragraphs", "table") and place.own and not heading
    if not titled and not own_numbering and not _is_told_as_process(found, steps):
        return False
    return not _is_legal(place, heading, steps) and (
        _is_about_signup(service.title_fa) or not _tells_signup(heading, steps)
    )


def _tells_acts(steps: tuple[Step, ...]) -> bool:
    """Whether a third of the entries tells what is done; conditions and rights tell what somebody is or has."""
    words = lexicon()
    acts = sum(words.has(step.text, "process-applicant") or words.has(step.text, "process-action") for step in steps)
    return acts * 3 >= len(steps)


def _are_alternatives(steps: tuple[Step, ...]) -> bool:
    """Entries that are no sequence.

    Most begin alike: one thing for several cases ("Replace a passport", "Replace a card"). Or most are as long as
    sections: panels that unfold, each on a matter of its own.
    """
    if sum(len(step.text) > LONGEST_STEP for step in steps) * 2 > len(steps):
        return True
    begun = (_ARTICLE.sub("", fold(step.text)) for step in steps if step.text and not step.text[0].isdigit())
    first = Counter(text.split()[0] for text in begun if text.strip())
    return len(steps) > 3 and bool(first) and max(first.values()) * 3 >= len(steps) * 2


def _in_process_row(place: ProcessPlace, steps: tuple[Step, ...]) -> bool:
    """Whether the list is the value of a row of the service's sheet that is called the process."""
    rows = [pair.value for pair in place.page.perception.pairs if names_process(pair.label)]
    return any(all(step.text in value for step in steps[:2]) for value in rows)


def _is_told_as_process(found: StepList, steps: tuple[Step, ...]) -> bool:
    """Steps under a strange heading that state durations or units, or of which most tell what an applicant does."""
    if sum(bool(step.duration or step.unit) for step in steps) * 2 > len(steps):
        return True
    acting = sum(lexicon().has(step.text, "process-applicant") for step in steps)
    return found.form != "list" and acting * 2 > len(steps)


def _is_legal(place: ProcessPlace, heading: str, steps: tuple[Step, ...]) -> bool:
    """Stages that a law lists: its title says so, or its clauses are counted as clauses."""
    words = lexicon()
    marked = sum(bool(words.words(step.text[:40], "process-law-mark")) for step in steps)
    titled = words.has(heading, "process-legal") or words.has(place.page.perception.title, "process-legal")
    return marked * 2 >= len(steps) or (titled and marked > 0)


def _tells_signup(heading: str, steps: tuple[Step, ...]) -> bool:
    told = sum(_is_about_signup(step.text) for step in steps)
    return _is_about_signup(heading) or told * 2 >= len(steps)


def _is_about_signup(text: str) -> bool:
    return lexicon().has(text, "process-signup")


def _is_internal(place: ProcessPlace) -> bool:
    """A process inside the organisation: named so, and no word of an applicant's doing in its steps."""
    words = lexicon()
    heads = (place.page.perception.title, place.caption, *(heading.text for heading in place.headings[:3]))
    if not any(words.has(text, "process-internal") for text in heads):
        return False
    steps = [step.text for found in place.page.perception.step_lists for step in found.steps]
    return not any(words.has(text, "process-applicant") for text in steps)


def _chart_finds(snapshot: Snapshot, place: ProcessPlace, shared_by: int) -> Iterator[ProcessFound]:
    for image in place.page.perception.images:
        if not place.holds(image.selector) or not _is_chart(place, image):
            continue
        reused = _is_reused(snapshot, snapshot.derived(_services_by_image).get(image.url, set()), shared_by)
        steps = inline_steps(image.alt, commas=True)
        medium: Medium = "image-text" if steps else "image"
        yield ProcessFound(place, image.selector, image.alt or image.near or place.caption, medium, steps, reused)


def _is_chart(place: ProcessPlace, image: Image) -> bool:
    words = lexicon()
    named = (image.alt, url_words(image.url))
    if any(words.has(text, "process-not-chart") for text in named):
        return False
    if image.width is not None and image.width < SMALLEST_CHART:
        return False
    near = image.near or place.heading_of(image.selector)
    if names_process(near):
        return True
    return any(words.has(text, "process-chart") and not words.has(text, "process-not") for text in named)


def _sentence_finds(place: ProcessPlace) -> Iterator[ProcessFound]:
    """Text under a process heading, a pair of that name, or one sentence that tells two doings in turn."""
    words, perception = lexicon(), place.page.perception
    if not place.own:
        return
    yield from _counted_blocks(place)
    listed = {found.selector for found in perception.step_lists}
    for pair in perception.pairs:
        said = pair.value and pair.selector not in listed and names_process(pair.label)
        if said and place.holds(pair.selector) and _tells(pair.value):
            quote, steps = f"{pair.label}: {pair.value}", inline_steps(pair.value)
            yield ProcessFound(place, pair.selector, quote, "text" if steps else "sentence", steps)
    unmade = {block.heading for block in perception.blocks if words.has(block.text, "construction")}
    for block in perception.blocks:
        if not place.holds(block.selector) or block.tag in ("li", "th") or not _tells(block.text):
            continue
        if _tells_signup(block.heading, (Step(block.text),)) or words.words(block.text[:40], "process-law-mark"):
            continue
        if block.heading in unmade and names_process(block.heading):
            continue
        doings = {match.phrase for match in words.words(block.text, "process-action")}
        acted = _tells_doings(block.text, doings)
        titled = names_process(block.heading) or names_process(block.text[:TITLE_LETTERS])
        # A sentence on doings may name an article ("the commission of article 100"); a mere rule tells none.
        legal = words.has(block.text, "process-legal") and not acted
        if ((titled and doings) or acted) and not legal:
            steps = inline_steps(block.text) if titled else ()
            yield ProcessFound(place, block.selector, block.text, "text" if steps else "sentence", steps)


def _tells_doings(text: str, doings: set[str]) -> bool:
    """Whether a text says in turn what is done: two doings with a paper, or two verbs, one of them the applicant's."""
    words = lexicon()
    if words.has(text, "process-applicant") and words.has(text, "process-paper") and len(doings) > 1:
        return True
    if words.has(text, "tracking-word") or words.has(text, "tracking-complaint"):
        return False
    asked = {match.phrase for match in words.words(text, "process-told-to")}
    if asked and words.has(text, "counter-only") and words.has(text, "process-paper"):
        return True  # "go to the branch with the form" (ruling T01)
    done = {match.phrase for match in words.words(text, "process-told-of")}
    applies = bool(asked) or words.has(text, "process-applicant")
    return applies and len(asked | done) > 1


def _counted_blocks(place: ProcessPlace) -> Iterator[ProcessFound]:
    """Blocks of their own that count 1, 2, 3 under a process heading, whatever they are made of."""
    counted: dict[str, list[TextBlock]] = {}
    for block in place.page.perception.blocks:
        begun = counted.setdefault(block.heading, [])
        if place.holds(block.selector) and names_process(block.heading) and count_of(block.text) == len(begun) + 1:
            begun.append(block)
    for heading, blocks in counted.items():
        steps = real_steps(tuple(step_of(block.text) for block in blocks))
        if len(steps) >= FEWEST_STEPS and not _is_legal(place, heading, steps) and not _tells_signup(heading, steps):
            quote = f"{heading}: " + " ← ".join(step.text for step in steps)
            yield ProcessFound(place, blocks[0].selector, quote, "file" if place.is_file else "text", steps)


def _tells(text: str) -> bool:
    return len(_LETTERS.findall(text)) >= SENTENCE_WORDS


def _is_reused(snapshot: Snapshot, services: set[str], shared_by: int) -> bool:
    """Whether so many services share a thing, not all of them sub-services of one."""
    parents = {service.parent or service.id for service in snapshot.services if service.id in services}
    return len(services) >= shared_by and len(parents) > 1


def _key(steps: tuple[Step, ...]) -> tuple[str, ...]:
    return tuple(fold(step.text) for step in steps)


def _services_by_image(snapshot: Snapshot) -> dict[str, set[str]]:
    """For each image address, the services on whose own pages it stands."""
    found: dict[str, set[str]] = {}
    for service in snapshot.services:
        for page in own_pages(snapshot, service):
            for image in page.perception.images:
                found.setdefault(image.url, set()).add(service.id)
    return found


def _services_by_steps(snapshot: Snapshot) -> dict[tuple[str, ...], set[str]]:
    """For each list of steps, the services on whose own pages it stands word for word."""
    found: dict[tuple[str, ...], set[str]] = {}
    for service in snapshot.services:
        for page in own_pages(snapshot, service):
            for steps in page.perception.step_lists:
                found.setdefault(_key(real_steps(steps.steps)), set()).add(service.id)
    return found
