"""Pages until all evidence is reached, in Didban's order and breadth-first: `python -m benchmarks.frontier [--json]`.

Both read the demo portals without network and browser, from the same starts (home and the registered addresses); what
only a script or a form leads to is left out for both. Evidence are the pages that the truth names. `all` is how many
pages there are for whoever follows every link (calendars and the like cut at a limit).
"""

import argparse
import hashlib
import json
import re
import sys
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from checks.registry import visit_plan
from config.loading import load_framework, load_register
from config.models import Agency, Register, Service
from config.settings import Settings
from crawler.addresses import key_of, tidy
from crawler.frontier import Frontier
from crawler.learning import SERVICE_LABELS, Learner
from crawler.reading import first_step
from crawler.ways import Ways
from demo.portals import HOSTS, SITES
from demo.site import Request, Site, Stage
from demo.world import BASE_PORT, DemoWorld, load_truth
from snapshot.hosts import OwnHosts
from snapshot.models import ClickStep, PageRecord
from snapshot.perception.models import Perception
from snapshot.perception.page import perceive

FRAMEWORK = Path(__file__).parent.parent / "config" / "frameworks" / "iran-proposal.toml"
DIGEST = re.compile("[0-9a-f]{64}")
TODAY = date(2026, 11, 20)
AT = datetime(2026, 11, 20, tzinfo=UTC)
NOTHING_SHOWN = frozenset({"0", "na", "unknown"})
"""Levels for which no page is evidence; the truth names what only looks like it."""
LIMIT = 600
"""Pages of a portal after which following every link is given up."""
MAX_REDIRECTS = 10


@dataclass(frozen=True, slots=True)
class Order:
    """Pages in the order they were read: the keys under which each is known (its own, those of its redirects)."""

    pages: list[frozenset[str]]

    def until(self, wanted: frozenset[str]) -> int:
        """How many pages were read when the last of these was reached."""
        return max((self.place(key) or 0 for key in wanted), default=0)

    def place(self, key: str) -> int | None:
        """The number of the page, counted from 1; None where it was not read."""
        return next((number for number, keys in enumerate(self.pages, 1) if key in keys), None)


class Portals:
    """The demo's portals without a network."""

    def __init__(self, edition: int) -> None:
        stage = Stage(edition, TODAY, {name: f"http://{host}:{BASE_PORT}" for name, host in HOSTS.items()})
        self._sites: dict[str, Site] = {HOSTS[name]: make(stage) for name, make in SITES.items()}
        self._known: dict[str, tuple[str, Perception | None, frozenset[str]]] = {}

    def read(self, url: str) -> tuple[str, Perception | None, frozenset[str]]:
        """The final address, what stands there (None where nothing that can be read), and the keys on the way."""
        if url not in self._known:
            self._known[url] = self._read(url)
        return self._known[url]

    def known_as(self, url: str) -> str:
        """The key of what stands at an address, whatever other addresses lead to it."""
        _, perception, keys = self.read(url)
        if perception is None or perception.page_type == "script-shell":
            return key_of(url)
        return next((key for key in keys if DIGEST.fullmatch(key)), key_of(url))

    def _read(self, url: str) -> tuple[str, Perception | None, frozenset[str]]:
        keys = {key_of(url)}
        for _ in range(MAX_REDIRECTS):
            parts = urlsplit(url)
            site = self._sites.get(parts.hostname or "")
            if site is None:
                break
            query = dict(parse_qsl(parts.query, keep_blank_values=True, encoding=site.encoding, errors="replace"))
            answer = site.respond(Request("GET", unquote(parts.path) or "/", query, {}))
            location = next((value for name, value in answer.headers if name == "Location"), "")
            if not location:
                kind = answer.content_type
                readable = answer.status < 300 and ("html" in kind or "pdf" in kind)
                keys.add(hashlib.sha256(answer.body).hexdigest())
                return url, perceive(answer.body, url, content_type=kind) if readable else None, frozenset(keys)
            url = tidy(urljoin(url, location))
            keys.add(key_of(url))
        return url, None, frozenset(keys)


def starts_of(agency: Agency, services: tuple[Service, ...]) -> Iterator[tuple[str, Service | None]]:
    """Addresses that the register names: home, further hosts, services."""
    yield agency.portal_url or "", None
    for host in agency.extra_hosts:
        yield host if "://" in host else f"http://{host}/", None
    yield from ((service.url, service) for service in services if service.url)


def breadth_first(portals: Portals, agency: Agency, services: tuple[Service, ...]) -> Order:
    """Every link of every page on the portal's own hosts, in the order they are met."""
    own = OwnHosts.of(agency)
    waiting = deque(url for url, _ in starts_of(agency, services))
    known = {key_of(url) for url in waiting}
    pages: list[frozenset[str]] = []
    while waiting and len(pages) < LIMIT:
        _, perception, keys = portals.read(waiting.popleft())
        pages.append(keys)
        known |= keys
        links = [link.url for link in perception.links if link.url] if perception else []
        for link in map(tidy, [*(perception.frames if perception else ()), *links]):
            if link and link in own and key_of(link) not in known:
                known.add(key_of(link))
                waiting.append(link)
    return Order(pages)


def by_promise(portals: Portals, agency: Agency, services: tuple[Service, ...], max_pages: int) -> Order:
    """Didban's frontier, fed as the crawl feeds it."""
    own = OwnHosts.of(agency)
    plan = visit_plan(load_framework(FRAMEWORK))
    frontier = Frontier(plan.labels, own, explore_pages=max(15, max_pages // 4))
    learner = Learner(frontier, Ways(), services, max_links=Settings().max_links_per_page)
    home, *others = starts_of(agency, services)
    frontier.offer(home[0], first_step(home[0]))
    for url, service in others:
        path = (*first_step(home[0]), ClickStep(url=home[0], how="register", text=service.title_fa if service else url))
        promises = dict.fromkeys(SERVICE_LABELS, 1.0) if service else None
        frontier.offer(url, path, promises=promises, service=service.id if service else None, registered=True)
    pages: list[frozenset[str]] = []
    while len(pages) < max_pages and (entry := frontier.take()) is not None:
        if entry.click is not None:
            entry.settle("skipped")
            continue
        url, perception, keys = portals.read(entry.url)
        pages.append(keys)
        entry.settle("visited", page_id=f"p{len(pages):04d}")
        if perception is not None:
            record = PageRecord(
                page_id=f"p{len(pages):04d}", url=url, requested_url=entry.url, status=200, fetched_at=AT,
                click_path=entry.path,
            )  # fmt: skip
            learner.learn(perception, record)
    return Order(pages)


def register_of(edition: int) -> Register:
    """The demo's register at its committed addresses."""
    with TemporaryDirectory() as folder:
        return load_register(DemoWorld(edition, BASE_PORT, {}).register_folder(Path(folder)))


def measure(edition: int) -> list[dict[str, object]]:
    """A row of figures for each portal."""
    register, portals, rows = register_of(edition), Portals(edition), []
    for agency in register.agencies:
        mine = [row for row in load_truth(edition) if row.agency == agency.id and row.level not in NOTHING_SHOWN]
        urls = {tidy(urljoin(agency.portal_url or "", row.evidence_page)) for row in mine if row.evidence_page}
        # Home under two addresses is one page: pages are known by what stands on them.
        wanted = {portals.known_as(url) for url in urls}
        if not agency.portal_url or not wanted:
            continue
        services = register.services_of(agency.id)
        budget = Settings().page_budget(len(services))
        broad = breadth_first(portals, agency, services)
        best = by_promise(portals, agency, services, budget)
        reached = frozenset(key for key in wanted if broad.place(key) is not None)
        found = frozenset(key for key in reached if best.place(key) is not None)
        missed = sorted(unquote(url) for url in urls if portals.known_as(url) in reached - found)
        rows.append({
            "agency": agency.id, "evidence": len(wanted), "by_links": len(reached), "missed": missed,
            "didban": best.until(found), "breadth_first": broad.until(reached),
            "didban_read": len(best.pages), "all": len(broad.pages),
            "last": next((u for u in urls if best.place(portals.known_as(u)) == best.until(found)), ""),
        })  # fmt: skip
    return rows


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edition", type=int, choices=(1, 2), default=1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    rows = measure(given.edition)
    total: Callable[[str], int] = lambda name: sum(int(str(row[name])) for row in rows)  # noqa: E731
    names = ("evidence", "by_links", "didban", "breadth_first", "didban_read", "all")
    summary = {name: total(name) for name in names}
    ratio = round(summary["didban"] / max(1, summary["breadth_first"]), 3)
    if given.json:
        print(json.dumps({"portals": rows, "in_all": summary, "ratio": ratio}, ensure_ascii=False))
        return 0
    print(f"{'':12}" + "".join(f"{name:>15}" for name in names) + "          ratio")
    for row in [*rows, {"agency": "in all", **summary, "missed": [], "last": ""}]:
        share = int(str(row["didban"])) / max(1, int(str(row["breadth_first"])))
        print(
            f"{row['agency']:12}"
            + "".join(f"{row[name]:>15}" for name in names)
            + f"{share:>15.2f}  {unquote(str(row['last']))}"
        )
        for key in row["missed"] if isinstance(row["missed"], list) else ():
            print(f"{'':12}never reached: {key}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
