"""Clicks on menu entries that have no address: script and postback menus. Nothing is filled in, no form is sent."""

import asyncio
from typing import TYPE_CHECKING, Any

from playwright.async_api import Error

from config.vocabulary import Cause
from crawler.layout import quoted
from crawler.shown import NotShownError

if TYPE_CHECKING:
    from crawler.page_view import PageView

REACTION_SECONDS = 3.0
"""How long a click is given to begin to do something."""

_LOOK = """(() => {
  const element = document.querySelector(%SELECTOR%);
  if (!element) return null;
  const control = element.closest("button, input, select, textarea");
  const link = element.closest("a[href]");
  const href = link ? link.getAttribute("href").trim() : "";
  const box = element.getBoundingClientRect();
  return {
    sends: !!control && (control.matches("select, textarea")
      || (control.localName === "input" && !["button"].includes(control.type))
      || (control.localName === "button" && control.type !== "button" && !!control.form)),
    scheme: (/^([a-z][a-z0-9+.-]*):/i.exec(href) || ["", ""])[1].toLowerCase(),
    caption: (element.innerText || element.textContent || element.title || "")
      .replace(/\\s+/g, " ").trim().slice(0, 80),
    visible: box.width > 1 && box.height > 1
      && element.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
    nodes: document.getElementsByTagName("*").length, text: document.body ? document.body.innerText.length : 0,
  };
})()"""

_HOVER = """(() => {
  const element = document.querySelector(%SELECTOR%);
  const places = [];
  for (let at = element && element.parentElement; at && at !== document.body; at = at.parentElement) {
    if (!["LI", "DETAILS"].includes(at.tagName) && !at.matches("[class*=dropdown i], [class*=menu i]")) continue;
    const box = at.getBoundingClientRect();
    if (box.width > 1 && box.height > 1 && at.checkVisibility({ visibilityProperty: true })) {
      at.scrollIntoView({ block: "center", behavior: "instant" });
      const now = at.getBoundingClientRect();
      places.push([now.x + Math.min(now.width / 2, 40), now.y + Math.min(now.height / 2, 15)]);
      break;
    }
  }
  return places;
})()"""


async def click_element(view: "PageView", selector: str) -> None:
    """Click one menu entry and wait for what it brings. Raises NotShownError where it may not or cannot be clicked."""
    before = await _look(view, selector)
    if before["sends"]:
        raise NotShownError(Cause.REFUSED, "the element sends a form")
    if before["scheme"] not in ("", "javascript", "http", "https"):
        raise NotShownError(Cause.REFUSED, f"the element leads to {before['scheme']}:")
    if not before["visible"]:
        await _hover(view, selector)
        before = await _look(view, selector)
    navigations, popups = view.navigations, len(view.popups)
    view.trace.log("click", selector, before["caption"])
    try:
        await view.page.locator(selector).click(timeout=2_000, no_wait_after=True)
    except Error:
        view.trace.log("click by script", selector, "not clickable by the pointer")
        await view.evaluate(f"document.querySelector({quoted(selector)})?.click()")
    await _reaction(view, selector, before, navigations, popups)


async def _look(view: "PageView", selector: str) -> dict[str, Any]:
    found: dict[str, Any] | None = await view.evaluate(_LOOK.replace("%SELECTOR%", quoted(selector)))
    if found is None:
        raise NotShownError(Cause.MISSING_ARTEFACT, "the element to click is not on the page")
    return found


async def _hover(view: "PageView", selector: str) -> None:
    """Open the drop-down menus around a hidden entry, as a pointer would, outermost first."""
    for _ in range(3):
        places = await view.evaluate(_HOVER.replace("%SELECTOR%", quoted(selector)))
        if not places:
            return
        x, y = places[0]
        await view.page.mouse.move(x, y, steps=2)
        await asyncio.sleep(0.2)  # Menus open with a transition; there is no event to wait for.
        if (await _look(view, selector))["visible"]:
            view.trace.log("hover", selector, None)
            return


async def _reaction(view: "PageView", selector: str, before: dict[str, Any], navigations: int, popups: int) -> None:
    loop = asyncio.get_running_loop()
    end = loop.time() + REACTION_SECONDS
    while loop.time() < end:
        await asyncio.sleep(0.05)
        if view.navigations != navigations:
            await view.loaded()
            return
        if len(view.popups) != popups:
            await view.open(view.popups[-1])
            return
        try:
            now = await _look(view, selector)
        except NotShownError:
            break  # The entry itself has gone: the page has changed.
        if (now["nodes"], now["text"]) != (before["nodes"], before["text"]):
            break
    else:
        if view.proxy.quiet(0.2):
            raise NotShownError(Cause.MISSING_ARTEFACT, "the click changed nothing")
    # A change may be the menu itself or the first sign of a new page on its way.
    await asyncio.sleep(0.2)
    await view.loaded()
