"""What an element says of its own place and visibility: tag, role, class and id words."""

import re
from dataclasses import dataclass

from snapshot.perception.models import Place

_TAGS: dict[str, Place] = {"nav": "menu", "header": "header", "footer": "footer", "aside": "aside", "main": "main"}
_ROLES: dict[str, Place] = {
    "navigation": "menu",
    "menu": "menu",
    "menubar": "menu",
    "banner": "header",
    "contentinfo": "footer",
    "complementary": "aside",
    "main": "main",
    "search": "header",
}
_WORDS: dict[str, Place] = {
    **dict.fromkeys(
        ("nav", "navbar", "navigation", "menu", "menus", "mainmenu", "topmenu", "megamenu", "submenu", "navi", "manu",
         "mnu", "menubar", "offcanvas", "breadcrumb", "breadcrumbs", "pathway"),
        "menu",
    ),
    **dict.fromkeys(("header", "masthead", "topbar", "banner", "top-bar", "toolbar", "sitehead", "hdr"), "header"),
    **dict.fromkeys(("footer", "foot", "copyright", "colophon", "bottombar", "ftr"), "footer"),
    **dict.fromkeys(("sidebar", "aside", "rightcol", "leftcol", "widgets"), "aside"),
}  # fmt: skip
_SPLIT = re.compile(r"[^A-Za-z]+|(?<=[a-z])(?=[A-Z])")
_TABBED = re.compile(
    r"tab-?pane|tabpanel|tab-?content|accordion|collapse|panel|dropdown|sub-?menu|menu|toggle|nav", re.IGNORECASE
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NOT_A_PLACE = frozenset(
    [
        "a",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "td",
        "th",
        "tr",
        "span",
        "p",
        "img",
        "input",
        "button",
        "label",
        "i",
        "b",
        "strong",
        "em",
    ]
)


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place that an element claims; `sure` by tag or role, else only by a class or id word."""

    place: Place
    sure: bool


def landmark_of(tag: str, attributes: dict[str, str]) -> Landmark | None:
    """The place that an element claims for itself and what it holds, None where it claims none."""
    if tag in ("main", "article"):
        return Landmark("main", sure=True) if tag == "main" or attributes.get("role") == "complementary" else None
    role = attributes.get("role", "").strip().lower()
    if role in _ROLES:
        return Landmark(_ROLES[role], sure=True)
    if tag in _TAGS:
        return Landmark(_TAGS[tag], sure=True)
    if tag in _NOT_A_PLACE:
        return None
    named = f"{attributes.get('id', '')} {attributes.get('class', '')}".strip()
    if not named:
        return None
    for word in _SPLIT.split(named[:200]):
        place = _WORDS.get(word.lower())
        if place is not None:
            return Landmark(place, sure=False)
    return None


def looks_hidden(tag: str, attributes: dict[str, str]) -> bool:
    """Whether an element is hidden for good. What a person can unfold (tab, accordion, menu) is not hidden."""
    hidden = "hidden" in attributes and attributes["hidden"].lower() != "until-found"
    style = attributes.get("style", "")
    if not hidden and not (style and _HIDDEN_STYLE.search(style)):
        return tag == "input" and attributes.get("type", "").lower() == "hidden"
    role = attributes.get("role", "")
    return not (
        role in ("tabpanel", "menu", "region")
        or _TABBED.search(f"{attributes.get('class', '')} {attributes.get('id', '')}")
    )
