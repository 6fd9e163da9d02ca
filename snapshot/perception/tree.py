"""One bounded walk over a page: a light tree of what a person can see, with texts and positions.

Selectors need each element's number among its siblings, and texts of nested blocks would be read again and again; the
walk keeps both: a counter per parent, and one list of text pieces of which every element owns a stretch.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from snapshot.perception.defusing import defused
from snapshot.perception.models import Place
from snapshot.perception.visibility import Revealed, is_hidden

MAX_CHARS = 6_000_000
MAX_DEPTH = 250
MAX_ELEMENTS = 40_000
MAX_TEXT = 2_000_000
_MAX_CHOICE = 200


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


BLOCKS = _tags(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form"
    " frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol option p pre section summary table"
    " tbody td tfoot th thead title tr ul caption text"
)
_SILENT = _tags(
    "script style template noscript head iframe object applet svg math canvas audio video datalist noframes"
)
_DRAWN_SILENT = _tags("title desc defs metadata symbol clippath mask pattern marker lineargradient radialgradient")
"""Parts of a drawing that are no words on it."""
_NO_TEXT = frozenset(("select", "textarea", "option", "optgroup"))
_SET_APART = frozenset({"b", "strong", "label", "small", "time"})
_DRAWN_LINE = "tspan"
_WORDED = re.compile(r"<(?:text|foreignobject)[\s/>]", re.IGNORECASE)
"""What a page with words on a drawing has in its source."""
_CLICKABLE = frozenset(("a", "button"))


_NO_KIDS: list["El"] = []
"""Shared by all elements that hold none, which are most; the walk gives an element its own list with its first kid."""


class El:
    """An element a person can reach. `nth` counts element siblings from 1; `order` is its place in the page.

    `choice` is the text of an option or text area, which is no text of the page.
    `order` to `end` are the places of the element and all it holds; `t0` to `t1` its stretch of text pieces.
    """

    __slots__ = ("attrs", "choice", "depth", "end", "kids", "nth", "order", "parent", "place", "t0", "t1", "tag")

    def __init__(self, tag: str, attrs: dict[str, str | None], parent: "El | None", nth: int, order: int) -> None:
        self.tag = tag
        self.attrs = attrs
        self.parent = parent
        self.nth = nth
        self.order = order
        self.end = order
        self.depth: int = parent.depth + 1 if parent is not None else 0
        self.kids = _NO_KIDS
        self.place: Place = "main"
        self.t0 = 0
        self.t1 = 0
        self.choice = ""

    def attr(self, name: str) -> str:
        """An attribute's value, empty where it is missing."""
        return self.attrs.get(name) or ""

    def holds(self, other: "El") -> bool:
        """Whether the other element is this one or stands inside it."""
        return self.order <= other.order <= self.end


@dataclass(slots=True)
class Tree:
    """What one walk found: elements in page order, text pieces, and facts of the head."""

    elements: list[El]
    pieces: list[str]
    title: str = ""
    base: str = ""
    metas: dict[str, str] = field(default_factory=dict)
    scripts_bytes: int = 0
    scripts: int = 0
    frames: list[tuple[str, int]] = field(default_factory=list)
    refresh: str = ""
    truncated: bool = False


def build_tree(text: str) -> Tree:
    """Parse and walk a page's text. Bounded in depth, elements and text; never raises on any text."""
    bounded = text[:MAX_CHARS]
    parser = LexborHTMLParser(defused(bounded))
    tree = Tree(elements=[], pieces=[])
    root = parser.root
    if root is None:
        return tree
    _read_head(parser, tree)
    _Walk(tree, bounded).run(root)
    tree.truncated = tree.truncated or len(text) > MAX_CHARS
    return tree


def _apart(before: str, tag: str) -> bool:
    """Whether two inline elements are apart on the screen though no space stands between them.

    Links and buttons side by side are, and so is a label or name set in bold from the note in another element beside
    it. Equal elements are not: editors split words among them.
    """
    return (before in _CLICKABLE and tag in _CLICKABLE) or (before != tag and bool({before, tag} & _SET_APART))


def _read_head(parser: LexborHTMLParser, tree: Tree) -> None:
    title = parser.css_first("title")
    if title is not None:
        tree.title = " ".join((title.text() or "").split())[:500]
    base = parser.css_first("base[href]")
    if base is not None:
        tree.base = (base.attributes.get("href") or "").strip()
    for meta in parser.css("meta")[:200]:
        attrs = meta.attributes
        name = (attrs.get("name") or attrs.get("property") or "").lower()
        content = attrs.get("content") or ""
        if name and name not in tree.metas:
            tree.metas[name] = content[:1000]
        if (attrs.get("http-equiv") or "").lower() == "refresh" and not tree.refresh:
            tree.refresh = content[:1000]


class _Walk:
    """The walk's state: where it is, how many siblings were passed, what was said so far."""

    def __init__(self, tree: Tree, source: str) -> None:
        self.tree = tree
        self.revealed = Revealed(source)
        self.worded = _WORDED.search(source) is not None
        self.said = 0
        self.after = ""
        self.mute = 0
        self.drawn = 0

    def run(self, root: Any) -> None:
        """Walk all nodes under the root in page order, without recursion."""
        elements = self.tree.elements
        top = El("html", root.attributes, None, 1, 0)
        elements.append(top)
        # Per open element: parser node, our element (shared by those too deep to be kept), siblings passed.
        nodes: list[Any] = [root]
        owners: list[El] = [top]
        counts: list[int] = [0]
        node = root.child
        while True:
            if node is None:
                done, owner = nodes.pop(), owners.pop()
                counts.pop()
                if not nodes:
                    break
                if self.mute or self.drawn:
                    self.mute -= done.tag in _NO_TEXT
                    self.drawn -= done.tag == "svg"
                if owner is not owners[-1]:
                    self._close(owner)
                node = done.next
                continue
            tag = node.tag
            if tag == "-text":
                self._say(owners[-1], node.text_content or "")
                node = node.next
                continue
            if not node.is_element_node:
                node = node.next
                continue
            counts[-1] += 1
            attrs = node.attributes
            made = owners[-1]
            if self._is_silent(tag, node) or (attrs and is_hidden(tag, attrs, made.tag, self.revealed)):
                self._silent(tag, node, attrs)
                node = node.next
                continue
            if len(elements) >= MAX_ELEMENTS or self.said > MAX_TEXT:
                self.tree.truncated = True
                break
            if len(owners) < MAX_DEPTH:
                made = self._open(El(tag, attrs, made, counts[-1], len(elements)), made)
            self.mute += tag in _NO_TEXT
            self.drawn += tag == "svg"
            nodes.append(node)
            owners.append(made)
            counts.append(0)
            node = node.child
        for owner in (*owners, top):
            owner.t1, owner.end = len(self.tree.pieces), len(elements) - 1

    def _say(self, owner: El, text: str) -> None:
        if self.mute:
            if len(owner.choice) < _MAX_CHOICE:
                owner.choice += text
            return
        self.tree.pieces.append(text)
        self.said += len(text)
        if self.after and not text.isspace():
            self.after = ""

    def _open(self, element: El, parent: El) -> El:
        tree, tag = self.tree, element.tag
        tree.elements.append(element)
        if parent.kids:
            parent.kids.append(element)
        else:
            parent.kids = [element]
        if tag in BLOCKS or tag == "br":
            tree.pieces.append("\n")
        elif tag == _DRAWN_LINE or (self.after and _apart(self.after, tag)):
            tree.pieces.append(" ")
        element.t0 = len(tree.pieces)
        if tag == "frame":
            tree.frames.append((element.attr("src"), element.order))
        return element

    def _close(self, element: El) -> None:
        tree = self.tree
        element.t1 = len(tree.pieces)
        element.end = len(tree.elements) - 1
        if element.tag in BLOCKS:
            tree.pieces.append("\n")
        self.after = element.tag

    def _is_silent(self, tag: str, node: Any) -> bool:
        """Whether nothing in an element can be read. Of drawings only those are read that have words on them."""
        if tag in _SILENT:
            return tag != "svg" or not self.worded or node.css_first("text, foreignObject") is None
        return self.drawn > 0 and tag.lower() in _DRAWN_SILENT

    def _silent(self, tag: str, node: Any, attrs: dict[str, str | None]) -> None:
        if tag == "script":
            self.tree.scripts += 1
            self.tree.scripts_bytes += len(node.text_content or "")
        elif tag == "iframe" and attrs.get("src"):
            self.tree.frames.append((attrs.get("src") or "", len(self.tree.elements) - 1))
