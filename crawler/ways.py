"""The shortest way of clicks from home to each page that was read, over all links that the visit saw."""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from typing import Literal

from crawler.addresses import key_of
from crawler.frontier import Entry
from snapshot.models import ClickStep, PageRecord

How = Literal["link", "click", "frame"]


class Ways:
    """Links between pages, as (from page, to address) with how they are followed and what they say."""

    def __init__(self) -> None:
        self._links: defaultdict[str, dict[str, tuple[How, str]]] = defaultdict(dict)

    def add(self, page_id: str, entry: Entry | None, how: How, text: str = "") -> None:
        """A page links to an address. The first of several links to the same address counts."""
        if entry is not None and entry.detail != "other body":
            self._links[page_id].setdefault(entry.key, (how, text))

    def shortest(
        self, home: PageRecord, pages: Mapping[str, PageRecord], entries: Iterable[Entry]
    ) -> dict[str, tuple[ClickStep, ...]]:
        """The way to each page that links lead to from home, by page id. Frames cost no click."""
        page_of = {key_of(record.url): page_id for page_id, record in reversed(list(pages.items()))}
        page_of.update({entry.key: entry.page_id for entry in entries if entry.page_id and entry.page_id in pages})
        ways: dict[str, tuple[ClickStep, ...]] = {}
        waiting = deque([(home.page_id, home.click_path)])
        while waiting:
            page_id, way = waiting.popleft()
            if page_id in ways:
                continue
            ways[page_id] = way
            for key, (how, text) in self._links[page_id].items():
                target = page_of.get(key)
                if target is None or target in ways:
                    continue
                step = (target, (*way, ClickStep(url=pages[page_id].url, how=how, text=text)))
                if how == "frame":
                    waiting.appendleft(step)
                else:
                    waiting.append(step)
        return ways
