"""How many clicks each page is away from home, by every way that the pages read in a visit show."""

from collections import deque

from snapshot.reader import Page, Snapshot, same_address
from snapshot.service_pages import page_table


def clicks_from_home(snapshot: Snapshot, page: Page) -> int | None:
    """Fewest clicks from home to a page; None where no way was seen (only the sitemap or the register names it)."""
    return snapshot.derived(_clicks).get(page.page_id)


def _clicks(snapshot: Snapshot) -> dict[str, int]:
    """Breadth first from home; a frame costs no click. Ways that the browser clicked stand in the click paths."""
    clicked = {page.page_id: page.click_depth for page in snapshot.pages}
    clicks = {page_id: depth for page_id, depth in clicked.items() if depth is not None}
    table = snapshot.derived(page_table)
    if snapshot.home is not None:
        clicks[snapshot.home.page_id] = 0
    queue = deque(sorted((page for page in snapshot.pages if page.page_id in clicks), key=lambda p: clicks[p.page_id]))
    while queue:
        page = queue.popleft()
        depth = clicks[page.page_id]
        steps = [(url, 0) for url in page.perception.frames]
        steps += [(link.url, 1) for link in page.perception.links if link.url and link.kind in ("page", "document")]
        for url, cost in steps:
            target = table.get(same_address(url))
            if target is not None and depth + cost < clicks.get(target.page_id, depth + cost + 1):
                clicks[target.page_id] = depth + cost
                queue.append(target)
    return clicks
