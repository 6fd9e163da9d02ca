"""The automatic tests of check accessibility: each says of one page whether it passes, by markup or by the probe."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from bs4 import Tag

from snapshot.matching import lexicon
from snapshot.reader import Page

ALT_SHARE = 0.9
"""Share of a page's images that need a text alternative (an empty one marks decoration)."""
CONTRAST_SHARE = 0.05
"""Share of texts of too little contrast up to which a page passes: the measure errs over pictures and gradients."""
POINTER_SHARE = 0.2
"""Share of the menu's entries that may open below a pointer only; the pages behind them are often linked elsewhere."""
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_LETTER = re.compile(r"[^\W\d_]")
_RTL_LANGUAGES = frozenset({"fa", "ar", "ckb", "azb", "ps", "ur", "he", "pes", "prs"})
_RTL_STYLE = re.compile(r"direction\s*:\s*rtl", re.IGNORECASE)
_FILE_NAME = re.compile(r"^[\w\s%().-]+\.(?:jpe?g|png|gif|webp|svg|bmp)$", re.IGNORECASE)
_UNSEEN_FIELDS = frozenset({"hidden", "submit", "button", "image", "reset"})
_CAPTCHA = re.compile(r"captcha|turnstile|security-?(?:code|image)", re.IGNORECASE)
_SOUND = re.compile(r"audio|sound|voice", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tested:
    """One test on one page. `selector` and `quote` show what it rests on."""

    name: str
    page: Page
    selector: str | None = None
    quote: str = ""
    passed: bool = field(kw_only=True)


NAMES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "language": {"fa": "زبان و جهت صفحه (lang و dir)", "en": "language and direction of the page (lang, dir)"},
        "title": {"fa": "عنوان صفحه", "en": "page title"},
        "images": {"fa": "متن جایگزین تصویرها (alt)", "en": "text alternatives of images (alt)"},
        "labels": {"fa": "برچسب فیلدهای فرم", "en": "labels of form fields"},
        "headings": {"fa": "ترتیب سرتیترها", "en": "order of headings"},
        "skip-link": {"fa": "پیوند پرش به محتوا", "en": "skip link that leads to the content"},
        "contrast": {"fa": "تباین رنگ متن", "en": "contrast of text"},
        "keyboard": {"fa": "دسترسی با صفحه‌کلید", "en": "reach by keyboard"},
        "zoom": {"fa": "امکان بزرگ‌نمایی", "en": "zoom that is not blocked"},
        "text-size": {"fa": "ابزار تغییر اندازه متن", "en": "control of the text size"},
        "captcha": {"fa": "جایگزین صوتی کد امنیتی", "en": "alternative to the captcha, such as audio"},
    }
)


def markup_tests(page: Page) -> list[Tested]:
    """What the document alone tells; tests that do not apply are left out (no image, no field)."""
    found = [_language(page), _title(page), _images(page), _labels(page), _headings(page)]
    return [tested for tested in found if tested is not None]


def probe_tests(page: Page, entry: Mapping[str, Any]) -> list[Tested]:
    """What the probe saw on a page; what it could not ask is left out."""
    found: list[Tested | None] = [_contrast(page, entry), _keyboard(page, entry), _captcha(page, entry)]
    if (skip := entry.get("skip_link")) is not None:
        found.append(
            Tested("skip-link", page, skip.get("selector"), skip.get("text", ""), passed=bool(skip.get("works")))
        )
    if (zoom := entry.get("zoom")) is not None:
        found.append(Tested("zoom", page, None, zoom["content"], passed=not zoom["blocked"]))
    if (size := entry.get("text_size")) is not None:
        found.append(
            Tested("text-size", page, size.get("selector"), size.get("text", ""), passed=bool(size.get("works")))
        )
    return [tested for tested in found if tested is not None]


def _language(page: Page) -> Tested:
    perception = page.perception
    text = perception.main_text or perception.title
    letters = len(_LETTER.findall(text))
    rtl = letters > 0 and len(_ARABIC.findall(text)) * 2 > letters
    lang, direction = _declared(page, "lang"), _declared(page, "dir")
    primary = lang.partition("-")[0]
    fits = (primary in _RTL_LANGUAGES) == rtl and (direction == "rtl") == rtl
    return Tested("language", page, "html", f'lang="{lang}" dir="{direction}"', passed=bool(primary) and fits)


def _declared(page: Page, name: str) -> str:
    """What the root or the body declares; a guess from the text would not reach a screen reader."""
    for tag in page.soup.find_all(["html", "body"]):
        value = str(tag.get(name) or "").strip().lower()
        if not value and name == "dir" and _RTL_STYLE.search(str(tag.get("style", ""))):
            value = "rtl"
        if value:
            return value
    return ""


def _title(page: Page) -> Tested:
    return Tested("title", page, None, page.perception.title, passed=bool(_LETTER.search(page.perception.title)))


def _images(page: Page) -> Tested | None:
    images = [image for image in page.soup.find_all("img") if not _is_beacon(image)]
    if not images:
        return None
    bare = [image for image in images if not _has_alternative(image)]
    quote = str(bare[0])[:200] if bare else str(images[0])[:200]
    return Tested("images", page, None, quote, passed=1 - len(bare) / len(images) >= ALT_SHARE)


def _is_beacon(image: Tag) -> bool:
    sizes = {str(image.get("width", "")), str(image.get("height", ""))}
    return bool(sizes & {"0", "1"}) or image.get("aria-hidden") == "true" or image.get("role") == "presentation"


def _has_alternative(image: Tag) -> bool:
    alt = image.get("alt")
    if alt is None:
        return bool(image.get("aria-label") or image.get("aria-labelledby"))
    return not _FILE_NAME.match(str(alt).strip())


def _labels(page: Page) -> Tested | None:
    labelled = {str(label.get("for")) for label in page.soup.find_all("label") if label.get("for") and label.get_text()}
    fields = [
        field
        for field in page.soup.find_all(["input", "select", "textarea"])
        if str(field.get("type", "")).lower() not in _UNSEEN_FIELDS
    ]
    if not fields:
        return None
    bare = [field for field in fields if not _has_label(field, labelled)]
    return Tested("labels", page, None, str((bare or fields)[0])[:200], passed=not bare)


def _has_label(field: Tag, labelled: set[str]) -> bool:
    """Whether the field has a name for a screen reader, in the order of the accessible name computation."""
    given = any(str(field.get(name, "")).strip() for name in ("aria-label", "aria-labelledby", "title", "placeholder"))
    wrapped = field.find_parent("label")
    return given or str(field.get("id", "")) in labelled or (wrapped is not None and bool(wrapped.get_text().strip()))


def _headings(page: Page) -> Tested | None:
    """No level may be skipped; lines that only look like headings are none. A page without headings has no order."""
    real = [heading for heading in page.perception.headings if heading.level <= 6]
    for before, after in pairwise(real):
        if after.level > before.level + 1:
            quote = f"h{before.level} → h{after.level}: {after.text}"
            return Tested("headings", page, after.selector, quote, passed=False)
    first = next(iter(real or page.perception.headings), None)
    return None if first is None else Tested("headings", page, first.selector, first.text, passed=bool(real))


def _contrast(page: Page, entry: Mapping[str, Any]) -> Tested | None:
    rule = (entry.get("rules") or {}).get("color-contrast")
    if rule is None or rule["passes"] + rule["violations"] == 0:
        return None
    few = rule["violations"] <= CONTRAST_SHARE * (rule["passes"] + rule["violations"])
    quote, selector = next(iter(rule["quotes"]), ""), next(iter(rule["selectors"]), None)
    return Tested("contrast", page, selector, quote, passed=few)


def _keyboard(page: Page, entry: Mapping[str, Any]) -> Tested | None:
    keyboard = entry.get("keyboard")
    if keyboard is None:
        return None
    jumps = bool((entry.get("skip_link") or {}).get("works"))
    reached = (
        keyboard.get("menu") is not False and (keyboard.get("main") is not False or jumps) and keyboard["stops"] > 0
    )
    opens = keyboard["pointer_only"] <= POINTER_SHARE * keyboard["entries"]
    quote = f"Tab × {keyboard['presses']}: {keyboard['stops']}"
    return Tested("keyboard", page, None, quote, passed=reached and opens and not keyboard["trapped"])


def _captcha(page: Page, entry: Mapping[str, Any]) -> Tested | None:
    captcha = entry.get("captcha")
    if not captcha:
        return None
    return Tested("captcha", page, captcha["selector"], passed=captcha.get("alternative") is not None)


def barring_captchas(page: Page) -> Iterator[Tested]:
    """Forms of a page that the probe did not open, with a captcha picture and nothing to hear instead."""
    for form in page.perception.forms:
        asked = next((one for one in form.fields if one.meaning == "captcha"), None)
        if asked is None or not _pictured(page.soup.find_all(["img", "canvas"])):
            continue
        if not _audible(page):
            yield Tested("captcha", page, asked.selector, asked.label or asked.placeholder, passed=False)


def _pictured(images: list[Tag]) -> bool:
    return any(_CAPTCHA.search(_marks(image)) for image in images)


def _audible(page: Page) -> bool:
    """Whether the page offers a captcha by ear or leaves it to a service that does."""
    sounding = page.soup.find_all(lambda tag: tag.name == "audio" or bool(_SOUND.search(_marks(tag))))
    service = page.soup.find_all(["div", "iframe", "script"], src=re.compile("recaptcha|hcaptcha|turnstile"))
    said = (f"{tag.get_text()} ; {tag.get('title', '')}" for tag in page.soup.find_all(["a", "button"]))
    return bool(sounding or service) or any(lexicon().has(text, "captcha-sound") for text in said)


def _marks(tag: Tag) -> str:
    values = (tag.get(name) for name in ("id", "class", "name", "src", "alt"))
    return " ".join(" ".join(value) if isinstance(value, list) else str(value) for value in values if value)
