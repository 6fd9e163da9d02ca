"""Pictures and files that show an agency's structure, and what their text alternatives say of it."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from config.vocabulary import Cause
from snapshot.matching import lexicon
from snapshot.perception.models import Image
from snapshot.reader import Page, Snapshot
from snapshot.text import decode_url, fold
from snapshot.units import NO_UNITS, Unit, UnitList, area_captions

CHART_WIDTH = 500
"""CSS pixels from which a picture can be a chart (rubric T04, evidence)."""
_UNIT_GROUPS = ("unit-word", "deputy-unit", "staff-unit")
_LISTED = re.compile(r"[،,؛;:.\n|]|\s[-–—]\s|\s(?:شامل|including)\s")
_AND = re.compile(r"\s(?:و|and)\s")
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|bmp|tiff?)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as a picture: in the page, or behind a link of it (`image` None). `sure` = its name or size says so.

    `unread` is why the file behind a link was not seen: that it is a chart, or there at all, is then not known.
    """

    selector: str
    quote: str
    image: Image | None
    sure: bool
    alternative: UnitList
    unread: Cause | None = None


def find_picture(snapshot: Snapshot, page: Page, *, named: bool) -> Picture | None:
    """The picture on a page that can be its chart: called one, or wide and no decoration on a page `named` chart."""
    perception = page.perception
    if perception.page_type == "document":
        # A scan says nothing but what it is called.
        return Picture("", perception.title, None, named, NO_UNITS) if not perception.main_text else None
    images = [image for image in perception.images if not _decorative(image)]
    for image in images:
        if _called_chart(image, named=named) and (_width(page, image) or CHART_WIDTH) >= CHART_WIDTH // 2:
            return _drawn(page, image, sure=True)
    wide = [image for image in images if (_width(page, image) or 0) >= CHART_WIDTH]
    if named and wide:
        return _drawn(page, wide[0], sure=True)
    unmeasured = [image for image in images if _width(page, image) is None]
    if named and len(unmeasured) == 1 and len(images) == 1:
        return _drawn(page, unmeasured[0], sure=False)
    return _behind_link(snapshot, page)


def _drawn(page: Page, image: Image, *, sure: bool) -> Picture:
    """The picture with the units that its alternative text, its caption or the areas of its map name."""
    said = (image.alt, image.near, "، ".join(area_captions(page.perception)))
    alternative = max((_units_in_words(text) for text in said), key=lambda named: len(named.units))
    return Picture(image.selector, image.alt or image.near, image, sure, alternative)


def _units_in_words(text: str) -> UnitList:
    """Units that a picture's text alternative names. «و» parts two units only where the second begins as one."""
    words = lexicon()
    names: list[str] = []
    for part in _LISTED.split(text):
        pieces = _AND.split(part)
        for piece in pieces:
            name = piece.strip()
            begins = any(match.start == 0 for group in _UNIT_GROUPS for match in words.words(name, group))
            if names and not begins and piece is not pieces[0]:
                names[-1] = f"{names[-1]} و {name}"
            elif name:
                names.append(name)
    found = [name for name in names if words.groups_in(name) & set(_UNIT_GROUPS) and not words.has(name, "chart-name")]
    return UnitList(tuple(Unit(name, "", 0, in_prose=True) for name in dict.fromkeys(found)), related=False)


def _behind_link(snapshot: Snapshot, page: Page) -> Picture | None:
    """A picture or file of the chart that the page links to, where it was not found missing."""
    for link in page.perception.links:
        if link.place != "main" or not link.url or not lexicon().has(f"{link.caption} {link.title}", "chart-name"):
            continue
        path = urlsplit(link.url).path
        if not _PICTURE_FILE.search(path) and not path.lower().endswith(".pdf"):
            continue
        record = snapshot.record_at(link.url)
        if record is None or record.status is None:
            unread = (record.cause if record else None) or Cause.MISSING_ARTEFACT
            return Picture(link.selector, link.caption, None, sure=False, alternative=NO_UNITS, unread=unread)
        if record.status < 400:
            return Picture(link.selector, link.caption, None, sure=True, alternative=NO_UNITS)
    return None


def _called_chart(image: Image, *, named: bool) -> bool:
    """Whether a picture's alternative or file name calls it a chart; «نمودار» alone only on a page named chart."""
    words = lexicon()
    file = fold(decode_url(image.url).rsplit("/", 1)[-1].replace("-", " ").replace("_", " "))
    groups = words.groups_in(image.alt) | words.groups_in(file)
    return "chart-name" in groups or (named and "chart-image" in groups)


def _decorative(image: Image) -> bool:
    words = lexicon()
    file = decode_url(image.url).rsplit("/", 1)[-1].replace("-", " ").replace("_", " ")
    if words.has(image.alt, "chart-name"):
        return False
    return any(words.has(text, "decorative-image") for text in (image.alt, file))


def _width(page: Page, image: Image) -> float | None:
    """Width as shown, else as stated; None where neither is known."""
    box = page.evidence(image.selector).box
    return box.width if box is not None else image.width
