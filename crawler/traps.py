"""Addresses that a visit leaves aside: files, views of a page already seen, and places that never end."""

import re
from collections import Counter
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.addresses import shape_of, suffix_of

SHAPE_CAP = 20
"""Pages of one address pattern that are read without a promise of their own."""
NEWS_CAP = 6
"""News items that are read: enough to know that the portal lives."""
PAGING_CAP = 3
"""Follow-up pages of one listing."""

_FILE_WORDS = (
    "jpg jpeg png gif svg webp bmp ico tif tiff avif css js mjs json xml rss atom map woff woff2 ttf eot otf "
    "mp3 wav ogg m4a mp4 m4v avi mkv mov wmv flv webm 3gp zip rar 7z gz tgz bz2 xz tar iso exe msi apk ipa dmg bin "
    "doc docx xls xlsx ppt pptx odt ods odp rtf csv txt epub ics vcf kml kmz swf psd ai dwg torrent"
)
_FILES = frozenset(_FILE_WORDS.split())
_PRINT = re.compile(
    r"/(?:print|printview|printable|amp|feed|rss|trackback|embed)/?$|/print(?:page)?\.\w+$", re.IGNORECASE
)
_PRINT_QUERY = frozenset(
    {"print", "printview", "printmode", "printable", "replytocom", "share", "feed", "amp", "preview"}
)
_VIEW_VALUES = {
    "tmpl": {"component", "raw"},
    "format": {"feed", "raw", "pdf", "rss", "atom", "json", "xml", "ical", "vcf"},
    "mode": {"print"}, "view": {"print"}, "type": {"rss", "atom", "print"}, "p_p_state": {"pop_up", "exclusive"},
    "action": {"edit", "print", "history", "diff", "login", "register", "add-to-cart"}, "do": {"print", "edit"},
}  # fmt: skip
_CALENDAR_WORD = re.compile(r"calendar|taghvim|تقویم|\bevents?\b.*/(?:month|week|day)\b|tribe-bar-date", re.IGNORECASE)
_DATE_IN_PATH = re.compile(r"/(?:1[34]\d\d|20\d\d)[/-](?:0?[1-9]|1[0-2])(?:[/-](?:0?[1-9]|[12]\d|3[01]))?(?:/|$)")
_DATE_NAMES = frozenset({"month", "year", "day", "date", "eventdate", "cal_month", "cal_year", "mah", "sal", "ruz"})
_SEARCH_NAMES = frozenset(
    {"q", "s", "search", "searchword", "searchtext", "keyword", "keywords", "query", "searchphrase"}
)
_FACET_NAMES = frozenset(
    {"sort", "sortby", "order", "orderby", "order_by", "dir", "filter", "filters", "facet", "facets", "limit",
     "pagesize", "per_page", "perpage", "viewtype", "grid", "tag[]", "color", "min_price", "max_price"}
)  # fmt: skip
_FACET_PREFIX = re.compile(r"^(?:f|filter|facet)\[|^filter_", re.IGNORECASE)
_PAGING = re.compile(r"/(?:page|p|صفحه)[/-](\d+)/?$", re.IGNORECASE)
_PAGING_NAMES = frozenset(
    {"page", "paged", "pagenum", "pageno", "pagenumber", "pageindex", "start", "offset", "pg", "skip"}
)


class Traps:
    """The rules with what one visit has counted so far. Each answer is a reason in words, "" where none holds."""

    def __init__(self) -> None:
        self._shapes: Counter[str] = Counter()
        self._pagings: Counter[str] = Counter()
        self._news = 0

    def refuses(self, url: str) -> str:
        """Why this address is never asked for, judged by its text alone."""
        suffix = suffix_of(url)
        if suffix in _FILES:
            return f"file: {suffix}"
        parts = urlsplit(url)
        path = unquote(parts.path)
        query = [(name.lower(), value.lower()) for name, value in parse_qsl(parts.query, keep_blank_values=True)]
        if _PRINT.search(path) or any(
            name in _PRINT_QUERY or value in _VIEW_VALUES.get(name, ()) for name, value in query
        ):
            return "another view of a page: print, feed or edit"
        if _is_calendar(path, query):
            return "calendar"
        if any(name in _SEARCH_NAMES and value for name, value in query):
            return "search results"
        if any(name in _FACET_NAMES or _FACET_PREFIX.match(name) for name, _ in query):
            return "facet or sorting of a listing"
        if _repeats(path) or len(query) > 8:
            return "address that repeats itself"
        return ""

    def exceeds(self, url: str, *, news: bool, promising: bool) -> str:
        """Why this address would be one too many of its kind. Promising addresses are never too many."""
        if promising:
            return ""
        listing = _listing_of(url)
        if listing and self._pagings[listing] >= PAGING_CAP:
            return "listing goes on: enough of its pages were read"
        if news and self._news >= NEWS_CAP:
            return "news archive: enough items were read"
        shape = shape_of(url)
        if ("9" in shape or "*" in shape or "?" in shape) and self._shapes[shape] >= SHAPE_CAP:
            return "address pattern: enough pages of its kind were read"
        return ""

    def count(self, url: str, *, news: bool) -> None:
        """Take note of an address that was read."""
        self._shapes[shape_of(url)] += 1
        self._news += news
        listing = _listing_of(url)
        if listing:
            self._pagings[listing] += 1


def _is_calendar(path: str, query: list[tuple[str, str]]) -> bool:
    dated = _DATE_IN_PATH.search(path) is not None
    names = {name for name, value in query if value}
    stepping = len(names & _DATE_NAMES)
    named = _CALENDAR_WORD.search(path) is not None or any(_CALENDAR_WORD.search(name) for name in names)
    return (named and (dated or stepping > 0)) or stepping > 1


def _listing_of(url: str) -> str:
    """The listing of which this address is a follow-up page; "" where it is none."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    numbered = _PAGING.search(path)
    if numbered:
        return parts.netloc + path[: numbered.start()]
    query = parse_qsl(parts.query, keep_blank_values=True)
    if any(name.lower() in _PAGING_NAMES and value.isdigit() and value not in ("0", "1") for name, value in query):
        rest = sorted((name, value) for name, value in query if name.lower() not in _PAGING_NAMES)
        return f"{parts.netloc}{path}?{rest}"
    return ""


def _repeats(path: str) -> bool:
    """Whether path segments come again and again, as relative links inside an error page make them."""
    segments = [segment for segment in path.split("/") if segment]
    return len(segments) > 14 or any(count > 2 for count in Counter(segments).values())
