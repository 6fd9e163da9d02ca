"""Cookie notices, welcome windows and other layers over a page: found, photographed and closed, never agreed to more
than needed and never by sending data."""

import asyncio
from typing import TYPE_CHECKING, Any

from playwright.async_api import Error

from crawler.layout import quoted, script
from crawler.shots import take_whole_shot

if TYPE_CHECKING:
    from crawler.page_view import PageView

MAX_DIALOGS = 3


async def close_dialogs(view: "PageView", *, screenshot: bool) -> bytes | None:
    """Close the layers that lie over the page. Returns the screenshot made before, None if there was no layer."""
    before: bytes | None = None
    tried: set[str] = set()
    for _ in range(MAX_DIALOGS):
        found = await _top_layer(view, tried)
        if found is None:
            break
        if before is None and screenshot:
            before = await take_whole_shot(view)
        layer, button = str(found["layer"]), found.get("button")
        tried.add(layer)
        if button is None:
            view.trace.log("dialog left open", layer, str(found["text"]))
            continue
        view.trace.log("close dialog", str(button), str(found["caption"] or found["text"]))
        await _press(view, str(button))
    return before


async def _top_layer(view: "PageView", tried: set[str]) -> dict[str, Any] | None:
    source = script("consent.js").replace("%TRIED%", "[" + ",".join(quoted(path) for path in sorted(tried)) + "]")
    found: dict[str, Any] | None = await view.evaluate(source)
    return found


async def _press(view: "PageView", button: str) -> None:
    navigations = view.navigations
    try:
        await view.page.locator(button).click(timeout=1_500, no_wait_after=True)
    except Error:
        # Covered by its own layer or moving: the click is given to the element itself.
        await view.evaluate(f"document.querySelector({quoted(button)})?.click()")
    await asyncio.sleep(0.35)  # Layers fade out; there is no event to wait for.
    if view.navigations != navigations:
        await view.loaded()
