"""Names in two alphabets."""

import pytest

from snapshot.romanised import sounds_alike

SAME = [
    ("علی رضایی", "Ali Rezaei"),
    ("محمد حسینی نژاد", "Mohammad Hosseininejad"),
    ("غلامرضا شریفی", "Gholamreza Sharifi"),
    ("خدیجه چراغی", "Khadijeh Cheraghi"),
    ("یوسف قاسم‌پور", "Yousef Ghasempour"),
    ("ژاله طاهری", "Zhaleh Taheri"),
    ("کامران رودبند", "K. Roudband"),
]
DIFFERENT = [
    ("کامران رودبند", "Hassan Rostami"),
    ("علی رضایی", "Mohammad Karimi"),
    ("نرگس بهاری", "Sara Dashti"),
    ("مهدی سپیدار", "Reza Kouhi"),
]


@pytest.mark.parametrize(("persian", "latin"), SAME)
def test_one_name_in_two_alphabets(persian: str, latin: str) -> None:
    assert sounds_alike(persian, latin)


@pytest.mark.parametrize(("persian", "latin"), DIFFERENT)
def test_names_of_different_people(persian: str, latin: str) -> None:
    assert not sounds_alike(persian, latin)


def test_too_little_to_tell_is_no_difference() -> None:
    assert sounds_alike("علی", "Reza Kouhi")
