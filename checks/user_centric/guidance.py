"""Check guidance: are the questions about the services answered before they have to be asked?"""

from collections.abc import Iterator

from checks.base import Result, at_level, check
from config.models import Service
from config.vocabulary import Label
from snapshot.filters import is_news, other_organisation
from snapshot.matching import lexicon
from snapshot.questions import AnsweredQuestion, answered_questions, answers, is_question
from snapshot.reader import Page, Snapshot, same_address
from snapshot.service_pages import best_service, page_table
from snapshot.text import squeeze

ENOUGH = 5
"""Answered questions about services for the top level (rubric U04)."""
FAQ_PAGE = 0.25
GUIDE_WORDS = 25
"""Words from which a page called guide says something."""


@check(
    id="guidance",
    scope="portal",
    labels=("faq",),
    version=2,
    messages={
        "answered": {
            "fa": "{count} پرسش درباره خدمات با پاسخ در «{title}» یافت شد.",
            "en": "{count} questions about the services are answered in “{title}”.",
        },
        "guides": {
            "fa": "هر یک از {count} خدمت راهنمای خود را دارد.",
            "en": "Each of the {count} services has a guide of its own.",
        },
        "few": {
            "fa": "تنها {count} پرسش درباره خدمات با پاسخ یافت شد («{title}»). "
            "دست‌کم پنج پرسش درباره خدمات را پاسخ دهید.",
            "en": "Only {count} answered questions about the services were found (“{title}”). Answer at least five.",
        },
        "in_file": {
            "fa": "{count} پرسش درباره خدمات با پاسخ یافت شد، اما تنها در فایل («{title}»). در صفحه هم بیاورید.",
            "en": "{count} answered questions about the services were found, but in a file only (“{title}”). Show them "
            "in a page too.",
        },
        "site_only": {
            "fa": "پرسش‌های «{title}» تنها درباره خود سایت است. پرسش‌های مراجعان درباره خدمات را پاسخ دهید.",
            "en": "The questions of “{title}” are only about the web site. Answer those about the services.",
        },
        "guide_only": {
            "fa": "راهنمای «{title}» یافت شد، بی پرسش و پاسخ درباره خدمات. دست‌کم پنج پرسش را پاسخ دهید.",
            "en": "A guide (“{title}”) was found, without answered questions on services. Answer at least five.",
        },
        "empty": {
            "fa": "صفحه «{title}» پرسش و پاسخی ندارد. پرسش‌های پرتکرار درباره خدمات را با پاسخ بیاورید.",
            "en": "The page “{title}” holds no answered question. Publish frequent questions with their answers.",
        },
        "none": {
            "fa": "پرسش‌های متداول یا راهنمای خدمات یافت نشد. دست‌کم پنج پرسش درباره خدمات را با پاسخ منتشر کنید.",
            "en": "No frequent questions and no guide were found. Publish at least five answered questions.",
        },
    },
)
def guidance(snapshot: Snapshot) -> Result:
    """Whether people find answers to their questions about the services.

    What it looks for: questions with their answers on pages for frequent questions or guidance, or on the page that
    each question of such a list leads to; how many of them are
    about services and not about the web site; failing that, a guide, or a guide for each service.
    Why it matters: an answer found saves a visit or a call.
    How to fix: publish at least five questions that applicants really ask, each with its answer.
    Known limits: answers that only a search or a login shows are not seen; whether an answer is right is not judged.
    """
    pages = _pages(snapshot)
    answered = [(page, one) for page in pages for one in answered_questions(page.perception)]
    asked = {squeeze(one.question) for _, one in answered}
    answered += [
        pair for page in pages for pair in _behind_links(snapshot, page) if squeeze(pair[1].question) not in asked
    ]
    on_services = [(page, one) for page, one in answered if not lexicon().has(one.question, "about-the-site")]
    in_pages = [(page, one) for page, one in on_services if page.perception.page_type != "document"]
    if len(in_pages) >= ENOUGH:
        return _with_questions(1, "answered", in_pages, 0.9)
    guided = _guides_of_services(snapshot)
    offered = [one for one in snapshot.services if not one.flags & {"internal", "stopped"}]
    if offered and len(guided) == len(offered):
        evidence = [page.evidence(None, page.perception.title) for page in guided.values()]
        return at_level(1, "guides", evidence=evidence[:6], confidence=0.75, count=len(guided))
    if len(on_services) >= ENOUGH:
        return _with_questions(0.5, "in_file", on_services, 0.8)
    if on_services:
        return _with_questions(0.5, "few", on_services, 0.85)
    if answered:
        return _with_questions(0.5, "site_only", answered, 0.8)
    return _without_questions(snapshot, pages)


def _pages(snapshot: Snapshot) -> list[Page]:
    """Pages for questions or guidance, surest first; news, forums and what the software's maker answers are none."""
    called = [
        page
        for page in snapshot.pages
        if not is_news(page.perception)
        and not _of_others(snapshot, page)
        and (page.perception.strength(Label.FAQ) >= FAQ_PAGE or _is_guide(page))
        and page is not snapshot.home
    ]
    return sorted(called, key=lambda page: -page.perception.strength(Label.FAQ))


def _of_others(snapshot: Snapshot, page: Page) -> bool:
    """A forum, where users answer each other; another body's site; or questions on the portal's software."""
    words, heads = lexicon(), " ".join(_heads(page))
    if other_organisation(page, snapshot.agency) or words.has(heads, "user-forum"):
        return True
    answered = answered_questions(page.perception)
    posted = sum(words.has(f"{one.question} {one.answer}", "forum-post") for one in answered)
    technical = sum(words.has(f"{one.question} {one.answer}", "portal-software") for one in answered)
    return words.has(heads, "portal-software") or 2 * max(posted, technical) > max(1, len(answered))


def _behind_links(snapshot: Snapshot, page: Page) -> Iterator[tuple[Page, AnsweredQuestion]]:
    """Questions of a list that are links, each with the page that answers it."""
    table = snapshot.derived(page_table)
    for link in page.perception.links:
        target = table.get(same_address(link.url)) if link.place == "main" and link.url else None
        if target is None or target is page or not is_question(link.caption) or is_news(target.perception):
            continue
        said = " ".join(block.text for block in target.perception.blocks).replace(link.caption, "")
        if answers(said):
            yield target, AnsweredQuestion(link.caption, said.strip()[:300], "html > body")


def _heads(page: Page) -> list[str]:
    perception = page.perception
    return [perception.title, *(h.text for h in perception.headings if h.place == "main")][:2]


def _is_guide(page: Page) -> bool:
    return any(lexicon().has(text, "guide-word") for text in _heads(page))


def _guides_of_services(snapshot: Snapshot) -> dict[str, Page]:
    """Services that have a guide of their own: a page called guide that names the service."""
    found: dict[str, Page] = {}
    for page in snapshot.pages:
        if is_news(page.perception) or len(page.perception.main_text.split()) < GUIDE_WORDS:
            continue
        for text in _heads(page):
            named: Service | None = best_service(text, snapshot.services)[0] if _is_guide(page) else None
            if named is not None:
                found.setdefault(named.id, page)
    return found


def _with_questions(level: float, key: str, answered: list[tuple[Page, AnsweredQuestion]], sure: float) -> Result:
    evidence = [page.evidence(one.selector, f"{one.question} {one.answer}"[:200]) for page, one in answered[:6]]
    title = answered[0][0].perception.title
    return at_level(level, key, evidence=evidence, confidence=sure, count=len(answered), title=title)


def _without_questions(snapshot: Snapshot, pages: list[Page]) -> Result:
    guide = next((page for page in pages if _is_guide(page) and _says(page)), None)
    if guide is not None:
        title = guide.perception.title
        return at_level(0.5, "guide_only", evidence=[guide.evidence(None, title)], confidence=0.65, title=title)
    faq = next((page for page in snapshot.pages_with(Label.FAQ) if not is_news(page.perception)), None)
    if faq is not None:
        title = faq.perception.title
        return at_level(0, "empty", evidence=[faq.evidence(None, title)], confidence=0.75, title=title)
    return at_level(0, "none", confidence=0.85)


def _says(page: Page) -> bool:
    """Whether a page or file called guide has content of its own: a menu label and a file that fails are none."""
    return len(page.perception.main_text.split()) >= GUIDE_WORDS
