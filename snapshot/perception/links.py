"""Links of a page and the controls that act as links, with the words that say where each one leads."""

import re
from functools import lru_cache

from snapshot.perception.document import Document, ancestors
from snapshot.perception.models import Link, LinkKind
from snapshot.perception.tree import El
from snapshot.text import fold

MAX_LINKS = 5000
_MAX_CAPTION = 300
_MAX_HREF = 4000
_POSTBACK = re.compile(r"__doPostBack|WebForm_DoPostBackWithOptions", re.IGNORECASE)
_OPENS = re.compile(
    r"(?:location(?:\.href)?\s*=|location\.(?:assign|replace)\s*\(|window\.open\s*\()\s*['\"]([^'\"]{1,2000})['\"]"
)
_DOCUMENT = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|csv|zip|rar|7z|rtf|odt|ods|odp|json|xml|shp|epub|txt|apk|mp3|mp4|wmv|avi|jpe?g|png|gif|svg"
    r"|webp)$",
    re.IGNORECASE,
)
_NAMED_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|csv)(?:$|[&#])", re.IGNORECASE)
_BARE_SCRIPT = re.compile(
    r"javascript:\s*(?:void\s*\(?\s*0?\s*\)?|;|//|return\s+false;?|undefined|#)?\s*;?\s*$", re.IGNORECASE
)
_OTHER_SCHEME = re.compile(r"(?!https?:|file:)[a-z][a-z0-9+.-]*:(?!\d)")
_VAGUE = frozenset(
    fold(text)
    for text in (
        "جزئیات", "بیشتر", "ادامه", "ادامه مطلب", "مشاهده", "نمایش", "شرح", "اطلاعات بیشتر", "توضیحات", "مشاهده جزئیات",
        "توضیحات بیشتر", "کلیک کنید", "اینجا", "اینجا کلیک کنید", "ورود", "دریافت", "دانلود", "شروع",
        "شناسنامه", "راهنما",
        "ورود به سامانه", "شروع خدمت", "درخواست", "ثبت درخواست", "دریافت خدمت", "لینک", "پیوند", "باز کردن", "انتخاب",
        "details", "more", "read more", "learn more", "view", "show", "here", "click here", "see more",
        "more info", "open",
        "start", "start now", "apply", "apply now", "go", "link", "download", "info", "information", "view details",
    )
)  # fmt: skip
_ROWS = frozenset(("tr", "li", "article", "dd", "figure", "section"))
_CARD = re.compile(r"card|item|box|tile|post|service|col-|col_|block|panel|entry|row", re.IGNORECASE)
_TITLE_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6", "strong", "b", "th", "dt", "legend", "figcaption")
_SENDING = frozenset(("submit", "image"))
_UNFILLED = frozenset(("hidden", "submit", "image", "button"))
_FEW_CONTROLS = 3
_CLICKABLE_ROLES = frozenset(("link", "button", "menuitem"))


def read_links(doc: Document) -> tuple[Link, ...]:
    """Links and link-like controls in page order. Submit buttons are links only where there is nothing to fill in."""
    links: list[Link] = []
    for element in doc.elements:
        if element.tag in {"a", "area"}:
            link = _anchor(doc, element)
        elif element.tag == "button" or "onclick" in element.attrs or element.attrs.get("role") == "link":
            link = _scripted(doc, element) or _sender(doc, element)
        elif element.tag == "input":
            link = _sender(doc, element)
        else:
            continue
        if link is not None:
            links.append(link)
            if len(links) >= MAX_LINKS:
                break
    return tuple(links)


def caption_of(doc: Document, element: El) -> str:
    """What a person reads on a control: text, else aria-label, title, an image's alternative text, value."""
    text = doc.text(element) if element.tag != "input" else element.attr("value")
    if not text:
        text = element.attr("aria-label") or element.attr("title") or element.attr("alt")
    if not text.strip():
        text = next((alt for image in doc.select(element, "img", "input") if (alt := image.attr("alt").strip())), "")
    if not text:
        text = next(
            (name for inner in doc.below(element)[:20] if (name := inner.attr("aria-label") or inner.attr("title"))), ""
        )
    return " ".join(text.split())[:_MAX_CAPTION]


def _anchor(doc: Document, element: El) -> Link | None:
    attrs = element.attrs
    if "href" not in attrs and "onclick" not in attrs and attrs.get("role") not in _CLICKABLE_ROLES:
        return None
    href = (attrs.get("href") or "").strip()[:_MAX_HREF]
    onclick = attrs.get("onclick") or ""
    kind, url = _target(doc, href, onclick)
    if kind in {"script", "empty"} and onclick:
        opened = _OPENS.search(onclick)
        if opened:
            kind, url = _target(doc, opened.group(1), "")
    return _link(doc, element, kind, url, href or onclick[:500])


def _scripted(doc: Document, element: El) -> Link | None:
    """A button or other element whose click opens an address or posts the page back."""
    code = element.attr("onclick")
    address = element.attr("data-href") or element.attr("data-url")
    opened = _OPENS.search(code)
    if opened or address:
        kind, url = _target(doc, opened.group(1) if opened else address, "")
    elif _POSTBACK.search(code):
        kind, url = "postback", None
    elif (element.tag == "button" and element.attr("type").lower() == "button" and not _in_form(element)) or (
        code
        and element.tag not in {"input", "button", "select", "body", "form", "table"}
        and not doc.has_blocks(element)
    ):
        kind, url = "script", None
    else:
        return None
    if element.tag == "input" and element.attr("type").lower() == "submit" and not opened:
        return None
    return _link(doc, element, kind, url, (opened.group(1) if opened else address or code)[:_MAX_HREF])


def _sender(doc: Document, element: El) -> Link | None:
    """The button of a small form without fields: it leads on as a link does («ورود با ...»)."""
    kind = element.attr("type").strip().lower()
    if kind not in (("", "submit") if element.tag == "button" else ("submit", "image")):
        return None
    form = next((one for one in ancestors(element) if one.tag == "form"), None)
    if form is None or doc.select(form, "select", "textarea", "nav", "header", "main", "h1"):
        return None
    inputs = doc.select(form, "input")
    controls = doc.select(form, "button") + [one for one in inputs if one.attr("type").lower() in _SENDING]
    if len(controls) > _FEW_CONTROLS or any(one.attr("type").strip().lower() not in _UNFILLED for one in inputs):
        return None
    # Hidden values are not read, so that even a form that only fetches has no address that could be asked for.
    return _link(doc, element, "send", None, form.attr("action").strip()[:_MAX_HREF])


def _in_form(element: El) -> bool:
    return any(one.tag == "form" for one in ancestors(element))


def _link(doc: Document, element: El, kind: LinkKind, url: str | None, href: str) -> Link:
    caption = caption_of(doc, element)
    return Link(
        selector=doc.selector(element),
        caption=caption,
        kind=kind,
        place=element.place,
        url=url,
        href=href,
        title=" ".join(title.split())[:_MAX_CAPTION] if (title := element.attrs.get("title")) else "",
        near=near_of(doc, element, caption),
    )


def _target(doc: Document, href: str, onclick: str) -> tuple[LinkKind, str | None]:
    stated = _stated_kind(href, onclick)
    if stated is not None:
        return stated, doc.address(href) if stated in {"page", "fragment"} else None
    url = doc.address(href)
    if url is None:
        return "empty", None
    before, mark, after = url.partition("#")
    if mark and not after.startswith(("!", "/")) and before == doc.url.partition("#")[0]:
        return "fragment", url
    return ("document" if is_document(url) else "page"), url


@lru_cache(maxsize=16384)
def _stated_kind(href: str, onclick: str) -> LinkKind | None:
    """The kind that href and script alone tell, None where the absolute address decides."""
    lowered = href[:40].lower().lstrip()
    if _POSTBACK.search(href) or (_POSTBACK.search(onclick) and lowered in {"", "#", "javascript:;"}):
        return "postback"
    if lowered.startswith("javascript:"):
        return "empty" if _BARE_SCRIPT.match(href) and not onclick else "script"
    if not href or href == "#":
        return "script" if onclick else "empty"
    if lowered.startswith("#"):
        return "page" if lowered.startswith(("#!", "#/")) else "fragment"
    if lowered.startswith("mailto:"):
        return "mail"
    if lowered.startswith(("tel:", "callto:", "sms:")):
        return "phone"
    return "script" if _OTHER_SCHEME.match(lowered) else None


@lru_cache(maxsize=16384)
def is_document(url: str) -> bool:
    """Whether the address itself says that it is a file, not a page."""
    path, _, query = url.partition("#")[0].partition("?")
    return bool(_DOCUMENT.search(path)) or bool(query and _NAMED_FILE.search(query))


def near_of(doc: Document, element: El, caption: str) -> str:
    """The title that a link belongs to: of its row or card, else of the menu item or heading it stands under."""
    if element.place in {"menu", "header", "footer"} and fold(caption) not in _VAGUE:
        return _menu_title(doc, element)
    for one, box in enumerate(ancestors(element)):
        if one > 6 or box.tag in {"body", "form", "main"}:
            break
        if box.tag in _ROWS or (box.tag == "div" and _CARD.search(box.attr("class"))):
            title = _box_title(doc, box, element, caption)
            if title:
                return title
            if box.tag in {"tr", "article"} or len(doc.text(box)) > 1500:
                break
    return doc.heading_above(element)


def _menu_title(doc: Document, element: El) -> str:
    """Caption of the menu entry whose submenu holds the link."""
    for box in ancestors(element):
        if box.tag == "li" and not (box.kids and box.kids[0].holds(element)):
            first = box.kids[0] if box.kids else None
            if first is not None and first.tag in {"a", "span", "button", "div", "strong", "p"}:
                return doc.text(first)[:_MAX_CAPTION]
        if box.place == "main":
            break
    return ""


def _box_title(doc: Document, box: El, element: El, caption: str) -> str:
    """Title of a row or card, or its first cell, other than the link itself."""
    for inner in doc.select(box, *_TITLE_TAGS):
        text = doc.text(inner)
        if text and text != caption and not element.holds(inner):
            return text[:_MAX_CAPTION]
    if box.tag == "tr":
        for cell in box.kids:
            text = doc.text(cell)
            if not cell.holds(element) and len(re.findall(r"[^\W\d_]", text)) >= 3:
                return text[:_MAX_CAPTION]
        return ""
    rest = doc.text(box)
    if caption and fold(caption) in _VAGUE and rest != caption and len(rest) < 400:
        lines = [line for line in doc.lines(box) if line != caption]
        return lines[0][:_MAX_CAPTION] if lines else ""
    return ""
