"""Takes from a page's source what makes any HTML parser quadratic: endless nesting, attributes, options."""

import re

_SCAN_FROM = 30_000
_SURELY_FINE = 8000
_MAX_TAG = 3000
_MAX_ATTRIBUTES = 500
_PARSER_DEPTH = 1500
_MAX_OPTIONS = 3000
_TAG = re.compile(r"<(/?[a-zA-Z][^\s/>]*+)([^>\"']*+(?:(?:\"[^\"]*+\"|'[^']*+')[^>\"']*+)*+)")
_OPENING = re.compile(r"<[a-zA-Z][^>\"']*+(?:(?:\"[^\"]*+\"|'[^']*+')[^>\"']*+)*+")
_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'")
_ATTRIBUTE_GAP = re.compile(r"[\s/=]+")
_IMPLICIT = frozenset([
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "td", "th", "tr", "dt", "dd", "option",
])  # fmt: skip


def defused(text: str) -> str:
    """The text without what makes any HTML parser quadratic: endless nesting, attributes or options."""
    if len(text) < _SCAN_FROM:
        return text
    if text.count("<") <= _SURELY_FINE:
        if not any(len(tag) > _MAX_TAG and _swollen(tag) for tag in _OPENING.findall(text)):
            return text
    else:
        tags = _TAG.findall(text)
        if not any(len(rest) > _MAX_TAG and _swollen(rest) for _, rest in tags) and not _too_much(tags):
            return text
    state = {"depth": 0, "options": 0}

    def bounded(match: re.Match[str]) -> str:
        name, rest = match.group(1).lower(), match.group(2)
        if name.startswith("/"):
            state["depth"] -= name[1:] not in _IMPLICIT and state["depth"] > 0
            return match.group()
        if name in {"option", "optgroup"}:
            state["options"] += 1
            if state["options"] > _MAX_OPTIONS:
                return ""
        if name not in _IMPLICIT and not rest.endswith("/"):
            state["depth"] += 1
            if state["depth"] > _PARSER_DEPTH:
                state["depth"] -= 1
                return ""
        if len(rest) > _MAX_TAG and _swollen(rest):
            return f"<{name}"
        return match.group()

    return _TAG.sub(bounded, text)


def _swollen(tag: str) -> bool:
    """Whether a tag holds more attributes than any page needs. Long values alone are harmless."""
    bare = _VALUE.sub("", tag[:200_000])
    return len(bare) > _MAX_TAG and len(_ATTRIBUTE_GAP.findall(bare)) > _MAX_ATTRIBUTES


def _too_much(tags: list[tuple[str, str]]) -> bool:
    depth = options = 0
    for name, rest in tags:
        tag = name.lower()
        if tag[0] == "/":
            depth -= depth > 0 and tag[1:] not in _IMPLICIT
        elif tag == "option":
            options += 1
        elif tag not in _IMPLICIT and not rest.endswith("/"):
            depth += 1
            if depth > _PARSER_DEPTH:
                return True
    return options > _MAX_OPTIONS
