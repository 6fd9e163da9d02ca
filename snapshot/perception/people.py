"""Posts and persons' names in a line of text."""

import re
from functools import lru_cache

from snapshot.matching import lexicon
from snapshot.text import fold, normalise

_ROLE = re.compile(
    r"(?<![\w@])(?:وزیر|قائم ?مقام|معاون(?: اول)?|رییس|مدیر ?کل|مدیر ?عامل|مدیر|سرپرست|استاندار|فرماندار|بخشدار"
    r"|دهیار|شهردار|دبیر ?کل|دبیر"
    r"|ذی ?حساب|مشاور|مسوول|بازرس|سخنگو(?:ی)?|فرمانده|جانشین|کارشناس|کفیل|نماینده|عضو|تولیت|خزانه ?دار|حسابرس"
    r"|دادستان|رابط|متصدی"
    r"|(?:executive |senior |acting |first |deputy |assistant |associate |vice[- ]|managing |regional |general "
    r"|chief )*"
    r"(?:president|director(?:[- ]general)?|general director|head|chief(?: \w+){0,2} officer|ceo|cio|cto|cfo"
    r"|coo|secretary(?:[- ]general)?"
    r"|advis[eo]r|spokes(?:person|man|woman)|mayor|governor|chair(?:man|person|woman)?|minister|commissioner"
    r"|administrator|manager|inspector"
    r"|superintendent|ombuds(?:man|person)|treasurer|registrar|coordinator|supervisor|controller|comptroller"
    r"|auditor|under-?secretary|officer"
    r"|counsel|archivist|librarian|undersecretary|deputy))(?:ان|ین|ی|s)?(?![\w@])"
)
"""Words for posts after folding (section 5 of the lexicon, and the usual English ones)."""
_HONORIFIC = re.compile(
    r"(?:(?:جناب|سرکار|اقای|خانم|اقا|دکتر|مهندس|سید|سیده|حجت ?الاسلام(?: و ?المسلمین)?|حجه ?الاسلام(?: و "
    r"?المسلمین)?|ایت ?الله|سردار|حاج|سرهنگ"
    r"|سرتیپ|امیر|استاد|پروفسور|mr|mrs|ms|dr|prof|professor|hon|sir|dame|judge|gen|col)\.?\s+)+"
)
_PERSIAN_NAME = re.compile(r"[\u0621-\u06cc]{2,}(?:[ \u200c][\u0621-\u06cc]{2,}){1,4}$")
_LATIN_NAME = re.compile(
    r"(?:[A-Z][\w'’.-]*|[A-Z]\.)(?:\s(?:[A-Z][\w'’.-]*|[A-Z]\.|de|van|von|al|bin|der|da|di|la)){1,4}(?:,? (?:Jr"
    r"|Sr|PhD|MD|II|III)\.?)?$"
)
_PLURAL = re.compile(r"[\s\u200c]ها[یي]?(?!\w)")
"""«تعاونی‌های عضو» are many, not a person."""
_SENTENCE = re.compile(
    r"(?<!\w)(?:است|می ?شود|می ?باشد|شد|شده|گردید|گفت|کرد|کنید|نمایید|باید|افزود|دارد|خواهد|داد|is|are|was|has"
    r"|will|must|said|should)(?!\w)"
)
_NOT_NAMES = frozenset((
    "unit-word", "contact-phone-head", "contact-email-head", "contact-extension-head", "contact-role-head",
    "contact-form-link", "contact-person-head", "contact-unit-head", "fax", "phone-word", "person-title-not-name",
    "step-heading", "submit-caption", "former-holder", "service-details", "service-start", "process-heading",
    "duties", "body-kind", "province", "weekday", "date-updated", "date-published", "construction", "desk-name",
    "process-documents", "appointed", "sentence-verb", "news-mark", "news-section", "complaint-word",
    "tracking-word", "not-a-name",
))  # fmt: skip
"""Groups of words that people's names do not hold."""
_LONGEST_ROLE = 130


@lru_cache(maxsize=8192)
def role_at(text: str) -> tuple[int, int] | None:
    """Where a word for a post stands in the folded text, None where there is none."""
    match = _ROLE.search(fold(text))
    return match.span() if match else None


@lru_cache(maxsize=8192)
def is_role(text: str) -> bool:
    """Whether the text names a post: a short phrase around a role word, no sentence."""
    folded = fold(text)
    match = _ROLE.search(folded)
    if match is None or len(folded) > _LONGEST_ROLE or len(folded.split()) > 16:
        return False
    if any(char.isdecimal() for char in folded) and not re.search(r"(?:منطقه|ناحیه|region|district|zone)\s*\d", folded):
        return False
    plural = re.search(
        r"(?:مدیران|معاونان|معاونین|روسا|روسای|مسوولان|مسوولین|مشاوران|کارشناسان|اعضای|directors|managers"
        r"|officers|officials)(?!\w)",
        folded,
    )
    limit = 30 if folded.isascii() else 22
    return (
        plural is None
        and match.start() <= limit
        and not _SENTENCE.search(folded)
        and not folded.endswith(("?", "؟", "!"))
    )


@lru_cache(maxsize=8192)
def person_in(text: str) -> str:
    """The person's name that the text is, titles left out; empty where it is none."""
    name = without_titles(text)
    titled = len(name) < len(text.strip(" .،:-–()"))
    if not 4 <= len(name) <= 60 or any(char.isdecimal() for char in name):
        return ""
    if not (_PERSIAN_NAME.match(name) or _LATIN_NAME.match(name)):
        return ""
    if _ROLE.search(fold(name)) or _SENTENCE.search(fold(name)) or _PLURAL.search(name):
        return ""
    # With a title before it, words of offices and pages are family names («دکتر اداری»).
    # A half space joins the parts of one name («یزدان‌بخش»), so its parts are no words of their own.
    found = _NOT_NAMES & lexicon().groups_in(name.replace("\u200c", ""))
    # Provinces are family names too («آیدا گلستان»); in longer texts they say where a body is.
    if not titled and found - ({"province"} if len(name.split()) == 2 else set()):
        return ""
    return name


def without_titles(text: str) -> str:
    """A name without «دکتر», «آقای», "Dr." before it."""
    stripped = text.strip(" .،:-–()*•")
    norm = normalise(stripped)
    match = _HONORIFIC.match(norm.text)
    if match is None:
        return stripped
    start = norm.original_span(match.end(), len(norm.text))[0]
    # «سید» and «سیده» belong to the name.
    kept = re.search(r"(?:سیده?)\s+$", match.group())
    if kept:
        start = norm.original_span(match.start() + kept.start(), len(norm.text))[0]
    return stripped[start:].strip(" .،:-–()")


def split_role_and_person(text: str) -> tuple[str, str]:
    """A line that holds both a post and a name without a mark between them; empty strings where it does not."""
    norm = normalise(text)
    role = _ROLE.search(norm.text)
    if role is None:
        return "", ""
    for match in re.finditer(rf"(?<!\w){_HONORIFIC.pattern}", norm.text):
        if match.start() > role.start():
            name = person_in(text[norm.original_span(match.start(), len(norm.text))[0] :])
            if name:
                return text[: norm.original_span(match.start(), match.end())[0]].strip(" :-–،"), name
    if role.start() > 3:
        before = text[: norm.original_span(role.start(), role.end())[0]]
        name = person_in(before)
        if name:
            return text[len(before) :].strip(" :-–،()"), name
    return "", ""


def person_words(person: str) -> frozenset[str]:
    """Words of a person's name without titles such as «دکتر», which differ from page to page."""
    return frozenset(re.findall(r"[^\W\d_]{2,}", without_honorifics(person)))


def without_honorifics(person: str) -> str:
    """A person's name, folded, without «دکتر» and the like."""
    text = fold(person)
    kept = list(text)
    for match in lexicon().words(text, "honorific"):
        kept[match.start : match.end] = " " * (match.end - match.start)
    return " ".join("".join(kept).split())
