"""Check search-and-site-map: can people find a service by searching the portal, or on a map of it?"""

from typing import Any

from checks.base import Result, at_level, check, unknown
from checks.runner_words import CAUSES
from config.vocabulary import Cause, Label
from snapshot.filters import is_news
from snapshot.models import Evidence, ProbeResult
from snapshot.reader import Page, Snapshot, same_address

FEWEST_LINKS = 8
"""Pages that a map leads to at least; a picture of the site or an empty page leads nowhere."""
MAP_PAGE = 0.5

_SEARCHES = {
    "found": {"fa": "«{query}» در جست‌وجو یافت شد", "en": "the search finds “{query}”"},
    "about": {
        "fa": "جست‌وجو پاسخ می‌دهد، ولی «{query}» در صفحه نخست نتایج نیست",
        "en": "the search answers, but “{query}” is not on the first page of results",
    },
    "unrelated": {"fa": "نتایج جست‌وجو به «{query}» ربطی ندارد", "en": "the results have nothing to do with “{query}”"},
    "empty": {"fa": "جست‌وجوی «{query}» نتیجه‌ای ندارد", "en": "the search for “{query}” gives no result"},
    "error": {"fa": "جست‌وجوی «{query}» به خطا می‌رسد", "en": "the search for “{query}” ends in an error"},
    "unchanged": {"fa": "کادر جست‌وجو کاری نمی‌کند", "en": "the search box does nothing"},
    "outside": {
        "fa": "کادر جست‌وجو به موتور دیگری می‌فرستد",
        "en": "the search box sends people to another body's engine",
    },
    "no_box": {"fa": "کادر جست‌وجو یافت نشد", "en": "no search box was found"},
}


@check(
    id="search-and-site-map",
    scope="portal",
    labels=("site-search", "site-map"),
    probes=("site-search",),
    version=1,
    messages={
        "both": {
            "fa": "نقشه سایت با {count} پیوند هست و جست‌وجوی «{query}» آن را در جایگاه {position} نتایج می‌آورد.",
            "en": "There is a site map with {count} links, and searching “{query}” returns it as result {position}.",
        },
        "map_only": {
            "fa": "نقشه سایت هست، اما {search}. برای امتیاز کامل جست‌وجوی عنوان هر خدمت باید آن را در صفحه "
            "نخست نتایج بیاورد.",
            "en": "There is a site map, but {search}. For the full level, searching a service's title must "
            "return it on "
            "the first page of results.",
        },
        "map_search_unseen": {
            "fa": "نقشه سایت هست؛ جست‌وجو آزموده نشد ({why}). اگر جست‌وجو خدمات را بیابد، امتیاز کامل می‌شود.",
            "en": "There is a site map; the search could not be tried ({why}). If it finds services the level is full.",
        },
        "search_only": {
            "fa": "{search}، اما صفحه نقشه سایت با پیوند به بخش‌ها یافت نشد. چنین صفحه‌ای بسازید{more}.",
            "en": "For the search: {search}; but no site map page with links to the parts was found. Publish "
            "one{more}.",
        },
        "xml_only": {
            "fa": "تنها sitemap.xml (ویژه موتورهای جست‌وجو) هست. صفحه نقشه سایت برای مردم و جست‌وجویی که "
            "خدمات را بیابد لازم است.",
            "en": "Only sitemap.xml, made for engines, is there. People need a site map page and a search that finds "
            "services.",
        },
        "search_unseen": {
            "fa": "نقشه سایت یافت نشد و جست‌وجو آزموده نشد ({why}).",
            "en": "No site map was found, and the search could not be tried ({why}).",
        },
        "none": {
            "fa": "نقشه سایت یافت نشد و {search}. یکی از این دو را راه بیندازید؛ با هر دو امتیاز کامل می‌شود.",
            "en": "No site map was found, and {search}. Offer one of the two; both give the full level.",
        },
    },
)
def search_and_site_map(snapshot: Snapshot) -> Result:
    """Whether a service can be found by search and by a map of the site.

    What it looks for: a page that maps the site with links to at least eight of its pages; and, tried once in the
    browser, whether searching the title of a registered service returns the service on the first page of results.
    Why it matters: who does not know the agency's structure finds a service only by searching or on one page.
    How to fix: publish a site map page; let the search cover the pages of the services and their titles.
    Known limits: one service is asked for, once. A search of another body's engine is not asked and does not count. A
    picture of the site is no map; sitemap.xml alone, made for engines, gives half at most.
    """
    mapped = _map(snapshot)
    probe = snapshot.probe("site-search")
    cause = _unseen(snapshot, probe)
    if cause is not None or probe is None:
        return _without_search(snapshot, mapped, cause or Cause.MISSING_ARTEFACT, probe)
    data = probe.data
    outcome = str(data["outcome"])
    said = {language: text.format(query=data["query"]) for language, text in _SEARCHES[outcome].items()}
    asked = _search_evidence(snapshot, data)
    if mapped is not None:
        page, links = mapped
        evidence = [page.evidence(None, page.name), *asked]
        if outcome == "found":
            place = {"count": links, "query": data["query"], "position": data["position"]}
            return at_level(1, "both", evidence=evidence, confidence=0.9, **place)
        return at_level(0.5, "map_only", evidence=evidence, confidence=0.85, search=said)
    if outcome in ("found", "about"):
        more = {"fa": "", "en": ""} if outcome == "found" else _ALSO_SEARCH
        return at_level(0.5, "search_only", evidence=asked, confidence=0.85, search=said, more=more)
    xml = _engine_map(snapshot, probe)
    if xml:
        return at_level(0.5, "xml_only", evidence=xml, confidence=0.6)
    return at_level(0, "none", evidence=asked, confidence=0.8, search=said)


_ALSO_SEARCH = {"fa": " و جست‌وجو را به عنوان خدمات برسانید", "en": ", and let the search find the titles of services"}


def _unseen(snapshot: Snapshot, probe: ProbeResult | None) -> Cause | None:
    """Why nothing is known of the search; None where the probe has an answer."""
    if probe is None or probe.status == "off":
        return Cause.MISSING_ARTEFACT
    if probe.status == "failed":
        return probe.cause or Cause.MISSING_ARTEFACT
    if probe.data.get("outcome") == "no_box":
        # A page for searching that could not be read (robots.txt often forbids it) may hold the box.
        return snapshot.search.absence_cause(Label.SITE_SEARCH)
    return None


def _without_search(
    snapshot: Snapshot, mapped: tuple[Page, int] | None, cause: Cause, probe: ProbeResult | None
) -> Result:
    why = CAUSES[cause]
    if mapped is not None:
        evidence = [mapped[0].evidence(None, mapped[0].name)]
        return at_level(0.5, "map_search_unseen", evidence=evidence, confidence=0.7, ceiling=1, why=why)
    xml = _engine_map(snapshot, probe)
    if xml:
        return at_level(0.5, "xml_only", evidence=xml, confidence=0.6)
    return unknown(cause, "search_unseen", ceiling=0.5, why=why)


def _map(snapshot: Snapshot) -> tuple[Page, int] | None:
    """The page that maps the site, and to how many of its pages it leads; None where no page does."""
    for page in snapshot.pages_with(Label.SITE_MAP, MAP_PAGE):
        if is_news(page.perception) or page is snapshot.home or page.perception.page_type == "document":
            continue
        links = _mapped(snapshot, page)
        if links >= FEWEST_LINKS:
            return page, links
    return None


def _mapped(snapshot: Snapshot, page: Page) -> int:
    """Own pages that the content leads to. A list of nothing but links may look like a menu: then what home lacks."""
    own = {same_address(page.url)}
    links = [link for link in page.perception.links if link.url and link.kind in ("page", "document")]
    content = {same_address(link.url or "") for link in links if link.place == "main"} - own
    home = snapshot.home.perception.links if snapshot.home else ()
    framed = [(link.url, link.caption) for link in home]
    for link in links:
        if (link.url, link.caption) in framed:
            framed.remove((link.url, link.caption))
        else:
            content.add(same_address(link.url or ""))
    return len(content - own)


def _engine_map(snapshot: Snapshot, probe: ProbeResult | None) -> list[Evidence]:
    """Evidence of a sitemap.xml with addresses; [] where none was seen."""
    count = (probe.data.get("sitemap") or 0) if probe is not None else 0
    count = count or sum(any(step.how == "sitemap" for step in page.record.click_path) for page in snapshot.pages)
    home = snapshot.home
    return [home.evidence(None, f"sitemap.xml: {count}")] if count and home is not None else []


def _search_evidence(snapshot: Snapshot, data: dict[str, Any]) -> list[Evidence]:
    """The page with the box, what was asked and what came first, and the screenshot of the answer."""
    box = data.get("box") or {}
    page = snapshot.page(box.get("page_id", "")) or snapshot.home
    if page is None:
        return []
    first = [caption for caption, _ in data.get("first") or ()]
    quote = f"{data['query']} → {data.get('quote') or (first[0] if first else '')}" if box else ""
    evidence = page.evidence(box.get("selector"), quote)
    shot = data.get("screenshot")
    return [evidence.model_copy(update={"screenshot": shot, "box": None}) if shot else evidence]
