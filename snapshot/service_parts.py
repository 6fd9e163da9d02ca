"""Which part of a page speaks of one service, where a page speaks of several."""

from config.models import Service
from snapshot.places import position
from snapshot.reader import Page, Snapshot
from snapshot.service_pages import best_service

Part = tuple[tuple[int, ...] | None, tuple[int, ...] | None]
"""Document positions between which a service is spoken of; None = to the page's edge."""
WHOLE: Part = (None, None)


def family(snapshot: Snapshot, service: Service) -> frozenset[str]:
    """A service with its parent and its sub-services: what one has, the others have."""
    below = {other.id for other in snapshot.services if other.parent == service.id}
    return frozenset({service.id, *below, *([service.parent] if service.parent else [])})


def part_of(snapshot: Snapshot, service: Service, page: Page) -> Part:
    """The part of a page between the heading that names this service and the next that names another one."""
    kin = family(snapshot, service)
    marks = [
        (position(heading.selector), named.id)
        for heading in page.perception.headings
        if heading.place == "main" and (named := best_service(heading.text, snapshot.services)[0]) is not None
    ]
    if all(named in kin for _, named in marks):
        return WHOLE
    ours = [at for at, named in marks if named == service.id] or [at for at, named in marks if named in kin]
    if not ours:
        return WHOLE
    return ours[0], min((at for at, named in marks if named not in kin and at > ours[0]), default=None)


def within(part: Part, selector: str) -> bool:
    """Whether an element stands in a part."""
    start, end = part
    at = position(selector)
    return (start is None or at > start) and (end is None or at < end)
