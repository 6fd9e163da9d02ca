"""Probe mobile: a sample of pages on the screen of a phone, 360 CSS pixels wide, with its menu opened.

The phone is a context of its own (touch, viewport setting heeded, a phone's user agent), closed afterwards. Only a menu
button is pressed; nothing is filled in and nothing is sent.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from playwright.async_api import Error

from crawler.addresses import host_of
from crawler.browser import PHONE_HEIGHT, PHONE_WIDTH
from crawler.browser_context import PortalContext
from crawler.layout import quoted
from crawler.page_view import PageView
from crawler.probes.looking import logged, nothing_seen, probe_script
from crawler.probes.sample import Sample, SamplePage, sample_of
from crawler.probes.site import ProbeSite
from crawler.shown import Shown, ShowOptions
from snapshot.matching import lexicon
from snapshot.models import ProbeResult

MAX_BUTTONS = 3
"""Controls that are tried as the menu button of a page."""
MAX_PARTS = 2
"""Closed parts of the menu that are opened."""

_PHONE = {"width": PHONE_WIDTH, "height": PHONE_HEIGHT, "deviceScaleFactor": 1, "mobile": True}
_MEASURES = (
    "viewport", "layout_width", "page_width", "overflow_px", "widest", "texts", "texts_outside", "small_text_share",
    "tap_targets", "tap_targets_small", "form", "frames",
)  # fmt: skip


async def look_at_mobile_use(site: ProbeSite) -> ProbeResult:
    """Look at home, one service page and one page with a form (see `sample_of`), each load in its host's turn.

    data: {"screen": 360, "pages": [{kind, page_id, url, service, cause, final_url, screenshot, menu, viewport,
    layout_width, page_width, overflow_px, widest, texts, texts_outside, small_text_share, tap_targets,
    tap_targets_small, form, frames, other_host}]}; lengths in CSS pixels.
    `viewport` is the content of the meta element, None where there is none; `overflow_px` how far the page is wider
    than the screen; `widest` {selector, tag, width, text} the widest element that runs over the edge; `texts_outside`
    how many of the `texts` cannot be read without moving sideways; `small_text_share` the share of characters shown
    smaller than 9 px; `tap_targets_small` those below 24 px. menu (home only): {entries, reached, button,
    opened_reached}: entries of the desktop page's menu (40 at most), how many can be tapped at once, and after the
    `button` (a selector) and what opens closed parts were pressed. What only opens below a pointer is not in reach.
    form: {fields, shown, inside, first_outside, submits, submits_inside}. `other_host` is the host of a separate mobile
    site that the phone was sent to. `screenshot` is the full page (JPEG, 360 px wide) before the menu was opened.
    """
    sample = await site.seen(sample_of)
    entries = []
    phone = await site.crew.browser.context(site.visit.agency.id, site.browser.own_hosts, phone=True)
    try:
        for chosen in sample.pages:
            async with site.turn(chosen.url):
                entry, shown = await _look(phone, chosen, sample)
            if shown.screenshot is not None:
                entry["screenshot"] = site.writer.add_shot(f"{chosen.page_id}-mobile", shown.screenshot)
            site.log(logged(chosen.page_id, shown))
            entries.append(entry)
    finally:
        await phone.close()
    if all(entry["cause"] for entry in entries):
        return nothing_seen(entries)
    return ProbeResult(status="done", data={"screen": PHONE_WIDTH, "pages": entries})


async def _look(phone: PortalContext, chosen: SamplePage, sample: Sample) -> tuple[dict[str, Any], Shown]:
    entry: dict[str, Any] = {
        "kind": chosen.kind,
        "page_id": chosen.page_id,
        "url": chosen.url,
        "service": chosen.service,
        **dict.fromkeys(("cause", "final_url", "screenshot", "menu", "other_host", *_MEASURES)),
    }
    script = _script(chosen, sample.menu)

    async def work(view: PageView) -> Shown:
        # A screenshot ends the emulation of a phone where the session that takes it has not asked for it itself.
        await view.send("Emulation.setDeviceMetricsOverride", **_PHONE)
        await view.open(chosen.url)
        shown = await view.capture(ShowOptions(screenshot=True, layout=False))
        found = await view.evaluate(script)
        entry.update({name: found[name] for name in _MEASURES}, final_url=shown.final_url)
        if host_of(shown.final_url).removeprefix("www.") != host_of(chosen.url).removeprefix("www."):
            entry["other_host"] = host_of(shown.final_url)
        if chosen.kind == "home" and sample.menu:
            entry["menu"] = await _menu(view, script, found, len(sample.menu))
        return replace(shown, interactions=tuple(view.trace.interactions))

    shown = await phone.visit(chosen.url, work)
    if shown.cause is not None and entry["layout_width"] is None:
        entry["cause"] = shown.cause.value
    return entry, shown


async def _menu(view: PageView, script: str, found: dict[str, Any], entries: int) -> dict[str, Any]:
    """Which of the menu's entries are in reach, at once and after presses on its button and on what opens its parts."""
    reached: set[int] = set(found["menu"]["reached"])
    at_once = len(reached)
    told: dict[str, Any] = {"entries": entries, "reached": at_once, "button": None, "opened_reached": None}
    for button in sorted(filter(_may_open_menu, found["buttons"]), key=_rank)[:MAX_BUTTONS]:
        if len(reached) == entries:
            break
        now = await _pressed(view, script, button["selector"], button["text"] or button["label"])
        if now is None:
            break  # It was no menu button but a link: this page is another one.
        if set(now["menu"]["reached"]) - reached or told["button"] is None:
            told["button"] = button["selector"]
        if set(now["menu"]["reached"]) - reached:
            reached |= set(now["menu"]["reached"])
            found = now
            break
    openers = {path: set(indices) - reached for path, indices in found["menu"]["openers"].items()}
    working = True
    for path in [path for path, hidden in openers.items() if hidden][:MAX_PARTS]:
        now = await _pressed(view, script, path, None)
        working = now is not None and openers[path] <= set(now["menu"]["reached"])
        if now is None or not working:
            break
        reached |= openers[path]
    if working:
        reached = reached.union(*openers.values())  # The other parts open as those that were tried.
    if len(reached) > at_once or told["button"] is not None:
        told["opened_reached"] = len(reached)
    return told


async def _pressed(view: PageView, script: str, selector: str, caption: str | None) -> dict[str, Any] | None:
    """The page after a press on one of its controls; None where another page came."""
    before = view.navigations
    view.trace.log("press menu button", selector, caption)
    try:
        await view.page.locator(selector).click(timeout=1_500, no_wait_after=True)
    except Error:
        await view.evaluate(f"document.querySelector({quoted(selector)})?.click()")
    await view.settle(at_most=1.0)
    found: dict[str, Any] = await view.evaluate(script)
    return found if view.navigations == before else None


def _may_open_menu(button: dict[str, Any]) -> bool:
    named = button["named"] and (button["control"] or not button["text"])
    return bool(named or lexicon().has(f"{button['text']} ; {button['label']}", "menu-word"))


def _rank(button: dict[str, Any]) -> tuple[bool, bool, float]:
    """Those called menu first, then real controls, from the top of the page."""
    called = lexicon().has(f"{button['text']} ; {button['label']} ; {button['marks']}", "menu-word")
    return (not called and "menu" not in button["marks"].lower(), not button["control"], button["top"])


def _script(chosen: SamplePage, menu: Sequence[tuple[str, str]]) -> str:
    wanted = menu if chosen.kind == "home" else ()
    values = {
        "%MENU%": json.dumps([list(entry) for entry in wanted]),
        "%FORM%": json.dumps(chosen.form),
        "%NAMES%": json.dumps(list(chosen.fields)),
        "%SCREEN%": str(PHONE_WIDTH),
        "%REACH%": probe_script("menu.js"),
    }
    source = probe_script("mobile.js")
    for name, value in values.items():
        source = source.replace(name, value)
    return source
