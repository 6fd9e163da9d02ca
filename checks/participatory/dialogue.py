"""Check dialogue: can people talk to the agency, and does it answer?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from checks.base import Result, at_level, check, unknown
from checks.participatory.social_channels import SocialChannel, social_channels
from config.vocabulary import Cause
from snapshot.filters import is_news, is_visible
from snapshot.matching import lexicon
from snapshot.perception.models import Form
from snapshot.places import inside
from snapshot.reader import Page, Snapshot

ACTIVE_DAYS = 90
"""Days within which an answer or activity must be seen (rubric P06)."""
ENOUGH = 2
_ROWS = frozenset({"li", "tr", "article", "dd", "details"})
"""Elements that hold one question with its answer and date."""
_PLATFORM = "eparticipation.my.gov.ir"
_KINDS = {
    "suggestion": {"fa": "فرم پیشنهاد", "en": "suggestion form"},
    "meeting": {"fa": "درخواست ملاقات", "en": "meeting request"},
    "head": {"fa": "پیام به مدیر", "en": "message to the head"},
    "forum": {"fa": "پرسش و پاسخ", "en": "questions and answers"},
    "platform": {"fa": "سامانه مشارکت", "en": "participation platform"},
    "social": {"fa": "شبکه اجتماعی", "en": "social channel"},
}
_WORDS = (("meeting", "meeting-request"), ("head", "head-message"), ("suggestion", "suggestion-form"))


@check(
    id="dialogue",
    scope="portal",
    labels=("suggestions",),
    version=2,
    messages={
        "active": {
            "fa": "راه‌های گفت‌وگو یافت شد ({channels}) و پاسخی به تاریخ {date} دیده می‌شود.",
            "en": "Channels of dialogue were found ({channels}), and an answer dated {date} is visible.",
        },
        "some": {
            "fa": "راه گفت‌وگو یافت شد: {channels}. "
            "برای امتیاز کامل دو راه، و پاسخ یا فعالیتی در ۹۰ روز اخیر را نشان دهید.",
            "en": "Dialogue is offered by: {channels}. For the full level offer two channels and show an answer or "
            "activity within 90 days.",
        },
        "social_only": {
            "fa": "تنها پیوند شبکه‌های اجتماعی یافت شد («{link}»)؛ فعال بودن آن در درگاه دیده نمی‌شود.",
            "en": "Only links to social networks were found (“{link}”); whether they are active cannot be seen here.",
        },
        "staff_only": {
            "fa": "نظام پیشنهادها تنها برای کارکنان است («{title}»). راهی برای پیشنهاد مردم بگذارید.",
            "en": "Suggestions are for staff only (“{title}”). Offer people a way to suggest.",
        },
        "none": {
            "fa": "راهی برای گفت‌وگو، پیشنهاد یا درخواست ملاقات یافت نشد. فرم پیشنهاد و درخواست ملاقات بگذارید.",
            "en": "No channel for dialogue, suggestions or meetings was found. Offer a suggestion form and meetings.",
        },
    },
)
def dialogue(snapshot: Snapshot) -> Result:
    """Whether people can suggest, ask and meet, and see that they are answered.

    What it looks for: a suggestion form, a meeting request, a message form to the head, questions with answers, the
    national participation platform, an official social channel whose recent posts the portal shows; an answer or
    activity dated within 90 days.
    Why it matters: an agency that is spoken to learns what its figures do not show.
    How to fix: offer a suggestion form and meetings with managers, and publish answers with their dates.
    Known limits: social networks are not visited, so a channel counts only by posts that the portal shows. Complaint
    forms are judged elsewhere; suggestion systems for staff count for nothing here.
    """
    found: dict[str, _Channel] = {}
    for page in snapshot.pages:
        if is_news(page.perception):
            continue
        for channel in _channels(page):
            found.setdefault(channel.kind, channel)
    since = snapshot.as_of.date() - timedelta(days=ACTIVE_DAYS)
    social = next(iter(social_channels(snapshot, since)), None)
    if social is not None and social.day:
        found["social"] = _Channel("social", social.page, social.link.selector, social.link.caption)
    if not found:
        return _without(snapshot, social)
    evidence = [one.page.evidence(one.selector, one.quote[:200]) for one in found.values()]
    channels = {language: [_KINDS[kind][language] for kind in found] for language in ("fa", "en")}
    answer = next((said for one in found.values() if (said := _answer(snapshot, one.page, since)) is not None), None)
    if answer is None and social is not None and social.day:
        answer = social.page, social.link.selector, social.link.caption, social.day
    if len(found) >= ENOUGH and answer is not None:
        page, selector, text, day = answer
        evidence.append(page.evidence(selector, text[:200]))
        return at_level(1, "active", evidence=evidence, confidence=0.8, channels=channels, date=day)
    # A channel whose activity the portal does not show may be the second one, and the activity.
    ceiling = 1.0 if social is not None and not social.day else None
    return at_level(0.5, "some", evidence=evidence, confidence=0.8, ceiling=ceiling, channels=channels)


@dataclass(frozen=True, slots=True)
class _Channel:
    kind: str
    page: Page
    selector: str
    quote: str


def _channels(page: Page) -> Iterator[_Channel]:
    perception, words = page.perception, lexicon()
    heads = " ".join(
        [perception.title, *(h.text for h in perception.headings if h.place == "main" and h.level <= 2)][:3]
    )
    for form in perception.forms:
        said = f"{form.heading} {' '.join(form.submits)}"
        if not _takes_text(page, form) or words.has(f"{said} {heads}", "staff-suggestions"):
            continue
        kind = _kind_of(said) or ("" if words.has(said, "complaint-word") else _kind_of(heads))
        if kind:
            yield _Channel(kind, page, form.selector, form.heading or " ".join(form.submits) or heads)
    for link in perception.links:
        if link.place == "main" and link.url and (urlsplit(link.url).hostname or "") == _PLATFORM:
            yield _Channel("platform", page, link.selector, link.caption)
    if words.has(heads, "forum") and any(words.has(block.text, "answered-mark") for block in perception.blocks):
        yield _Channel("forum", page, perception.main_selector, heads)


def _kind_of(text: str) -> str:
    """The channel that a form's own words, or its page's title, name."""
    return next((kind for kind, group in _WORDS if lexicon().has(text, group)), "")


def _takes_text(page: Page, form: Form) -> bool:
    """A form of the content in which somebody writes: no search, poll or login."""
    typed = [field for field in form.fields if field.kind not in ("hidden", "submit", "button", "radio", "checkbox")]
    if form.place != "main" or not form.submits or not typed or form.has("password") or form.has("tracking-code"):
        return False
    if {field.meaning for field in typed} <= {"search"}:
        return False
    return is_visible(page, form.selector)


def _answer(snapshot: Snapshot, page: Page, since: date) -> tuple[Page, str, str, str] | None:
    """An answer that bears a day within the last 90 days itself; a stamp of the page dates no answer."""
    recent = [
        found
        for found in page.perception.dates
        if found.kind not in ("clock", "updated") and since <= found.day < snapshot.as_of.date()
    ]
    for block in page.perception.blocks:
        if not lexicon().has(f"{block.heading} {block.text}", "answered-mark"):
            continue
        row = block.selector.rpartition(" > ")[0]
        inner = row.rpartition(" > ")[2].split(":")[0] in _ROWS
        for found in recent:
            if inside(found.selector, block.selector) or (inner and inside(found.selector, row)):
                return page, block.selector, block.text, found.text
    return None


def _without(snapshot: Snapshot, social: SocialChannel | None) -> Result:
    for page in snapshot.pages:
        title = page.perception.title
        if social is None and not is_news(page.perception) and lexicon().has(title, "staff-suggestions"):
            return at_level(0, "staff_only", evidence=[page.evidence(None, title)], confidence=0.8, title=title)
    if social is not None:
        evidence = [social.page.evidence(social.link.selector, social.link.caption)]
        return unknown(Cause.NEEDS_DECLARATION, "social_only", evidence=evidence, ceiling=0.5, link=social.host)
    return at_level(0, "none", confidence=0.85)
