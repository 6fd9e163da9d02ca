"""Probe languages: whether the portal offers another language, and whether that is what lies behind the switch."""

import asyncio
from dataclasses import dataclass
from typing import Any

from config.vocabulary import Cause, Label
from crawler.addresses import tidy
from crawler.learning import page_label
from crawler.probes.link_choice import even
from crawler.probes.link_health import judged
from crawler.probes.site import ProbeSite
from snapshot.languages import LanguageLink, language_links, main_script, other_language
from snapshot.models import PageRecord, ProbeResult
from snapshot.perception.models import Perception
from snapshot.reader import Page, Snapshot

MAX_SWITCHES = 5
"""Different targets of language links that are looked at."""
PAGES = 6
"""Pages on which the switch is looked for, home first."""
TIME_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class _Offer:
    """A language link of home; `record` and `page` are what the crawl has of its target."""

    link: LanguageLink
    url: str
    record: PageRecord | None
    page: Page | None


@dataclass(frozen=True, slots=True)
class _Offers:
    home: Page
    offers: tuple[_Offer, ...]
    looked_at: int
    with_switch: int


@dataclass(frozen=True, slots=True)
class _Target:
    """What lies behind a language link. `reachable` and `perception` are None where that could not be told."""

    reachable: bool | None = None
    status: int | None = None
    cause: str | None = None
    perception: Perception | None = None
    asked: bool = False


async def look_at_languages(site: ProbeSite) -> ProbeResult | None:
    """Follow the language links of home; what the crawl has read is not asked for again. None without a home page.

    data: {"home": {"page_id", "lang": the page's own word, "script": latin | arabic | ...}, "pages_looked_at",
    "pages_with_switch": numbers, home among them, "switches": [{"url", "lang": as hreflang or address name it,
    "caption", "selector": where it stands on home, "reachable": bool or None (not told), "status", "cause",
    "target_lang", "script": of the page behind it, "other_language": bool or None, "asked": whether it cost a
    request}]}. A switch that only a script works has no address: what lies behind it is not told.
    """
    loop = asyncio.get_running_loop()
    until = loop.time() + site.crew.settings.max_probe_seconds * TIME_SHARE
    found = await site.seen(_offers)
    if found is None:
        return None
    home = found.home.perception
    switches: list[dict[str, Any]] = []
    for offer in found.offers:
        target = await _behind(site, offer, until - loop.time())
        seen = target.perception
        switches.append(
            {
                "url": offer.url,
                "lang": offer.link.lang,
                "caption": offer.link.link.caption[:60],
                "selector": offer.link.link.selector,
                "reachable": target.reachable,
                "status": target.status,
                "cause": target.cause,
                "target_lang": seen.lang if seen else "",
                "script": main_script(seen.main_text) if seen else "",
                "other_language": other_language(home, seen) if seen else None,
                "asked": target.asked,
            }
        )
    said = {"page_id": found.home.page_id, "lang": home.lang, "script": main_script(home.main_text)}
    counts = {"pages_looked_at": found.looked_at, "pages_with_switch": found.with_switch}
    return ProbeResult(status="done", data={"home": said, **counts, "switches": switches})


def _offers(snapshot: Snapshot) -> _Offers | None:
    home = snapshot.home
    if home is None:
        return None
    others = [page for page in snapshot.pages if page.page_id != home.page_id and page.record.source == "http"]
    pages = [home, *even(others, PAGES - 1)]
    offers = []
    for link in language_links(home)[:MAX_SWITCHES]:
        url = tidy(link.link.url or "") if link.link.kind == "page" else ""
        record = snapshot.record_at(url) if url else None
        offers.append(_Offer(link, url, record, snapshot.page(record.page_id) if record is not None else None))
    with_switch = sum(bool(language_links(page)) for page in pages)
    return _Offers(home, tuple(offers), len(pages), with_switch)


async def _behind(site: ProbeSite, offer: _Offer, seconds: float) -> _Target:
    """What the crawl knows of the target, else one fetch of it on the portal's own hosts."""
    if offer.page is not None:
        return _Target(reachable=True, status=offer.page.record.status, perception=offer.page.perception)
    if offer.record is not None:
        reachable, cause = _reachable(offer.record.cause, offer.record.page_type)
        return _Target(reachable, offer.record.status, cause)
    if not offer.url or offer.url not in site.own or seconds <= 0:
        return _Target()
    try:
        fetched = await asyncio.wait_for(site.fetcher.fetch(offer.url, site.own), seconds)
    except TimeoutError:
        return _Target(cause=Cause.BUDGET.value, asked=True)
    answer = fetched.answer
    seen = None
    if answer.body and answer.status is not None:
        seen = await site.crew.perceiver.look(answer.body, fetched.url, answer.content_type)
    reachable, cause = _reachable(fetched.cause, page_label(seen) if seen else Label.OTHER)
    shell = seen is not None and seen.signals.script_shell
    return _Target(reachable, answer.status, cause, seen if reachable and not shell else None, asked=True)


def _reachable(cause: Cause | None, page_type: Label) -> tuple[bool | None, str | None]:
    outcome, said = judged(cause, page_type, on_home=True)
    return {"ok": True, "broken": False, "untold": None}[outcome], said
