"""Check responsible-managers: can a citizen see who is responsible for what, and reach that office?"""

from dataclasses import dataclass
from typing import Any

from checks.base import Result, at_level, check, unknown
from checks.transparent.manager_coverage import (
    Coverage,
    Freshness,
    coverage_of,
    freshness_of,
    opened_profiles,
    pages_naming_units,
    shown_managers,
)
from config.vocabulary import Label
from snapshot.filters import is_news
from snapshot.managers import Manager
from snapshot.models import Evidence
from snapshot.other_language_heads import differing_head
from snapshot.ownership import names_other_body
from snapshot.portal import confirmed_by_news, shown_but_replaced
from snapshot.reader import Snapshot

CURRENT_DAYS = 183
"""Six months: the age up to which a list of managers is current (rubric T05)."""
FULL, BROAD = 0.85, 0.6
REACHED = 0.8
"""Share of managers who must be reached by phone and electronically for the top level."""
CITED = 6


@check(
    id="responsible-managers",
    scope="portal",
    labels=("managers-contacts", "org-structure"),
    version=2,
    messages={
        "complete": {
            "fa": "{count} مدیر با نام، سمت، تلفن و راه الکترونیکی یافت شد ({held} از {units} واحد)؛ {fresh} "
            "و صفحه خدمات واحد مسئول را نام می‌برد.{note}",
            "en": "{count} managers are shown with name, post, phone and an electronic way ({held} of {units} units); "
            "{fresh}, and service pages name the responsible unit.{note}",
        },
        "broad": {
            "fa": "{count} مدیر با نام، سمت و تلفن یافت شد ({held} از {units} واحد). برای امتیاز کامل: "
            "{missing}.{note}",
            "en": "{count} managers are shown with name, post and phone ({held} of {units} units). For the full level "
            "it needs: {missing}.{note}",
        },
        "partial": {
            "fa": "{count} مدیر با راه تماس یافت شد ({held} از {units} واحد). برای امتیاز بیشتر: {missing}.{note}",
            "en": "{count} managers can be reached ({held} of {units} units). For a higher level it needs: {missing}."
            "{note}",
        },
        "replaced": {
            "fa": "«{person}» هنوز مدیر نشان داده می‌شود، با آنکه خبر درگاه {days} روز پیش از جانشین او گفته است. "
            "فهرست را به‌روز کنید.",
            "en": "“{person}” is still shown as manager, though the portal's own news told of a successor {days} days "
            "ago. Update the list.",
        },
        "without_contact": {
            "fa": "نام و سمت {count} مدیر آمده است، بی راه تماس با دفتر هر یک. "
            "تلفن (با داخلی) و رایانامه هر یک را بیاورید.",
            "en": "{count} managers are named with their posts, but without a way to reach their offices. Give each a "
            "phone (with extension) and an e-mail.",
        },
        "profiles_unread": {
            "fa": "نام و سمت {count} مدیر آمده است و هر یک به صفحه خود پیوند دارد، اما هیچ یک از این "
            "صفحه‌ها خوانده نشد.",
            "en": "{count} managers are named with their posts, each linked to a page of their own, but none of these "
            "pages was read.",
        },
        "switchboard_only": {
            "fa": "برای {count} مدیر تنها شماره تلفن‌خانه آمده است. شماره مستقیم یا داخلی هر دفتر را بیاورید.",
            "en": "For {count} managers only the switchboard is given. State each office's own number or extension.",
        },
        "head_only": {
            "fa": "تنها رئیس دستگاه معرفی شده است («{person}»). معاونان و مدیران واحدها را نیز با راه تماس معرفی کنید.",
            "en": "Only the head is introduced (“{person}”). Introduce deputies and directors with their contacts too.",
        },
        "other_body": {
            "fa": "«{title}» مدیران دستگاه دیگری را نشان می‌دهد.",
            "en": "“{title}” shows the managers of another body.",
        },
        "none": {
            "fa": "مدیران دستگاه با نام، سمت و راه تماس یافت نشدند. فهرست مدیران را با تلفن و رایانامه منتشر کنید.",
            "en": "No managers were found with name, post and contact. Publish the list of managers with phone and "
            "e-mail.",
        },
    },
)
def responsible_managers(snapshot: Snapshot) -> Result:
    """Whether the agency's managers can be seen by name and post, and be reached.

    What it looks for: cards or rows that join a person, a post and an office phone or e-mail; how many of the units of
    the structure have a named manager; whether head and deputies can be written to; how current the list is; whether
    service pages name the responsible unit with its phone.
    Why it matters: a named person with a phone answers; an anonymous body does not.
    How to fix: publish a table of all managers with post, unit, phone with extension and e-mail, date it, and replace
    names on the day of a change.
    Known limits: numbers in pictures are not read. A number that stands on all cards counts as switchboard unless an
    extension is given. Mobile and national short numbers are no office contact. Former managers, boards, branches and
    contractors are left out.
    """
    shown = shown_managers(snapshot)
    if not shown:
        return _absent(snapshot)
    if len(shown) == 1 and shown[0].rank == "head" and not shown[0].reachable:
        one = shown[0]
        evidence = [one.page.evidence(one.selector, one.quote)]
        return at_level(0, "head_only", evidence=evidence, confidence=0.8, person=one.person)
    reached = [one for one in shown if one.reachable]
    if not reached:
        opened = opened_profiles(snapshot, shown)
        if opened.unread is not None and not opened.read:
            return unknown(opened.unread, "profiles_unread", evidence=_cited(shown), ceiling=1.0, count=len(shown))
        key = "switchboard_only" if any(one.shared_phone or one.shared_email for one in shown) else "without_contact"
        ceiling = 1.0 if opened.unread is not None else None
        return at_level(0.25, key, evidence=_cited(shown), confidence=0.8, ceiling=ceiling, count=len(shown))
    return _capped(snapshot, _graded(_Seen.of(snapshot, shown), _note(snapshot, shown)), shown)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the level rests on."""

    shown: tuple[Manager, ...]
    coverage: Coverage
    with_phone: Coverage
    fresh: Freshness
    confirmed: int
    naming: int
    services: int

    @classmethod
    def of(cls, snapshot: Snapshot, shown: tuple[Manager, ...]) -> "_Seen":
        phoned = tuple(one for one in shown if one.phones)
        pages = tuple({one.page.page_id: one.page for one in shown if one.reachable}.values())
        naming, judged = pages_naming_units(snapshot)
        return cls(
            shown,
            coverage_of(snapshot, shown),
            coverage_of(snapshot, phoned),
            freshness_of(snapshot, pages),
            len(confirmed_by_news(snapshot)),
            len(naming),
            judged,
        )

    @property
    def top(self) -> tuple[Manager, ...]:
        """Head and deputies."""
        return tuple(one for one in self.shown if one.rank in ("head", "deputy"))

    @property
    def top_electronic(self) -> bool:
        """Whether head and deputies can be written to."""
        return bool(self.top) and all(one.electronic for one in self.top)

    @property
    def both_ways(self) -> float:
        """Share of managers with phone and electronic contact."""
        return sum(bool(one.phones) and one.electronic for one in self.shown) / len(self.shown)

    @property
    def current(self) -> bool:
        """Dated within six months, or the portal's own news confirms those shown."""
        return (self.fresh.age_days is not None and self.fresh.age_days <= CURRENT_DAYS) or self.confirmed > 0

    @property
    def pages_name_units(self) -> bool:
        """At least half of the service pages name the responsible unit with its phone (ruling T05)."""
        return self.services > 0 and self.naming * 2 >= self.services


def _note(snapshot: Snapshot, shown: tuple[Manager, ...]) -> dict[str, str]:
    """A sentence on a page in another language that shows another head: it costs nothing, and should be put right."""
    other = differing_head(snapshot, shown)
    if other is None:
        return {"fa": "", "en": ""}
    page, card = other
    return {
        "fa": f" صفحه {page.url} هنوز «{card.person}» را رئیس دستگاه می‌خواند؛ آن را به‌روز کنید.",
        "en": f" The page {page.url} still calls “{card.person}” head of the agency; update it.",
    }


def _graded(seen: _Seen, note: dict[str, str]) -> Result:
    data: dict[str, Any] = {
        "note": note,
        "count": len(seen.shown),
        "held": seen.with_phone.held,
        "units": seen.with_phone.units or len(seen.shown),
    }
    evidence = _cited(seen.shown)
    sure = 0.9 if seen.with_phone.units else 0.7
    needs = _needs(seen)
    if not needs:
        fresh = _fresh_words(seen)
        return at_level(1, "complete", evidence=evidence, confidence=sure, fresh=fresh, **data)
    missing = {language: [gap[language] for gap in needs] for language in ("fa", "en")}
    if seen.with_phone.share >= BROAD and seen.top_electronic:
        return at_level(0.75, "broad", evidence=evidence, confidence=sure, missing=missing, **data)
    some = [one for one in seen.top if one.reachable] or [one for one in seen.shown if one.reachable]
    reached = sum(one.reachable for one in seen.shown)
    if seen.top and not any(one.reachable for one in seen.top) and reached * 2 < len(seen.shown):
        return at_level(0.25, "without_contact", evidence=evidence, confidence=0.6, count=len(seen.shown))
    return at_level(0.5, "partial", evidence=evidence, confidence=0.8 if some else 0.6, missing=missing, **data)


def _needs(seen: _Seen) -> list[dict[str, str]]:
    """What the full level still needs, in the words of an agency."""
    return [
        words
        for words, lacks in (
            (
                {"fa": "مدیر با تلفن برای ۸۵ درصد واحدها", "en": "a manager with phone for 85 % of the units"},
                seen.with_phone.share < FULL,
            ),
            (
                {"fa": "رایانامه یا فرم برای رئیس و معاونان", "en": "e-mail or form for head and deputies"},
                not seen.top_electronic,
            ),
            (
                {"fa": "تلفن و رایانامه برای ۸۰ درصد مدیران", "en": "phone and e-mail for 80 % of the managers"},
                seen.both_ways < REACHED,
            ),
            ({"fa": "تاریخ شش ماه اخیر", "en": "a date within six months"}, not seen.current),
            (
                {
                    "fa": "نام واحد مسئول با تلفن در صفحه خدمات",
                    "en": "the responsible unit with its phone on service pages",
                },
                not seen.pages_name_units,
            ),
        )
        if lacks
    ]


def _capped(snapshot: Snapshot, result: Result, shown: tuple[Manager, ...]) -> Result:
    """A manager who was replaced by the portal's own news caps the list at 0.5 (ruling T05)."""
    gone = next((one for one in shown_but_replaced(snapshot) if one.manager in shown), None)
    if gone is None or (result.level or 0.0) <= 0.5:
        return result
    piece = gone.appointment.page.evidence(gone.appointment.selector, gone.appointment.quote)
    mine = gone.manager.page.evidence(gone.manager.selector, gone.manager.quote)
    return at_level(
        0.5,
        "replaced",
        evidence=[mine, piece, *result.evidence[:CITED]],
        confidence=0.8,
        person=gone.manager.person,
        days=gone.age_days,
    )


def _fresh_words(seen: _Seen) -> dict[str, str]:
    if seen.fresh.date is not None and seen.fresh.age_days is not None and seen.fresh.age_days <= CURRENT_DAYS:
        return {"fa": f"تاریخ صفحه {seen.fresh.date.text} است", "en": f"the page is dated {seen.fresh.date.text}"}
    return {"fa": "با خبر انتصاب‌ها سازگار است", "en": "it agrees with the appointment news"}


def _cited(shown: tuple[Manager, ...]) -> list[Evidence]:
    return [one.page.evidence(one.selector, one.quote[:300]) for one in shown[:CITED]]


def _absent(snapshot: Snapshot) -> Result:
    for page in snapshot.pages_with(Label.MANAGERS_CONTACTS):
        if not is_news(page.perception) and names_other_body(page, snapshot.agency):
            title = page.name
            evidence = [page.evidence(None, title)]
            return at_level(0, "other_body", evidence=evidence, confidence=0.8, title=title)
    return at_level(0, "none", confidence=0.85)
