"""Probe accessibility: axe-core on a sample of pages, and what it does not tell, looked at in the browser.

axe-core comes with the wheel of axe-playwright-python. It runs in a world of its own beside the page's scripts, where
the page's content security policy does not hold and its scripts cannot meddle. Nothing is filled in or sent.
"""

import asyncio
import contextlib
import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

from playwright.async_api import Error

from crawler.browser_context import PortalContext
from crawler.consent import close_dialogs
from crawler.layout import quoted
from crawler.page_view import PageView
from crawler.probes.looking import logged, nothing_seen, probe_script
from crawler.probes.sample import Sample, SamplePage, sample_of
from crawler.probes.site import ProbeSite
from crawler.shown import Shown, ShowOptions
from snapshot.matching import lexicon
from snapshot.models import ProbeResult
from snapshot.perception.models import Perception
from snapshot.perception.page import perceive

AXE_SECONDS = 15.0
"""Time for axe-core on one page; a page that takes longer keeps everything but its rules."""
TAB_PRESSES = 60
"""Presses of the Tab key within which menu and main content are to be reached."""
MAX_SIZE_CLICKS = 2
GROWN = 1.04
"""From this ratio on, text has grown."""
_SIZE_NAME = re.compile(
    r"font-?size|text-?size|resize-?text|(?:increase|larger|bigger|plus)-?(?:font|text)|font-?(?:plus|inc|up|large)"
    r"|a-?plus\b",
    re.IGNORECASE,
)
_SIZE_SIGN = re.compile(r"(?:[aآ]|الف)\s*\+|\+\s*(?:[aآ]|الف)|aa", re.IGNORECASE)


async def look_at_accessibility(site: ProbeSite) -> ProbeResult:
    """Look at home, one service page and one page with a form (see `sample_of`), each load in its host's turn.

    data: {"axe": version, "pages": [{kind, page_id, url, service, cause, rules, skip_link, text_size, zoom, keyboard,
    captcha, elements}]}. `cause` says why a page was not looked at; what could not be asked of it is None.
    rules: {rule id: {impact, passes, violations, incomplete (nodes), selectors, quotes (first three violations)}}.
    skip_link: {text, selector, target, works} or {} where the page has none. text_size: the same form, {text, selector,
    works}; zoom: {content, blocked}; captcha: {selector, kind: image|service|question, alternative} or {}.
    keyboard (home only): {presses, stops, menu, main, trapped, entries, pointer_only}: `stops` distinct elements that
    took the focus; `menu` and `main` whether one of theirs was among them, None where they have none; `pointer_only`
    of the menu's `entries` are hidden, were not reached, and have no control that could open them.
    """
    sample = await site.seen(sample_of)
    entries = []
    for chosen in sample.pages:
        async with site.turn(chosen.url):
            entry, shown = await _look(site.browser, chosen, sample)
        site.log(logged(chosen.page_id, shown))
        entries.append(entry)
    if all(entry["cause"] for entry in entries):
        return nothing_seen(entries)
    versions = [entry.pop("axe") for entry in entries]
    return ProbeResult(status="done", data={"axe": next(filter(None, versions), None), "pages": entries})


async def _look(browser: PortalContext, chosen: SamplePage, sample: Sample) -> tuple[dict[str, Any], Shown]:
    entry: dict[str, Any] = {
        "kind": chosen.kind,
        "page_id": chosen.page_id,
        "url": chosen.url,
        "service": chosen.service,
        **dict.fromkeys(("cause", "axe", "rules", "skip_link", "text_size", "zoom", "keyboard", "captcha", "elements")),
    }
    menu = [list(one) for one in sample.menu] if chosen.kind == "home" else []
    script = probe_script("accessibility.js").replace("%REACH%", probe_script("menu.js"))
    script = script.replace("%MENU%", json.dumps(menu))

    async def work(view: PageView) -> Shown:
        await view.open(chosen.url)
        await close_dialogs(view, screenshot=False)
        found = await view.evaluate(script)
        entry.update(zoom=found["zoom"], captcha=found["captcha"] or {}, elements=found["elements"])
        entry["skip_link"] = _skip_link(found["jumps"])
        with contextlib.suppress(TimeoutError):
            told = await asyncio.wait_for(view.evaluate(_axe()), AXE_SECONDS)
            entry.update(axe=told["version"], rules=told["rules"])
        stops = await _tab_through(view) if chosen.kind == "home" else []
        entry["text_size"] = await _text_size(view, found["controls"]) if chosen.kind == "home" else None
        shown = await view.capture(ShowOptions(screenshot=False, layout=False))
        if chosen.kind == "home":
            page = await asyncio.to_thread(perceive, shown.html.encode(), shown.final_url, content_type="text/html")
            stuck = [index for index, paths in found["stuck"].items() if not set(paths) & set(stops)]
            told = {"entries": len(menu), "pointer_only": len(stuck)}
            entry["keyboard"] = {**_keyboard(page, stops, found["links"]), **told}
        return shown

    shown = await browser.visit(chosen.url, work)
    if shown.cause is not None and entry["zoom"] is None:
        entry["cause"] = shown.cause.value
    return entry, shown


def _skip_link(jumps: list[dict[str, Any]]) -> dict[str, Any]:
    """The first in-page link whose words promise the content; it works where its target is on the page.

    The target may be an empty anchor before the content: many portals are made so.
    """
    for jump in jumps:
        if lexicon().has(jump["text"], "skip-link"):
            told = {name: jump[name] for name in ("text", "selector", "target")}
            return {**told, "works": bool(jump["exists"])}
    return {}


async def _tab_through(view: PageView) -> list[str]:
    """Press Tab as a person without a pointer would. Returns the paths of what took the focus, in order."""
    await view.evaluate(probe_script("focus.js"))
    pressed = 0
    with contextlib.suppress(Error):
        for _ in range(TAB_PRESSES):
            await view.page.keyboard.press("Tab")
            pressed += 1
    view.trace.log("press Tab", None, f"{pressed} times")
    stops: list[str] = await view.evaluate("globalThis.didbanStops || []")
    return stops


def _keyboard(page: Perception, stops: list[str], links: int) -> dict[str, Any]:
    distinct = list(dict.fromkeys(stops))
    menu = {link.selector for link in page.links if link.place in ("menu", "header")}
    main = {link.selector for link in page.links if link.place == "main"}
    main.update(field.selector for form in page.forms if form.place == "main" for field in form.fields)
    return {
        "presses": TAB_PRESSES,
        "stops": len(distinct),
        "menu": any(stop in menu for stop in distinct) if menu else None,
        "main": any(stop in main for stop in distinct) if main else None,
        "trapped": len(distinct) < 3 and links >= 10,
    }


async def _text_size(view: PageView, controls: list[dict[str, Any]]) -> dict[str, Any]:
    """The control that makes text larger, pressed to see whether it does; {} where the page has none."""
    named = [control for control in controls if _names_size(control)]
    if not named:
        return {}
    told = {"text": named[0]["text"] or named[0]["marks"][:30], "selector": named[0]["selector"], "works": False}
    for control in [one for one in named if one["plain"]][:MAX_SIZE_CLICKS]:
        before = await view.evaluate(_FONT_SIZE)
        view.trace.log("press text size", control["selector"], control["text"])
        await view.evaluate(f"document.querySelector({quoted(control['selector'])})?.click()")
        await asyncio.sleep(0.3)  # Sizes change with a transition; there is no event to wait for.
        if await view.evaluate(_FONT_SIZE) > before * GROWN:
            return {"text": control["text"] or control["marks"][:30], "selector": control["selector"], "works": True}
    return told


_FONT_SIZE = """(() => {
  const texts = [...document.querySelectorAll("p, li, h1, h2, h3, td, a")].filter((one) => one.textContent.trim())
    .slice(0, 60);
  const sizes = texts.map((one) => parseFloat(getComputedStyle(one).fontSize) * (one.currentCSSZoom || 1));
  return sizes.length ? sizes.reduce((all, one) => all + one, 0) / sizes.length : 0;
})()"""


def _names_size(control: dict[str, Any]) -> bool:
    text, marks = str(control["text"]), str(control["marks"])
    signed = _SIZE_SIGN.fullmatch(text.strip()) or _SIZE_NAME.search(marks)
    return bool(signed) or lexicon().has(f"{text} ; {marks}", "text-size")


@cache
def _axe() -> str:
    source = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    return f"{source}\n;{probe_script('axe.js')}"
