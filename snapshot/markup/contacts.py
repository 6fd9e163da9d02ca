"""Cards and rows that join a role with a person and ways to reach the office."""

import re
from collections.abc import Sequence

from snapshot.markup.document import Document, Element
from snapshot.markup.headings import Outline
from snapshot.markup.phones import emails_in, phones_in
from snapshot.markup.tables import is_layout, own_rows
from snapshot.matching import lexicon
from snapshot.perception.models import Contact, Phone
from snapshot.text import fold

MAX_CONTACTS = 400
LONGEST_CARD = 420
"""Characters: a role and a phone belong together only inside one row or card of about this size (rule of T05)."""

_ROLE = re.compile(
    r"(?<![\w])(?:وزیر|قائم ?مقام|معاون(?:ت)?|رییس|رئیس|مدیر ?کل|مدیر ?عامل|مدیر|سرپرست|استاندار|فرماندار|بخشدار|شهردار"
    r"|دبیر ?کل|دبیر|ذی ?حساب|مشاور|مسئول|مسوول|بازرس|سخنگو|فرمانده|جانشین|کارشناس مسئول"
    r"|(?:vice[- ])?president|deputy|director(?:[- ]general)?|managing director|chief \w+ officer|ceo|cio"
    r"|head of|secretary|advisor|adviser|spokesperson|mayor|governor|chair(?:man|person|woman)?|minister"
    r"|commissioner|administrator|manager|inspector general)"
    r"(?![\w])"
)
_HONORIFIC = re.compile(
    r"^(?:جناب آقای|سرکار خانم|آقای|خانم|دکتر|مهندس|سید|سیده|حجت ?الاسلام(?: والمسلمین)?|سردار|حاج"
    r"|mr\.?|mrs\.?|ms\.?|dr\.?)\s+"
)
_PERSIAN_NAME = re.compile(r"^[\u0621-\u06cc\u200c]+(?: [\u0621-\u06cc\u200c]+){1,4}$")
_LATIN_NAME = re.compile(r"^[A-Z][\w'’.-]+(?: (?:[A-Z][\w'’.-]*|de|van|von|al)){1,4}$")
_YEARS = re.compile(
    r"(?:از\s*(?:سال\s*)?1[34]\d{2}.{0,20}تا.{0,20}1[34]\d{2})|1[34]\d{2}\s*(?:تا|الی|[-–])\s*1[34]\d{2}|(?:19|20)\d{2}\s*(?:to|[-–])\s*(?:19|20)\d{2}"
)
_NOT_NAMES = (
    "contact-phone-head",
    "contact-email-head",
    "contact-extension-head",
    "contact-role-head",
    "fax",
    "contact-form-link",
)
_CARD_TAGS = frozenset(("div", "li", "article", "section", "td", "dl", "figure", "address", "p", "dd"))
_SPLIT = re.compile(r"\s*[:：|،؛]\s*|\s+[-–—]\s+|\t|\n")


def read_contacts(document: Document, outline: Outline) -> tuple[Contact, ...]:
    """Contacts of the main content: rows of directories first, then cards and lines."""
    found: list[Contact] = []
    covered: list[tuple[int, int]] = []
    for element in document.elements:
        if (
            element.tag == "table"
            and element.place == "main"
            and not element.hidden
            and not is_layout(document, element)
        ):
            rows = _table(document, outline, element)
            if rows:
                found.extend(rows)
                covered.append((element.number, element.end))
    found.extend(_cards(document, outline, covered))
    return tuple(found[:MAX_CONTACTS])


def _table(document: Document, outline: Outline, table: Element) -> list[Contact]:
    rows = own_rows(document, table)
    if len(rows) < 2:
        return []
    columns = _columns([document.text(cell) for cell in rows[0]])
    if columns is None:
        return []
    caption = next((document.text(e) for e in document.inside(table) if e.tag == "caption"), "")
    heading = f"{caption} {outline.over(table)}"
    contacts = []
    for row in rows[1:]:
        cells = [document.text(cell) for cell in row]

        def cell(kind: str, cells: Sequence[str] = cells) -> str:
            number = columns.get(kind)
            return cells[number] if number is not None and number < len(cells) else ""

        whole = " | ".join(cells)
        phones = list(phones_in(cell("phone") or whole, bare=bool(cell("phone"))))
        extension = re.sub(r"\D", "", fold(cell("extension")))
        if extension:
            phones = [Phone(p.number, p.kind, p.extension or extension) for p in phones] or [
                Phone("", "landline", extension)
            ]
        role, person = cell("role"), _clean_name(cell("person"))
        if not role and not person:
            continue
        role = role or (person if _ROLE.search(fold(person)) else "")
        contacts.append(
            Contact(
                selector=document.selector(document.elements[row[0].parent]),
                role=role[:160],
                person="" if person == role else person[:80],
                unit=cell("unit")[:160],
                phones=tuple(phones),
                emails=_emails(document, document.elements[row[0].parent], whole),
                text=whole[:LONGEST_CARD],
                has_form=_has_form(document, document.elements[row[0].parent]),
                former=_former(heading, whole),
            )
        )
    return contacts


def _columns(header: Sequence[str]) -> dict[str, int] | None:
    words = lexicon()
    columns: dict[str, int] = {}
    for kind in ("extension", "email", "phone", "role", "unit", "person"):
        for number, text in enumerate(header):
            if number not in columns.values() and len(text) < 60 and words.has(text, f"contact-{kind}-head"):
                columns.setdefault(kind, number)
    reach = {"phone", "extension", "email"} & set(columns)
    named = {"person", "role", "unit"} & set(columns)
    if "person" in columns and ("role" in columns or "unit" in columns):
        return columns
    return columns if reach and named else None


def _cards(document: Document, outline: Outline, covered: Sequence[tuple[int, int]]) -> list[Contact]:
    """The smallest boxes that hold a role and a name or a way to reach it."""
    found: list[Contact] = []
    taken: set[int] = set()
    for element in reversed(document.elements):
        if element.tag not in _CARD_TAGS and element.tag != "tr":
            continue
        if element.place != "main" or element.hidden or element.number in taken or len(found) >= MAX_CONTACTS:
            continue
        if any(start <= element.number < end for start, end in covered):
            continue
        length = document.text_length(element)
        if not 8 <= length <= 2 * LONGEST_CARD:
            continue
        contact = _card(document, outline, element)
        if contact is not None:
            found.append(contact)
            # What holds a card is no card itself.
            taken.update(ancestor.number for ancestor in document.ancestors(element))
    return found[::-1]


def _card(document: Document, outline: Outline, element: Element) -> Contact | None:
    text = document.text(element)
    if len(text) > LONGEST_CARD or not _ROLE.search(fold(text)):
        return None
    lines = [part.strip() for line in document.lines(element) for part in _SPLIT.split(line) if part.strip()]
    role = next((line for line in lines if len(line) <= 120 and _is_role(line)), "")
    person = next((name for name in (_clean_name(line) for line in lines if line != role) if _is_name(name)), "")
    if role and not person:
        role, person = _split_role_and_name(role)
    phones, emails = phones_in(text), _emails(document, element, text)
    if not role or not (person or phones or emails):
        return None
    if not person and not phones and len(lines) > 6:
        return None
    heading = outline.over(element)
    unit = next((line for line in lines if line not in (role, person) and lexicon().has(line, "unit-word")), "")
    return Contact(
        selector=document.selector(element),
        role=role,
        person=person,
        unit=unit[:160],
        phones=phones,
        emails=emails,
        text=text,
        has_form=_has_form(document, element),
        former=_former(heading, text),
    )


def _is_role(line: str) -> bool:
    folded = fold(line)
    match = _ROLE.search(folded)
    return (
        match is not None and match.start() <= 25 and not any(c.isdigit() for c in folded) and len(folded.split()) <= 14
    )


def _is_name(text: str) -> bool:
    if not 4 <= len(text) <= 60 or _ROLE.search(fold(text)):
        return False
    if not (_PERSIAN_NAME.match(text) or _LATIN_NAME.match(text)):
        return False
    groups = lexicon().groups_in(text)
    return not any(group in groups for group in (*_NOT_NAMES, "unit-word", "person-title-not-name", "step-heading"))


def _clean_name(text: str) -> str:
    text = text.strip(" .،:-–")
    while True:
        match = _HONORIFIC.match(text) or _HONORIFIC.match(text.lower())
        if match is None:
            return text
        text = text[match.end() :]


def _split_role_and_name(line: str) -> tuple[str, str]:
    """A line such as "director general: name" or "name, director general" without a separator that was cut at."""
    match = re.search(r"(?:جناب آقای|سرکار خانم|آقای|خانم|دکتر|مهندس)\s+(.+)$", line)
    if match is not None and _is_name(_clean_name(match.group(0))):
        return line[: match.start()].strip(" :-،"), _clean_name(match.group(0))
    return line, ""


def _emails(document: Document, element: Element, text: str) -> tuple[str, ...]:
    found = list(emails_in(text))
    for inner in (element, *document.inside(element)):
        href = inner.attribute("href")
        if href.lower().startswith("mailto:"):
            found.extend(emails_in(href[7:].split("?", 1)[0]))
    return tuple(dict.fromkeys(found))


def _has_form(document: Document, element: Element) -> bool:
    return any(
        inner.tag in ("a", "button")
        and lexicon().has(document.text(inner) or inner.attribute("title"), "contact-form-link")
        for inner in document.inside(element)
    )


def _former(heading: str, text: str) -> bool:
    return lexicon().has(heading, "former-holder") or bool(_YEARS.search(fold(text)))
