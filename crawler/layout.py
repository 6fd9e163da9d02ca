"""The scripts that run inside a shown page: its written document with the layout map, quiet, and scrolling."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from snapshot.models import Box, LayoutElement, PageLayout

ELEMENT_LIMIT = 6_000
"""Elements of one layout map: links, fields, headings and images first, then text, then blocks."""


@cache
def script(name: str) -> str:
    """The source of a script beside this module."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def layout_script(*, layout: bool) -> str:
    """The script that writes the document and, with `layout`, maps its elements."""
    source = script("layout.js").replace("%REACH%", script("reach.js"))
    return source.replace("%LIMIT%", str(ELEMENT_LIMIT)).replace("%LAYOUT%", "true" if layout else "false")


def page_layout(found: dict[str, Any], viewport_width: int) -> PageLayout:
    """The layout map from what the script returned."""
    return PageLayout(
        viewport_width=viewport_width,
        page_width=round(found["page_width"]),
        page_height=round(found["page_height"]),
        elements=tuple(
            LayoutElement(selector=path, box=Box(x=x, y=y, width=width, height=height), visible=bool(visible))
            for path, x, y, width, height, visible in found["elements"]
        ),
    )


def quiet_script(quiet_ms: int, at_most_ms: int) -> str:
    """A promise that is kept when the document has not changed for `quiet_ms`, at the latest after `at_most_ms`.

    It returns how many characters of text the page shows, so that the caller may wait longer for an empty one.
    """
    return """new Promise((done) => {
      const text = () => { const body = document.body; return body ? body.innerText.trim().length : 0; };
      let timer;
      const watch = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(end, %QUIET%); });
      const end = () => { watch.disconnect(); clearTimeout(last); done(text()); };
      const last = setTimeout(end, %MOST%);
      timer = setTimeout(end, %QUIET%);
      watch.observe(document, { childList: true, subtree: true, characterData: true, attributes: false });
    })""".replace("%QUIET%", str(quiet_ms)).replace("%MOST%", str(at_most_ms))


def scroll_script(max_height: int) -> str:
    """A promise that scrolls through the page down to `max_height` and back, so that lazy content comes."""
    return """(async () => {
      const height = () => Math.min((document.scrollingElement || document.documentElement).scrollHeight, %HEIGHT%);
      const pause = (ms) => new Promise((done) => setTimeout(done, ms));
      if (height() <= innerHeight * 1.2) return false;
      for (let y = 0; y < height(); y += Math.round(innerHeight * 0.8)) {
        scrollTo({ top: y, behavior: "instant" });
        await pause(30);
      }
      scrollTo({ top: 0, behavior: "instant" });
      await pause(60);
      return true;
    })()""".replace("%HEIGHT%", str(max_height))


def quoted(text: str) -> str:
    """A text as a JavaScript literal."""
    return json.dumps(text)
