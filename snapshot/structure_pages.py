"""Pages that show the structure of the agency itself, as text, drawing, picture or file."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from config.models import Agency
from config.vocabulary import Label
from snapshot.filters import is_news, is_search_results
from snapshot.matching import lexicon
from snapshot.ownership import names_agency_in, names_other_body, other_body_in
from snapshot.perception.models import Image, Perception
from snapshot.reader import Page, Snapshot, same_address
from snapshot.service_pages import page_table
from snapshot.text import decode_url, fold
from snapshot.units import Unit, UnitList, read_units

CHART_WIDTH = 500
"""CSS pixels from which a picture can be a chart (rubric T04, evidence)."""
SURE_LABEL = 0.8
"""Strength of the label from which a page counts though nothing calls it a structure: many pages name offices."""
FULL_LIST = 5
"""Units from which a page lists the structure and does not merely mention units (rubric T04, evidence)."""
_UNIT_GROUPS = ("unit-word", "deputy-unit", "staff-unit")
_LISTED = re.compile(r"[،,؛;:.\n|]|\s[-–—]\s|\s(?:شامل|including)\s")
_AND = re.compile(r"\s(?:و|and)\s")
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|bmp|tiff?)$", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d/\-.]{1,}\d|\d{2,}")


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as a picture: in the page, or behind a link of it (`image` None). `sure` = its name or size says so."""

    selector: str
    quote: str
    image: Image | None
    sure: bool
    alternative: UnitList


@dataclass(frozen=True, slots=True)
class StructurePage:
    """One page on the agency's own structure. `refused` names why it is none after all, empty where it is one.

    Reasons: `definition`, `rules`, `other_chart` (site, project, committee), `other_body`, `news`, `empty`.
    `approval` is the page's sentence that gives number and date of the structure's approval, with its selector.
    """

    page: Page
    units: UnitList
    picture: Picture | None
    is_file: bool
    approval: tuple[str, str] | None
    refused: str
    said: str = ""


def find_structure_pages(snapshot: Snapshot) -> tuple[StructurePage, ...]:
    """Every page that is called a structure or chart: those that show one first, refused ones last."""
    found = [_read(snapshot, page) for page in _candidates(snapshot)]
    return tuple(sorted(found, key=_worth, reverse=True))


def about_pages(snapshot: Snapshot) -> tuple[StructurePage, ...]:
    """Pages that introduce the agency and name units of it in passing, though none is called a structure."""
    called = {page.page_id for page in _candidates(snapshot)}
    chosen = [
        page
        for page in snapshot.pages
        if page.page_id not in called
        and not is_news(page.perception)
        and any(lexicon().has(text, "about-agency") for text in _heads(page.perception)[:2])
        and not names_other_body(page, snapshot.agency)
    ]
    return tuple(_read(snapshot, page) for page in chosen)


def _worth(shown: StructurePage) -> tuple[bool, int, bool, bool, bool]:
    listed = min(len(shown.units.listed), FULL_LIST)
    linked = sum(unit.url is not None for unit in shown.units.listed) * 2 >= max(1, len(shown.units.listed))
    return (not shown.refused, listed, shown.approval is not None, linked and listed > 0, not shown.is_file)


def _candidates(snapshot: Snapshot) -> list[Page]:
    """Pages with the label, or called a chart by their title, first headings or a link that leads to them."""
    words = lexicon()
    table = snapshot.derived(page_table)
    called = {page.page_id for page in snapshot.pages_with(Label.ORG_STRUCTURE, SURE_LABEL)}
    for page in snapshot.pages:
        for link in page.perception.links:
            target = table.get(same_address(link.url)) if link.url else None
            if target is not None and len(link.caption.split()) <= 8 and words.has(link.caption, "chart-name"):
                called.add(target.page_id)
    chosen = [
        page
        for page in snapshot.pages
        if page is not snapshot.home
        and (page.page_id in called or any(words.has(text, "chart-name") for text in _heads(page.perception)))
    ]
    return [page for page in chosen if not is_search_results(page.perception)]


def _heads(perception: Perception) -> list[str]:
    return [perception.title, *(h.text for h in perception.headings if h.place == "main")][:5]


def _read(snapshot: Snapshot, page: Page) -> StructurePage:
    perception = page.perception
    units = read_units(perception)
    picture = _picture(snapshot, page)
    refused, said = _refused(page, units, snapshot.agency, drawn=picture is not None)
    is_file = perception.page_type == "document"
    return StructurePage(page, units, picture, is_file, _approval(perception), refused, said)


def _refused(page: Page, units: UnitList, agency: Agency, *, drawn: bool) -> tuple[str, str]:
    """Why a page called a chart shows no structure of the agency, with the page's own words; ("", "") if it does."""
    perception, words = page.perception, lexicon()
    heads = _heads(perception)
    if is_news(perception):
        return "news", perception.title
    other = next((text for text in heads[:3] if words.has(text, "chart-other")), "")
    if other and not any(words.has(text, "chart-name") and not words.has(text, "chart-other") for text in heads[1:]):
        return "other_chart", other
    rules = next((text for text in heads[:3] if words.has(text, "chart-rules")), "")
    if rules and len(units.listed) < FULL_LIST and not drawn:
        return "rules", rules
    defines = words.first(f"{perception.title} {perception.main_text[:3000]}", "chart-definition")
    if defines and len(units.listed) < FULL_LIST and not (drawn and not units.units):
        return "definition", defines
    whose = other_root(units, agency)
    if whose or names_other_body(page, agency):
        return "other_body", whose or next((text for text in heads if other_body_in(text, agency)), perception.title)
    if not units.units and not drawn:
        return "empty", perception.title
    return "", ""


def other_root(units: UnitList, agency: Agency) -> str:
    """The root of a drawing where it is the head of another body: a minister on a portal that is no ministry's."""
    words = lexicon()
    names = (agency.name_fa, agency.name_en, *agency.aliases)
    if any(words.has(name, "minister-root") for name in names):
        return ""
    for unit in units.listed[:3]:
        if words.has(unit.name, "minister-root") and not names_agency_in(unit.name, agency):
            return unit.name
        if other_body_in(unit.name, agency) and unit.level == 0 and units.related and _is_alone(unit, units):
            return unit.name
    return ""


def _is_alone(unit: Unit, units: UnitList) -> bool:
    """Whether a unit is the only one of its level: the root."""
    return sum(other.level == unit.level for other in units.listed) == 1


def _picture(snapshot: Snapshot, page: Page) -> Picture | None:
    """The picture on a page that can be its chart: named as one, or wide and not decoration on a page named chart."""
    perception, words = page.perception, lexicon()
    images = [image for image in perception.images if not _decorative(image)]
    named = any(words.has(text, "chart-name") for text in _heads(perception))
    for image in images:
        if _called_chart(image, named=named) and (_width(page, image) or CHART_WIDTH) >= CHART_WIDTH // 2:
            return _drawn(image, sure=True)
    wide = [image for image in images if (_width(page, image) or 0) >= CHART_WIDTH]
    if named and wide:
        return _drawn(wide[0], sure=True)
    unmeasured = [image for image in images if _width(page, image) is None]
    if named and len(unmeasured) == 1 and len(images) == 1:
        return _drawn(unmeasured[0], sure=False)
    return _behind_link(snapshot, page)


def _drawn(image: Image, *, sure: bool) -> Picture:
    return Picture(image.selector, image.alt or image.near, image, sure, _units_in_words(image.alt))


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
        if record is None or record.status is None or record.status < 400:
            return Picture(link.selector, link.caption, None, record is not None, UnitList((), related=False))
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


def _approval(perception: Perception) -> tuple[str, str] | None:
    """The sentence that gives number and date of the approval, and its selector."""
    for selector, text in ((block.selector, block.text) for block in perception.blocks):
        folded = fold(text)
        if not lexicon().has(folded, "approved-structure"):
            continue
        days = [found for found in perception.dates if fold(found.text) in folded]
        rest = folded
        for found in days:
            rest = rest.replace(fold(found.text), " ")
        if days and _NUMBER.search(rest):
            return text, selector
    return None
