"""Where visitors of a portal log in: the agency's own accounts, its own sign-on, and the national one."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from config.vocabulary import Cause
from snapshot.filters import is_visible
from snapshot.hosts import OwnHosts
from snapshot.matching import lexicon
from snapshot.perception.models import Form, Link
from snapshot.reader import Page, Snapshot, same_address
from snapshot.service_desk import for_staff
from snapshot.sign_on import SignOn, in_national_window, sign_on_at, split_address
from snapshot.text import squeeze

PROBE = "login-path"
"""The probe that follows login links to where they lead (see crawler.probes.login_path)."""
CAPTION_WORDS = 12
"""Words of a caption up to which it names a thing to press."""
MANY_PAGES = 4
"""Pages with the same login from which it can be a box of the whole portal."""
BANNER_PAGES = 3
"""Pages with the same link to the national window from which it can be a banner of the whole portal."""
LoginKind = Literal["own", "sign-on", "national", "national-link"]


@dataclass(frozen=True, slots=True)
class Login:
    """One way to log in, where it is seen.

    `own` = an account of this system; `sign-on` = a sign-on server of the agency's own; `national` = the national
    sign-on, proven by client and return address; `national-link` = only its name or logo with a link. Logins with the
    same `key` are one and the same. `cause` says why a link could not be followed.
    """

    kind: LoginKind
    key: str
    page: Page
    selector: str
    quote: str
    cause: Cause | None = None


def logins_on(snapshot: Snapshot, page: Page) -> tuple[Login, ...]:
    """Every login that a page offers in its content, in page order: forms first, then links to a sign-on.

    The login of the agency's own staff is none, nor are links in menus, headers and footers: they stand on every page.
    """
    return snapshot.derived(_all_logins).get(page.page_id, ())


def login_behind(snapshot: Snapshot, page: Page, link: Link) -> Login | None:
    """The sign-on that a link itself leads to, off the portal; None where it leads to none."""
    sign_on, cause = _followed(snapshot, page, link)
    words = f"{link.caption} {link.title}"
    if sign_on is None:
        named = len(words.split()) <= CAPTION_WORDS and lexicon().has(words, "national-sign-on")
        to_window = link.url is not None and in_national_window(link.url)
        if not named or not (to_window or _says_login(words)) or _read_own(snapshot, link):
            return None
        return Login("national-link", "national-link", page, link.selector, link.caption, cause)
    if sign_on.national:
        if not sign_on.proven:
            return Login("national-link", "national-link", page, link.selector, link.caption, cause)
        key = f"national {sign_on.client or sign_on.returns_to}"
        return Login("national", key, page, link.selector, link.caption)
    return Login("sign-on", f"sign-on {sign_on.host}", page, link.selector, link.caption)


def login_key(snapshot: Snapshot, url: str, action: str = "") -> str:
    """The key of the agency's own login at an address: where it is sent to, without query, and whose account it wants.

    Systems that share one script may have accounts of their own; the captions of links to them say so.
    """
    parts = split_address(action or url)
    place = f"{parts[0].removeprefix('www.')}{parts[1].rstrip('/')}" if parts else url
    account = snapshot.derived(_accounts).get(same_address(url), "")
    return f"own {place} {account}".rstrip()


def led_to(snapshot: Snapshot, page: Page, link: Link) -> Mapping[str, Any] | None:
    """What the probe login-path recorded of a control; None where it did not follow it."""
    return _probed(snapshot, page, link)


def is_login(page: Page) -> bool:
    """Whether a page is there to log in."""
    perception = page.perception
    return perception.page_type == "login" or any(_secret(form) and form.place == "main" for form in perception.forms)


def of_staff(*texts: str) -> bool:
    """Whether texts say that a login or system is for the agency's own staff."""
    words = lexicon()
    return any(words.has(text, group) for text in texts for group in ("staff-login", "desk-staff", "staff-service"))


def _all_logins(snapshot: Snapshot) -> Mapping[str, tuple[Login, ...]]:
    """By page. A login box that stands on most pages is no page's own: it says nothing of what is found there."""
    found = _without_banners({page.page_id: tuple(_on_page(snapshot, page)) for page in snapshot.pages})
    counts = Counter(key for logins in found.values() for key in {login.key for login in logins if login.kind == "own"})
    boxes = {key for key, count in counts.items() if count >= MANY_PAGES and count * 2 > len(found)}
    for page in snapshot.pages if boxes else ():
        if not any(lexicon().has(head, "login") for head in _heads(page)[:2]):
            found[page.page_id] = tuple(login for login in found[page.page_id] if login.key not in boxes)
    return found


def _without_banners(found: Mapping[str, tuple[Login, ...]]) -> dict[str, tuple[Login, ...]]:
    """Logins without links to the national window that stand on most pages and say nothing of logging in.

    Such a link is a banner (rubric I04), also on the page of a login, and where no landmark tells the footer apart.
    """
    links = [{one.quote for one in logins if one.kind == "national-link"} for logins in found.values()]
    counts = Counter(quote for quotes in links for quote in quotes if not _says_login(quote))
    banners = {quote for quote, count in counts.items() if count >= BANNER_PAGES and count * 2 > len(found)}
    return {
        page_id: tuple(one for one in logins if one.kind != "national-link" or one.quote not in banners)
        for page_id, logins in found.items()
    }


def _on_page(snapshot: Snapshot, page: Page) -> Iterator[Login]:
    perception = page.perception
    heads = _heads(page)
    if of_staff(*heads) or for_staff(page):
        return
    found = False
    for form in perception.forms:
        national = _national_button(page, form)
        if national is not None:
            found = True
            yield national
        if _secret(form) and is_visible(page, form.selector) and not of_staff(form.heading, *form.submits):
            # A corner of the header is every page's login; it is this page's own where nothing else is there.
            if form.place != "main" and perception.page_type != "login":
                continue
            found = True
            yield Login("own", login_key(snapshot, page.url, form.action), page, form.selector, _quote(form))
    for link in perception.links:
        if link.place == "main" and not of_staff(link.caption) and is_visible(page, link.selector):
            behind = login_behind(snapshot, page, link)
            if behind is not None:
                found = True
                yield behind
    if not found and (perception.page_type == "login" or _named_entry(page, heads)):
        quote = perception.signals.login or perception.title
        yield Login("own", login_key(snapshot, page.url), page, perception.main_selector, quote)


def _heads(page: Page) -> list[str]:
    """What a page calls itself: title and first headings."""
    perception = page.perception
    return [perception.title, *(heading.text for heading in perception.headings if heading.place == "main")][:3]


def _followed(snapshot: Snapshot, page: Page, link: Link) -> tuple[SignOn | None, Cause | None]:
    """The sign-on server behind a link: by its address, by where a visit was sent on to, by what the probe saw."""
    if link.url is not None:
        direct = sign_on_at(link.url)
        if direct is not None and (direct.national or link.url not in OwnHosts.of(snapshot.agency) or direct.proven):
            return direct, None
        record = snapshot.record_at(link.url)
        if record is not None and (sent_on := sign_on_at(record.url)) is not None and not _same(record.url, link.url):
            return sent_on, None
    probed = _probed(snapshot, page, link)
    if probed is None:
        return None, None
    cause = Cause(probed["cause"]) if probed.get("cause") else None
    host = str(probed.get("final_host") or "")
    if probed.get("national"):
        client, returns_to = str(probed.get("client_id") or ""), str(probed.get("redirect_uri_host") or "")
        return SignOn(host=host, national=True, client=client, returns_to=returns_to), cause
    return sign_on_at(str(probed.get("final_url") or "")), cause


def _probed(snapshot: Snapshot, page: Page, link: Link) -> Mapping[str, Any] | None:
    entries = snapshot.derived(_probe_entries)
    here = entries.get((page.page_id, link.selector))
    return here if here is not None or link.url is None else entries.get(("", same_address(link.url)))


def _probe_entries(snapshot: Snapshot) -> Mapping[tuple[str, str], Mapping[str, Any]]:
    """What the probe saw, by page and selector, and by the address that a link names."""
    probe = snapshot.probe(PROBE)
    table: dict[tuple[str, str], Mapping[str, Any]] = {}
    for entry in probe.data.get("entries", ()) if probe is not None and probe.status == "done" else ():
        table[(str(entry.get("page_id") or ""), str(entry.get("selector") or ""))] = entry
        if entry.get("url"):
            table.setdefault(("", same_address(str(entry["url"]))), entry)
    return table


def _accounts(snapshot: Snapshot) -> Mapping[str, str]:
    """Whose account a link's target asks for, where the link's words say so: «سامانه ثبت (ورود با حساب ثبت)»."""
    found: dict[str, str] = {}
    for page in snapshot.pages:
        for link in page.perception.links:
            if link.url is None or link.place != "main":
                continue
            told = lexicon().words(link.caption, "own-account")
            if told:
                found.setdefault(same_address(link.url), squeeze(link.caption[told[0].start :]))
    return found


def _national_button(page: Page, form: Form) -> Login | None:
    """A control that names the national sign-on in a form of the agency's own: nobody presses it, so it is no proof."""
    caption = next((caption for caption in form.submits if lexicon().has(caption, "national-sign-on")), "")
    return Login("national-link", "national-link", page, form.selector, caption) if caption else None


def _named_entry(page: Page, heads: list[str]) -> bool:
    """A form on a page that is called the login of a system: it asks for a number plate, a file or the like."""
    asks = any(form.place == "main" and form.submits for form in page.perception.forms)
    return asks and any(lexicon().has(head, "login") for head in heads)


def _says_login(text: str) -> bool:
    return any(lexicon().has(text, group) for group in ("service-start", "login"))


def _read_own(snapshot: Snapshot, link: Link) -> bool:
    """Whether the link leads to a page of the portal that was read: what that page offers is said there."""
    target = snapshot.page_at(link.url) if link.url else None
    return target is not None and target.url in OwnHosts.of(snapshot.agency)


def _secret(form: Form) -> bool:
    return form.has("password") or form.has("one-time-code")


def _quote(form: Form) -> str:
    labels = [field.label or field.placeholder for field in form.fields if field.meaning in ("user-name", "password")]
    return " · ".join(part for part in (form.heading, *labels, *form.submits[:2]) if part)


def _same(one: str, other: str) -> bool:
    return same_address(one) == same_address(other)
