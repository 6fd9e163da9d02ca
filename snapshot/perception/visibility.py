"""Whether an element is there for a person: shown, or shown after a click on the page."""

import re
from collections.abc import Mapping
from functools import lru_cache

_STYLE_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_TARGET = re.compile(r"[\"']#([\w.:-]{2,80})[\"']")
_CONTROLS = re.compile(r"aria-controls\s*=\s*[\"']?([\w.:-]{2,80})")
_PANEL = re.compile(
    r"(?:^|[\s_-])(?:tab|tabs|tabpanel|tab-?pane|tab-?content|panel|pane|accordion|collapse|collapsible|toggle|answer|faq"
    r"|spoiler|submenu|sub-?menu|dropdown|drop-?down|megamenu|mega-?menu|menu|nav|slide|slider|carousel)(?:$|[\s_-]|\d)",
    re.IGNORECASE,
)
_HIDING_CLASS = re.compile(
    r"(?:^|\s)(?:hidden|d-none|hide|invisible|is-hidden|uk-hidden|display-none|template|x-template)(?:$|\s)",
    re.IGNORECASE,
)
_ICON_TAGS = frozenset(("i", "span", "em", "b", "svg", "small", "img"))
_MENU_LISTS = frozenset(("ul", "ol"))


class Revealed:
    """Ids of elements that something on the page opens: tabs, accordions, dialogs. Read when first asked for."""

    __slots__ = ("_ids", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._ids: frozenset[str] | None = None

    def __contains__(self, name: object) -> bool:
        if self._ids is None:
            self._ids = frozenset(_TARGET.findall(self._text)) | frozenset(_CONTROLS.findall(self._text))
        return name in self._ids


def is_hidden(tag: str, attrs: Mapping[str, str | None], parent: str, revealed: Revealed) -> bool:
    """Whether a person cannot get to see the element (one that a tab, accordion or menu opens can be seen)."""
    if not attrs or tag == "body":
        return False
    if tag == "input" and (attrs.get("type") or "").strip().lower() == "hidden":
        return True
    if "hidden" in attrs and (attrs["hidden"] or "").lower() != "until-found":
        return not _opens(tag, attrs, parent, revealed)
    style = attrs.get("style")
    if style and ("none" in style or "hidden" in style) and _STYLE_HIDDEN.search(style):
        return not _opens(tag, attrs, parent, revealed)
    if attrs.get("aria-hidden") == "true" and tag in _ICON_TAGS:
        return True
    classes = attrs.get("class")
    if classes and _hides(classes):
        return not _opens(tag, attrs, parent, revealed)
    return False


@lru_cache(maxsize=4096)
def _hides(classes: str) -> bool:
    # "d-none d-md-block" is hidden on small screens only.
    return bool(_HIDING_CLASS.search(classes)) and not re.search(r"-(?:sm|md|lg|xl|xxl)-|(?:sm|md|lg|xl):", classes)


def _opens(tag: str, attrs: Mapping[str, str | None], parent: str, revealed: Revealed) -> bool:
    if (attrs.get("id") and attrs.get("id") in revealed) or attrs.get("role") in {"tabpanel", "menu", "region"}:
        return True
    if (tag in _MENU_LISTS and parent == "li") or parent == "details":
        return True
    return bool(_PANEL.search(f"{attrs.get('class') or ''} {attrs.get('id') or ''}"))
