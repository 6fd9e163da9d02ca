"""What a portal answered to a search: results or none, and whether the service that was asked for is among them."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from snapshot.matching import lexicon
from snapshot.names import likeness, name_words
from snapshot.perception.models import Link, Perception
from snapshot.reader import same_address
from snapshot.text import squeeze

Outcome = Literal["found", "about", "unrelated", "empty", "error", "unchanged", "outside", "no_box"]
SHARED_WORDS = 0.5
"""Share of the title's words from which a result is about it."""
FRAME_SHARE = 0.6
"""Share of the menus' links that stand in the content of the answer where they were misread as content."""


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """`position` is the place of the service among the results, from 1; `first` the first results (caption, url)."""

    outcome: Outcome
    results: int = 0
    position: int | None = None
    first: tuple[tuple[str, str], ...] = ()
    quote: str = ""


def read_answer(
    page: Perception,
    before: Perception,
    *,
    query: str,
    addresses: Collection[str],
    status: int | None,
    moved: bool,
    message: str = "",
) -> SearchAnswer:
    """Read the page after the query. `before` is the page that was searched from; `moved` = another page came.

    `addresses` are keys of `same_address` that belong to the service; `message` is what the page said in a box.
    """
    said = message or _no_results(page)
    if (status is not None and status >= 400 and moved) or (page.page_type == "soft-404" and not said):
        return SearchAnswer("error", quote=page.title or page.main_text[:120])
    links = _results(page, before, moved=moved)
    if not links and not moved and not said and squeeze(page.main_text) == squeeze(before.main_text):
        return SearchAnswer("unchanged")
    heading = next((heading.text for heading in page.headings if heading.place == "main"), "")
    first = tuple((link.caption[:120], link.url or "") for link in links[:5])
    for position, link in enumerate(links, 1):
        if _is_service(link, heading, query, addresses):
            return SearchAnswer("found", len(links), position, first, link.caption[:200])
    if any(_is_about(link, heading, query) for link in links):
        return SearchAnswer("about", len(links), None, first, links[0].caption[:200])
    if said or not links:
        return SearchAnswer("empty", quote=said or page.main_text[:120])
    return SearchAnswer("unrelated", len(links), None, first, links[0].caption[:200])


def _results(page: Perception, before: Perception, *, moved: bool) -> list[Link]:
    """Links of the content; where the page stayed the same, only those that the search brought."""
    links = [
        link
        for link in page.links
        if link.place in ("main", "aside")
        and link.kind in ("page", "document", "postback", "script")
        and link.caption.strip()
        and not (link.url and (_asks_again(link.url, page.url) or same_address(link.url) == same_address(before.url)))
    ]
    if moved:
        # The frame of every page may be taken for content in the answer; then most of it stands there.
        links = [link for link in links if link.place == "main"]
        frame = {(link.url, link.caption) for link in before.links if link.place != "main"}
        framed = [link for link in links if (link.url, link.caption) in frame]
        misread = len(framed) >= FRAME_SHARE * len(frame)
        return [link for link in links if not (misread and link in framed)]
    known = Counter((link.url, link.caption) for link in before.links)
    fresh: list[Link] = []
    for link in links:
        key = (link.url, link.caption)
        if known[key] > 0:
            known[key] -= 1
        else:
            fresh.append(link)
    return fresh


def _asks_again(url: str, asked: str) -> bool:
    """Whether a link is the search itself once more: its next page, another order, a corrected query."""
    if same_address(url) == same_address(asked):
        return True
    one, other = urlsplit(url), urlsplit(asked)
    names = set(parse_qs(other.query, keep_blank_values=True))
    return bool(names) and one.path == other.path and names <= set(parse_qs(one.query, keep_blank_values=True))


def _is_service(link: Link, heading: str, query: str, addresses: Collection[str]) -> bool:
    if link.url and same_address(link.url) in addresses:
        return True
    caption, near = link.caption, _near(link, heading)
    return likeness(caption, query) > 0 or squeeze(query) in squeeze(caption) or likeness(near, query) == 1


def _is_about(link: Link, heading: str, query: str) -> bool:
    wanted = name_words(query)
    shared = wanted & (name_words(link.caption) | name_words(_near(link, heading)))
    return bool(wanted) and len(shared) >= max(1, SHARED_WORDS * len(wanted))


def _near(link: Link, heading: str) -> str:
    """The title that a "details" link stands under; the heading of all results only repeats what was asked for."""
    return "" if link.near == heading else link.near


def _no_results(page: Perception) -> str:
    """The page's own words that nothing was found, "" where it does not say so."""
    return next((block.text[:200] for block in page.blocks if lexicon().has(block.text, "no-results")), "")
