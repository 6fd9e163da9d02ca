"""One fictional portal: pages from a book of sections and a layout, answered without touching the network."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from demo.book import Section, read_book
from demo.calendar import jalali
from demo.pictures import picture

PAGES = Path(__file__).parent / "pages"
_ADDRESS_ATTRIBUTE = re.compile(r'((?:href|src|action)=")([^"]+)(")')
_RESULT_LIMIT = 10


@dataclass(frozen=True)
class Request:
    """One HTTP request; path and fields are decoded text."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Response:
    """One HTTP answer."""

    body: bytes
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Stage:
    """What all portals of one run share: the edition, the day that dates count back from, and where each host is served."""

    edition: int
    today: date
    addresses: Mapping[str, str]


def page_key(path: str, query: Mapping[str, str]) -> str:
    """The name of a page in the book: its path with the query in sorted order."""
    return path + ("?" + urlencode(sorted(query.items())) if query else "")


def redirect(location: str, status: int = 302) -> Response:
    """An answer that sends the visitor elsewhere."""
    return Response(b"", status, headers=(("Location", quote(location, safe="/:?&=#%+,;~@!")),))


class Site:
    """A portal of one style. Subclasses add what the style does beside plain pages: postbacks, JSON, frames, archives."""

    agency = ""
    style = ""
    encoding = "utf-8"
    robots = "User-agent: *\nAllow: /\n"
    has_sitemap = False
    not_found_status = 404

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.origin = stage.addresses.get(self.agency, "")
        self.folder = PAGES / self.style
        self.templates = Environment(
            loader=FileSystemLoader(self.folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self.templates.globals.update(
            edition=stage.edition, ago=self._ago, addresses=stage.addresses, site=self, this_year=self._year(0)
        )
        self.sections: dict[str, Section] = {}
        for section in read_book(self.folder, stage.edition):
            self.add(section)

    def add(self, section: Section) -> None:
        """Put one more page into the portal."""
        path, _, query = section.path.partition("?")
        self.sections[page_key(path, dict(parse_qsl(query, keep_blank_values=True)))] = section

    def respond(self, request: Request) -> Response:
        """Answer one request."""
        if request.path == "/robots.txt":
            return Response(
                self.robots.format(**self.stage.addresses).encode(), content_type="text/plain; charset=utf-8"
            )
        if request.path == "/sitemap.xml" and self.has_sitemap:
            return self._sitemap()
        if request.path.endswith(".png"):
            return Response(picture(request.path.rsplit("/", 1)[-1]), content_type="image/png")
        if request.path.endswith((".css", ".js")):
            return self._file(request.path)
        section = self.find(request)
        if section is None:
            return self.not_found(request)
        if target := section.fields.get("redirect"):
            return redirect(target, int(section.fields.get("status", "302")))
        return self.show(section, request)

    def find(self, request: Request) -> Section | None:
        """The page that a request asks for; unknown query fields are ignored."""
        exact = self.sections.get(page_key(request.path, request.query))
        return exact or self.sections.get(request.path)

    def not_found(self, request: Request) -> Response:
        """The answer for an address that has no page."""
        section = self.sections.get("/404")
        if section is None:
            return Response("<h1>404</h1>".encode(self.encoding), self.not_found_status)
        return self.show(section, request, status=self.not_found_status)

    def show(self, section: Section, request: Request, *, status: int | None = None) -> Response:
        """Render one page inside its layout."""
        if kind := section.fields.get("raw"):
            return Response(section.body.encode(), content_type=f"{kind}; charset=utf-8")
        html = self.render(section, request)
        code = status if status is not None else int(section.fields.get("status", "200"))
        return Response(html.encode(self.encoding, "xmlcharrefreplace"), code, f"text/html; charset={self.encoding}")

    def render(self, section: Section, request: Request) -> str:
        """The whole HTML text of one page."""
        context = {"page": section, "request": request, "asked": {**request.query, **request.form}}
        content = Markup(self.fragment(section.body, **context))  # noqa: S704 - our own page text
        layout = section.fields.get("layout", "layout")
        html = self.templates.get_template(f"{layout}.html").render(content=content, **context)
        return _ADDRESS_ATTRIBUTE.sub(lambda m: m[1] + quote(m[2], safe="/:?&=#%+,;~@!()'$") + m[3], html)

    def fragment(self, text: str, **context: object) -> str:
        """Page text with its macros filled in, without the layout."""
        macros = '{% import "macros.html" as ui with context %}'
        return self.templates.from_string(macros + text).render(**context)

    def search(self, words: str) -> list[Section]:
        """Pages whose title or text holds all words, titles first; at most ten."""
        parts = words.split()
        hits = [s for s in self.sections.values() if parts and all(w in s.title or w in s.body for w in parts)]
        hits.sort(key=lambda s: (words not in s.title, s.path))
        return hits[:_RESULT_LIMIT]

    def of_kind(self, kind: str) -> list[Section]:
        """The pages whose section carries this kind, in book order."""
        return [s for s in self.sections.values() if s.fields.get("kind") == kind]

    def _ago(self, days: int, shape: str = "slash") -> str:
        return jalali(self.stage.today, days, shape)

    def _year(self, back: int) -> str:
        return jalali(self.stage.today, 0, "year") if back == 0 else jalali(self.stage.today, 365 * back, "year")

    def _file(self, path: str) -> Response:
        file = self.folder / path.rsplit("/", 1)[-1]
        if not file.is_file():
            return Response(b"", 404, "text/plain")
        kind = "text/css" if path.endswith(".css") else "text/javascript"
        return Response(file.read_bytes(), content_type=f"{kind}; charset=utf-8")

    def _sitemap(self) -> Response:
        base = self.origin
        rows = "".join(
            f"<url><loc>{base}{quote(s.path, safe='/?&amp;=')}</loc></url>"
            for s in self.sections.values()
            if "hidden" not in s.fields and "redirect" not in s.fields and s.path != "/404"
        )
        head = '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        return Response(f"{head}{rows}</urlset>".encode(), content_type="application/xml")


SiteMaker = Callable[[Stage], Site]
