"""Results of surveys that stand behind a link: in a file, in a scan, behind a login, or not read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from checks.transparent.result_passages import heads_of, names_results
from config.vocabulary import Cause
from snapshot.filters import is_news
from snapshot.hosts import OwnHosts
from snapshot.perception.models import Link
from snapshot.reader import Page, Snapshot

TEXT_WORDS = 15
"""Words from which a file has a text layer to read."""


@dataclass(frozen=True, slots=True)
class LinkedResults:
    """A link that is named results, and what stands behind it. `cause` of what was not read."""

    page: Page
    link: Link
    state: Literal["scan", "login", "unread"]
    cause: Cause | None = None


def linked_results(snapshot: Snapshot) -> list[LinkedResults]:
    """Links to results that cannot be read as text: scans, logins and files that the visit did not read.

    A target that is gone (an answer 4xx or 5xx) is nothing at all (rule 2.0.6).
    """
    own = OwnHosts.of(snapshot.agency)
    return [
        found
        for page in snapshot.pages
        if not is_news(page.perception) and page.perception.page_type not in ("search-results", "login")
        for link in _named(page)
        if link.url is not None and link.url in own and (found := _behind(snapshot, page, link)) is not None
    ]


def _named(page: Page) -> Iterator[Link]:
    """Links of the content that bear the name of results, and files on a page of results."""
    of_results = any(names_results(text) for text in heads_of(page)) and page.perception.page_type != "home"
    for link in page.perception.links:
        attached = link.kind == "document" and of_results and names_results(link.near)
        named = link.kind in ("page", "document") and names_results(link.caption)
        if link.place == "main" and (named or attached):
            yield link


def _behind(snapshot: Snapshot, page: Page, link: Link) -> LinkedResults | None:
    record = snapshot.record_at(link.url or "")
    target = snapshot.page_at(link.url or "")
    if record is not None and record.cause == Cause.LOGIN:
        return LinkedResults(page, link, "login")
    if target is not None:
        kind, words = target.perception.page_type, target.perception.main_text.split()
        if kind == "login":
            return LinkedResults(page, link, "login")
        return LinkedResults(page, link, "scan") if kind == "document" and len(words) < TEXT_WORDS else None
    if record is None:
        return LinkedResults(page, link, "unread", Cause.MISSING_ARTEFACT) if link.kind == "document" else None
    if record.cause in (None, Cause.HTTP_ERROR):
        return None
    return LinkedResults(page, link, "unread", record.cause)
