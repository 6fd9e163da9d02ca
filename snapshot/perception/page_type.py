"""What kind of page this is, from its structure and signals; the first rule that holds decides."""

import re
from typing import TYPE_CHECKING

from snapshot.matching import lexicon
from snapshot.perception.models import PageType, Signals
from snapshot.perception.signals import SHORT_PAGE, TINY_PAGE, news_address, urlsplit_safe, word_count
from snapshot.text import decode_url

if TYPE_CHECKING:
    from snapshot.perception.structure import Structure

_HOME = re.compile(
    r"^/?(?:(?:fa|en|fa-ir|en-us|persian|english|ar|es|web/guest)/?)?(?:(?:index|default|home|main)(?:\.\w{2,5})?/?)?$",
    re.IGNORECASE,
)
_SEARCH_PATH = re.compile(r"(?:^|/)(?:search|searchresults?|jostejoo?|جستجو)(?:[/.]|$)")
_SEARCH_QUERY = re.compile(r"(?:^|&)(?:q|s|query|search|keyword|keywords|searchword|term)=[^&]")


def page_type_of(structure: "Structure", signals: Signals, *, is_document: bool, is_frameset: bool) -> PageType:
    """The page's type. That it is no content (barred, not found, unfinished, login) comes first."""
    if is_document:
        return "document"
    if is_frameset:
        return "frameset"
    barrier = _barrier(structure, signals)
    if barrier is not None:
        return barrier
    path, query = urlsplit_safe(structure.url)
    if _search_results(structure, decode_url(path), decode_url(query)):
        return "search-results"
    if _HOME.match(path) and not query:
        return "home"
    listing = _is_listing(structure)
    if signals.news:
        return "listing" if listing and not news_address(structure.url) else "news-item"
    return "listing" if listing else "content"


def _barrier(structure: "Structure", signals: Signals) -> PageType | None:
    count = word_count(structure.main_text)
    if signals.blocked or (signals.captcha and _only_captcha(structure) and count <= SHORT_PAGE):
        return "blocked"
    if signals.script_shell:
        return "script-shell"
    if signals.not_found:
        return "soft-404"
    if signals.construction:
        return "construction"
    if signals.login and count <= SHORT_PAGE and not _other_forms(structure) and _login_is_main(structure):
        return "login"
    return None


def _only_captcha(structure: "Structure") -> bool:
    """Nothing but a puzzle stands on the page."""
    fields = [f for form in structure.forms for f in form.fields if f.kind not in ("hidden", "submit", "button")]
    return bool(fields) and all(field.meaning == "captcha" for field in fields) and len(structure.links) <= 12


def _other_forms(structure: "Structure") -> bool:
    """A form in the content that is neither login nor site search."""
    return any(
        form.place == "main"
        and any(
            f.meaning not in ("password", "user-name", "captcha", "search", "one-time-code", "other")
            for f in form.fields
        )
        and not form.has("password")
        for form in structure.forms
    )


def _login_is_main(structure: "Structure") -> bool:
    """The login stands in the content, not in a corner of the header; or there is hardly any content."""
    secrets = [form for form in structure.forms if form.has("password") or form.has("one-time-code")]
    if not secrets:
        return True
    return any(form.place == "main" for form in secrets) or word_count(structure.main_text) <= TINY_PAGE


def _search_results(structure: "Structure", path: str, query: str) -> bool:
    heads = [structure.title, *(h.text for h in structure.headings if h.level <= 2 and h.place == "main")]
    named = any(lexicon().has(text, "search-results") for text in heads)
    asked = bool(_SEARCH_QUERY.search(query))
    return named or (asked and bool(_SEARCH_PATH.search(path))) or (asked and path in ("", "/"))


def _is_listing(structure: "Structure") -> bool:
    """Most of the content is captions of links."""
    captions = [link.caption for link in structure.links if link.place == "main" and link.kind in ("page", "document")]
    linked = sum(map(len, captions))
    return len(captions) >= 12 and linked * 2 > len(structure.main_text)
