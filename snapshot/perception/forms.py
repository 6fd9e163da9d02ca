"""Forms as a person meets them: fields with the words beside them, and the controls that send them.

A form element says little: WebForms wraps the whole page in one, script applications have none. So fields belong
together with the nearest block that holds a submit control.
"""

import re
from collections.abc import Sequence
from typing import Literal

from snapshot.matching import lexicon
from snapshot.perception.document import Document, ancestors
from snapshot.perception.field_labels import label_of
from snapshot.perception.field_meaning import meaning_of
from snapshot.perception.links import caption_of
from snapshot.perception.models import Field, Form
from snapshot.perception.tree import El

MAX_FORMS = 60
MAX_FIELDS = 120
_NOT_FIELDS = frozenset(("hidden", "submit", "button", "image", "reset"))
_CONTROLS = frozenset(("input", "button", "a"))
_BUTTONS = frozenset(("submit", "image", "button"))
_PAGE_WIDE_ID = re.compile(r"^(?:aspnetform|form1|form|mainform|ctl\d*|frm|frmmain)$", re.IGNORECASE)
_POSTBACK = re.compile(r"__doPostBack|WebForm_DoPostBackWithOptions|submit\s*\(", re.IGNORECASE)
_BUTTON_CLASS = re.compile(r"(?:^|[\s_-])(?:btn|button|submit|dokme)(?:$|[\s_-]|\d)", re.IGNORECASE)
_SIDE_CONTROL = re.compile(
    r"refresh|reload|captcha|calendar|datepick|reset|clear|browse|toggle|close|menu|dropdown|eye|voice|mic",
    re.IGNORECASE,
)
_WIDE_FIELDS = 4
_LONGEST_CAPTION = 60


def read_forms(doc: Document) -> tuple[Form, ...]:
    """All forms in page order. Hidden fields are left out; needs the headings to be read."""
    fields = [element for element in doc.elements if _is_field(element)]
    if not fields:
        return ()
    submits = [element for element in doc.elements if _is_control(element) and _may_submit(element)]
    forms: list[tuple[int, Form]] = []
    taken: set[int] = set()
    for element in doc.by_tag.get("form", []):
        own = [field for field in fields if element.holds(field) and field.order not in taken]
        taken.update(field.order for field in own)
        inside = [control for control in submits if element.holds(control)]
        if not own:
            continue
        if _is_one(doc, element, own, inside):
            forms.append((element.order, _form(doc, element, element, own, _sends(doc, inside, native=True))))
        else:
            forms.extend(_groups(doc, element, own, _sends(doc, inside, native=False), element))
    loose = [field for field in fields if field.order not in taken]
    if loose:
        outside = [control for control in submits if not _in_form(control)]
        root = doc.elements[0]
        forms.extend(_groups(doc, root, loose, _sends(doc, outside, native=False), None))
    return tuple(form for _, form in sorted(forms, key=lambda pair: pair[0])[:MAX_FORMS])


def _is_field(element: El) -> bool:
    if element.tag == "input":
        return (element.attr("type").strip().lower() or "text") not in _NOT_FIELDS
    return element.tag in {"select", "textarea"}


def _is_control(element: El) -> bool:
    return element.tag in _CONTROLS or "onclick" in element.attrs or "role" in element.attrs


def _may_submit(element: El) -> bool:
    tag, attrs = element.tag, element.attrs
    if tag == "input":
        return (attrs.get("type") or "").strip().lower() in _BUTTONS
    if tag == "button":
        return (attrs.get("type") or "").lower() != "reset"
    if tag == "a" or attrs.get("role") == "button":
        code = f"{attrs.get('href') or ''} {attrs.get('onclick') or ''}"
        return (
            bool(_POSTBACK.search(code))
            or attrs.get("role") == "button"
            or bool(_BUTTON_CLASS.search(attrs.get("class") or "") and ("javascript:" in code or "onclick" in attrs))
        )
    return tag in {"div", "span"} and "onclick" in attrs and bool(_BUTTON_CLASS.search(attrs.get("class") or ""))


def _sends(doc: Document, controls: Sequence[El], *, native: bool) -> list[El]:
    """Controls that send a form: real submit buttons, and where there are none, what acts as one."""
    real = [control for control in controls if _is_real(control, native=native) and not _is_beside(doc, control)]
    others = [control for control in controls if not _is_beside(doc, control)]
    return (real or others) if native else others


def _is_real(control: El, *, native: bool) -> bool:
    kind = control.attr("type").strip().lower()
    if control.tag == "input":
        return kind in {"submit", "image"}
    return control.tag == "button" and kind in ({"", "submit"} if native else {"submit"})


def _is_beside(doc: Document, control: El) -> bool:
    """A control that helps with one field (new captcha image, calendar) or leads elsewhere."""
    caption = caption_of(doc, control)
    if len(caption) > _LONGEST_CAPTION or lexicon().has(caption, "control-beside"):
        return True
    if control.tag == "a" and control.place == "menu":
        return True
    names = f"{control.attr('id')} {control.attr('class')} {control.attr('name')}"
    return bool(_SIDE_CONTROL.search(names)) and not (caption and lexicon().has(caption, "submit-caption"))


def _is_one(doc: Document, form: El, fields: Sequence[El], controls: Sequence[El]) -> bool:
    """Whether a form element is one form to a person, not the wrapper of a whole page."""
    real = [control for control in controls if _is_real(control, native=True) and not _is_beside(doc, control)]
    if len({field.place for field in fields}) > 1:
        return False
    whole = doc.elements[0]
    wraps = (form.end - form.order) * 2 > (whole.end - whole.order) and len(doc.by_tag.get("form", [])) == 1
    named = bool(_PAGE_WIDE_ID.match(form.attr("id") or form.attr("name")))
    posts_back = any(_POSTBACK.search(control.attr("href") + control.attr("onclick")) for control in controls)
    if wraps and (named or posts_back or doc.select(form, "nav", "header", "footer")):
        return len(controls) < 2 and len(fields) < _WIDE_FIELDS
    return len(real) <= 1 or not wraps


def _groups(
    doc: Document, root: El, fields: Sequence[El], submits: Sequence[El], form: El | None
) -> list[tuple[int, Form]]:
    """Fields put together by the nearest block that also holds a submit control."""
    sending = {control.order for control in submits}
    orders = sorted(sending)
    by_holder: dict[int, tuple[El, list[El]]] = {}
    alone: list[El] = []
    for field in fields:
        holder = _holder(field, root, orders)
        if holder is None:
            alone.append(field)
        else:
            by_holder.setdefault(holder.order, (holder, []))[1].append(field)
    merged = _merge_beside(doc, by_holder)
    made: list[tuple[int, Form]] = []
    holders = [holder for holder, _ in merged]
    for holder, group in merged:
        inner = [other for other in holders if other is not holder and holder.holds(other)]
        own = [
            control for control in submits if holder.holds(control) and not any(other.holds(control) for other in inner)
        ]
        made.append((holder.order, _form(doc, form, holder, group, own)))
    # A box without a button still takes a search: Enter sends it.
    sent = [field for field in alone if form is not None or _is_search(doc, field)]
    made.extend((field.order, _form(doc, form, field.parent or field, [field], [])) for field in sent)
    return made


def _holder(field: El, root: El, orders: list[int]) -> El | None:
    """The nearest ancestor that holds a submit control, within reach of the field."""
    for box in ancestors(field):
        if box.tag in {"html", "body"}:
            return None
        if any(box.order < order <= box.end for order in orders):
            return box
        if box is root:
            return None
    return None


def _merge_beside(doc: Document, by_holder: dict[int, tuple[El, list[El]]]) -> list[tuple[El, list[El]]]:
    """Put small groups (captcha with its button, file with upload) back into the form around them."""
    groups = sorted(by_holder.values(), key=lambda pair: pair[0].order, reverse=True)
    kept: list[tuple[El, list[El]]] = []
    for holder, group in groups:
        outer = next((other for other in reversed(groups) if other[0] is not holder and other[0].holds(holder)), None)
        if outer is not None and all(_is_side_field(doc, field) for field in group):
            outer[1].extend(group)
            outer[1].sort(key=lambda field: field.order)
        else:
            kept.append((holder, group))
    return sorted(kept, key=lambda pair: pair[0].order)


def _is_side_field(doc: Document, field: El) -> bool:
    kind = field.attr("type").lower()
    return kind in {"file", "checkbox", "radio"} or meaning_of(doc, field, label_of(doc, field)) in {"captcha", "file"}


def _is_search(doc: Document, field: El) -> bool:
    return meaning_of(doc, field, label_of(doc, field)) == "search"


def _in_form(element: El) -> bool:
    return any(box.tag == "form" for box in ancestors(element))


def _form(doc: Document, form: El | None, holder: El, fields: Sequence[El], submits: Sequence[El]) -> Form:
    captions = tuple(dict.fromkeys(caption_of(doc, control) for control in submits))
    heading = _heading(doc, holder, fields[0])
    method: Literal["get", "post"] = "post"
    action = ""
    if form is not None:
        method = "post" if form.attr("method").strip().lower() == "post" else "get"
        target = next((found for one in submits if (found := one.attr("formaction"))), "") or form.attr("action")
        action = doc.address(target.strip()) or doc.url
    context = " ".join((heading, *captions))
    return Form(
        selector=doc.selector(holder),
        action=action,
        method=method,
        heading=heading,
        fields=tuple(_fields(doc, fields, context)),
        submits=captions,
        place=holder.place if holder.place != "main" else fields[0].place,
    )


def _heading(doc: Document, holder: El, first: El) -> str:
    """Title of a form: the first heading inside and before its fields, its accessible name, or the heading above."""
    inside = doc.first_heading_in(holder, first)
    if inside:
        return inside
    named = " ".join(holder.attr("aria-label").split())
    if named:
        return named
    labelled = doc.with_id(holder.attr("aria-labelledby")) if holder.attr("aria-labelledby") else None
    return doc.text(labelled) if labelled is not None else doc.heading_above(holder)


def _fields(doc: Document, fields: Sequence[El], context: str) -> list[Field]:
    """Fields in page order; radio buttons and checkboxes of one name are one field."""
    made: list[Field] = []
    groups: set[tuple[str, str]] = set()
    for element in fields[:MAX_FIELDS]:
        kind = element.tag if element.tag != "input" else (element.attr("type").strip().lower() or "text")
        name = element.attr("name") or element.attr("id")
        group: list[El] = []
        if kind in {"radio", "checkbox"}:
            group = [
                one for one in fields if one.attr("type").lower() == kind and one.attr("name") == element.attr("name")
            ]
            if len(group) > 1 and element.attr("name"):
                if (kind, name) in groups:
                    continue
                groups.add((kind, name))
            else:
                group = []
        label = label_of(doc, element, group)
        made.append(
            Field(
                selector=doc.selector(element),
                name=name,
                kind=kind,
                label=label,
                placeholder=" ".join(element.attr("placeholder").split())[:200],
                meaning=meaning_of(doc, element, label, context, group),
                required=_required(element, label),
                value=_value(element, kind),
            )
        )
    return made


def _required(element: El, label: str) -> bool:
    attrs = element.attrs
    return (
        "required" in attrs
        or attrs.get("aria-required") == "true"
        or "*" in label
        or "required" in (attrs.get("class") or "").lower()
    )


def _value(element: El, kind: str) -> str:
    if kind == "password":
        return ""
    if kind == "select":
        chosen = [option for option in element.kids if "selected" in option.attrs] or element.kids[:1]
        return " ".join(chosen[0].choice.split())[:200] if chosen else ""
    if kind == "textarea":
        return " ".join(element.choice.split())[:200]
    return " ".join(element.attr("value").split())[:200]
