"""Whose structure or managers a page shows: the agency's own, or those of a ministry, a sister or a stranger."""

import re
from functools import lru_cache

from config.models import Agency
from snapshot.matching import lexicon
from snapshot.names import name_words
from snapshot.reader import Page
from snapshot.text import fold

_PROVINCE_WORD = re.compile(r"(?:استان|province)\s*(?:of\s*)?$")
_OF_PROVINCE = re.compile(r"\b(?:استان|province(?:\s+of)?)\s+\w")


def names_other_body(page: Page, agency: Agency) -> bool:
    """Whether title and first headings say that the page is about another body than the agency.

    A body is another one when it stands in another province, or when it is a ministry, organisation, company or the
    like whose name shares no word with the agency's names (rules 2.0.5, T04 c, T05 8). The first heading that names a
    body decides, and the title only where no heading does, since portals put their own name into every title.
    """
    perception = page.perception
    headings = [heading.text for heading in perception.headings if heading.place == "main"][:3]
    for text in (*headings, perception.title):
        if names_agency_in(text, agency):
            return False
        if other_body_in(text, agency):
            return True
    return False


def other_body_in(text: str, agency: Agency) -> str:
    """The other body that a text names, in its own words; empty where it names none or the agency itself."""
    return _other_province(text, agency) or _other_kind(text, agency)


def names_agency_in(text: str, agency: Agency) -> bool:
    """Whether most words of one of the agency's names stand in a text, and no other province than its own.

    Sister bodies differ in the province only («سازمان آب استان یزد», «سازمان آب استان کرمان»).
    """
    words = name_words(text)
    most = any(len(names & words) >= 0.75 * len(names) for names in agency_names(agency) if names)
    whole = any(names <= words for names in agency_names(agency) if names)
    return whole or (most and not _other_province(text, agency))


def agency_names(agency: Agency) -> tuple[frozenset[str], ...]:
    """The words of each name the agency goes by."""
    return tuple(name_words(name) for name in (agency.name_fa, agency.name_en, *agency.aliases) if name)


def agency_words(agency: Agency) -> frozenset[str]:
    """All words of all names of the agency."""
    return frozenset().union(*agency_names(agency))


def _other_province(text: str, agency: Agency) -> str:
    """A province that a text states and that is none of the agency's; empty for agencies that belong to no province."""
    names = (agency.name_fa, agency.name_en, *agency.aliases)
    own = {match.phrase for name in names for match in lexicon().words(name, "province")}
    if not own and not any(_OF_PROVINCE.search(fold(name)) for name in names):
        return ""
    known = agency_words(agency)
    for match in lexicon().words(text, "province"):
        stated = _PROVINCE_WORD.search(fold(text[: match.start]).rstrip())
        if stated and match.phrase not in own and not name_words(match.phrase) <= known:
            return match.quote
    return ""


def _other_kind(text: str, agency: Agency) -> str:
    """A body named by its kind and a name of which no word belongs to the agency («وزارت نیرو» on a bank's portal)."""
    known = agency_words(agency)
    # «سازمانی» in «نمودار سازمانی» is no organisation.
    for match in lexicon().words(text, "other-body-kind", inflected=False):
        after = re.split(r"[|«»:؛›>/•·()\[\]،,.]|\s[-–—]\s", text[match.end :], maxsplit=1)[0]
        name = [word for word in fold(after).split() if len(word) > 2][:4]
        told = name_words(" ".join(name)) - _plain_words()
        # One word after the agency's own kind is more likely its short name than another body's, unless it is a place.
        place = lexicon().has(" ".join(name), "province")
        stranger = len(told) > 1 or place or not name_words(match.quote) & known
        if told and stranger and not told & known:
            return f"{match.quote} {' '.join(name[:3])}"
    return ""


@lru_cache(maxsize=1)
def _plain_words() -> frozenset[str]:
    phrases = lexicon().groups.get("body-plain-word", ())
    return frozenset(word for phrase in phrases for word in name_words(phrase))
