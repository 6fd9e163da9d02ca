"""Where a portal offers its services: the page that lists them, and what each of its entries leads to."""

from dataclasses import dataclass, replace

from config.models import Service
from config.vocabulary import Label
from snapshot.click_depth import clicks_from_home
from snapshot.desk_entries import Entry, entries_on
from snapshot.filters import is_news
from snapshot.matching import lexicon
from snapshot.reader import Page, Snapshot, same_address
from snapshot.service_pages import owners, page_table

LIST_FROM = 3
"""Services from which a page is a list of services, whatever it is called."""
REACH = 2
"""Clicks within which a desk must be found (rubric U01)."""


@dataclass(frozen=True, slots=True)
class ServiceDesk:
    """The page that lists the services. `clicks` from home, None where no way was seen.

    `entries` are the services listed there and on the pages of its categories; empty where the page bears the name of
    a desk and lists nothing. `in_menu` = the list is home's own menu.
    """

    page: Page
    clicks: int | None
    entries: tuple[Entry, ...]
    in_menu: bool = False

    @property
    def registered(self) -> tuple[Entry, ...]:
        """Entries of services that the register has."""
        return tuple(entry for entry in self.entries if entry.service is not None)

    @property
    def near(self) -> bool:
        """Whether a person finds it within two clicks."""
        return self.clicks is not None and self.clicks <= REACH


def find_service_desk(snapshot: Snapshot) -> ServiceDesk | None:
    """The best page that lists services, else one that bears a desk's name, else None.

    News, desks for the agency's own staff and descriptions of a physical desk are none. A page that lists the services
    counts whatever it is called (ruling U01); the page of one service does not, though it may name others.
    """
    lists = list(snapshot.derived(find_service_lists))
    lists += _hubs(snapshot, lists)
    best = max((_count(desk) for desk in lists), default=0)
    within = [desk for desk in lists if desk.near and _count(desk) * 2 >= best]
    chosen = max(within or lists, key=lambda desk: _preference(snapshot, desk), default=None)
    return chosen or _menu_list(snapshot) or _named_desk(snapshot)


def find_service_lists(snapshot: Snapshot) -> tuple[ServiceDesk, ...]:
    """Every page that lists services, with the entries of its categories, in the order of the visit."""
    lists = [desk for page in snapshot.pages if (desk := _as_list(snapshot, page)) is not None]
    return tuple(_with_categories(snapshot, desk, lists) for desk in lists)


def is_desk_by_name(snapshot: Snapshot, page: Page) -> bool:
    """Whether title or first headings call a page a desk, a list of services or the like."""
    heads = [page.perception.title, *(h.text for h in page.perception.headings if h.place == "main")][:3]
    named = any(lexicon().has(text, "desk-name") for text in heads)
    return named and page.perception.strength(Label.SERVICES_LIST) >= 0.2 and page is not snapshot.home


def for_staff(page: Page, entries: tuple[Entry, ...] | list[Entry] = ()) -> bool:
    """Whether a desk serves the agency's own staff: it says so, or offers payslips and the like."""
    words = lexicon()
    heads = [page.perception.title, *(h.text for h in page.perception.headings if h.place == "main")][:3]
    if any(words.has(text, "desk-staff") for text in heads):
        return True
    captions = [link.caption for link in page.perception.links if link.place == "main"]
    staff = sum(words.has(caption, "staff-service") for caption in captions)
    return staff >= LIST_FROM and not any(entry.service for entry in entries)


def _as_list(snapshot: Snapshot, page: Page) -> ServiceDesk | None:
    perception = page.perception
    if is_news(perception) or perception.page_type in ("search-results", "login", "frameset"):
        return None
    if _is_index(snapshot, page):
        return None
    if owners(snapshot, page) and not is_desk_by_name(snapshot, page):
        return None
    entries = entries_on(snapshot, page)
    registered = [entry for entry in entries if entry.service is not None]
    named = is_desk_by_name(snapshot, page) or perception.strength(Label.SERVICES_LIST) >= 0.5
    few = min(2, len(snapshot.services)) if named else LIST_FROM
    enough = len(registered) >= max(1, few) or (named and page is not snapshot.home and len(entries) >= LIST_FROM)
    if not enough or for_staff(page, entries):
        return None
    return ServiceDesk(page, clicks_from_home(snapshot, page), tuple(entries))


def _is_index(snapshot: Snapshot, page: Page) -> bool:
    """Whether a page only shows the way to all others: a site map, or the frame that holds the menu."""
    perception = page.perception
    if perception.strength(Label.SITE_MAP) >= 0.7:
        return True
    framed = any(page.url in other.perception.frames for other in snapshot.pages)
    linked = sum(len(link.caption.split()) for link in perception.links)
    return framed and linked * 2 > len(perception.main_text.split())


def _with_categories(snapshot: Snapshot, desk: ServiceDesk, lists: list[ServiceDesk]) -> ServiceDesk:
    """The desk with the entries of the lists that its content links to (categories, further pages)."""
    if desk.page is snapshot.home:
        return desk
    linked = _linked_lists(snapshot, desk.page, lists)
    return replace(desk, entries=_joined([desk, *linked])) if linked else desk


def _hubs(snapshot: Snapshot, lists: list[ServiceDesk]) -> list[ServiceDesk]:
    """Desks by name that list nothing themselves but lead to lists by category."""
    listing = {desk.page.page_id for desk in lists}
    found = []
    for page in snapshot.pages:
        if (
            page.page_id in listing
            or is_news(page.perception)
            or not is_desk_by_name(snapshot, page)
            or for_staff(page)
        ):
            continue
        linked = [desk for desk in _linked_lists(snapshot, page, lists) if desk.page is not snapshot.home]
        if linked:
            depths = [desk.clicks for desk in linked if desk.clicks is not None]
            found.append(ServiceDesk(page, min(depths, default=None), _joined(linked)))
    return found


def _linked_lists(snapshot: Snapshot, page: Page, lists: list[ServiceDesk]) -> list[ServiceDesk]:
    table = snapshot.derived(page_table)
    targets = {
        target.page_id
        for link in page.perception.links
        if link.place == "main" and link.url and (target := table.get(same_address(link.url))) is not None
    }
    return [desk for desk in lists if desk.page.page_id in targets and desk.page is not page]


def _joined(desks: list[ServiceDesk]) -> tuple[Entry, ...]:
    entries: dict[str, Entry] = {}
    for entry in (entry for desk in desks for entry in desk.entries):
        key = entry.service.id if entry.service else entry.title
        known = entries.get(key)
        entries[key] = (
            entry
            if known is None
            else Entry(known.title, known.service, known.selector, [*known.links, *entry.links], known.row or entry.row)
        )
    return tuple(entries.values())


def _count(desk: ServiceDesk) -> int:
    return len(desk.registered) or min(len(desk.entries), 1)


def _preference(snapshot: Snapshot, desk: ServiceDesk) -> tuple[int, bool, int, float, int]:
    depth = desk.clicks if desk.clicks is not None else 99
    linked = sum(bool(entry.links) for entry in desk.entries)
    is_home = desk.page is snapshot.home
    return (len(desk.registered), not is_home, linked, desk.page.perception.strength(Label.SERVICES_LIST), -depth)


def _menu_list(snapshot: Snapshot) -> ServiceDesk | None:
    """Home's menu, where it names the services one by one."""
    if snapshot.home is None:
        return None
    entries = [entry for entry in entries_on(snapshot, snapshot.home, menus=True) if entry.service is not None]
    enough = max(2, min(LIST_FROM, len(snapshot.services)))
    return ServiceDesk(snapshot.home, 0, tuple(entries), in_menu=True) if len(entries) >= enough else None


def _named_desk(snapshot: Snapshot) -> ServiceDesk | None:
    """A page that is called a desk but lists no service; a description of a counter in a building is none."""
    found = []
    for page in snapshot.pages_with(Label.SERVICES_LIST):
        perception = page.perception
        if is_news(perception) or for_staff(page) or not is_desk_by_name(snapshot, page) or owners(snapshot, page):
            continue
        forms = any(form.place == "main" and not form.has("search") and form.submits for form in perception.forms)
        if lexicon().has(f"{perception.title} {perception.main_text}", "desk-physical") and not forms:
            continue
        found.append(ServiceDesk(page, clicks_from_home(snapshot, page), ()))
    return min(found, key=lambda desk: desk.clicks if desk.clicks is not None else 99, default=None)


def is_electronic(entry: Entry) -> bool:
    """Whether a listed service can be had online: by the register's claim, else unless its row says otherwise."""
    service: Service | None = entry.service
    if service is not None and (service.status in ("none", "inherent") or service.flags & {"internal", "stopped"}):
        return False
    return not lexicon().has(f"{entry.title} {entry.row}", "not-electronic")
