"""Whether a page must be shown by the browser: decided from its perception alone, so it can be tested without one."""

import re

from snapshot.perception.models import Perception

MIN_TEXT = 200
"""Characters of main text from which a page has content of its own."""

FEW_LINKS = 3
TEMPLATE_TOKEN = re.compile(r"\{\{?\s*[A-Za-z_$][\w.$]{1,40}\s*\}?\}|<%=?\s*\w|\[\[\s*[A-Za-z_][\w.]+\s*\]\]")
"""A placeholder that a script should have filled: {ArticleID}, {{ title }}, <%= name, [[name]]."""

LOADING = re.compile(
    r"^\W*(loading|please wait|در حال بارگذاری|درحال بارگذاری|در حال بارگیری|بارگذاری|لطفا منتظر بمانید|لطفا صبر کنید|"
    r"لطفاً منتظر بمانید|لطفاً صبر کنید|کمی صبر کنید)\b.{0,80}$|"
    r"(enable|requires?|needs?|turn on) javascript|javascript (is )?(required|disabled|must be|را فعال)|"
    r"جاوا ?اسکریپت.{0,40}(فعال|نیاز)",
    re.IGNORECASE | re.DOTALL,
)

NEVER_SHOWN = frozenset({"blocked", "frameset", "document", "soft-404"})
"""Page types whose content the browser would not bring: refused pages, frames (fetched each), files, errors."""


def needs_browser(perception: Perception, *, is_home: bool) -> str | None:
    """Why a page must be rendered, as a short key; None where its source tells everything.

    `script_shell`: next to nothing without scripts. `template_tokens`: placeholders instead of content.
    `script_menus` (home only): menus whose entries have no addresses. `loading`: a waiting text instead of content.
    `empty_main`: navigation, but no content, links or fields in the main part. Tabs and accordions whose content
    stands in the source need no browser.
    """
    if perception.page_type in NEVER_SHOWN:
        return None
    if perception.signals.script_shell or perception.page_type == "script-shell":
        return "script_shell"
    if is_home and _script_menus(perception):
        return "script_menus"
    if _has_template_tokens(perception):
        return "template_tokens"
    main = perception.main_text.strip()
    if len(main) < MIN_TEXT and LOADING.search(main):
        return "loading"
    if not _has_content(perception):
        return "empty_main"
    return None


def _script_menus(perception: Perception) -> bool:
    """Menus of the home page that a crawler cannot follow: most of their entries lead nowhere without a script."""
    menu = [link for link in perception.links if link.place in ("menu", "header", "aside", "footer")]
    scripted = [link for link in menu if link.kind in ("postback", "script") and link.url is None and link.caption]
    real = [link for link in menu if link.kind in ("page", "document")]
    if perception.signals.postback_menus:
        return True
    return len(scripted) >= FEW_LINKS and len(scripted) > len(real)


def _has_template_tokens(perception: Perception) -> bool:
    """Placeholders where a person should read words: in title, headings, captions or several times in the text."""
    places = [perception.title, *(heading.text for heading in perception.headings)]
    places += [link.caption for link in perception.links]
    if any(TEMPLATE_TOKEN.search(text) for text in places):
        return True
    return len(TEMPLATE_TOKEN.findall(perception.main_text)) >= 2


def _has_content(perception: Perception) -> bool:
    """Whether the main part holds something: text, fields, a table, links of its own, a picture or a frame."""
    if len(perception.main_text.strip()) >= MIN_TEXT:
        return True
    if perception.forms or perception.tables or perception.pairs or perception.step_lists or perception.contacts:
        return True
    if perception.frames or perception.images or perception.page_type in ("login", "construction"):
        return True
    own = [link for link in perception.links if link.place == "main" and link.kind in ("page", "document")]
    if len(own) >= FEW_LINKS:
        return True
    # A short page that says something under a heading is short, not empty.
    return bool(perception.main_text.strip()) and any(heading.place == "main" for heading in perception.headings)
