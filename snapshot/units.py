"""Units of an agency as a page lists or draws them: names, relations, pages they link to."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from snapshot.matching import lexicon
from snapshot.names import name_words
from snapshot.perception.models import Perception
from snapshot.perception.people import person_in, without_titles
from snapshot.places import position
from snapshot.posts import subject_words
from snapshot.text import fold, squeeze

FULL_LIST = 5
"""Units from which a page lists the structure and does not merely mention units (rubric T04, evidence)."""
MOST_WORDS = 12
DIRECT_DEPUTIES = 2
"""Deputy units in a flat list from which they are taken as its top units."""

_NUMBERING = re.compile(r"^[\s\d\-–—.()*•▪►»]+")
_AFTER_NAME = re.compile(r"\s*(?:[:(\[|»؛;]|\s[-–—]\s)")
_LISTING = re.compile(r"\s*[،,؛;.:•|]\s*|\s+[-–—]\s+|\s+(?:و|and)\s+(?=\S)")
_CELL = re.compile(r"\s*[،,؛;:|()\[\]]\s*|\s[-–—]\s")
_AREA = re.compile(r" > area(?::|$)")
_PROSE_WORDS = 6
_MOSTLY = 0.5
"""Share of a paragraph's words that its units make up where it is a list of them and no story."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit on a page. `level` counts from 0 for the outermost of the drawing; `url` is what its name links to.

    `beside` are the texts that stand with its name in one row, entry or label-value pair: duties, a person, a phone;
    `holder` is the person among them, empty where none is surely one.
    """

    name: str
    selector: str
    level: int
    url: str | None = None
    in_prose: bool = False
    beside: tuple[str, ...] = ()
    holder: str = ""


@dataclass(frozen=True, slots=True)
class UnitList:
    """All units that one page names, in page order. `related` = the page shows who stands under whom."""

    units: tuple[Unit, ...]
    related: bool

    @property
    def listed(self) -> tuple[Unit, ...]:
        """Units that stand as entries of a list, table or drawing, not inside sentences."""
        return tuple(unit for unit in self.units if not unit.in_prose)

    @property
    def top(self) -> tuple[Unit, ...]:
        """The highest units below the head: of a drawing its first level with several, of a flat list the deputies."""
        units = tuple(unit for unit in self.units if not names_head(unit.name))
        if self.related:
            for level in sorted({unit.level for unit in units}):
                same = tuple(unit for unit in units if unit.level == level)
                if len(same) > 1:
                    return same
        deputies = tuple(unit for unit in units if lexicon().has(unit.name, "deputy-unit"))
        return deputies if len(deputies) >= DIRECT_DEPUTIES else units


NO_UNITS = UnitList((), related=False)


@dataclass(frozen=True, slots=True)
class _Entry:
    text: str
    selector: str
    url: str | None
    heading: str
    depth: int


def read_units(perception: Perception) -> UnitList:
    """The units that the main content names: as entries, else inside its sentences.

    A paragraph that is little but a list of units counts as entries too (ruling 2.8: a sentence that states the value).
    """
    entries = [(entry, unit_name(entry.text)) for entry in _entries(perception)]
    named = _unique([(entry, name) for entry, name in entries if name])
    if not named:
        return UnitList(tuple(_units_in_prose(perception)), related=False)
    levels, related = _levels([entry for entry, _ in named])
    beside = _beside(perception, named)
    units = [
        _unit(name, entry, level, beside.get(squeeze(name), []))
        for (entry, name), level in zip(named, levels, strict=True)
    ]
    return UnitList(tuple(units), related)


def _unit(name: str, entry: _Entry, level: int, beside: list[tuple[str, str]]) -> Unit:
    """One unit with what stands beside it, each text under the head of its column."""
    texts = tuple(dict.fromkeys(text for text, _ in beside if text))
    persons = (_person(piece.strip(), head) for text, head in beside for piece in _CELL.split(text))
    return Unit(name, entry.selector, level, entry.url, beside=texts, holder=next(filter(None, persons), ""))


def _person(text: str, head: str) -> str:
    """The person that a text names: with a title, or in a column of persons. Short duties look like names."""
    titled = without_titles(text) != text.strip(" .،:-–()*•")
    column = any(
        lexicon().has(head, group) for group in ("contact-person-head", "contact-person-name", "director-role")
    )
    return person_in(text) if titled or column else ""


@lru_cache(maxsize=8192)
def unit_name(text: str) -> str:
    """The unit that a short text names, empty where it names none: «معاونت فنی: دکتر رضایی» gives «معاونت فنی»."""
    bare = _NUMBERING.sub("", text.strip())
    name = _before_person(_AFTER_NAME.split(bare, maxsplit=1)[0].strip())
    words = lexicon()
    if not name or len(name.split()) > MOST_WORDS or words.words(name, "sentence-verb", inflected=False):
        return ""
    if bare != name and words.has(name, "chart-name"):
        return ""
    for group in ("unit-word", "deputy-role", "director-role", "head-role"):
        for match in words.words(name, group):
            # «سازمانی» and «اداری» say what kind a thing is; they name no unit.
            if fold(match.quote).endswith("ی") and not fold(match.phrase).endswith("ی"):
                continue
            at_start = match.start == 0
            at_end = name.isascii() and match.end == len(name)
            whole = len(name) > len(match.quote) or group == "head-role" or words.has(name, "staff-unit")
            if (at_start or at_end) and whole:
                return name
    return ""


def _before_person(name: str) -> str:
    """A unit's name without the person whose title follows it («معاونت فنی مهندس رضا کوهی»)."""
    titles = [match.start for match in lexicon().words(name, "honorific", inflected=False) if match.start > 0]
    start = next((start for start in titles if person_in(name[start:])), len(name))
    return name[:start].strip()


def names_head(name: str) -> bool:
    """Whether a node of a chart is the head of the agency or the office around the head."""
    return lexicon().has(name, "head-role") and not lexicon().has(name, "deputy-role") and not subject_words(name)


def same_unit(one: str, other: str) -> bool:
    """Whether two names of units or posts are about the same unit («معاونت برنامه‌ریزی», «معاون برنامه‌ریزی»)."""
    if squeeze(one) == squeeze(other):
        return True
    first, second = subject_words(one), subject_words(other)
    if not first or not second:
        # «دفتر روابط عمومی», «مدیر روابط عمومی»: units of the whole agency hold no other subject.
        return not first and not second and bool(_staff_units(one) & _staff_units(other))
    common = len(first & second)
    # A post is often named shorter than its unit, so the shorter name must be wholly in the longer one.
    return common == min(len(first), len(second)) and 2 * common >= max(len(first), len(second))


def _says_what(name: str) -> bool:
    """Whether a name says what its unit does, not only that it is one."""
    return bool(subject_words(name) or _staff_units(name))


def _staff_units(name: str) -> frozenset[str]:
    return frozenset(match.phrase for match in lexicon().words(name, "staff-unit"))


def _entries(perception: Perception) -> Iterator[_Entry]:
    """Short texts of the main content in page order; a link's caption stands before the block that holds it."""
    found: list[_Entry] = []
    for link in perception.links:
        # The areas of a picture say in words what it shows; they are its text alternative, not text of the page.
        if link.place == "main" and link.caption and not _AREA.search(link.selector):
            url = link.url if link.kind in ("page", "document", "postback") else None
            found.append(_entry(link.caption, link.selector, url, ""))
    found += [_entry(h.text, h.selector, None, "") for h in perception.headings if h.place == "main"]
    for block in perception.blocks:
        listed = _listed_in(block.text)
        found += [_entry(text, block.selector, None, block.heading) for text in listed or (block.text,)]
    for table in perception.tables:
        cells = [cell for row in (table.header, *table.rows) for cell in row]
        found += [_entry(cell, table.selector, None, "") for cell in cells]
    for step in sorted(range(len(found)), key=lambda place: (position(found[place].selector), place)):
        yield found[step]


def _entry(text: str, selector: str, url: str | None, heading: str) -> _Entry:
    lists = selector.count("li:nth-child") + selector.count("> ul") + selector.count("> ol")
    return _Entry(text, selector, url, heading, lists)


def _unique(named: list[tuple[_Entry, str]]) -> list[tuple[_Entry, str]]:
    """Each unit once, with a link where one of its mentions has one."""
    first: dict[str, tuple[_Entry, str]] = {}
    for entry, name in named:
        key = squeeze(name)
        known = first.get(key)
        if known is None or (known[0].url is None and entry.url is not None):
            first[key] = (entry, name)
    return list(first.values())


def _levels(entries: list[_Entry]) -> tuple[list[int], bool]:
    """Level of each entry, and whether the page shows relations at all: nested lists, or units under unit headings."""
    depths = sorted({entry.depth for entry in entries})
    if len(depths) > 1:
        return [depths.index(entry.depth) for entry in entries], True
    under = [bool(unit_name(entry.heading)) for entry in entries]
    if any(under) and not all(under):
        return [int(below) for below in under], True
    steps = [entry.selector.count(" > ") for entry in entries]
    boxes = sorted(set(steps))
    if len(boxes) > 1 and all(" > table" not in entry.selector for entry in entries):
        return [boxes.index(step) for step in steps], len(entries) >= 4
    return [0] * len(entries), False


def area_captions(perception: Perception) -> tuple[str, ...]:
    """What the areas of the page's picture maps are called, in page order."""
    areas = (link for link in perception.links if link.place == "main" and _AREA.search(link.selector))
    return tuple(dict.fromkeys(link.caption for link in areas if link.caption))


def _beside(perception: Perception, named: Iterable[tuple[_Entry, str]]) -> dict[str, list[tuple[str, str]]]:
    """What stands beside each unit, by its squeezed name: texts with the heads of their columns."""
    found: dict[str, list[tuple[str, str]]] = {squeeze(name): [] for _, name in named}
    for entry, name in named:
        rest = _NUMBERING.sub("", entry.text.strip()).removeprefix(name).strip(" :|؛;-–—")
        found[squeeze(name)] += [(rest, "")]
    for pair in perception.pairs:
        found.get(squeeze(unit_name(pair.label)), []).append((pair.value, ""))
    for table in perception.tables:
        for row in table.rows:
            keys = [squeeze(unit_name(cell)) for cell in row]
            heads = (*table.header, *[""] * len(row))
            cells = zip(row, heads, keys, strict=False)
            others = [(cell, head) for cell, head, key in cells if key not in found]
            for key in found.keys() & set(keys):
                found[key] += others
    return found


def _listed_in(text: str) -> tuple[str, ...]:
    """The units of a paragraph that is little but a list of them, else nothing."""
    names = tuple(_named_in(text))
    words = sum(len(name.split()) for name in names)
    return names if len(names) >= FULL_LIST and words >= _MOSTLY * len(text.split()) else ()


def _units_in_prose(perception: Perception) -> Iterator[Unit]:
    """Units that sentences name one after another («شامل معاونت فنی، دفتر حقوقی و ...»)."""
    seen: set[str] = set()
    for block in perception.blocks:
        for name in _named_in(block.text):
            if squeeze(name) not in seen:
                seen.add(squeeze(name))
                yield Unit(name, block.selector, 0, in_prose=True)


@lru_cache(maxsize=4096)
def _named_in(text: str) -> tuple[str, ...]:
    """Names of units in a running text, in its order, each begun by a word for a unit and cut at a verb."""
    names: list[str] = []
    words = lexicon()
    for part in _LISTING.split(text):
        starts: list[int] = []
        for match in words.words(part, "unit-word"):
            kind = fold(match.quote).endswith("ی") and not fold(match.phrase).endswith("ی")
            # «اداره امور مشترکین» is one unit, though it holds two words for units.
            if not kind and (not starts or _says_what(part[starts[-1] : match.start])):
                starts.append(match.start)
        for start, end in pairwise((*starts, len(part))):
            piece = part[start:end]
            verbs = [match.start for match in words.words(piece, "sentence-verb", inflected=False)]
            name = " ".join(piece[: min(verbs, default=len(piece))].split()[:_PROSE_WORDS])
            if len(name_words(name)) > 1 and _says_what(name):
                names.append(name)
    return tuple(dict.fromkeys(names))
