"""Data tables and label-value pairs."""

import re
from collections.abc import Iterator

from snapshot.markup.document import Document, Element
from snapshot.markup.headings import Outline
from snapshot.matching import lexicon
from snapshot.perception.models import Pair, PairKey, Table
from snapshot.text import fold

MAX_TABLES = 200
MAX_PAIRS = 1_500
_KEYS: tuple[PairKey, ...] = (
    "visits", "documents", "duration", "legal-basis", "channel", "unit", "cost", "audience", "code", "title",
    "description", "contact",
)  # fmt: skip
_EMPTY = re.compile(r"^[\s\-–—ـ_.…:/\\*]*$|^0+$|^(?:\[.*\]|\{.*\})$")
_ALL_CHOICES = re.compile(r"^(?=.*g2c)(?=.*g2b)(?=.*g2g)[^✓✔☑■]*$")
_LINE = re.compile(r"^\s*(.{2,60}?)\s*[:：]\s*(.*)$")
_LONGEST_LABEL = 70


def own_rows(document: Document, table: Element) -> list[list[Element]]:
    """Cells by row, without those of nested tables."""
    rows: list[list[Element]] = []
    inner_end = 0
    for element in document.inside(table):
        if element.number < inner_end:
            continue
        if element.tag == "table":
            inner_end = element.end
        elif element.tag == "tr":
            rows.append([])
        elif element.tag in ("td", "th") and rows:
            rows[-1].append(element)
    return [row for row in rows if row]


def is_layout(document: Document, table: Element) -> bool:
    """Whether a table only places things: it holds another table, a form's fields or one cell a row."""
    if any(e.tag == "table" for e in document.inside(table)) or table.attribute("role") == "presentation":
        return True
    rows = own_rows(document, table)
    return not rows or max(len(row) for row in rows) < 2


def read_tables(document: Document, outline: Outline) -> tuple[Table, ...]:
    """Data tables of the main content."""
    tables: list[Table] = []
    for element in document.elements:
        if element.tag != "table" or element.place != "main" or element.hidden or is_layout(document, element):
            continue
        rows = own_rows(document, element)
        texts = [tuple(document.text(cell) for cell in row) for row in rows]
        headed = all(cell.tag == "th" for cell in rows[0]) or _bold_row(document, rows[0])
        caption = next((document.text(e) for e in document.inside(element) if e.tag == "caption"), "")
        header = texts[0] if headed or len(rows[0]) > 2 else ()
        tables.append(
            Table(
                selector=document.selector(element),
                caption=caption or outline.over(element),
                header=header,
                rows=tuple(texts[1:] if header else texts),
            )
        )
        if len(tables) >= MAX_TABLES:
            break
    return tuple(tables)


def _bold_row(document: Document, row: list[Element]) -> bool:
    return all(any(e.tag in ("b", "strong") for e in document.inside(cell)) for cell in row)


def read_pairs(document: Document) -> tuple[Pair, ...]:
    """Label-value pairs of the main content, in document order, each stated once."""
    pairs: dict[tuple[str, str], Pair] = {}
    for element, stated, value in _stated(document):
        label = stated.strip(" :：*•-–")
        if not label or len(label) > _LONGEST_LABEL:
            continue
        key = key_of(label)
        pair = Pair(document.selector(element), label, "" if is_empty(value) else value, key)
        pairs.setdefault((label, pair.value), pair)
        if len(pairs) >= MAX_PAIRS:
            break
    return tuple(pairs.values())


def is_empty(value: str) -> bool:
    """Whether a value says nothing: dashes, zeros, unfilled brackets, or all choices printed without a tick."""
    folded = fold(value)
    return bool(_EMPTY.match(folded) or _ALL_CHOICES.match(folded))


def key_of(label: str) -> PairKey:
    """What a label asks for."""
    groups = lexicon().groups_in(label)
    return next((key for key in _KEYS if f"pair-{key}" in groups), "other")


def _stated(document: Document) -> Iterator[tuple[Element, str, str]]:
    for element in document.elements:
        if element.place != "main" or element.hidden:
            continue
        if element.tag == "table" and not is_layout(document, element):
            for row in own_rows(document, element):
                if len(row) in (2, 4):
                    for at in range(0, len(row), 2):
                        yield row[at], document.text(row[at]), document.text(row[at + 1])
        elif element.tag == "dt":
            following = _next_sibling(document, element)
            if following is not None and following.tag == "dd":
                yield element, document.text(element), document.text(following)
        elif element.tag in ("p", "li", "div", "td", "dd") and document.text_length(element) < 700:
            yield from _lines(document, element)


def _lines(document: Document, element: Element) -> Iterator[tuple[Element, str, str]]:
    """`label: value` lines, and a pair of small boxes whose first is a known label."""
    children = list(document.children(element))
    blocks = [c for c in children if c.tag in ("div", "span", "p", "strong", "b", "label", "h4", "h5", "h6", "dt")]
    if len(children) == 2 and len(blocks) >= 1:
        label, value = document.text(children[0]), document.text(children[1])
        if label and value and ":" not in label and key_of(label) != "other" and len(label) <= _LONGEST_LABEL:
            yield element, label, value
            return
    if any(c.tag in ("div", "p", "ul", "ol", "table", "dl") for c in children):
        return
    lines = document.lines(element)
    for line in lines:
        match = _LINE.match(line)
        if match is not None and not line.lower().startswith(("http:", "https:")):
            yield element, match.group(1), match.group(2)
            continue
        for group, label in (("sentence-cost", "cost"), ("sentence-duration", "duration")):
            quote = lexicon().first(line, group)
            if quote and (any(c.isdigit() for c in line) or group == "sentence-cost"):
                yield element, {"cost": "هزینه", "duration": "مدت"}[label] if _persian(line) else label, line


def _persian(text: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in text)


def _next_sibling(document: Document, element: Element) -> Element | None:
    if element.end < len(document.elements):
        following = document.elements[element.end]
        return following if following.parent == element.parent else None
    return None
