"""One page as the extractors see it: elements, texts, headings above a place, addresses made absolute."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from snapshot.perception.addresses import absolute, origin_of
from snapshot.perception.charset import decode
from snapshot.perception.landmarks import assign_places
from snapshot.perception.models import Heading
from snapshot.perception.tree import BLOCKS, El, build_tree


class Run(NamedTuple):
    """Text of a leaf block, or that of a block outside the blocks inside it (it may be empty)."""

    element: El
    text: str
    is_leaf: bool


class Document:
    """A parsed page. Texts are the page's own with white space folded.

    `elements` are those that a person can reach, in page order, `main` the one of the main content (None on a page
    without elements), `headings` are filled by `headings.read_headings` and answer what a place stands under.
    """

    def __init__(self, text: str, url: str, charset: str = "", declared_charset: str = "") -> None:
        self.url = url
        self.charset = charset
        self.declared_charset = declared_charset
        self.tree = build_tree(text)
        self.elements = self.tree.elements
        self.main = assign_places(self.tree)
        self.by_tag: dict[str, list[El]] = defaultdict(list)
        for element in self.elements:
            self.by_tag[element.tag].append(element)
        self._texts: dict[int, str] = {}
        self._own_texts: dict[int, str] = {}
        self._lines: dict[int, list[str]] = {}
        self._runs: list[Run] | None = None
        self._all_text: str | None = None
        self._paths: dict[int, str] = {}
        self._with_blocks: set[int] | None = None
        self._changes: list[int] | None = None
        self._roles: set[str] | None = None
        self._heading_orders: list[int] = []
        self._heading_elements: list[El] = []
        self._headings: list[Heading] = []
        self._by_id: dict[str, El] | None = None
        self.base = self._base()
        self._origin = origin_of(self.base)

    @classmethod
    def read(cls, body: bytes, url: str, content_type: str = "") -> "Document":
        """The page behind bytes and address. Never raises on any bytes."""
        text, charset, declared = decode(body, content_type)
        return cls(text, url, charset, declared)

    def raw(self, element: El) -> str:
        """Text with its line breaks, white space not folded."""
        first, last = element.t0, element.t1
        if last - first == 1:
            return self.tree.pieces[first]
        return "".join(self.tree.pieces[first:last]) if last > first else ""

    def text(self, element: El) -> str:
        """What a person reads in the element."""
        known = self._texts.get(element.order)
        if known is None:
            known = self._texts[element.order] = " ".join(self.raw(element).split())
        return known

    def lines(self, element: El) -> list[str]:
        """The element's lines as they stand below each other, empty ones left out."""
        known = self._lines.get(element.order)
        if known is None:
            known = [line for raw in self.raw(element).split("\n") if (line := " ".join(raw.split()))]
            self._lines[element.order] = known
        return known

    def own_text(self, element: El) -> str:
        """Text of the element without that of the blocks inside it."""
        known = self._own_texts.get(element.order)
        if known is None:
            known = self._own_texts[element.order] = self._text_beside_blocks(element)
        return known

    def _text_beside_blocks(self, element: El) -> str:
        pieces, parts, at = self.tree.pieces, [], element.t0
        for kid in element.kids:
            if kid.tag in BLOCKS or self.has_blocks(kid):
                parts += pieces[at : kid.t0]
                at = kid.t1
        parts += pieces[at : element.t1]
        return " ".join("".join(parts).split())

    def has_blocks(self, element: El) -> bool:
        """Whether a block element stands inside."""
        if self._with_blocks is None:
            found: set[int] = set()
            for inner in self.elements:
                parent = inner.parent
                if inner.tag in BLOCKS:
                    while parent is not None and parent.order not in found:
                        found.add(parent.order)
                        parent = parent.parent
            self._with_blocks = found
        return element.order in self._with_blocks

    def runs(self) -> list[Run]:
        """Every run of text that no block takes apart, in page order: of leaf blocks, and beside inner blocks."""
        if self._runs is None:
            self._runs = runs = []
            for element in self.elements:
                if element.kids and self.has_blocks(element):
                    runs.append(Run(element, self.own_text(element), is_leaf=False))
                elif element.t1 > element.t0 and element.tag in BLOCKS:
                    runs.append(Run(element, self.text(element), is_leaf=True))
        return self._runs

    def below(self, element: El) -> list[El]:
        """Everything inside the element, in page order."""
        return self.elements[element.order + 1 : element.end + 1]

    def select(self, element: El, *tags: str) -> list[El]:
        """Elements of these tags inside the element, in page order."""
        found: list[El] = []
        for tag in tags:
            known = self.by_tag.get(tag, [])
            start = bisect_left(known, element.order + 1, key=_order)
            end = bisect_left(known, element.end + 1, key=_order)
            found.extend(known[start:end])
        return sorted(found, key=_order) if len(tags) > 1 else found

    def selector(self, element: El) -> str:
        """Structural path from the root; only html and body stand without their number."""
        known = self._paths.get(element.order)
        if known is not None:
            return known
        chain: list[El] = []
        here: El | None = element
        while here is not None and here.order not in self._paths:
            chain.append(here)
            here = here.parent
        path = self._paths[here.order] if here is not None else ""
        for one in reversed(chain):
            # Names of elements from other vocabularies may hold what CSS reads as syntax.
            tag = one.tag if one.tag.isalnum() or one.tag.replace("-", "").isalnum() else "*"
            step = (
                tag if one.parent is None or (one.tag == "body" and one.depth == 1) else f"{tag}:nth-child({one.nth})"
            )
            path = f"{path} > {step}" if path else step
            self._paths[one.order] = path
        return path

    def has_role(self, role: str) -> bool:
        """Whether any element carries the role."""
        if self._roles is None:
            self._roles = {value for element in self.elements if (value := element.attrs.get("role"))}
        return role in self._roles

    def with_id(self, name: str) -> El | None:
        """The first element with this id."""
        if self._by_id is None:
            self._by_id = {}
            for element in self.elements:
                own = element.attrs.get("id")
                if own:
                    self._by_id.setdefault(own, element)
        return self._by_id.get(name)

    def set_headings(self, headings: Iterable[tuple[El, Heading]]) -> None:
        """Make known the page's headings, in page order."""
        pairs = list(headings)
        self._heading_orders = [element.order for element, _ in pairs]
        self._heading_elements = [element for element, _ in pairs]
        self._headings = [heading for _, heading in pairs]

    def heading_above(self, element: El) -> str:
        """The nearest heading before the element in the same place, empty where there is none."""
        at = bisect_left(self._heading_orders, element.order) - 1
        while at >= 0:
            heading = self._headings[at]
            if heading.place == element.place:
                return heading.text
            at -= 1
        return ""

    def heading_right_above(self, element: El) -> str:
        """The heading with at most a sentence between it and the element, empty where there is none."""
        at = bisect_left(self._heading_orders, element.order) - 1
        if at < 0 or self._heading_elements[at].place != element.place:
            return ""
        between = "".join(self.tree.pieces[self._heading_elements[at].t1 : element.t0]).split()
        return self._headings[at].text if len(between) <= 40 else ""

    def is_heading(self, element: El) -> bool:
        """Whether the element is a heading."""
        at = bisect_left(self._heading_orders, element.order)
        return at < len(self._heading_orders) and self._heading_orders[at] == element.order

    def line_before(self, element: El) -> str:
        """The last line of text before an element, within its parent or before it (200 characters at most)."""
        raw = "".join(self.tree.pieces[max(0, element.t0 - 12) : element.t0])
        lines = [line for part in raw.split("\n") if (line := " ".join(part.split()))]
        return lines[-1][-200:] if lines else ""

    def sections(self) -> Iterator[tuple[El, str]]:
        """Each heading with the text between it and the next one in the same place (2,000 characters at most)."""
        pieces = self.tree.pieces
        for at, element in enumerate(self._heading_elements):
            end = len(pieces)
            for follower in self._heading_elements[at + 1 :]:
                if follower.place == element.place:
                    end = follower.t0
                    break
            box_end = self._place_end(element)
            text = "".join(pieces[element.t1 : min(end, box_end, element.t1 + 400)])
            yield element, " ".join(text.split())[:2000]

    def _place_end(self, element: El) -> int:
        """The piece at which the heading's place ends: the first later element of another place."""
        if self._changes is None:
            inner = [one for one in self.elements if one.parent is not None and one.place != one.parent.place]
            self._changes = [one.order for one in inner]
        at = bisect_left(self._changes, element.order + 1)
        return self.elements[self._changes[at]].t0 if at < len(self._changes) else len(self.tree.pieces)

    def first_heading_in(self, box: El, before: El) -> str:
        """The first heading inside a box and before an element, empty where there is none."""
        at = bisect_left(self._heading_orders, box.order + 1)
        return self._headings[at].text if at < len(self._headings) and self._heading_orders[at] < before.order else ""

    def headings_between(self, first: El, last: El) -> bool:
        """Whether a heading stands between two elements."""
        low = bisect_left(self._heading_orders, first.order + 1)
        return low < len(self._heading_orders) and self._heading_orders[low] < last.order

    def address(self, href: str) -> str | None:
        """The absolute address behind an href, None where it is none."""
        return absolute(self.base, self._origin, href)

    def main_text(self) -> str:
        """The visible text of the main place."""
        pieces, parts, at = self.tree.pieces, [], 0
        for element in self.elements:
            parent = element.parent
            if element.place != "main" and (parent is None or parent.place == "main"):
                if element.t0 > at:
                    parts.extend(pieces[at : element.t0])
                inner = self._main_inside(element)
                for one in inner:
                    parts.append("\n")
                    parts.extend(pieces[one.t0 : one.t1])
                at = max(at, element.t1)
        parts.extend(pieces[at:])
        return " ".join("".join(parts).split())

    def _main_inside(self, element: El) -> list[El]:
        """Main content inside another place: a main landmark in a wrapper that was taken for a header."""
        if self.main is None or self.main is element or not element.holds(self.main):
            return []
        return [self.main]

    def all_text(self) -> str:
        """The whole visible text."""
        if self._all_text is None:
            self._all_text = " ".join("".join(self.tree.pieces).split())
        return self._all_text

    def _base(self) -> str:
        try:
            return urljoin(self.url, self.tree.base) if self.tree.base else self.url
        except ValueError:
            return self.url


def _order(element: El) -> int:
    return element.order


def ancestors(element: El) -> Iterator[El]:
    """Parent, its parent, and so on up to the root."""
    parent = element.parent
    while parent is not None:
        yield parent
        parent = parent.parent
