"""Post, person and unit in the lines of one row or card."""

import re
from dataclasses import dataclass

from snapshot.matching import lexicon
from snapshot.perception.people import is_role, person_in, role_at, split_role_and_person, without_titles
from snapshot.text import fold

_SPLIT = re.compile(r"\s*[|،,؛;•·/\t]\s*|\s+[-–—]+\s+|(?<=\w)\s+[-–—]+(?=\w)|\s{3,}")
_LABELLED = re.compile(r"^\s*(?P<label>[^:：]{2,45}?)\s*[:：]\s*(?P<value>.*)$", re.DOTALL)
_PERIOD = re.compile(
    r"[(]?\s?(?:از\s*(?:سال|تاریخ)?\s*)?[\d۰-۹/]{2,10}\s*(?:تا|الی|لغایت|-|–|—|to"
    r"|until)\s*(?:سال\s*)?(?:[\d۰-۹/]{2,10}|کنون)\s?[)]?"
)
"""Years in office, which hide the post they stand beside."""
_DIGITS = re.compile(r"[+(]?[\d۰-۹٠-٩](?:[\s\-–_/().]*[\d۰-۹٠-٩]){4,}")
_SECRETARY = re.compile(
    r"(?:مسوول|رییس|مدیر|منشی)\s?(?:دفتر|دفتر ?خانه)(?!\s?[^\W\d_])|^منشی|secretary to|office manager|personal "
    r"assistant"
)
_ASKS_UNIT = re.compile(r"(?:نام|عنوان|واحد|محل|حوزه)\s|unit name|name of")
_REACH_LABEL = re.compile(
    r"(?<=[^\W\d_])\s+(?=(?:شماره\s+)?(?:(?:تلفن|تماس|نمابر|دورنگار|فکس|داخل[یي]|موبا[یي]ل|ا[یي]م[یي]ل|را[یي]انامه|پست\s+ال[کك]ترون[یي][کك][یي]?)"
    r"(?:\s+(?:تماس|ثابت|همراه|مستق[یي]م|سازمان[یي]|دفتر))?|(?:tele)?phone|tel\.?|e-?mail|fax)\s*[:：])",
    re.IGNORECASE,
)
"""Before the label of a way to reach an office: where a card puts all in one line, the name ends here."""
_LONGEST_UNIT = 160


@dataclass(slots=True)
class Parts:
    """What a row or card says of one office."""

    role: str = ""
    person: str = ""
    unit: str = ""


def head_of(label: str) -> str:
    """What the label of a column or line announces: role, person, unit, phone, extension, email, or nothing."""
    if len(label) > 60:
        return ""
    groups = lexicon().groups_in(label)
    letters = sum(map(str.isalpha, fold(label))) or 1
    best, share = "", 0.0
    for head in ("extension", "email", "phone", "role", "person", "unit"):
        group = f"contact-{head}-head"
        if group in groups:
            covered = sum(sum(map(str.isalpha, fold(m.quote))) for m in lexicon().words(label, group)) / letters
            if covered > share:
                best, share = head, covered
    if share < 0.4:
        return "phone" if "fax" in groups or "mobile" in groups else ""
    return best


def is_secretary(text: str) -> bool:
    """Whether the text names the office manager of somebody else."""
    return bool(_SECRETARY.search(fold(text)))


def parts_of(lines: list[str]) -> Parts:
    """Post, person and unit of the lines of one card, labels put to use."""
    parts = Parts()
    loose: list[str] = []
    pending = ""
    for line in lines:
        for part in _pieces(line):
            labelled = _LABELLED.match(part)
            if labelled:
                pending = _take_labelled(parts, labelled.group("label"), labelled.group("value"), loose)
                continue
            if pending:
                _assign(parts, pending, part)
                pending = ""
                continue
            head = head_of(part) if len(part) <= 30 else ""
            if head and not person_in(part) and (head not in {"role", "person", "unit"} or not is_role(part)):
                pending = head if head in {"role", "person", "unit"} else ""
                continue
            loose.append(part)
    _from_loose(parts, loose)
    return parts


def _pieces(line: str) -> list[str]:
    line = _DIGITS.sub(" | ", _PERIOD.sub(" ", _REACH_LABEL.sub(" | ", line)))
    return [piece.strip(" .") for piece in _SPLIT.split(line) if piece and piece.strip(" .-–()")]


def _take_labelled(parts: Parts, label: str, value: str, loose: list[str]) -> str:
    """Use "label: value"; return what is announced where the value stands in the next line."""
    if is_secretary(label):
        return ""
    person = person_in(value) or person_in(value.split("(", maxsplit=1)[0])
    if person and is_role(label) and head_of(label) != "person":
        # «مدیرکل: علی رضایی»
        parts.role, parts.person = parts.role or label.strip(), parts.person or person
        return ""
    head = head_of(label)
    if head == "person" and person and role_at(label) and not lexicon().has(label, "contact-person-name"):
        parts.role = parts.role or label.strip()
    if (
        head == "unit"
        and lexicon().has(label, "unit-word")
        and len(fold(label).split()) > 1
        and not _ASKS_UNIT.match(fold(label))
    ):
        # «دفتر مرکزی: ...» names the office itself.
        parts.unit = parts.unit or label.strip()[:_LONGEST_UNIT]
        loose.append(value)
        return ""
    if head in {"role", "person", "unit"}:
        if value.strip():
            _assign(parts, head, value)
            return ""
        return head
    if not head and value:
        loose.extend([label, value])
    return ""


def _assign(parts: Parts, head: str, value: str) -> None:
    text = " ".join(value.split()).strip(" :،-–")
    if head == "role" and not parts.role and text and not any(c.isdecimal() for c in fold(text)):
        parts.role = text[:_LONGEST_UNIT]
    elif head == "person" and not parts.person:
        parts.person = person_in(text)
        if not parts.person:
            role, person = split_role_and_person(text)
            parts.person, parts.role = person, parts.role or role
    elif head == "unit":
        person = person_in(text)
        if person and not lexicon().has(text, "unit-word") and not parts.person:
            parts.person = person
        elif not parts.unit:
            parts.unit = text[:_LONGEST_UNIT]


def _from_loose(parts: Parts, loose: list[str]) -> None:
    """Fill what no label gave from the unlabelled pieces; a name counts near the post."""
    if not parts.role:
        for piece in loose:
            if is_role(piece) and not is_secretary(piece):
                role, person = split_role_and_person(piece)
                parts.role = role or piece
                parts.person = parts.person or person
                break
    if not parts.person:
        at = next((i for i, piece in enumerate(loose) if piece == parts.role), 0)
        near = sorted(range(len(loose)), key=lambda i: (abs(i - at), i > at))
        titled = [i for i in near if person_in(loose[i]) and without_titles(loose[i]) != loose[i].strip(" .،:-–()*•")]
        plain = [i for i in near if abs(i - at) <= 3 and person_in(loose[i])]
        chosen = next(iter(titled or plain), None)
        if chosen is not None:
            parts.person = person_in(loose[chosen])
    if not parts.unit:
        parts.unit = next(
            (
                piece[:_LONGEST_UNIT]
                for piece in loose
                if not (parts.role and parts.role in piece)
                and not (parts.person and parts.person in piece)
                and len(piece) <= 90
                and lexicon().has(piece[:40], "unit-word")
                and not any(c.isdecimal() for c in fold(piece))
            ),
            "",
        )
