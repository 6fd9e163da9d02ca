"""Addresses as a crawl needs them: one spelling to ask for, one key to know them by, one shape to count them by."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

MAX_LENGTH = 2_000
KNOWN = 50_000
"""Addresses whose spelling is remembered: the menus of a portal come again on each of its pages."""

# Path and query characters that servers tell apart from their percent-encoded form.
_PATH_SAFE = "/:@!$&'()*+,;=~-._%"
_QUERY_SAFE = "/:@!$&'()*+,;=~-._?%[]"

_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#]*|/\((?:[SXF]\([^)]*\))+\)", re.IGNORECASE)
_SESSION_NAMES = re.compile(
    r"^(?:jsessionid|phpsessid|aspsessionid\w*|asp\.net_sessionid|sessionid|session_id|cfid|cftoken|zenid|"
    r"osCsid|utm_\w+|fbclid|gclid|msclkid|_ga|mc_cid|mc_eid)$",
    re.IGNORECASE,
)
# Names that also stand for a service, section or student: a session only where the value is as long as a token.
_SHORT_NAMES = re.compile(r"^(?:sid|sess|session)$", re.IGNORECASE)
_TOKEN_LETTERS = 16
_NUMBER = re.compile(r"\d+")
_LONG_WORD = re.compile(r"[^/]{25,}")


@lru_cache(KNOWN)
def tidy(url: str) -> str:
    """The address to ask for: no fragment, no session or campaign marks, as ASCII; "" for what is no address."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https") or not host or len(url) > MAX_LENGTH:
        return ""
    try:
        host = host.encode("ascii").decode() if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return ""
    netloc = f"[{host}]" if ":" in host else host
    if port and port != {"http": 80, "https": 443}[scheme]:
        netloc += f":{port}"
    path = quote(_SESSION_PATH.sub("", parts.path) or "/", safe=_PATH_SAFE)
    query = quote(_without_session(parts.query), safe=_QUERY_SAFE)
    return urlunsplit((scheme, netloc, _no_dots(path), query, ""))


@lru_cache(KNOWN)
def key_of(url: str) -> str:
    """What makes two addresses the same page: host without www, decoded path, sorted query; whatever the scheme."""
    parts = urlsplit(tidy(url))
    host = parts.netloc.removeprefix("www.")
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    path = unquote(parts.path).rstrip("/") or "/"
    return f"{host}{path}?{query}" if query else f"{host}{path}"


def shape_of(url: str) -> str:
    """The pattern an address belongs to: numbers and long words in its path and its parameters' values left open."""
    parts = urlsplit(url)
    path = _LONG_WORD.sub("*", _NUMBER.sub("9", unquote(parts.path)))
    names = ",".join(sorted({name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}))
    return (
        f"{parts.netloc.removeprefix('www.')}{path}?{names}" if names else f"{parts.netloc.removeprefix('www.')}{path}"
    )


def host_of(url: str) -> str:
    """Lower-case host name without port: what politeness counts by."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def suffix_of(url: str) -> str:
    """The file suffix of the path in lower case, without its dot; "" where there is none."""
    last = urlsplit(url).path.rsplit("/", 1)[-1]
    return last.rsplit(".", 1)[-1].lower() if "." in last else ""


def _without_session(query: str) -> str:
    return "&".join(part for part in query.split("&") if part and not _is_session(part))


def _is_session(part: str) -> bool:
    name, _, value = part.partition("=")
    return bool(_SESSION_NAMES.match(unquote(name)) or (_SHORT_NAMES.match(name) and len(value) >= _TOKEN_LETTERS))


def _no_dots(path: str) -> str:
    """Resolve `.` and `..` segments, as a browser does before it asks."""
    if "/." not in path:
        return path
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if path.endswith(("/.", "/..")):
        kept.append("")
    return "/".join(kept) or "/"
