"""Check draft-consultation: are people asked before rules are made?"""

from typing import Any

from checks.base import Result, at_level, check, unknown
from config.vocabulary import Cause
from snapshot.consultations import Draft, consultation_pages, drafts, heads_of, hidden_consultation
from snapshot.matching import lexicon
from snapshot.reader import Page, Snapshot

FRESH_DAYS = 366
"""Days within which a draft must be (rubric P03: 12 months)."""
STATEMENT_WORDS = 15
"""Words of a statement with content of its own."""


@check(
    id="draft-consultation",
    scope="portal",
    labels=("consultation",),
    version=1,
    messages={
        "open": {
            "fa": "پیش‌نویسی در «{title}» با متن، مهلت ({deadline}) و فرم اظهارنظر برای نظرخواهی گذاشته شده است.",
            "en": "A draft is put up for comment in “{title}”, with its text, a deadline ({deadline}) and a form.",
        },
        "incomplete": {
            "fa": "پیش‌نویسی در «{title}» آمده است. برای امتیاز کامل: {missing}.",
            "en": "A draft is shown in “{title}”. For the full level it needs: {missing}.",
        },
        "policy": {
            "fa": "تنها بیانیه‌ای درباره مشارکت یافت شد («{title}»). پیش‌نویس‌ها را با متن، مهلت و فرم اظهارنظر بگذارید.",
            "en": "Only a statement on participation was found (“{title}”). Put up drafts with text, deadline and a "
            "comment form.",
        },
        "empty_list": {
            "fa": "فهرست پیش‌نویس‌ها در «{title}» خالی است. پیش‌نویس‌ها را با متن، مهلت و فرم اظهارنظر بگذارید.",
            "en": "The list of drafts in “{title}” is empty. Put up drafts with text, deadline and a comment form.",
        },
        "behind_login": {
            "fa": "«{link}» به صفحه ورود می‌رسد؛ آنچه پشت آن است دیده نشد. نظرخواهی را برای همه باز کنید.",
            "en": "“{link}” leads to a login, and what lies behind it was not seen. Open consultations to everybody.",
        },
        "none": {
            "fa": "نه راهبرد مشارکت یافت شد و نه نظرخواهی. پیش‌نویس مقررات را با متن، مهلت و فرم اظهارنظر منتشر کنید.",
            "en": "No participation policy and no consultation were found. Publish drafts with text, deadline and a "
            "comment form.",
        },
    },
)
def draft_consultation(snapshot: Snapshot) -> Result:
    """Whether drafts of rules and decisions are put up for comment before they are adopted.

    What it looks for: on the agency's own pages on participation or drafts a draft with its text (in the page or as a
    file that can be read), a deadline within the last twelve months or to come, and a form for comments; failing
    that, a statement of policy or an empty list of drafts.
    Why it matters: who is asked before a rule is made can prevent its faults.
    How to fix: publish each draft with its text, the last day for comments and a form on the same page.
    Known limits: consultations on other bodies' sites are not seen. News, calls for papers, tenders, exhibitions and
    offers of economic partnership are no consultation; an essay on participation is no policy.
    """
    found = sorted(drafts(snapshot), key=lambda draft: _worth(snapshot, draft), reverse=True)
    if found:
        return _with_draft(snapshot, found[0])
    pages = snapshot.derived(consultation_pages)
    empty = _empty_list(snapshot)
    statement = next((page for page in pages if _asks(page)), None)
    if statement is not None:
        title = statement.name
        key = "empty_list" if lexicon().has(statement.perception.main_text, "nothing-to-show") else "policy"
        return at_level(0.5, key, evidence=[statement.evidence(None, title)], confidence=0.8, title=title)
    if empty is not None:
        evidence = [empty.evidence(None, empty.name)]
        return at_level(0.5, "empty_list", evidence=evidence, confidence=0.7, title=empty.name)
    hidden = hidden_consultation(snapshot)
    if hidden is not None:
        page, link = hidden
        evidence = [page.evidence(link.selector, link.caption)]
        return unknown(Cause.LOGIN, "behind_login", evidence=evidence, ceiling=1.0, link=link.caption)
    return at_level(0, "none", confidence=0.85)


def _worth(snapshot: Snapshot, draft: Draft) -> tuple[int, bool]:
    return sum((draft.text is not None, draft.form is not None, _is_fresh(snapshot, draft))), draft.hidden is None


def _is_fresh(snapshot: Snapshot, draft: Draft) -> bool:
    return (snapshot.as_of.date() - draft.day).days <= FRESH_DAYS


def _with_draft(snapshot: Snapshot, draft: Draft) -> Result:
    fresh = _is_fresh(snapshot, draft)
    title = draft.page.name
    evidence = [draft.page.evidence(draft.selector, draft.deadline)]
    evidence += [place[0].evidence(place[1], title) for place in (draft.text, draft.form) if place is not None]
    gaps = [
        names
        for names, lacks in (
            ({"fa": "متن پیش‌نویس", "en": "the text of the draft"}, draft.text is None),
            ({"fa": "فرم اظهارنظر", "en": "a comment form"}, draft.form is None),
            ({"fa": "پیش‌نویسی از ۱۲ ماه اخیر", "en": "a draft of the last 12 months"}, not fresh),
        )
        if lacks
    ]
    if not gaps:
        return at_level(1, "open", evidence=evidence, confidence=0.85, title=title, deadline=draft.deadline)
    missing: dict[str, Any] = {language: [gap[language] for gap in gaps] for language in ("fa", "en")}
    ceiling = 1.0 if draft.hidden is not None and fresh else None
    return at_level(
        0.5, "incomplete", evidence=evidence, confidence=0.75, ceiling=ceiling, title=title, missing=missing
    )


def _asks(page: Page) -> bool:
    """A statement of policy, or drafts without a deadline: text of some length that asks for opinions."""
    words, text = lexicon(), page.perception.main_text
    named = words.has(heads_of(page), "consultation-name")
    return len(text.split()) >= STATEMENT_WORDS and (named or words.has(text, "asks-opinion"))


def _empty_list(snapshot: Snapshot) -> Page | None:
    """A page that is called consultation or drafts and says that there is none at present."""
    words = lexicon()
    for page in (*snapshot.derived(consultation_pages), *snapshot.empty_pages):
        heads = heads_of(page)
        named = words.has(heads, "consultation-name") or words.has(heads, "draft-word")
        if named and words.has(page.perception.main_text, "nothing-to-show"):
            return page
    return None
