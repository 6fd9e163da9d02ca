"""Kept perceptions: the same values again, never those of another document, whole after a torn write."""

import hashlib
from pathlib import Path

import pytest

from snapshot import perceptions
from snapshot.perception.page import perceive
from snapshot.perceptions import Perceptions, pack, unpack

HTML = "text/html; charset=utf-8"
URL = "https://a.example.ir/contact"
BODY = (
    "<html lang=fa><title>تماس با ما</title><main><h1>تماس با ما</h1><p>تلفن: ۰۲۱-۸۸۷۷۶۶۵۵</p>"
    "<p>به روز رسانی: ۱۴۰۵/۰۲/۰۱</p>"
    "<table><tr><th>سمت</th><th>نام</th><th>تلفن</th></tr>"
    "<tr><td>مدیرکل</td><td>علی رضایی</td><td>۸۸۷۷۶۶۵۵</td></tr></table>"
    "<form action=/send><label>کد رهگیری <input name=code></label><input type=submit value=ارسال></form>"
    "<a href=/faq>پرسش‌های متداول</a></main>"
).encode()
DIGEST = hashlib.sha256(BODY).hexdigest()


@pytest.fixture
def kept(tmp_path: Path) -> Perceptions:
    (tmp_path / "visit").mkdir()
    made = Perceptions(tmp_path / "visit")
    made.keep(DIGEST, URL, HTML, pack(perceive(BODY, URL, content_type=HTML)))
    return Perceptions(tmp_path / "visit")


def test_a_perception_comes_back_as_it_was() -> None:
    perception = perceive(BODY, URL, content_type=HTML)
    assert perception.contacts
    assert perception.forms
    assert perception.dates
    assert unpack(pack(perception)) == perception


def test_only_the_same_document_at_the_same_address_is_known(kept: Perceptions) -> None:
    assert kept.find(DIGEST, URL, HTML) == perceive(BODY, URL, content_type=HTML)
    assert kept.find(hashlib.sha256(b"other").hexdigest(), URL, HTML) is None
    assert kept.find(DIGEST, f"{URL}/2", HTML) is None
    assert kept.find(DIGEST, URL, "text/html; charset=windows-1256") is None
    assert kept.find(None, URL, HTML) is None


def test_what_another_version_saw_is_not_used(kept: Perceptions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(perceptions, "PERCEPTION_VERSION", -1)
    assert kept.find(DIGEST, URL, HTML) is None


@pytest.mark.parametrize("lost", [1, 40, 10_000_000])
def test_a_torn_tail_loses_only_itself(tmp_path: Path, kept: Perceptions, lost: int) -> None:
    file = tmp_path / "visit.perceptions"
    whole = file.stat().st_size
    kept.keep(DIGEST, f"{URL}/2", HTML, pack(perceive(BODY, f"{URL}/2", content_type=HTML)))
    with file.open("r+b") as torn:
        torn.truncate(max(whole, file.stat().st_size - lost))
    again = Perceptions(tmp_path / "visit")
    assert again.find(DIGEST, URL, HTML) is not None
    assert again.find(DIGEST, f"{URL}/2", HTML) is None


def test_nothing_is_left_beside_the_visit(tmp_path: Path, kept: Perceptions) -> None:
    kept.discard()
    kept.discard()
    assert [path.name for path in tmp_path.iterdir()] == ["visit"]
    assert kept.find(DIGEST, URL, HTML) is None
