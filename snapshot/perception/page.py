"""One page, from its bytes to all that is known of it. Pure, deterministic, never raises."""

from snapshot.perception.labels import labels_of
from snapshot.perception.models import PageType, Perception, Signals
from snapshot.perception.page_type import page_type_of
from snapshot.perception.promises import promises_of
from snapshot.perception.signals import signals_of
from snapshot.perception.structure import Structure, read_structure

PERCEPTION_VERSION = 8
"""Rises with every change that may change a perception; stored perceptions of other versions are made again."""

_NO_SIGNALS = Signals()


def perceive(body: bytes, url: str, *, content_type: str = "") -> Perception:
    """Everything that is known of a page from its bytes, its address and the content type its server stated.

    Never raises: bytes that cannot be read give an empty page of type "document".
    """
    try:
        structure = read_structure(body, url, content_type)
        return _perceive(structure, body, content_type)
    except Exception:  # noqa: BLE001 - hostile bytes must never end a visit; an unreadable page is an empty page
        return _empty(url)


def _perceive(structure: Structure, body: bytes, content_type: str) -> Perception:
    signals = signals_of(structure)
    page_type = page_type_of(
        structure,
        signals,
        is_document=structure.is_pdf or _is_document(body, content_type),
        is_frameset=structure.is_frameset,
    )
    return Perception(
        version=PERCEPTION_VERSION,
        url=structure.url,
        lang=structure.lang,
        direction=structure.direction,
        title=structure.title,
        page_type=page_type,
        signals=signals,
        main_selector=structure.main_selector,
        main_text=structure.main_text,
        links=structure.links,
        frames=structure.frames,
        headings=structure.headings,
        blocks=structure.blocks,
        forms=structure.forms,
        pairs=structure.pairs,
        tables=structure.tables,
        step_lists=structure.step_lists,
        images=structure.images,
        contacts=structure.contacts,
        dates=structure.dates,
        labels=labels_of(structure, page_type),
        promises=promises_of(structure.links, page_type, structure.contacts),
    )


def _is_document(body: bytes, content_type: str) -> bool:
    """A file to read rather than a page of the web."""
    kind = content_type.partition(";")[0].strip().lower()
    if body[:1024].lstrip().startswith(b"%PDF-") or body.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return True
    known = ("text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/plain", "")
    return kind not in known and b"<html" not in body[:2048].lower()


def _empty(url: str, page_type: PageType = "document") -> Perception:
    return Perception(
        version=PERCEPTION_VERSION,
        url=url,
        lang="",
        direction="",
        title="",
        page_type=page_type,
        signals=_NO_SIGNALS,
        main_selector="html",
        main_text="",
        links=(),
        frames=(),
        headings=(),
        blocks=(),
        forms=(),
        pairs=(),
        tables=(),
        step_lists=(),
        images=(),
        contacts=(),
        dates=(),
        labels=(),
        promises=(),
    )
