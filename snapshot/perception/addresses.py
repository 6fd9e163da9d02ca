"""Addresses of a page made absolute. Portals link hundreds of times per page, so the plain cases are joined by hand."""

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

_ORIGIN = re.compile(r"https?://[^/?#\\\s]+", re.IGNORECASE)
_PLAIN = re.compile(r"((?:\.\./)*)((?!\.\.?(?:/|$))[^/?#:\\\s][^?#:\\]*)?([?#].*)?$", re.DOTALL)
_DOTS = re.compile(r"(?:^|/)\.\.?(?:/|$)")


def origin_of(url: str) -> str:
    """Scheme and host of an address, empty where it has none."""
    match = _ORIGIN.match(url)
    return match.group() if match else ""


def absolute(base: str, origin: str, href: str) -> str | None:
    """The absolute address of an href on a page, None where it is none. `origin` is that of the base."""
    try:
        if href.startswith(("http://", "https://")):
            urlsplit(href)
            return href
        return _joined(base, origin, href) or _by_the_book(base, href)
    except ValueError:
        return None


def _joined(base: str, origin: str, href: str) -> str | None:
    if not origin or "\n" in href or "\t" in href or "\r" in href:
        return None
    if href.startswith("/"):
        return _rooted(origin, href)
    match = _PLAIN.match(href)
    if match is None or not match.group(2) or _has_dots(match.group(2)):
        return None
    folders = _folders(base, origin)
    if folders is None:
        return None
    up = len(match.group(1)) // 3
    kept = folders[: max(0, len(folders) - up)]
    return "/".join((origin, *kept, match.group(2))) + (match.group(3) or "")


@lru_cache(maxsize=16384)
def _rooted(origin: str, href: str) -> str | None:
    """Remembered: menus bring the same addresses on every page."""
    path = href.partition("?")[0].partition("#")[0]
    return None if href.startswith("//") or _has_dots(path) else origin + href


@lru_cache(maxsize=64)
def _folders(base: str, origin: str) -> tuple[str, ...] | None:
    """Folders of the base address, None where they are not plain."""
    folders = tuple(base[len(origin) :].partition("?")[0].partition("#")[0].split("/")[1:-1])
    return None if any(name in {"", ".", ".."} for name in folders) else folders


def _has_dots(path: str) -> bool:
    return (path.startswith(".") or "/." in path) and _DOTS.search(path) is not None


def _by_the_book(base: str, href: str) -> str | None:
    made = urljoin(base, href)
    return made if made.startswith(("http://", "https://", "file:", "ftp:")) else None
