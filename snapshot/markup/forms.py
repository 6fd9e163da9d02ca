"""Forms with what a person reads beside each field, and what each field means."""

import re
from collections.abc import Sequence

from snapshot.markup.document import BLOCK_TAGS, Document, Element, absolute
from snapshot.markup.headings import Outline
from snapshot.matching import lexicon
from snapshot.perception.models import Field, FieldMeaning, Form
from snapshot.text import fold_spaces

MAX_FORMS = 60
_FIELDS = frozenset(("input", "select", "textarea"))
_NOT_FIELDS = frozenset(("hidden", "submit", "button", "image", "reset"))
_BY_TYPE: dict[str, FieldMeaning] = {
    "password": "password",
    "search": "search",
    "email": "email",
    "tel": "phone",
    "file": "file",
    "date": "date",
}
_MEANINGS: tuple[FieldMeaning, ...] = (
    "captcha", "one-time-code", "tracking-code", "national-id", "password", "user-name", "email", "phone",
    "person-name", "message", "subject", "rating", "file", "date", "search",
)  # fmt: skip
_SEARCH_NAMES = re.compile(r"^(?:q|s|search|keys|query|searchword|srch|txtsearch|kw)$", re.IGNORECASE)
_ACTS = re.compile(r"submit|btn|button|__doPostBack|send|search|track", re.IGNORECASE)
_NAME_WORDS = re.compile(r"[^A-Za-z]+|(?<=[a-z])(?=[A-Z])")


def read_forms(document: Document, outline: Outline) -> tuple[Form, ...]:
    """Forms of the page; a page-wide form (WebForms) is split into its groups, fields outside any form count too."""
    forms: list[Form] = []
    fields = [e for e in document.elements if _is_field(e)]
    taken: set[int] = set()
    for element in document.elements:
        if element.tag != "form" or element.hidden:
            continue
        own = [f for f in fields if element.number < f.number < element.end and f.number not in taken]
        taken.update(f.number for f in own)
        for holder, group in _groups(document, element, own):
            forms.append(_form(document, outline, element, holder, group))
    loose = [f for f in fields if f.number not in taken]
    if loose and document.elements:
        root = document.elements[0]
        for holder, group in _groups(document, root, loose):
            submits = _submits(document, holder)
            if submits:
                forms.append(_form(document, outline, root, holder, group))
    return tuple(forms[:MAX_FORMS])


def _is_field(element: Element) -> bool:
    if element.tag not in _FIELDS or element.hidden:
        return False
    return element.tag != "input" or element.attributes.get("type", "text").lower() not in _NOT_FIELDS


def _groups(document: Document, form: Element, fields: Sequence[Element]) -> list[tuple[Element, list[Element]]]:
    """Fields of a form by the smallest element that holds some of them and a submit control."""
    submits = [e for e in document.inside(form) if _is_submit(document, e)]
    if len(submits) < 2 or not fields:
        return [(form, list(fields))] if fields or submits else []
    groups: dict[int, list[Element]] = {}
    holders: dict[int, Element] = {}
    for field in fields:
        holder = form
        for ancestor in document.ancestors(field):
            if ancestor.number <= form.number:
                break
            if any(ancestor.number < s.number < ancestor.end for s in submits):
                holder = ancestor
                break
        groups.setdefault(holder.number, []).append(field)
        holders[holder.number] = holder
    return [(holders[number], group) for number, group in sorted(groups.items())]


def _is_submit(document: Document, element: Element) -> bool:
    kind = element.attributes.get("type", "").lower()
    if element.tag == "input":
        return kind in ("submit", "image", "button")
    if element.tag == "button":
        return kind in ("", "submit", "button") and bool(_submit_caption(document, element))
    if element.tag == "a":
        acts = " ".join(element.attributes.get(name, "") for name in ("class", "onclick", "href"))
        link = element.attributes.get("href", "")
        script = link in ("", "#") or link.lower().startswith("javascript:")
        return script and bool(_ACTS.search(acts)) and element.place == "main"
    return False


def _submit_caption(document: Document, element: Element) -> str:
    text = document.text(element)
    for name in ("value", "alt", "title", "aria-label"):
        text = text or fold_spaces(element.attributes.get(name, ""))
    return text[:80]


def _submits(document: Document, holder: Element) -> tuple[str, ...]:
    found = (_submit_caption(document, e) for e in document.inside(holder) if _is_submit(document, e))
    return tuple(caption for caption in found if caption)


def _form(document: Document, outline: Outline, form: Element, holder: Element, fields: Sequence[Element]) -> Form:
    read = tuple(_field(document, field) for field in fields)
    legend = next((document.text(e) for e in document.inside(holder) if e.tag in ("legend", "h2", "h3", "h4")), "")
    method = form.attributes.get("method", "get").lower()
    first = fields[0] if fields else holder
    return Form(
        selector=document.selector(holder),
        action=absolute(document.base_url, form.attribute("action")) or document.url,
        method="post" if method == "post" else "get",
        heading=legend[:160] or outline.over(first) or outline.over(holder),
        fields=read,
        submits=_submits(document, holder) or _submits(document, form),
        place=first.place,
    )


def _field(document: Document, element: Element) -> Field:
    kind = element.tag if element.tag != "input" else element.attributes.get("type", "text").lower() or "text"
    label = _label(document, element)
    placeholder = fold_spaces(element.attributes.get("placeholder", ""))
    return Field(
        selector=document.selector(element),
        name=(element.attribute("name") or element.attribute("id"))[:120],
        kind=kind,
        label=label,
        placeholder=placeholder,
        meaning=_meaning(element, kind, label, placeholder),
        required="required" in element.attributes or element.attribute("aria-required") == "true",
        value=element.attribute("value")[:80] if kind in ("radio", "checkbox") else "",
    )


def _label(document: Document, element: Element) -> str:
    for name in ("aria-label",):
        if element.attribute(name):
            return fold_spaces(element.attribute(name))[:160]
    named = element.attribute("aria-labelledby").split()
    identifier = element.attribute("id")
    for other in document.elements:
        if named and other.attribute("id") in named:
            return document.text(other)[:160]
        if identifier and other.tag == "label" and other.attribute("for") == identifier:
            return document.text(other)[:160]
    for ancestor in document.ancestors(element):
        if ancestor.tag == "label":
            return document.text(ancestor)[:160]
        if ancestor.tag == "tr":
            cells = [c for c in document.children(ancestor) if not c.number <= element.number < c.end]
            before = [document.text(c) for c in cells if c.number < element.number and document.text(c)]
            return (before[-1] if before else next((document.text(c) for c in cells if document.text(c)), ""))[:160]
        if ancestor.tag in ("form", "body", "table"):
            break
        if ancestor.tag in BLOCK_TAGS:
            before_text = fold_spaces("".join(document.chunks[ancestor.first : element.first]))
            if before_text:
                return before_text[-160:]
    return fold_spaces(element.attributes.get("title", ""))[:160]


def _meaning(element: Element, kind: str, label: str, placeholder: str) -> FieldMeaning:
    if kind == "password":
        return "password"
    words = lexicon()
    for text in (label, placeholder, fold_spaces(element.attributes.get("title", ""))):
        groups = words.groups_in(text) if text else frozenset()
        for meaning in _MEANINGS:
            if f"field-{meaning}" in groups:
                return meaning
    if kind in _BY_TYPE:
        return _BY_TYPE[kind]
    name = element.attribute("name") or element.attribute("id")
    name = name.rsplit("$", 1)[-1].rsplit("_", 1)[-1] if "$" in name else name
    if _SEARCH_NAMES.match(name):
        return "search"
    groups = words.groups_in(" ".join(_NAME_WORDS.split(name)))
    for meaning in _MEANINGS:
        if f"field-{meaning}" in groups:
            return meaning
    if kind == "radio":
        return "rating" if element.attribute("value").isdigit() else "other"
    return "message" if kind == "textarea" else "other"
