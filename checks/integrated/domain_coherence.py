"""Check domain-coherence: do the agency's hosts form one portal?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from checks.base import Result, at_level, check, unknown
from checks.runner_words import CAUSES
from config.vocabulary import Cause
from snapshot.hosts import OwnHosts, certifiable
from snapshot.languages import language_links
from snapshot.models import Evidence
from snapshot.own_sites import OwnSite, host_key, own_sites
from snapshot.reader import Page, Snapshot

LOW, HIGH = 0.5, 0.85
"""Shares of the tests that hold: below LOW gives 0, above HIGH gives 1 (rulings of indicators.md on I09)."""
TWIN_LEVEL = 0.5
"""The highest level beside a test or old version that does not say so."""
EVIDENCE_SITES = 4


@check(
    id="domain-coherence",
    scope="portal",
    labels=(),
    probes=("tls", "languages"),
    version=1,
    messages={
        "coherent": {
            "fa": "{held} از {base} آزمون یکپارچگی پاسخ مثبت دارند: {names}.",
            "en": "{held} of {base} tests of coherence hold: {names}.",
        },
        "partly_coherent": {
            "fa": "{held} از {base} آزمون یکپارچگی پاسخ مثبت دارند. کاستی‌ها: {failed}.",
            "en": "{held} of {base} tests of coherence hold. Missing: {failed}.",
        },
        "scattered": {
            "fa": "تنها {held} از {base} آزمون یکپارچگی پاسخ مثبت دارند. کاستی‌ها: {failed}.",
            "en": "Only {held} of {base} tests of coherence hold. Missing: {failed}.",
        },
        "unlabelled_twin": {
            "fa": "نسخه آزمایشی یا قدیمی درگاه بی‌نشان در دسترس است ({hosts}). آن را ببندید یا آشکارا نشان‌دار کنید.",
            "en": "A test or old version of the portal is online without a label ({hosts}). Close it, or label it "
            "plainly.",
        },
        "coherence_untold": {
            "fa": "{held} از {base} آزمون یکپارچگی پاسخ مثبت دارند، ولی این‌ها سنجیده نشد: {untold} ({why}).",
            "en": "{held} of {base} tests of coherence hold, but these could not be told: {untold} ({why}).",
        },
        "home_not_read": {
            "fa": "صفحه نخست درگاه خوانده نشد: {why}.",
            "en": "The portal's home page was not read: {why}.",
        },
    },
)
def domain_coherence(snapshot: Snapshot, *, official_suffixes: tuple[str, ...] | list[str] = ()) -> Result:
    """Whether the hosts of an agency stand under its domain, know each other, and look like one portal.

    What it looks for: home on the declared domain or under an official suffix; sub-portals linked from the portal and
    back; their header being the portal's (menu or logo); no test or old version left online unlabelled; HTTPS on every
    host; a language switch that leads to another language. Tests that do not apply (one host, one language, an address
    that no authority can certify) leave the base.
    Why it matters: people must be able to tell the agency's portal from a copy of it, and find back.
    How to fix: put every sub-portal under the official domain, link it both ways under the same header, redirect old
    versions, and label test versions.
    Known limits: only hosts that the visit came upon are seen; an old version in a folder of the same host is not. A
    labelled test version and a mirror are no sub-portals.
    """
    home = snapshot.home
    if home is None:
        asked = next((record for record in snapshot.records if len(record.click_path) == 1), None)
        cause = snapshot.search.home_cause or (asked and asked.cause) or Cause.MISSING_ARTEFACT
        return unknown(cause, "home_not_read", why=CAUSES[cause])
    sites = snapshot.derived(own_sites)
    portals = [site for site in sites if not site.twin and not site.mirror]
    twins = [site for site in sites if site.twin and not site.labelled]
    tests = [
        _official(snapshot, home, tuple(official_suffixes)),
        *_sub_portals(portals),
        _Test("twin", holds=not twins),
        *_https(snapshot, home, sites),
        *_language(snapshot, home),
    ]
    held, base = sum(test.holds is True for test in tests), len(tests)
    untold = [test for test in tests if test.holds is None]
    evidence = _evidence(home, [*twins, *portals])
    low, high = _level(held, base, twins), _level(held + len(untold), base, twins)
    if low != high:
        cause = untold[0].cause
        names = {code: [_NAMES[test.name][code] for test in untold] for code in ("fa", "en")}
        return unknown(
            cause,
            "coherence_untold",
            evidence=evidence,
            ceiling=high,
            held=held,
            base=base,
            untold=names,
            why=CAUSES[cause],
        )
    if twins and held / base > HIGH:
        return at_level(low, "unlabelled_twin", evidence=evidence, confidence=0.75, hosts=[one.host for one in twins])
    shown = {
        which: {code: [_NAMES[test.name][code] for test in tests if test.holds is wanted] for code in ("fa", "en")}
        for which, wanted in (("names", True), ("failed", False))
    }
    key = "coherent" if low == 1 else "partly_coherent" if low > 0 else "scattered"
    confidence = 0.7 if untold or portals else 0.85
    said: dict[str, Any] = {"names": shown["names"]} if low == 1 else {"failed": shown["failed"]}
    return at_level(low, key, evidence=evidence, confidence=confidence, stands=low == 0, held=held, base=base, **said)


@dataclass(frozen=True, slots=True)
class _Test:
    """One test of coherence; `holds` is None where it could not be told, and why."""

    name: str
    holds: bool | None
    cause: Cause = Cause.MISSING_ARTEFACT


def _level(held: int, base: int, twins: list[OwnSite]) -> float:
    share = held / base
    level = 0.0 if share < LOW else 0.5 if share <= HIGH else 1.0
    return min(level, TWIN_LEVEL) if twins else level


def _official(snapshot: Snapshot, home: Page, suffixes: tuple[str, ...]) -> _Test:
    host = (urlsplit(home.url).hostname or "").lower()
    official = any(host.endswith(suffix) for suffix in suffixes)
    return _Test("official", holds=official or home.url in OwnHosts.of(snapshot.agency))


def _sub_portals(portals: list[OwnSite]) -> list[_Test]:
    """Links both ways and the header, over the sub-portals that were read; none where there is no sub-portal."""
    if not portals:
        return []
    read = [site for site in portals if site.page is not None]
    cause = next((site.failed.cause for site in portals if site.failed and site.failed.cause), Cause.MISSING_ARTEFACT)
    return [
        _over("linked", [site.linked and site.links_back for site in read], len(portals), cause),
        _over("header", [site.same_header for site in read], len(portals), cause),
    ]


def _over(name: str, holds: list[bool], count: int, cause: Cause) -> _Test:
    """A test over several sub-portals holds where more than HIGH of them pass; those unread leave it open."""
    least, most = sum(holds) / count, (sum(holds) + count - len(holds)) / count
    if (least > HIGH) == (most > HIGH):
        return _Test(name, holds=least > HIGH)
    return _Test(name, holds=None, cause=cause)


def _https(snapshot: Snapshot, home: Page, sites: Sequence[OwnSite]) -> list[_Test]:
    if not certifiable(home.url):
        return []
    hosts = {host_key(home.url), *(site.host for site in sites)}
    if any(page.url.startswith("http:") and host_key(page.url) in hosts for page in snapshot.pages):
        return [_Test("https", holds=False)]
    probe = snapshot.probe("tls")
    if probe is None or probe.status != "done":
        return [_Test("https", holds=None, cause=(probe and probe.cause) or Cause.MISSING_ARTEFACT)]
    return [_Test("https", holds=bool(probe.data.get("valid")))]


def _language(snapshot: Snapshot, home: Page) -> list[_Test]:
    """The switch works where each target that could be told is reachable and in another language."""
    probe = snapshot.probe("languages")
    if probe is None or probe.status != "done":
        cause = (probe and probe.cause) or Cause.MISSING_ARTEFACT
        return [_Test("language", holds=None, cause=cause)] if language_links(home) else []
    switches = probe.data.get("switches", ())
    if not switches:
        return []
    told = [one for one in switches if one.get("reachable") is False or one.get("other_language") is not None]
    if not told:
        cause = next((Cause(switch["cause"]) for switch in switches if _known(switch)), Cause.MISSING_ARTEFACT)
        return [_Test("language", holds=None, cause=cause)]
    works = all(one.get("reachable") and one.get("other_language") for one in told)
    everywhere = probe.data.get("pages_with_switch", 0) * 2 >= probe.data.get("pages_looked_at", 0)
    return [_Test("language", holds=works and everywhere)]


def _known(switch: Mapping[str, Any]) -> bool:
    return switch.get("cause") in {cause.value for cause in Cause}


def _evidence(home: Page, sites: list[OwnSite]) -> list[Evidence]:
    """Home, and a page of each other host with its link to the portal where it has one."""
    pieces = [home.evidence(None, home.perception.title)]
    for site in sites[:EVIDENCE_SITES]:
        if site.page is not None:
            main = host_key(home.url)
            back = next((link for link in site.page.perception.links if link.url and host_key(link.url) == main), None)
            quote = site.labelled or (back.caption if back else site.page.perception.title)
            pieces.append(site.page.evidence(back.selector if back else None, quote))
    return pieces


_NAMES: Mapping[str, Mapping[str, str]] = {
    "official": {"fa": "دامنه رسمی", "en": "official domain"},
    "linked": {"fa": "پیوند دوسویه زیردرگاه‌ها", "en": "sub-portals linked both ways"},
    "header": {"fa": "سربرگ یکسان", "en": "same header"},
    "twin": {"fa": "نبود نسخه بی‌نشان آزمایشی یا قدیمی", "en": "no unlabelled test or old version"},
    "https": {"fa": "HTTPS در همه جا", "en": "HTTPS everywhere"},
    "language": {"fa": "گزینش زبان درست", "en": "a language switch that works"},
}
