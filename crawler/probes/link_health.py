"""Probe link-health: how many of the portal's own links lead nowhere, by a sample."""

import asyncio
from collections import Counter
from functools import partial
from typing import Any, Literal

from config.vocabulary import Cause, Label
from crawler.addresses import host_of
from crawler.fetching import Fetched
from crawler.learning import page_label
from crawler.probes.link_choice import ChosenLink, choose_links
from crawler.probes.site import ProbeSite
from crawler.sampling import refused_by_us
from snapshot.models import ProbeResult

Outcome = Literal["ok", "broken", "untold"]

TIME_SHARE = 0.8
"""Share of a probe's time after which no further link is asked for."""
SILENT = frozenset({Cause.DNS, Cause.TIMEOUT, Cause.REFUSED, Cause.TLS})
"""Causes without an HTTP answer: broken only where the portal's home answers afterwards."""
_UNTOLD = frozenset({Cause.BLOCKED, Cause.CAPTCHA, Cause.LOGIN, Cause.ROBOTS, Cause.BUDGET, Cause.CRASH})
_WORKS = frozenset({Cause.TOO_LARGE, Cause.MISSING_ARTEFACT})


async def check_links(site: ProbeSite) -> ProbeResult | None:
    """Look where a sample of own links leads; what the crawl has read is not asked for again. None without links.

    data: {"links": [{"url", "stratum": menu | content | services, "page_id", "selector", "caption": where the link
    stands, "outcome": ok | broken | untold, "status", "cause", "asked": whether it cost a request}], "counted": links
    that are ok or broken, "broken", "untold": numbers, "share": broken of counted (0 to 1) or None, "causes": {cause:
    number} of the broken ones}. Broken: an error status, a page that says it is not there (cause `soft_404`), a circle
    of redirects, a name that does not exist, no connection to the host that home itself stands on. Untold: blocked,
    429, login, robots.txt, our own limits, no answer from another host, and shells that only a browser could fill.
    """
    loop = asyncio.get_running_loop()
    until = loop.time() + site.crew.settings.max_probe_seconds * TIME_SHARE
    chosen = await site.seen(partial(choose_links, own=site.own, limit=site.crew.settings.link_sample))
    if not chosen:
        return None
    entries = [await _entry(site, link, until - loop.time()) for link in chosen]
    if any(entry["outcome"] == "broken" and entry["cause"] in SILENT for entry in entries):
        entries = await _if_home_answers(site, entries)
    counted = [entry for entry in entries if entry["outcome"] != "untold"]
    broken = [entry for entry in counted if entry["outcome"] == "broken"]
    data = {
        "links": entries,
        "counted": len(counted),
        "broken": len(broken),
        "untold": len(entries) - len(counted),
        "share": round(len(broken) / len(counted), 4) if counted else None,
        "causes": dict(Counter(str(entry["cause"]) for entry in broken)),
    }
    return ProbeResult(status="done", data=data)


async def _entry(site: ProbeSite, link: ChosenLink, seconds: float) -> dict[str, Any]:
    record = link.record
    asked = record is None
    status: int | None = None
    if record is not None:
        status = record.status
        outcome, cause = judged(record.cause, record.page_type, on_home=_on_home(site, link.url))
        if outcome == "broken" and cause in SILENT and refused_by_us(site.crew.guard, record.url):
            outcome = "untold"
    elif seconds <= 0:
        asked, outcome, cause = False, "untold", Cause.BUDGET.value
    else:
        try:
            fetched = await asyncio.wait_for(site.fetcher.fetch(link.url, site.own), seconds)
        except TimeoutError:
            outcome, cause = "untold", Cause.BUDGET.value
        else:
            status = fetched.answer.status
            outcome, cause = await _looked_at(site, fetched)
    return {
        "url": link.url,
        "stratum": link.stratum,
        "page_id": link.page_id,
        "selector": link.selector,
        "caption": link.caption,
        "outcome": outcome,
        "status": status,
        "cause": cause,
        "asked": asked,
    }


async def _looked_at(site: ProbeSite, fetched: Fetched) -> tuple[Outcome, str | None]:
    answer = fetched.answer
    if answer.stopped or fetched.left:
        return "ok", None
    page_type = Label.OTHER
    if answer.body and answer.status is not None:
        seen = await site.crew.perceiver.look(answer.body, fetched.url, answer.content_type)
        if seen is not None:
            page_type = page_label(seen)
            if seen.signals.script_shell and fetched.read:
                return "untold", None
    outcome, cause = judged(fetched.cause, page_type, on_home=_on_home(site, fetched.url))
    if cause in SILENT and refused_by_us(site.crew.guard, fetched.url):
        outcome = "untold"
    return outcome, cause


def judged(cause: Cause | None, page_type: Label, *, on_home: bool) -> tuple[Outcome, str | None]:
    """What a fetch says of the link that led there, and the cause of what is not ok."""
    if page_type == Label.BLOCKED:
        return "untold", (cause or Cause.BLOCKED).value
    if cause is None:
        return ("broken", "soft_404") if page_type == Label.SOFT_404 else ("ok", None)
    if cause in _WORKS:
        return "ok", None
    # Another host of the agency may let only some places in; a name that does not exist is broken for everybody.
    if cause in _UNTOLD or (cause in SILENT and cause != Cause.DNS and not on_home):
        return "untold", cause.value
    return "broken", cause.value


async def _if_home_answers(site: ProbeSite, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries; those without an answer as untold where home does not answer now either."""
    home = await site.fetcher.fetch(site.home, None)
    if home.answer.status is not None:
        return entries
    return [
        {**entry, "outcome": "untold"} if entry["outcome"] == "broken" and entry["cause"] in SILENT else entry
        for entry in entries
    ]


def _on_home(site: ProbeSite, url: str) -> bool:
    home = site.home_record
    return host_of(url) == host_of(home.url if home is not None else site.home)
