"""Agency niloofar: a municipality whose portal drowns in news: hundreds of items, tag pages and an endless calendar."""

from demo.book import Section
from demo.portals.municipal_news import NEWS_COUNT, news_item
from demo.site import Request, Response, Site, Stage

_BASE = "/fa-IR/Niloofar"
_PER_PAGE = 20
_LAST_MONTH = 12


class MunicipalSite(Site):
    """Middling portal: much is there, little of it is easy to reach or up to date."""

    style = "municipal"
    not_found_status = 200  # a soft 404: missing pages look found
    robots = "User-agent: *\nDisallow: /Admin\n"

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        for number in range(1, NEWS_COUNT + 1):
            item = news_item(number)
            self.add(
                Section(
                    f"{_BASE}/news/{1000 + number}",
                    item.title,
                    item.body,
                    {"kind": "news", "age": str(item.age), "layout": "news"},
                )
            )

    def find(self, request: Request) -> Section | None:
        """A page, an archive page, a tag page or a month of the calendar; every month has a next one."""
        path = request.path.rstrip("/")
        if path in {"", _BASE}:
            return self.sections[f"{_BASE}/1/page/خانه"]
        if path.startswith(f"{_BASE}/tag/"):
            return Section(path, "برچسب: " + path.rsplit("/", 1)[-1], self.sections["/~tag"].body, {"layout": "layout"})
        if path.startswith("/~"):
            return None
        return super().find(request)

    def archive(self, page: str) -> list[Section]:
        """The news of one archive page, newest first."""
        number = int(page) if page.isdigit() and page != "0" else 1
        return self.of_kind("news")[(number - 1) * _PER_PAGE : number * _PER_PAGE]

    def month_links(self, year: str, month: str) -> tuple[str, str]:
        """Addresses of the months before and after the one that is shown."""
        y, m = (int(year) if year.isdigit() else 1400), (int(month) if month.isdigit() else 1)
        before = (y - 1, _LAST_MONTH) if m <= 1 else (y, m - 1)
        after = (y + 1, 1) if m >= _LAST_MONTH else (y, m + 1)
        return tuple(f"{_BASE}/calendar?year={a}&month={b}" for a, b in (before, after))  # type: ignore[return-value]

    def respond(self, request: Request) -> Response:
        """As every portal; `/print/` below a news item is the same text again."""
        if "/print/" in request.path:
            request = Request(request.method, request.path.replace("/print/", "/news/"), request.query, request.form)
        return super().respond(request)
