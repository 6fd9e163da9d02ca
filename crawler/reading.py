"""Reading one address: fetch, look, archive, render where the source does not tell, and record what came of it."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from config.vocabulary import Cause, Label
from crawler.addresses import host_of
from crawler.browser import PortalContext, ShowOptions
from crawler.chromium import NoBrowserError
from crawler.crew import Crew
from crawler.fetching import Fetched, Fetcher
from crawler.frontier import Entry
from crawler.learning import page_label
from crawler.rendering import needs_browser
from crawler.shown import Shown
from snapshot.hosts import OwnHosts, site_of
from snapshot.models import ClickStep, Interaction, PageRecord, Rendering, SkippedAddress
from snapshot.perception.models import Perception
from snapshot.perceptions import Perceptions, unpack
from snapshot.writer import SnapshotWriter

GONE = frozenset({404, 410})
"""Statuses that settle a candidate: there is nothing at that address."""
HTML_UTF8 = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page that was read. `perception` is None where there is nothing to learn from it (failed, or seen before)."""

    record: PageRecord
    perception: Perception | None = None
    scripted: str = ""


class PageReader:
    """Reads the pages of one visit, one after another."""

    def __init__(
        self, crew: Crew, fetcher: Fetcher, writer: SnapshotWriter, own: OwnHosts, browser: PortalContext
    ) -> None:
        self._crew = crew
        self._fetcher = fetcher
        self._writer = writer
        self._own = own
        self._browser = browser
        self._kept = Perceptions(writer.folder)
        self.bodies: dict[str, str] = {}
        self.rendered = 0

    async def read(self, entry: Entry, page_id: str | None = None) -> PageRead:
        """Read an address and settle it. `page_id` = a page that failed before and is asked for once more."""
        page_id = page_id or self._writer.next_page_id()
        if entry.click is not None:
            return await self._click(entry, page_id)
        fetched = await self._fetcher.fetch(entry.url, self._may_follow(entry))
        if fetched.answer.stopped:
            return self._not_a_page(entry, page_id, fetched)
        if entry.how == "start" and fetched.read:
            # The register names this portal; where its address sends visitors on to is the portal.
            self._own.add(fetched.url)
        record = _record(entry, page_id, fetched)
        if fetched.left:
            return self._left(entry, record, fetched)
        perception = await self._look(fetched)
        record = self._judged(record, fetched, perception)
        same = self._same_text(fetched, entry)
        record = self._writer.add_page(record, fetched.answer.body or None, fetched.answer.headers)
        if record.cause is not None or perception is None:
            self._settle_failed(entry, record)
            return PageRead(record)
        if same:
            entry.settle("filtered", page_id=page_id, detail=f"same text as {same}")
            self._writer.skip([SkippedAddress(url=record.url, reason=f"same text as {same}")])
            return PageRead(record)
        reason = needs_browser(perception, is_home=entry.how == "start")
        if reason is None:
            assert record.body_sha256 is not None
            self.bodies[record.body_sha256] = page_id
        else:
            record, perception = await self._render(record, perception, reason)
        entry.settle("visited", page_id=page_id)
        return PageRead(record, perception, reason or "")

    async def show(self, record: PageRecord, reason: str) -> tuple[PageRecord, Shown]:
        """Show a page in the browser and store what it showed; the record is replaced.

        A page that was shown before keeps that showing and its reason when this one fails.
        """
        click = record.click_path[-1].how == "click"
        url, _, selector = record.requested_url.partition("#") if click else (record.url, "", "")
        shown = await self._in_turn(url, reason, selector or None)
        before = record.rendering
        if before is not None and before.dom is not None:
            if shown.cause is not None:
                return record, shown
            reason = before.reason
        return self._writer.replace_page(self._with_rendering(record, shown, reason)), shown

    def settle_known(self, entry: Entry, record: PageRecord) -> None:
        """Settle an address by the record that an earlier attempt left."""
        if record.cause is not None:
            self._settle_failed(entry, record)
        elif record.status is not None and record.status >= 300:
            entry.settle("filtered", page_id=record.page_id, detail="leads to other body")
        else:
            if entry.how == "start":
                self._own.add(record.url)
            entry.settle("visited", page_id=record.page_id)

    def _may_follow(self, entry: Entry) -> OwnHosts | None:
        """Hosts on which redirects are followed; None = any (home)."""
        if entry.how == "start":
            return None
        if entry.registered and entry.url not in self._own:
            return OwnHosts([entry.url])
        return self._own

    async def _look(self, fetched: Fetched) -> Perception | None:
        if fetched.answer.status is None or not fetched.answer.body:
            return None
        answer = fetched.answer
        return await self.look(answer.body, fetched.url, answer.content_type)

    async def look(self, document: bytes, url: str, content_type: str) -> Perception | None:
        """What a document holds, kept for those who judge it; None where it cannot be looked at."""
        digest = hashlib.sha256(document).hexdigest()
        known = self._kept.find(digest, url, content_type)
        if known is not None:
            return known
        packed = await self._crew.perceiver.look_packed(document, url, content_type)
        if packed is None:
            return None
        self._kept.keep(digest, url, content_type, packed)
        return unpack(packed)

    def _judged(self, record: PageRecord, fetched: Fetched, perception: Perception | None) -> PageRecord:
        """The record with what perception says of the page's type: a refusal is a cause, whatever its status."""
        if perception is None:
            if not fetched.read:
                return record
            if fetched.answer.body:
                return record.model_copy(update={"cause": Cause.CRASH, "detail": "the page cannot be looked at"})
            return record.model_copy(update={"cause": Cause.HTTP_ERROR, "detail": "an empty answer"})
        update: dict[str, object] = {"page_type": page_label(perception)}
        if perception.page_type == "blocked" and (record.cause is None or record.cause == Cause.BLOCKED):
            update["cause"] = Cause.CAPTCHA if perception.signals.captcha else Cause.BLOCKED
            update["detail"] = record.detail or perception.signals.captcha or perception.signals.blocked or None
        return record.model_copy(update=update)

    def _same_text(self, fetched: Fetched, entry: Entry) -> str:
        """The page that had the same body before; none for home, frames and registered addresses."""
        if not fetched.read or entry.how in ("start", "frame") or entry.registered:
            return ""
        return self.bodies.get(hashlib.sha256(fetched.answer.body).hexdigest(), "")

    def _left(self, entry: Entry, record: PageRecord, fetched: Fetched) -> PageRead:
        """A redirect to another body: recorded by where it leads (a status of 3xx is no content), not followed."""
        entry.settle("filtered", page_id=record.page_id, detail="leads to other body")
        self._writer.skip([SkippedAddress(url=fetched.url, reason="leads to other body", found_on=entry.url)])
        return PageRead(self._writer.add_page(record))

    def _not_a_page(self, entry: Entry, page_id: str, fetched: Fetched) -> PageRead:
        kind = fetched.answer.content_type.split(";", 1)[0]
        entry.settle("filtered", page_id=page_id, detail=f"no page: {kind}")
        self._writer.skip([SkippedAddress(url=fetched.url, reason=f"no page: {kind}", found_on=entry.path[-1].url)])
        record = _record(entry, page_id, fetched)
        return PageRead(self._writer.add_page(record.model_copy(update={"cause": Cause.MISSING_ARTEFACT})))

    def _settle_failed(self, entry: Entry, record: PageRecord) -> None:
        if record.cause == Cause.MISSING_ARTEFACT:
            entry.settle("filtered", page_id=record.page_id, detail=f"no page: {record.content_type}")
        elif record.status in GONE:
            entry.settle("filtered", page_id=record.page_id, detail=f"HTTP status {record.status}")
        elif record.cause == Cause.ROBOTS:
            entry.settle("skipped", page_id=record.page_id, cause=Cause.ROBOTS, detail=record.detail)
        else:
            cause = record.cause or Cause.HTTP_ERROR
            entry.settle("failed", page_id=record.page_id, cause=cause, detail=record.detail)

    async def _render(self, record: PageRecord, perception: Perception, reason: str) -> tuple[PageRecord, Perception]:
        """Show the page now; what the browser shows is what the page holds. Where it fails the source stays."""
        if self.rendered >= self._crew.settings.max_renders:
            rendering = Rendering(
                rendered_at=datetime.now(UTC), final_url=record.url, reason=reason, cause=Cause.BUDGET
            )
            return self._writer.replace_page(record.model_copy(update={"rendering": rendering})), perception
        record, shown = await self.show(record, reason)
        if record.rendering is None or record.rendering.dom is None:
            return record, perception
        seen = await self.look(shown.html.encode("utf-8", "replace"), shown.final_url, HTML_UTF8)
        if seen is None:
            return record, perception
        return self._writer.replace_page(record.model_copy(update={"page_type": page_label(seen)})), seen

    async def _click(self, entry: Entry, page_id: str) -> PageRead:
        """Follow a menu entry that has no address: the page that the click leads to is a page of its own."""
        assert entry.click is not None
        reason = "menu_click"
        if self.rendered >= self._crew.settings.max_renders:
            entry.settle("skipped", cause=Cause.BUDGET, detail="no more pages may be rendered")
            return PageRead(_clicked(entry, page_id, None))
        shown = await self._in_turn(entry.url, reason, entry.click)
        record = _clicked(entry, page_id, shown)
        left = shown.cause is None and shown.final_url not in self._own
        if shown.cause is not None or left:
            if left:
                record = record.model_copy(update={"status": 302, "detail": "leads to other body"})
                entry.settle("filtered", page_id=page_id, detail="leads to other body")
            else:
                entry.settle("failed", page_id=page_id, cause=shown.cause, detail=shown.detail)
            return PageRead(self._writer.add_page(record))
        record = self._with_rendering(record, shown, reason)
        seen = await self.look(shown.html.encode("utf-8", "replace"), shown.final_url, HTML_UTF8)
        if seen is not None:
            record = record.model_copy(update={"page_type": page_label(seen)})
        entry.settle("visited", page_id=page_id)
        return PageRead(self._writer.add_page(record), seen)

    async def _in_turn(self, url: str, reason: str, click: str | None) -> Shown:
        """One load in the host's turn, alone on that host; shot and layout at once, so that none is loaded twice."""
        want = ShowOptions(screenshot=True, layout=True)
        async with self._crew.politeness.load(host_of(url)):
            self.rendered += 1
            try:
                if click is not None:
                    return await self._browser.click(url, click, reason=reason, want=want)
                return await self._browser.show(url, reason=reason, want=want)
            except NoBrowserError as error:
                return Shown(url, None, Cause.CRASH, str(error), datetime.now(UTC))

    def _with_rendering(self, record: PageRecord, shown: Shown, reason: str) -> PageRecord:
        """The record with its rendering. A page whose scripts lead to another body keeps its own source."""
        left = site_of(shown.final_url) != site_of(record.url) and shown.final_url not in self._own
        rendering = self._writer.add_rendering(
            record.page_id,
            rendered_at=shown.shown_at,
            final_url=shown.final_url,
            reason=reason,
            cause=shown.cause,
            html="" if left else shown.html,
            layout=None if left else shown.layout,
            screenshot=None if left else shown.screenshot,
            screenshot_before_consent=None if left else shown.screenshot_before_consent,
        )
        self._writer.interact(
            Interaction(at=shown.shown_at, page_id=record.page_id, action=action, selector=selector, detail=detail)
            for action, selector, detail in shown.interactions
        )
        return record.model_copy(update={"rendering": rendering})


def _record(entry: Entry, page_id: str, fetched: Fetched) -> PageRecord:
    return PageRecord(
        page_id=page_id,
        url=fetched.url,
        requested_url=entry.url,
        redirects=fetched.redirects,
        status=fetched.answer.status,
        cause=fetched.cause,
        detail=fetched.detail,
        fetched_at=fetched.answer.at,
        content_type=fetched.answer.content_type or None,
        click_path=entry.path,
        service=next(iter(entry.services), None) if entry.registered else None,
    )


def _clicked(entry: Entry, page_id: str, shown: Shown | None) -> PageRecord:
    """The record of a page behind a click; its requested address is the page clicked on, with the selector."""
    return PageRecord(
        page_id=page_id,
        url=shown.final_url if shown else entry.url,
        requested_url=f"{entry.url}#{entry.click}",
        redirects=shown.redirects if shown else (),
        status=shown.status if shown else None,
        cause=shown.cause if shown else Cause.BUDGET,
        detail=shown.detail if shown else None,
        fetched_at=shown.shown_at if shown else datetime.now(UTC),
        source="rendered",
        content_type=HTML_UTF8,
        click_path=entry.path,
        page_type=Label.OTHER,
    )


def first_step(url: str) -> tuple[ClickStep, ...]:
    """The way to the home page itself."""
    return (ClickStep(url=url, how="start"),)
