"""Check service-process: can an applicant see how the service is done, step by step?"""

from dataclasses import dataclass

from checks.base import Result, at_level, check
from checks.transparent.process_finds import ProcessFound, processes
from checks.transparent.process_places import ProcessPlace, process_places
from config.models import Service
from snapshot.matching import lexicon
from snapshot.models import Evidence
from snapshot.reader import Snapshot


@check(
    id="service-process",
    scope="service",
    labels=("service-process", "service-info"),
    version=3,
    messages={
        "complete": {
            "fa": "فرآیند خدمت با {count} مرحله، زمان یا واحد مسئول هر مرحله و مدارک لازم آمده است.",
            "en": "The process is shown with {count} steps, each with its time or unit, and with the required "
            "documents.",
        },
        "with_time_or_unit": {
            "fa": "فرآیند خدمت با {count} مرحله و زمان یا واحد مسئول آمده است. برای امتیاز کامل: {missing}.",
            "en": "The process is shown with {count} steps and times or units. For the full level it needs: {missing}.",
        },
        "file_only": {
            "fa": "فرآیند خدمت کامل است، اما تنها در یک فایل. همان را در متن صفحه خدمت هم بیاورید.",
            "en": "The process is complete, but only in a file. Show the same in the service's page.",
        },
        "steps_only": {
            "fa": "فرآیند خدمت با {count} مرحله آمده است، بی زمان و واحد مسئول. برای هر مرحله زمان یا واحد مسئول را "
            "بیاورید.",
            "en": "The process is shown with {count} steps, but with neither times nor responsible units. State them.",
        },
        "chart_only": {
            "fa": "فرآیند خدمت تنها به صورت تصویر آمده است. مراحل را به صورت متن نیز بیاورید.",
            "en": "The process is shown only as an image. State its steps as text too.",
        },
        "reused": {
            "fa": "همین فرآیند بی تغییر برای خدمات گوناگون آمده است. فرآیند این خدمت را جداگانه بیاورید.",
            "en": "The very same process stands with several services. Show the process of this service.",
        },
        "general": {
            "fa": "پیوند فرآیند به صفحه‌ای عمومی می‌رسد («{quote}»). فرآیند این خدمت را جداگانه بیاورید.",
            "en": "The process link leads to a general page (“{quote}”). Show the process of this service.",
        },
        "sentence_only": {
            "fa": "روند خدمت تنها در یک جمله آمده است: «{quote}». مراحل را یک به یک بیاورید.",
            "en": "How the service is done is told in a sentence only: “{quote}”. List its steps one by one.",
        },
        "template": {
            "fa": "صفحه خدمت هنوز متن نمونه دارد («{quote}») و فرآیند آن پذیرفته نیست.",
            "en": "The service's page still holds sample text (“{quote}”), so its process is not accepted.",
        },
        "none": {
            "fa": "فرآیند انجام این خدمت یافت نشد. مراحل را با زمان، واحد مسئول و مدارک در صفحه خدمت منتشر کنید.",
            "en": "No process of this service was found. Publish its steps with times, units and documents on its "
            "page.",
        },
        "page_not_found": {
            "fa": "صفحه‌ای برای این خدمت یافت نشد؛ پس فرآیند آن نیز دیده نمی‌شود.",
            "en": "No page about this service was found, so its process is not shown either.",
        },
    },
)
def service_process(snapshot: Snapshot, service: Service, *, shared_by: int = 3) -> Result:
    """Whether the service's page shows the steps from request to result.

    What it looks for: at least three steps in the process section of the service's own page, or of a page or file that
    it links to as its process; the time or the responsible unit of each step; the required documents. `shared_by` is
    the number of services from which the same chart or steps count as reused.
    Why it matters: an applicant who knows the steps, their time and the papers comes once.
    How to fix: list the steps of each service on its page as text, each with its time or unit, and the documents.
    Known limits: what an image shows is not read; without a text alternative it counts as a chart without details.
    Whether the stated times are kept is not judged.
    """
    places = process_places(snapshot, service)
    judged = [
        _judged(place, found) for place in places for found in processes(snapshot, service, place, shared_by=shared_by)
    ]
    best = max(judged, key=lambda entry: (entry.level, entry.confidence), default=None)
    if best is None:
        return at_level(0, "none" if places else "page_not_found", confidence=0.8 if places else 0.7)
    return at_level(
        best.level,
        best.key,
        evidence=best.evidence,
        confidence=best.confidence,
        count=len(best.found.steps),
        quote=best.found.quote[:160],
        missing=best.missing,
    )


@dataclass(frozen=True)
class _Judged:
    found: ProcessFound
    level: float
    key: str
    confidence: float
    evidence: tuple[Evidence, ...]
    missing: dict[str, list[str]]


def _judged(place: ProcessPlace, found: ProcessFound) -> _Judged:
    """The level that one find gives by the rubric."""
    evidence = [place.page.evidence(found.selector, found.quote)]
    missing: dict[str, list[str]] = {"fa": [], "en": []}
    template = place.page.perception.signals.template_text
    if template:
        return _Judged(found, 0.25, "template", 0.7, tuple(evidence), missing)
    if found.medium == "sentence":
        return _Judged(found, 0.25, "sentence_only", 0.7, tuple(evidence), missing)
    if found.medium == "general" or (place.shared and not place.own):
        return _Judged(found, 0.25, "general", 0.7, tuple(evidence), missing)
    if found.reused:
        return _Judged(found, 0.25, "reused", 0.75, tuple(evidence), missing)
    if not found.steps:
        return _Judged(found, 0.5, "chart_only", 0.65, tuple(evidence), missing)
    each = all(step.duration or step.unit for step in found.steps)
    units = sum(bool(step.unit) for step in found.steps)  # an office that one step merely mentions is not its owner
    stated = any(step.duration for step in found.steps) or units * 2 > len(found.steps) or bool(_duration(place))
    documents = _documents(place, found)
    if documents is not None:
        evidence.append(documents)
    if each and documents is not None and found.medium != "file":
        return _Judged(found, 1.0, "complete", 0.9, tuple(evidence), missing)
    if not stated:
        return _Judged(found, 0.5, "steps_only", 0.85, tuple(evidence), missing)
    if each and documents is not None:
        return _Judged(found, 0.75, "file_only", 0.85, tuple(evidence), missing)
    if not each:
        missing["fa"].append("زمان یا واحد مسئول هر مرحله")
        missing["en"].append("the time or unit of each step")
    if documents is None:
        missing["fa"].append("مدارک لازم")
        missing["en"].append("the required documents")
    return _Judged(found, 0.75, "with_time_or_unit", 0.85, tuple(evidence), missing)


def _duration(place: ProcessPlace) -> str:
    """The time that the place states for the whole service."""
    pairs = place.page.perception.pairs
    return next(
        (pair.value for pair in pairs if pair.key == "duration" and pair.value and place.holds(pair.selector)), ""
    )


def _documents(place: ProcessPlace, found: ProcessFound) -> Evidence | None:
    """Where the place names the required documents: a pair, or text under a heading of that name.

    A step about documents ("the documents are checked: 3 days") lists none.
    """
    perception = place.page.perception
    told = [step.text for step in found.steps]
    for pair in perception.pairs:
        named = pair.key == "documents" or lexicon().has(pair.label, "process-documents")
        of_step = any(pair.label in text and pair.value in text for text in told)
        if named and pair.value and not of_step and place.holds(pair.selector):
            return place.page.evidence(pair.selector, f"{pair.label}: {pair.value}")
    for block in perception.blocks:
        if any(block.heading and block.heading in text for text in told):
            continue
        if block.text and place.holds(block.selector) and lexicon().has(block.heading, "process-documents"):
            return place.page.evidence(block.selector, f"{block.heading}: {block.text}")
    return None
