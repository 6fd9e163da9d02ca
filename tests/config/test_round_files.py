"""Files that are brought into a round: every fault at once, with file, row, column, value and fix."""

import hashlib
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook

from config.decision_files import Verdict, load_decisions
from config.declarations import load_declarations
from config.loading import load_framework
from config.models import Agency, Framework, Register, Service
from config.participation import load_participation, read_day
from config.problems import InputError
from config.vocabulary import Cause, DecisionReason

ROOT = Path(__file__).parents[2]
REGISTER = Register(
    agencies=(
        Agency(id="roads", name_fa="راهداری", name_en="Roads", kind="main"),
        Agency(id="post", name_fa="پست", name_en="Post", kind="other"),
    ),
    services=(
        Service(id="permits", agency="roads", title_fa="مجوزها"),
        Service(id="permit-new", agency="roads", parent="permits", title_fa="مجوز نو"),
        Service(id="letter", agency="post", title_fa="نامه"),
    ),
)


@pytest.fixture(scope="module")
def framework() -> Framework:
    return load_framework(ROOT / "config" / "frameworks" / "english-example.toml")


def written(folder: Path, text: str, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_declarations_are_read_with_the_digest_of_their_evidence(tmp_path: Path, framework: Framework) -> None:
    written(tmp_path, "proof", "proof.pdf")
    path = written(
        tmp_path,
        "agency,service,indicator,level,evidence,note\n"
        "roads,,E1,0.5,proof.pdf,see page 2\n"
        "roads,permit-new,E3,۰٫۵,proof.pdf,\npost,,E1,0,,\n",
    )
    first, second, third = load_declarations(path, REGISTER, framework)
    assert (first.agency, first.service, first.indicator, first.level, first.note) == (
        "roads", None, "E1", 0.5, "see page 2",
    )  # fmt: skip
    assert first.evidence[0].sha256 == hashlib.sha256(b"proof").hexdigest()
    assert (second.service, second.level) == ("permit-new", 0.5)
    assert third.evidence == ()


def test_workbook_is_read_like_a_csv(tmp_path: Path, framework: Framework) -> None:
    written(tmp_path, "proof", "proof.pdf")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["agency", "service", "indicator", "level", "evidence"])
    sheet.append(["roads", None, "E1", 0.5, "proof.pdf"])
    book.save(tmp_path / "file.xlsx")
    (only,) = load_declarations(tmp_path / "file.xlsx", REGISTER, framework)
    assert (only.agency, only.level) == ("roads", 0.5)


def test_every_fault_of_a_declaration_is_named_at_once(tmp_path: Path, framework: Framework) -> None:
    folder = tmp_path / "delivery"
    folder.mkdir()
    written(tmp_path, "outside", "secret.pdf")
    written(folder, "", "empty.pdf")
    (folder / "link.pdf").symlink_to(tmp_path / "secret.pdf")
    path = written(
        folder,
        "agency,service,indicator,level,evidence\n"
        "raods,,E1,0.5,empty.pdf\n"
        "roads,,E1,0.3,../secret.pdf\n"
        "roads,,E9,1,link.pdf\n"
        "roads,permits,E3,0.5,none.pdf\n"
        "roads,letter,E3,x,\n"
        "roads,permit-new,E1,0.5,\n"
        "post,,E1,0,\n"
        "post,,E1,0,\n"
        "post,,E3,0,\n",
    )
    with pytest.raises(InputError) as raised:
        load_declarations(path, REGISTER, framework)
    found = {(problem.row, problem.column): problem.fix for problem in raised.value.problems}
    assert set(found) == {
        (2, "agency"), (2, "evidence"), (3, "level"), (3, "evidence"), (4, "indicator"), (4, "evidence"),
        (5, "service"), (5, "evidence"), (6, "service"), (6, "level"), (7, "service"), (7, "evidence"),
        (9, "indicator"), (10, "service"),
    }  # fmt: skip
    assert "roads" in found[2, "agency"]
    assert "0, 0.5, 1" in found[3, "level"]
    assert "inside the folder" in found[3, "evidence"]
    assert "inside the folder" in found[4, "evidence"]
    assert "sub-services" in found[5, "service"]
    assert "service of post" in found[6, "service"]
    assert "row 8" in found[9, "indicator"]
    assert all(problem.file == "file.csv" for problem in raised.value.problems)


@pytest.mark.parametrize("load", [load_declarations, load_decisions, load_participation])
def test_file_that_is_not_there_or_empty_is_one_clear_problem(
    tmp_path: Path, framework: Framework, load: object
) -> None:
    assert callable(load)
    with pytest.raises(InputError, match="cannot be read"):
        load(tmp_path / "none.csv", REGISTER, framework)
    with pytest.raises(InputError, match="is empty"):
        load(written(tmp_path, ""), REGISTER, framework)


def test_decisions_are_levels_confirmations_na_and_unknown(tmp_path: Path, framework: Framework) -> None:
    path = written(
        tmp_path,
        "agency,service,indicator,decision,reason,note\n"
        "roads,,E1,0.5,out of date,since 2019\nroads,,E4,confirm,,\nroads,,E5,na,,\nroads,,E6,unknown:login,,\n",
    )
    assert [row.verdict for row in load_decisions(path, REGISTER, framework)] == [
        Verdict(to="level", level=0.5, reason=DecisionReason.OUT_OF_DATE, note="since 2019"),
        Verdict(to="confirm"),
        Verdict(to="na"),
        Verdict(to="unknown", cause=Cause.LOGIN),
    ]


def test_every_fault_of_a_decision_is_named_at_once(tmp_path: Path, framework: Framework) -> None:
    path = written(
        tmp_path,
        "agency,service,indicator,decision,reason,note\n"
        "roads,,E1,maybe,,\nroads,,E1,0.3,mood,\nroads,,E4,unknown:rain,,\n",
    )
    with pytest.raises(InputError) as raised:
        load_decisions(path, REGISTER, framework)
    assert {(problem.row, problem.column) for problem in raised.value.problems} == {
        (2, "decision"), (3, "decision"), (3, "reason"), (3, "indicator"), (4, "decision"),
    }  # fmt: skip


def test_participation_is_read_and_its_contradictions_are_named(tmp_path: Path, framework: Framework) -> None:
    header = "session,agency,invited,attended,representatives,held_on,cooperation,note\n"
    good = written(tmp_path, header + "opening,roads,yes,بله,۲,1405-07-13,,\n,post,,,,,refused,by letter\n")
    came, refused = load_participation(good, REGISTER, framework)
    assert (came.representatives, came.held_on, came.attended) == (2, date(2026, 10, 5), True)
    assert (refused.refused, refused.session, refused.invited) == (True, None, False)
    bad = written(
        tmp_path,
        header + "s,roads,yes,no,3,,,\n,post,yes,yes,1,,,\ns,roads,yes,yes,many,soon,perhaps,\ns2,nobody,,,,,,\n",
    )
    with pytest.raises(InputError) as raised:
        load_participation(bad, REGISTER, framework)
    assert {(problem.row, problem.column) for problem in raised.value.problems} == {
        (2, "representatives"), (3, "session"), (4, "representatives"), (4, "held_on"), (4, "cooperation"),
        (4, "agency"), (5, "agency"),
    }  # fmt: skip


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01", "1405-12-31", "2026-10", "٢٠٢٦-x-1", "0-0-0"])
def test_day_that_does_not_exist_is_none(text: str) -> None:
    assert read_day(text) is None


def test_bonus_rule_of_a_framework_is_read_and_checked(tmp_path: Path) -> None:
    text = (ROOT / "config" / "frameworks" / "english-example.toml").read_text(encoding="utf-8")
    assert load_framework(written(tmp_path, text)).participation_bonus is None
    rule = load_framework(written(tmp_path, text + '\n[participation_bonus]\nfull = 1\npartial = "1/3"\n'))
    assert rule.participation_bonus is not None
    assert (rule.participation_bonus.full, rule.participation_bonus.partial) == (Fraction(1), Fraction(1, 3))
    for wrong in ("full = 50", "partial = 1", "full = 1\npartial = 2", "full = 1\nextra = 1"):
        with pytest.raises(InputError, match="participation_bonus"):
            load_framework(written(tmp_path, f"{text}\n[participation_bonus]\n{wrong}\n"))
