"""Where a registered service begins online: a form, a login, a system, the national window; or a link that is dead."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from config.models import Service
from config.vocabulary import Cause
from snapshot.filters import is_construction, is_news, is_soft_404, is_visible
from snapshot.hosts import OwnHosts
from snapshot.logins import Login, is_login, led_to, login_behind, login_key, logins_on, of_staff
from snapshot.perception.models import Link
from snapshot.places import in_heading
from snapshot.reader import Page, Snapshot, same_address
from snapshot.service_desk import find_service_desk
from snapshot.service_pages import best_service, owners, page_table, service_pages
from snapshot.service_parts import family, part_of, within
from snapshot.sign_on import in_foreign_system, in_national_window
from snapshot.start_points import says_request, takes_request

StartKind = Literal["form", "login", "instant", "national-window", "other-body", "foreign", "dead", "unread"]
LIVING = frozenset({"form", "login", "instant", "national-window"})
"""Kinds of starts at which a service really begins."""
BARRED = frozenset({Cause.LOGIN, Cause.CAPTCHA})
"""Causes that show a system standing there, though it lets nobody in."""
GONE = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Start:
    """One place where a service begins, or seems to, and where it is said.

    `dead` = the link leads nowhere; `unread` = it could not be read or pressed (`cause`); `foreign` = a host that the
    register does not name; `other-body` = a national system that another body runs. `target` is the page that the
    start leads to, `logins` are the ways in that it offers.
    """

    kind: StartKind
    page: Page
    selector: str
    quote: str
    url: str = ""
    target: Page | None = None
    logins: tuple[Login, ...] = ()
    cause: Cause | None = None

    @property
    def living(self) -> bool:
        """Whether the service begins here."""
        return self.kind in LIVING


def service_starts(snapshot: Snapshot, service: Service) -> tuple[Start, ...]:
    """Every start of a service: on its own pages, behind their links, and behind its row of the desk.

    What a parent service offers is offered by its sub-services where they have nothing of their own.
    """
    table = snapshot.derived(_starts_of_all)
    own = table.get(service.id, ())
    if any(start.living for start in own) or service.parent is None:
        return own
    return (*own, *(start for start in table.get(service.parent, ()) if start.living))


def start_behind(snapshot: Snapshot, page: Page, link: Link, *, depth: int = 1) -> Start | None:
    """What begins behind a link; None where it leads to a page on which nothing begins, or to a file or home."""
    if link.kind in ("mail", "phone", "document") or of_staff(link.caption, link.title):
        return None
    base = Start("dead", page, link.selector, link.caption, link.url or "")
    if (behind := login_behind(snapshot, page, link)) is not None:
        return _kind(base, "login", logins=(behind,))
    if link.kind in ("postback", "script", "send"):
        if in_heading(page.perception, link.selector):
            return None  # A heading that unfolds begins nothing.
        clicked = snapshot.derived(_clicked_pages).get((page.url, link.caption))
        return _pressed(snapshot, base, link) if clicked is None else _on_target(snapshot, base, clicked, depth)
    if link.url is None or link.kind in ("empty", "fragment"):
        return base if link.kind == "empty" else None
    target = snapshot.derived(page_table).get(same_address(link.url))
    if target is None:
        return _unseen(snapshot, base, link)
    if target is snapshot.home or target.page_id == page.page_id:
        return None
    return _on_target(snapshot, base, target, depth)


def _starts_of_all(snapshot: Snapshot) -> dict[str, tuple[Start, ...]]:
    found: dict[str, tuple[Start, ...]] = {}
    for service in snapshot.services:
        starts = {(start.page.page_id, start.selector, start.kind): start for start in _starts_of(snapshot, service)}
        found[service.id] = tuple(starts.values())
    return found


def _starts_of(snapshot: Snapshot, service: Service) -> Iterator[Start]:
    for page in _own_pages(snapshot, service):
        yield from _on_page(snapshot, service, page)
    desk = snapshot.derived(find_service_desk)
    entry = next((one for one in desk.entries if one.service == service), None) if desk is not None else None
    if desk is None or entry is None:
        return
    for link in entry.links:
        start = start_behind(snapshot, snapshot.derived(_pages_of_links).get(id(link), desk.page), link)
        says = says_request(f"{link.caption} {link.title}")
        # A title that leads to an information page is no dead start; a dead link is one only where it promises a start.
        if start is not None and (says or (start.kind in ("form", "login") and not _informs(start))):
            yield start


def _pages_of_links(snapshot: Snapshot) -> dict[int, Page]:
    """The page that each link object stands on: a desk's entries are gathered from the pages of its categories too."""
    return {id(link): page for page in snapshot.pages for link in page.perception.links}


def _clicked_pages(snapshot: Snapshot) -> dict[tuple[str, str], Page]:
    """Pages that the visit came to by clicking a control without an address: by its page and its words."""
    last = ((page.record.click_path[-1], page) for page in snapshot.pages if page.record.click_path)
    return {(step.url, step.text): page for step, page in last if step.how == "click"}


def _own_pages(snapshot: Snapshot, service: Service) -> list[Page]:
    pages = [page for page in service_pages(snapshot, service) if not is_news(page.perception)]
    own = [page for page in pages if service in owners(snapshot, page)]
    return own or pages[:1]


def _on_page(snapshot: Snapshot, service: Service, page: Page) -> Iterator[Start]:
    """Starts on a service's own page: its form, its login, what is had at once, and the links that begin it."""
    part = part_of(snapshot, service, page)
    for form in page.perception.forms:
        if within(part, form.selector) and takes_request(form) and is_visible(page, form.selector):
            kind: StartKind = "instant" if service.instant else "form"
            quote = " · ".join((form.heading, *form.submits[:2]))
            yield Start(kind, page, form.selector, quote, page.url, page, logins_on(snapshot, page))
    here = tuple(login for login in logins_on(snapshot, page) if within(part, login.selector))
    if here:
        yield Start("login", page, here[0].selector, here[0].quote, page.url, page, here)
    for link in page.perception.links:
        words = f"{link.caption} {link.title}"
        if link.place != "main" or not within(part, link.selector) or not says_request(words):
            continue
        named = best_service(link.caption, snapshot.services)[0]
        if named is not None and named.id not in family(snapshot, service):
            continue
        start = start_behind(snapshot, page, link)
        if start is not None:
            yield start
    if service.instant and not any(form.place == "main" and form.submits for form in page.perception.forms):
        yield _at_once(snapshot, page)


def _at_once(snapshot: Snapshot, page: Page) -> Start:
    """What is given at once, such as a calendar or a price, is had on the page itself, unless it sends people away."""
    own = OwnHosts.of(snapshot.agency)
    for link in page.perception.links:
        if link.place == "main" and link.kind == "page" and link.url is not None and link.url not in own:
            return _off_the_portal(Start("foreign", page, link.selector, link.caption, link.url), link.url)
    return Start("instant", page, page.perception.main_selector, page.name, page.url, page)


def _on_target(snapshot: Snapshot, base: Start, target: Page, depth: int) -> Start | None:
    """The start that a page offers which was read, or one click further."""
    perception = target.perception
    if is_soft_404(perception) or is_construction(perception):
        return _kind(base, "dead", target=target)
    if perception.page_type in ("document", "news-item"):
        return None
    logins = logins_on(snapshot, target)
    if logins:
        return _kind(base, "login", target=target, logins=logins)
    if any(takes_request(form) and is_visible(target, form.selector) for form in perception.forms):
        return _kind(base, "form", target=target)
    if is_login(target):
        return None  # The login of the staff.
    if depth > 0:
        for link in perception.links:
            if link.place == "main" and says_request(f"{link.caption} {link.title}"):
                further = start_behind(snapshot, target, link, depth=depth - 1)
                if further is not None and further.living:
                    return further
    return None


def _pressed(snapshot: Snapshot, base: Start, link: Link) -> Start:
    """A control without an address, by what the probe saw when it was pressed."""
    seen = led_to(snapshot, base.page, link)
    if seen is None:
        return _kind(base, "unread", cause=Cause.MISSING_ARTEFACT)
    if seen.get("cause"):
        return _kind(base, "unread", cause=Cause(seen["cause"]))
    final = str(seen.get("final_url") or "")
    if final and final not in OwnHosts.of(snapshot.agency):
        return _off_the_portal(base, final)
    if seen.get("password_fields"):
        login = Login("own", login_key(snapshot, final), base.page, base.selector, base.quote)
        return _kind(base, "login", logins=(login,))
    return _kind(base, "form" if seen.get("request_fields") else "unread", cause=Cause.MISSING_ARTEFACT)


def _off_the_portal(base: Start, url: str) -> Start:
    if in_national_window(url):
        return _kind(base, "national-window")
    return _kind(base, "other-body" if in_foreign_system(url) else "foreign")


def _unseen(snapshot: Snapshot, base: Start, link: Link) -> Start | None:
    """A start whose address gave no content page: it failed, left the portal, or was not asked for."""
    assert link.url is not None
    own = OwnHosts.of(snapshot.agency)
    record = snapshot.record_at(link.url)
    address = record.url if record is not None else link.url
    if address not in own:
        return _off_the_portal(base, address)
    if record is None:
        return _kind(base, "unread", cause=Cause.BUDGET)
    if record.cause in BARRED:
        login = Login("own", login_key(snapshot, record.url), base.page, base.selector, base.quote, record.cause)
        return _kind(base, "login", logins=(login,))
    gone = record.status in GONE or (record.cause is None and record.page_type in ("soft-404", "construction"))
    if gone:
        return _kind(base, "dead")
    return _kind(base, "unread", cause=record.cause or Cause.HTTP_ERROR) if record.cause else None


def _informs(start: Start) -> bool:
    """Whether a start stands on a page that informs: then the service's own page says what begins there."""
    return start.target is not None and any(pair.value for pair in start.target.perception.pairs)


def _kind(
    base: Start,
    kind: StartKind,
    *,
    target: Page | None = None,
    logins: tuple[Login, ...] = (),
    cause: Cause | None = None,
) -> Start:
    return Start(kind, base.page, base.selector, base.quote, base.url, target, logins, cause)
