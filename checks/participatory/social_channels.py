"""Official channels of the agency in social networks, and whether the portal itself shows that they are in use."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from snapshot.filters import is_news
from snapshot.perception.models import Link
from snapshot.places import inside
from snapshot.reader import Page, Snapshot

POST_REACH = 3
"""Elements above a date that can be the row of the post that it dates."""
_NETWORKS = frozenset(
    (
        "ble.ir", "bale.ai", "eitaa.com", "eitaa.ir", "splus.ir", "sapp.ir", "rubika.ir", "igap.net", "gap.im", "t.me",
        "telegram.me", "instagram.com", "x.com", "twitter.com", "facebook.com", "linkedin.com", "youtube.com",
        "aparat.com",
    )
)  # fmt: skip
_SHARING = frozenset(("share", "sharer", "sharer.php", "sharearticle", "intent", "dialog", "share.php", "joinchat"))
"""First parts of addresses that share a page with others; such a button is no channel."""


@dataclass(frozen=True, slots=True)
class SocialChannel:
    """A link to a channel; `day` is the text of a recent date beside one of its posts, empty where none is shown."""

    page: Page
    link: Link
    host: str
    day: str = ""


def social_channels(snapshot: Snapshot, since: date) -> list[SocialChannel]:
    """Channels that the portal links to, those with a post dated since `since` first."""
    found: list[SocialChannel] = []
    for page in snapshot.pages:
        if is_news(page.perception):
            continue
        recent = [
            (one.selector, one.text)
            for one in page.perception.dates
            if one.kind not in ("clock", "updated") and since <= one.day < snapshot.as_of.date()
        ]
        for link, host in _links(page):
            day = next((text for selector, text in recent if _beside(selector, link)), "")
            if day or page is snapshot.home:
                found.append(SocialChannel(page, link, host, day))
    return sorted(found, key=lambda one: not one.day)


def _links(page: Page) -> Iterator[tuple[Link, str]]:
    for link in page.perception.links:
        parts = urlsplit(link.url or "")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
        path = [part.lower() for part in parts.path.split("/") if part]
        if host in _NETWORKS and path and path[0] not in _SHARING:
            yield link, host


def _beside(selector: str, link: Link) -> bool:
    """Whether a date stands in the same row or card as a link to one post (an address below the channel's own)."""
    if len([part for part in urlsplit(link.url or "").path.split("/") if part]) < 2:
        return False
    steps = selector.split(" > ")
    rows = (" > ".join(steps[:-up]) if up else selector for up in range(POST_REACH + 1) if len(steps) - up > 3)
    return any(inside(link.selector, row) for row in rows)
