"""Headings, real and styled, and the heading under which each element stands."""

import re
from bisect import bisect_right

from snapshot.markup.document import BLOCK_TAGS, Document, Element
from snapshot.perception.models import Heading

LONGEST = 160
"""Characters; a longer text is a paragraph, however it is styled."""
_STYLED = re.compile(r"(?:^|[-_\s])(?:title|heading|head|caption|subject|onvan|titr)(?:$|[-_\s\d])", re.IGNORECASE)
_STYLED_TAGS = frozenset(["p", "div", "span", "strong", "b", "td", "th", "dt", "a", "label", "button", "li"])
_OPENS = ("aria-controls", "data-bs-target", "data-target", "href")
_REAL = {f"h{level}": level for level in range(1, 7)}


class Outline:
    """The headings of a page in document order, and which of them an element stands under."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.entries: list[tuple[Element, Heading]] = []
        for element in document.elements:
            if element.hidden:
                continue
            level = _level(document, element)
            if level is None:
                continue
            text = document.text(element)
            if 0 < len(text) <= LONGEST:
                heading = Heading(document.selector(element), level, text, element.place)
                self.entries.append((element, heading))
        self._numbers = [element.number for element, _ in self.entries]
        self._openers: dict[str, Element] = {}
        """What a person clicks to open a tab, by the id of the panel or of the opener itself."""
        for element in document.elements:
            if element.attribute("role") == "tab" and element.attribute("id"):
                self._openers.setdefault(element.attribute("id"), element)
            for name in _OPENS:
                target = element.attribute(name).lstrip("#")
                if target:
                    self._openers.setdefault(target, element)

    @property
    def headings(self) -> tuple[Heading, ...]:
        """All headings in document order."""
        return tuple(heading for _, heading in self.entries)

    def over(self, element: Element) -> str:
        """Text of the nearest heading above an element in the same place; its tab's caption counts. Empty for none."""
        tab = self._tab_caption(element)
        if tab:
            return tab
        index = bisect_right(self._numbers, element.number) - 1
        while index >= 0:
            owner, heading = self.entries[index]
            if owner.number != element.number and owner.end <= element.number and heading.place == element.place:
                return heading.text
            index -= 1
        return ""

    def _tab_caption(self, element: Element) -> str:
        """The caption of the tab in whose panel the element stands before any heading of the panel."""
        for ancestor in self._document.ancestors(element):
            label = ancestor.attributes.get("aria-labelledby", "") if ancestor.attribute("role") == "tabpanel" else ""
            identifier = ancestor.attribute("id")
            if not label and not (identifier and "tab" in f"{ancestor.attribute('class')} {identifier}".lower()):
                continue
            inner = [
                e for e, _ in self.entries if ancestor.number < e.number < element.number and e.end <= element.number
            ]
            if inner:
                return ""
            opener = self._openers.get(label) or self._openers.get(identifier)
            return self._document.text(opener)[:LONGEST] if opener is not None else ""
        return ""


def _level(document: Document, element: Element) -> int | None:
    if element.tag in _REAL:
        return _REAL[element.tag]
    role = element.attributes.get("role", "")
    if role == "heading":
        stated = element.attribute("aria-level")
        return int(stated) if stated.isdigit() and 1 <= int(stated) <= 6 else 2
    if element.tag in ("legend", "summary") or role == "tab":
        return 7
    if element.tag not in _STYLED_TAGS or element.place != "main":
        return None
    length = document.text_length(element)
    if not 0 < length <= 2 * LONGEST:
        return None
    if any(child.tag in BLOCK_TAGS or child.tag in _REAL for child in document.inside(element)):
        return None
    if element.tag in ("p", "div") and _wholly_bold(document, element):
        return 7
    named = element.attributes.get("class", "")
    if named and _STYLED.search(named) and element.tag not in ("a", "label", "button"):
        return 7
    return 7 if element.tag in ("strong", "b") and _alone_on_line(document, element) else None


def _wholly_bold(document: Document, element: Element) -> bool:
    bold = [e for e in document.inside(element) if e.tag in ("strong", "b")]
    if not bold:
        return False
    return len(document.text(bold[0])) >= len(document.text(element)) - 2


def _alone_on_line(document: Document, element: Element) -> bool:
    """A bold run followed by a line break that begins its line: an old way to write a heading."""
    before = "".join(document.chunks[max(0, element.first - 1) : element.first])
    after = "".join(document.chunks[element.last : element.last + 1])
    return (
        before.endswith("\n") and after.startswith("\n") and document.elements[element.parent].tag in ("div", "td", "p")
    )
