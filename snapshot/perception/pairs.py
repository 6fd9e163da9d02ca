"""Label-value pairs: table rows, definition lists, "label: value" lines, bold labels, cards, sections, sentences."""

import re
from collections.abc import Iterator

from snapshot.matching import lexicon
from snapshot.perception.document import Document
from snapshot.perception.models import Pair, PairKey
from snapshot.perception.pair_keys import key_of, value_of
from snapshot.perception.tables import data_tables, header_of, own_rows
from snapshot.perception.tree import El
from snapshot.text import fold

MAX_PAIRS = 1500
_LONGEST_LABEL = 90
_LONGEST_VALUE = 1000
_LINE = re.compile(r"^\s*([^:：]{2,90}?)\s*[:：]\s*(.*)$", re.DOTALL)
_NOT_LABEL = re.compile(r"https?$|^\d[\d\s.]*$|[.!؟?»]$|\d{1,2}$")
_NUMBERED = re.compile(r"^\s*(?:\(?[\d۰-۹٠-٩]{1,2}\s*[-–.)_]+\s*)+")
_SENTENCES = re.compile(r"(?<=[.!؟?؛])\s+|\n")
_AMOUNT = re.compile(
    r"\d[\d,./]*\s*(?:ریال|تومان|هزار|میلیون)|(?:\$|€|£|usd|eur)\s?\d|\d[\d,.]*\s?(?:dollars|euros|usd)|رایگان"
    r"|بدون هزینه|\bfree\b|no (?:fee|charge|cost)"
)
_TIME = re.compile(
    r"(?:\d+|یک|دو|سه|چهار|پنج|شش|هفت|هشت|ده|پانزده|بیست|سی|one|two|three|four|five|six|ten|several|a few)\s*"
    r"(?:(?:تا|الی|to|-|–|or)\s*\d+\s*)?(?:روز|ساعت|هفته|ماه|دقیقه|(?:working |business |calendar )?(?:day|hour"
    r"|week|month|minute)s?)"
)
_AMOUNT_WORDS = (
    "ریال", "تومان", "هزار", "میلیون", "$", "€", "£", "usd", "eur", "dollars", "رایگان", "بدون هزینه", "free",
    "no fee", "no charge", "no cost",
)  # fmt: skip
_TIME_WORDS = ("روز", "ساعت", "هفته", "ماه", "دقیقه", "day", "hour", "week", "month", "minute")
"""Without one of these no amount or time is stated: a quick look that spares the patterns."""
_STEP = re.compile(r"(?:مرحله|گام|قدم|step|stage|phase)\s\S+$")
_SECTION_KEYS = frozenset(
    ("documents", "cost", "duration", "legal-basis", "audience", "channel", "contact", "unit", "visits", "description")
)
_LABEL_CLASS = re.compile(r"label|title|caption|name|key|field-label|term|head", re.IGNORECASE)


def read_pairs(doc: Document) -> tuple[Pair, ...]:
    """Pairs of the main content, each found once, in page order. Needs the headings to be read."""
    found: dict[int, tuple[El, Pair]] = {}
    seen: set[tuple[str, str]] = set()
    sources = (_table_pairs(doc), _list_pairs(doc), _line_pairs(doc), _section_pairs(doc), _sentence_pairs(doc))
    serial = 0
    for source in sources:
        for element, label, value, forced in source:
            pair = _pair(doc, element, label, value, forced)
            if pair is None or (pair.label, pair.value) in seen:
                continue
            seen.add((pair.label, pair.value))
            serial += 1
            found[element.order * 10_000 + serial] = (element, pair)
            if len(found) >= MAX_PAIRS:
                break
    return tuple(pair for _, (_, pair) in sorted(found.items(), key=lambda item: item[0]))


_Raw = tuple[El, str, str, PairKey | None]


def _pair(doc: Document, element: El, label: str, value: str, forced: PairKey | None) -> Pair | None:
    cleaned = " ".join(_NUMBERED.sub("", label).split()).strip(" :：*•-–")
    if not 1 < len(cleaned) <= _LONGEST_LABEL or not any(char.isalpha() for char in cleaned):
        return None
    if _STEP.match(fold(cleaned)):
        return None
    key = forced or key_of(cleaned)
    return Pair(doc.selector(element), cleaned, value_of(value, key)[:_LONGEST_VALUE], key)


def _table_pairs(doc: Document) -> Iterator[_Raw]:
    for table in data_tables(doc):
        rows = own_rows(table)
        header = header_of(doc, rows)
        body = rows[1:] if header and len(header) > 2 else rows
        if header and len(header) > 2 and len(body) == 1 and len(body[0]) == len(header):
            for head, cell in zip(header, body[0], strict=True):
                yield cell, head, _value(doc, cell), None
            continue
        for row in body:
            yield from _row_pairs(doc, row, headed=len(header) > 2)


def _row_pairs(doc: Document, row: list[El], *, headed: bool) -> Iterator[_Raw]:
    cells = row
    if len(cells) == 3 and fold(doc.text(cells[0])).strip(".-) ").isdigit() and not headed:
        cells = cells[1:]
    if len(cells) == 2 and not headed:
        yield row[0].parent or row[0], doc.text(cells[0]), _value(doc, cells[1]), None
    elif len(cells) in {4, 6} and all(cell.tag == "th" for cell in cells[::2]) and cells[1].tag == "td":
        for label, value in zip(cells[::2], cells[1::2], strict=True):
            yield value, doc.text(label), _value(doc, value), None
    elif len(cells) == 4 and not headed:
        known = [key_of(doc.text(cell)) != "other" or doc.text(cell).rstrip().endswith(":") for cell in cells[::2]]
        if all(known):
            for label, value in zip(cells[::2], cells[1::2], strict=True):
                yield value, doc.text(label), _value(doc, value), None


def _value(doc: Document, cell: El) -> str:
    """A cell's value: of choices to tick only those that are ticked."""
    choices = [one for one in doc.select(cell, "input") if one.attr("type").lower() in {"checkbox", "radio"}]
    if not choices:
        return doc.text(cell)
    ticked: list[str] = []
    for at, one in enumerate(choices):
        if "checked" in one.attrs:
            end = choices[at + 1].t0 if at + 1 < len(choices) else cell.t1
            ticked.append(" ".join("".join(doc.tree.pieces[one.t1 : end]).split()))
    return "، ".join(text for text in ticked if text)


def _list_pairs(doc: Document) -> Iterator[_Raw]:
    """Definition lists, and blocks of exactly a label and a value side by side."""
    for term in doc.by_tag.get("dt", []):
        if term.place != "main" or term.parent is None:
            continue
        after = [kid for kid in term.parent.kids if kid.order > term.order]
        values: list[str] = []
        for kid in after:
            if kid.tag != "dd":
                break
            values.append(_value(doc, kid))
        yield (after[0] if after else term), doc.text(term), " ".join(values), None
    for element in doc.elements:
        if (
            element.place != "main"
            or len(element.kids) != 2
            or element.tag not in {"div", "li", "p", "article", "section"}
        ):
            continue
        first, second = element.kids
        if second.tag in {"input", "select", "textarea", "button"} or first.t1 > second.t0:
            continue
        label = doc.text(first)
        if not 1 < len(label) <= 60 or len(doc.text(element)) > _LONGEST_VALUE:
            continue
        if first.tag in {"a", "button", "input"} or second.tag == "form":
            continue
        if doc.own_text(element) not in {"", ":"} and (first.tag == "div" or doc.has_blocks(element)):
            continue
        known = key_of(label.rstrip(" :：")) != "other"
        named = bool(_LABEL_CLASS.search(first.attr("class"))) and label.rstrip().endswith((":", "："))
        if known or named:
            yield element, label, _value(doc, second), None


def _line_pairs(doc: Document) -> Iterator[_Raw]:
    """Lines "label: value", and lines that begin with a bold label of known meaning."""
    for element, text, is_leaf in doc.runs():
        if element.place != "main" or element.tag in {"td", "th", "dt", "label", "option", "title"}:
            continue
        lines = doc.lines(element) if is_leaf else [text] if ":" in text else []
        for at, line in enumerate(lines):
            split = _split_line(line)
            if split is not None:
                label, value = split
                if not value and at + 1 < len(lines) and _split_line(lines[at + 1]) is None:
                    value = lines[at + 1]
                if value or key_of(label) != "other":
                    yield element, label, value, None
        if lines and element.kids and element.kids[0].tag in {"b", "strong", "span", "em", "font", "label"}:
            label = doc.text(element.kids[0])
            whole = doc.text(element)
            if (
                label
                and whole.startswith(label)
                and len(whole) > len(label)
                and key_of(label) != "other"
                and ":" not in label
            ):
                rest = whole[len(label) :].strip(" :：-–")
                if rest and not _LINE.match(whole[: len(label) + 3]):
                    yield element, label, rest, None


def _split_line(line: str) -> tuple[str, str] | None:
    match = _LINE.match(line)
    if match is None:
        return None
    label, value = match.group(1), match.group(2)
    plain = _NUMBERED.sub("", label)
    if len(plain.split()) > 9 or _NOT_LABEL.search(fold(plain)) or value.startswith("//"):
        return None
    return label, value


def _section_pairs(doc: Document) -> Iterator[_Raw]:
    """Sections: a heading of known meaning and all that stands up to the next heading."""
    for heading, text in doc.sections():
        if heading.place != "main":
            continue
        title = doc.text(heading)
        if len(title) > 60:
            continue
        key = key_of(_NUMBERED.sub("", title).strip(" :：?؟"))
        if key in _SECTION_KEYS and (text or _closes_empty(heading)):
            yield heading, title, text, key


def _closes_empty(heading: El) -> bool:
    return heading.tag in {"h2", "h3", "h4", "h5", "h6", "legend"}


def _sentence_pairs(doc: Document) -> Iterator[_Raw]:
    """Plain sentences that state a cost or a length of time."""
    words = lexicon()
    for element, whole, is_leaf in doc.runs():
        if not is_leaf or element.place != "main" or element.tag in {"h1", "h2", "h3", "td", "th"} or len(whole) < 12:
            continue
        folded = fold(whole)
        if not (_states_amount(folded) or _states_time(folded)):
            continue
        if _NUMBERED.match(whole) or (
            element.tag == "li" and element.parent is not None and element.parent.tag == "ol"
        ):
            continue  # the time of one step is not that of the service
        for sentence in _SENTENCES.split(whole)[:60]:
            plain = fold(sentence)
            if _states_amount(plain) and (label := words.first(sentence, "sentence-cost")):
                yield element, label, sentence, "cost"
            elif _states_time(plain) and (label := words.first(sentence, "sentence-duration")):
                # "Within 90 days of arriving" is no time of handling, unless the sentence says what is handled.
                if words.has(label, "bare-duration") and not words.has(sentence, "handling-word"):
                    continue
                yield element, label, sentence, "duration"


def _states_amount(folded: str) -> bool:
    return any(word in folded for word in _AMOUNT_WORDS) and _AMOUNT.search(folded) is not None


def _states_time(folded: str) -> bool:
    return any(word in folded for word in _TIME_WORDS) and _TIME.search(folded) is not None
