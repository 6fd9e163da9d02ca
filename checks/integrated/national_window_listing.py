"""Check national-window-listing: does the national window list the service? Judged by a dated export of it."""

from datetime import UTC, date, datetime
from typing import Any

from checks.base import Result, at_level, check, unknown
from config.models import Service
from config.national_window import ListedService
from config.vocabulary import Cause
from snapshot.models import Evidence, ProbeResult
from snapshot.names import likeness
from snapshot.reader import Snapshot
from snapshot.sign_on import in_national_window

ARTEFACT = "national-window"
"""The export's part for this agency, laid into the snapshot before the visit."""
ALIKE = 0.85
"""Likeness from which two titles name one service."""
OLD_PORTAL = "/organ/show/"
"""Path of the old national portal, whose pages outlived their targets (indicators I05)."""


@check(
    id="national-window-listing",
    scope="service",
    labels=(),
    probes=(),
    version=1,
    messages={
        "listed": {
            "fa": "خدمت در خروجی {day} پنجره ملی با عنوان «{title}» فهرست شده است.",
            "en": "The export of the national window of {day} lists the service as “{title}”.",
        },
        "listed_by_title": {
            "fa": "خدمت در خروجی {day} پنجره ملی با عنوان «{title}» هست، اما شناسه آن یکی نیست. شناسه را یکی کنید.",
            "en": "The export of the national window of {day} lists the service as “{title}”, under another code. "
            "Make the codes agree.",
        },
        "dead_target": {
            "fa": "خدمت در خروجی {day} پنجره ملی هست («{title}»)، اما نشانی آن کار نمی‌کند یا از درگاه ملی پیشین است.",
            "en": "The export of the national window of {day} lists the service (“{title}”), but its target is dead or "
            "on the old national portal.",
        },
        "not_listed": {
            "fa": "خدمت در خروجی {day} پنجره ملی نیست ({count} خدمت این دستگاه در آن هست). "
            "آن را در پنجره ملی ثبت کنید.",
            "en": "The export of the national window of {day} does not list the service ({count} services of the "
            "agency are there). Register it in the national window.",
        },
        "no_export": {
            "fa": "خروجی تاریخ‌دار پنجره ملی داده نشده است؛ پس حضور خدمت در آن معلوم نیست.",
            "en": "No dated export of the national window was given, so it is not known whether it lists the service.",
        },
        "page_not_exported": {
            "fa": "خروجی {day} پنجره ملی صفحه این دستگاه را ندارد؛ پس حضور خدمت در آن معلوم نیست.",
            "en": "The export of the national window of {day} does not hold this agency's page, so nothing is known of "
            "the service.",
        },
        "too_old": {
            "fa": "خروجی پنجره ملی از {day} است و برای این بازدید کهنه است. خروجی تازه‌ای بدهید.",
            "en": "The export of the national window is of {day}, too old for this visit. Give a newer one.",
        },
    },
)
def national_window_listing(snapshot: Snapshot, service: Service, *, max_age_days: int = 365) -> Result:
    """Whether a dated export of the national window lists the service.

    What it looks for: a row of the export with the service's id, national code or title, whose target is not dead.
    Why it matters: people look for services in the national window first.
    How to fix: register the service in the national window, with the code and title that the agency uses itself.
    Known limits: without an export of at most `max_age_days` that holds the agency's page the finding is unknown; links
    to the national window are hints, not evidence.
    """
    probe = snapshot.probe(ARTEFACT)
    if probe is None or probe.status != "done":
        return unknown(Cause.NEEDS_DECLARATION, "no_export", evidence=snapshot.derived(_hints), ceiling=1.0)
    exported = date.fromisoformat(probe.data["exported_at"])
    data: dict[str, Any] = {"day": exported.isoformat()}
    if (snapshot.as_of.date() - exported).days > max_age_days:
        return unknown(Cause.NEEDS_DECLARATION, "too_old", ceiling=1.0, **data)
    if probe.data["services"] is None:
        return unknown(Cause.NEEDS_DECLARATION, "page_not_exported", ceiling=1.0, **data)
    rows = [ListedService.model_validate(row) for row in probe.data["services"]]
    found = [row for row in rows if _is_same(row, service)]
    alive = next((row for row in found if not _is_dead(row)), None)
    if alive is not None:
        differs = _codes_differ(alive, service)
        key, sure = ("listed_by_title", 0.6) if differs else ("listed", 0.95)
        evidence = [_cited(snapshot, probe, alive)]
        return at_level(1, key, evidence=evidence, confidence=sure, title=alive.title or service.title_fa, **data)
    if found:
        evidence = [_cited(snapshot, probe, found[0])]
        title = found[0].title or service.title_fa
        return at_level(0, "dead_target", evidence=evidence, confidence=0.8, stands=True, title=title, **data)
    evidence = [_cited(snapshot, probe, None)]
    return at_level(0, "not_listed", evidence=evidence, confidence=0.85, stands=True, count=len(rows), **data)


def _is_same(row: ListedService, service: Service) -> bool:
    """By the register's id; else by code; else by title (of a service under another code: it may be listed anew)."""
    if row.service is not None:
        return row.service == service.id
    if row.code and service.code and row.code == service.code:
        return True
    titles = [title for title in (service.title_fa, service.title_en) if title]
    return bool(row.title) and any(likeness(row.title, title) >= ALIKE for title in titles)


def _codes_differ(row: ListedService, service: Service) -> bool:
    return row.service is None and bool(row.code and service.code) and row.code != service.code


def _is_dead(row: ListedService) -> bool:
    """A dead target, or a page of the old national portal whose target nobody has seen."""
    return row.active is False or (row.active is None and OLD_PORTAL in (row.url or ""))


def _cited(snapshot: Snapshot, probe: ProbeResult, row: ListedService | None) -> Evidence:
    """The export itself, by its digest, and the row in it."""
    exported = date.fromisoformat(probe.data["exported_at"])
    place = f"{probe.data['file']}, row {row.row}" if row is not None else str(probe.data["file"])
    said = " · ".join(part for part in (row.code, row.title) if part) if row is not None else ""
    return Evidence(
        url=row.url if row is not None and row.url else f"urn:sha256:{probe.data['sha256']}",
        page_id=ARTEFACT,
        fetched_at=min(datetime(exported.year, exported.month, exported.day, tzinfo=UTC), snapshot.as_of),
        http_status=None,
        sha256=str(probe.data["sha256"]),
        dom="http",
        quote=f"{place}: {said}" if said else place,
    )


def _hints(snapshot: Snapshot) -> list[Evidence]:
    """The first link of the portal to the national window: a hint, not evidence (ruling I05)."""
    for page in snapshot.pages:
        for link in page.perception.links:
            if link.url is not None and in_national_window(link.url):
                return [page.evidence(link.selector, link.caption)]
    return []
