"""Rows and cards that join a post with a person and ways to reach the office (extraction rules of indicator T05)."""

import re

from snapshot.matching import lexicon
from snapshot.perception.contact_parts import Parts, head_of, is_secretary, parts_of
from snapshot.perception.contact_ways import emails_of, linked_phones, opens_form
from snapshot.perception.document import Document, ancestors
from snapshot.perception.models import Contact, Phone
from snapshot.perception.people import is_role, person_in, role_at, split_role_and_person
from snapshot.perception.phones import folded_numbers, phones_in
from snapshot.perception.tables import data_tables, header_of, own_rows, spread
from snapshot.perception.tree import El
from snapshot.text import fold

MAX_CONTACTS = 500
LONGEST_CARD = 400
"""Characters: a post and a number belong together only inside a row or card of at most this size."""
_YEARS = re.compile(
    r"از\s*(?:سال|تاریخ)?\s*(?:\d{1,2}/\d{1,2}/)?(?:1[34]\d{2}|\d{2}(?=[/\s])).{0,25}?تا\s*(?:سال"
    r"|تاریخ)?\s*(?:\S+\s){0,2}?(?:\d{1,2}/\d{1,2}/)?(?:1[34]\d{2}|\d{2}(?!\d))"
    r"|(?<!\d)1[34]\d{2}(?:/\d{1,2}/\d{1,2})?\s*(?:تا|الی|لغایت|-|–|—|to)\s*1[34]\d{2}(?!\d)|(?<!\d)(?:19"
    r"|20)\d{2}\s*(?:to|-|–|—|until)\s*(?:19|20)\d{2}(?!\d)"
)
_STILL = re.compile(r"تا ?کنون|ادامه دارد|present|to date|تا به حال")
_BOXES = frozenset(
    (
        "tr",
        "li",
        "div",
        "article",
        "section",
        "td",
        "p",
        "figure",
        "address",
        "dd",
        "dl",
        "a",
        "figcaption",
        "center",
        "span",
    )
)
_STOPS = frozenset(("body", "html", "main", "table", "tbody", "ul", "ol", "form"))


def read_contacts(doc: Document) -> tuple[Contact, ...]:
    """Contacts of the main content in page order. Needs the headings to be read."""
    found: list[tuple[El, Contact]] = []
    covered: list[El] = []
    past = _page_is_of_the_past(doc)
    for table in data_tables(doc):
        rows = _directory(doc, table, past=past)
        if rows:
            found.extend(rows)
            covered.append(table)
    leaves = [e for e, _, is_leaf in doc.runs() if is_leaf and e.place == "main" and not _inside(e, covered)]
    found.extend(_cards(doc, leaves, past=past))
    boxes = [element for element, _ in found]
    found.extend(_lines(doc, [leaf for leaf in leaves if not _inside(leaf, boxes)], past=past))
    found.sort(key=lambda pair: pair[0].order)
    return tuple(contact for _, contact in found[:MAX_CONTACTS])


def _inside(element: El, boxes: list[El]) -> bool:
    return any(box.holds(element) for box in boxes)


def _page_is_of_the_past(doc: Document) -> bool:
    """Whether the page's own title is that of a list of former holders."""
    first = doc.by_tag.get("h1", [])
    texts = [doc.tree.title, *(doc.text(element) for element in first[:2])]
    return any(lexicon().has(text, "former-holder") for text in texts if len(text) < 150)


def _directory(doc: Document, table: El, *, past: bool) -> list[tuple[El, Contact]]:
    """Rows of a table whose header names posts, persons, units and ways to reach them."""
    plain = own_rows(table)
    rows = spread(plain)
    header = header_of(doc, plain) and tuple(doc.text(cell) for cell in rows[0])
    texts = header or tuple(doc.text(cell) for cell in rows[0])
    heads = [_head(text) for text in texts]
    named = {head for head in heads if head in {"role", "person", "unit"}}
    reach = {head for head in heads if head in {"phone", "extension", "email"}}
    if (
        len(rows) < 2
        or not named
        or (not reach and not {"role", "person"} <= named and not {"person", "unit"} <= named)
    ):
        return []
    if len(texts) < 3 and not (header and reach):
        return []
    above = doc.heading_above(table)
    made: list[tuple[El, Contact]] = []
    for row, own in zip(rows[1:], plain[1:], strict=True):
        cells = [doc.text(cell) for cell in row]
        if len(cells) < 2 or not any(cells):
            continue
        if len(cells) != len(texts) and len(cells) < max(2, len(texts) - 1):
            continue
        box = own[0].parent or own[0]
        contact = _row(doc, box, cells, heads, former=past or _is_former(above, " ".join(cells)))
        if contact is not None:
            made.append((box, contact))
    return made


def _head(label: str) -> str:
    head = head_of(label)
    only_fax = head in {"phone", ""} and lexicon().has(label, "fax") and not lexicon().has(label, "contact-phone-head")
    return "fax" if only_fax else head


def _row(doc: Document, box: El, cells: list[str], heads: list[str], *, former: bool) -> Contact | None:
    columns = _columns(heads, len(cells))

    def said(head: str) -> str:
        return next((cells[at] for at, _ in columns if heads[_] == head and cells[at].strip(" -–ـ")), "")

    parts = _named_in_row(said("role"), said("person"), said("unit"))
    phones: list[Phone] = []
    for at, head in columns:
        if heads[head] == "phone":
            phones.extend(phones_in(cells[at], bare=True))
        elif heads[head] == "fax":
            phones.extend(Phone(one.number, "fax", one.extension) for one in phones_in(cells[at], bare=True))
    if "phone" not in heads:
        phones.extend(phones_in(" | ".join(cells)))
    extension = re.sub(r"\D.*$", "", folded_numbers(said("extension")).strip())
    if extension:
        phones = [Phone(p.number, p.kind, p.extension or extension) if p.kind == "landline" else p for p in phones]
        if not any(p.kind == "landline" for p in phones):
            phones.append(Phone("", "landline", extension))
    phones.extend(linked_phones(doc, box, phones))
    emails = emails_of(doc, box, " ".join(cells))
    if not (parts.role or parts.person or (parts.unit and (phones or emails))):
        return None
    return _contact(doc, box, parts, tuple(dict.fromkeys(phones)), emails, former=former)


def _columns(heads: list[str], width: int) -> list[tuple[int, int]]:
    """Cell and column numbers that belong together. A row that lacks cells (rowspan) is read from its end."""
    shift = max(0, len(heads) - width)
    return [(at - shift, at) for at, head in enumerate(heads) if head and 0 <= at - shift < width]


def _named_in_row(role: str, person: str, unit: str) -> Parts:
    """Post, name and unit of a row; columns called "name" or "unit" often hold the post as well."""
    parts = Parts(role, person_in(person), unit)
    if person and not parts.person:
        said_role, name = split_role_and_person(person)
        if name:
            parts.person, parts.role = name, parts.role or said_role
        elif is_role(person) and not parts.role:
            parts.role = person
        elif len(person) <= 60 and parts.role and not any(char.isdecimal() for char in fold(person)):
            parts.person = person
    if not parts.role and is_role(parts.unit):
        parts.role, parts.unit = parts.unit, ""
    return parts


def _cards(doc: Document, leaves: list[El], *, past: bool) -> list[tuple[El, Contact]]:
    """Boxes around one post each, as large as they get without holding another post."""
    posts = [leaf for leaf in leaves if _names_post(doc, leaf)]
    orders = [leaf.order for leaf in posts if not is_secretary(doc.text(leaf))]
    made: list[tuple[El, Contact]] = []
    taken: list[El] = []
    for leaf in posts:
        if _inside(leaf, taken) or is_secretary(doc.text(leaf)[:60]):
            continue
        box = _grown(doc, leaf, orders)
        contact = _card(doc, box, past=past)
        if contact is None and box is not leaf:
            box = leaf
            contact = _card(doc, leaf, past=past)
        if contact is not None:
            made.append((box, contact))
            taken.append(box)
    return made


def _names_post(doc: Document, leaf: El) -> bool:
    text = doc.text(leaf)
    if len(text) > LONGEST_CARD or len(text) < 4 or role_at(text) is None:
        return False
    return bool(parts_of(doc.lines(leaf)).role)


def _grown(doc: Document, leaf: El, orders: list[int]) -> El:
    box = leaf
    for outer in ancestors(leaf):
        if outer.tag == "tbody" and _is_sheet(doc, outer):
            continue
        if (
            (outer.tag in _STOPS and not (outer.tag == "table" and _is_sheet(doc, outer)))
            or outer.place != "main"
            or len(doc.text(outer)) > LONGEST_CARD
        ):
            break
        if sum(1 for order in orders if outer.order <= order <= outer.end) > 1:
            break
        box = outer
    return box


def _is_sheet(doc: Document, table: El) -> bool:
    """Whether a table is about one office: two cells a row, the first of which says name, post, phone, e-mail once."""
    heads = [_head(doc.text(row[0])) for row in own_rows(table) if len(row) == 2]
    known = [head for head in heads if head]
    single = len(known) == len(set(known)) and len(heads) == len(own_rows(table))
    return single and {"person", "role"} & set(known) != set() and {"phone", "email"} & set(known) != set()


def _card(doc: Document, box: El, *, past: bool) -> Contact | None:
    lines = doc.lines(box)
    text = doc.text(box)
    parts = parts_of(lines)
    phones = phones_in(" ؛ ".join(lines))
    phones += linked_phones(doc, box, phones)
    emails = emails_of(doc, box, text)
    if not parts.role or not (parts.person or phones or emails):
        return None
    if len(text) > 250 and not phones and not emails and not any(len(line) < 80 for line in lines):
        return None
    former = past or _is_former(doc.heading_above(box), text)
    return _contact(doc, box, parts, phones, emails, former=former)


def _lines(doc: Document, leaves: list[El], *, past: bool) -> list[tuple[El, Contact]]:
    """Lines with a number or address but no post: an office, a switchboard, an e-mail address of a unit."""
    made: list[tuple[El, Contact]] = []
    last: El | None = None
    for leaf in leaves:
        text = doc.text(leaf)
        if len(text) > LONGEST_CARD or (last is not None and last.holds(leaf)):
            continue
        phones, emails = phones_in(text), emails_of(doc, leaf, text)
        if not phones and not emails:
            continue
        box = leaf
        parent = leaf.parent
        if parent is not None and parent.tag in {"tr", "dl", "li", "address"} and len(doc.text(parent)) <= LONGEST_CARD:
            box = parent
            phones, emails = phones_in(" ؛ ".join(doc.lines(box))), emails_of(doc, box, doc.text(box))
        parts = parts_of(doc.lines(box))
        made.append((box, _contact(doc, box, Parts("", "", parts.unit), phones, emails, former=past)))
        last = box
    return made


def _contact(
    doc: Document, box: El, parts: Parts, phones: tuple[Phone, ...], emails: tuple[str, ...], *, former: bool
) -> Contact:
    return Contact(
        selector=doc.selector(box),
        role=parts.role[:160],
        person=parts.person[:80],
        unit=parts.unit[:160],
        phones=phones,
        emails=emails,
        text=doc.text(box)[: LONGEST_CARD + 100],
        has_form=opens_form(doc, box),
        former=former,
    )


def _is_former(above: str, text: str) -> bool:
    folded = fold(text)
    years = bool(_YEARS.search(folded)) and not _STILL.search(folded)
    return years or lexicon().has(above, "former-holder")
