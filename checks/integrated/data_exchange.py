"""Check data-exchange: does the service inquire of other agencies online? Only a declaration can tell."""

from checks.base import Result, check, unknown
from config.models import Service
from config.vocabulary import Cause
from snapshot.filters import is_news
from snapshot.matching import lexicon
from snapshot.models import Evidence
from snapshot.reader import Page, Snapshot
from snapshot.service_words import words_of_service

CITED = 3


@check(
    id="data-exchange",
    scope="service",
    labels=(),
    version=1,
    messages={
        "hints": {
            "fa": "درگاه به تبادل داده اشاره می‌کند («{said}»)، اما سطح آن تنها با خوداظهاری "
            "یا گزارش مرکز تبادل معلوم می‌شود.",
            "en": "The portal speaks of data exchange (“{said}”), but only a declaration or a report of the exchange "
            "centre can tell the level.",
        },
        "needs_declaration": {
            "fa": "تبادل داده از بیرون دیده نمی‌شود. سطح آن را با گزارش مرکز ملی تبادل اطلاعات خوداظهاری کنید.",
            "en": "Data exchange cannot be seen from outside. Declare its level with a report of the exchange centre.",
        },
    },
)
def data_exchange(snapshot: Snapshot, service: Service) -> Result:
    """What the portal says of data exchange, as hints for the declaration.

    What it looks for: sentences of the service's pages on online inquiries, and pages that list the agency's web
    services. They are hints: no level rests on them.
    Why it matters: data that moves between agencies spares people the papers.
    How to fix: connect the inquiries of the service to the exchange centre, and declare that with its report.
    Known limits: a crawl cannot see exchange; the finding is always unknown and waits for a declaration.
    """
    said = [one for one in words_of_service(snapshot, service) if lexicon().has(one.text, "data-exchange")]
    hints = [one.page.evidence(one.selector, one.text[:200]) for one in said]
    hints += [page.evidence(None, page.name) for page in snapshot.derived(_exchange_pages)]
    if not hints:
        return unknown(Cause.NEEDS_DECLARATION, "needs_declaration", ceiling=1.0)
    return unknown(Cause.NEEDS_DECLARATION, "hints", evidence=_distinct(hints), ceiling=1.0, said=hints[0].quote)


def _exchange_pages(snapshot: Snapshot) -> list[Page]:
    """Pages, other than news, that are about data exchange or web services by their title or first heading."""
    return [
        page
        for page in snapshot.pages
        if not is_news(page.perception)
        and any(lexicon().has(head, "data-exchange") for head in (page.perception.title, page.name))
    ]


def _distinct(hints: list[Evidence]) -> list[Evidence]:
    return list({(hint.page_id, hint.quote): hint for hint in hints}.values())[:CITED]
