"""The hosts that an agency's portal stands on: main host, sub-portals, and test or old versions beside them."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from bs4 import Tag

from config.models import Agency
from snapshot.matching import lexicon
from snapshot.models import PageRecord
from snapshot.perception.models import Perception
from snapshot.reader import Page, Snapshot
from snapshot.text import squeeze

SHARED_CAPTIONS = 0.5
"""Part of the main portal's menu that a page must show to bear the same header."""
MIRROR_CAPTIONS = 0.8
"""Part of the main portal's menu from which a host under the same title is a mirror of it."""
LIKE_CAPTIONS = 0.3
"""Part of the main portal's menu from which a host called test or old is taken for a version of the portal."""
FEWEST_CAPTIONS = 3
GENERIC_LABELS = frozenset({"portal", "web", "site", "home", "main", "fa", "en", "my"})
"""First parts of a main host's name that say nothing: its domain is the agency's."""
_HEAD_IMAGES = 15
_PAGES = 5
"""Pages of a host whose header is looked at."""


@dataclass(frozen=True, slots=True)
class OwnSite:
    """A host of the agency beside the main one. `page` is its page nearest to home, None where none was read.

    `linked` = a page of the main host links to it, `links_back` = one of its pages links to the main host.
    `twin` says by what it is a test or old version of the portal ("" = it is none), `labelled` in which words it says
    so itself, `mirror` that it is the same portal again. `failed` is the record of a host of which nothing was read.
    """

    host: str
    page: Page | None
    linked: bool
    links_back: bool
    same_header: bool
    twin: str = ""
    labelled: str = ""
    mirror: bool = False
    failed: PageRecord | None = None


def host_key(url: str) -> str:
    """What makes two addresses the same host: lower-case name without `www.`, and an unusual port."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    name = (parts.hostname or "").rstrip(".").removeprefix("www.")
    return f"{name}:{port}" if port and port not in (80, 443) else name


def own_sites(snapshot: Snapshot) -> tuple[OwnSite, ...]:
    """Every other host of the agency that the visit asked, in the order of the visit; empty where home was not read."""
    home = snapshot.home
    if home is None:
        return ()
    main = host_key(home.url)
    pages: dict[str, list[Page]] = {}
    failed: dict[str, PageRecord] = {}
    for record in snapshot.records:
        host = host_key(record.url)
        if host in ("", main) or not _belongs(host, main, snapshot.agency):
            continue
        page = snapshot.page(record.page_id)
        if page is not None:
            pages.setdefault(host, []).append(page)
        else:
            failed.setdefault(host, record)
    linked = _linked_hosts(page for page in snapshot.pages if host_key(page.url) == main)
    found = [_site(snapshot, home, host, of_host, linked=host in linked) for host, of_host in pages.items()]
    unread = [
        OwnSite(host, None, host in linked, links_back=False, same_header=False, failed=record)
        for host, record in failed.items()
        if host not in pages
    ]
    return (*found, *unread)


def _belongs(host: str, main: str, agency: Agency) -> bool:
    """Whether a host is the agency's beside its main one: declared, or a sub-domain of it.

    Sister hosts under a common domain (the provinces of a ministry) are other bodies unless the register names them.
    """
    declared = {host_key(entry if "://" in entry else f"http://{entry}") for entry in agency.extra_hosts}
    first, _, rest = main.partition(".")
    base = rest if first in GENERIC_LABELS and "." in rest else main
    return host in declared or host == base or host.endswith(f".{base}")


def _site(snapshot: Snapshot, home: Page, host: str, pages: list[Page], *, linked: bool) -> OwnSite:
    nearest = min(pages, key=lambda page: (len(urlsplit(page.url).path.strip("/")), page.page_id))
    same_title = bool(_title(home)) and any(_title(page) == _title(home) for page in pages)
    shared = max(_shared(home, page) for page in pages[:_PAGES])
    mirror = same_title and shared >= MIRROR_CAPTIONS
    # A host called test may be one for examinations: it is a version of the portal only where it resembles it.
    alike = same_title or shared >= LIKE_CAPTIONS or any(_names_agency(snapshot, _title(page)) for page in pages)
    named = lexicon().first(_own_words(host, host_key(home.url)), "test-or-old-host") if alike else ""
    twin = named or (_title(home) if same_title and not mirror and not linked else "")
    label = next((said for page in pages[:_PAGES] if (said := _label(page))), "") if twin else ""
    return OwnSite(
        host=host,
        page=nearest,
        linked=linked,
        links_back=host_key(home.url) in _linked_hosts(pages),
        same_header=any(_same_header(snapshot, home, page) for page in pages[:_PAGES]),
        twin=twin,
        labelled=label,
        mirror=mirror and not named,
    )


def _own_words(host: str, main: str) -> str:
    """The words of a host's name that the main host's name does not have."""
    known = set(main.split("."))
    labels = [label for label in host.partition(":")[0].split(".") if label not in known]
    return " ".join(labels).replace("-", " ").replace("_", " ")


def _names_agency(snapshot: Snapshot, text: str) -> bool:
    """Whether a squeezed text holds a name of the agency."""
    agency = snapshot.agency
    return any(squeeze(name) in text for name in (agency.name_fa, agency.name_en, *agency.aliases) if name)


def _linked_hosts(pages: Iterable[Page]) -> frozenset[str]:
    return frozenset(host_key(link.url) for page in pages for link in page.perception.links if link.url)


def _same_header(snapshot: Snapshot, home: Page, page: Page) -> bool:
    """Whether a page shows the main portal's menu or logo, or a logo that names the agency. Words alone are none."""
    if _shared(home, page) >= SHARED_CAPTIONS:
        return True
    shown = {_source(home, image) for image in _head_images(home)}
    return any(
        _names_agency(snapshot, squeeze(str(image.get("alt", "")))) or _source(page, image) in shown
        for image in _head_images(page)
    )


def _source(page: Page, image: Tag) -> str:
    return urljoin(page.url, str(image.get("src", "")))


def _head_images(page: Page) -> list[Tag]:
    """Images at the head of a page that look like its logo: in a header, or named so."""
    found = []
    for image in page.soup.select("img")[:_HEAD_IMAGES]:
        around = [image, *list(image.parents)[:4]]
        said = " ".join(f"{tag.name} {tag.get('id', '')} {tag.get('class', '')}".lower() for tag in around)
        if any(word in f"{said} {image.get('src', '')}" for word in ("logo", "header", "banner", "brand", "arm")):
            found.append(image)
    return found


def _shared(home: Page, page: Page) -> float:
    """Part of the main portal's menu captions that a page shows, too; 0 where the menu is too short to tell."""
    wanted, shown = _captions(home.perception), _captions(page.perception)
    return len(wanted & shown) / len(wanted) if len(wanted) >= FEWEST_CAPTIONS else 0.0


def _captions(perception: Perception) -> frozenset[str]:
    return frozenset(
        squeeze(link.caption) for link in perception.links if link.place in ("menu", "header") and link.caption
    )


def _title(page: Page) -> str:
    return squeeze(page.perception.title)


def _label(page: Page) -> str:
    """The words by which a page says that it is a test or old version."""
    return lexicon().first(page.soup.get_text(" ")[:20_000], "test-or-old-label")
