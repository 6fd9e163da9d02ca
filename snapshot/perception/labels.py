"""Which labels a page carries and how strongly, each with what it rests on.

What the page calls itself (title, headings, address), what it says and what it holds are weighed together; each place
counts once, by its best wording. Menus, headers and footers are no evidence of the page they stand on.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from config.lexicon_models import PhrasePlace
from config.vocabulary import Label
from snapshot.matching import lexicon
from snapshot.perception.holdings import holdings_of
from snapshot.perception.models import Clue, LabelFound, PageType
from snapshot.perception.promises import focus

if TYPE_CHECKING:
    from snapshot.perception.structure import Structure

PLACE_FACTOR = {"title": 0.6, "h1": 0.62, "heading": 0.45, "minor-heading": 0.38, "url": 0.3, "text": 0.28,
                "image": 0.4, "label": 0.4, "link": 0.1}  # fmt: skip
"""How far a place alone can carry a label."""
NEWS_FACTOR = 0.3
LISTING_FACTOR = 0.5
OF_ONE_THING = frozenset({Label.SERVICE_INFO, Label.SERVICE_PROCESS, Label.SERVICE_TRACKING})
"""Labels of one service: a page that is mostly links only leads to such pages."""
MAX_TEXT = 40_000
MAX_HEADINGS = 80
TITLE_PARTS = re.compile(r"\s*(?:[|»«›>•·]|\s[-–—:]\s)\s*")
_TYPE_LABELS: dict[PageType, Label] = {
    "news-item": Label.NEWS_ITEM,
    "login": Label.LOGIN,
    "blocked": Label.BLOCKED,
    "soft-404": Label.SOFT_404,
    "construction": Label.CONSTRUCTION,
}
NEEDS_FORM = {Label.COMPLAINTS_FORM: 0.38, Label.SUGGESTIONS: 0.7, Label.SATISFACTION_SURVEY: 0.75}
"""What words alone keep for labels that are forms."""
TITLE_ONLY = frozenset({Label.PRIVACY_STATEMENT, Label.SITE_MAP, Label.SITE_SEARCH, Label.FAQ, Label.LAWS_REGULATIONS,
                        Label.OPEN_DATA_STATISTICS, Label.CONTACT_US, Label.SERVICES_LIST, Label.SUGGESTIONS,
                        Label.COMPLAINTS_FORM, Label.ORG_STRUCTURE, Label.PERFORMANCE_REPORT, Label.TENDERS,
                        Label.CONSULTATION, Label.FOI_ACCESS, Label.MANAGERS_CONTACTS, Label.PAYMENT})  # fmt: skip
"""Labels that are a page's own subject: a section heading alone is a mention, weighed down by `MENTION`."""
MENTION = 0.7
REPEATED = frozenset({"heading", "minor-heading", "text"})
"""Places where a second and a third wording of the same label add to the first."""
MIN_IMAGE = 300
"""CSS pixels from which an image can be a chart rather than an icon."""
DRAWN = frozenset({Label.ORG_STRUCTURE, Label.SERVICE_PROCESS, Label.SATISFACTION_RESULTS, Label.SINGLE_WINDOW})
"""Labels that an image itself can carry: charts and flows."""
HEADER_LABELS = {Label.LANGUAGE_SWITCH: 0.6, Label.ACCESSIBILITY_AID: 0.5}
"""Labels whose place is the header: there a link is the thing itself."""


def labels_of(structure: "Structure", page_type: PageType) -> tuple[LabelFound, ...]:
    """Labels of a page, strongest first (equal strength: in the order of the vocabulary)."""
    own = _TYPE_LABELS.get(page_type)
    clues: dict[Label, list[Clue]] = {}
    against: dict[Label, float] = {}
    if page_type not in ("blocked", "soft-404", "construction", "script-shell"):
        for clue, label, negative in _word_clues(structure, page_type):
            if negative:
                against[label] = min(against.get(label, 1.0), 0.35 if clue.place in ("title", "h1") else 0.8)
            else:
                clues.setdefault(label, []).append(clue)
        held = holdings_of(structure, page_type)
        for label, clue in held.clues:
            clues.setdefault(label, []).append(clue)
        against.update({label: min(against.get(label, 1.0), factor) for label, factor in held.against.items()})
    found: list[LabelFound] = []
    for label, evidence in clues.items():
        strength, best = _combine(label, evidence)
        strength *= (
            1.0 if any(clue.place == "holding" and clue.weight >= 0.6 for clue in best) else against.get(label, 1.0)
        )
        strength *= LISTING_FACTOR if page_type == "listing" and label in OF_ONE_THING else 1.0
        strength *= NEWS_FACTOR if page_type in ("news-item", "search-results") else 1.0
        if strength >= 0.05:
            found.append(LabelFound(label, round(strength, 3), tuple(best)))
    if own is not None:
        found.append(LabelFound(own, 0.95, (Clue("", "page", structure.title, "html", 0.95),)))
    order = {label: number for number, label in enumerate(Label)}
    return tuple(sorted(found, key=lambda entry: (-entry.strength, order[entry.label])))


def _combine(label: Label, evidence: list[Clue]) -> tuple[float, list[Clue]]:
    """Strength by noisy-or over places (each place once by its best clue, headings up to three)."""
    held = any(clue.place == "holding" and clue.weight >= 0.35 for clue in evidence)
    named = any(clue.place in ("title", "h1", "image") for clue in evidence)
    best: dict[str, Clue] = {}
    extra: list[Clue] = []
    for clue in sorted(evidence, key=lambda clue: -clue.weight):
        if clue.place not in best:
            best[clue.place] = clue
        elif (
            clue.place in REPEATED
            and sum(other.place == clue.place for other in extra) < 2
            and all(clue.phrase != other.phrase for other in (best[clue.place], *extra))
        ):
            extra.append(clue)
    misses = 1.0
    for clue in best.values():
        misses *= 1 - clue.weight
    for clue in extra:
        misses *= 1 - clue.weight * 0.5
    strength = 1 - misses
    if label in NEEDS_FORM and not held:
        strength *= NEEDS_FORM[label]
    if label in TITLE_ONLY and not held and not named:
        strength *= MENTION
    return strength, sorted([*best.values(), *extra], key=lambda clue: -clue.weight)


def _word_clues(structure: "Structure", page_type: PageType) -> Iterable[tuple[Clue, Label, bool]]:
    """Wordings for and against labels in everything that is the page's own."""
    home = 0.5 if page_type == "home" else 1.0
    parts = [part for part in TITLE_PARTS.split(structure.title[:300]) if part] or [structure.title[:300]]
    for number, part in enumerate(parts[:4]):
        # The first or the last part is the page's own name, the others are mostly the site's.
        yield from _clues(
            part, "title", "title", "html > head", PLACE_FACTOR["title"] * home * (1 if number == 0 else 0.6)
        )
    yield from _heading_clues(structure, home)
    if page_type != "home":
        yield from _clues(structure.url, "url", "url", "", PLACE_FACTOR["url"])
    for image in structure.images[:40]:
        drawing = image.width is None and (image.height is None or image.height >= MIN_IMAGE)
        if drawing or (image.width or 0) >= MIN_IMAGE:
            for clue, label, negative in _clues(
                image.alt[:200], "image", "image", image.selector, PLACE_FACTOR["image"]
            ):
                if label in DRAWN:
                    yield clue, label, negative
    yield from _clues(structure.main_text[:MAX_TEXT], "text", "text", structure.main_selector, PLACE_FACTOR["text"])
    yield from _form_clues(structure)
    yield from _link_clues(structure)


def _heading_clues(structure: "Structure", home: float) -> Iterable[tuple[Clue, Label, bool]]:
    first_h1 = True
    for heading in structure.headings[:MAX_HEADINGS]:
        if heading.place != "main":
            continue
        place, factor = "minor-heading", PLACE_FACTOR["minor-heading"]
        if heading.level == 1:
            place, factor = "h1", PLACE_FACTOR["h1"] * (1.0 if first_h1 else 0.6) * home
            first_h1 = False
        elif heading.level <= 3:
            place, factor = "heading", PLACE_FACTOR["heading"]
        yield from _clues(heading.text, "heading", place, heading.selector, factor)


def _link_clues(structure: "Structure") -> Iterable[tuple[Clue, Label, bool]]:
    for link in structure.links:
        if link.place == "main" and link.kind in ("page", "document"):
            yield from _clues(link.caption[:150], "link", "link", link.selector, PLACE_FACTOR["link"])
        elif link.place in ("header", "menu"):
            for clue, label, negative in _clues(link.caption[:60], "link", "header", link.selector, 1.0):
                if label in HEADER_LABELS and not negative:
                    yield Clue(clue.phrase, "header", clue.quote, clue.selector, HEADER_LABELS[label]), label, False


def _form_clues(structure: "Structure") -> Iterable[tuple[Clue, Label, bool]]:
    for form in structure.forms[:40]:
        if form.place not in ("main", "aside") or _is_site_search(form.fields):
            continue
        yield from _clues(form.heading[:200], "heading", "label", form.selector, PLACE_FACTOR["label"])
        for submit in form.submits[:4]:
            yield from _clues(submit[:80], "link", "label", form.selector, PLACE_FACTOR["label"] * 0.8)
        for field in form.fields[:40]:
            yield from _clues(field.label[:200], "label", "label", field.selector, PLACE_FACTOR["label"])
            yield from _clues(field.placeholder[:200], "placeholder", "label", field.selector, PLACE_FACTOR["label"])


def _is_site_search(fields: Iterable[object]) -> bool:
    meanings = {getattr(field, "meaning", "other") for field in fields} - {"other"}
    return meanings == {"search"}


def _clues(
    text: str, words_at: PhrasePlace, place: str, selector: str, factor: float
) -> Iterable[tuple[Clue, Label, bool]]:
    if not text:
        return
    long_text = words_at == "text"
    for hit in lexicon().label_hits(text, words_at):
        if long_text and hit.negative:
            continue  # it has already silenced the wording inside it; elsewhere in a text it says nothing
        weight = hit.weight * factor * (1.0 if long_text else focus(hit, words_at))
        yield Clue(hit.phrase, place, hit.quote, selector, round(weight, 3)), hit.label, hit.negative
