"""Check mobile-use: can the portal be used on a phone?"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from checks.base import Result, at_level, check, unknown
from checks.runner_words import CAUSES
from config.vocabulary import Cause
from snapshot.models import Evidence, ProbeResult
from snapshot.reader import Snapshot

OVERFLOW_PX = 8
"""Pixels by which a page may be wider than the screen without anybody noticing."""
WIDEST_SETTING_PX = 480
"""A viewport of a fixed width up to this is a phone's."""
UNREADABLE = 0.5
"""Share of texts that lie beyond the edge from which the page is one of fixed width."""
CUT = 0.1
MENU_SHARE = 0.8
"""Share of the menu's entries that a phone must reach; a portal may leave a few out there."""

_WIDTH = re.compile(r"width\s*=\s*([\w.-]+)", re.IGNORECASE)
_KINDS: Mapping[str, Mapping[str, str]] = {
    "home": {"fa": "صفحه نخست", "en": "the home page"},
    "service": {"fa": "صفحه خدمت", "en": "the service page"},
    "form": {"fa": "صفحه فرم", "en": "the page with the form"},
}


@check(
    id="mobile-use",
    scope="portal",
    labels=(),
    probes=("mobile",),
    version=1,
    messages={
        "usable": {
            "fa": "در صفحه ۳۶۰ پیکسلی گوشی منو، صفحه خدمت و فرم به کار می‌آیند.",
            "en": "Menu, service page and form are usable on a phone's screen of 360 pixels.",
        },
        "problems": {
            "fa": "صفحه‌ها در گوشی خواندنی‌اند، اما: {problems}. با رفع این‌ها امتیاز کامل می‌شود.",
            "en": "The pages can be read on a phone, but: {problems}. Mending this gives the full level.",
        },
        "part_unseen": {
            "fa": "آنچه دیده شد در گوشی خواندنی است، ولی همه صفحه‌های نمونه دیده نشدند ({why}).",
            "en": "What was seen can be read on a phone, but not all sampled pages were ({why}).",
        },
        "no_service_page": {
            "fa": "صفحه نخست در گوشی به کار می‌آید، ولی صفحه خدمتی یافت نشد که آزموده شود. صفحه هر خدمت را "
            "در دسترس بگذارید.",
            "en": "The home page is usable on a phone, but no service page was found to try. Publish one per service.",
        },
        "separate_site": {
            "fa": "گوشی به نشانی جداگانه {host} فرستاده می‌شود؛ برای امتیاز کامل همان محتوا و خدمات باید "
            "آنجا باشد یا سایت اصلی "
            "خود را با گوشی سازگار کند.",
            "en": "Phones are sent to a separate site, {host}. For the full level it must hold the same "
            "services, or the "
            "portal itself must adapt.",
        },
        "no_viewport": {
            "fa": "صفحه نخست برای گوشی تنظیم نشده است (meta viewport ندارد). صفحه‌ها را با عرض گوشی سازگار کنید.",
            "en": "The home page is not set up for phones (no viewport meta). Let the pages adapt to a phone's width.",
        },
        "frames": {
            "fa": "صفحه نخست از قاب‌ها (frameset) ساخته شده و با گوشی سازگار نمی‌شود. آن را بدون قاب بسازید.",
            "en": "The home page is made of frames, which cannot adapt to a phone. Build it without frames.",
        },
        "fixed_width": {
            "fa": "صفحه نخست عرض ثابت {width} پیکسل دارد و در گوشی بی جابه‌جایی خوانده نمی‌شود. آن را با عرض "
            "گوشی سازگار کنید.",
            "en": "The home page has a fixed width of {width} pixels and cannot be read on a phone without moving "
            "sideways. Let it adapt.",
        },
        "unseen": {
            "fa": "درگاه در صفحه گوشی دیده نشد ({why}).",
            "en": "The portal could not be seen on a phone's screen ({why}).",
        },
    },
)
def mobile_use(snapshot: Snapshot) -> Result:
    """Whether home, a service page and a form can be used on a screen of 360 pixels.

    What it looks for: the viewport setting of the page, texts and elements that run over the edge of the screen, menu
    entries within reach (after a press on the menu button), and fields and buttons of a form within the screen.
    Why it matters: most people open the portal on a phone.
    How to fix: set the viewport to the device's width, let tables and columns break, offer a menu that opens.
    Known limits: one page of each kind is tried, on one screen. An app is not judged: an evaluator may raise the level
    where an official app delivers the same services. A viewport setting does not help a page that runs over the edge.
    """
    probe = snapshot.probe("mobile")
    cause = _unseen(snapshot, probe)
    if cause is not None or probe is None:
        cause = cause or Cause.MISSING_ARTEFACT
        return unknown(cause, "unseen", ceiling=1, why=CAUSES[cause])
    entries: list[dict[str, Any]] = probe.data["pages"]
    seen = [entry for entry in entries if not entry.get("cause")]
    home = seen[0]
    evidence = _evidence(snapshot, seen)
    if home.get("frames"):
        return at_level(0, "frames", evidence=evidence[:1], confidence=0.9, stands=True)
    if not _adapts(home):
        quote = _evidence(snapshot, [home], f"viewport: {home.get('viewport') or '-'}")
        if home.get("viewport"):
            width = home["layout_width"]
            return at_level(0, "fixed_width", evidence=quote, confidence=0.9, stands=True, width=width)
        return at_level(0, "no_viewport", evidence=quote, confidence=0.9, stands=True)
    if home["texts_outside"] > UNREADABLE * max(home["texts"], 1):
        return at_level(0, "fixed_width", evidence=evidence[:1], confidence=0.9, stands=True, width=home["page_width"])
    if home.get("other_host"):
        host = home.get("other_host")
        return at_level(0.5, "separate_site", evidence=evidence, confidence=0.6, ceiling=1, host=host)
    problems = [problem for entry in seen for problem in _problems(entry)]
    missed = next((entry["cause"] for entry in entries if entry.get("cause")), None)
    if problems:
        words = {language: [problem[language] for problem in problems] for language in ("fa", "en")}
        return at_level(0.5, "problems", evidence=evidence, confidence=0.85, problems=words)
    if missed is not None:
        return at_level(0.5, "part_unseen", evidence=evidence, confidence=0.6, ceiling=1, why=CAUSES[Cause(missed)])
    if snapshot.agency.has_public_services and not any(entry["kind"] == "service" for entry in seen):
        return at_level(0.5, "no_service_page", evidence=evidence, confidence=0.6, ceiling=1)
    return at_level(1, "usable", evidence=evidence, confidence=0.85)


def _unseen(snapshot: Snapshot, probe: ProbeResult | None) -> Cause | None:
    """Why nothing is known of home on a phone; None where it was seen."""
    if probe is None or probe.status == "off":
        return snapshot.search.home_cause or Cause.MISSING_ARTEFACT
    if probe.status == "failed":
        return probe.cause or Cause.MISSING_ARTEFACT
    home = next(iter(probe.data["pages"]), None)
    return Cause.MISSING_ARTEFACT if home is None else Cause(home["cause"]) if home.get("cause") else None


def _adapts(entry: Mapping[str, Any]) -> bool:
    """Whether the page asks for the phone's own width. A number is a width of its own: good only where it "
    "is small."""
    found = _WIDTH.search(entry.get("viewport") or "")
    if found is None:
        return "initial-scale" in (entry.get("viewport") or "")
    width = found[1].lower()
    return width == "device-width" or (width.isdigit() and int(width) <= WIDEST_SETTING_PX)


def _problems(entry: Mapping[str, Any]) -> list[dict[str, str]]:
    """What breaks on one page, each in both languages."""
    where = _KINDS[entry["kind"]]
    found: list[dict[str, str]] = []
    if not _adapts(entry):
        found.append({"fa": f"{where['fa']} برای گوشی تنظیم نشده است", "en": f"{where['en']} sets no viewport"})
    if entry["overflow_px"] > OVERFLOW_PX or entry["texts_outside"] > CUT * max(entry["texts"], 1):
        wide = f"{entry['overflow_px']}"
        found.append(
            {
                "fa": f"{where['fa']} {wide} پیکسل از صفحه گوشی بیرون می‌زند",
                "en": f"{where['en']} runs {wide} pixels over the edge",
            }
        )
    found.extend(_menu_problem(entry.get("menu")))
    form = entry.get("form")
    if form and not _form_works(form):
        found.append({"fa": "فرم در گوشی کامل دیده نمی‌شود", "en": "the form does not fit the screen"})
    return found


def _menu_problem(menu: Mapping[str, Any] | None) -> list[dict[str, str]]:
    """What keeps people from the menu's entries, at once or after it was opened; nothing where there is no menu."""
    if menu is None:
        return []
    reached, entries = max(menu["reached"], menu.get("opened_reached") or 0), menu["entries"]
    if reached >= MENU_SHARE * entries:
        return []
    return [
        {
            "fa": f"تنها {reached} گزینه از {entries} گزینه منو با لمس در دسترس است",
            "en": f"only {reached} of the {entries} menu entries can be reached by touch",
        }
    ]


def _form_works(form: Mapping[str, Any]) -> bool:
    """Whether what a person sees of the form lies on the screen. One that no screen shows is not the "
    "phone's matter."""
    fields = form["inside"] == form["shown"]
    return bool(fields and (form["submits"] == 0 or form["submits_inside"] > 0))


def _evidence(snapshot: Snapshot, entries: Sequence[Mapping[str, Any]], quote: str = "") -> list[Evidence]:
    """The pages as the phone showed them, with what runs over the edge."""
    found: list[Evidence] = []
    for entry in entries:
        page = snapshot.page(entry["page_id"])
        if page is None:
            continue
        over = entry.get("widest") if entry["overflow_px"] > OVERFLOW_PX else None
        said = quote or (f"{entry['page_width']} px: {over['text']}" if over else page.name)
        evidence = page.evidence(over["selector"] if over else None, said)
        found.append(evidence.model_copy(update={"screenshot": entry.get("screenshot"), "box": None}))
    return found
