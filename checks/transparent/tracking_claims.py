"""What each tracking form, login page and sentence would give a service by the rubric of T02 (indicators 2.6, 2.8)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from checks.transparent.service_links import WayFromService, services_of, way_from_service
from checks.transparent.tracking_forms import Purpose, TrackingForm, titles, tracking_forms
from checks.transparent.tracking_texts import (
    change_notice,
    code_origin,
    named_services,
    of_other_matters,
    sent_by_post,
    stages,
)
from config.models import Service
from config.vocabulary import Cause
from snapshot.matching import lexicon
from snapshot.models import Evidence
from snapshot.reader import Snapshot
from snapshot.service_parts import family

MISSING: Mapping[str, Mapping[str, str]] = {
    "link": {
        "fa": "پیوند به آن از متن صفحه خدمت یا سطر آن در میز خدمت",
        "en": "a link to it from the service's page or desk row",
    },
    "stages": {
        "fa": "فهرست وضعیت‌های درخواست یا پیامک تغییر وضعیت",
        "en": "the list of states of a request, or messages on each change",
    },
    "secure": {"fa": "نشانی امن (HTTPS)", "en": "a secure address (HTTPS)"},
    "origin": {"fa": "توضیح اینکه کد از کجا به دست می‌آید", "en": "a sentence on where the code comes from"},
    "code": {"fa": "فیلدی که درخواست را مشخص کند", "en": "a field that identifies the request"},
}
_OF_SERVICE = {
    Purpose.COMPLAINT: "tracking-complaint",
    Purpose.LETTER: "tracking-letter",
    Purpose.PARCEL: "tracking-parcel",
}


@dataclass(frozen=True)
class Claim:
    """A level that one thing on the portal would give, before claims are compared.

    `tied` says that it belongs to the service itself, `broken` why the browser could not show it.
    """

    level: float
    key: str
    evidence: tuple[Evidence, ...]
    confidence: float
    ceiling: float | None = None
    broken: Cause | None = None
    tied: bool = False
    data: Mapping[str, Any] = field(default_factory=dict)


def form_claims(snapshot: Snapshot, service: Service) -> list[Claim]:
    """The claims of every tracking form of the portal for this service."""
    claims = (_form_claim(snapshot, service, entry) for entry in tracking_forms(snapshot))
    return [claim for claim in claims if claim is not None]


def _form_claim(snapshot: Snapshot, service: Service, entry: TrackingForm) -> Claim | None:
    owners = services_of(snapshot, entry.page, *titles(entry.page, entry.form)) | named_services(snapshot, entry)
    way = way_from_service(snapshot, service, entry.page)
    ours = bool(owners & family(snapshot, service))
    if owners and not ours and way is None:
        return None
    tied = ours or way is not None
    purpose = _purpose_for(entry, service, tied)
    if not tied and purpose == Purpose.REQUEST and of_other_matters(snapshot, service, entry):
        return _confirmed(snapshot, entry, _claim_of_system(entry))
    if purpose in (Purpose.INQUIRY, Purpose.PARCEL, Purpose.OTHER):
        return _not_a_request(snapshot, service, entry, purpose, tied)
    claim = (
        _request_claim(snapshot, service, entry, way, ours)
        if purpose == Purpose.REQUEST
        else _general_claim(entry, purpose, tied)
    )
    return _confirmed(snapshot, entry, claim)


def _purpose_for(entry: TrackingForm, service: Service, tied: bool) -> Purpose:
    """The form's purpose as this service sees it: complaint tracking is tracking where complaints are the service."""
    group = _OF_SERVICE.get(entry.purpose)
    if group is not None and lexicon().has(f"{service.title_fa} {service.title_en}", group):
        return Purpose.REQUEST
    if tied and entry.purpose == Purpose.UNNAMED:
        return Purpose.REQUEST
    return entry.purpose


def _request_claim(
    snapshot: Snapshot, service: Service, entry: TrackingForm, way: WayFromService | None, ours: bool
) -> Claim:
    """A form for the service or the desk: 0.5 with a gap, 0.75 complete, 1 also linked and with its stages shown."""
    evidence = [_evidence_of(entry)]
    data: dict[str, Any] = {"form": entry.quote, "captcha": entry.form.has("captcha")}
    origin = code_origin(snapshot, service, entry) if entry.code is not None else None
    gaps = [
        name
        for name, lacks in (
            ("code", not entry.identifies),
            ("secure", not entry.secure),
            ("origin", entry.code is not None and origin is None),
        )
        if lacks
    ]
    if origin is not None:
        evidence.append(origin.page.evidence(origin.selector, origin.text))
    if gaps:
        return Claim(
            0.5, "form_incomplete", tuple(evidence), 0.75, tied=ours or way is not None, data={**data, **_lacking(gaps)}
        )
    shown = stages(snapshot, service, entry) or change_notice(snapshot, service, entry)
    if way is None:
        gaps.append("link")
    elif way.link is not None:
        evidence.append(way.page.evidence(way.link.selector, way.link.caption))
    if shown is None:
        gaps.append("stages")
    else:
        evidence.append(shown.page.evidence(shown.selector, shown.text))
    tied = ours or way is not None
    if gaps:
        return Claim(0.75, "form_partial", tuple(evidence), 0.8, tied=tied, data={**data, **_lacking(gaps)})
    return Claim(1.0, "form_complete", tuple(evidence), 0.9, tied=tied, data=data)


def _general_claim(entry: TrackingForm, purpose: Purpose, tied: bool) -> Claim:
    key = {Purpose.COMPLAINT: "form_of_complaints", Purpose.LETTER: "form_of_letters"}.get(purpose, "form_general")
    return Claim(0.5, key, (_evidence_of(entry),), 0.7, tied=tied, data={"form": entry.quote})


def _claim_of_system(entry: TrackingForm) -> Claim:
    return Claim(0.5, "form_of_system", (_evidence_of(entry),), 0.6, data={"form": entry.quote})


def _not_a_request(
    snapshot: Snapshot, service: Service, entry: TrackingForm, purpose: Purpose, tied: bool
) -> Claim | None:
    """An inquiry of the service itself, or the parcel of what it sends by post: 0.25; anything else is no tracking."""
    evidence = [_evidence_of(entry)]
    if purpose == Purpose.INQUIRY and tied:
        return Claim(0.25, "inquiry", tuple(evidence), 0.7, tied=True, data={"form": entry.quote})
    posted = sent_by_post(snapshot, service) if purpose == Purpose.PARCEL else None
    if posted is None:
        return None
    evidence.append(posted.page.evidence(posted.selector, posted.text))
    return Claim(0.25, "parcel", tuple(evidence), 0.7, tied=True, data={"form": entry.quote})


def _confirmed(snapshot: Snapshot, entry: TrackingForm, claim: Claim) -> Claim:
    """The claim as far as a browser bore it out: no level above 0.5 on a form that nobody saw."""
    probed = _probed(snapshot, entry)
    seen = probed.get("shown")
    if probed.get("answered") is False:
        return Claim(0.25, "submit_fails", claim.evidence, 0.7, tied=claim.tied, data=claim.data)
    seen = entry.seen if seen is None else seen
    if seen:
        return claim
    if seen is False:
        return Claim(0.25, "form_hidden", claim.evidence, 0.5, ceiling=claim.level, tied=claim.tied, data=claim.data)
    rendering = entry.page.record.rendering
    cause = probed.get("cause") or (rendering.cause if rendering is not None else None)
    if cause is not None:
        return Claim(claim.level, claim.key, claim.evidence, 0.0, broken=Cause(cause), tied=claim.tied, data=claim.data)
    if claim.level <= 0.5:
        return claim
    return Claim(0.5, "form_unconfirmed", claim.evidence, 0.5, ceiling=claim.level, tied=claim.tied, data=claim.data)


def _probed(snapshot: Snapshot, entry: TrackingForm) -> Mapping[str, Any]:
    """What the probe tracking-form says of the form: `shown`, `answered`, `cause`; empty where it says nothing."""
    probe = snapshot.probe("tracking-form")
    if probe is None or probe.status != "done":
        return {}
    forms = [found for found in probe.data.get("forms", ()) if found.get("page_id") == entry.page.page_id]
    same = [found for found in forms if found.get("selector") == entry.form.selector]
    # The probe may have opened the source's form while the page was rendered only later: one form a page is the same.
    return same[0] if same else forms[0] if len(forms) == 1 else {}


def _evidence_of(entry: TrackingForm) -> Evidence:
    return entry.page.evidence(entry.form.selector, entry.quote)


def _lacking(names: list[str]) -> dict[str, Any]:
    return {"missing": {language: [MISSING[name][language] for name in names] for language in ("fa", "en")}}
