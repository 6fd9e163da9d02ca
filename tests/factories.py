"""Tiny snapshots in memory for tests: pages from HTML strings, seen through the same reader as real visits.

snapshot = snapshot_of(
    page("/", "<a href='/faq'>FAQ</a>"),
    page("/faq", "<h1>FAQ</h1>", path=["پرسش‌های متداول"]),
    services=[service("s1", "صدور پروانه", url="/s1")],
)
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urljoin

from config.models import Agency, Service
from config.vocabulary import Cause, Label
from snapshot.models import (
    Box,
    Candidate,
    ClickStep,
    LabelSearch,
    LayoutElement,
    PageLayout,
    PageRecord,
    ProbeResult,
    Rendering,
    SearchReport,
    VisitRecord,
)
from snapshot.perception.page import perceive
from snapshot.reader import Page, Snapshot
from snapshot.warc import ARCHIVE, response

PORTAL = "https://agency.example/"
AS_OF = datetime(2026, 10, 10, 8, 0, tzinfo=UTC)
_TYPED = {"news-item", "login", "blocked", "soft-404", "construction"}


class DictSource:
    """A snapshot folder that exists only in memory."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = dict(files)

    def read(self, name: str) -> bytes:
        """All bytes of a file. Raises FileNotFoundError."""
        if name not in self.files:
            raise FileNotFoundError(name)
        return self.files[name]

    def read_range(self, name: str, offset: int, length: int) -> bytes:
        """`length` bytes from `offset`. Raises FileNotFoundError."""
        return self.read(name)[offset : offset + length]

    def exists(self, name: str) -> bool:
        """Whether the file is there."""
        return name in self.files


@dataclass(frozen=True)
class PageSpec:
    """One address of a snapshot; see `page`."""

    url: str
    body: bytes
    path: tuple[ClickStep, ...] = ()
    page_type: Label | None = None
    status: int | None = 200
    cause: Cause | None = None
    rendered: bool = False
    rendering_cause: Cause | None = None
    layout: Mapping[str, bool] = field(default_factory=dict)
    content_type: str = "text/html; charset=utf-8"
    requested_url: str = ""
    redirects: tuple[str, ...] = ()
    service: str | None = None


def agency(id: str = "agency", portal_url: str = PORTAL, **more: Any) -> Agency:
    """An agency with a portal."""
    return Agency(
        **{"name_fa": "سازمان نمونه", "name_en": "Sample Agency", "kind": "main", **more}, id=id, portal_url=portal_url
    )


DEFAULT_AGENCY = agency()


def service(id: str = "s1", title_fa: str = "صدور پروانه کسب", *, url: str | None = None, **more: Any) -> Service:
    """A registered service; a relative `url` is taken below the portal."""
    return Service(**{"agency": "agency", **more}, id=id, title_fa=title_fa, url=urljoin(PORTAL, url) if url else None)


def page(
    url: str,
    html: str | bytes,
    *,
    path: Sequence[str | ClickStep] | None = None,
    page_type: Label | str | None = None,
    status: int | None = 200,
    cause: Cause | str | None = None,
    rendered: bool = False,
    rendering_cause: Cause | str | None = None,
    hidden: Iterable[str] = (),
    shown: Iterable[str] = (),
    content_type: str = "text/html; charset=utf-8",
    requested_url: str = "",
    redirects: Sequence[str] = (),
    service: str | None = None,
) -> PageSpec:
    """One page. `url` may be relative to the portal.

    `path` lists the captions clicked from home, the last one leads here; the portal's own address is home, a page
    without a path was found through one link of home. `page_type` is perceived unless given. With `cause` the page was
    not read. `rendered` gives the page a rendered document (the same HTML) and a layout in which `hidden` selectors are
    out of sight and `shown` ones visible; `rendering_cause` says that the browser tried and failed.
    """
    address = urljoin(PORTAL, url)
    steps = _steps(address, path)
    layout = {**dict.fromkeys(shown, True), **dict.fromkeys(hidden, False)}
    return PageSpec(
        url=address,
        body=html.encode() if isinstance(html, str) else html,
        path=steps,
        page_type=Label(page_type) if page_type else None,
        status=None if cause and status == 200 else status,
        cause=Cause(cause) if cause else None,
        rendered=rendered,
        rendering_cause=Cause(rendering_cause) if rendering_cause else None,
        layout=layout,
        content_type=content_type,
        requested_url=urljoin(PORTAL, requested_url) if requested_url else "",
        redirects=tuple(urljoin(PORTAL, hop) for hop in redirects),
        service=service,
    )


def earned_search() -> SearchReport:
    """A search after which everything that was not found counts as absent."""
    return SearchReport(labels=tuple(LabelSearch(label=label, threshold=0.3, saturated=True) for label in Label))


def open_search(
    label: Label | str, url: str = "/unvisited", *, cause: Cause = Cause.BUDGET, service: str | None = None
) -> SearchReport:
    """A search that left one promising candidate of a label open."""
    left = Candidate(url=urljoin(PORTAL, url), promise=0.9, state="skipped", cause=cause, service=service)
    return SearchReport(
        labels=tuple(
            LabelSearch(label=entry, threshold=0.3, candidates=(left,) if entry == Label(label) else ())
            for entry in Label
        )
    )


def snapshot_of(
    *pages: PageSpec,
    agency: Agency | None = None,
    services: Sequence[Service] = (),
    search: SearchReport | None = None,
    probes: Mapping[str, ProbeResult | Mapping[str, Any]] | None = None,
    interactions: Sequence[Mapping[str, Any]] = (),
    as_of: datetime = AS_OF,
) -> Snapshot:
    """A snapshot over these pages. Absence is earned unless another search report is given."""
    visit = VisitRecord(
        visit_id="visit-1",
        round="test",
        agency=agency or DEFAULT_AGENCY,
        services=tuple(services),
        started_at=as_of,
        as_of=as_of,
    )
    files: dict[str, bytes] = {"visit.json": visit.model_dump_json().encode()}
    archive = b""
    records: list[PageRecord] = []
    for number, spec in enumerate(pages, start=1):
        record, member = _recorded(f"p{number:04}", spec, len(archive), as_of + timedelta(seconds=number))
        files.update(_rendered_files(record, spec))
        archive += member
        records.append(record)
    files[ARCHIVE] = archive
    files["pages.jsonl"] = "".join(f"{record.model_dump_json()}\n" for record in records).encode()
    files["search.json"] = (search or earned_search()).model_dump_json().encode()
    files["interactions.jsonl"] = "".join(f"{json.dumps(entry)}\n" for entry in interactions).encode()
    for name, result in (probes or {}).items():
        files[f"probes/{name}.json"] = ProbeResult.model_validate(result).model_dump_json().encode()
    return Snapshot(DictSource(files))


def only_page(html: str, url: str = "/", **more: Any) -> Page:
    """The one content page of a snapshot made of it."""
    (found,) = snapshot_of(page(url, html, **more)).pages
    return found


def _steps(address: str, path: Sequence[str | ClickStep] | None) -> tuple[ClickStep, ...]:
    home = ClickStep(url=PORTAL, how="start")
    if address == PORTAL:
        return (home,)
    captions = [""] if path is None else path
    return (
        home,
        *(
            entry if isinstance(entry, ClickStep) else ClickStep(url=PORTAL, how="link", text=entry)
            for entry in captions
        ),
    )


def _recorded(page_id: str, spec: PageSpec, offset: int, at: datetime) -> tuple[PageRecord, bytes]:
    read = spec.cause is None and spec.status is not None
    member = b""
    if read:
        headers = [("Content-Type", spec.content_type)]
        member = response(key=page_id, url=spec.url, at=at, status=spec.status or 200, headers=headers, body=spec.body)
    record = PageRecord(
        page_id=page_id,
        url=spec.url,
        requested_url=spec.requested_url or (spec.redirects[0] if spec.redirects else spec.url),
        redirects=spec.redirects,
        status=spec.status,
        cause=spec.cause,
        fetched_at=at,
        content_type=spec.content_type if read else None,
        body_sha256=hashlib.sha256(spec.body).hexdigest() if read else None,
        body_size=len(spec.body),
        warc_offset=offset if read else None,
        warc_length=len(member) if read else None,
        click_path=spec.path,
        page_type=_page_type(spec) if read else Label.OTHER,
        service=spec.service,
        rendering=_rendering(page_id, spec, at),
    )
    return record, member


def _page_type(spec: PageSpec) -> Label:
    """The type as the crawler notes it: what perception says, where that is a label."""
    if spec.page_type is not None:
        return spec.page_type
    perceived = perceive(spec.body, spec.url, content_type=spec.content_type).page_type
    return Label(perceived) if perceived in _TYPED else Label.OTHER


def _rendering(page_id: str, spec: PageSpec, at: datetime) -> Rendering | None:
    if spec.rendering_cause is not None:
        return Rendering(rendered_at=at, final_url=spec.url, reason="test", cause=spec.rendering_cause)
    if not spec.rendered:
        return None
    return Rendering(
        rendered_at=at,
        final_url=spec.url,
        reason="test",
        dom=f"rendered/{page_id}.html",
        dom_sha256=hashlib.sha256(spec.body).hexdigest(),
        layout=f"layout/{page_id}.json",
        screenshot=f"shots/{page_id}.jpg",
    )


def _rendered_files(record: PageRecord, spec: PageSpec) -> dict[str, bytes]:
    rendering = record.rendering
    if rendering is None or rendering.dom is None or rendering.layout is None:
        return {}
    box = Box(x=0, y=0, width=100, height=20)
    elements = tuple(LayoutElement(selector=name, box=box, visible=seen) for name, seen in spec.layout.items())
    layout = PageLayout(viewport_width=1280, page_width=1280, page_height=2000, elements=elements)
    return {rendering.dom: spec.body, rendering.layout: layout.model_dump_json().encode()}
