"""What Didban perceives on one page, ready for JSON."""

import dataclasses
from datetime import date
from functools import lru_cache
from typing import Any

from config.lexicon_loading import load_lexicons
from snapshot.perception.models import LabelFound, Perception
from snapshot.perception.page import perceive

_PARTS = ("headings", "forms", "pairs", "tables", "contacts", "dates", "images", "links", "blocks")


def look(body: bytes, url: str, content_type: str = "", lang: str | None = None) -> dict[str, Any]:
    """Perception of a page as plain values: page_type, labels, signals, forms, steps, contacts, dates, pairs and more.

    With `lang` only labels stay that rest on that language's wordings or on what the page holds. Never raises.
    """
    perception = perceive(body, url, content_type=content_type)
    labels = [found for found in perception.labels if lang is None or _in_language(found, lang)]
    return {
        "version": perception.version,
        "url": perception.url,
        "title": perception.title,
        "lang": perception.lang,
        "direction": perception.direction,
        "page_type": perception.page_type,
        "labels": [_plain(found) for found in labels],
        "signals": _plain(perception.signals),
        "main_text_length": len(perception.main_text),
        "main_selector": perception.main_selector,
        "frames": list(perception.frames),
        "steps": [_plain(steps) for steps in perception.step_lists],
        "promises": _promises(perception),
        **{part: [_plain(entry) for entry in getattr(perception, part)] for part in _PARTS},
    }


def _promises(perception: Perception) -> list[dict[str, Any]]:
    return [
        {"label": promise.label.value, "promise": promise.promise, "url": promise.url, "selector": promise.selector}
        for promise in sorted(perception.promises, key=lambda promise: (-promise.promise, promise.url, promise.label))
    ]


def _in_language(found: LabelFound, lang: str) -> bool:
    wordings = _wordings(lang)
    return any(clue.place in ("holding", "page") or clue.phrase in wordings for clue in found.clues)


@lru_cache(maxsize=8)
def _wordings(lang: str) -> frozenset[str]:
    return frozenset(
        wording
        for lexicon in load_lexicons()
        if lexicon.language == lang
        for phrase in lexicon.phrase
        for wording in phrase.wordings
    )


def _plain(value: Any) -> Any:
    """Dataclasses as dictionaries, days as ISO text, tuples as lists."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {entry.name: _plain(getattr(value, entry.name)) for entry in dataclasses.fields(value)}
    if isinstance(value, (tuple, list)):
        return [_plain(entry) for entry in value]
    return value.isoformat() if isinstance(value, date) else value
