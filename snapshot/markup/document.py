"""One parsed page: decoded, walked once, every element with its place, its visible text and its structural selector."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import cast

from selectolax.lexbor import LexborHTMLParser, LexborNode
from w3lib.encoding import html_to_unicode

from snapshot.markup.landmarks import Landmark, landmark_of, looks_hidden
from snapshot.perception.models import Place
from snapshot.text import fold_spaces

MAX_BYTES = 4_000_000
MAX_ELEMENTS = 30_000
MAX_DEPTH = 250
"""Bounds of one page; what lies beyond is not looked at. Real portal pages stay far below."""

BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
SKIPPED_TAGS = frozenset(
    ["script", "style", "template", "noscript", "svg", "math", "object", "embed", "iframe", "noframes", "head"]
)
_ORPHAN_CLASS_SHARE = 0.6
"""A class name cannot turn an element that holds more than this share of the page's text into a menu or footer."""


@dataclass(slots=True, eq=False)
class Element:
    """One element in document order. `first`/`last` delimit its text chunks, `end` its descendants."""

    number: int
    tag: str
    attributes: dict[str, str]
    parent: int
    child_number: int
    first: int
    last: int = 0
    end: int = 0
    hidden: bool = False
    place: Place = "main"
    landmark: Landmark | None = None

    def attribute(self, name: str) -> str:
        """An attribute's value, white space trimmed, empty where it is missing."""
        return self.attributes.get(name, "").strip()


@dataclass(slots=True, eq=False)
class Document:
    """A page ready to be read: elements in order, text chunks, and ways to ask for text, place and selector."""

    url: str
    base_url: str
    charset: str
    elements: list[Element] = field(default_factory=list)
    chunks: list[str] = field(default_factory=list)
    chunk_owner: list[int] = field(default_factory=list)
    title: str = ""
    lang: str = ""
    direction: str = ""
    generator: str = ""
    viewport: str = ""
    scripts_bytes: int = 0
    lengths: list[int] = field(default_factory=list)

    def text(self, element: Element) -> str:
        """The visible text of an element, white space folded."""
        return fold_spaces("".join(self.chunks[element.first : element.last]))

    def lines(self, element: Element) -> list[str]:
        """The visible text of an element by lines, as blocks and line breaks part it; empty lines left out."""
        raw = "".join(self.chunks[element.first : element.last])
        return [line for line in (fold_spaces(part) for part in raw.split("\n")) if line]

    def text_length(self, element: Element) -> int:
        """Characters of visible text, white space included."""
        if len(self.lengths) != len(self.chunks) + 1:
            self.lengths = [0, *accumulate(len(chunk) for chunk in self.chunks)]
        return self.lengths[element.last] - self.lengths[element.first]

    def inside(self, element: Element) -> list[Element]:
        """All descendants in document order."""
        return self.elements[element.number + 1 : element.end]

    def children(self, element: Element) -> Iterator[Element]:
        """The child elements in order."""
        number = element.number + 1
        while number < element.end:
            child = self.elements[number]
            yield child
            number = child.end

    def ancestors(self, element: Element) -> Iterator[Element]:
        """Parent, grandparent and so on up to the root."""
        number = element.parent
        while number >= 0:
            found = self.elements[number]
            yield found
            number = found.parent

    def selector(self, element: Element) -> str:
        """The structural CSS path of an element, the same in the browser."""
        parts = [
            step.tag if step.tag in ("html", "body") else f"{step.tag}:nth-child({step.child_number})"
            for step in (element, *self.ancestors(element))
        ]
        return " > ".join(reversed(parts))

    def place_text(self, place: Place) -> str:
        """All visible text of one place."""
        return fold_spaces(
            "".join(
                chunk
                for chunk, owner in zip(self.chunks, self.chunk_owner, strict=True)
                if chunk == "\n" or self.elements[owner].place == place
            )
        )


def read_document(body: bytes, url: str, content_type: str) -> Document:
    """Decode, parse and walk a page. Takes any bytes; bounded in size, number of elements and depth."""
    charset, text = html_to_unicode(content_type or None, body[:MAX_BYTES], auto_detect_fun=_guess_charset)
    parser = LexborHTMLParser(text.replace("\x00", ""))
    document = Document(url=url, base_url=url, charset=charset)
    root = parser.root
    if root is not None:
        _walk(document, root)
        _read_head(document, parser)
        _set_places(document)
    return document


def _guess_charset(body: bytes) -> str:
    """Charset of a page that names none: UTF-8 where it is valid, else the old Persian and Arabic one."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        # A page cut in the middle of a letter is still UTF-8.
        return "utf-8" if error.start > len(body) - 4 else "windows-1256"
    return "utf-8"


def _attributes(node: LexborNode) -> dict[str, str]:
    return {name: value or "" for name, value in node.attributes.items()}


def _walk(document: Document, root: LexborNode) -> None:
    """Record elements and text chunks in document order, without recursion."""
    elements, chunks, owners = document.elements, document.chunks, document.chunk_owner
    open_elements: list[Element] = []
    counters: list[int] = [0]
    node: LexborNode | None = root
    while node is not None:
        tag = cast("str", node.tag)
        entered = False
        if tag == "-text":
            owner = open_elements[-1] if open_elements else None
            if owner is not None and not owner.hidden:
                chunks.append(node.text_content or "")
                owners.append(owner.number)
        elif tag and tag[0] not in "-!":
            counters[-1] += 1
            skipped = tag in SKIPPED_TAGS
            document.scripts_bytes += len(node.text(deep=True)) if tag == "script" else 0
            if len(elements) < MAX_ELEMENTS and len(open_elements) < MAX_DEPTH:
                element = _enter(document, node, tag, counters[-1], open_elements[-1] if open_elements else None)
                if node.child is not None and not skipped:
                    open_elements.append(element)
                    counters.append(0)
                    entered = True
                else:
                    _leave(document, element)
        if entered:
            node = node.child
            continue
        while node is not None and node.next is None:
            if not open_elements:
                return
            _leave(document, open_elements.pop())
            counters.pop()
            node = node.parent
        if node is None or not open_elements:
            break
        node = node.next
    while open_elements:
        _leave(document, open_elements.pop())


def _enter(document: Document, node: LexborNode, tag: str, number: int, parent: Element | None) -> Element:
    attributes = _attributes(node)
    element = Element(
        number=len(document.elements),
        tag=tag,
        attributes=attributes,
        parent=parent.number if parent else -1,
        child_number=number,
        first=len(document.chunks),
        landmark=landmark_of(tag, attributes),
    )
    element.hidden = (parent is not None and parent.hidden) or tag in SKIPPED_TAGS or looks_hidden(tag, attributes)
    document.elements.append(element)
    if tag in BLOCK_TAGS or tag == "br":
        _break(document, element)
    return element


def _leave(document: Document, element: Element) -> None:
    element.end = len(document.elements)
    element.last = len(document.chunks)
    if element.tag in BLOCK_TAGS:
        _break(document, element)


def _break(document: Document, element: Element) -> None:
    document.chunks.append("\n")
    document.chunk_owner.append(element.number)
    if not element.end:
        element.first = len(document.chunks)


def _read_head(document: Document, parser: LexborHTMLParser) -> None:
    title = parser.css_first("title")
    document.title = fold_spaces(title.text()) if title is not None else ""
    html = document.elements[0].attributes if document.elements else {}
    body = next((e.attributes for e in document.elements if e.tag == "body"), {})
    document.lang = (html.get("lang") or html.get("xml:lang") or body.get("lang") or "").strip().lower()
    document.direction = (html.get("dir") or body.get("dir") or "").strip().lower()
    for meta in parser.css("meta[name]"):
        name, content = (meta.attributes.get("name") or "").lower(), meta.attributes.get("content") or ""
        if name == "generator":
            document.generator = content[:200]
        elif name == "viewport":
            document.viewport = content[:200]
    base = parser.css_first("base[href]")
    if base is not None:
        document.base_url = absolute(document.url, base.attributes.get("href") or "") or document.url


def _set_places(document: Document) -> None:
    whole = max(1, sum(len(chunk) for chunk in document.chunks))
    for element in document.elements:
        inherited: Place = document.elements[element.parent].place if element.parent >= 0 else "main"
        mark = element.landmark
        if mark is None or element.tag in ("html", "body"):
            element.place = inherited
        elif mark.sure:
            # A header or footer of an article or section belongs to the content.
            scoped = mark.place in ("header", "footer") and _in_content(document, element)
            element.place = inherited if scoped else mark.place
        elif document.text_length(element) > _ORPHAN_CLASS_SHARE * whole or inherited in ("menu", "footer"):
            element.place = inherited
        else:
            element.place = mark.place


def _in_content(document: Document, element: Element) -> bool:
    return any(e.tag in ("article", "section", "main", "aside") for e in document.ancestors(element))


_BAD_SCHEME = re.compile(r"^\s*(?:data|blob|about|file|ftp|intent|whatsapp|tg):", re.IGNORECASE)


def absolute(base: str, href: str) -> str:
    """An address resolved against its base; empty where it is no web address."""
    from urllib.parse import urljoin, urlsplit

    cleaned = href.strip().replace("\n", "").replace("\r", "").replace("\t", "")
    if _BAD_SCHEME.match(cleaned):
        return ""
    try:
        joined = urljoin(base, cleaned)
        parts = urlsplit(joined)
        known = parts.scheme in ("http", "https") and bool(parts.hostname)
        # Asking for the port raises for addresses no client could open.
        usable = (known or parts.scheme == "file") and (parts.port is None or parts.port >= 0)
    except ValueError:
        return ""
    return joined if usable else ""
