"""Check service-information: does the service's page say what people need to know before they ask for it?"""

from typing import Any

from checks.base import Result, at_level, check
from config.models import Service
from snapshot.portal import service_facts, service_pages
from snapshot.reader import Snapshot
from snapshot.service_facts import FIELDS, Fact

FULL, SOME = 8, 4
"""Fields from which the information is complete, or at least there (rubric U02)."""

_NAMES: dict[str, dict[str, str]] = {
    "title": {"fa": "عنوان", "en": "title"},
    "description": {"fa": "شرح", "en": "description"},
    "code": {"fa": "شناسه", "en": "code"},
    "audience": {"fa": "مخاطب", "en": "audience"},
    "documents": {"fa": "مدارک", "en": "documents"},
    "cost": {"fa": "هزینه", "en": "cost"},
    "duration": {"fa": "مدت", "en": "duration"},
    "legal-basis": {"fa": "مستند قانونی", "en": "legal basis"},
    "channel": {"fa": "راه دسترسی", "en": "access channel"},
    "contact": {"fa": "تماس", "en": "contact"},
}


@check(
    id="service-information",
    scope="service",
    labels=("service-info",),
    version=1,
    messages={
        "complete": {
            "fa": "{count} قلم از ۱۰ قلم اطلاعات خدمت با مقدار یافت شد: {found}.",
            "en": "{count} of the 10 fields of the service are given with a value: {found}.",
        },
        "partial": {
            "fa": "{count} قلم از ۱۰ قلم اطلاعات خدمت یافت شد: {found}. برای امتیاز بیشتر این‌ها را بیاورید: {missing}.",
            "en": "{count} of the 10 fields of the service are given: {found}. For a higher level state: {missing}.",
        },
        "few": {
            "fa": "تنها {count} قلم از ۱۰ قلم اطلاعات خدمت یافت شد ({found}). این‌ها را بیاورید: {missing}.",
            "en": "Only {count} of the 10 fields of the service are given ({found}). State: {missing}.",
        },
        "page_not_found": {
            "fa": "صفحه‌ای برای این خدمت یافت نشد؛ پس اطلاعات آن نیز دیده نمی‌شود.",
            "en": "No page about this service was found, so its information is not shown either.",
        },
    },
)
def service_information(snapshot: Snapshot, service: Service) -> Result:
    """Whether the portal states the facts of a service, with values.

    What it looks for: title, description, code, audience, documents, cost, duration, legal basis, access channel and
    contact, as table row, label and value, text under a heading, or plain sentence, on the service's page or its row of
    the desk.
    Why it matters: who knows papers, cost and time before the first step comes once.
    How to fix: publish the service's sheet in its page, with a value for every field; leave out empty rows.
    Known limits: facts in pictures are not read. A field stated in unusual words may be missed; say which in an appeal.
    """
    facts = service_facts(snapshot, service)
    first: dict[str, Fact] = {}
    for fact in facts:
        if fact.key in FIELDS:
            first.setdefault(fact.key, fact)
    if not service_pages(snapshot, service) and len(first) < SOME:
        return at_level(0, "page_not_found", confidence=0.75)
    evidence = [fact.page.evidence(fact.selector, fact.value[:200]) for fact in first.values()]
    data: dict[str, Any] = {
        "count": len(first),
        "found": {language: [_NAMES[key][language] for key in FIELDS if key in first] for language in ("fa", "en")},
        "missing": {
            language: [_NAMES[key][language] for key in FIELDS if key not in first] for language in ("fa", "en")
        },
    }
    # One field more or less is easily read wrong; it matters only next to a border.
    sure = 0.7 if len(first) in (SOME - 1, SOME, FULL - 1, FULL) else 0.9
    if len(first) >= FULL:
        return at_level(1, "complete", evidence=evidence, confidence=sure, **data)
    if len(first) >= SOME:
        return at_level(0.5, "partial", evidence=evidence, confidence=sure, **data)
    return at_level(0, "few", evidence=evidence, confidence=sure, **data)
