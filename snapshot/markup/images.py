"""Images of the main content."""

import re

from snapshot.markup.document import Document, absolute
from snapshot.markup.headings import Outline
from snapshot.perception.models import Image
from snapshot.text import fold_spaces

MAX_IMAGES = 300
_SIZE = re.compile(r"(?<![-\w])(width|height)\s*:\s*(\d+)(?:\.\d+)?px", re.IGNORECASE)


def read_images(document: Document, outline: Outline) -> tuple[Image, ...]:
    """Images with address, alternative text, what they stand near, and the size that the page states."""
    images: list[Image] = []
    for element in document.elements:
        if element.tag != "img" or element.place != "main" or element.hidden:
            continue
        source = next(
            (
                element.attribute(n)
                for n in ("src", "data-src", "data-lazy-src", "data-original")
                if element.attribute(n)
            ),
            "",
        )
        stated = dict(_SIZE.findall(element.attributes.get("style", "")))
        caption = ""
        for ancestor in document.ancestors(element):
            if ancestor.tag == "figure":
                caption = next((document.text(e) for e in document.inside(ancestor) if e.tag == "figcaption"), "")
                break
        images.append(
            Image(
                selector=document.selector(element),
                url="data:" if source.startswith("data:") else absolute(document.base_url, source),
                alt=fold_spaces(element.attributes.get("alt", "") or element.attributes.get("title", ""))[:2_000],
                near=caption or outline.over(element),
                width=_pixels(element.attribute("width") or stated.get("width", "")),
                height=_pixels(element.attribute("height") or stated.get("height", "")),
            )
        )
        if len(images) >= MAX_IMAGES:
            break
    return tuple(images)


def _pixels(value: str) -> int | None:
    number = value.removesuffix("px").strip()
    return int(number) if number.isdigit() and len(number) < 6 else None
