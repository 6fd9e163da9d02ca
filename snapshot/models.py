"""Records of the snapshot folder v1: what a visit saw, as written to disk and read back."""

from datetime import datetime
from typing import Any, Literal

from pydantic import AwareDatetime

from config.models import Agency, Frozen, Service
from config.vocabulary import Cause, Label

SCHEMA_VERSION = 1
Dom = Literal["http", "rendered"]


class VisitPlan(Frozen):
    """What the checks ask of a visit: the union of their labels and probes. The crawler knows no more of checks."""

    labels: tuple[Label, ...] = ()
    probes: tuple[str, ...] = ()


class ClickStep(Frozen):
    """One step from the home page to a page: how it was found, and the text a person would click.

    `url` is the page on which the step starts; `how` = `start` for home, `link`, `click` (postback or script
    menu, in the browser), `frame`, `sitemap`, or `register` (the address stood in the register).
    """

    url: str
    how: Literal["start", "link", "click", "frame", "sitemap", "register"]
    text: str = ""


class Rendering(Frozen):
    """One page as the browser showed it. Paths are relative to the snapshot folder; None = not made.

    `dom` is the serialised document after scripts ran (UTF-8), `layout` a `PageLayout` as JSON, `screenshot` a
    full-page JPEG after consent dialogs were closed, `screenshot_before_consent` the same before, if one was closed.
    `reason` says why the page was rendered; `cause` why it could not be.
    """

    rendered_at: AwareDatetime
    final_url: str
    reason: str
    cause: Cause | None = None
    dom: str | None = None
    dom_sha256: str | None = None
    layout: str | None = None
    screenshot: str | None = None
    screenshot_before_consent: str | None = None


class PageRecord(Frozen):
    """One line of pages.jsonl: one address that was asked for, read or failed.

    `url` is the final address after `redirects` (all addresses before it, in order). `status` is None when no HTTP
    answer came; `cause` is None when the page was read. `body_sha256` is of the decoded body bytes; `warc_offset` and
    `warc_length` (bytes) locate the gzip member in archive.warc.gz. `service` is the registered service whose own
    address this is. During a visit a later line of the same `page_id` replaces the earlier one.
    """

    page_id: str
    url: str
    requested_url: str
    redirects: tuple[str, ...] = ()
    status: int | None = None
    cause: Cause | None = None
    detail: str | None = None
    fetched_at: AwareDatetime
    source: Dom = "http"
    content_type: str | None = None
    body_sha256: str | None = None
    body_size: int = 0
    warc_offset: int | None = None
    warc_length: int | None = None
    click_path: tuple[ClickStep, ...] = ()
    page_type: Label = Label.OTHER
    service: str | None = None
    rendering: Rendering | None = None


class Box(Frozen):
    """Place of an element on the full page, CSS pixels from the top left corner."""

    x: float
    y: float
    width: float
    height: float


class LayoutElement(Frozen):
    """One link, heading, field, image or text block as shown. `visible` = a person can see it on the page.

    What lies in a closed tab, accordion, drop-down menu or window counts as visible, with the box of its opener.
    """

    selector: str
    box: Box
    visible: bool


class PageLayout(Frozen):
    """The layout map of one rendered page at `viewport_width` CSS pixels."""

    viewport_width: int
    page_width: int
    page_height: int
    elements: tuple[LayoutElement, ...]


class Candidate(Frozen):
    """An address that promised a label: its promise (0 to 1) and what became of it.

    `filtered` = ruled out by a rule (`detail` says which); `failed` = asked for without an answer that can be judged;
    `skipped` = not asked for (robots, budget); `open` = still waiting when the visit ended.
    `service` is set when the address is of interest to that registered service only.
    """

    url: str
    promise: float
    state: Literal["visited", "filtered", "failed", "skipped", "open"]
    cause: Cause | None = None
    detail: str | None = None
    page_id: str | None = None
    service: str | None = None


class LabelSearch(Frozen):
    """What the visit did to find one label. Candidates at or above `threshold` must be settled to earn absence."""

    label: Label
    threshold: float
    candidates: tuple[Candidate, ...] = ()
    saturated: bool = False


class SearchReport(Frozen):
    """search.json. `home_cause` is None when home was read, `menus_cause` when its menus were (browser if scripted)."""

    home_cause: Cause | None = None
    menus_cause: Cause | None = None
    labels: tuple[LabelSearch, ...] = ()

    def absence_cause(self, label: Label, service: str | None = None) -> Cause | None:
        """None when absence of the label is earned, else the cause that leaves it open.

        With `service`, candidates that concern only other services are left aside.
        """
        if self.home_cause is not None:
            return self.home_cause
        if self.menus_cause is not None:
            return self.menus_cause
        search = next((entry for entry in self.labels if entry.label == label), None)
        if search is None:
            return Cause.MISSING_ARTEFACT
        for candidate in search.candidates:
            concerns = candidate.service is None or service is None or candidate.service == service
            if candidate.promise < search.threshold or not concerns:
                continue
            if candidate.state in ("failed", "skipped", "open"):
                return candidate.cause or Cause.BUDGET
        return None


class SkippedAddress(Frozen):
    """One line of skipped.jsonl: an address that was not asked for, and why."""

    url: str
    reason: str
    found_on: str | None = None


class Interaction(Frozen):
    """One line of interactions.jsonl: a click, an opened form, a closed dialog; never data sent."""

    at: AwareDatetime
    page_id: str
    action: str
    selector: str | None = None
    detail: str | None = None


class ProbeResult(Frozen):
    """probes/NAME.json: one look beyond the link graph."""

    status: Literal["done", "failed", "off"]
    cause: Cause | None = None
    data: dict[str, Any] = {}


class VisitRecord(Frozen):
    """visit.json: whom, when, from where and with what this visit was made.

    `as_of` is the only clock that checks see: the time of the visit's start, in UTC. `vantage` names the place the
    portal was looked at from (a setting). `versions` holds didban, perception and browser versions.
    """

    schema_version: int = SCHEMA_VERSION
    visit_id: str
    attempt: int = 1
    round: str
    agency: Agency
    services: tuple[Service, ...]
    started_at: AwareDatetime
    as_of: AwareDatetime
    vantage: str = ""
    versions: dict[str, str] = {}
    settings: dict[str, Any] = {}
    plan: VisitPlan = VisitPlan()


class Manifest(Frozen):
    """manifest.json, written last: its presence seals the snapshot. Maps each file to its sha256."""

    schema_version: int = SCHEMA_VERSION
    sealed_at: AwareDatetime
    files: dict[str, str]


class Evidence(Frozen):
    """What an evaluator can look at: page, element, quote, screenshot and digest. A stable export contract.

    `sha256` is of the body (or rendered document, see `dom`) the selector points into; `screenshot` is a path in the
    snapshot folder or None while it is still missing; `box` is the element's place on that screenshot, CSS pixels.
    """

    url: str
    page_id: str
    fetched_at: datetime
    http_status: int | None
    sha256: str | None
    dom: Dom
    selector: str | None = None
    quote: str = ""
    screenshot: str | None = None
    box: Box | None = None
    redirects: tuple[str, ...] = ()
    click_path: tuple[ClickStep, ...] = ()
