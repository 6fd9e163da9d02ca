"""What a page holds that speaks for a label whatever its words say: forms, steps, contacts, units, rows, figures."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from config.vocabulary import Label
from snapshot.matching import lexicon
from snapshot.perception.models import Clue, Form, PageType, StepList
from snapshot.perception.promises import label_values

if TYPE_CHECKING:
    from snapshot.perception.structure import Structure

GUIDANCE_WORDS = 150
SHEET_KEYS = frozenset({"description", "code", "audience", "documents", "cost", "duration", "legal-basis", "channel",
                        "unit", "visits"})  # fmt: skip
"""Pairs of a service's sheet; titles and contacts stand on many other pages."""
_BY_COUNT = (0.0, 0.15, 0.42, 0.65, 0.8)
_CODE = re.compile(r"(?<!\d)\d{11}(?!\d)")
_PERCENT = re.compile(r"\d\s*[%٪]|(?:درصد|percent|per cent)")
_DATA_FILE = re.compile(r"\.(?:csv|xlsx?|json|xml|ods|geojson|shp|zip|parquet|rdf)(?:$|[?#])", re.IGNORECASE)
_SIGN_ON = re.compile(r"sso\.|/oauth2?/|/openid|/saml|login\.gov|[?&]client_id=")
_PAY = re.compile(r"shaparak\.ir|/epay|pay\.gov")
_QUESTION = re.compile(r"[?؟]\s*$")


@dataclass
class Holdings:
    """Clues for labels, and factors that speak against labels."""

    clues: list[tuple[Label, Clue]] = field(default_factory=list)
    against: dict[Label, float] = field(default_factory=dict)

    def add(self, label: Label, weight: float, what: str, quote: str, selector: str) -> None:
        """Note something that the page holds."""
        self.clues.append((label, Clue(what, "holding", quote[:200], selector, weight)))


def holdings_of(structure: "Structure", page_type: PageType) -> Holdings:
    """All structural clues of a page."""
    held = Holdings()
    for form in structure.forms[:60]:
        if form.place != "header" or form.has("tracking-code") or form.has("search"):
            _form(held, form, page_type)
    for steps in structure.step_lists[:30]:
        _steps(held, steps)
    _contacts(held, structure)
    _units(held, structure)
    _sheet(held, structure)
    guiding = _guidance(held, structure, page_type)
    _services(held, structure, page_type, guiding=guiding)
    _figures(held, structure)
    _links(held, structure)
    questions = [h for h in structure.headings if h.place == "main" and h.level > 1 and _QUESTION.search(h.text)]
    if len(questions) >= 5:
        held.add(Label.FAQ, 0.5, "questions", questions[0].text, questions[0].selector)
    if lexicon().has(" ".join([structure.title, structure.main_text[:1500]]), "definition"):
        held.against[Label.ORG_STRUCTURE] = 0.3
    return held


def _form(held: Holdings, form: Form, page_type: PageType) -> None:
    words = " ".join([form.heading, *form.submits, *(f"{f.label} {f.placeholder}" for f in form.fields)])[:2000]
    quote = form.heading or next(iter(form.submits), "") or (form.fields[0].label if form.fields else "")
    named = {**label_values(form.heading, "heading")}
    for submit in form.submits[:4]:
        for label, value in label_values(submit, "link").items():
            named[label] = max(named.get(label, 0.0), value)
    parcel = lexicon().has(words, "parcel")
    if form.has("tracking-code"):
        weight = 0.3 if parcel else (0.78 if form.submits else 0.55)
        held.add(Label.SERVICE_TRACKING, weight, "form with a tracking code", quote, form.selector)
    elif form.has("national-id") and named.get(Label.SERVICE_TRACKING, 0) >= 0.5 and not parcel:
        held.add(Label.SERVICE_TRACKING, 0.6, "form with an identifier", quote, form.selector)
    if form.has("message"):
        for label, weight in ((Label.COMPLAINTS_FORM, 0.6), (Label.SUGGESTIONS, 0.6)):
            if named.get(label, 0.0) >= 0.5:
                held.add(label, weight, "message form", quote, form.selector)
        held.add(Label.SUGGESTIONS, 0.35 if form.place == "main" else 0.1, "message form", quote, form.selector)
        held.add(Label.COMPLAINTS_FORM, 0.15 if form.place == "main" else 0.05, "message form", quote, form.selector)
        if form.place == "main":
            held.add(Label.CONTACT_US, 0.2, "message form", quote, form.selector)
    if sum(f.meaning == "rating" for f in form.fields) >= 1:
        several = sum(f.meaning == "rating" for f in form.fields) >= 2
        scale = several or lexicon().has(words, "survey-scale")
        held.add(Label.SATISFACTION_SURVEY, 0.7 if scale else 0.45, "form with ratings", quote, form.selector)
    if form.has("password") and form.place == "main" and page_type == "login":
        held.add(Label.LOGIN, 0.7, "password field", quote, form.selector)
    if form.has("search") and (form.place == "main" or page_type == "home"):
        held.add(
            Label.SITE_SEARCH,
            0.45 if page_type in ("home", "search-results") else 0.3,
            "search box",
            quote,
            form.selector,
        )


def _steps(held: Holdings, steps: StepList) -> None:
    count = len(steps.steps)
    if count < 2:
        return
    values = label_values(steps.heading, "heading")
    if any(
        hit.negative and hit.label == Label.SERVICE_PROCESS for hit in lexicon().label_hits(steps.heading, "heading")
    ):
        return
    named = values.get(Label.SERVICE_PROCESS, 0.0)
    detailed = any(step.duration or step.unit for step in steps.steps)
    weight = (0.45 + 0.3 * named if named >= 0.3 else 0.22) + (0.1 if detailed else 0.0)
    if count < 3:
        weight *= 0.6
    held.add(
        Label.SERVICE_PROCESS, round(weight, 3), f"{count} steps", steps.heading or steps.steps[0].text, steps.selector
    )


def _contacts(held: Holdings, structure: "Structure") -> None:
    current = [c for c in structure.contacts if not c.former]
    people = [c for c in current if c.role and c.person]
    reachable = [c for c in people if c.phones or c.emails or c.has_form]
    if reachable:
        weight = 0.8 if len(reachable) >= 3 else (0.45 if len(reachable) == 2 else 0.2)
        held.add(
            Label.MANAGERS_CONTACTS,
            weight,
            f"{len(reachable)} managers to reach",
            reachable[0].text,
            reachable[0].selector,
        )
    elif len(people) >= 2:
        held.add(Label.MANAGERS_CONTACTS, 0.45, f"{len(people)} managers named", people[0].text, people[0].selector)
    ways = [c for c in current if c.phones or c.emails]
    if ways:
        held.add(Label.CONTACT_US, 0.25 if len(ways) == 1 else 0.3, "ways to reach", ways[0].text, ways[0].selector)


def _units(held: Holdings, structure: "Structure") -> None:
    words, seen = lexicon(), {}
    for selector, text in _short_texts(structure):
        if text not in seen and words.has(text[:25], "unit-word"):
            seen[text] = selector
        if len(seen) >= 12:
            break
    if len(seen) >= 5:
        text, selector = next(iter(seen.items()))
        held.add(Label.ORG_STRUCTURE, 0.45 if len(seen) >= 8 else 0.3, f"{len(seen)} units", text, selector)
    for image in structure.images[:60]:
        if (image.width is None or image.width >= 400) and label_values(f"{image.url}", "url").get(
            Label.ORG_STRUCTURE, 0
        ) >= 0.6:
            held.add(Label.ORG_STRUCTURE, 0.4, "chart image", image.alt or image.near, image.selector)
            break


def _short_texts(structure: "Structure") -> Iterable[tuple[str, str]]:
    """Texts of names: headings, list items, cells and captions of the content."""
    for heading in structure.headings[:150]:
        if heading.place == "main" and len(heading.text) <= 70:
            yield heading.selector, heading.text
    for block in structure.blocks[:400]:
        if len(block.text) <= 70:
            yield block.selector, block.text
    for link in structure.links[:600]:
        if link.place == "main" and 0 < len(link.caption) <= 70:
            yield link.selector, link.caption


def _sheet(held: Holdings, structure: "Structure") -> None:
    keys = {pair.key: pair for pair in reversed(structure.pairs) if pair.key in SHEET_KEYS and pair.value.strip()}
    many = len(structure.pairs) > 0 and len({p.value for p in structure.pairs if p.key == "code"}) > 3
    if keys and not many:
        first = next(iter(keys.values()))
        weight = _BY_COUNT[min(len(keys), 4)]
        held.add(
            Label.SERVICE_INFO,
            weight,
            f"{len(keys)} facts of a service",
            f"{first.label}: {first.value}",
            first.selector,
        )


def _guidance(held: Holdings, structure: "Structure", page_type: PageType) -> bool:
    """Guidance in prose on getting one thing done: headings that name tasks, over text of some length."""
    if page_type != "content" or len(structure.main_text.split()) < GUIDANCE_WORDS:
        return False
    heads = [h for h in structure.headings[:60] if h.place == "main" and h.level <= 4]
    tasks = {h.text: h for h in heads if any(m.start <= 1 for m in lexicon().words(h.text[:60], "task-start"))}
    if len(tasks) < 2:
        return False
    first = next(iter(tasks.values()))
    held.add(
        Label.SERVICE_INFO,
        0.36 if len(tasks) == 2 else 0.42,
        f"guidance on {len(tasks)} tasks",
        first.text,
        first.selector,
    )
    return True


def _services(held: Holdings, structure: "Structure", page_type: PageType, *, guiding: bool) -> None:
    """Rows with national codes, or many captions that name services (on a page that does not guide through one)."""
    rows = [
        (table, row) for table in structure.tables[:20] for row in table.rows[:300] if any(_CODE.search(c) for c in row)
    ]
    if len(rows) >= 3:
        table, row = rows[0]
        held.add(Label.SERVICES_LIST, 0.6, f"{len(rows)} rows with service codes", " ".join(row), table.selector)
        return
    captions = [link for link in structure.links if link.place == "main" and link.kind in ("page", "document")][:400]
    starts = [
        link for link in captions if lexicon().groups_in(link.caption[:80]) & {"service-details", "service-start"}
    ]
    near = {link.near for link in starts if link.near}
    if len(near) >= 4:
        held.add(
            Label.SERVICES_LIST,
            0.2 if guiding else 0.5,
            f"{len(near)} services with links",
            starts[0].near,
            starts[0].selector,
        )
    named = [link for link in captions if label_values(link.caption[:80], "link").get(Label.SERVICE_INFO, 0.0) >= 0.35]
    if len(named) >= 6 and len(named) * 3 >= len(captions):
        weight = 0.15 if guiding else 0.4 if page_type in ("listing", "home") else 0.3
        held.add(Label.SERVICES_LIST, weight, f"{len(named)} services named", named[0].caption, named[0].selector)


def _figures(held: Holdings, structure: "Structure") -> None:
    """Results stand in numbers. Without any, words of satisfaction are a form or a claim."""
    main = structure.main_text[:20_000]
    figures = len(_PERCENT.findall(main))
    survey = any(f.meaning == "rating" for form in structure.forms for f in form.fields)
    mark = lexicon().first(main, "result-figure")
    if figures >= 2 and mark and not survey:
        held.add(Label.SATISFACTION_RESULTS, 0.12, "figures", mark, structure.main_selector)
    elif figures < 2:
        held.against[Label.SATISFACTION_RESULTS] = 0.45 if survey else 0.75


def _links(held: Holdings, structure: "Structure") -> None:
    files = [link for link in structure.links if link.place == "main" and link.url and _DATA_FILE.search(link.url)]
    if len(files) >= 3:
        held.add(Label.OPEN_DATA_STATISTICS, 0.4, f"{len(files)} data files", files[0].caption, files[0].selector)
    ways = structure.links[:2000]
    for link in ways:
        if link.url and _is_sign_on(link.url):
            held.add(Label.SSO_LOGIN, 0.6, "sign-on address", link.caption, link.selector)
            break
    for link in ways:
        if link.url and _is_payment(link.url):
            held.add(Label.PAYMENT, 0.6, "payment gateway", link.caption, link.selector)
            break


@lru_cache(maxsize=16384)
def _is_sign_on(url: str) -> bool:
    """Remembered, as menus bring the same addresses on every page."""
    return _SIGN_ON.search(url.lower()) is not None


@lru_cache(maxsize=16384)
def _is_payment(url: str) -> bool:
    return _PAY.search(url.lower()) is not None
