"""What a page that was read gives the visit: new addresses with their promises, and labels that it evidenced."""

from collections import defaultdict
from collections.abc import Mapping

from config.models import Service
from config.vocabulary import Label
from crawler.frontier import STRONG, Frontier
from crawler.service_links import ServiceLinks
from crawler.ways import Ways
from snapshot.models import ClickStep, PageRecord
from snapshot.perception.models import Link, Perception

SERVICE_LABELS = (Label.SERVICE_INFO, Label.SERVICE_PROCESS, Label.SERVICE_TRACKING)
"""Labels that a registered service's own address, or a link with its title, promises for that service."""
NAMED_SERVICE = 0.8
"""Promise of a link that names a registered service."""
CLICK_PROMISE = 0.3
"""Promise from which a menu entry without an address is clicked in the browser."""
MAX_CAPTION = 200
MAX_FRAMES = 20
MAX_CLICKS = 25
"""Menu entries without an address that one page may offer."""

_MENU_PLACES = frozenset({"menu", "header", "footer", "aside"})
_TYPES = {
    "login": Label.LOGIN,
    "blocked": Label.BLOCKED,
    "soft-404": Label.SOFT_404,
    "construction": Label.CONSTRUCTION,
    "news-item": Label.NEWS_ITEM,
}  # fmt: skip


def page_label(perception: Perception) -> Label:
    """The label under which a page's type is recorded."""
    return _TYPES.get(perception.page_type, Label.OTHER)


class Learner:
    """Hands what pages hold to the frontier."""

    def __init__(self, frontier: Frontier, ways: Ways, services: tuple[Service, ...], *, max_links: int) -> None:
        self._frontier = frontier
        self._ways = ways
        self._services = ServiceLinks(services)
        self._max_links = max_links
        self._clicked: set[tuple[str, str]] = set()

    def learn(self, perception: Perception, page: PageRecord) -> None:
        """Take up a page's frames, links and evidence."""
        for frame in perception.frames[:MAX_FRAMES]:
            entry = self._frontier.offer(frame, (*page.click_path, ClickStep(url=page.url, how="frame")))
            self._ways.add(page.page_id, entry, "frame")
        promises = _promises(perception)
        title = " ".join([perception.title, *(heading.text for heading in perception.headings if heading.level == 1)])
        clicks = 0
        for link in perception.links[: self._max_links]:
            if link.kind in ("page", "document") and link.url:
                self._offer_link(link, promises.get(link.selector) or promises.get(link.url) or {}, page, title)
            elif link.kind in ("postback", "script") and clicks < MAX_CLICKS:
                clicks += self._offer_click(link, promises.get(link.selector, {}), page)
        self._frontier.evidenced(found.label for found in perception.labels if found.strength >= STRONG)

    def _offer_link(self, link: Link, promises: Mapping[Label, float], page: PageRecord, title: str) -> None:
        assert link.url is not None
        service = self._services.service_of(link, title)
        if service is not None:
            promises = {**promises, Label.SERVICE_INFO: max(NAMED_SERVICE, promises.get(Label.SERVICE_INFO, 0.0))}
        text = link.caption[:MAX_CAPTION]
        path = (*page.click_path, ClickStep(url=page.url, how="link", text=text))
        entry = self._frontier.offer(link.url, path, place=link.place, promises=promises, service=service)
        self._ways.add(page.page_id, entry, "link", text)

    def _offer_click(self, link: Link, promises: Mapping[Label, float], page: PageRecord) -> bool:
        """A menu entry that only a click follows: worth it from home, or where it promises something."""
        from_home = len(page.click_path) == 1 and link.place in _MENU_PLACES
        if not link.caption or not (from_home or max(promises.values(), default=0.0) >= CLICK_PROMISE):
            return False
        # The same menu stands on every page; one look behind each of its entries is enough.
        target = (link.caption, link.href if link.place in _MENU_PLACES else f"{page.url} {link.selector}")
        if target in self._clicked:
            return False
        self._clicked.add(target)
        text = link.caption[:MAX_CAPTION]
        path = (*page.click_path, ClickStep(url=page.url, how="click", text=text))
        entry = self._frontier.offer(page.url, path, place=link.place, promises=promises, click=link.selector)
        self._ways.add(page.page_id, entry, "click", text)
        return True


def _promises(perception: Perception) -> Mapping[str, dict[Label, float]]:
    """Promises by the selector of their link, and by address for links that stand on a page more than once."""
    table: defaultdict[str, dict[Label, float]] = defaultdict(dict)
    for promise in perception.promises:
        for key in (promise.selector, promise.url):
            if key:
                table[key][promise.label] = max(promise.promise, table[key].get(promise.label, 0.0))
    return table
