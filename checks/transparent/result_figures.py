"""Figures of a survey in a text: shares, scores, and how many people answered."""

import re

from snapshot.matching import lexicon
from snapshot.text import normalise

_PERCENT = re.compile(
    r"(?<![\d/.])(?:\d{1,3}(?:[./]\d+)?\s?(?:%|٪|درصد|percent|per cent)|[%٪]\s?\d{1,3}(?:[./]\d+)?)(?![\d%])"
)
_OF_SCALE = re.compile(
    r"(?<![\d/.])\d{1,3}(?:[./]\d+)?\s?(?:از|out of|of|/)\s?(?:5|10|20|100|پنج|ده|بیست|صد)(?![\d/.])"
)
_NUMBER = re.compile(r"(?<![\d/.])\d{1,3}(?:[./]\d+)?(?![\d/,])")
_COUNT_BEFORE = re.compile(
    r"(\d[\d,]*)(?:\s?هزار)?(?:\s(?:نفر|مورد|فقره|عدد|valid|completed|full|total|online|user|survey))?\s?$"
)
_COUNT_AFTER = re.compile(
    r"^\W{0,4}(?:(?:برابر|شامل|با|was|is|of|size|است|بود)\s){0,2}\W{0,3}(\d[\d,]*)(?!\s?(?:[%٪/.\d]|درصد|percent))"
)
SCORE_REACH = 30
"""Letters after a word such as «میانگین» within which its score stands."""
FEWEST = 10
"""Answers below which a number beside such a word is no sample."""


def shares_in(text: str) -> list[str]:
    """Shares and scores that a text states, each in its folded form and once, in text order."""
    folded = normalise(text).text
    found = [(match.start(), match.group()) for shape in (_PERCENT, _OF_SCALE) for match in shape.finditer(folded)]
    if not found:
        found = _scores(text)
    return list(dict.fromkeys(said for _, said in sorted(found)))


def _scores(text: str) -> list[tuple[int, str]]:
    """Numbers right after a word such as «میانگین نمره»: «میانگین نمره 76.82»."""
    found: list[tuple[int, str]] = []
    for word in lexicon().words(text, "result-score"):
        rest = normalise(text[word.end : word.end + SCORE_REACH]).text
        number = _NUMBER.search(rest)
        if number is not None and not re.search(r"(?:سال|year|شماره|no\.)\W*$", rest[: number.start()]):
            found.append((word.end, number.group()))
    return found


def respondents_in(text: str) -> str:
    """How many people answered, in the text's own words; empty where it does not say."""
    words = lexicon()
    persons = words.words(text, "person-word") if words.has(text, "asked-word") else []
    for word in (*words.words(text, "respondent-word"), *persons):
        before = _COUNT_BEFORE.search(normalise(text[: word.start]).text)
        if before is not None and _enough(before.group(1)):
            return _from_a_word(text[: word.end], word.start - 20).strip()
        after = _COUNT_AFTER.match(normalise(text[word.end : word.end + 40]).text)
        if after is not None and _enough(after.group(1)):
            return text[word.start : word.end + 25].strip()
    return ""


def _from_a_word(text: str, start: int) -> str:
    """The text from the next beginning of a word on."""
    return text if start <= 0 else text[start:].partition(" ")[2]


def is_figure(cell: str) -> bool:
    """Whether a cell of a table of results holds nothing but a share or score."""
    return bool(shares_in(cell)) or re.fullmatch(r"\d{1,3}(?:[./]\d+)?", normalise(cell).text.strip()) is not None


def _enough(number: str) -> bool:
    digits = number.replace(",", "")
    return digits.isdecimal() and int(digits) >= FEWEST
