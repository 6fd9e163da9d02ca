"""What to read next: every address a visit knows of, what it promises, how it was found, and what became of it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from config.vocabulary import Cause, Label
from crawler.addresses import host_of, key_of, suffix_of, tidy
from crawler.traps import Traps
from snapshot.hosts import OwnHosts
from snapshot.models import ClickStep, SkippedAddress

THRESHOLD = 0.5
"""Promise from which a candidate must be settled before a label counts as absent: always worth reading."""
FLOOR = 0.05
"""Value below which nothing is read any more."""
NEWS_PROMISE = 0.5
"""Promise of `news-item` from which a link counts as one more news item."""
STRONG = 0.6
"""Strength from which a page counts as having evidenced a label."""

Place = Literal["main", "menu", "header", "footer", "aside"]
State = Literal["open", "taken", "visited", "filtered", "failed", "skipped"]
_START, _FRAME, _REGISTERED, _SITEMAP = 100.0, 50.0, 0.95, 0.06
_EXPLORE: Mapping[str, float] = {"menu": 0.30, "header": 0.25, "footer": 0.2, "main": 0.15, "aside": 0.1}
_OUTSIDE_PLAN = 0.15
_SITE_MAP = 0.7
"""Worth of a portal's own site map until one is read, whatever the plan asks for: it names all its sections."""


@dataclass(slots=True)
class Entry:
    """One address: what it promises, the shortest way to it that is known, and its state.

    `services` are the registered services it concerns, in the order they were met; none = it concerns the portal.
    `click` is the selector to click on the page `url` where the address itself is not known (script menus).
    """

    key: str
    url: str
    order: int
    path: tuple[ClickStep, ...]
    place: str = "main"
    promises: dict[Label, float] = field(default_factory=dict)
    services: dict[str, None] = field(default_factory=dict)
    registered: bool = False
    click: str | None = None
    news: bool = False
    state: State = "open"
    cause: Cause | None = None
    detail: str | None = None
    page_id: str | None = None

    @property
    def how(self) -> str:
        """How it was found."""
        return self.path[-1].how

    @property
    def depth(self) -> int:
        """Steps from home."""
        return len(self.path) - 1

    @property
    def promise(self) -> float:
        """The highest promise of all labels."""
        return max(self.promises.values(), default=0.0)

    def settle(
        self, state: State, *, page_id: str | None = None, cause: Cause | None = None, detail: str | None = None
    ) -> None:
        """Say what became of it."""
        self.state, self.page_id, self.cause, self.detail = state, page_id, cause, detail


class Frontier:
    """The addresses of one visit. `explore_pages` is how many pages without any promise are read for exploration.

    `avoided_host` is a host that gives no answer: its addresses stay open, and are not taken.
    """

    def __init__(self, labels: Collection[Label], own: OwnHosts, *, explore_pages: int) -> None:
        self.entries: dict[str, Entry] = {}
        self._open: dict[str, Entry] = {}
        self._labels = frozenset(labels)
        self._own = own
        self._traps = Traps()
        self._explore_left = explore_pages
        self._found: Counter[Label] = Counter()
        self._skipped: list[SkippedAddress] = []
        # Values of open entries, worked out anew only where what they rest on has changed.
        self._values: dict[str, float] = {}
        self.avoided_host = ""

    @property
    def open_labels(self) -> int:
        """Labels of the plan that no page has evidenced yet."""
        return sum(self._found[label] == 0 for label in self._labels)

    @property
    def queued(self) -> int:
        """Addresses that are still open."""
        return len(self._open)

    def offer(
        self,
        url: str,
        path: tuple[ClickStep, ...],
        *,
        place: str = "main",
        promises: Mapping[Label, float] | None = None,
        service: str | None = None,
        registered: bool = False,
        click: str | None = None,
    ) -> Entry | None:
        """Take up an address. One that is known keeps its highest promise and its shortest way. None = no address."""
        address = tidy(url)
        if not address:
            return None
        key = f"{key_of(address)}#{click}" if click else key_of(address)
        entry = self.entries.get(key)
        if entry is None:
            entry = Entry(key, address, len(self.entries), path, place, click=click)
            self.entries[key] = self._open[key] = entry
            entry.registered = registered
            self._rule(entry, path, promises or {})
        elif entry.state == "open" and _better(path, entry.path):
            entry.path, entry.place = path, place
        self._values.pop(key, None)
        entry.registered = entry.registered or registered
        if service is not None:
            entry.services[service] = None
        for label, promise in (promises or {}).items():
            entry.promises[label] = max(promise, entry.promises.get(label, 0.0))
        entry.news = entry.promises.get(Label.NEWS_ITEM, 0.0) >= NEWS_PROMISE
        return entry

    def take(self) -> Entry | None:
        """The best address to read now, None when nothing open can gain anything."""
        while True:
            chosen = max(
                (entry for entry in self._open.values() if host_of(entry.url) != self.avoided_host)
                if self.avoided_host
                else self._open.values(),
                key=lambda entry: (self._value(entry), -entry.order),
                default=None,
            )
            if chosen is None or self._value(chosen) < FLOOR:
                return None
            reason = self._traps.exceeds(chosen.url, news=chosen.news, promising=self._needed(chosen))
            if not reason and self._explore_left <= 0 and self._explores(chosen):
                reason = "no promise: enough such pages were read"
            if reason:
                self._skip(chosen, reason, "filtered")
                continue
            self.close(chosen)
            return chosen

    def close(self, entry: Entry) -> None:
        """Count an address as being read, now or by an earlier attempt of the visit."""
        self._open.pop(entry.key, None)
        self._traps.count(entry.url, news=entry.news)
        if self._explores(entry):
            self._explore_left -= 1
        entry.state = "taken"

    def evidenced(self, labels: Iterable[Label]) -> None:
        """A page was read that shows these labels strongly."""
        for label in labels:
            before = self._need(label)
            self._found[label] += 1
            if self._need(label) != before:
                self._values.clear()

    def skipped(self) -> list[SkippedAddress]:
        """Addresses ruled out since the last call, each once."""
        ready, self._skipped = self._skipped, []
        return ready

    def _rule(self, entry: Entry, path: tuple[ClickStep, ...], promises: Mapping[Label, float]) -> None:
        """Rule a new address out where its text alone says so."""
        if entry.registered or entry.how == "start":
            return
        if entry.url not in self._own:
            self._skip(entry, "other body", "filtered", path)
            return
        reason = self._traps.refuses(entry.url)
        if not reason and suffix_of(entry.url) == "pdf" and max(promises.values(), default=0.0) < THRESHOLD:
            reason = "document without a promise"
        if reason:
            self._skip(entry, reason, "filtered", path)

    def _skip(self, entry: Entry, reason: str, state: State, path: tuple[ClickStep, ...] = ()) -> None:
        self._open.pop(entry.key, None)
        entry.settle(state, detail=reason)
        found_on = (path or entry.path)[-1].url
        self._skipped.append(SkippedAddress(url=entry.url, reason=reason, found_on=found_on))

    def _promise(self, entry: Entry) -> float:
        """The highest promise for a label that the plan asks for."""
        return max((p for label, p in entry.promises.items() if label in self._labels), default=0.0)

    def _explores(self, entry: Entry) -> bool:
        """Whether the address is read for exploration alone; menus near home always are worth it."""
        return self._gain(entry) < 2 * FLOOR and not _near_home(entry)

    def _needed(self, entry: Entry) -> bool:
        """Whether no counting of its kind may keep the address from being read."""
        if entry.registered or entry.how in ("start", "frame") or self._promise(entry) >= THRESHOLD:
            return True
        return _near_home(entry) and not entry.news

    def _gain(self, entry: Entry) -> float:
        if entry.how == "start":
            return _START
        if entry.how == "frame":
            return _FRAME - entry.depth
        gain = _REGISTERED if entry.registered else 0.0
        for label, promise in entry.promises.items():
            gain = max(gain, promise * self._need(label))
        return gain if not entry.news else gain * 0.5

    def _need(self, label: Label) -> float:
        """How much a further page for a label is worth: less with each that shows it, never nothing."""
        if label not in self._labels:
            return _SITE_MAP if label == Label.SITE_MAP and not self._found[label] else _OUTSIDE_PLAN
        return float(max(0.8 ** self._found[label], 0.5))

    def _value(self, entry: Entry) -> float:
        value = self._values.get(entry.key)
        if value is None:
            value = self._values[entry.key] = self._worth(entry)
        return value

    def _worth(self, entry: Entry) -> float:
        if entry.how == "sitemap":
            return self._gain(entry) + _SITEMAP
        return self._gain(entry) + _EXPLORE.get(entry.place, 0.1) * float(0.6 ** max(entry.depth - 1, 0))


def _near_home(entry: Entry) -> bool:
    """Whether a menu on or next to home names the address: such pages make up the portal."""
    return entry.depth <= 2 and entry.place in ("menu", "header") and entry.how == "link"


def _better(path: tuple[ClickStep, ...], than: tuple[ClickStep, ...]) -> bool:
    """Whether a way proves more: one by links before one from register or sitemap, then the shorter one."""
    return (_by_address(path), len(path)) < (_by_address(than), len(than))


def _by_address(path: tuple[ClickStep, ...]) -> bool:
    return any(step.how in ("register", "sitemap") for step in path)
