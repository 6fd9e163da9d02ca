"""What a page says of itself: news, sample text, under construction, not found, barred, a login. Each in its words."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from config.vocabulary import Label
from snapshot.matching import lexicon
from snapshot.perception.models import Signals
from snapshot.text import decode_url, fold_spaces

if TYPE_CHECKING:
    from snapshot.perception.structure import Structure

NEWS_PATH = re.compile(
    r"(?:^|[/=_-])(?:news|newsdetails?|newsitem|show-?news|shownews|akhbar|khabar|press-?releases?|press|blogs?|posts?|"
    r"announcements?|events?|features|stories|اخبار|خبر|اطلاعیه|اطلاعیه-ها|رویداد)(?:[/_-]|\.\w|\?|=|$)"
)
"""Path parts under which content systems keep news (indicators 2.0 rule 4, lexicon 10)."""
_AFTER_SECTION = re.compile(r"[/=]([^/=?&]{3,})/?$")
_MOJIBAKE_LETTERS = "ÃØÙÚÛ"
_MOJIBAKE = re.compile(rf"(?:[{_MOJIBAKE_LETTERS}][\u0080-\u00bf\u0152\u0153\u0160-\u017e\u2013-\u2122]\W?){{4,}}")
_TEXT_LIMIT = 30_000
"""Characters of main text that are read for signals: what a page is shows early."""
SHORT_PAGE = 120
"""Words of main text below which a remark on the page is about the page itself."""
TINY_PAGE = 40
FACTS = 2
"""Filled pairs from which a page is more than an announcement."""


def signals_of(structure: "Structure") -> Signals:
    """Signals of a page. A remark such as "under construction" counts only where it is about the page itself."""
    words = lexicon()
    main = structure.main_text[:_TEXT_LIMIT]
    count = word_count(main)
    top = _top_texts(structure)
    whole = structure.all_text[:_TEXT_LIMIT]
    return Signals(
        news=_news(structure, main),
        template_text=words.first(main, "template-text"),
        construction=_construction(structure, top, main, count),
        not_found=_not_found(structure, top, main, count),
        blocked=_blocked(structure, top, whole),
        captcha=_captcha(structure, whole),
        login=_login(structure, top),
        mojibake=_first(_MOJIBAKE, whole) if any(letter in whole for letter in _MOJIBAKE_LETTERS) else "",
        script_shell=_script_shell(structure, whole),
        postback_menus=_postback_menus(structure),
        cms=structure.generator,
    )


@lru_cache(maxsize=32)
def word_count(text: str) -> int:
    """Words of a text."""
    return len(text.split())


def news_address(url: str) -> str:
    """The part of an address that says news and names one item; empty for others and for the section itself."""
    parts = urlsplit_safe(url)
    path = decode_url(parts[0] + ("?" + parts[1] if parts[1] else ""))
    found = NEWS_PATH.search(path)
    if found is None:
        return ""
    rest = path[found.end() - 1 :].strip("/?=_-")
    return found.group().strip("/=_-?") + "/" + rest if len(rest) >= 2 else ""


def urlsplit_safe(url: str) -> tuple[str, str]:
    """Path and query of any string that stands where an address should."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.path, parts.query


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group()[:80] if found else ""


def _top_texts(structure: "Structure") -> list[str]:
    """Title and first headings: what the page calls itself."""
    return [structure.title, *(h.text for h in structure.headings if h.level <= 3 and h.place == "main")][:6]


def _news(structure: "Structure", main: str) -> str:
    """The strongest sign of news, where the signs together are enough."""
    words = lexicon()
    address = news_address(structure.url)
    marks = words.wordings(main, "news-mark")
    weak = words.wordings(main, "news-weak")
    score = 2.0 * bool(address) + min(1.5 * len(marks), 4.5) + min(0.5 * len(weak), 1.0)
    score += 0.5 * any(day.kind == "published" for day in structure.dates)
    section = next((b for b in structure.blocks[:1] if words.has(b.text, "news-section") and len(b.text) < 40), None)
    score += 0.5 * (section is not None)
    sheet = len({pair.key for pair in structure.pairs if pair.key != "other" and pair.value}) >= 3
    score -= 0.5 * (not marks and _names_sheet(structure))
    score -= 2.5 * sheet + 1.5 * any(form.has("tracking-code") for form in structure.forms)
    score -= 1.0 * any(len(steps.steps) >= 3 and _names_process(steps.heading) for steps in structure.step_lists)
    if score < (2.0 if address else 3.0):
        return ""
    return words.first(main, "news-mark") or address or words.first(main, "news-weak")


def _names_sheet(structure: "Structure") -> bool:
    """A first heading or title that is the name of a service's sheet: some portals keep these among their news."""
    heads = [structure.title, *(h.text for h in structure.headings if h.level == 1 and h.place == "main")][:3]
    hits = [hit for text in heads for hit in lexicon().label_hits(text[:200], "heading")]
    return any(hit.label == Label.SERVICE_INFO and hit.weight >= 0.9 and not hit.negative for hit in hits)


def _names_process(heading: str) -> bool:
    hits = lexicon().label_hits(heading[:200], "heading")
    return any(hit.label == Label.SERVICE_PROCESS and not hit.negative for hit in hits)


def _construction(structure: "Structure", top: list[str], main: str, count: int) -> str:
    words = lexicon()
    if count > SHORT_PAGE:
        return ""
    for text in top[1:]:
        quote = words.first(text, "construction")
        if quote:
            return quote
    # A sheet that states facts is made, though one of its sections says that it is not ready yet.
    if sum(bool(pair.value) and pair.key != "other" for pair in structure.pairs) >= FACTS:
        return ""
    limit = TINY_PAGE if count > 0 else SHORT_PAGE
    return words.first(main, "construction") if count <= limit else ""


def _not_found(structure: "Structure", top: list[str], main: str, count: int) -> str:
    words = lexicon()
    substance = structure.tables or structure.contacts or structure.step_lists
    if count > SHORT_PAGE * 2 or (substance and count > TINY_PAGE):
        return ""
    for text in top:
        quote = words.first(text, "not-found") or (_first(re.compile(r"\b404\b"), text) if len(text) < 60 else "")
        if quote:
            return quote
    return words.first(main, "not-found") if count <= TINY_PAGE else ""


def _blocked(structure: "Structure", top: list[str], whole: str) -> str:
    """Refusals and browser checks are bare pages: few words, hardly a link."""
    words = lexicon()
    if word_count(whole) > SHORT_PAGE * 2 or len(structure.links) > 12:
        return ""
    return next((quote for text in (*top, whole) if (quote := words.first(text, "blocked"))), "")


def _captcha(structure: "Structure", whole: str) -> str:
    for form in structure.forms:
        for field in form.fields:
            if field.meaning == "captcha":
                return field.label or field.placeholder or field.name or "captcha"
    return lexicon().first(whole, "captcha") if word_count(whole) <= SHORT_PAGE else ""


def _login(structure: "Structure", top: list[str]) -> str:
    """What asks for a login: a password or one-time-code form, or a sentence that sends to one."""
    words = lexicon()
    for form in structure.forms:
        secret = next((f for f in form.fields if f.meaning in ("password", "one-time-code")), None)
        if secret is not None:
            return fold_spaces(form.heading) or secret.label or secret.placeholder or next(iter(form.submits), "login")
    if word_count(structure.main_text) <= TINY_PAGE:
        return next((quote for text in top if (quote := words.first(text, "login"))), "")
    return ""


def _script_shell(structure: "Structure", whole: str) -> bool:
    """Next to no words, links or fields, but scripts that would bring them."""
    return bool(
        word_count(whole) < 30
        and (structure.scripts > 0 or structure.scripts_bytes > 0)
        and len(structure.links) < 6
        and not any(form.fields for form in structure.forms)
        and not structure.frames
    )


def _postback_menus(structure: "Structure") -> bool:
    """Most entries of the menus are WebForms postbacks without an address."""
    menu = [link for link in structure.links if link.place in ("menu", "header", "aside")]
    postbacks = sum(link.kind == "postback" for link in menu)
    return postbacks >= 3 and postbacks * 2 > len(menu)
