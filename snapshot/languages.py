"""In which language a text is written, as far as its script and its letters tell, and where languages are chosen."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from config.vocabulary import Label
from snapshot.matching import lexicon
from snapshot.perception.models import Link, Perception
from snapshot.reader import Page

_SCRIPTS = {
    "latin": re.compile(r"[A-Za-z\u00c0-\u024f]"),
    "arabic": re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"),
    "cyrillic": re.compile(r"[\u0400-\u04ff]"),
    "han": re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]"),
}
_WORD = re.compile(r"[^\W\d_]{3,}")
_LANGUAGE_SEGMENT = re.compile(r"^(fa|en|ar|fr|de|es|ru|tr|ku|az|ur|zh)(?:[-_][a-z]{2})?$", re.IGNORECASE)

ENOUGH_LETTERS = 80
"""Letters from which a text tells its language."""
CAPTION_SHARE = 0.6
"""Part of a link's caption that the name of a language must cover."""
SHARED_WORDS = 0.5
"""Part of a page's words that may stand on the other page, too, where both are in the same script."""


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A link that offers another language: `lang` as its address or hreflang says ("" where neither does)."""

    link: Link
    lang: str


def script_shares(text: str) -> Mapping[str, float]:
    """Share of each script among the letters of a text (0 to 1); empty where there are too few letters to tell."""
    counts = {name: len(pattern.findall(text)) for name, pattern in _SCRIPTS.items()}
    total = sum(counts.values())
    if total < ENOUGH_LETTERS:
        return {}
    return {name: round(count / total, 3) for name, count in counts.items() if count}


def main_script(text: str) -> str:
    """The script that most letters of a text belong to; "" where there are too few letters to tell."""
    shares = script_shares(text)
    return max(shares, key=lambda name: shares[name], default="")


def other_language(first: Perception, second: Perception) -> bool | None:
    """Whether two pages are written in different languages; None where text or lang attribute are too little to tell.

    Another script is another language. Within one script (Persian and Arabic, English and French) the pages must say
    so themselves, and hold mostly other words: a page that only calls itself English is not.
    """
    one, two = _text(first), _text(second)
    scripts = main_script(one), main_script(two)
    if "" in scripts:
        return None
    if scripts[0] != scripts[1]:
        return True
    langs = {first.lang[:2].lower(), second.lang[:2].lower()}
    if "" in langs:
        return None
    if len(langs) == 1:
        return False
    words, others = (set(_WORD.findall(text.lower())) for text in (one, two))
    return len(words & others) < SHARED_WORDS * min(len(words), len(others))


def language_links(page: Page) -> list[LanguageLink]:
    """Links of a page that offer it in another language, each address once.

    By the name of a language as caption outside the content, or by an hreflang other than the page's own.
    """
    own = page.perception.lang[:2].lower()
    hreflangs = _hreflangs(page)
    found: dict[str, LanguageLink] = {}
    for link in page.perception.links:
        lang = hreflangs.get(link.href, "")
        if not (lang and lang != own) and not (link.place != "main" and names_language(link.caption)):
            continue
        key = link.url or link.href or link.selector
        found.setdefault(key, LanguageLink(link, lang or language_of_address(link.url or "")))
    return list(found.values())


def names_language(caption: str) -> bool:
    """Whether a caption is the name of a language or asks for one."""
    hits = lexicon().label_hits(caption[:60], "link")
    return any(hit.label == Label.LANGUAGE_SWITCH and not hit.negative and hit.share >= CAPTION_SHARE for hit in hits)


def language_of_address(url: str) -> str:
    """The language that an address names by a host part, a path part or a parameter; "" where none does."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    query = [part.partition("=")[2] for part in parts.query.split("&")]
    pieces = [(parts.hostname or "").split(".")[0], *parts.path.split("/")[:3], *query]
    return next((piece[:2].lower() for piece in pieces if _LANGUAGE_SEGMENT.match(piece)), "")


def _hreflangs(page: Page) -> Mapping[str, str]:
    if b"hreflang" not in page.body.lower():
        return {}
    return {
        str(tag.get("href", "")): str(tag.get("hreflang", ""))[:2].lower() for tag in page.soup.select("a[hreflang]")
    }


def _text(perception: Perception) -> str:
    headings = " ".join(heading.text for heading in perception.headings[:30])
    captions = " ".join(link.caption for link in perception.links[:150])
    return f"{perception.main_text[:5_000]} {headings} {captions}"
