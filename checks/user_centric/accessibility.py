"""Check accessibility: can people with a disability use the portal?"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from checks.base import Result, at_level, check, unknown
from checks.runner_words import CAUSES
from checks.user_centric.accessibility_tests import NAMES, Tested, barring_captchas, markup_tests, probe_tests
from config.vocabulary import Cause
from snapshot.models import Evidence, ProbeResult
from snapshot.reader import Page, Snapshot

HALF, MOST = 0.5, 0.85
"""Shares of passed tests of the rubric (U05)."""
MARKUP_TESTS = 5
MAX_EVIDENCE = 8


@check(
    id="accessibility",
    scope="portal",
    labels=(),
    probes=("accessibility",),
    version=1,
    messages={
        "most": {
            "fa": "{share} درصد آزمون‌های دسترس‌پذیری در {pages} صفحه نمونه پاسخ مثبت دارند.",
            "en": "{share} % of the accessibility tests pass on {pages} sampled pages.",
        },
        "blocked": {
            "fa": "{share} درصد آزمون‌ها پاسخ مثبت دارند، ولی «{title}» کد امنیتی تصویری بی جایگزین دارد. کد "
            "صوتی یا راه "
            "دیگری بگذارید.",
            "en": "{share} % of the tests pass, but “{title}” has a captcha picture without an alternative. "
            "Offer audio "
            "or another way.",
        },
        "some": {
            "fa": "{share} درصد آزمون‌های دسترس‌پذیری در {pages} صفحه نمونه پاسخ مثبت دارند. برای ۸۵ درصد "
            "این‌ها را درست کنید: "
            "{failing}.",
            "en": "{share} % of the accessibility tests pass on {pages} sampled pages. To reach 85 %, mend: {failing}.",
        },
        "few": {
            "fa": "تنها {share} درصد آزمون‌های دسترس‌پذیری در {pages} صفحه نمونه پاسخ مثبت دارند. این‌ها را "
            "درست کنید: {failing}.",
            "en": "Only {share} % of the accessibility tests pass on {pages} sampled pages. Mend: {failing}.",
        },
        "unseen": {
            "fa": "دسترس‌پذیری در مرورگر آزموده نشد ({why}).",
            "en": "Accessibility could not be tested in the browser ({why}).",
        },
    },
)
def accessibility(snapshot: Snapshot) -> Result:
    """Whether the sampled pages pass automatic accessibility tests, and nothing shuts people out.

    What it looks for: on home, one service page and one page with a form: language and direction, page title,
    alternatives of images, labels of fields, order of headings (from the document); skip link, contrast, reach by
    keyboard, zoom, a control of the text size that works, and a captcha's alternative (in the browser, with axe-core).
    Why it matters: who cannot see or use a pointer must reach the same services.
    How to fix: mend what the message names; give each captcha an audible or other alternative.
    Known limits: automatic tests find a part of the barriers; a level says nothing of the rest. An accessibility icon
    that only changes the text size counts as that one test; a skip link that leads nowhere does not count.
    """
    home = snapshot.home
    if home is None:
        closed = snapshot.search.home_cause or Cause.MISSING_ARTEFACT
        return unknown(closed, "unseen", why=CAUSES[closed])
    probe = snapshot.probe("accessibility")
    cause = _unseen(probe, home)
    if cause is not None or probe is None:
        return _untested(home, cause or Cause.MISSING_ARTEFACT)
    tested: list[Tested] = []
    pages: list[Page] = []
    for entry in probe.data["pages"]:
        page = snapshot.page(entry["page_id"])
        if page is not None and not entry.get("cause"):
            pages.append(page)
            tested += [*markup_tests(page), *probe_tests(page, entry)]
    barred = [one for one in tested if one.name == "captcha" and not one.passed]
    barred += [one for page in snapshot.pages if page not in pages for one in barring_captchas(page)]
    return _judged(tested, barred, len(pages))


def _unseen(probe: ProbeResult | None, home: Page) -> Cause | None:
    if probe is None or probe.status == "off":
        return Cause.MISSING_ARTEFACT
    if probe.status == "failed":
        return probe.cause or Cause.MISSING_ARTEFACT
    entry = next((one for one in probe.data["pages"] if one["page_id"] == home.page_id), None)
    return Cause.MISSING_ARTEFACT if entry is None else Cause(entry["cause"]) if entry.get("cause") else None


def _untested(home: Page, cause: Cause) -> Result:
    """What the document alone leaves possible: were all that was not tested to pass, the share could be so high."""
    markup = markup_tests(home)
    passed = sum(one.passed for one in markup)
    best = (passed + len(NAMES) - MARKUP_TESTS) / (len(markup) + len(NAMES) - MARKUP_TESTS)
    ceiling = 1 if best >= MOST else 0.5
    evidence = [one.page.evidence(one.selector, one.quote) for one in markup if not one.passed]
    return unknown(cause, "unseen", evidence=evidence, ceiling=ceiling, why=CAUSES[cause])


def _judged(tested: Sequence[Tested], barred: Sequence[Tested], pages: int) -> Result:
    by_name: dict[str, list[Tested]] = defaultdict(list)
    for one in tested:
        by_name[one.name].append(one)
    shares = {name: sum(one.passed for one in ones) / len(ones) for name, ones in by_name.items()}
    share = sum(shares.values()) / len(shares)
    failing = [name for name in NAMES if shares.get(name, 1) < 1]
    words = {language: [NAMES[name][language] for name in failing] for language in ("fa", "en")}
    told: dict[str, Any] = {"share": round(share * 100), "pages": pages}
    sure = 0.85 if "contrast" in shares else 0.6
    if share >= MOST and barred:
        evidence = _evidence(barred, tested)
        title = barred[0].page.name
        return at_level(0.5, "blocked", evidence=evidence, confidence=sure, title=title, **told)
    if share >= MOST:
        return at_level(1, "most", evidence=_evidence((), tested), confidence=sure, **told)
    failed = [one for name in failing for one in by_name[name] if not one.passed]
    if share >= HALF:
        return at_level(0.5, "some", evidence=_evidence(failed, tested), confidence=sure, failing=words, **told)
    return at_level(0, "few", evidence=_evidence(failed, tested), confidence=sure, stands=True, failing=words, **told)


def _evidence(first: Sequence[Tested], tested: Sequence[Tested]) -> list[Evidence]:
    """One piece for each test that something can be shown of, those in `first` before the rest."""
    chosen: dict[str, Tested] = {}
    for one in (*first, *tested):
        chosen.setdefault(one.name, one)
    shown = [one for one in chosen.values() if one.selector or one.quote]
    return [one.page.evidence(one.selector, one.quote) for one in shown][:MAX_EVIDENCE]
