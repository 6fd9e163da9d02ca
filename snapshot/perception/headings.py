"""Headings: real ones, and what only looks like one (bold lines, legends, tabs, folded sections, styled boxes)."""

import re
from functools import lru_cache

from snapshot.perception.document import Document, ancestors
from snapshot.perception.models import Heading
from snapshot.perception.tree import El

MAX_HEADINGS = 1500
STYLED = 7
_LONGEST = 300
_LONGEST_STYLED = 120
_TITLE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:title|titr|titre|heading|headline|subtitle|card-header|panel-heading|panel-title|accordion-header"
    r"|accordion-button|accordion-title|tab-title|box-title|section-header|page-header|caption|onvan)(?:$|[\s_-])",
    re.IGNORECASE,
)  # fmt: skip
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOT_TITLE = re.compile(
    r"subtitle-?date|title-?bar-?icon|meta|date|author|price|btn|button(?!$)|col|row|wrapper|container", re.IGNORECASE
)
_BOLD = frozenset(("b", "strong"))
_BOLD_STYLE = re.compile(
    r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)|font-size\s*:\s*(?:1[6-9]|[2-9]\d)\s*p[xt]|font-size\s*:\s*(?:x{0,2}-?large|1\.[2-9]|2)",
    re.IGNORECASE,
)
_LINES = frozenset(["p", "div", "td", "th", "span", "center", "font", "li", "section", "caption", "a"])
_MAYBE_STYLED = _LINES | _BOLD
_SENTENCE_END = re.compile(r"[.؛;!]\s*$")
_TAB_LIST = re.compile(r"nav-tabs|nav-pills|\btabs\b|tab-list|tablist")
_ENDS = " :：-–—"


def read_headings(doc: Document) -> tuple[Heading, ...]:
    """All headings in page order, made known to the document so that other extractors can ask what stands above."""
    found: list[tuple[El, Heading]] = []
    covered = -1
    for element in doc.elements:
        if element.order <= covered or len(found) >= MAX_HEADINGS:
            continue
        level = _level(doc, element)
        if not level:
            continue
        text = doc.text(element) or _image_title(doc, element)
        text = text.rstrip(_ENDS)
        if not text:
            continue
        if len(text) > (_LONGEST if level < STYLED else _LONGEST_STYLED):
            continue
        found.append((element, Heading(doc.selector(element), level, text, element.place)))
        covered = element.end
    doc.set_headings(found)
    return tuple(heading for _, heading in found)


def _level(doc: Document, element: El) -> int:
    tag, attrs = element.tag, element.attrs
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        return int(tag[1])
    if attrs:
        role = attrs.get("role")
        if role == "heading":
            given = (attrs.get("aria-level") or "").strip()
            return int(given) if given in {"1", "2", "3", "4", "5", "6"} else 2
        if role == "tab":
            return STYLED
    if tag in {"legend", "summary", "caption"}:
        return STYLED
    if tag in _MAYBE_STYLED:
        return STYLED if _styled(doc, element) else 0
    return 0


def _styled(doc: Document, element: El) -> bool:
    if element.place in {"menu", "footer"}:
        return False
    if element.tag == "a":
        parent = element.parent
        return _is_tab(element) or (parent is not None and parent.tag == "li" and _is_tab_list(parent.parent))
    classes = element.attrs.get("class")
    if classes and _names_title(classes):
        return _is_short(doc, element) and not _in_cell_row(element) and not _inside_link_or_label(element)
    return _is_bold_line(doc, element)


@lru_cache(maxsize=4096)
def _names_title(classes: str) -> bool:
    return _TITLE_CLASS.search(_CAMEL.sub("-", classes)) is not None and _NOT_TITLE.search(classes) is None


def _is_tab(element: El) -> bool:
    toggle = element.attr("data-toggle") or element.attr("data-bs-toggle")
    return toggle in {"tab", "pill", "collapse"} and not element.attr("class").startswith("navbar")


def _is_tab_list(element: El | None) -> bool:
    classes = element.attrs.get("class") if element is not None else None
    return classes is not None and _TAB_LIST.search(classes) is not None


def _is_bold_line(doc: Document, element: El) -> bool:
    """A line of its own that is bold or large throughout, and no sentence."""
    if element.tag in _BOLD:
        # Bold text between line breaks: its parent is a plain run of lines.
        parent = element.parent
        if parent is None or parent.tag not in _LINES or _inside_link_or_label(element) or _in_cell_row(parent):
            return False
        text = doc.text(element)
        if text not in doc.lines(parent) or not _is_short(doc, element):
            return False
        return doc.text(parent) != text or parent.tag not in {"td", "th", "li"}
    if element.tag not in {"p", "div", "center", "font", "span", "td"}:
        return False
    kids = element.kids
    styled = element.attrs.get("style")
    if styled and _BOLD_STYLE.search(styled):
        bold = True
    elif len(kids) == 1 and kids[0].tag in _BOLD | {"font", "span"}:
        inner = kids[0]
        size = inner.attr("size")
        bold = (
            inner.tag in _BOLD
            or bool(_BOLD_STYLE.search(inner.attr("style")))
            or (inner.tag == "font" and (size in {"4", "5", "6", "7", "+1", "+2", "+3"}))
            or any(one.tag in _BOLD for one in inner.kids[:1])
        )
        bold = bold and doc.text(inner) == doc.text(element)
    else:
        return False
    return bold and _is_short(doc, element) and not _in_cell_row(element) and not _inside_link_or_label(element)


def _is_short(doc: Document, element: El) -> bool:
    text = doc.text(element)
    if not 2 < len(text) <= _LONGEST_STYLED or _SENTENCE_END.search(text):
        return False
    head, mark, rest = text.partition(":")
    if mark and rest.strip():
        return False
    return (
        len(doc.lines(element)) <= 2
        and any(char.isalpha() for char in head)
        and not doc.select(element, "input", "select")
    )


def _in_cell_row(element: El) -> bool:
    """Inside a table row of several cells, where bold text is a label or a column's name."""
    for box in (element, *ancestors(element)):
        if box.tag in {"td", "th"}:
            row = box.parent
            return (
                row is not None
                and len([kid for kid in row.kids if kid.tag in {"td", "th"}]) > 1
                and len(row.kids) > 1
                and not _is_layout(box)
            )
        if box.tag in {"table", "body"}:
            return False
    return False


def _is_layout(cell: El) -> bool:
    """A cell that holds a good part of the page is layout, not data."""
    return cell.end - cell.order > 25


def _inside_link_or_label(element: El) -> bool:
    return any(box.tag in {"a", "label", "button", "li", "dt"} for box in list(ancestors(element))[:3])


def _image_title(doc: Document, element: El) -> str:
    return next((alt for image in doc.select(element, "img") if (alt := " ".join(image.attr("alt").split()))), "")
