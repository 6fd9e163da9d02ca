"""Which language a page is in and which way it reads."""

import re

from snapshot.perception.document import Document

_RTL = re.compile(r"direction\s*:\s*rtl", re.IGNORECASE)
_PERSIAN = re.compile(r"[\u0600-\u06ff]")


def lang_of(doc: Document) -> str:
    """Language that the page declares, lower case, empty where none."""
    root = doc.elements[0] if doc.elements else None
    body = doc.by_tag.get("body", [])
    for element in [*([root] if root else []), *body[:1]]:
        value = element.attr("lang") or element.attr("xml:lang")
        if value.strip():
            return value.strip().lower()[:20]
    return doc.tree.metas.get("language", "").strip().lower()[:20]


def direction_of(doc: Document) -> str:
    """`rtl` or `ltr`: declared, else by the script of the text."""
    for element in doc.elements[:6]:
        declared = element.attr("dir").strip().lower()
        if declared in {"rtl", "ltr"}:
            return declared
        if _RTL.search(element.attr("style")):
            return "rtl"
    sample = doc.all_text()[:5000]
    return "rtl" if len(_PERSIAN.findall(sample)) * 2 > len(sample) * 0.7 else "ltr"
