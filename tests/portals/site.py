"""A portal under construction, and the finished one with its truth."""

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin

from config.vocabulary import Outcome
from snapshot.models import ClickStep
from snapshot.reader import Snapshot
from tests import factories
from tests.portals import words
from tests.portals.draw import Draw

_LINK = re.compile(r"""<a\b[^>]*?href=["']([^"'#]+)["'][^>]*>(.*?)</a>""", re.DOTALL)
_TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class SitePage:
    """One address: what the CMS puts into its frame, or raw bytes."""

    url: str
    title: str
    body: str
    menu: str | None = None
    footer: str | None = None
    status: int = 200
    raw: bytes | None = None
    content_type: str = "text/html; charset=utf-8"
    news: bool = False


@dataclass(frozen=True)
class Truth:
    """What a careful reader says: the level, or `na`; `max_level` is what no judge may go above."""

    level: float | Outcome
    why: str
    max_level: float | None = None


@dataclass(frozen=True)
class KitPortal:
    """A finished portal. `service` is None for indicators of the whole portal."""

    id: str
    indicator: str
    family: str
    split: str
    language: str
    truth: Truth
    service: str | None
    site: "Site"

    def snapshot(self) -> Snapshot:
        """The portal as a visit would have sealed it: every page read and seen in the browser, absence earned."""
        return self.site.snapshot()


@dataclass
class Site:
    """Pages, menus and register of one portal. `shell` is the CMS: it puts a frame around each page."""

    draw: Draw
    shell: Callable[["Site", SitePage], str]
    news_url: Callable[[int], str]
    pages: list[SitePage] = field(default_factory=list)
    instant: bool = False
    flags: tuple[str, ...] = ()
    menu_extra: list[tuple[str, str]] = field(default_factory=list)
    footer_extra: list[tuple[str, str]] = field(default_factory=list)
    extra_hosts: tuple[str, ...] = ()
    registered_url: str | None = None
    codes: bool = False
    credit: str = ""
    service_url: str = ""
    desk_url: str = ""

    @property
    def name(self) -> str:
        """The agency as its pages call it."""
        return self.draw.body.name if self.draw.fa else self.draw.body.en

    def page(
        self, url: str, title: str, body: str, *, menu: str | None = None, footer: str | None = None, status: int = 200
    ) -> str:
        """Add a page; `menu` and `footer` are captions under which it stands there. Gives the address back."""
        self.pages.append(SitePage(url, title, body, menu, footer, status))
        return url

    def file(self, url: str, raw: bytes, content_type: str) -> str:
        """Add a file."""
        self.pages.append(SitePage(url, "", "", raw=raw, content_type=content_type))
        return url

    def news(self, title: str, text: str) -> str:
        """Add a news item; home lists the items."""
        url = self.news_url(len([p for p in self.pages if p.news]) + self.draw.number(200, 900) * 10)
        code = f"<p>کد خبر: {self.draw.number(10000, 99999)}</p>" if self.draw.fa else ""
        body = f'<div class="news-date">{self.draw.date(self.draw.number(0, 5))}</div>{code}<p>{text}</p>'
        self.pages.append(SitePage(url, title, body, news=True))
        return url

    def noise(self) -> None:
        """Everyday news items."""
        stock = words.NEWS if self.draw.fa else words.NEWS_EN
        for title, text in self.draw.some(stock, self.draw.number(2, 3)):
            self.news(title, text)

    def html(self) -> dict[str, str]:
        """Every address with its document; files are empty here."""
        return {page.url: self.draw.spell(self.shell(self, page)) if page.raw is None else "" for page in self.pages}

    def snapshot(self) -> Snapshot:
        """See KitPortal.snapshot."""
        html = self.html()
        paths = ways(html)
        specs = [
            factories.page(
                page.url,
                html[page.url] if page.raw is None else page.raw,
                path=paths.get(page.url, [ClickStep(url=factories.PORTAL, how="sitemap")]),
                status=page.status,
                content_type=page.content_type,
                rendered=page.raw is None and page.status == 200,
            )
            for page in self.pages
        ]
        draw = self.draw
        services = [
            factories.service(
                f"s{number}",
                matter.title,
                title_en=matter.en,
                code=matter.code if self.codes else None,
                instant=self.instant and number == 1,
                flags=frozenset(self.flags) if number == 1 else frozenset(),
                url=self.registered_url if number == 1 else None,
            )
            for number, matter in enumerate(draw.matters, start=1)
        ]
        agency = factories.agency(name_fa=draw.body.name, name_en=draw.body.en, extra_hosts=self.extra_hosts)
        return factories.snapshot_of(*specs, agency=agency, services=services)


def ways(html: dict[str, str]) -> dict[str, list[str | ClickStep]]:
    """Shortest ways from home, as captions clicked."""
    found: dict[str, list[str | ClickStep]] = {"/": []}
    waiting = deque(["/"])
    by_address = {urljoin(factories.PORTAL, url): url for url in html}
    while waiting:
        here = waiting.popleft()
        base = urljoin(factories.PORTAL, here)
        for href, caption in _LINK.findall(html[here]):
            there = by_address.get(urljoin(base, href.replace("&amp;", "&")))
            if there is not None and there not in found:
                found[there] = [*found[here], _TAGS.sub("", caption).strip()]
                waiting.append(there)
    return found
