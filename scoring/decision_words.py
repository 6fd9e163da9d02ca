"""Sentences over a finding that an evaluator decided or an agency disputes, in Persian and English."""

from persiantools import digits

from checks.findings import Finding
from config.vocabulary import Cause, DecisionReason, Outcome

REASONS: dict[DecisionReason, tuple[str, str]] = {
    DecisionReason.CONFIRMED: ("یافته تأیید شد", "the finding was confirmed"),
    DecisionReason.SEEN_ELSEWHERE: ("در جای دیگری از درگاه دیده شد", "it was seen elsewhere on the portal"),
    DecisionReason.WRONG_PAGE: ("صفحهٔ استنادشده به این شاخص مربوط نیست", "the cited page is not about this"),
    DecisionReason.OTHER_BODY: ("متعلق به دستگاه دیگری است", "it belongs to another body"),
    DecisionReason.TEMPLATE: ("متن نمونه و تکمیل‌نشده است", "it is unfilled sample text"),
    DecisionReason.OUT_OF_DATE: ("به‌روز نیست", "it is out of date"),
    DecisionReason.NOT_VISIBLE: ("برای مراجعه‌کننده دیده نمی‌شود", "a visitor cannot see it"),
    DecisionReason.DOES_NOT_WORK: ("کار نمی‌کند", "it does not work"),
    DecisionReason.PROVEN: ("با مدرک اثبات شد", "it was proven by a document"),
    DecisionReason.NOT_PROVEN: ("مدرک آن را اثبات نمی‌کند", "the document does not prove it"),
    DecisionReason.DOES_NOT_APPLY: ("برای این مورد موضوعیت ندارد", "it does not apply here"),
    DecisionReason.NOT_OBSERVABLE: ("قابل مشاهده نیست", "it cannot be observed"),
    DecisionReason.OTHER: ("دلیل دیگر، مطابق توضیح", "another reason, see the note"),
}


def said(outcome: Outcome, level: float | None, cause: Cause | None) -> tuple[str, str]:
    """A value of a finding in words, Persian and English."""
    if outcome == Outcome.NA:
        return "موضوعیت ندارد", "not applicable"
    if level is None:
        return "نامعلوم", f"unknown ({cause})" if cause else "unknown"
    return f"سطح {_persian(level)}", f"level {level:g}"


def decided(
    crawl: Finding, outcome: Outcome, level: float | None, cause: Cause | None, reason: DecisionReason, note: str | None
) -> tuple[str, str]:
    """What an evaluator decided over a finding, with the visit's own sentence behind it."""
    to_fa, to_en = said(outcome, level, cause)
    why_fa, why_en = REASONS[reason]
    note_fa, note_en = (f" توضیح: {note}.", f" Note: {note}.") if note else ("", "")
    return (
        f"تصمیم ارزیاب: {to_fa}؛ {why_fa}.{note_fa} یافتهٔ بازدید: {crawl.text_fa}",
        f"Decided by an evaluator: {to_en}; {why_en}.{note_en} The visit found: {crawl.text_en}",
    )


def disputed(crawl: Finding, declared: float) -> tuple[str, str]:
    """That the agency declares another level than the visit found."""
    before = f"دستگاه سطح {_persian(declared)} را اعلام کرده و هنوز دربارهٔ آن تصمیمی گرفته نشده است."
    return (
        f"{before} یافتهٔ بازدید: {crawl.text_fa}",
        f"The agency declares level {declared:g}; this is not decided yet. The visit found: {crawl.text_en}",
    )


def _persian(level: float) -> str:
    return str(digits.en_to_fa(f"{level:g}".replace(".", "٫")))
