"""Telephone numbers and e-mail addresses in a text, and what only looks like one.

Persian and Latin digits, spaces and dashes anywhere, numbers written backwards by right-to-left editors, ranges,
extensions. National ids, postal codes, service codes, cards and IBANs are no telephone numbers.
"""

import re
from dataclasses import dataclass
from typing import Literal

from snapshot.matching import lexicon
from snapshot.perception.models import Phone
from snapshot.text import fold

SHORT_NUMBERS = frozenset(
    [
        "110",
        "111",
        "112",
        "113",
        "114",
        "115",
        "118",
        "121",
        "122",
        "123",
        "124",
        "125",
        "129",
        "131",
        "133",
        "134",
        "136",
        "137",
        "141",
        "162",
        "190",
        "191",
        "192",
        "193",
        "194",
        "195",
        "196",
        "197",
        "198",
        "199",
        "311",
        "411",
        "511",
        "711",
        "911",
        "999",
        "1420",
        "1456",
        "1480",
        "1500",
        "1570",
        "1590",
        "1599",
        "1690",
        "1691",
        "1801",
        "1818",
        "1828",
        "1888",
        "1890",
        "1920",
        "1921",
    ]
)
"""National service numbers (section 5 of the lexicon): lines of a service, never of one office."""
_DASHES = re.compile(r"[‐‑‒–—―−]")
_KASHIDA = re.compile(r"(?<=[\d۰-۹٠-٩])\s?\u0640+\s?(?=[\d۰-۹٠-٩])")
_S = r"[\s\-./_]?"
_LONG_NUMBER = re.compile(
    r"(?<!\d)(?:ir\s?\d{2}[\s-]?)?(?:\d{4}[\s-]){3,5}\d{2,4}(?!\d)|ir\d{24}|(?<![\d+])(?!0098\d{10}(?!\d))\d{12,}(?!\d)"
)
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("iran", re.compile(
        r"(?<![\d+])(?:\+\s?98|0098"
        r"|98(?=[\s\-(]))[\s\-]*\(?0?\)?[\s\-]*\(?(\d{2})\)?[\s\-]*(\d(?:[\s\-]?\d){7})(?!\d)")),
    ("reversed-iran", re.compile(r"(?<!\d)(\d{8})[\s\-]*(\d{2})[\s\-]*98\s?\+")),
    ("mobile", re.compile(rf"(?<!\d)(09\d{{2}}){_S}(\d{{3}}{_S}\d{{2}}{_S}\d{{2}})(?!\d)")),
    ("area", re.compile(
        r"(?<![\d-])\(?\s?(0[1-9]\d)\s?\)?\s*[\-/_.]?\s*([1-9]\d{3}[\s-]?\d{4}"
        r"|[1-9]\d[\s-]?\d{2}[\s-]?\d{2}[\s-]?\d{2}|[1-9]\d{2}[\s-]\d{2}[\s-]?\d{3})(?!\d)")),
    ("old-area", re.compile(r"(?<![\d-])\(?(0[1-9]\d{2})\)?\s*[\-/_]\s*([1-9]\d{5,6})(?!\d)")),
    ("reversed", re.compile(r"(?<![\d-])([1-9]\d{6,7}|[1-9]\d{3}[\s-]\d{4})\s?[\s\-_/(]\s?(0[1-9]\d{1,2})\)?(?![\d])")),
    ("toll-free", re.compile(
        r"(?<![\d-])(?:\+?1[\s.-])?\(?(8(?:00|33|44|55|66|77"
        r"|88))\)?[\s.-]([a-z0-9]{3}[\s.-]?[a-z0-9]{4})(?![a-z0-9])")),
    ("american", re.compile(
        r"(?<![\d-])(?:\+?1[\s.-]{0,2})?\(?([2-9]\d{2})\)?[\s.-]{1,2}(\d{3})[\s.-]{1,2}(\d{4})(?!\d)")),
    ("foreign", re.compile(r"(?<![\d+])\+(\d{1,3})[\s\-]?((?:\(?\d{1,4}\)?[\s\-.]?){2,5}\d{2,4})(?!\d)")),
    ("local", re.compile(
        r"(?<![\d\-/.,])([2-9]\d{7}|[2-9]\d{3}[\s-]\d{4}|[2-9]\d[\s-]\d{2}[\s-]\d{2}[\s-]\d{2}"
        r"|[2-9]\d{2}[\s-]\d{4}|[2-9]\d{6}|[2-9]\d{5})(?![\d/])")),
)  # fmt: skip
_NEEDS_WORD = frozenset(("local", "old-area"))
_LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999")
_EXTENSION = re.compile(
    r"(?:داخلی(?:\s?های)?|(?<![a-z])ext(?:ension)?s?\.?|(?<=\d)\s?x)\s*[:：.]?\s*[(]?(\d{1,5})(?!\d)"
    r"|(?<!\d)(\d{2,5})\s*(?:\)?\s*داخلی)(?!\s*[:：]?\s*\d)"
)
_SHORT = re.compile(r"(?<![\d\-/.:,])(\d{3,5})(?![\d\-/:,]|\.\d)")
_EMAIL = re.compile(
    r"[a-z0-9][\w.+-]*(?:\s?(?:@|\[\s?at\s?\]|\(\s?at\s?\)|\{at\}|＠)\s?|\sat\s(?=[\w-]+\s(?:dot"
    r"|\[dot\])\s))[a-z0-9-]+(?:\s?(?:\.|\[\s?dot\s?\]|\(\s?dot\s?\)|\sdot\s)\s?[a-z0-9-]+)*(?:\s?(?:\."
    r"|\[\s?dot\s?\]|\(\s?dot\s?\)|\sdot\s)\s?[a-z]{2,12})",
    re.IGNORECASE | re.ASCII,
)  # fmt: skip
_AT = re.compile(r"\s?(?:\[\s?at\s?\]|\(\s?at\s?\)|\{at\}|＠|\sat\s)\s?", re.IGNORECASE)
_DOT = re.compile(r"\s?(?:\[\s?dot\s?\]|\(\s?dot\s?\)|\sdot\s)\s?", re.IGNORECASE)
_REACH = 45


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    number: str
    kind: Literal["landline", "mobile", "short", "fax"]


def folded_numbers(text: str) -> str:
    """The text folded for reading numbers: kashida between digits is a dash there, not an ornament."""
    return _DASHES.sub("-", fold(_KASHIDA.sub("-", text)))


def phones_in(text: str, *, bare: bool = False) -> tuple[Phone, ...]:
    """Numbers in the order of the text, each once.

    `bare` = the text is a cell of a telephone column, so that a number needs no word beside it. A lone extension is a
    `Phone` without number.
    """
    folded = folded_numbers(text)
    if not any(char.isdecimal() for char in folded):
        return ()
    claimed = [match.span() for match in _LONG_NUMBER.finditer(folded)]
    hits: list[_Hit] = []
    for name, pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            if any(start < match.end() and match.start() < end for start, end in claimed):
                continue
            previous = max((hit.end for hit in hits if hit.end <= match.start()), default=0)
            before = folded[max(previous, match.start() - _REACH) : match.start()]
            word = _word_before(before)
            if word == "not-phone" or (name in _NEEDS_WORD and not bare and word is None and not hits):
                continue
            number = _number(name, match)
            claimed.append(match.span())
            fax = word == "fax"
            kind: Literal["landline", "mobile", "fax"] = "mobile" if number.startswith("09") else "landline"
            hits.append(_Hit(match.start(), match.end(), number, "fax" if fax else kind))
    hits.sort(key=lambda hit: hit.start)
    extensions = _extensions(folded, hits)
    hits.extend(_short(folded, claimed, extensions, bare=bare))
    phones = [
        Phone(hit.number, hit.kind, extensions.get(hit.start, "")) for hit in sorted(hits, key=lambda hit: hit.start)
    ]
    if -1 in extensions and not any(phone.kind == "landline" for phone in phones):
        phones.append(Phone("", "landline", extensions[-1]))
    return tuple(dict.fromkeys(phones))


def _number(name: str, match: re.Match[str]) -> str:
    groups = [re.sub(r"[\s\-./_()]", "", group) for group in match.groups()]
    if name == "iran":
        return "0" + groups[0] + groups[1]
    if name == "reversed-iran":
        return "0" + groups[1] + groups[0]
    if name == "reversed":
        return groups[1] + groups[0]
    if name == "toll-free":
        return groups[0] + groups[1].translate(_LETTERS)
    return ("+" if name == "foreign" else "") + "".join(groups)


def _word_before(before: str) -> str | None:
    """The nearest word that says what kind of number follows: `phone`, `fax`, `not-phone`, or None."""
    words = lexicon()
    groups = words.groups_in(before)
    best: tuple[int, str] | None = None
    for group, kind in (
        ("not-phone", "not-phone"),
        ("fax", "fax"),
        ("phone-word", "phone"),
        ("contact-phone-head", "phone"),
    ):
        if group in groups:
            end = max(match.end for match in words.words(before, group))
            if best is None or end > best[0]:
                best = (end, kind)
    if (
        best is not None
        and best[1] == "fax"
        and re.search(r"(?:تلفن|phone|tel\.?)\s?(?:و|/|-|and|&)\s?\S+\s*[:：]?\s*$", before)
    ):
        return "phone"
    return best[1] if best is not None else None


def _extensions(folded: str, hits: list[_Hit]) -> dict[int, str]:
    """Extension by the start of the number it belongs to; -1 where it stands without a number."""
    found: dict[int, str] = {}
    for match in _EXTENSION.finditer(folded):
        value = match.group(1) or match.group(2)
        if any(hit.start < match.end() and match.start() < hit.end and match.group(2) for hit in hits):
            continue
        before = [hit for hit in hits if hit.end <= match.start() + 1 and hit.kind != "fax"]
        after = [hit for hit in hits if hit.start >= match.end() and hit.kind != "fax"]
        owner = before[-1].start if before else after[0].start if after else -1
        found.setdefault(owner, value)
    return found


def _short(folded: str, claimed: list[tuple[int, int]], extensions: dict[int, str], *, bare: bool) -> list[_Hit]:
    """Service numbers of three to five digits, told by a word before them."""
    hits: list[_Hit] = []
    values = set(extensions.values())
    for match in _SHORT.finditer(folded):
        number = match.group(1)
        if number in values or any(start < match.end() and match.start() < end for start, end in claimed):
            continue
        before = folded[max(0, match.start() - 25) : match.start()]
        word = _word_before(before)
        known = number in SHORT_NUMBERS
        if known and (word in {"phone", "fax"} or bare or re.search(r"سامانه\s(?:\S+\s)?$|شماره\s*$", before)):
            hits.append(_Hit(match.start(), match.end(), number, "short"))
        elif bare and not known and folded.strip(" .-") == number and not extensions:
            extensions[-1] = number
        elif (
            word == "phone"
            and len(number) >= 4
            and re.search(r"[:：]\s*$|(?:تلفن|شماره تماس|phone|tel|call)\s*$", before)
            and not re.match(r"(?:1[34]|19|20)\d\d$", number)
        ):
            hits.append(_Hit(match.start(), match.end(), number, "short"))
    return hits


def emails_in(text: str) -> tuple[str, ...]:
    """E-mail addresses in lower case, those spelt to hide from robots put right."""
    found: list[str] = []
    for match in _EMAIL.finditer(_plain(text)):
        address = _DOT.sub(".", _AT.sub("@", match.group())).replace(" ", "").strip(".")
        if address.count("@") == 1 and not re.search(r"\.(?:png|jpe?g|gif|svg|webp)$", address, re.IGNORECASE):
            found.append(address.lower())
    return tuple(dict.fromkeys(found))


def _plain(text: str) -> str:
    return re.sub(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "", text)


def unhidden_email(code: str) -> str:
    """The address behind a `data-cfemail` code, empty where it is none."""
    try:
        raw = bytes.fromhex(code)
    except ValueError:
        return ""
    if len(raw) < 4:
        return ""
    address = bytes(byte ^ raw[0] for byte in raw[1:]).decode("ascii", errors="replace")
    return address.lower() if emails_in(address) else ""
