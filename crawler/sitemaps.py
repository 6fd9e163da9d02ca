"""Addresses from a portal's sitemaps, bounded in files, bytes and number."""

import html
import re
import zlib
from urllib.parse import urljoin

from crawler.fetching import Fetcher
from snapshot.hosts import OwnHosts

MAX_FILES = 3
MAX_ADDRESSES = 2_000
MAX_BYTES = 4_000_000

_LOC = re.compile(rb"<(?:\w+:)?loc>\s*(?:<!\[CDATA\[)?\s*([^<\]]{1,2000}?)\s*(?:\]\]>)?\s*</", re.IGNORECASE)
_INDEX = re.compile(rb"<(?:\w+:)?sitemapindex[\s>]", re.IGNORECASE)


async def sitemap_addresses(fetcher: Fetcher, home: str) -> list[str]:
    """Page addresses from the sitemaps that robots.txt names, else from /sitemap.xml; [] where there are none."""
    own = OwnHosts([home])
    waiting = [url for url in await fetcher.sitemaps(home) if url in own][:MAX_FILES] or [urljoin(home, "/sitemap.xml")]
    addresses: dict[str, None] = {}
    read = 0
    while waiting and read < MAX_FILES and len(addresses) < MAX_ADDRESSES:
        fetched = await fetcher.fetch(waiting.pop(0), own)
        read += 1
        if not fetched.read:
            continue
        body = _unpacked(fetched.answer.body)
        found = [html.unescape(match.decode("utf-8", "replace")) for match in _LOC.findall(body)]
        if _INDEX.search(body[:2_000]):
            waiting += found[: MAX_FILES - read]
        else:
            addresses.update(dict.fromkeys(found[:MAX_ADDRESSES]))
    return list(addresses)[:MAX_ADDRESSES]


def _unpacked(body: bytes) -> bytes:
    """The XML of a sitemap, also where it is served as a .gz file; bounded."""
    if body[:2] != b"\x1f\x8b":
        return body[:MAX_BYTES]
    try:
        return zlib.decompressobj(wbits=31).decompress(body, MAX_BYTES)
    except zlib.error:
        return b""
