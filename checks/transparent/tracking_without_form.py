"""Tracking that shows itself without a form: login pages that name it, ways to one, and codes that pages speak of."""

from collections.abc import Iterator

from checks.transparent.service_links import own_pages, services_of
from checks.transparent.tracking_claims import Claim
from checks.transparent.tracking_forms import is_of_goods
from checks.transparent.tracking_texts import (
    Said,
    code_without_form,
    posted_item,
    sent_by_post,
    services_in,
    statements,
    told_behind_login,
)
from config.models import Service
from config.vocabulary import Cause, Label
from snapshot.filters import is_news
from snapshot.hosts import OwnHosts
from snapshot.matching import lexicon
from snapshot.perception.models import Link
from snapshot.reader import Page, Snapshot
from snapshot.service_parts import family

_STRANGE = frozenset({"tracking-lease", "tracking-not-possible", "tracking-complaint", "tracking-parcel"})
CAPTION_WORDS = 7
"""Words of a caption up to which it names a thing to use; longer ones are titles of texts."""
GATE_WORDS = 60
"""Words up to which a page without a form can be the gate before a login."""


def claims_without_form(snapshot: Snapshot, service: Service) -> list[Claim]:
    """The claims of login pages, of ways that end before a login, and of sentences about codes, for this service."""
    claims = [*_login_claims(snapshot, service), *_way_claims(snapshot, service)]
    said = code_without_form(snapshot, service) or _said_for_all(snapshot, service)
    if said is not None:
        evidence = (said.page.evidence(said.selector, said.text),)
        claims.append(Claim(0.25, "code_without_form", evidence, 0.65, tied=True, data={"said": said.text[:200]}))
    parcel = posted_item(snapshot, service)
    if parcel is not None and sent_by_post(snapshot, service) is not None:
        evidence = (parcel.page.evidence(parcel.selector, parcel.text),)
        claims.append(Claim(0.25, "parcel", evidence, 0.6, tied=True, data={"form": parcel.text[:200]}))
    told = told_behind_login(snapshot, service)
    if told is not None:
        evidence = (told.page.evidence(told.selector, told.text),)
        data = {"said": told.text[:200]}
        claims.append(Claim(0.25, "behind_account", evidence, 0.6, ceiling=1.0, tied=True, data=data))
    return claims


def names_request_tracking(text: str) -> bool:
    """Whether a text names the tracking of requests, and not that of parcels, orders, goods or the staff's affairs."""
    words = lexicon()
    if words.has(text, "tracking-staff"):
        return False
    if words.has(text, "tracking-inbox"):
        return True
    requested = words.has(text, "tracking-request-noun")
    named = words.has(text, "tracking-word") or (requested and words.has(text, "tracking-state"))
    return named and not words.has(text, "tracking-parcel") and (requested or not is_of_goods(text))


def _login_claims(snapshot: Snapshot, service: Service) -> Iterator[Claim]:
    """Login pages that themselves name tracking: seen is the name, unknown is what lies behind."""
    for named in snapshot.derived(_naming_logins):
        if not _of_others(snapshot, service, named.page):
            evidence = (named.page.evidence(named.selector, named.text),)
            yield Claim(0.5, "login_names_tracking", evidence, 0.7, ceiling=1.0, data={"said": named.text[:200]})


def _way_claims(snapshot: Snapshot, service: Service) -> Iterator[Claim]:
    """Links that name tracking and end before a login that does not, or in a system that is not the agency's."""
    own = {page.page_id for page in own_pages(snapshot, service)}
    for page, link, at_login in snapshot.derived(_unseen_ways):
        of_service = page.page_id in own and link.place == "main"
        if of_service or (at_login and not _of_others(snapshot, service, page)):
            evidence = (page.evidence(link.selector, link.caption),)
            data = {"said": link.caption}
            yield Claim(0.25, "tracking_unseen", evidence, 0.6, ceiling=1.0, tied=of_service, data=data)


def _said_for_all(snapshot: Snapshot, service: Service) -> Said | None:
    """A code that the desk's own guide promises for every request."""
    promises = snapshot.derived(_general_promises)
    kin = family(snapshot, service)
    for said in promises:
        named = services_in(snapshot, said.text)
        if not _of_others(snapshot, service, said.page) and (not named or named & kin):
            return said
    return None


def _general_promises(snapshot: Snapshot) -> list[Said]:
    found: list[Said] = []
    for page in snapshot.pages_with(Label.SERVICE_TRACKING):
        if is_news(page.perception):
            continue
        for said in statements(page):
            groups = lexicon().groups_in(said.text)
            given = groups & {"tracking-code-origin", "tracking-by-phone"}
            if groups >= {"tracking-code-word", "tracking-request"} and given and not groups & _STRANGE:
                found.append(said)
                break
    return found


def _naming_logins(snapshot: Snapshot) -> list[Said]:
    """Login pages that name tracking, by the words that do."""
    logins = [page for page in snapshot.pages if _is_login(page) and not is_news(page.perception)]
    return [named for page in logins if (named := _naming(page)) is not None]


def _unseen_ways(snapshot: Snapshot) -> list[tuple[Page, Link, bool]]:
    """Links that name tracking and end at a login (True), or stand in content and leave the portal (False)."""
    own_hosts = OwnHosts.of(snapshot.agency)
    found: list[tuple[Page, Link, bool]] = []
    for page in snapshot.pages:
        if is_news(page.perception):
            continue
        for link in page.perception.links:
            if link.url and _names_tracking_briefly(link):
                at_login = _ends_at_login(snapshot, link.url)
                outside = link.place == "main" and link.kind == "page" and link.url not in own_hosts
                if at_login or outside:
                    found.append((page, link, at_login))
    return found


def _is_login(page: Page) -> bool:
    perception = page.perception
    if perception.page_type == "login" or any(f.has("password") and f.place == "main" for f in perception.forms):
        return True
    return _only_leads_to_login(page)


def _only_leads_to_login(page: Page) -> bool:
    """A short page without a form whose content asks to log in, and whose link for it leads to the single sign-on."""
    perception = page.perception
    if any(form.place == "main" for form in perception.forms) or len(perception.main_text.split()) > GATE_WORDS:
        return False
    ways = {promise.selector for promise in perception.promises if promise.label == Label.SSO_LOGIN}
    return any(link.place == "main" and link.selector in ways for link in perception.links)


def _of_others(snapshot: Snapshot, service: Service, page: Page) -> bool:
    owners = services_of(snapshot, page, page.perception.title)
    return bool(owners) and not owners & family(snapshot, service)


def _naming(page: Page) -> Said | None:
    """The words of a login page that name tracking, unless its title keeps it for the staff."""
    perception = page.perception
    heads = [(heading.selector, heading.text) for heading in perception.headings if heading.place == "main"]
    if any(lexicon().has(text, "tracking-staff") for text in (perception.title, *(text for _, text in heads))):
        return None
    forms = [(form.selector, " ".join((form.heading, *form.submits))) for form in perception.forms]
    links = [(link.selector, link.caption) for link in perception.links if link.place == "main"]
    texts = [(said.selector, said.text) for said in statements(page)]
    for selector, text in (("html > body", perception.title), *heads, *forms, *links, *texts):
        if names_request_tracking(text):
            return Said(page, selector, text)
    return None


def _names_tracking_briefly(link: Link) -> bool:
    return len(link.caption.split()) <= CAPTION_WORDS and names_request_tracking(link.caption)


def _ends_at_login(snapshot: Snapshot, url: str) -> bool:
    record = snapshot.record_at(url)
    if record is None:
        return False
    return record.cause in (Cause.LOGIN, Cause.CAPTCHA) or record.page_type == Label.LOGIN
