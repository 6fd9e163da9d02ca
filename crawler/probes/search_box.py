"""Where a portal's own search is, and for which service it is asked: chosen from what the crawl has read."""

from dataclasses import dataclass

from config.models import Service
from config.vocabulary import Label
from snapshot.filters import is_news
from snapshot.hosts import OwnHosts
from snapshot.perception.models import Field, Form
from snapshot.portal import service_pages
from snapshot.reader import Snapshot, same_address
from snapshot.service_pages import owners

OTHER_MATTERS = frozenset({"password", "tracking-code", "national-id", "captcha", "message", "email", "phone", "file"})
"""Fields of a form that is no search of the site, whatever else it asks for."""
MOST_FIELDS = 6
SITE_MAP_PAGE = 0.7


@dataclass(frozen=True, slots=True)
class SearchBox:
    """The page to open and the field to type in; without `selector` the page's own scripts may have made one."""

    page_id: str
    url: str
    selector: str | None = None
    name: str = ""
    place: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class SearchTask:
    """One query: a registered service's title, and the addresses under which the portal speaks of it.

    `site_map` is whether the crawl came upon a page that is a map of the site.
    """

    box: SearchBox | None
    service: str | None
    query: str
    addresses: frozenset[str]
    site_map: bool


def search_task(snapshot: Snapshot) -> SearchTask:
    """The box and the query. A service whose page is known comes first, then the shorter title."""
    site_map = bool(snapshot.pages_with(Label.SITE_MAP, SITE_MAP_PAGE))
    service, addresses = _service(snapshot)
    title = ""
    if service is not None:
        english = snapshot.home is not None and snapshot.home.perception.lang.lower().startswith("en")
        title = (service.title_en or service.title_fa) if english else (service.title_fa or service.title_en)
    return SearchTask(_box(snapshot), service.id if service else None, " ".join(title.split()), addresses, site_map)


def _service(snapshot: Snapshot) -> tuple[Service | None, frozenset[str]]:
    offered = [one for one in snapshot.services if not one.flags & {"internal", "stopped"}]
    ranked: list[tuple[bool, int, int, Service, frozenset[str]]] = []
    for place, service in enumerate(offered):
        pages = service_pages(snapshot, service)
        own = [page for page in pages if any(owner.id == service.id for owner in owners(snapshot, page))]
        named = {page.url for page in own} | ({service.url} if service.url else set())
        addresses = frozenset(same_address(url) for url in named)
        words = len((service.title_fa or service.title_en).split())
        ranked.append((not own, abs(words - 3), place, service, addresses))
    if not ranked:
        return None, frozenset()
    best = min(ranked, key=lambda entry: entry[:3])
    return best[3], best[4]


def _box(snapshot: Snapshot) -> SearchBox | None:
    home = snapshot.home
    if home is None:
        return None
    searching = [page for page in snapshot.pages_with(Label.SITE_SEARCH) if not is_news(page.perception)]
    for page in (home, *searching, *snapshot.pages):
        for form in page.perception.forms:
            field = _search_field(form)
            # A form in the content of any other page searches that page's matter, not the site.
            if field is not None and (form.place != "main" or page is home or page in searching):
                action = form.action if form.action in OwnHosts.of(snapshot.agency) else ""
                return SearchBox(page.page_id, page.url, field.selector, field.name, form.place, action)
    return SearchBox(home.page_id, home.url)


def _search_field(form: Form) -> Field | None:
    if len(form.fields) > MOST_FIELDS or any(field.meaning in OTHER_MATTERS for field in form.fields):
        return None
    typed = [field for field in form.fields if field.kind in ("text", "search", "input", "")]
    return next((field for field in typed if field.meaning == "search"), None)
