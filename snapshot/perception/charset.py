"""Bytes of a page to text, whatever its sender says or forgets to say about the encoding."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META = re.compile(
    rb"<meta\b[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)",
    re.IGNORECASE,
)
_RTL = re.compile(rb"lang\s*=\s*[\"']?(?:fa|ar|ur|ps|ckb)\b|dir\s*=\s*[\"']?rtl|fa-IR|ar-SA", re.IGNORECASE)
_ARABIC_NAMES = {"windows-1256", "cp1256", "x-windows-1256", "iso-8859-6", "arabic", "asmo-708", "x-mac-arabic"}
_HEAD = 4096
_HIGH = re.compile(rb"[\x80-\xff]")
_ARABIC_RUN = re.compile(rb"[\xc0-\xff\x81\x8d\x8e\x90\x98]{3,}")
"""Words of Arabic script in windows-1256 are runs of high bytes; in Western texts such bytes stand alone."""


def decode(body: bytes, content_type: str = "") -> tuple[str, str, str]:
    """Text of a page, the encoding it was read with, and the encoding its sender declared ("" where none).

    Never raises. Valid UTF-8 wins over what is declared: no other encoding looks like it by accident.
    """
    declared = declared_charset(body, content_type)
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body.decode(name, errors="replace").lstrip("\ufeff"), name, declared
    if declared.startswith(("utf-16", "utf-32")) and body.count(b"\0") > len(body) // 4:
        return body.decode(declared, errors="replace"), declared, declared
    try:
        return body.decode("utf-8"), "utf-8", declared
    except UnicodeDecodeError as fault:
        if fault.start >= len(body) - 3:
            return body.decode("utf-8", errors="ignore"), "utf-8", declared
    name = _fallback(body, declared)
    return body.decode(name, errors="replace"), name, declared


def declared_charset(body: bytes, content_type: str) -> str:
    """Encoding named by the HTTP header, else by the document's head, as a codec name; empty where unknown."""
    header = _HEADER.search(content_type)
    names = [header.group(1)] if header else []
    meta = _META.search(body[:_HEAD])
    if meta:
        names.append((meta.group(1) or meta.group(2)).decode("ascii", errors="ignore"))
    for name in names:
        known = _codec(name)
        if known:
            return known
    return ""


def _codec(name: str) -> str:
    lowered = name.strip().lower()
    if lowered in _ARABIC_NAMES:
        return "windows-1256" if lowered != "iso-8859-6" else "iso-8859-6"
    if lowered in {"iso-8859-1", "latin1", "latin-1", "ascii", "us-ascii"}:
        return "windows-1252"
    try:
        info = codecs.lookup(lowered)
        # Transforms such as rot13 and base64 are codecs too, but not of text.
        "".encode(info.name)
    except (LookupError, UnicodeError, TypeError, ValueError):
        return ""
    return info.name


def _fallback(body: bytes, declared: str) -> str:
    """Encoding of bytes that are not clean UTF-8."""
    if _mostly_utf8(body):
        return "utf-8"
    if declared and declared not in {"utf-8", "windows-1252"}:
        return declared
    if _RTL.search(body[: _HEAD * 4]) or _looks_arabic(body):
        return "windows-1256"
    return "windows-1252"


def _mostly_utf8(body: bytes) -> bool:
    """Whether nearly all high bytes belong to good UTF-8: a page with a few broken characters."""
    high = len(_HIGH.findall(body[:200_000]))
    broken = body[:200_000].decode("utf-8", errors="replace").count("\ufffd")
    return broken * 10 < high


def _looks_arabic(body: bytes) -> bool:
    sample = body[:200_000]
    runs = sum(map(len, _ARABIC_RUN.findall(sample)))
    high = len(_HIGH.findall(sample))
    return runs * 2 > high > 20
