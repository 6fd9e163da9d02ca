"""Which controls of the read pages may lead to a login: on home, services' pages, the window, and login pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from snapshot.logins import CAPTION_WORDS, is_login, of_staff
from snapshot.matching import lexicon
from snapshot.perception.models import Form, Link
from snapshot.portal import service_desk, service_pages, service_starts
from snapshot.reader import Page, Snapshot, same_address
from snapshot.start_points import says_request, takes_request
from snapshot.window_pages import named_pages


@dataclass(frozen=True, slots=True)
class LoginCandidate:
    """One control: the page it stands on, its place there, its words, and how it is followed.

    `how` = `address` (a link with one), `click` (a script or postback control) or `send` (a form in which nothing is to
    be typed). `known` is where the visit was led by the address already, with the addresses before it and the status;
    empty where it was not asked for. The numbers of fields are those of the page behind it, None where it was not read.
    """

    page_id: str
    page_url: str
    selector: str
    text: str
    how: Literal["address", "click", "send"]
    url: str = ""
    known: str = ""
    hops: tuple[str, ...] = ()
    status: int | None = None
    password_fields: int | None = None
    request_fields: int | None = None


def login_candidates(snapshot: Snapshot) -> list[LoginCandidate]:
    """Every different control, those that name the national sign-on first, then in the order of the pages.

    An address counts once, wherever it stands; a control without an address once for its words and page.
    """
    found: dict[tuple[str, str], LoginCandidate] = {}
    for page, service in _pages(snapshot):
        for candidate in _on_page(snapshot, page, of_service=service):
            key = ("", same_address(candidate.url)) if candidate.url else (page.page_id, candidate.selector)
            found.setdefault(key, candidate)
    return sorted(found.values(), key=lambda one: not lexicon().has(one.text, "national-sign-on"))


def password_fields(forms: tuple[Form, ...]) -> int:
    """Fields of forms that take a password or one-time code."""
    return sum(field.meaning in ("password", "one-time-code") for form in forms for field in form.fields)


def request_fields(forms: tuple[Form, ...]) -> int:
    """Fields of forms in which a request is handed in."""
    return sum(len(form.fields) for form in forms if takes_request(form))


def _pages(snapshot: Snapshot) -> Iterator[tuple[Page, bool]]:
    """Pages to look at, each once, and whether a service begins there."""
    seen: set[str] = set()
    desk = service_desk(snapshot)
    of_services = [page for service in snapshot.services for page in service_pages(snapshot, service)[:2]]
    starts = [start for service in snapshot.services for start in service_starts(snapshot, service)]
    targets = [start.target for start in starts if start.target is not None]
    others = [page for page in (snapshot.home, *named_pages(snapshot)) if page is not None]
    logins = [page for page in snapshot.pages if is_login(page)]
    for page, service in (
        *((page, True) for page in (*of_services, *targets, *([desk.page] if desk is not None else []))),
        *((page, False) for page in (*others, *logins)),
    ):
        if page.page_id not in seen:
            seen.add(page.page_id)
            yield page, service


def _on_page(snapshot: Snapshot, page: Page, *, of_service: bool) -> Iterator[LoginCandidate]:
    for link in page.perception.links:
        words = f"{link.caption} {link.title}"
        if not link.caption or len(words.split()) > CAPTION_WORDS or of_staff(words):
            continue
        if _says_login(words) or (of_service and link.place == "main" and says_request(words)):
            candidate = _of_link(snapshot, page, link)
            if candidate is not None:
                yield candidate


def _of_link(snapshot: Snapshot, page: Page, link: Link) -> LoginCandidate | None:
    if link.kind in ("script", "postback", "send"):
        how: Literal["click", "send"] = "send" if link.kind == "send" else "click"
        return LoginCandidate(page.page_id, page.url, link.selector, link.caption, how)
    if link.kind != "page" or link.url is None:
        return None
    record = snapshot.record_at(link.url)
    if record is None or record.cause is not None:
        return LoginCandidate(page.page_id, page.url, link.selector, link.caption, "address", link.url)
    # A script may have led on from the address: the browser then stood elsewhere.
    rendering = record.rendering
    shown = rendering.final_url if rendering is not None and rendering.cause is None else record.url
    final = shown if same_address(shown) != same_address(record.url) else record.url
    behind = snapshot.page(record.page_id)
    return LoginCandidate(
        page.page_id,
        page.url,
        link.selector,
        link.caption,
        "address",
        link.url,
        known=final,
        hops=(*record.redirects, *([record.url] if final != record.url else [])),
        status=record.status,
        password_fields=password_fields(behind.perception.forms) if behind is not None else None,
        request_fields=request_fields(behind.perception.forms) if behind is not None else None,
    )


def _says_login(words: str) -> bool:
    groups = lexicon().groups_in(words)
    return bool(groups & {"national-sign-on", "login", "enter-word"})
