"""Which own links of a portal are looked at for broken ones: a spread over menus, content and services."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from crawler.addresses import key_of, tidy
from crawler.traps import Traps
from snapshot.hosts import OwnHosts
from snapshot.models import PageRecord
from snapshot.perception.models import Link
from snapshot.reader import Page, Snapshot

Thing = TypeVar("Thing")
Stratum = Literal["menu", "content", "services"]

SHARES: dict[Stratum, float] = {"menu": 0.35, "services": 0.3, "content": 0.35}
"""Share of the sample for each stratum; what one cannot fill goes to the others."""
PAGES = 14
"""Pages whose links are gathered: home and an even spread of the others."""
NEW_FILES = 5
"""PDF files that may be asked for anew: they are large."""
_LEAVES = re.compile(r"log-?out|sign-?out|log-?off|خروج", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ChosenLink:
    """A link of the sample: the page and element it stands on, and what the crawl already knows of its target."""

    url: str
    stratum: Stratum
    page_id: str
    selector: str
    caption: str
    record: PageRecord | None


def choose_links(snapshot: Snapshot, own: OwnHosts, limit: int) -> list[ChosenLink]:
    """At most `limit` distinct own links, the same for the same snapshot.

    Services = links out of the content of pages of registered services and the services' registered addresses.
    Left out: other hosts, files other than PDF, print views, calendars, searches, ways out of a login.
    """
    by_key = {key_of(record.requested_url): record for record in snapshot.records if record.source == "http"}
    by_key.update({key_of(r.url): r for r in snapshot.records if r.cause is None and r.source == "http"})
    strata: dict[Stratum, dict[str, ChosenLink]] = {"menu": {}, "services": {}, "content": {}}
    for page in _pages(snapshot):
        for link in page.perception.links:
            if not _fit(link, page, own):
                continue
            url = tidy(link.url or "")
            key = key_of(url)
            stratum: Stratum = (
                "menu" if link.place != "main" else "services" if page.record.service is not None else "content"
            )
            chosen = ChosenLink(url, stratum, page.page_id, link.selector, link.caption[:100], by_key.get(key))
            if not any(key in known for known in strata.values()):
                strata[stratum][key] = chosen
    for record in snapshot.records:
        if record.service is not None and record.requested_url in own:
            key = key_of(record.requested_url)
            if not any(key in known for known in strata.values()):
                strata["services"][key] = ChosenLink(record.requested_url, "services", "", "", "", record)
    return _spread({name: list(links.values()) for name, links in strata.items()}, limit)


def _pages(snapshot: Snapshot) -> list[Page]:
    home = snapshot.home
    others = [page for page in snapshot.pages if home is None or page.page_id != home.page_id]
    return [*([home] if home else []), *even(others, PAGES - 1)]


def _fit(link: Link, page: Page, own: OwnHosts) -> bool:
    if link.kind not in ("page", "document") or not link.url or link.url not in own or not tidy(link.url):
        return False
    if key_of(link.url) == key_of(page.url) or _LEAVES.search(f"{link.url} {link.caption}"):
        return False
    return not Traps().refuses(tidy(link.url))


def _spread(strata: dict[Stratum, list[ChosenLink]], limit: int) -> list[ChosenLink]:
    """Each stratum's share, taken evenly; room that one leaves is filled from the others in order."""
    chosen: list[ChosenLink] = []
    for name, links in strata.items():
        chosen += even(links, max(1, round(limit * SHARES[name])))
    rest = [link for links in strata.values() for link in links if link not in chosen]
    chosen = [*chosen, *even(rest, limit - len(chosen))][:limit]
    return _without_many_files(chosen)


def _without_many_files(links: Iterable[ChosenLink]) -> list[ChosenLink]:
    kept: list[ChosenLink] = []
    files = 0
    for link in links:
        new_file = link.record is None and link.url.lower().endswith(".pdf")
        files += new_file
        if not new_file or files <= NEW_FILES:
            kept.append(link)
    return kept


def even(things: Sequence[Thing], count: int) -> list[Thing]:
    """`count` of these things, evenly over their order; all where there are no more."""
    if count <= 0:
        return []
    if len(things) <= count:
        return list(things)
    return [things[number * len(things) // count] for number in range(count)]
