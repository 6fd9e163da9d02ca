"""What a page that was read gives the visit: new addresses with their promises, and labels that it evidenced."""

from collections import defaultdict
from collections.abc import Mapping

from config.models import Service
from config.vocabulary import Label
from crawler.frontier import STRONG, Frontier
from crawler.service_links import ServiceLinks
from snapshot.models import ClickStep
from snapshot.perception.models import Link, Perception

SERVICE_LABELS = (Label.SERVICE_INFO, Label.SERVICE_PROCESS, Label.SERVICE_TRACKING)
"""Labels that a registered service's own address, or a link with its title, promises for that service."""
NAMED_SERVICE = 0.8
"""Promise of a link that names a registered service."""
CLICK_PROMISE = 0.3
"""Promise from which a menu entry without an address is clicked in the browser."""
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

    def __init__(self, frontier: Frontier, services: tuple[Service, ...], *, max_links: int) -> None:
        self._frontier = frontier
        self._services = ServiceLinks(services)
        self._max_links = max_links

    def learn(self, perception: Perception, path: tuple[ClickStep, ...], base: str) -> None:
        """Take up a page's frames, links and evidence. `base` is the page's address, `path` the way to it."""
        for frame in perception.frames[:20]:
            self._frontier.offer(frame, (*path, ClickStep(url=base, how="frame")))
        promises = _promises(perception)
        clicks = 0
        for link in perception.links[: self._max_links]:
            if link.kind in ("page", "document") and link.url:
                self._offer_link(link, promises.get(link.selector) or promises.get(link.url) or {}, path, base)
            elif link.kind in ("postback", "script") and clicks < MAX_CLICKS:
                clicks += self._offer_click(link, promises.get(link.selector, {}), path, base)
        self._frontier.evidenced(found.label for found in perception.labels if found.strength >= STRONG)

    def _offer_link(self, link: Link, promises: Mapping[Label, float], path: tuple[ClickStep, ...], base: str) -> None:
        service = self._services.service_of(link)
        if service is not None:
            promises = {
                **promises,
                **{label: max(NAMED_SERVICE, promises.get(label, 0.0)) for label in SERVICE_LABELS[:1]},
            }
        step = ClickStep(url=base, how="link", text=link.caption[:200])
        assert link.url is not None
        self._frontier.offer(link.url, (*path, step), place=link.place, promises=promises, service=service)

    def _offer_click(self, link: Link, promises: Mapping[Label, float], path: tuple[ClickStep, ...], base: str) -> bool:
        """A menu entry that only a click follows: worth it from home, or where it promises something."""
        from_home = len(path) == 1 and link.place in _MENU_PLACES
        if not link.caption or not (from_home or max(promises.values(), default=0.0) >= CLICK_PROMISE):
            return False
        step = ClickStep(url=base, how="click", text=link.caption[:200])
        self._frontier.offer(base, (*path, step), place=link.place, promises=promises, click=link.selector)
        return True


def _promises(perception: Perception) -> Mapping[str, dict[Label, float]]:
    """Promises by the selector of their link, and by address for links that stand on a page more than once."""
    table: defaultdict[str, dict[Label, float]] = defaultdict(dict)
    for promise in perception.promises:
        for key in (promise.selector, promise.url):
            if key:
                table[key][promise.label] = max(promise.promise, table[key].get(promise.label, 0.0))
    return table
