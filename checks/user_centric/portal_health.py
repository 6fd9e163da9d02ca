"""Check portal-health: can people reach the portal, safely, and do its links lead somewhere?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from checks.base import Result, at_level, check, unknown
from checks.runner_words import CAUSES
from config.vocabulary import Cause
from snapshot.models import Evidence, ProbeResult
from snapshot.page_health import mixed_content, mojibake
from snapshot.reader import Snapshot

SILENT = frozenset({"dns", "timeout", "refused", "tls"})
"""Causes without any HTTP answer."""
EVIDENCE_LINKS = 5


@check(
    id="portal-health",
    scope="portal",
    labels=(),
    probes=("availability", "tls", "timing", "link-health"),
    version=1,
    messages={
        "healthy": {
            "fa": "درگاه در {answered} از {counted} نمونه پاسخ داد و {broken} از {links} پیوند نمونه شکسته بود. {more}",
            "en": "The portal answered {answered} of {counted} looks, and {broken} of {links} sampled links were "
            "broken. {more}",
        },
        "faulty": {
            "fa": "درگاه در {answered} از {counted} نمونه پاسخ داد. کاستی‌ها: {faults}. {more}",
            "en": "The portal answered {answered} of {counted} looks. Faults: {faults}. {more}",
        },
        "unsafe": {
            "fa": "{faults}. گواهی معتبر نصب کنید و همه صفحه‌ها را با HTTPS عرضه کنید. {more}",
            "en": "{faults}. Install a valid certificate and serve every page by HTTPS. {more}",
        },
        "often_down": {
            "fa": "درگاه تنها در {answered} از {counted} نمونه پاسخ داد. {more}",
            "en": "The portal answered only {answered} of {counted} looks. {more}",
        },
        "too_few_samples": {
            "fa": "تنها {counted} نمونه از دردسترس‌بودن درگاه در دست است و دست‌کم {minimum} نمونه لازم است{left}.",
            "en": "There are only {counted} samples of the portal's availability; at least {minimum} are needed{left}.",
        },
        "never_answered": {
            "fa": "درگاه در هیچ‌یک از {counted} نمونه پاسخ نداد ({why})؛ معلوم نیست که از کار افتاده یا دسترسی از این "
            "نقطه بسته است. از درون کشور بسنجید.",
            "en": "The portal gave no answer in any of {counted} samples ({why}); it may be down, or closed to this "
            "place. Measure from inside the country.",
        },
        "partly_told": {
            "fa": "درگاه در {answered} از {counted} نمونه پاسخ داد، ولی این‌ها سنجیده نشد: {untold} ({why}).",
            "en": "The portal answered {answered} of {counted} looks, but this could not be told: {untold} ({why}).",
        },
    },
)
def portal_health(
    snapshot: Snapshot,
    *,
    minimum_samples: int = 10,
    low_share: float = 0.8,
    high_share: float = 0.97,
    broken_share: float = 0.05,
) -> Result:
    """Whether the portal can be reached over the round, has valid HTTPS, and keeps its links whole.

    What it looks for: the share of availability samples that the home page answered; a certificate that browsers
    accept; the share of a sample of own links that lead nowhere. Response time, pages that load parts without
    encryption, and wrongly decoded text are told beside it.
    Why it matters: a portal that is down, unsafe or full of dead ends serves nobody, however good its pages are.
    How to fix: watch the portal from outside, renew the certificate in time and serve its whole chain, mend the links
    that the evidence names.
    Known limits: samples see what one place sees; a portal that never answers from there is unknown. Blocks, captchas
    and robots.txt are no failure. On an address that no authority can certify (loopback, private) HTTPS is not judged;
    a chain without its intermediate certificate counts half, as only some browsers accept it.
    """
    samples = _data(snapshot.probe("availability"))
    counted, answered = int(samples.get("counted", 0)), int(samples.get("answered", 0))
    if counted < minimum_samples:
        cause = Cause(samples.get("untold_cause") or Cause.MISSING_ARTEFACT)
        return unknown(cause, "too_few_samples", counted=counted, minimum=minimum_samples, left=_left_out(samples))
    if answered == 0 and (silence := _silence(samples)) is not None:
        return unknown(silence, "never_answered", counted=counted, why=CAUSES[silence])
    share = answered / counted
    reached = 0.0 if share < low_share else 0.5 if share < high_share else 1.0
    parts = [_https(snapshot.probe("tls")), _links(snapshot.probe("link-health"), broken_share)]
    low, high = (min([reached, *(getattr(part, bound) for part in parts)]) for bound in ("low", "high"))
    said: dict[str, Any] = {"answered": answered, "counted": counted, "more": _more(snapshot)}
    if low != high:
        open_parts = [part for part in parts if part.low < part.high]
        untold = {code: [part.name[code] for part in open_parts] for code in ("fa", "en")}
        cause = open_parts[0].cause
        said = {**said, "untold": untold, "why": CAUSES[cause]}
        return unknown(cause, "partly_told", evidence=_evidence(snapshot), ceiling=high, **said)
    faults = [part.fault for part in parts if part.fault]
    if 0 < reached < 1:
        faults.append({"fa": "از دسترس رفتن گاه‌به‌گاه", "en": "times without an answer"})
    data = {**said, "faults": {code: [fault[code] for fault in faults] for code in ("fa", "en")}}
    if low == 1:
        links = _data(snapshot.probe("link-health"))
        data = {**said, "broken": links.get("broken", 0), "links": links.get("counted", 0)}
    key = "healthy" if low == 1 else "faulty" if low > 0 else "often_down" if reached == 0 else "unsafe"
    confidence = _confidence(snapshot, share, (low_share, high_share), broken_share)
    return at_level(low, key, evidence=_evidence(snapshot), confidence=confidence, **data)


def _confidence(snapshot: Snapshot, share: float, bounds: tuple[float, float], broken_share: float) -> float:
    """Lower where one sample or one link more would change the level, lowest where HTTPS was not judged."""
    if _data(snapshot.probe("tls")).get("certifiable") is False:
        return 0.6
    samples, links = _data(snapshot.probe("availability")), _data(snapshot.probe("link-health"))
    near = min(abs(share - bound) for bound in bounds) < 1 / samples["counted"]
    if links.get("share") is not None:
        near = near or abs(links["share"] - broken_share) < 1 / links["counted"]
    return 0.75 if near else 0.9


@dataclass(frozen=True, slots=True)
class _Part:
    """What one measure leaves possible: the lowest and the highest level, and what is wrong with it."""

    name: Mapping[str, str]
    low: float
    high: float
    fault: Mapping[str, str] = field(default_factory=dict)
    cause: Cause = Cause.MISSING_ARTEFACT


def _https(probe: ProbeResult | None) -> _Part:
    name = {"fa": "HTTPS", "en": "HTTPS"}
    data = _data(probe)
    if data.get("certifiable") is False:
        return _Part(name, 1, 1)
    if not data:
        return _Part(name, 0, 1, cause=(probe and probe.cause) or Cause.MISSING_ARTEFACT)
    if data.get("valid"):
        return _Part(name, 1, 1)
    if not data.get("https"):
        return _Part(name, 0, 0, {"fa": "درگاه HTTPS ندارد", "en": "The portal has no HTTPS"})
    if data.get("fault") == "incomplete_chain":
        fault = {"fa": "زنجیره گواهی HTTPS ناقص است", "en": "the chain of the HTTPS certificate is incomplete"}
        return _Part(name, 0.5, 0.5, fault)
    why = _FAULTS.get(str(data.get("fault")), {"fa": str(data.get("reason")), "en": str(data.get("reason"))})
    fault = {
        "fa": f"گواهی HTTPS درگاه معتبر نیست ({why['fa']})",
        "en": f"The portal's HTTPS certificate is not valid ({why['en']})",
    }
    return _Part(name, 0, 0, fault)


def _links(probe: ProbeResult | None, broken_share: float) -> _Part:
    name = {"fa": "پیوندهای شکسته", "en": "broken links"}
    data = _data(probe)
    if data.get("share") is None:
        return _Part(name, 0.5, 1, cause=(probe and probe.cause) or Cause.MISSING_ARTEFACT)
    if data["share"] <= broken_share:
        return _Part(name, 1, 1)
    fault = {
        "fa": f"{data['broken']} از {data['counted']} پیوند نمونه شکسته است",
        "en": f"{data['broken']} of {data['counted']} sampled links are broken",
    }
    return _Part(name, 0.5, 0.5, fault)


def _silence(samples: Mapping[str, Any]) -> Cause | None:
    """The cause of the samples where none got any HTTP answer; None where the host answered with errors."""
    causes = [str(entry.get("cause")) for entry in samples.get("samples", ()) if entry.get("status") is None]
    silent = [cause for cause in causes if cause in SILENT]
    return Cause(max(silent, key=silent.count)) if silent and len(silent) == samples["counted"] else None


def _left_out(samples: Mapping[str, Any]) -> Mapping[str, str]:
    """What became of samples that do not count, as the end of a sentence."""
    parts = {
        "untold": {"fa": "بدون نتیجه", "en": "told nothing"},
        "unproven": {"fa": "با شبکه قطع", "en": "with our own network down"},
        "too_close": {"fa": "نزدیک به هم", "en": "too close together"},
    }
    said = [(samples.get(name, 0), words) for name, words in parts.items() if samples.get(name, 0)]
    return {
        code: f" ({before}: {', '.join(f'{count} {words[code]}' for count, words in said)})" if said else ""
        for code, before in (("fa", "کنار گذاشته"), ("en", "left out"))
    }


def _more(snapshot: Snapshot) -> Mapping[str, str]:
    """What is told beside the level: response time, mixed content, wrong letters, plain http."""
    timing = _data(snapshot.probe("timing"))
    first_byte = timing.get("first_byte_ms") or _data(snapshot.probe("availability")).get("first_byte_ms")
    mixed, wrong = len(mixed_content(snapshot)), len(mojibake(snapshot))
    plain = _data(snapshot.probe("tls")).get("plain_http") == "serves"
    said: list[Mapping[str, str]] = []
    if _data(snapshot.probe("tls")).get("certifiable") is False:
        said.append({"fa": "HTTPS روی این نشانی سنجیدنی نیست.", "en": "HTTPS cannot be judged on this address."})
    if first_byte is not None:
        whole = round(first_byte)
        said.append({"fa": f"میانه زمان نخستین بایت {whole} میلی‌ثانیه است.", "en": f"Median first byte: {whole} ms."})
    if mixed:
        said.append({"fa": f"{mixed} صفحه بخشی را بدون رمز بار می‌کند.", "en": f"{mixed} pages load parts unencrypted."})
    if wrong:
        said.append(
            {"fa": f"نویسه‌های {wrong} صفحه به هم ریخته است.", "en": f"{wrong} pages show wrongly decoded text."}
        )
    if plain:
        said.append({"fa": "HTTP ساده به HTTPS هدایت نمی‌شود.", "en": "Plain HTTP is not redirected to HTTPS."})
    return {code: " ".join(entry[code] for entry in said) for code in ("fa", "en")}


def _evidence(snapshot: Snapshot) -> list[Evidence]:
    """Home, and the elements of the first broken links."""
    pieces: list[Evidence] = []
    home = next((record for record in snapshot.records if len(record.click_path) == 1), None)
    if snapshot.home is not None:
        pieces.append(snapshot.home.evidence(None, snapshot.home.perception.title))
    elif home is not None:
        pieces.append(
            Evidence(
                url=home.url,
                page_id=home.page_id,
                fetched_at=home.fetched_at,
                http_status=home.status,
                sha256=home.body_sha256,
                dom="http",
                redirects=home.redirects,
                click_path=home.click_path,
            )
        )
    broken = [entry for entry in _data(snapshot.probe("link-health")).get("links", ()) if entry["outcome"] == "broken"]
    for entry in broken[:EVIDENCE_LINKS]:
        page = snapshot.page(entry["page_id"])
        if page is not None:
            pieces.append(page.evidence(entry["selector"], f"{entry['caption']} → {entry['url']}"))
    return pieces


def _data(probe: ProbeResult | None) -> Mapping[str, Any]:
    """A probe's data; nothing where it did not run to its end."""
    return probe.data if probe is not None and probe.status == "done" else {}


_FAULTS: Mapping[str, Mapping[str, str]] = {
    "expired": {"fa": "منقضی شده است", "en": "it has expired"},
    "not_yet": {"fa": "هنوز آغاز نشده است", "en": "its time has not begun"},
    "name": {"fa": "برای نام دیگری است", "en": "it is for another name"},
    "self_signed": {"fa": "خودامضاست", "en": "it is signed by itself"},
    "untrusted": {"fa": "صادرکننده‌اش مورد اعتماد نیست", "en": "nobody trusts who issued it"},
    "protocol": {"fa": "پروتکل آن پذیرفتنی نیست", "en": "its protocol is not accepted"},
}
