"""Chance with a fixed seed: what varies between two portals of one family, and how their text is spelt."""

import random
import re
from collections.abc import Sequence
from typing import TypeVar

from tests.portals import words

_T = TypeVar("_T")
_YEAR, _MONTH = 1405, 7  # the month of factories.AS_OF in the Jalali calendar
_TEXT = re.compile(r"(<(?:script|style)\b.*?</(?:script|style)>|<!--.*?-->|<[^>]*>)", re.DOTALL)
_ATTRIBUTE = re.compile(r"""((?:placeholder|alt|title|aria-label|value|content)=["'])([^"']*)(["'])""")
_HEADING = re.compile(r"(<(?:h[1-4]|a)\b[^>]*>)([^<]+)(?=</)")
_JOINING = "بپتثجچحخسشصضطظعغفقکگلمنهی"
_FA_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_AR_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


class Draw:
    """The dice of one portal. `language` is fa or en; the same seed gives the same portal on every machine."""

    def __init__(self, seed: str, bodies: Sequence[words.Body], language: str) -> None:
        self.random = random.Random(seed)
        self.language = language
        self.body = self.pick(*bodies)
        self.matters = self.some(self.body.matters, len(self.body.matters))
        self.matter = self.matters[0]
        self._spelling = self.random.choices(("plain", "arabic", "joined", "spaced", "kashida"), (9, 4, 2, 3, 2))[0]
        self._mails = 0
        self._digits = self.random.choices(("fa", "latin", "arabic"), (12, 5, 3))[0]

    @property
    def fa(self) -> bool:
        """Whether this portal speaks Persian."""
        return self.language == "fa"

    def pick(self, *options: _T) -> _T:
        """One of the options."""
        return self.random.choice(options)

    def some(self, options: Sequence[_T], count: int) -> list[_T]:
        """`count` different options in chance order."""
        return self.random.sample(list(options), min(count, len(options)))

    def yes(self, share: float = 0.5) -> bool:
        """True in this share of portals."""
        return self.random.random() < share

    def number(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return self.random.randint(low, high)

    def person(self) -> str:
        """A personal name, at times with a title."""
        if not self.fa:
            return f"{self.pick(*words.FIRST_EN)} {self.pick(*words.LAST_EN)}"
        title = self.random.choices(("", "دکتر ", "مهندس ", "آقای ", "خانم "), (8, 3, 3, 1, 1))[0]
        return f"{title}{self.pick(*words.FIRST)} {self.pick(*words.LAST)}"

    def persons(self, count: int) -> list[str]:
        """Names of different people."""
        found: dict[str, str] = {}
        while len(found) < count:
            name = self.person()
            found.setdefault(" ".join(name.split()[-2:]), name)
        return list(found.values())

    def phone(self) -> str:
        """An office number as such numbers are written."""
        area = self.pick("021", "031", "051", "026", "041")
        line = str(self.number(2, 8)) + "".join(str(self.number(0, 9)) for _ in range(7))
        if not self.fa:
            return f"+98 {area[1:]} {line[:4]} {line[4:]}"
        return self.pick(f"{area}-{line}", f"{area}{line}", f"{line}-{area}", f"({area}) {line}")

    def mail(self, name: str = "info") -> str:
        """An address of the agency."""
        self._mails += name != "info"
        return f"{name}{10 + 7 * self._mails if name != 'info' else ''}@agency.example"

    def date(self, months_ago: int) -> str:
        """A day so many months before the visit."""
        day = self.number(2, 16)
        if not self.fa:
            count = 2026 * 12 + 9 - months_ago
            year, month = divmod(count, 12)
            name = words.MONTHS_EN[month]
            return self.pick(f"{day} {name} {year}", f"{name} {day}, {year}", f"{year}-{month + 1:02}-{day:02}")
        year, month = divmod(_YEAR * 12 + _MONTH - 1 - months_ago, 12)
        return self.pick(
            f"{year}/{month + 1:02}/{day:02}", f"{day} {words.MONTHS[month]} {year}", f"{year}/{month + 1}/{day}"
        )

    def spell(self, html: str) -> str:
        """The page in the spelling of this portal: letters, half spaces, kashida, digits. Tags stay as they are."""
        if not self.fa:
            return html
        if self._spelling == "kashida":
            html = _HEADING.sub(lambda m: m.group(1) + self._stretched(m.group(2)), html)
        parts = _TEXT.split(html)
        return "".join(self._tag(part) if part.startswith("<") else self._text(part) for part in parts)

    def _stretched(self, text: str) -> str:
        spots = [i for i in range(1, len(text) - 1) if text[i] in _JOINING and text[i + 1] in _JOINING + "ادذرزو"]
        for spot in sorted(self.some(spots, min(3, len(spots))), reverse=True):
            text = text[: spot + 1] + "ـ" * self.number(1, 3) + text[spot + 1 :]
        return text

    def _tag(self, tag: str) -> str:
        if tag.startswith(("<script", "<style", "<!--")):
            return tag
        return _ATTRIBUTE.sub(lambda m: m.group(1) + self._text(m.group(2)) + m.group(3), tag)

    def _text(self, text: str) -> str:
        if self._spelling == "arabic":
            text = text.replace("ی", "ي").replace("ک", "ك")
        elif self._spelling == "joined":
            text = text.replace("\u200c", "")
        elif self._spelling == "spaced":
            text = text.replace("\u200c", " ")
        if "@" in text or "http" in text:
            return text
        return text.translate({"fa": _FA_DIGITS, "arabic": _AR_DIGITS}.get(self._digits, {}))
