"""A snapshot as checks see it: pages with what they hold, the search report, probes, and one clock."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from config.models import Agency, Service
from config.vocabulary import Cause, Label
from snapshot.models import (
    Box,
    Dom,
    Evidence,
    PageLayout,
    PageRecord,
    ProbeResult,
    SearchReport,
    VisitRecord,
)
from snapshot.objects import ByteSource
from snapshot.perception.models import Perception
from snapshot.perception.page import perceive
from snapshot.perceptions import Perceptions
from snapshot.warc import read_body

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

Fact = TypeVar("Fact")

SELECTED = 0.35
"""Strength from which a page is offered to a check as carrying a label."""

NOT_CONTENT = frozenset({Label.BLOCKED, Label.SOFT_404, Label.CONSTRUCTION})
"""Page types that are never judged as content (design: visiting, last rules)."""


class Page:
    """One page that was read. Perception is of the rendered document where there is one, else of the source."""

    def __init__(self, record: PageRecord, source: ByteSource, kept: Perceptions | None = None) -> None:
        self.record = record
        self._source = source
        self._kept = kept

    @property
    def page_id(self) -> str:
        """Identifier within the snapshot."""
        return self.record.page_id

    @property
    def url(self) -> str:
        """Final address after redirects."""
        return self.record.url

    @property
    def dom(self) -> Dom:
        """Which document perception and selectors refer to."""
        rendering = self.record.rendering
        return "rendered" if rendering is not None and rendering.dom else "http"

    @property
    def click_depth(self) -> int | None:
        """Clicks from the home page by the path that was found; None where no link path leads there."""
        hows = [step.how for step in self.record.click_path]
        if any(how in ("sitemap", "register") for how in hows):
            return None
        return sum(how in ("link", "click") for how in hows)

    @cached_property
    def body(self) -> bytes:
        """Bytes of the document that `dom` names."""
        rendering = self.record.rendering
        if rendering is not None and rendering.dom:
            return self._source.read(rendering.dom)
        return read_body(self._source, self.record)

    @cached_property
    def perception(self) -> Perception:
        """What the page is and holds."""
        record, rendering = self.record, self.record.rendering
        digest, content_type = record.body_sha256, record.content_type or ""
        if rendering is not None and rendering.dom:
            digest, content_type = rendering.dom_sha256, "text/html; charset=utf-8"
        known = self._kept.find(digest, self.url, content_type) if self._kept is not None else None
        return known or perceive(self.body, self.url, content_type=content_type)

    @property
    def name(self) -> str:
        """What the page calls itself: its first heading, else its title."""
        perception = self.perception
        return next((h.text for h in perception.headings if h.place == "main" and h.level <= 2), perception.title)

    @cached_property
    def soup(self) -> "BeautifulSoup":
        """A BeautifulSoup view, built only when a check asks for it (about 20 ms)."""
        from bs4 import BeautifulSoup

        return BeautifulSoup(self.body, "lxml")

    @cached_property
    def _layout(self) -> Mapping[str, tuple[Box, bool]]:
        rendering = self.record.rendering
        if rendering is None or rendering.layout is None:
            return {}
        layout = PageLayout.model_validate_json(self._source.read(rendering.layout))
        return {element.selector: (element.box, element.visible) for element in layout.elements}

    def visible(self, selector: str) -> bool | None:
        """Whether a person can see the element; None where the page was not rendered or the map has no such element."""
        entry = self._layout.get(selector)
        return None if entry is None else entry[1]

    def evidence(self, selector: str | None = None, quote: str = "") -> Evidence:
        """Evidence for an element of this page, complete with digest, time, way there and screenshot."""
        record, rendering = self.record, self.record.rendering
        entry = self._layout.get(selector) if selector else None
        rendered = self.dom == "rendered" and rendering is not None
        return Evidence(
            url=record.url,
            page_id=record.page_id,
            fetched_at=rendering.rendered_at if rendered and rendering else record.fetched_at,
            http_status=record.status,
            sha256=rendering.dom_sha256 if rendered and rendering else record.body_sha256,
            dom=self.dom,
            selector=selector,
            quote=" ".join(quote.split())[:300],
            screenshot=rendering.screenshot if rendering else None,
            box=entry[0] if entry else None,
            redirects=record.redirects,
            click_path=record.click_path,
        )


class Snapshot:
    """All that one visit saw. Built over any byte source; touches nothing else.

    `kept` spares it looking at pages again right after the crawl; without it every page is looked at anew.
    """

    def __init__(self, source: ByteSource, kept: Perceptions | None = None) -> None:
        self._source = source
        self._kept = kept
        self._facts: dict[Callable[[Snapshot], Any], Any] = {}
        self.visit = VisitRecord.model_validate_json(source.read("visit.json"))

    def derived(self, fact: "Callable[[Snapshot], Fact]") -> Fact:
        """What a pure function says of this snapshot, worked out once (see snapshot.portal for the facts)."""
        if fact not in self._facts:
            self._facts[fact] = fact(self)
        return cast("Fact", self._facts[fact])

    @property
    def agency(self) -> Agency:
        """The agency as the register had it at the visit."""
        return self.visit.agency

    @property
    def services(self) -> tuple[Service, ...]:
        """Its services and sub-services as the register had them at the visit."""
        return self.visit.services

    @property
    def as_of(self) -> datetime:
        """The only clock that checks see."""
        return self.visit.as_of

    @cached_property
    def records(self) -> tuple[PageRecord, ...]:
        """Every address asked for, read or failed, in the order of the visit; the last line of a page counts."""
        if not self._source.exists("pages.jsonl"):
            return ()
        latest: dict[str, PageRecord] = {}
        for line in self._source.read("pages.jsonl").splitlines():
            record = PageRecord.model_validate_json(line)
            latest[record.page_id] = record
        return tuple(latest.values())

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Pages that can be judged as content: read, answered 2xx, and neither blocked, soft 404 nor construction."""
        return tuple(
            Page(record, self._source, self._kept)
            for record in self.records
            if record.cause is None
            and record.status is not None
            and 200 <= record.status < 300
            and record.page_type not in NOT_CONTENT
        )

    @cached_property
    def empty_pages(self) -> tuple[Page, ...]:
        """Pages that were read but say that there is nothing on them; see perception's soft 404. No content."""
        return tuple(
            Page(record, self._source)
            for record in self.records
            if record.cause is None and record.status == 200 and record.page_type == Label.SOFT_404
        )

    @cached_property
    def home(self) -> Page | None:
        """The portal's first page, None where it could not be read."""
        return next((p for p in self.pages if [s.how for s in p.record.click_path] == ["start"]), None)

    def page(self, page_id: str) -> Page | None:
        """The content page with this id."""
        return next((page for page in self.pages if page.page_id == page_id), None)

    @cached_property
    def _by_url(self) -> Mapping[str, PageRecord]:
        table: dict[str, PageRecord] = {}
        for record in self.records:
            for url in (record.requested_url, *record.redirects, record.url):
                table.setdefault(same_address(url), record)
        return table

    def record_at(self, url: str) -> PageRecord | None:
        """What became of an address, read or failed; None where it was not asked for."""
        return self._by_url.get(same_address(url))

    def page_at(self, url: str) -> Page | None:
        """The content page behind an address, redirects followed; None where there is none."""
        record = self.record_at(url)
        return None if record is None else self.page(record.page_id)

    def pages_with(self, label: Label | str, minimum: float = SELECTED) -> list[Page]:
        """Content pages that carry a label, strongest first; the same strength keeps the order of the visit."""
        wanted = Label(label)
        found = [(page.perception.strength(wanted), page) for page in self.pages]
        chosen = [entry for entry in found if entry[0] >= minimum]
        return [page for _, page in sorted(chosen, key=lambda entry: -entry[0])]

    @cached_property
    def search(self) -> SearchReport:
        """What the visit did to find each label."""
        if not self._source.exists("search.json"):
            return SearchReport(home_cause=Cause.MISSING_ARTEFACT)
        return SearchReport.model_validate_json(self._source.read("search.json"))

    def probe(self, name: str) -> ProbeResult | None:
        """A probe's artefact, None where the visit did not run it."""
        path = f"probes/{name}.json"
        return ProbeResult.model_validate_json(self._source.read(path)) if self._source.exists(path) else None

    @cached_property
    def interactions(self) -> tuple[Mapping[str, Any], ...]:
        """The log of clicks and opened forms."""
        if not self._source.exists("interactions.jsonl"):
            return ()
        return tuple(json.loads(line) for line in self._source.read("interactions.jsonl").splitlines())


def same_address(url: str) -> str:
    """A key under which two spellings of one address meet: scheme, `www.`, trailing slash and fragment left aside."""
    rest = url.split("#", 1)[0].split("://", 1)[-1]
    host, _, path = rest.partition("/")
    return host.lower().removeprefix("www.").removesuffix(":80").removesuffix(":443") + "/" + path.rstrip("/")
