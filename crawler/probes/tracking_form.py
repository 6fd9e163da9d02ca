"""Probe tracking-form: forms that ask for the code of a matter, opened in the browser to see whether they can be used.

Nothing is sent, unless the operator allows active probes: then an obviously invalid code is typed in and sent.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from config.vocabulary import Cause
from crawler.browser_context import PortalContext
from crawler.clicking import click_element
from crawler.layout import quoted
from crawler.page_view import PageView
from crawler.probes.invalid_code import send_invalid_code
from crawler.shown import NotShownError, Shown, ShowOptions
from snapshot.matching import lexicon
from snapshot.models import PageRecord, ProbeResult
from snapshot.perception.models import Form, Perception

NAME = "tracking-form"
MAX_FORMS = 12
"""Different forms that are opened in one visit."""

MAX_SECONDS = 240.0
"""Time after which no further form is opened."""

Turn = Callable[[str], AbstractAsyncContextManager[None]]


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


async def probe_tracking_forms(
    context: PortalContext,
    candidates: Sequence[TrackingCandidate],
    *,
    active: bool,
    turn: Turn | None = None,
    seconds: float = MAX_SECONDS,
) -> ProbeResult:
    """Open each different form once, none any more after `seconds`. `turn` gives the host's turn to a load.

    data: {"forms": [{page_id, url, selector, shown_selector, shown, fields: [{name, kind, label, shown, editable}],
    submit, enabled, captcha, opened_by, probed_on, cause, interactions, active, answered}]}. `shown` is None where the
    form could not be looked at (`cause`: the page's, budget, or missing_artefact for a form that was not found again),
    False where it has no field or control that a person can use. `shown_selector` is its place in the browser,
    `probed_on` the page on which the same form was opened. `answered` is None where nothing was sent, else whether the
    portal reacted (`active`: code, tries, status, url, text).
    """
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    entries: list[dict[str, Any]] = []
    done: dict[tuple[str, tuple[str, ...], tuple[str, ...]], dict[str, Any]] = {}
    for candidate in candidates:
        known = done.get(candidate.form)
        if known is None and (len(done) >= MAX_FORMS or loop.time() >= until):
            known = {**_unseen(candidate), "cause": Cause.BUDGET.value}
        elif known is None:
            async with turn(candidate.url) if turn else contextlib.nullcontext():
                known = done[candidate.form] = await _probe(context, candidate, active=active)
        here = {"page_id": candidate.page_id, "url": candidate.url, "selector": candidate.selector}
        entries.append({**known, **here, "probed_on": known["page_id"]})
    return ProbeResult(status="done", data={"forms": entries, "looked_at": datetime.now(UTC).isoformat()})


def _code_name(form: Form) -> str | None:
    words = lexicon()
    for field in form.fields:
        if field.kind == "hidden" or field.meaning in ("captcha", "search", "password", "one-time-code"):
            continue
        texts = (field.label, field.placeholder)
        if field.meaning == "tracking-code" or any(words.has(text, "tracking-code-word") for text in texts):
            return field.name
    return None


def _unseen(candidate: TrackingCandidate) -> dict[str, Any]:
    return {
        "page_id": candidate.page_id,
        "shown": None,
        "shown_selector": None,
        "fields": [],
        "submit": "",
        "enabled": False,
        "captcha": False,
        "opened_by": None,
        "cause": None,
        "active": None,
        "answered": None,
        "interactions": [],
    }


async def _probe(context: PortalContext, candidate: TrackingCandidate, *, active: bool) -> dict[str, Any]:
    entry = _unseen(candidate)

    async def work(view: PageView) -> Shown:
        await view.open(candidate.url)
        if candidate.click:
            await click_element(view, candidate.click)
        found = await _find(view, candidate, entry)
        shown = await view.capture(ShowOptions(screenshot=False, layout=False))
        if found is not None:
            # A dialog may have lain over the form, and its closing may have moved it.
            found = await _find(view, candidate, entry) or found
            entry.update(_seen(found))
        else:
            entry["cause"] = Cause.MISSING_ARTEFACT.value
        if active and found is not None and entry["shown"] and not entry["captcha"]:
            entry["active"] = await send_invalid_code(view, _script(candidate), candidate.code)
            entry["answered"] = entry["active"]["answered"]
        return replace(shown, interactions=tuple(view.trace.interactions))

    shown = await context.visit(candidate.url, work)
    if shown.cause is not None and entry["shown"] is None and entry["cause"] is None:
        entry["cause"] = shown.cause.value
    entry["interactions"] = [list(interaction) for interaction in shown.interactions]
    return entry


def _script(candidate: TrackingCandidate) -> str:
    source = (Path(__file__).parent / "tracking_form.js").read_text(encoding="utf-8")
    names = "[" + ",".join(quoted(name) for name in candidate.fields) + "]"
    return source.replace("%SELECTOR%", quoted(candidate.selector)).replace("%NAMES%", names)


async def _find(view: PageView, candidate: TrackingCandidate, entry: dict[str, Any]) -> dict[str, Any] | None:
    """The form as it stands; a closed tab around it is opened first."""
    found: dict[str, Any] | None = await view.evaluate(_script(candidate))
    if found is not None and found["opener"] and entry["opened_by"] is None:
        entry["opened_by"] = found["opener"]
        with contextlib.suppress(NotShownError):  # Then it stays closed, and the form unseen.
            await click_element(view, found["opener"])
        found = await view.evaluate(_script(candidate)) or found
    return found


def _seen(found: dict[str, Any]) -> dict[str, Any]:
    usable = any(field["shown"] and field["editable"] for field in found["fields"])
    return {
        "shown": usable and bool(found["submit_path"]),
        "shown_selector": found["path"],
        "fields": [_without_path(field) for field in found["fields"]],
        "submit": found["submit"],
        "enabled": found["enabled"],
        "captcha": found["captcha"],
    }


def _without_path(field: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in field.items() if key != "path"}


def distinct(candidates: Iterable[TrackingCandidate]) -> list[TrackingCandidate]:
    """Each form of each page once, in order."""
    return list({(one.page_id, one.selector): one for one in candidates}.values())
