"""Check org-structure: can people see how the agency is built, and is what they see true today?"""

from typing import Any

from checks.base import Result, at_level, check, unknown
from checks.transparent.structure_parts import Dating, Ties, agrees, few, replaced_on, ties_of
from snapshot.matching import lexicon
from snapshot.models import Evidence
from snapshot.page_dates import age_days, printed_today, stated_date
from snapshot.portal import managers, structure_pages
from snapshot.reader import Snapshot
from snapshot.structure_pages import StructurePage, about_pages
from snapshot.units import FULL_LIST

MONTH_DAYS = 30.44
NEWEST, NEW = int(12 * MONTH_DAYS), int(24 * MONTH_DAYS)
"""Days up to which a structure is up to date (level 1) or not old (level 0.75)."""


@check(
    id="org-structure",
    scope="portal",
    labels=("org-structure",),
    version=2,
    messages={
        "complete": {
            "fa": "«{title}» {count} واحد را به صورت متن، با {dated} و پیوند به وظایف یا مدیران نشان می‌دهد.",
            "en": "“{title}” shows {count} units as text, with {dated}, and leads to their duties or managers.",
        },
        "readable": {
            "fa": "«{title}» {count} واحد را خوانا نشان می‌دهد. برای امتیاز کامل: {missing}.",
            "en": "“{title}” shows {count} units readably. For the full level it needs: {missing}.",
        },
        "image_with_text": {
            "fa": "نمودار «{title}» تصویر است و متن جایگزین کامل دارد. برای امتیاز کامل واحدها را در متن صفحه بیاورید.",
            "en": "The chart “{title}” is an image with a full text alternative. For the full level show the units as "
            "text in the page.",
        },
        "file_dated": {
            "fa": "ساختار در فایل «{title}» با {dated} آمده است. برای امتیاز کامل همان را در متن صفحه هم بیاورید.",
            "en": "The structure stands in the file “{title}” with {dated}. For the full level show it in a page too.",
        },
        "undated": {
            "fa": "«{title}» {count} واحد را نشان می‌دهد، اما بی تاریخ معتبر (یا قدیمی‌تر از ۲۴ ماه) و بی پیوند واحدها. "
            "برای امتیاز بیشتر: {missing}.",
            "en": "“{title}” shows {count} units, but without a date within 24 months and without links of the units. "
            "For a higher level it needs: {missing}.",
        },
        "image_only": {
            "fa": "نمودار «{title}» تنها تصویر است و خواندنی (برای همه) نیست. واحدها را به صورت متن بیاورید.",
            "en": "The chart “{title}” is only an image. State its units as text.",
        },
        "file_unread": {
            "fa": "«{title}» به فایلی از نمودار پیوند دارد که در این بازدید خوانده نشد. "
            "واحدها را در متن صفحه هم بیاورید.",
            "en": "“{title}” links to a file of the chart that was not read in this visit. State the units "
            "in the page too.",
        },
        "stale_manager": {
            "fa": "در «{title}» هنوز «{person}» آمده است، با آنکه خبر درگاه {days} روز پیش از جانشین او گفته است. "
            "ساختار را به‌روز کنید.",
            "en": "“{title}” still shows “{person}”, though the portal's own news told of a successor {days} days ago. "
            "Update the structure.",
        },
        "few_units": {
            "fa": "تنها نام چند واحد ({units}) بی رابطه میان آن‌ها یافت شد. نمودار یا فهرست کامل واحدها را منتشر کنید.",
            "en": "Only a few units are named ({units}), without relations. Publish the chart or full list of units.",
        },
        "refused": {
            "fa": "«{title}» ساختار این دستگاه را نشان نمی‌دهد: {why}. ساختار دستگاه خود را منتشر کنید.",
            "en": "“{title}” does not show this agency's structure: {why}. Publish the structure of your agency.",
        },
        "none": {
            "fa": "ساختار سازمانی در درگاه یافت نشد. نمودار یا فهرست واحدها را با تاریخ و پیوند به وظایف منتشر کنید.",
            "en": "No organisation structure was found on the portal. Publish the chart or list of units, with its "
            "date and links to their duties.",
        },
    },
)
def org_structure(snapshot: Snapshot) -> Result:
    """Whether the agency's own, current structure can be read on the portal.

    What it looks for: a page that is called structure or chart and names the agency's units: as text, as picture with
    or without text alternative, or as a file; its date or approval; links of the units to duties or managers; the same
    top units as in the list of managers; no manager whom the portal's own news replaced more than 60 days ago.
    Why it matters: who knows which unit is responsible can turn to it, and can hold it to account.
    How to fix: list the units as text, state date and approval number, link each to its duties, and change the page
    when a manager changes.
    Known limits: what a picture shows is not read, only its text alternative. A day equal to the visit's is not
    believed, since servers print it. News that was not found cannot show a manager as replaced.
    """
    pages = structure_pages(snapshot)
    judged = [_judged(snapshot, shown) for shown in pages if not shown.refused]
    best = max(judged, key=lambda result: (result.level or 0.0, result.confidence), default=None)
    if best is not None:
        return best
    passing = _in_passing(snapshot)
    if passing is not None:
        return passing
    refused = next((shown for shown in pages if shown.refused not in ("", "empty")), None)
    if refused is not None:
        title = refused.page.name
        evidence = [refused.page.evidence(None, refused.said or title)]
        return at_level(0, "refused", evidence=evidence, confidence=0.85, title=title, why=_WHY[refused.refused])
    return at_level(0, "none", confidence=0.85)


_WHY = {
    "definition": {"fa": "تنها تعریف نمودار سازمانی است", "en": "it only defines what a chart is"},
    "rules": {"fa": "مقررات درباره ساختار است", "en": "it holds rules about structures"},
    "other_chart": {"fa": "نمودار چیز دیگری است", "en": "it is a chart of something else"},
    "other_body": {"fa": "ساختار دستگاه دیگری است", "en": "it is the structure of another body"},
    "news": {"fa": "خبر است", "en": "it is a news item"},
}


def _judged(snapshot: Snapshot, shown: StructurePage) -> Result:
    """The level that one page gives."""
    title = shown.page.name
    evidence = [_cited(shown, title)]
    result = _unstale(snapshot, shown, title, evidence)
    if (result.level or 0.0) < 0.75 and shown.picture and len(shown.picture.alternative.units) >= FULL_LIST:
        result = _pictured(shown, title, evidence)
    gone = replaced_on(snapshot, shown) if (result.level or 0.0) > 0.5 else None
    if gone is None:
        return result
    told = gone.appointment.page.evidence(gone.appointment.selector, gone.appointment.quote)
    return at_level(
        0.5,
        "stale_manager",
        evidence=[*evidence, told],
        confidence=0.8,
        title=title,
        person=gone.manager.person,
        days=gone.age_days,
    )


def _unstale(snapshot: Snapshot, shown: StructurePage, title: str, evidence: list[Evidence]) -> Result:
    units = shown.units.listed
    if len(units) < FULL_LIST and shown.picture is not None:
        return _pictured(shown, title, evidence)
    if few(shown):
        named = [unit.name for unit in shown.units.units][:5]
        return at_level(0.25, "few_units", evidence=evidence, confidence=0.75, title=title, units=named)
    dating = _dating(snapshot, shown)
    ties = ties_of(snapshot, shown)
    if shown.is_file:
        if shown.approval is not None or dating.within(NEW):
            dated = _dated_words(shown, dating)
            return at_level(0.75, "file_dated", evidence=evidence, confidence=0.75, title=title, dated=dated)
        return _with_gaps(0.5, "undated", shown, title, evidence, dating, ties, None)
    people = managers(snapshot)
    agreed = agrees(shown, people)
    current = dating.within(NEWEST) or shown.approval is not None
    if shown.approval is not None:
        evidence.append(shown.page.evidence(shown.approval[1], shown.approval[0]))
    elif dating.date is not None:
        evidence.append(shown.page.evidence(dating.date.selector, dating.date.text))
    if current and ties.told >= 0.5 and agreed is not False:
        dated = _dated_words(shown, dating)
        confidence = 0.9 if agreed else 0.75
        return at_level(
            1, "complete", evidence=evidence, confidence=confidence, title=title, count=len(units), dated=dated
        )
    if dating.within(NEW) or shown.approval is not None or ties.linked >= 0.5:
        return _with_gaps(0.75, "readable", shown, title, evidence, dating, ties, agreed)
    return _with_gaps(0.5, "undated", shown, title, evidence, dating, ties, agreed)


def _with_gaps(
    level: float,
    key: str,
    shown: StructurePage,
    title: str,
    evidence: list[Evidence],
    dating: Dating,
    ties: Ties,
    agreed: bool | None,
) -> Result:
    gaps = [
        words
        for words, lacks in (
            (
                {"fa": "تاریخ ۱۲ ماه اخیر یا شماره و تاریخ تصویب", "en": "a date within 12 months or its approval"},
                not dating.within(NEWEST) and shown.approval is None,
            ),
            (
                {"fa": "پیوند واحدها به وظایف یا مدیران", "en": "links of the units to duties or managers"},
                ties.told < 0.5,
            ),
            ({"fa": "سازگاری با فهرست مدیران", "en": "agreement with the list of managers"}, agreed is False),
            ({"fa": "متن در صفحه به جای فایل", "en": "text in a page in place of a file"}, shown.is_file),
        )
        if lacks
    ]
    missing: dict[str, Any] = {language: [gap[language] for gap in gaps] for language in ("fa", "en")}
    # Unit pages that the visit did not read may yet show that the units are linked.
    ceiling = 1.0 if ties.linked < 0.5 <= ties.linked + ties.unread else None
    return at_level(
        level,
        key,
        evidence=evidence,
        confidence=0.7 if dating.clock or ceiling else 0.85,
        ceiling=ceiling,
        title=title,
        count=len(shown.units.listed),
        missing=missing,
    )


def _pictured(shown: StructurePage, title: str, evidence: list[Evidence]) -> Result:
    """A chart as picture: 0.75 with a full text alternative (ruling T04), else 0.5."""
    assert shown.picture is not None
    if shown.picture.unread is not None:
        return unknown(shown.picture.unread, "file_unread", evidence=evidence, ceiling=0.5, title=title)
    if len(shown.picture.alternative.units) >= FULL_LIST:
        return at_level(0.75, "image_with_text", evidence=evidence, confidence=0.85, title=title)
    return at_level(0.5, "image_only", evidence=evidence, confidence=0.85 if shown.picture.sure else 0.6, title=title)


def _dating(snapshot: Snapshot, shown: StructurePage) -> Dating:
    found = stated_date(snapshot, shown.page)
    if found is None:
        return Dating(None, None, printed_today(snapshot, shown.page))
    return Dating(age_days(snapshot, found), found, clock=False)


def _dated_words(shown: StructurePage, dating: Dating) -> dict[str, str]:
    if shown.approval is not None:
        return {"fa": "شماره و تاریخ تصویب", "en": "its approval number and date"}
    text = dating.date.text if dating.date else ""
    return {"fa": f"تاریخ {text}", "en": f"the date {text}"}


def _in_passing(snapshot: Snapshot) -> Result | None:
    """Units named in the running text of a page about the agency (ruling T04: 0.25)."""
    for shown in about_pages(snapshot):
        units = [unit for unit in shown.units.units if lexicon().has(unit.name, "unit-word")]
        if len(units) > 1:
            piece = shown.page.evidence(units[0].selector, "، ".join(unit.name for unit in units[:5]))
            title, named = shown.page.name, [unit.name for unit in units[:5]]
            return at_level(0.25, "few_units", evidence=[piece], confidence=0.6, title=title, units=named)
    return None


def _cited(shown: StructurePage, title: str) -> Evidence:
    if shown.units.units:
        names = "، ".join(unit.name for unit in shown.units.units[:4])
        return shown.page.evidence(shown.units.units[0].selector, names)
    if shown.picture is not None:
        return shown.page.evidence(shown.picture.selector, shown.picture.quote or title)
    return shown.page.evidence(None, title)
