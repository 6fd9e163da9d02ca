"""Forms that may be tracking forms, picked from what the crawl has read."""

from collections.abc import Iterable
from dataclasses import dataclass

from snapshot.matching import lexicon
from snapshot.models import PageRecord
from snapshot.perception.models import Form, Perception


@dataclass(frozen=True, slots=True)
class TrackingCandidate:
    """A form that may be a tracking form: its page, place, and the names of its fields to be typed in.

    `code` is the name of the field for the code; `click` the menu entry that leads from `url` to the page, if one does.
    `action`, `fields` and `submits` together tell whether two pages carry the same form.
    """

    page_id: str
    url: str
    selector: str
    fields: tuple[str, ...] = ()
    code: str = ""
    action: str = ""
    submits: tuple[str, ...] = ()
    click: str = ""

    @property
    def form(self) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        """What stays the same where one form stands on many pages."""
        return (self.action if self.action != self.url else "", self.fields, self.submits)


def tracking_candidates(record: PageRecord, perception: Perception) -> tuple[TrackingCandidate, ...]:
    """The forms of a page that ask for a tracking code, by a field's meaning or by a code word beside it."""
    clicked = record.source == "rendered" and "#" in record.requested_url
    url, _, click = record.requested_url.partition("#") if clicked else (record.url, "", "")
    found: list[TrackingCandidate] = []
    for form in perception.forms:
        code = _code_name(form)
        if code is None or not form.submits:
            continue
        names = tuple(field.name for field in form.fields if field.name and field.kind != "hidden")
        found.append(
            TrackingCandidate(record.page_id, url, form.selector, names, code, form.action, form.submits, click)
        )
    return tuple(found)


def distinct(candidates: Iterable[TrackingCandidate]) -> list[TrackingCandidate]:
    """Each form of each page once, in order."""
    return list({(one.page_id, one.selector): one for one in candidates}.values())


def _code_name(form: Form) -> str | None:
    words = lexicon()
    for field in form.fields:
        if field.kind == "hidden" or field.meaning in ("captcha", "search", "password", "one-time-code"):
            continue
        texts = (field.label, field.placeholder)
        if field.meaning == "tracking-code" or any(words.has(text, "tracking-code-word") for text in texts):
            return field.name
    return None
