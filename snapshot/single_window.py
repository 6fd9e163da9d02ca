"""The agency's single window: the page that is it, whether one login leads in, and which services it reaches."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from config.models import Service
from snapshot.desk_entries import entries_on
from snapshot.filters import is_news
from snapshot.hosts import OwnHosts
from snapshot.logins import Login, logins_on, of_staff
from snapshot.names import same_name
from snapshot.perception.models import Link
from snapshot.places import inside
from snapshot.reader import Page, Snapshot, same_address
from snapshot.service_desk import find_service_desk, for_staff
from snapshot.service_pages import page_table
from snapshot.service_parts import family
from snapshot.service_starts import Start, service_starts, start_behind
from snapshot.window_pages import named_pages

SEVERAL = 2
"""Services that one login must reach, and systems from which a page is a list of them (rubric and ruling I02)."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A service that the window reaches, and where that is seen."""

    service: Service
    page: Page
    selector: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleWindow:
    """The agency's single window, or what comes nearest to it.

    `one_login` = one login leads to several services; else the page is announced only, or lists systems each with a
    login of its own (`accounts` counts them). `named` = it is called a window. `reached`, `dead` and `unseen` (a tile
    whose target could not be read) are registered services, each in one of them. `behind_login` = the page shows only
    its login, so that its services cannot be seen.
    """

    page: Page
    selector: str
    quote: str
    named: bool
    one_login: bool
    accounts: int
    login: Login | None
    reached: tuple[Reached, ...]
    dead: tuple[Reached, ...] = ()
    unseen: tuple[Reached, ...] = ()
    behind_login: bool = False


def find_single_window(snapshot: Snapshot) -> SingleWindow | None:
    """The best window: one login before several, a named page before a nameless one, then the one that reaches most.

    News of a window, a window in a building, windows for foreign trade and the like, the national window, and pages on
    hosts that are not the agency's are none (rubric I02).
    """
    named = [window for page in named_pages(snapshot) if (window := _named_window(snapshot, page)) is not None]
    nameless = [window for window in (_shared_login(snapshot), *_lists(snapshot)) if window is not None]
    return max((*named, *nameless), key=_rank, default=None)


def _rank(window: SingleWindow) -> tuple[bool, bool, int, bool]:
    return window.one_login, window.named, len(window.reached), not window.behind_login


def _named_window(snapshot: Snapshot, page: Page) -> SingleWindow | None:
    """A page that is called a window, judged by what stands on it and by which services begin there."""
    logins = logins_on(snapshot, page)
    keys = {login.key for login in logins}
    accounts = set(keys)
    found: dict[str, dict[str, Reached]] = {"reached": {}, "unseen": {}, "dead": {}}
    for service, selector, title, starts in _tiles(snapshot, page):
        living = [start for start in starts if start.living]
        hidden = any(start.kind in ("foreign", "unread") for start in starts)
        state = "reached" if living or (not starts and logins) else "unseen" if hidden else "dead"
        found[state][service.id] = Reached(service, page, selector, title)
        accounts.update(login.key for start in living for login in start.logins)
    for service in _offered(snapshot):
        for start in service_starts(snapshot, service):
            at_window = start.target is not None and start.target.page_id == page.page_id
            if start.living and (at_window or any(login.key in keys for login in start.logins)):
                found["reached"].setdefault(service.id, Reached(service, start.page, start.selector, start.quote))
    reached = tuple(found["reached"].values())
    several = _tops(reached) >= SEVERAL
    unseen, dead = (
        tuple(one for key, one in found[state].items() if key not in found["reached"]) for state in ("unseen", "dead")
    )
    return SingleWindow(
        page=page,
        selector=logins[0].selector if logins else page.perception.main_selector,
        quote=page.name,
        named=True,
        one_login=several and (len(accounts) == 1 or any(_shared(login) for login in logins)),
        accounts=len(accounts),
        login=logins[0] if logins else None,
        reached=reached,
        dead=dead,
        unseen=unseen,
        behind_login=bool(logins) and not any(found.values()),
    )


def _tiles(snapshot: Snapshot, page: Page) -> list[tuple[Service, str, str, list[Start]]]:
    """Registered services that a page lists, each with what its links lead to; no links = it is only named there."""
    found = []
    empty = [link for link in page.perception.links if link.kind == "empty" or link.href == "#"]
    for entry in entries_on(snapshot, page):
        if entry.service is None:
            continue
        starts: list[Start] = []
        for link in entry.links:
            start = start_behind(snapshot, page, link)
            if start is None and _leads_to_page(snapshot, page, link):
                # Its own page of information: what begins there is the service's start.
                starts += [s for s in service_starts(snapshot, entry.service) if s.living][:1]
            elif start is not None:
                starts.append(start)
        placeholder = any(_same_place(link, entry.selector, entry.title) for link in empty)
        if (entry.links or placeholder) and not starts:
            starts.append(Start("dead", page, entry.selector, entry.title))
        found.append((entry.service, entry.selector, entry.title, starts))
    return found


def _same_place(link: Link, selector: str, title: str) -> bool:
    """Whether a link without a target is the tile itself."""
    return inside(link.selector, selector) or inside(selector, link.selector) or same_name(link.caption, title)


def _leads_to_page(snapshot: Snapshot, page: Page, link: Link) -> bool:
    target = snapshot.derived(page_table).get(same_address(link.url)) if link.url else None
    return target is not None and target is not snapshot.home and target.page_id != page.page_id


def _shared_login(snapshot: Snapshot) -> SingleWindow | None:
    """One login to at least two services is a window whatever its name (ruling I02).

    A sign-on, national or the agency's own, is one login by design; the login of one system is it only where no other
    system asks for another.
    """
    by_key = _by_login(snapshot)
    shared = {key: found for key, found in by_key.items() if _tops(r for r, _ in found) >= SEVERAL}
    best = max(shared, key=lambda key: len(shared[key]), default=None)
    if best is None or (len(by_key) > 1 and not _shared(shared[best][0][1])):
        return None
    login = shared[best][0][1]
    reached = tuple(found for found, _ in shared[best])
    desk = snapshot.derived(find_service_desk)
    listed = {entry.service.id for entry in desk.registered if entry.service} if desk is not None else set()
    page, selector = login.page, login.selector
    if desk is not None and sum(found.service.id in listed for found in reached) >= SEVERAL:
        page, selector = desk.page, desk.page.perception.main_selector
    return SingleWindow(
        page=page,
        selector=selector,
        quote=page.name,
        named=False,
        one_login=True,
        accounts=len(by_key),
        login=login,
        reached=reached,
    )


def _by_login(snapshot: Snapshot) -> Mapping[str, list[tuple[Reached, Login]]]:
    """Services by the login that they begin with; a link to the national window alone is no login of the agency."""
    found: dict[str, dict[str, tuple[Reached, Login]]] = defaultdict(dict)
    for service in _offered(snapshot):
        for start in service_starts(snapshot, service):
            for login in start.logins if start.living else ():
                if login.kind != "national-link":
                    reached = Reached(service, start.page, start.selector, start.quote)
                    found[login.key].setdefault(service.id, (reached, login))
    beside = {key: list(entries.values()) for key, entries in found.items()}
    # Two ways in that stand side by side on one page are one login, not two systems.
    return {key: entries for key, entries in beside.items() if not _is_other_way(key, beside)}


def _is_other_way(key: str, logins: Mapping[str, list[tuple[Reached, Login]]]) -> bool:
    pages = {login.page.page_id for _, login in logins[key]}
    for other, entries in logins.items():
        same = pages <= {login.page.page_id for _, login in entries}
        if other != key and same and (len(entries), other) > (len(logins[key]), key):
            return True
    return False


def _lists(snapshot: Snapshot) -> list[SingleWindow | None]:
    """Pages with links to several systems, each with a login of its own, and the desk where its services are so."""
    desk = snapshot.derived(find_service_desk)
    found: list[SingleWindow | None] = []
    for page in sorted(snapshot.pages, key=lambda one: one is snapshot.home):
        if is_news(page.perception) or for_staff(page) or page.url not in OwnHosts.of(snapshot.agency):
            continue
        keys: dict[str, Link] = {}
        for link in page.perception.links:
            if link.place != "main" or of_staff(link.caption, link.title):
                continue
            start = start_behind(snapshot, page, link, depth=0)
            for login in start.logins[:1] if start is not None and start.living else ():
                if login.kind == "own":
                    keys.setdefault(login.key, link)
        if len(keys) >= SEVERAL:
            first = next(iter(keys.values()))
            found.append(_list_window(snapshot, page, first.selector, frozenset(keys)))
    keys_of_desk = _by_login(snapshot)
    if desk is not None and len(keys_of_desk) >= SEVERAL:
        found.append(_list_window(snapshot, desk.page, desk.page.perception.main_selector, frozenset(keys_of_desk)))
    return found


def _list_window(snapshot: Snapshot, page: Page, selector: str, keys: frozenset[str]) -> SingleWindow:
    reached = {
        found.service.id: found
        for key, entries in _by_login(snapshot).items()
        if key in keys
        for found, _ in entries
    }  # fmt: skip
    return SingleWindow(
        page=page,
        selector=selector,
        quote=page.name,
        named=False,
        one_login=False,
        accounts=len(keys),
        login=None,
        reached=tuple(reached.values()),
    )


def _shared(login: Login) -> bool:
    return login.kind in ("national", "sign-on")


def _tops(found: Iterable[Reached]) -> int:
    """Services, sub-services of one service counted once."""
    return len({reached.service.parent or reached.service.id for reached in found})


def _offered(snapshot: Snapshot) -> list[Service]:
    return [service for service in snapshot.services if not service.flags & {"internal", "stopped"}]


def units_reached(snapshot: Snapshot, window: SingleWindow, units: tuple[Service, ...]) -> tuple[Service, ...]:
    """Of these service units, those that the window reaches.

    A unit counts through its parent, or through its sub-services, where the window names these and not the unit.
    """
    ids = {found.service.id for found in window.reached}
    dead = {found.service.id for found in window.dead}
    return tuple(unit for unit in units if unit.id in ids or (unit.id not in dead and family(snapshot, unit) & ids))
