"""The pages that probes look at in place of the whole portal: home, a page of one service, a page with a form."""

from dataclasses import dataclass
from typing import Literal

from snapshot.filters import is_news
from snapshot.perception.models import Form
from snapshot.portal import service_pages
from snapshot.reader import Page, Snapshot
from snapshot.service_pages import owners

MAX_MENU_ENTRIES = 40
FEWEST_ENTRIES = 3
_LEADING = ("page", "script", "postback")
SIDE_MEANINGS = frozenset({"search", "captcha", "other"})
"""Fields by which a form is no matter of its own: a search box, a newsletter."""


@dataclass(frozen=True, slots=True)
class SamplePage:
    """One page of the sample. `form` is the form to look at, `fields` its field names, `service` the service's id."""

    kind: Literal["home", "service", "form"]
    page_id: str
    url: str
    service: str | None = None
    form: str | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """The pages, home first, and the menu of home as (caption, address or "") in the order of the page."""

    pages: tuple[SamplePage, ...]
    menu: tuple[tuple[str, str], ...] = ()


def sample_of(snapshot: Snapshot) -> Sample:
    """Home, the page of the first service that has one of its own, and the page with the form that asks for most.

    A form with a captcha comes first, since it is the one that may shut people out; a login is taken only where the
    portal has no other form. What was not read is left out: the sample is empty where home was not.
    """
    home = snapshot.home
    if home is None:
        return Sample(())
    pages = [SamplePage("home", home.page_id, home.url)]
    service = _service_page(snapshot, home)
    if service is not None:
        pages.append(service)
    form = _form_page(snapshot)
    if form is not None:
        pages.append(form)
    return Sample(tuple(pages), _menu(home))


def _menu(home: Page) -> tuple[tuple[str, str], ...]:
    """The ways around the portal that home offers: its menu, failing that the links of its header."""
    for place in ("menu", "header"):
        links = [one for one in home.perception.links if one.place == place and one.kind in _LEADING]
        named = [(link.caption, link.url or "") for link in links if sum(map(str.isalnum, link.caption)) > 1]
        if len(named) >= FEWEST_ENTRIES:
            return tuple(dict.fromkeys(named))[:MAX_MENU_ENTRIES]
    return ()


def _service_page(snapshot: Snapshot, home: Page) -> SamplePage | None:
    for service in snapshot.services:
        if service.flags & {"internal", "stopped"}:
            continue
        for page in service_pages(snapshot, service):
            own = any(owner.id == service.id for owner in owners(snapshot, page))
            if own and page is not home and page.perception.page_type not in ("document", "login"):
                return SamplePage("service", page.page_id, page.url, service.id)
    return None


def _form_page(snapshot: Snapshot) -> SamplePage | None:
    found: list[tuple[tuple[bool, bool, int], Page, Form]] = []
    for page in snapshot.pages:
        perception = page.perception
        if is_news(perception) or perception.page_type in ("document", "search-results"):
            continue
        for form in perception.forms:
            meanings = {field.meaning for field in form.fields}
            if form.place == "main" and form.submits and meanings - SIDE_MEANINGS:
                rank = ("password" not in meanings, "captcha" in meanings, min(len(form.fields), 8))
                found.append((rank, page, form))
    if not found:
        return None
    _, page, form = max(found, key=lambda entry: entry[0])
    names = tuple(field.name for field in form.fields if field.name)
    return SamplePage("form", page.page_id, page.url, form=form.selector, fields=names)
