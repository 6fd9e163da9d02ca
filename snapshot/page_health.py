"""Technical faults that the pages themselves show: parts loaded without encryption, and letters that came out wrong."""

import re

from snapshot.reader import Page, Snapshot

_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_LOADED = re.compile(
    rb"""<(?:script|iframe|img|source|video|audio|embed)\b[^>]*?\bsrc\s*=\s*["']?\s*http://|"""
    rb"""<link\b(?=[^>]*\brel\s*=\s*["']?\s*stylesheet)[^>]*?\bhref\s*=\s*["']?\s*http://""",
    re.IGNORECASE,
)
"""Elements that a browser loads by itself; links that a person follows are none."""


def mixed_content(snapshot: Snapshot) -> tuple[Page, ...]:
    """Pages served by https that load scripts, frames, styles or images by plain http."""
    secure = [page for page in snapshot.pages if page.url.startswith("https:")]
    return tuple(page for page in secure if _LOADED.search(_COMMENT.sub(b"", page.body)))


def mojibake(snapshot: Snapshot) -> tuple[Page, ...]:
    """Pages with text that was decoded wrongly, as a visitor sees it."""
    return tuple(page for page in snapshot.pages if page.perception.signals.mojibake)
