"""Images of the main content with what the page says of them."""

import re

from snapshot.perception.document import Document, ancestors
from snapshot.perception.models import Image
from snapshot.perception.tree import El

MAX_IMAGES = 300
_STYLE = {
    side: re.compile(rf"(?:^|[;\s]){side}\s*:\s*(\d{{1,5}})(?:\.\d+)?px", re.IGNORECASE) for side in ("width", "height")
}
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-srcset")
_PLAIN = re.compile(r"(\d{1,5})(?:\.\d+)?(?:px)?$")


def read_images(doc: Document) -> tuple[Image, ...]:
    """Images in page order. The address of an embedded image is cut to its type, `data:image/png`."""
    images: list[Image] = []
    for element in doc.by_tag.get("img", []):
        if element.place != "main":
            continue
        url = _address(doc, element)
        if not url:
            continue
        images.append(
            Image(
                selector=doc.selector(element),
                url=url,
                alt=" ".join((element.attr("alt") or element.attr("title")).split())[:300],
                near=_near(doc, element),
                width=_size(element, "width"),
                height=_size(element, "height"),
            )
        )
        if len(images) >= MAX_IMAGES:
            break
    return tuple(images)


def _address(doc: Document, element: El) -> str:
    source = element.attr("src").strip()
    if not source or source.startswith("data:"):
        lazy = next((found.split()[0] for name in _LAZY if (found := element.attr(name).strip())), "")
        if not lazy and source.startswith("data:"):
            return source[:60].partition(";")[0].partition(",")[0]
        source = lazy
    if not source and element.attr("srcset").strip():
        source = element.attr("srcset").split()[0].rstrip(",")
    return (doc.address(source) or "") if source else ""


def _size(element: El, side: str) -> int | None:
    style = _STYLE[side].search(element.attr("style"))
    plain = _PLAIN.match(element.attr(side).strip())
    found = style or plain
    return int(found.group(1)) if found else None


def _near(doc: Document, element: El) -> str:
    """Caption of the figure, title of a link around it, else the heading above."""
    for box in list(ancestors(element))[:4]:
        if box.tag == "figure":
            caption = next((doc.text(inner) for inner in doc.select(box, "figcaption")), "")
            if caption:
                return caption[:300]
        if box.tag == "a" and box.attr("title").strip():
            return " ".join(box.attr("title").split())[:300]
    return doc.heading_above(element)
