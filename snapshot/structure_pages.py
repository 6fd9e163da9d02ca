"""Pages that show the structure of the agency itself, as text, drawing, picture or file."""

import re
from dataclasses import dataclass

from config.models import Agency
from config.vocabulary import Label
from snapshot.filters import is_news, is_search_results
from snapshot.matching import lexicon
from snapshot.ownership import names_agency_in, names_other_body, other_body_in
from snapshot.perception.models import Perception
from snapshot.reader import Page, Snapshot, same_address
from snapshot.service_pages import page_table
from snapshot.structure_pictures import Picture, find_picture
from snapshot.text import fold, squeeze
from snapshot.units import FULL_LIST, Unit, UnitList, read_units

SURE_LABEL = 0.8
"""Strength of the label from which a page counts though nothing calls it a structure: many pages name offices."""
BARE_LINE_WORDS = 14
"""Words of a line that can be an approval without naming the structure: «مصوبه شماره ... مورخ ...»."""
_NUMBER = re.compile(r"\d[\d/\-.]{1,}\d|\d{2,}")


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
    return [page for page in chosen if not is_search_results(page.perception) and not _repeats(page, snapshot.home)]


def _repeats(page: Page, home: Page | None) -> bool:
    """Whether a page is the home page under another address (rule 2.0.6)."""
    return home is not None and squeeze(page.perception.main_text) == squeeze(home.perception.main_text)


def _heads(perception: Perception) -> list[str]:
    return [perception.title, *(h.text for h in perception.headings if h.place == "main")][:5]


def _read(snapshot: Snapshot, page: Page) -> StructurePage:
    perception = page.perception
    units = read_units(perception)
    named = any(lexicon().has(text, "chart-name") for text in _heads(perception))
    picture = find_picture(snapshot, page, named=named)
    refused, said = _refused(page, units, picture, snapshot.agency)
    is_file = perception.page_type == "document"
    return StructurePage(page, units, picture, is_file, _approval(perception), refused, said)


def _refused(page: Page, units: UnitList, picture: Picture | None, agency: Agency) -> tuple[str, str]:
    """Why a page called a chart shows no structure of the agency, with the page's own words; ("", "") if it does."""
    perception, words, drawn = page.perception, lexicon(), picture is not None
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
    whose = other_root(units, agency) or (_other_picture(picture, agency) if len(units.listed) < FULL_LIST else "")
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
    if _heads_most(units, agency):
        return ""
    for unit in units.listed[:3]:
        if words.has(unit.name, "minister-root") and not names_agency_in(unit.name, agency):
            return unit.name
        if other_body_in(unit.name, agency) and unit.level == 0 and units.related and _is_alone(unit, units):
            return unit.name
    return ""


def _heads_most(units: UnitList, agency: Agency) -> bool:
    """Whether an entry that names the agency stands above most units: its own branch below a minister's."""
    for at, unit in enumerate(units.listed):
        if units.related and names_agency_in(unit.name, agency):
            below = [other.level > unit.level for other in units.listed[at + 1 :]]
            deeper = below.index(False) if False in below else len(below)
            return 2 * deeper > len(units.listed)
    return False


def _other_picture(picture: Picture | None, agency: Agency) -> str:
    """The other body that a picture's own words name as the one it shows."""
    if picture is None or names_agency_in(picture.quote, agency):
        return ""
    return other_body_in(picture.quote, agency) or other_root(picture.alternative, agency)


def _is_alone(unit: Unit, units: UnitList) -> bool:
    """Whether a unit is the only one of its level: the root."""
    return sum(other.level == unit.level for other in units.listed) == 1


def _approval(perception: Perception) -> tuple[str, str] | None:
    """The words that give number and date of the approval, and their selector: a sentence, or pairs side by side."""
    for block in perception.blocks:
        if _tells_approval(block.text) and _has_day_and_number(block.text, perception):
            return block.text, block.selector
    pairs = [pair for pair in perception.pairs if lexicon().has(pair.label, "approval-line") and pair.value]
    said = "، ".join(f"{pair.label}: {pair.value}" for pair in pairs)
    return (said, pairs[0].selector) if pairs and _has_day_and_number(said, perception) else None


def _tells_approval(text: str) -> bool:
    """Whether a text tells that the structure was approved; laws and letters have numbers and days as well."""
    words = lexicon()
    if not words.has(text, "approved-structure"):
        return False
    if words.has(text, "chart-image") or words.has(text, "chart-name"):
        return True
    bare = len(text.split()) <= BARE_LINE_WORDS and not words.has(text, "law-word")
    return bare and words.has(text, "approval-line")


def _has_day_and_number(text: str, perception: Perception) -> bool:
    folded = fold(text)
    days = [fold(found.text) for found in perception.dates if fold(found.text) in folded]
    rest = folded
    for day in days:
        rest = rest.replace(day, " ")
    return bool(days and _NUMBER.search(rest))
