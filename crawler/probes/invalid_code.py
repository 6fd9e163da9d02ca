"""The active part of the tracking-form probe: an obviously invalid code is sent, and the answer is looked at."""

from typing import Any

from playwright.async_api import Error

from config.vocabulary import Cause
from crawler.layout import quoted
from crawler.page_view import PageView
from crawler.shown import NotShownError

INVALID_CODE = "0000000000"
"""Ten zeros: no agency issues such a code, and it is no valid national id."""

TRIES = 2
"""A form that fails twice does not work (rulings of indicators.md on T02)."""


async def send_invalid_code(view: PageView, script: str, code: str) -> dict[str, Any]:
    """Type the invalid code into the field named `code` and press the form's own control, at most twice.

    `script` is the look at the form. Fields other than the code's stay empty: no data of any person is typed in.
    Returns {code, tries, answered, status, url, text}: `answered` is True where the portal reacted (a new page that is
    no error, or new words on this one), False where it failed on each try, None where the form cannot be filled so.
    """
    outcome: dict[str, Any] = {
        "code": INVALID_CODE,
        "tries": 0,
        "answered": None,
        "status": None,
        "url": "",
        "text": "",
    }
    for _ in range(TRIES):
        found: dict[str, Any] | None = await view.evaluate(script)
        if found is None:
            return outcome
        field = _field(found, code)
        if field is None or not found["submit_path"] or not found["enabled"]:
            return outcome
        if not await _filled(view, field):
            return outcome
        outcome["tries"] += 1
        if await _try(view, found, outcome):
            outcome["answered"] = True
            return outcome
        outcome["answered"] = False
    return outcome


def _field(found: dict[str, Any], code: str) -> dict[str, Any] | None:
    usable: list[dict[str, Any]] = [
        field
        for field in found["fields"]
        if field["shown"] and field["editable"] and field["kind"] in ("text", "number", "tel", "search")
    ]
    named = [field for field in usable if field["name"] == code]
    return next(iter(named or usable), None)


async def _try(view: PageView, found: dict[str, Any], outcome: dict[str, Any]) -> bool:
    """One sending. Whether the portal answered."""
    navigations, messages = view.navigations, len(view.messages)
    try:
        await view.page.locator(found["submit_path"]).click(timeout=2_000, no_wait_after=True)
        view.trace.log("send invalid code", found["submit_path"], found["submit"])
        await view.loaded()
        text = str(await view.evaluate("document.body ? document.body.innerText.replace(/\\s+/g, ' ') : ''"))
    except (Error, NotShownError) as error:
        cause = error.cause if isinstance(error, NotShownError) else Cause.CRASH
        outcome["text"] = f"{cause}: {str(error)[:200]}"
        return False
    status = view.trace.visited[-1][1] if view.trace.visited else None
    news = " ".join([*view.messages[messages:], _news(found["text"], text)]).strip()
    outcome.update(status=status, url=view.page.url, text=news[:300])
    failed = status is not None and status >= 500
    return not failed and (view.navigations != navigations or bool(news))


async def _filled(view: PageView, field: dict[str, Any]) -> bool:
    """Type the code in. False where the browser would not send the form so, as other fields must be filled too."""
    try:
        await view.page.locator(field["path"]).fill(INVALID_CODE, timeout=2_000)
    except Error:
        return False
    view.trace.log("type invalid code", field["path"], INVALID_CODE)
    form = f"document.querySelector({quoted(field['path'])})?.form"
    valid = f"(() => {{ const form = {form}; return !form || form.noValidate || form.checkValidity(); }})()"
    return bool(await view.evaluate(valid))


def _news(before: str, after: str) -> str:
    """The words that the answer brought, at most 300 characters."""
    known = set(before.split())
    fresh = [word for word in after.split() if word not in known]
    return " ".join(fresh)[:300]
