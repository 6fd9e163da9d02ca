"""Steps of a process: lists, tables, numbered paragraphs, cards."""

import re
from collections.abc import Sequence

from snapshot.markup.document import Document, Element
from snapshot.markup.headings import Outline
from snapshot.markup.tables import is_layout, own_rows
from snapshot.matching import lexicon
from snapshot.perception.models import Step, StepList
from snapshot.text import fold

MAX_LISTS = 100
_DURATION = re.compile(
    r"(?:حداکثر\s*)?(?:ظرف\s*(?:مدت\s*)?)?(?:\d+|یک|دو|سه|چهار|پنج|شش|هفت|ده|پانزده|بیست|سی"
    r"|one|two|three|four|five|ten)"
    r"(?:\s*(?:تا|الی|-|to)\s*\d+)?\s*"
    r"(?:روز(?:\s*کاری)?|ساعت(?:\s*کاری)?|هفته|ماه|دقیقه"
    r"|(?:working |business |calendar )?(?:days?|hours?|weeks?|months?|minutes?))"
    r"|همان روز|همان لحظه|در لحظه|بلافاصله|\b(?:same[ -](?:working |business )?day|immediately|at once|instantly)\b"
)
_NUMBERED = re.compile(
    r"^\s*(?:\(?\d{1,2}\s*[-.)–:]|(?:مرحله|گام|قدم|step|stage)\s*(?:\d{1,2}|[\w]+)\s*[:.\-–)]?)\s*",
    re.IGNORECASE,
)
_MARKED = re.compile(r"^\s*(?:مرحله|گام|قدم|step|stage)\s+\S+", re.IGNORECASE)
_LONGEST_STEP = 600


def duration_in(text: str) -> str:
    """A stated length of time in the page's own words, empty where there is none."""
    folded = fold(text)
    match = _DURATION.search(folded)
    if match is None:
        return ""
    # Folding keeps the number of letters of ordinary text; where it did not, the folded words are shown.
    return text[match.start() : match.end()].strip() if len(folded) == len(text) else match.group(0).strip()


def unit_in(text: str) -> str:
    """The office that a step names, empty where it names none."""
    return lexicon().first(text, "step-unit")


def read_steps(document: Document, outline: Outline) -> tuple[StepList, ...]:
    """Lists of two or more steps in the main content, each with the heading it stands under."""
    found: list[StepList] = []
    paragraphs: list[Element] = []
    for element in document.elements:
        if element.place != "main" or element.hidden or len(found) >= MAX_LISTS:
            continue
        heading = ""
        if element.tag in ("ol", "ul"):
            items = [c for c in document.children(element) if c.tag == "li"]
            heading = outline.over(element)
            if element.tag == "ol" or lexicon().has(heading, "step-heading") or _numbered(document, items):
                _add(found, document, element, heading, "list", [_step(document.text(i)) for i in items])
        elif element.tag == "table" and not is_layout(document, element):
            _add(found, document, element, outline.over(element), "table", _table_steps(document, element))
        elif element.tag in ("p", "div", "h3", "h4", "h5", "td", "dt") and _is_numbered_paragraph(document, element):
            paragraphs.append(element)
    found.extend(_paragraph_steps(document, outline, paragraphs))
    found.extend(_card_steps(document, outline, {entry.selector for entry in found}))
    return tuple(found[:MAX_LISTS])


def _add(
    found: list[StepList], document: Document, element: Element, heading: str, form: str, steps: Sequence[Step]
) -> None:
    kept = tuple(step for step in steps if step.text)
    if len(kept) >= 2 and form in ("list", "table", "paragraphs", "cards"):
        found.append(StepList(document.selector(element), heading, form, kept))  # type: ignore[arg-type]


def _step(text: str) -> Step:
    return Step(text[:_LONGEST_STEP], duration_in(text), unit_in(text))


def _numbered(document: Document, items: Sequence[Element]) -> bool:
    return len(items) > 1 and all(_NUMBERED.match(fold(document.text(item))) for item in items[:3])


def _table_steps(document: Document, table: Element) -> list[Step]:
    rows = own_rows(document, table)
    header = [document.text(cell) for cell in rows[0]]
    words = lexicon()
    column = {
        kind: next((n for n, text in enumerate(header) if words.has(text, f"step-{kind}-head")), None)
        for kind in ("duration", "unit", "text")
    }
    described = [n for n, text in enumerate(header) if words.has(text, "step-text-head")]
    if not described or not (column["duration"] is not None or column["unit"] is not None or len(header) <= 3):
        return []
    text_column = described[-1]
    steps = []
    for row in rows[1:]:
        cells = [document.text(cell) for cell in row]
        if len(cells) <= text_column:
            continue
        text = cells[text_column] if not cells[text_column].isdigit() else " ".join(cells)
        duration = _cell(cells, column["duration"])
        unit = _cell(cells, column["unit"])
        steps.append(Step(text[:_LONGEST_STEP], duration or duration_in(text), unit or unit_in(text)))
    return steps


def _cell(cells: Sequence[str], number: int | None) -> str:
    if number is None or number >= len(cells):
        return ""
    return "" if re.fullmatch(r"[\s\-–—.0]*", fold(cells[number])) else cells[number]


def _is_numbered_paragraph(document: Document, element: Element) -> bool:
    if document.text_length(element) > 2 * _LONGEST_STEP:
        return False
    if any(c.tag in ("p", "div", "li", "table", "ul", "ol") for c in document.children(element)):
        return False
    return bool(_NUMBERED.match(fold(document.text(element))))


def _paragraph_steps(document: Document, outline: Outline, paragraphs: Sequence[Element]) -> list[StepList]:
    """Numbered paragraphs that follow one another under one heading or in one parent."""
    groups: dict[tuple[int, str], list[Element]] = {}
    for element in paragraphs:
        parent = document.elements[element.parent]
        # A card holds one numbered line each: then the cards' parent is what they share.
        holder = (
            parent
            if sum(1 for e in paragraphs if e.parent == parent.number) > 1
            else document.elements[max(parent.parent, 0)]
        )
        groups.setdefault((holder.number, ""), []).append(element)
    found: list[StepList] = []
    for (number, _), members in groups.items():
        texts = []
        for element in members:
            text = document.text(element)
            if len(_NUMBERED.sub("", fold(text))) < 3 or element.tag in ("h3", "h4", "h5", "dt"):
                text = document.text(document.elements[element.parent])[:_LONGEST_STEP] or text
            texts.append(text)
        heading = _heading_before(outline, members[0])
        _add(found, document, document.elements[number], heading, "paragraphs", [_step(text) for text in texts])
    return found


def _heading_before(outline: Outline, element: Element) -> str:
    """The heading above the first step that is not itself a numbered step."""
    for owner, heading in reversed(outline.entries):
        if owner.end <= element.number and heading.place == element.place and not _MARKED.match(fold(heading.text)):
            return heading.text
    return ""


def _card_steps(document: Document, outline: Outline, known: set[str]) -> list[StepList]:
    """Boxes side by side whose class says that they are steps."""
    found: list[StepList] = []
    parents: dict[int, list[Element]] = {}
    for element in document.elements:
        named = element.attributes.get("class", "")
        if element.tag in ("div", "section", "article") and re.search(
            r"(?:^|[-_\s])steps?(?:$|[-_\s\d])|timeline-item|process-item", named, re.IGNORECASE
        ):
            parents.setdefault(element.parent, []).append(element)
    for number, members in parents.items():
        parent = document.elements[number]
        if len(members) >= 2 and parent.place == "main" and document.selector(parent) not in known:
            _add(found, document, parent, outline.over(members[0]), "cards", [_step(document.text(e)) for e in members])
    return found
