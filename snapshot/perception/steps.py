"""Steps of a process, however they are set: lists, tables, numbered lines, headings, cards."""

import re
from collections.abc import Iterator, Sequence

from snapshot.matching import lexicon
from snapshot.perception.document import Document
from snapshot.perception.models import Step, StepList
from snapshot.perception.step_parts import duration_in, unit_in
from snapshot.perception.tables import data_tables, header_of, own_rows
from snapshot.perception.tree import El
from snapshot.text import fold

MAX_LISTS = 100
MAX_STEPS = 80
_LONGEST = 800
_ORDINAL = (
    r"(?:\d{1,2}|یک|دو|سه|چهار|پنج|شش|هفت|هشت|اول|دوم|سوم|چهارم|پنجم|ششم|هفتم|هشتم|نهم|دهم|نخست|یکم|پایانی|اخر"
    r"|نهایی|بعدی"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|[ivx]{1,4})"
)
_MARK = re.compile(
    rf"(?:مرحله|گام|قدم|step|stage|phase)\s*(?:ی\s)?{_ORDINAL}(?!\w)|{_ORDINAL}(?:st|nd|rd|th)?\s(?:step|stage"
    rf"|phase)(?!\w)|(?:first|second|third|fourth|fifth) (?:step|stage)"
)
_NUMBER = re.compile(r"[(\[]?(\d{1,2})\s*(?:[-–—.)\]_:]|ـ)(?!\d)\s*\S")
_NUMBER_ONLY = re.compile(r"[(\[]?(\d{1,2})[.)\]-]?$")
_STRIP = re.compile(r"^\s*[(\[]?[\d۰-۹٠-٩]{1,2}\s*(?:[-–—.)\]_:]|ـ)\s*")
_STEP_CLASS = re.compile(
    r"(?:^|[\s_-])(?:steps?|process|timeline|stages?|wizard|marhale|marahel|flow|workflow|stepper)(?:$|[\s_-]"
    r"|\d)",
    re.IGNORECASE,
)
_CARD_TAGS = frozenset(("div", "li", "article", "section", "td"))
_LINE_TAGS = frozenset(("p", "div", "li", "td", "h2", "h3", "h4", "h5", "h6", "dt", "span", "strong", "section"))


def read_steps(doc: Document) -> tuple[StepList, ...]:
    """Lists of at least two steps in the main content, in page order. Needs the headings to be read."""
    found: list[tuple[int, int, StepList]] = []
    for source in (_tables(doc), _headed(doc), _lists(doc), _lines(doc), _cards(doc)):
        for first, last, steps in source:
            start, end = first.order, (last or first).end
            taken = any(start <= done_end and done <= end for done, done_end, _ in found)
            if not taken and len(steps.steps) > 1 and len(found) < MAX_LISTS:
                found.append((start, end, steps))
    return tuple(steps for _, _, steps in sorted(found, key=lambda entry: entry[0]))


_Found = tuple[El, El | None, StepList]


def _step(text: str, duration: str = "", unit: str = "") -> Step:
    plain = " ".join(_STRIP.sub("", text).split())[:_LONGEST]
    return Step(plain, duration or duration_in(plain), unit or unit_in(plain))


def _names_steps(heading: str) -> bool:
    return lexicon().has(heading, "step-heading")


def _lists(doc: Document) -> Iterator[_Found]:
    for element in doc.elements:
        if element.tag not in {"ol", "ul"} or element.place != "main":
            continue
        items = [kid for kid in element.kids if kid.tag == "li" and doc.text(kid)]
        if len(items) < 2:
            continue
        heading = doc.heading_above(element) or doc.line_before(element)
        texts = [doc.text(item) for item in items]
        if element.tag == "ul" and not (
            _names_steps(heading)
            or _names_steps(doc.line_before(element))
            or _numbered(texts)
            or _STEP_CLASS.search(element.attr("class"))
        ):
            continue
        if _is_link_list(doc, items):
            continue
        form = StepList(doc.selector(element), heading, "list", tuple(_step(text) for text in texts[:MAX_STEPS]))
        yield element, None, form


def _is_link_list(doc: Document, items: Sequence[El]) -> bool:
    """A list whose items are nothing but links leads elsewhere."""
    linked = sum(1 for item in items if any(doc.text(a) == doc.text(item) for a in doc.select(item, "a")[:1]))
    return linked * 2 > len(items)


def _numbered(texts: Sequence[str]) -> bool:
    marks = sum(1 for text in texts if _MARK.match(fold(text[:60])))
    numbers = [int(m.group(1)) for text in texts if (m := _NUMBER.match(fold(text[:60])))]
    return marks * 2 > len(texts) or (len(numbers) * 2 > len(texts) and numbers[0] == 1)


def _tables(doc: Document) -> Iterator[_Found]:
    words = lexicon()
    for table in data_tables(doc):
        rows = own_rows(table)
        header = header_of(doc, rows)
        heading = doc.heading_above(table)
        caption = next((doc.text(kid) for kid in table.kids if kid.tag == "caption"), "") or heading
        if not header:
            first = [doc.text(row[0]) for row in rows]
            if _names_steps(caption) and _numbered_cells(first):
                header = tuple("" for _ in rows[0])
                rows = [rows[0], *rows]
            else:
                continue
        groups = [words.groups_in(text) if len(text) <= 60 else frozenset() for text in header]
        duration = next((at for at, found in enumerate(groups) if "step-duration-head" in found), None)
        unit = next((at for at, found in enumerate(groups) if "step-unit-head" in found and at != duration), None)
        number = [at for at, text in enumerate(header) if fold(text) in {"ردیف", "#", "شماره", "no", "no.", "row"}]
        rest = [at for at in range(len(header)) if at not in {duration, unit} and at not in number]
        named = next((at for at in rest if "step-text-head" in groups[at]), None)
        sure = _names_steps(caption) or any("step-mark" in found for found in groups)
        if not sure and (named is None or (duration is None and unit is None)):
            continue
        if not sure and len(header) > 5:
            continue
        texts = [at for at in rest if at == named or at > (named if named is not None else -1)] or rest
        steps = tuple(_row_step(doc, row, texts, duration, unit) for row in rows[1 : MAX_STEPS + 1])
        steps = tuple(step for step in steps if step.text)
        yield table, None, StepList(doc.selector(table), caption, "table", steps)


def _numbered_cells(texts: Sequence[str]) -> bool:
    plain = [fold(text).strip(".-) ") for text in texts]
    return plain[:2] == ["1", "2"] or _numbered(texts)


def _row_step(doc: Document, row: list[El], texts: list[int], duration: int | None, unit: int | None) -> Step:
    def cell(at: int | None) -> str:
        return doc.text(row[at]) if at is not None and at < len(row) else ""

    said = [text for at in texts if (text := cell(at)) and not _NUMBER_ONLY.match(fold(text))]
    return _step(" - ".join(said), duration_in(cell(duration)) or cell(duration), cell(unit))


def _headed(doc: Document) -> Iterator[_Found]:
    """Headings of which each names a step, with the text below each."""
    run: list[tuple[El, str, str]] = []
    above = ""
    for heading, text in [*doc.sections(), (None, "")]:
        title = doc.text(heading) if heading is not None else ""
        mark = bool(_MARK.match(fold(title[:60]))) or _is_next(title, len(run))
        if heading is not None and mark and heading.place == "main":
            run.append((heading, title, text))
            continue
        if len(run) > 1:
            first = run[0][0]
            steps = tuple(_step(f"{one} {below[:400]}") for _, one, below in run[:MAX_STEPS])
            yield first, run[-1][0], StepList(doc.selector(first), above, "paragraphs", steps)
        run = []
        above = title


def _is_next(title: str, done: int) -> bool:
    match = _NUMBER.match(fold(title[:60]))
    return match is not None and int(match.group(1)) == done + 1


def _lines(doc: Document) -> Iterator[_Found]:
    """Lines that are numbered in order or marked as steps, in one block or in blocks that follow each other."""
    run: list[tuple[El, str]] = []
    below: list[str] = []
    for element, line in [*_main_lines(doc), (None, "")]:
        value, marked = _mark(line)
        if element is not None and (marked or value == len(run) + 1):
            if run and below:
                # Text between two numbered lines belongs to the first of them.
                run[-1] = (run[-1][0], f"{run[-1][1]} {' '.join(below)}"[:_LONGEST])
            run.append((element, line))
            below = []
            continue
        if element is not None and run and value is None and _belongs_below(doc, run[-1][0], element):
            below.append(line)
            continue
        if len(run) > 1:
            yield _line_list(doc, run)
        run, below = ([(element, line)] if element is not None and value == 1 else []), []
    if len(run) > 1:
        yield _line_list(doc, run)


def _belongs_below(doc: Document, last: El, element: El) -> bool:
    return not doc.is_heading(element) and not doc.headings_between(last, element)


def _mark(line: str) -> tuple[int | None, bool]:
    """The number that a line begins with, and whether it begins with a word for a step."""
    folded = fold(line[:80])
    number = _NUMBER.match(folded)
    return (int(number.group(1)) if number else None), bool(_MARK.match(folded))


def _line_list(doc: Document, run: list[tuple[El, str]]) -> _Found:
    first = run[0][0]
    steps = tuple(_step(line) for _, line in run[:MAX_STEPS])
    heading = doc.heading_above(first)
    return first, run[-1][0], StepList(doc.selector(first), heading, "paragraphs", steps)


def _main_lines(doc: Document) -> Iterator[tuple[El, str]]:
    for element, text, is_leaf in doc.runs():
        if element.place != "main" or element.tag in {"td", "th", "option"}:
            continue
        if is_leaf:
            for line in doc.lines(element):
                yield element, line
        elif text and element.tag in _LINE_TAGS:
            yield element, text


def _cards(doc: Document) -> Iterator[_Found]:
    """Boxes of one kind side by side under a heading that names a process, or whose class says steps."""
    for element in doc.elements:
        if (
            element.place != "main"
            or len(element.kids) < 3
            or element.tag in {"table", "tbody", "tr", "select", "form", "body", "ul", "ol"}
        ):
            continue
        classes = element.attr("class")
        by_class = bool(_STEP_CLASS.search(classes))
        boxes = [kid for kid in element.kids if kid.tag in _CARD_TAGS and doc.text(kid)]
        if len(boxes) < 3 or len(boxes) > 20 or len({(box.tag, box.attr("class").split(" ")[0]) for box in boxes}) > 2:
            continue
        texts = [doc.text(box) for box in boxes]
        if max(map(len, texts)) > 500 or doc.select(element, "input", "textarea", "select"):
            continue
        heading = doc.heading_above(boxes[0])
        marked = sum(1 for text in texts if _MARK.search(fold(text[:60])) or _leads_with_number(text))
        if (
            marked * 2 > len(texts)
            or (by_class and not _is_link_list(doc, boxes))
            or (_is_direct(doc, element) and not _is_link_list(doc, boxes))
        ):
            steps = tuple(_step(_without_badge(text)) for text in texts)
            yield element, None, StepList(doc.selector(element), heading, "cards", steps)


def _is_direct(doc: Document, element: El) -> bool:
    """Whether the heading right above the boxes names a process."""
    above = doc.heading_right_above(element)
    return bool(above) and _names_steps(above)


def _leads_with_number(text: str) -> bool:
    first = fold(text).split(" ", 1)[0]
    return bool(_NUMBER_ONLY.match(first))


def _without_badge(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if rest and _NUMBER_ONLY.match(fold(first)) else text
