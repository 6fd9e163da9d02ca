"""What an entry of a service desk leads to: information, a start point, only files, or nothing that was seen."""

from collections.abc import Iterator
from dataclasses import dataclass

from config.vocabulary import Cause
from snapshot.desk_entries import Entry
from snapshot.filters import is_construction, is_soft_404, is_visible
from snapshot.hosts import OwnHosts
from snapshot.matching import lexicon
from snapshot.perception.models import Link
from snapshot.places import heading_above
from snapshot.reader import Page, Snapshot, same_address
from snapshot.service_desk import ServiceDesk
from snapshot.service_pages import best_service, page_table
from snapshot.start_points import begins_service, says_start

ENOUGH_WORDS = 25
"""Words from which a page or section says something about its service."""
BARRED = frozenset({Cause.LOGIN, Cause.CAPTCHA})
"""Causes that show a system standing there, though it does not let us in; a block or robots.txt shows nothing."""


@dataclass(frozen=True, slots=True)
class Start:
    """A point where the service begins: form, login or system. `seen` = the visit read it."""

    page: Page
    selector: str
    quote: str
    seen: bool


@dataclass(frozen=True, slots=True)
class Led:
    """Where one entry leads. `lost` are causes of targets that were asked for and did not answer."""

    entry: Entry
    information: Page | None
    start: Start | None
    only_files: bool
    unseen: bool
    lost: tuple[Cause, ...]

    @property
    def complete(self) -> bool:
        """Whether both information and a start point are there."""
        return self.information is not None and self.start is not None

    @property
    def undecided(self) -> bool:
        """Whether what is missing may lie behind addresses that the visit could not read."""
        return not self.complete and (self.unseen or bool(self.lost))


def follow(snapshot: Snapshot, desk: ServiceDesk, entry: Entry) -> Led:
    """Follow the links of an entry, and from its information page the links that start the service."""
    information: Page | None = None
    start: Start | None = None
    files = pages = 0
    unseen = False
    lost: list[Cause] = []
    for link in entry.links:
        target = target_of(snapshot, link)
        if target is None:
            started, open_, cause = _without_page(snapshot, desk.page, link)
            start, unseen = start or started, unseen or open_
            lost += [cause] if cause else []
            continue
        if target.perception.page_type == "document":
            files += 1
            continue
        pages += 1
        start = start or _start_on(target) or (_start_from(snapshot, target, entry) if says_start(link) else None)
        if information is None and _informs(target):
            information = target
    if information is None and _section(desk.page, entry):
        information = desk.page
    if start is None and information is not None:
        start = _start_from(snapshot, information, entry)
        unseen = unseen or _leads_unseen(snapshot, information)
    if start is None and information is not None and entry.service is not None and entry.service.instant:
        # What is given at once, such as a calendar or a price, is had on the page itself.
        start = Start(information, information.perception.main_selector, entry.title, seen=True)
    only_files = files > 0 and pages == 0 and start is None
    return Led(entry, information, start, only_files, unseen, tuple(lost))


def target_of(snapshot: Snapshot, link: Link) -> Page | None:
    """The content page behind a link; None for home itself, for what is empty, and for what was not read."""
    target = snapshot.derived(page_table).get(same_address(link.url)) if link.url else None
    if target is None or target is snapshot.home or is_soft_404(target.perception):
        return None
    told = any(pair.value and pair.key != "other" for pair in target.perception.pairs)
    return target if told or not is_construction(target.perception) else None


def _without_page(snapshot: Snapshot, page: Page, link: Link) -> tuple[Start | None, bool, Cause | None]:
    """Start point, whether the target is merely unread, and the cause where it failed."""
    if link.kind in ("postback", "script", "send"):
        clicked = Start(page, link.selector, link.caption, seen=False) if says_start(link) else None
        return clicked, clicked is None, None
    own = OwnHosts.of(snapshot.agency)
    record = snapshot.record_at(link.url) if link.url else None
    if record is None:
        system = link.url is not None and link.url not in own and link.kind == "page"
        return (Start(page, link.selector, link.caption, seen=False) if system else None), not system, None
    if record.cause in BARRED or (record.cause is None and record.url not in own):
        return Start(page, link.selector, link.caption, seen=record.cause is None), False, None
    failed = record.cause if record.cause is not Cause.HTTP_ERROR else None
    return None, False, failed


def _start_on(page: Page) -> Start | None:
    """A login or a form with which the service begins, on the target itself."""
    perception = page.perception
    for form in perception.forms:
        if form.place != "footer" and is_visible(page, form.selector) and begins_service(form):
            return Start(page, form.selector, form.heading or next(iter(form.submits), ""), seen=True)
    if perception.page_type == "login" or perception.signals.login:
        return Start(page, perception.main_selector, perception.signals.login or perception.title, seen=True)
    return None


def _informs(page: Page) -> bool:
    """Whether a page says something about the service, beside its form."""
    perception = page.perception
    if perception.page_type in ("login", "script-shell", "frameset", "news-item", "search-results"):
        return False
    if any(pair.value and pair.key != "other" for pair in perception.pairs) or perception.step_lists:
        return True
    return len(perception.main_text.split()) >= ENOUGH_WORDS


def _section(page: Page, entry: Entry) -> bool:
    """Whether the desk itself describes the service under its title (cards that unfold)."""
    heading = heading_above(page.perception, entry.links[0].selector) if entry.links else None
    titles = {entry.title, heading.text if heading else ""}
    said = [block.text for block in page.perception.blocks if block.heading in titles and block.heading]
    same = [text for text in said if not lexicon().has(text, "desk-name")]
    return sum(len(text.split()) for text in same) >= ENOUGH_WORDS and entry.title in {
        block.heading for block in page.perception.blocks
    }


def _start_from(snapshot: Snapshot, information: Page, entry: Entry) -> Start | None:
    """The start that the information page links to in its content."""
    for link in _start_links(information):
        target = target_of(snapshot, link)
        if target is not None:
            if target is information or target.perception.page_type == "document":
                continue
            begun = _start_on(target)
            if begun is not None:
                return begun
            continue
        started, _, _ = _without_page(snapshot, information, link)
        if started is not None and not _names_other(snapshot, link, entry):
            return started
    return None


def _start_links(page: Page) -> Iterator[Link]:
    """Links of the content whose words say that something begins behind them."""
    for link in page.perception.links:
        if link.place == "main" and says_start(link):
            yield link


def _leads_unseen(snapshot: Snapshot, page: Page) -> bool:
    """Whether a start link of the page was not read by the visit."""
    return any(
        link.url is not None and snapshot.record_at(link.url) is None and link.url in OwnHosts.of(snapshot.agency)
        for link in _start_links(page)
    )


def _names_other(snapshot: Snapshot, link: Link, entry: Entry) -> bool:
    """Whether a link speaks of another registered service."""
    service, _ = best_service(link.caption, snapshot.services)
    return service is not None and service is not entry.service
