"""Phrases are found in every spelling, at the edges of words only."""

import pytest

from config.lexicon_models import Lexicon, Phrase, WordGroup
from config.vocabulary import Label
from snapshot.matching import LexiconMatcher

TRACKING, SURVEY, CHART = Label.SERVICE_TRACKING, Label.SATISFACTION_SURVEY, Label.ORG_STRUCTURE
MATCHER = LexiconMatcher(
    [
        Lexicon(
            language="fa",
            phrase=(
                Phrase(label=TRACKING, text="پیگیری", places=("link", "text"), weight=0.6),
                Phrase(label=TRACKING, text="پیگیری مصوبات", places=("link", "text"), negative=True),
                Phrase(label=SURVEY, text="نظرسنجی", places=("link",)),
                Phrase(label=CHART, texts=("org-chart", "نمودار سازمانی"), places=("url", "link")),
            ),
            words=(WordGroup(group="fee", phrases=("هزینه", "fee")), WordGroup(group="code", phrases=("کد رهگیری",))),
        )
    ]
)


@pytest.mark.parametrize("spelt", ["نظر سنجی", "نظرسنجی", "نظر‌سنجی", "نظر سنجي", "نظرسنجی‌ها", "نظرسنجیها"])
def test_every_spelling_of_a_phrase_is_found_with_its_own_words(spelt: str) -> None:
    (hit,) = MATCHER.label_hits(f"فرم {spelt} ۱", "link")
    assert hit.label == SURVEY
    assert hit.quote[:3] == spelt[:3]


def test_a_negative_wording_silences_the_shorter_one_inside_it() -> None:
    (hit,) = MATCHER.label_hits("پیگیری مصوبات سفر", "link")
    assert hit.negative
    assert [hit.negative for hit in MATCHER.label_hits("پیگیری درخواست", "link")] == [False]


def test_a_phrase_counts_only_at_its_places() -> None:
    assert MATCHER.label_hits("نظرسنجی", "text") == []


@pytest.mark.parametrize("text", ["coffee", "feel", "پرهزینه", "هزینهبر"])
def test_a_phrase_inside_another_word_is_not_found(text: str) -> None:
    assert not MATCHER.has(text, "fee")


@pytest.mark.parametrize("text", ["fees", "Fee:", "هزینه‌ها", "هزینه‌های", "وهزینه", "(هزینه)"])
def test_light_inflection_is_allowed(text: str) -> None:
    assert MATCHER.has(text, "fee")


def test_a_word_may_be_asked_for_without_inflection() -> None:
    assert MATCHER.words("هزینه‌ها", "fee")
    assert MATCHER.words("هزینه‌ها", "fee", inflected=False)
    assert MATCHER.words("هزینهها fees", "fee")
    assert MATCHER.words("fees", "fee", inflected=False) == []


def test_words_give_their_place_in_the_original() -> None:
    text = "لطفاً كد  رهگيري خود را وارد کنید"
    (match,) = MATCHER.words(text, "code")
    assert text[match.start : match.end] == match.quote == "كد  رهگيري"
    assert MATCHER.first(text, "code") == match.quote
    assert MATCHER.first(text, "fee") == ""
    assert MATCHER.groups_in(text) == {"code"}


def test_addresses_are_opened_into_words() -> None:
    (hit,) = MATCHER.label_hits("http://a.ir/about/OrgChart.aspx", "url")
    assert hit.label == CHART
    assert MATCHER.label_hits("http://a.ir/%D9%86%D9%85%D9%88%D8%AF%D8%A7%D8%B1-سازمانی", "url")[0].label == CHART


def test_an_empty_lexicon_finds_nothing() -> None:
    empty = LexiconMatcher([])
    assert empty.words("fee", "fee") == []
    assert empty.label_hits("fee", "link") == []
