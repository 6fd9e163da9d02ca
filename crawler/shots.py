"""Screenshots: the full page as JPEG, one pixel for each CSS pixel."""

import base64
from typing import TYPE_CHECKING

from crawler.layout import scroll_script

if TYPE_CHECKING:
    from crawler.page_view import PageView

QUALITY = 70
MAX_WIDTH = 2_500


async def scroll_through(view: "PageView") -> None:
    """Show every part of the page once, so that lazy images and parts that fade in are there."""
    if await view.evaluate(scroll_script(view.settings.screenshot_max_height)):
        await view.settle()


async def take_shot(view: "PageView", width: float, height: float) -> bytes:
    """The page from its top left corner, cut at the height that the settings give.

    The browser's own command is used, because the driver's waits for fonts that may never come.
    """
    clip = {
        "x": 0,
        "y": 0,
        "width": max(1, min(width, MAX_WIDTH)),
        "height": max(1, min(height, view.settings.screenshot_max_height)),
        "scale": 1,
    }
    answer = await view.send(
        "Page.captureScreenshot", format="jpeg", quality=QUALITY, captureBeyondViewport=True, clip=clip
    )
    return base64.b64decode(answer["data"])


async def take_whole_shot(view: "PageView") -> bytes:
    """A screenshot of a page whose size is not known yet."""
    width, height = await view.evaluate(
        "(() => { const e = document.scrollingElement || document.documentElement;"
        " return [e.scrollWidth, e.scrollHeight]; })()"
    )
    return await take_shot(view, width, height)
