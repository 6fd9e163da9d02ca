"""The static report: two languages, no network, safe with hostile words, whole even when it is written anew."""

import re
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from checks.findings import Finding, Reason
from config.loading import load_framework
from config.models import Agency, Register, Service
from config.vocabulary import Cause, Outcome
from config.wording import CAUSES, moment, number, percent
from reports.assembly import Visited, assemble
from reports.data import RoundReport
from reports.html import write_report
from snapshot.models import Box, ClickStep, Evidence

ROOT = Path(__file__).parents[2]
AS_OF = datetime(2026, 3, 21, 20, 0, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


def evidence(**changes: object) -> Evidence:
    known: dict[str, object] = {
        "url": "https://portal.example/track", "page_id": "p0003", "fetched_at": AS_OF, "http_status": 200,
        "sha256": "ab" * 32, "dom": "rendered", "selector": "html > body", "quote": "کد رهگیری",
        "screenshot": "shots/p0003.jpg", "box": Box(x=1, y=2, width=3, height=4),
        "click_path": (ClickStep(url="https://portal.example/", how="start"),
                       ClickStep(url="https://portal.example/", how="link", text="پیگیری درخواست")),
    }  # fmt: skip
    return Evidence.model_validate({**known, **changes})


def finding(indicator: str, level: float | None, **changes: object) -> Finding:
    known: dict[str, object] = {
        "round": "r", "agency": "roads", "indicator": indicator, "level": level, "reason": Reason(key="k"),
        "outcome": Outcome.UNKNOWN if level is None else Outcome.LEVEL,
        "cause": Cause.TIMEOUT if level is None else None,
        "text_fa": "فرم پیگیری دیده شد.", "text_en": "A tracking form was seen.", "confidence": 0.9,
    }  # fmt: skip
    return Finding.model_validate({**known, **changes})


def report(*findings: Finding) -> RoundReport:
    agency = Agency(
        id="roads", name_fa="سازمان راه‌ها", name_en=HOSTILE, kind="main", portal_url="https://portal.example/"
    )
    service = Service(id="s1", agency="roads", title_fa="صدور مجوز", title_en="Permit")
    return assemble(
        name="r",
        state="open",
        register=Register(agencies=(agency,), services=(service,)),
        framework=load_framework(ROOT / "config" / "frameworks" / "iran-proposal.toml"),
        findings=findings,
        visits={"roads": Visited(AS_OF, "evidence/visits/r/roads/0001")},
        made_at=AS_OF,
    )


@pytest.fixture
def written(tmp_path: Path) -> Path:
    found = report(
        finding("T02", 0.75, service="s1", evidence=(evidence(),)),
        finding("T01", None, service="s1"),
        finding("P01", 0.5, evidence=(evidence(quote=HOSTILE, url="javascript:alert(1)", screenshot=None, box=None),)),
    )
    write_report(found, tmp_path / "report", lambda _, piece: b"picture" if piece.screenshot else None)
    return tmp_path / "report"


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")


def test_report_is_persian_right_to_left_and_english(written: Path) -> None:
    persian, english = soup(written / "index.html"), soup(written / "en" / "index.html")
    assert persian.html is not None
    assert english.html is not None
    assert (persian.html["lang"], persian.html["dir"]) == ("fa", "rtl")
    assert (english.html["lang"], english.html["dir"]) == ("en", "ltr")
    assert "سازمان راه‌ها" in persian.get_text()
    assert "پیشنهاد است" in persian.get_text()
    assert "proposal, not the official list" in english.get_text()


def test_every_link_and_picture_inside_the_report_exists(written: Path) -> None:
    for page in written.rglob("*.html"):
        for tag in soup(page).find_all(["a", "img", "link"]):
            target = str(tag.get("href") or tag.get("src"))
            if target.startswith(("#", "https://portal.example/")):
                continue
            assert (page.parent / target).resolve().is_file(), f"{page}: {target}"


def test_report_needs_no_network(written: Path) -> None:
    for path in (*written.rglob("*.html"), *written.rglob("*.css")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(?:src|url\()\s*=?\s*[\"']?(?:https?:)?//", text), path


def test_hostile_words_of_a_portal_stay_words(written: Path) -> None:
    for page in written.rglob("*.html"):
        tree = soup(page)
        assert not tree.find_all("script")
        assert not [tag for tag in tree.select("*") if any(name.startswith("on") for name in tag.attrs)]
        assert not [tag for tag in tree.find_all("a") if str(tag.get("href")).startswith("javascript:")]
    assert HOSTILE in soup(written / "en" / "agency" / "roads.html").get_text()


def test_unknown_names_its_cause_and_is_shown_neither_as_zero_nor_as_success(written: Path) -> None:
    text = soup(written / "en" / "agency" / "roads.html").get_text()
    assert f"Unknown ({CAUSES['timeout']['en']})" in text
    chips = [cell.get_text() for cell in soup(written / "en" / "index.html").select("table.heat td")]
    assert chips.count("?") == 28
    assert "0" not in chips


def test_missing_screenshot_is_said_and_the_level_stays(written: Path) -> None:
    tree = soup(written / "en" / "agency" / "roads.html")
    article = tree.select_one("#P01-portal")
    assert article is not None
    assert "has not been taken yet" in article.get_text()
    assert "0.5" in article.get_text()


def test_report_written_again_replaces_the_old_one_whole(written: Path) -> None:
    (written / "stray.html").write_text("old")
    write_report(report(), written, lambda *_: None)
    assert not (written / "stray.html").exists()
    assert "No agency has been visited" in soup(written / "en" / "index.html").get_text()
    assert sorted(path.name for path in written.parent.iterdir()) == ["report"]


def test_numbers_and_times_are_written_as_each_language_writes_them() -> None:
    assert number("87.50", "fa") == "۸۷٫۵۰"
    assert number(Fraction(1, 2), "en") == "0.5"
    assert percent(Fraction(1, 3), "fa") == "۳۳٪"
    # 20:00 UTC on 21 March 2026 is 23:30 in Tehran, the first of Farvardin 1405.
    assert moment(AS_OF, "fa") == "۱۴۰۵/۰۱/۰۱ ۲۳:۳۰"
    assert moment(AS_OF, "en") == "2026-03-21 20:00 UTC"
