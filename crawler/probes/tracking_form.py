"""Probe tracking-form: forms that ask for the code of a matter, opened in the browser to see whether they can be used.

Nothing is sent, unless the operator allows active probes: then an obviously invalid code is typed in and sent.
"""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from config.vocabulary import Cause
from crawler.browser_context import PortalContext
from crawler.clicking import click_element
from crawler.layout import quoted
from crawler.page_view import PageView
from crawler.probes.invalid_code import send_invalid_code
from crawler.probes.site import ProbeSite
from crawler.probes.tracking_candidates import TrackingCandidate, distinct
from crawler.shown import NotShownError, Shown, ShowOptions
from snapshot.models import Interaction, ProbeResult

MAX_FORMS = 12
"""Different forms that are opened in one visit."""

MAX_SECONDS = 240.0
"""Time after which no further form is opened."""

Turn = Callable[[str], AbstractAsyncContextManager[None]]


async def open_tracking_forms(site: ProbeSite) -> ProbeResult:
    """The probe of a visit: the candidates that its crawl came upon, each load in its host's turn, all of it logged."""
    active = site.crew.settings.active_probes
    result = await probe_tracking_forms(site.browser, distinct(site.forms), active=active, turn=site.turn)
    for entry in result.data["forms"]:
        if entry["page_id"] == entry["probed_on"]:
            site.log(_interactions(entry))
    return result


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


def _interactions(entry: dict[str, Any]) -> list[Interaction]:
    at = datetime.now(UTC)
    return [
        Interaction(at=at, page_id=entry["page_id"], action=action, selector=selector, detail=detail)
        for action, selector, detail in entry["interactions"]
    ]
