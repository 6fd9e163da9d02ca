"""Check no-visit-once-only: can the service be had without coming, and without papers that the state already holds?"""

from checks.base import Result, at_level, check, unknown
from config.models import Service
from config.vocabulary import Cause
from snapshot.matching import lexicon
from snapshot.models import Evidence
from snapshot.portal import service_facts
from snapshot.reader import Snapshot
from snapshot.service_facts import Fact
from snapshot.text import fold
from snapshot.visits_in_person import TOLD, must_come, visits_of

_ASKING = frozenset({"documents", "visits", "description", "channel"})


@check(
    id="no-visit-once-only",
    scope="service",
    labels=("service-info",),
    version=2,
    messages={
        "free_of_both": {
            "fa": "خدمت بدون مراجعه حضوری است («{said}») و مدرکی نمی‌خواهد که نزد دستگاه دیگری ثبت است.",
            "en": "The service needs no visit (“{said}”) and no document that another state register holds.",
        },
        "one_visit": {
            "fa": "یک بار مراجعه حضوری لازم است («{said}»). آن را با کار برخط جایگزین کنید.",
            "en": "One visit in person is needed (“{said}”). Replace it with an online step.",
        },
        "papers": {
            "fa": "مدارکی خواسته می‌شود که نزد دستگاه دیگری ثبت است («{said}»). "
            "آن‌ها را استعلام کنید و از متقاضی نخواهید.",
            "en": "Papers are asked for that another state register holds (“{said}”). Inquire them instead.",
        },
        "must_come": {
            "fa": "متقاضی باید دست‌کم یک بار بیاید («{said}»). شمار مراجعه را منتشر و آن را با کار برخط جایگزین کنید.",
            "en": "The applicant has to come at least once (“{said}”). State the number of visits, and replace them.",
        },
        "visits": {
            "fa": "{count} بار مراجعه حضوری لازم است («{said}»). مراجعه‌ها را با کار برخط جایگزین کنید.",
            "en": "{count} visits in person are needed (“{said}”). Replace them with online steps.",
        },
        "not_published": {
            "fa": "شمار مراجعه حضوری این خدمت منتشر نشده است؛ آن را در شناسنامه خدمت بیاورید یا خوداظهاری کنید.",
            "en": "The number of visits is not published. State it in the service's sheet, or declare it.",
        },
    },
)
def no_visit_once_only(snapshot: Snapshot, service: Service) -> Result:
    """Whether an applicant must come, or bring what the state already knows.

    What it looks for: the stated number of visits in person, as field or sentence; identity papers and the like among
    the required documents.
    Why it matters: every visit costs a day, every copy a queue; the registers hold the data already.
    How to fix: publish the number of visits, take identity data from the civil register, drop the copies.
    Known limits: only what is published is judged, not what happens at the counter. Where the number of visits is not
    published the finding is unknown and waits for a declaration.
    """
    facts = service_facts(snapshot, service)
    stated = [(count, fact) for fact in facts if (count := visits_of(fact)) is not None]
    papers = next((fact for fact in facts if fact.key in _ASKING and _asks_papers(fact.value)), None)
    visits = max(stated, key=lambda pair: pair[0], default=None)
    if visits is not None and visits[0] > 1:
        count, fact = visits
        return at_level(
            0, "visits", evidence=[_cited(fact)], confidence=0.85, stands=True, count=count, said=_said(fact)
        )
    evidence = [_cited(fact) for fact in (papers, visits[1] if visits else None) if fact is not None]
    if papers is not None:
        return at_level(0.5, "papers", evidence=evidence, confidence=0.8, said=_said(papers))
    coming = next((fact for fact in facts if fact.key in TOLD and must_come(fact.value)), None)
    if visits is None and coming is not None:
        return at_level(0.5, "must_come", evidence=[_cited(coming)], confidence=0.6, said=_said(coming))
    if visits is None:
        return unknown(Cause.NEEDS_DECLARATION, "not_published", ceiling=1.0)
    count, fact = visits
    if count == 1:
        return at_level(0.5, "one_visit", evidence=evidence, confidence=0.85, said=_said(fact))
    return at_level(1, "free_of_both", evidence=evidence, confidence=0.8, said=_said(fact))


def _asks_papers(value: str) -> bool:
    """Papers about the person; the sheet of a thing («شناسنامه دام») is held by no register of persons."""
    words, text = lexicon(), fold(value)
    for match in words.words(text, "sheet-of-a-thing"):
        text = text[: match.start] + " " * (match.end - match.start) + text[match.end :]
    return words.has(text, "state-held-paper") and not words.has(value, "states-no-documents")


def _said(fact: Fact) -> str:
    return fact.value[:120]


def _cited(fact: Fact) -> Evidence:
    return fact.page.evidence(fact.selector, fact.value[:200])
