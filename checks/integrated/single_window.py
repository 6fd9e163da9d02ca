"""Check single-window: does one entry with one login lead to several services of the agency?"""

from typing import Any

from checks.base import Result, at_level, check, unknown
from config.vocabulary import Cause
from snapshot.models import Evidence
from snapshot.portal import service_starts, unseen_window
from snapshot.portal import single_window as window_of
from snapshot.reader import Snapshot
from snapshot.single_window import SingleWindow

CITED = 5


@check(
    id="single-window",
    scope="portal",
    labels=("single-window", "services-list"),
    probes=("login-path",),
    version=1,
    messages={
        "one_login": {
            "fa": "«{window}» با یک ورود به {count} خدمت دستگاه می‌رسد.",
            "en": "“{window}” leads with one login to {count} services of the agency.",
        },
        "scattered": {
            "fa": "«{window}» به {accounts} سامانه پیوند می‌دهد که هر یک ورود جدا دارد. همه را پشت یک ورود بیاورید.",
            "en": "“{window}” links to {accounts} systems, each with a login of its own. Put them behind one login.",
        },
        "announced": {
            "fa": "«{window}» نام پنجره واحد دارد، اما دیده نشد که با یک ورود به چند خدمت برسد. "
            "خدمات آن را با یک ورود مشترک در همان صفحه نشان دهید.",
            "en": "“{window}” is called a single window, but one login to several services was not seen there. "
            "Show its services, behind one shared login, on that page.",
        },
        "behind_login": {
            "fa": "«{window}» تنها صفحه ورود را نشان می‌دهد و خدمات پشت آن دیده نمی‌شود. "
            "فهرست خدمات پنجره را پیش از ورود نیز نشان دهید.",
            "en": "“{window}” shows only its login, and the services behind it cannot be seen. Show the list of its "
            "services before the login too.",
        },
        "unread": {
            "fa": "پیوند «{window}» به پنجره واحد اشاره دارد، اما آن صفحه خوانده نشد.",
            "en": "The link “{window}” speaks of a single window, but its page could not be read.",
        },
        "strange_host": {
            "fa": "پیوند «{window}» به میزبانی می‌رسد که در فهرست درگاه‌های دستگاه نیست ({url}). "
            "اگر از آن دستگاه است، آن را در extra_hosts اعلام کنید.",
            "en": "The link “{window}” leads to a host that the register does not name ({url}). If it is the agency's "
            "own, declare it in extra_hosts.",
        },
        "none": {
            "fa": "پنجره واحد دستگاه یافت نشد. خدمات را پشت یک ورود مشترک گرد آورید.",
            "en": "No single window of the agency was found. Bring the services together behind one shared login.",
        },
    },
)
def single_window(snapshot: Snapshot) -> Result:
    """Whether the agency has one entry with one login to several of its services.

    What it looks for: a page called single window, or the login that at least two services share (national sign-on, the
    agency's own, or the one account of the only system); else a page that is only announced, or a list of systems
    each with its own login.
    Why it matters: who logs in once sees all requests in one place and is asked for nothing twice.
    How to fix: let every service begin at one login; show the services of the window before the login.
    Known limits: what lies behind the login is not seen. Windows for foreign trade, windows in a building, news and the
    national window are none; a window on a host that the register does not name needs its declaration.
    """
    window = window_of(snapshot)
    if window is None:
        return _absent(snapshot)
    evidence = window_evidence(window)
    data: dict[str, Any] = {"window": window.quote, "count": len(window.reached), "accounts": window.accounts}
    if window.one_login:
        sure = 0.9 if window.named else 0.75
        return at_level(1, "one_login", evidence=evidence, confidence=sure, **data)
    if window.behind_login:
        return at_level(0.5, "behind_login", evidence=evidence, confidence=0.6, ceiling=1.0, **data)
    if window.accounts > 1:
        return at_level(0.5, "scattered", evidence=evidence, confidence=0.7, **data)
    return at_level(
        0.5, "announced", evidence=evidence, confidence=0.65, ceiling=1.0 if window.unseen else None, **data
    )


def window_evidence(window: SingleWindow) -> list[Evidence]:
    """The window's page, its login, and some of the services it reaches."""
    cited = [window.page.evidence(window.selector, window.quote)]
    if window.login is not None and window.login.page.page_id != window.page.page_id:
        cited.append(window.login.page.evidence(window.login.selector, window.login.quote))
    cited += [found.page.evidence(found.selector, found.quote) for found in window.reached[:CITED]]
    return cited


def _absent(snapshot: Snapshot) -> Result:
    """No window: unknown where one is named that could not be read, or where the starts of services could not."""
    unseen = unseen_window(snapshot)
    if unseen is not None:
        key = "strange_host" if unseen.cause == Cause.NEEDS_DECLARATION else "unread"
        evidence = [unseen.page.evidence(unseen.link.selector, unseen.link.caption)]
        return unknown(
            unseen.cause, key, evidence=evidence, ceiling=1.0, window=unseen.link.caption, url=unseen.link.url or ""
        )
    starts = [start for service in snapshot.services for start in service_starts(snapshot, service)]
    lost = [start for start in starts if start.kind == "unread" and start.cause is not None]
    if lost and not any(start.living for start in starts):
        evidence = [lost[0].page.evidence(lost[0].selector, lost[0].quote)]
        return unknown(lost[0].cause or Cause.BUDGET, "unread", evidence=evidence, ceiling=1.0, window=lost[0].quote)
    return at_level(0, "none", confidence=0.8)
