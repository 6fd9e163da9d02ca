"""A probe's site over a real browser and a real server; what the crawl would have read is written down before."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from config.models import Agency, Service
from config.settings import Settings
from config.vocabulary import Cause
from crawler.browser import Browser, PortalContext
from crawler.politeness import Politeness
from crawler.probes.site import ProbeSite
from crawler.robots import Verdict
from snapshot.hosts import OwnHosts
from snapshot.models import ClickStep, PageRecord, VisitRecord
from snapshot.writer import SnapshotWriter
from tests.crawler.in_browser.site import Answer, BrowserSite


class Rules:
    """The fetcher's part that probes of the browser use: robots.txt forbids addresses that begin like these."""

    def __init__(self, *forbidden: str) -> None:
        self.forbidden = forbidden

    async def permitted(self, url: str) -> Verdict:
        path = "/" + url.split("/", 3)[3]
        return Verdict(Cause.ROBOTS) if path.startswith(self.forbidden or ("-",)) else Verdict()

    async def sitemaps(self, _url: str) -> tuple[str, ...]:
        return ()

    async def fetch(self, _url: str, _own: OwnHosts) -> Any:
        return SimpleNamespace(read=False)


def probe_site(
    folder: Path,
    portal: PortalContext,
    browser: Browser,
    site: BrowserSite,
    *,
    paths: Sequence[str] = ("/",),
    services: Sequence[Service] = (),
    forbidden: Sequence[str] = (),
) -> ProbeSite:
    """The site of a visit that has read `paths` of the portal, home first."""
    now = datetime.now(UTC)
    agency = Agency(id="a", name_fa="سازمان نمونه", name_en="Sample", kind="main", portal_url=site.url + "/")
    visit = VisitRecord(visit_id="v", round="r", agency=agency, services=tuple(services), started_at=now, as_of=now)
    writer = SnapshotWriter(folder / "visit")
    writer.begin(visit)
    for number, path in enumerate(paths):
        answer = site.routes[path]
        assert isinstance(answer, Answer)
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        step = ClickStep(url=site.url + path, how="link" if number else "start")
        record = PageRecord(
            page_id=writer.next_page_id(),
            url=site.url + path,
            requested_url=site.url + path,
            status=200,
            fetched_at=now,
            content_type="text/html; charset=utf-8",
            click_path=(ClickStep(url=site.url + "/", how="start"), step) if number else (step,),
        )
        writer.add_page(record, body)
    crew = SimpleNamespace(settings=Settings(home=folder), politeness=Politeness(50), browser=browser)
    rules = cast("Any", Rules(*forbidden))
    return ProbeSite(visit, OwnHosts.of(agency), cast("Any", crew), rules, writer, portal)
