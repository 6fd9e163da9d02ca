"""The shipped lexicons load, cover the vocabulary and read captions as a citizen would; faulty files are named."""

from pathlib import Path

import pytest

from config.lexicon_loading import load_lexicons
from config.problems import InputError
from config.vocabulary import Label
from snapshot.matching import lexicon

WITHOUT_WORDINGS = {
    Label.NEWS_ITEM, Label.LOGIN, Label.BLOCKED, Label.SOFT_404, Label.CONSTRUCTION, Label.OTHER,
}  # fmt: skip
"""Page types, recognised from signals."""


@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_label_has_wordings_for_links_in_both_languages(language: str) -> None:
    named = {
        phrase.label
        for lexicon_file in load_lexicons()
        if lexicon_file.language == language
        for phrase in lexicon_file.phrase
        if "link" in phrase.places and not phrase.negative
    }
    assert set(Label) - WITHOUT_WORDINGS <= named


@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_signal_group_exists_in_both_languages(language: str) -> None:
    groups = {words.group for file in load_lexicons() if file.language == language for words in file.words}
    assert groups >= {
        "news-mark", "news-weak", "news-section", "template-text", "construction", "not-found", "blocked", "captcha",
        "login", "search-results", "definition", "survey-scale", "result-figure", "parcel",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("caption", "label"),
    [
        ("پيگيري درخواست", Label.SERVICE_TRACKING),
        ("رهگیری پرونده", Label.SERVICE_TRACKING),
        ("Check your application status", Label.SERVICE_TRACKING),
        ("میــز خدمت الکترونیکی", Label.SERVICES_LIST),
        ("Online services", Label.SERVICES_LIST),
        ("چارت‌سازمانی", Label.ORG_STRUCTURE),
        ("Organisational structure", Label.ORG_STRUCTURE),
        ("معرفی مدیران", Label.MANAGERS_CONTACTS),
        ("Executive team", Label.MANAGERS_CONTACTS),
        ("دفترچه تلفن", Label.MANAGERS_CONTACTS),
        ("ارتباط با ما", Label.CONTACT_US),
        ("سؤالات متداول", Label.FAQ),
        ("شکایات", Label.COMPLAINTS_FORM),
        ("نقشهٔ سایت", Label.SITE_MAP),
        ("نتایج نظر سنجی", Label.SATISFACTION_RESULTS),
        ("بیانیه حریم خصوصی", Label.PRIVACY_STATEMENT),
        ("Freedom of information", Label.FOI_ACCESS),
        ("مناقصات و مزایدات", Label.TENDERS),
    ],
)
def test_captions_name_their_label_strongly(caption: str, label: Label) -> None:
    hits = [hit for hit in lexicon().label_hits(caption, "link") if hit.label == label and not hit.negative]
    assert hits
    assert max(hit.weight for hit in hits) >= 0.85


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("پیگیری مصوبات سفر استاندار", Label.SERVICE_TRACKING),
        ("الحاق چهار روستا پیگیری شد", Label.SERVICE_TRACKING),
        ("برپایی میز خدمت در مصلی", Label.SERVICES_LIST),
        ("چارت سازمانی چیست؟", Label.ORG_STRUCTURE),
        ("پنجره واحد تجارت فرامرزی", Label.SINGLE_WINDOW),
        ("مدیران کاروان‌ها", Label.MANAGERS_CONTACTS),
        ("Track your parcel", Label.SERVICE_TRACKING),
        ("What is an organizational chart?", Label.ORG_STRUCTURE),
    ],
)
def test_look_alikes_speak_only_against_the_label(text: str, label: Label) -> None:
    hits = [hit for hit in lexicon().label_hits(text, "heading") if hit.label == label]
    assert hits
    assert all(hit.negative for hit in hits)


def test_faults_of_all_files_are_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('language = "fa"\n[[phrase]]\ntext = "x"\nlabel = "no-such"\n', encoding="utf-8")
    (tmp_path / "b.toml").write_text("language = ", encoding="utf-8")
    (tmp_path / "c.toml").write_text('language = "fa"\n[[phrase]]\nlabel = "faq"\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_lexicons(tmp_path)
    assert {problem.file for problem in caught.value.problems} == {"a.toml", "b.toml", "c.toml"}
    assert "no-such" in str(caught.value)


def test_a_folder_of_own_lexicons_is_read_in_order(tmp_path: Path) -> None:
    for name, text in (("b", "دو"), ("a", "یک")):
        (tmp_path / f"{name}.toml").write_text(
            f'language = "fa"\n[[phrase]]\ntext = "{text}"\nlabel = "faq"\n', encoding="utf-8"
        )
    assert [file.phrase[0].wordings for file in load_lexicons(tmp_path)] == [("یک",), ("دو",)]
