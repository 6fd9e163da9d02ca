"""What a person reads beside a form field, however the page ties the two together (mostly: not at all)."""

from collections.abc import Sequence

from snapshot.perception.document import Document, ancestors
from snapshot.perception.tree import BLOCKS, El

_LONGEST = 160
_FIELDS = ("input", "select", "textarea")
_ENDS = " :：؛\t"
_SENTENCE_ENDS = (".", "!", "؟", "?")
_AFTER = frozenset(("checkbox", "radio"))


def label_of(doc: Document, field: El, group: Sequence[El] = ()) -> str:
    """The field's label; for a group of radio buttons or checkboxes the question they answer. Empty for none."""
    if group:
        return _clean(_question(doc, group))
    for text in (
        _named(doc, field),
        _wrapping(doc, field),
        " ".join(field.attr("aria-label").split()),
        _after(doc, field) if field.attr("type").lower() in _AFTER else "",
        _unless_told(field, _cell(doc, field)),
        _unless_told(field, _before(doc, field)),
        " ".join(field.attr("title").split()),
    ):
        label = _clean(text)
        if label:
            return label
    return ""


def _clean(text: str) -> str:
    cleaned = " ".join(text.split()).strip(_ENDS)
    return cleaned[:_LONGEST] if any(char.isalnum() for char in cleaned) else ""


def _named(doc: Document, field: El) -> str:
    ids = field.attr("aria-labelledby").split()
    texts = [doc.text(element) for name in ids if (element := doc.with_id(name)) is not None]
    if any(texts):
        return " ".join(texts)
    own = field.attr("id")
    if own:
        for label in doc.by_tag.get("label", []):
            if label.attrs.get("for") == own:
                text = doc.text(label)
                if text:
                    return text
    return ""


def _wrapping(doc: Document, field: El) -> str:
    for box in list(ancestors(field))[:4]:
        if box.tag == "label":
            return doc.text(box)
    return ""


def _question(doc: Document, group: Sequence[El]) -> str:
    """Text above a group of choices: legend, cell beside it, or the last line before the first choice."""
    first, last = group[0], group[-1]
    for box in ancestors(first):
        if not box.holds(last):
            continue
        if box.tag == "fieldset":
            legend = next((kid for kid in box.kids if kid.tag == "legend"), None)
            if legend is not None:
                return doc.text(legend)
        if box.attr("role") in {"radiogroup", "group"}:
            named = box.attr("aria-label") or _named(doc, box)
            if named:
                return named
        if box.tag in {"form", "body"}:
            break
    around = next((box for box in ancestors(first) if box.holds(last)), first)
    return (
        _line_above(doc, first, around)
        or _cell(doc, around if around.tag in BLOCKS else first)
        or _before(doc, first)
        or doc.heading_above(first)
    )


def _line_above(doc: Document, first: El, around: El) -> str:
    """The last line above the first choice inside the box of all choices, the choice's own label left out."""
    wrapping = next((box for box in list(ancestors(first))[:4] if box.tag == "label"), first)
    earlier = [one for one in doc.select(around, *_FIELDS) if one.order < first.order]
    start = max((one.t1 for one in earlier), default=around.t0)
    text = "".join(doc.tree.pieces[start : wrapping.t0])
    lines = [line for raw in text.split("\n") if (line := " ".join(raw.split())) and line != _named(doc, first)]
    return lines[-1] if lines and len(lines[-1]) <= _LONGEST else ""


def _cell(doc: Document, field: El) -> str:
    """The cell beside the field's: the one before it in the source, else the one after, else the one above."""
    boxes = [field, *list(ancestors(field))[:8]]
    cell = next((box for box in boxes if box.tag in {"td", "th", "dd"}), None)
    if cell is None or cell.parent is None:
        return ""
    siblings = [kid for kid in cell.parent.kids if kid.tag in {"td", "th", "dt", "dd"}]
    at = siblings.index(cell)
    inside = _line_before(doc, field, cell)
    if inside:
        return inside
    if cell.tag == "dd":
        return doc.text(siblings[at - 1]) if at and siblings[at - 1].tag == "dt" else ""
    for near in ([siblings[at - 1]] if at else []) + siblings[at + 1 : at + 2]:
        text = doc.text(near)
        if 0 < len(text) <= _LONGEST and not doc.select(near, *_FIELDS) and any(c.isalpha() for c in text):
            return text
    row = cell.parent
    rows = [kid for kid in row.parent.kids if kid.tag == "tr"] if row.parent is not None else []
    above = rows[rows.index(row) - 1] if row in rows and rows.index(row) else None
    if above is not None and at < len(above.kids) and not doc.select(above.kids[at], *_FIELDS):
        return doc.text(above.kids[at]) if len(doc.text(above.kids[at])) <= 80 else ""
    return ""


def _line_before(doc: Document, field: El, box: El) -> str:
    """The last line of text between the previous field in the box and this one."""
    before = [one for one in doc.select(box, *_FIELDS) if one.order < field.order]
    start = max((one.t1 for one in before), default=box.t0)
    lines = [line for raw in "".join(doc.tree.pieces[start : field.t0]).split("\n") if (line := " ".join(raw.split()))]
    return lines[-1] if lines and len(lines[-1]) <= _LONGEST else ""


def _before(doc: Document, field: El) -> str:
    """Text before the field in its block, else of the short sibling before it, looking up a few levels."""
    here = field
    for box in list(ancestors(field))[:4]:
        if box.tag in {"form", "body", "html", "main"} and here.tag not in _FIELDS:
            break
        text = _line_before(doc, field, box)
        if text:
            return text
        # A field that starts its block may be labelled by the block before it.
        if any(one.order < field.order for one in doc.select(box, *_FIELDS)):
            break
        here = box
    return ""


def _unless_told(field: El, text: str) -> str:
    """The text beside a field, unless it is a sentence and the field says by its placeholder what it is."""
    return "" if field.attr("placeholder") and text.rstrip().endswith(_SENTENCE_ENDS) else text


def _after(doc: Document, field: El) -> str:
    """Text after a tick box, up to the next field."""
    for box in list(ancestors(field))[:3]:
        later = [one.t0 for one in doc.select(box, *_FIELDS) if one.order > field.order]
        end = min(later, default=box.t1)
        lines = [raw for raw in "".join(doc.tree.pieces[field.t1 : end]).split("\n") if raw.strip()]
        if lines:
            return lines[0]
    return ""
