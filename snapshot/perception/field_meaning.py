"""What a form field asks for, from its type, its label, its placeholder and the names its makers gave it."""

import re
from collections.abc import Sequence
from functools import lru_cache

from snapshot.matching import lexicon
from snapshot.perception.document import Document, ancestors
from snapshot.perception.models import FieldMeaning
from snapshot.perception.tree import El
from snapshot.text import fold, url_words

_BY_TYPE: dict[str, FieldMeaning] = {
    "password": "password", "search": "search", "email": "email", "tel": "phone", "file": "file", "date": "date",
    "datetime-local": "date", "month": "date", "range": "rating",
}  # fmt: skip
_BY_AUTOCOMPLETE: dict[str, FieldMeaning] = {
    "one-time-code": "one-time-code", "username": "user-name", "current-password": "password",
    "new-password": "password", "email": "email", "tel": "phone", "tel-national": "phone", "name": "person-name",
    "given-name": "person-name", "family-name": "person-name", "bday": "date",
}  # fmt: skip
_ORDER: tuple[FieldMeaning, ...] = (
    "captcha", "one-time-code", "tracking-code", "national-id", "user-name", "password", "email", "phone",
    "person-name", "message", "subject", "rating", "file", "date", "search",
)  # fmt: skip
"""A text that speaks for several meanings means the first of these."""
_CAPTCHA = re.compile(r"captcha|security-?code|securityimage|codeimage|verif", re.IGNORECASE)
_SEARCH_NAME = re.compile(
    r"^(?:q|s|k|query|keys?|kw|keywords?|search\w*|txt_?search\w*|srch\w*|searchword|term|jostejoo?)$", re.IGNORECASE
)
_LAST_PART = re.compile(r"[^$:.\[\]]+(?=[\[\]]*$)")
_RATING_NAME = re.compile(r"rating|\brate\b|stars?\b|emtiaz|nazarsanji|score|vote", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,2}$")


def meaning_of(doc: Document, field: El, label: str, context: str = "", group: Sequence[El] = ()) -> FieldMeaning:
    """Meaning of a field; `context` = title and submit captions of its form, `group` = choices of one question."""
    kind = field.attr("type").strip().lower() if field.tag == "input" else field.tag
    if kind in {"radio", "checkbox", "select"}:
        return _choice(doc, field, label, group)
    known = _BY_AUTOCOMPLETE.get(field.attr("autocomplete").strip().lower()) or _BY_TYPE.get(kind)
    if known in {"password", "file", "one-time-code", "date", "rating"}:
        return known
    said = _said(field, label)
    first = next((meaning for text in said if (meaning := _of_text(text)) is not None), None)
    if first in {None, "one-time-code", "other"} and _by_captcha_image(doc, field):
        return "captcha"
    if known is not None and first not in {"tracking-code", "captcha", "national-id"}:
        return known
    if first is None or first == "search":
        first = _by_context(field, said, context) or first
    if first is None and field.tag == "textarea":
        return "message"
    return first or "other"


def _said(field: El, label: str) -> tuple[str, ...]:
    """Texts that speak of the field, those for people first."""
    names = [_name_words(field.attr(key)) for key in ("name", "id", "ng-model", "v-model", "formcontrolname")]
    return (label[:120], field.attr("placeholder")[:120], field.attr("title")[:120], *names, field.attr("class")[:80])


def _name_words(name: str) -> str:
    """A technical name as words, without the naming containers of WebForms before it."""
    found = _LAST_PART.search(name.rsplit("$", 1)[-1])
    return url_words(
        re.sub(r"^(?:txt|tb|tbx|ddl|cmb|inp|input|fld|edt|ctl\d+)[_-]?(?=[A-Za-z])", "", found.group() if found else "")
    )


@lru_cache(maxsize=4096)
def _of_text(text: str) -> FieldMeaning | None:
    if not text.strip():
        return None
    groups = lexicon().groups_in(text)
    for meaning in _ORDER:
        if f"field-{meaning}" in groups:
            return meaning
    return "search" if _SEARCH_NAME.match(text.strip().replace(" ", "")) else _of_plain(fold(text).strip(" *:"))


def _of_plain(text: str) -> FieldMeaning | None:
    """Single words that mean something only where they are all that is said."""
    if text in {"نام", "name", "نام فامیل", "نام و فامیل"}:
        return "person-name"
    return "message" if text in {"پیام", "متن", "شرح", "نظر", "نظر شما", "comment"} else None


def _by_captcha_image(doc: Document, field: El) -> bool:
    for box in list(ancestors(field))[:3]:
        if box.tag in {"form", "body"}:
            return False
        if any(
            _CAPTCHA.search(f"{i.attr('src')} {i.attr('id')} {i.attr('alt')} {i.attr('class')}")
            for i in doc.select(box, "img")
        ):
            return len(doc.select(box, "input", "textarea", "select")) <= 3
    return False


def _by_context(field: El, said: Sequence[str], context: str) -> FieldMeaning | None:
    """A field called just "code" or "number" in a form that tracks something asks for the tracking code."""
    words = lexicon()
    texts = [text for text in said if text]
    bare = not texts or any(words.has(text, "field-bare-code") for text in texts)
    if bare and words.has(context, "tracking-word") and not words.has(context, "field-search"):
        return "tracking-code"
    if field.attr("role") == "searchbox" or (words.has(context, "field-search") and field.tag == "input"):
        return "search"
    return None


def _choice(doc: Document, field: El, label: str, group: Sequence[El]) -> FieldMeaning:
    """Meaning of a list of choices: a scale is a rating."""
    texts = (
        [" ".join(kid.choice.split()) for kid in field.kids]
        if field.tag == "select"
        else [f"{one.attr('value')} {_beside(doc, one)}" for one in group]
    )
    scale = sum(1 for text in texts if lexicon().has(text, "rating-scale"))
    numbers = [text.split()[0] for text in texts if text.split() and _NUMBER.match(fold(text.split()[0]))]
    names = f"{field.attr('name')} {field.attr('id')} {field.attr('class')}"
    if scale >= 2 or (len(numbers) in {5, 10, 11} and len(numbers) == len(texts) and field.tag == "input"):
        return "rating"
    if len(texts) > 1 and _RATING_NAME.search(names):
        return "rating"
    first = next((meaning for text in _said(field, label)[:4] if (meaning := _of_text(text)) is not None), None)
    return first if first in {"subject", "rating", "date"} else "other"


def _beside(doc: Document, choice: El) -> str:
    parent = choice.parent
    own = choice.attr("id")
    label = next((one for one in doc.by_tag.get("label", []) if own and one.attrs.get("for") == own), None)
    if label is not None:
        return doc.text(label)
    return doc.text(parent)[:60] if parent is not None and len(doc.select(parent, "input")) == 1 else ""
