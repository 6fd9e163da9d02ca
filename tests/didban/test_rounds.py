"""A round as its secretariat runs it: decided, declared, frozen, published, corrected, verified, by command."""

import json
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from checks.findings import Finding, Reason
from config.loading import load_framework
from config.vocabulary import Cause, Outcome
from didban.cli.main import main
from snapshot.models import Evidence
from store import repository
from store.session import open_store

ROOT = Path(__file__).parents[2]
FRAMEWORK = ROOT / "config" / "frameworks" / "english-example.toml"
AS_OF = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
PROOF = "proof.pdf"


@dataclass(frozen=True)
class Said:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What it printed with --json."""
        return json.loads(self.out)


Command = Callable[..., Said]


@pytest.fixture
def register(tmp_path: Path) -> Path:
    folder = tmp_path / "register"
    folder.mkdir()
    (folder / "agencies.csv").write_text(
        "id,name_fa,name_en,kind,parent,cluster,portal_url,extra_hosts,participation\n"
        "roads,راهداری,Roads,main,,,https://roads.example/,,full\n"
        "post,پست,Post,main,,,https://post.example/,,full\n",
        encoding="utf-8",
    )
    (folder / "services.csv").write_text(
        "id,agency,parent,title_fa,title_en,audience,status,url,instant\n"
        "permit,roads,,مجوز,Permit,G2C,full,,false\nletter,post,,نامه,Letter,G2C,full,,false\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], register: Path, tmp_path: Path) -> Command:
    """Run a command in a workspace with one opened round, r1."""
    monkeypatch.setenv("DIDBAN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DIDBAN_BY", "sara")
    monkeypatch.setenv("COLUMNS", "200")

    def command(*words: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["didban", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Said(int(ended.value.code or 0), said.out, said.err)

    opened = command("round", "open", "r1", "--register", register, "--framework", FRAMEWORK)
    assert opened.code == 0, opened.err
    return command


def visit(tmp_path: Path, agency: str, levels: dict[str, float | Cause], round_name: str = "r1") -> None:
    """Put a judged visit into the store, as a run does after judging: the cells that are named, others at 0.5."""
    engine = open_store(f"sqlite:///{tmp_path / 'home' / 'didban.db'}")
    service = {"roads": "permit", "post": "letter"}[agency]
    found = []
    for indicator in load_framework(FRAMEWORK).indicators:
        value = levels.get(indicator.id, 0.5)
        unseen = isinstance(value, Cause)
        page = Evidence(
            url=f"https://{agency}.example/{indicator.id}", page_id="p1", fetched_at=AS_OF, http_status=200,
            sha256="0" * 64, dom="http", quote=f"words of {value}",
        )  # fmt: skip
        found.append(
            Finding(
                round=round_name,
                agency=agency,
                service=service if indicator.scope == "service" else None,
                indicator=indicator.id,
                check=indicator.check,
                check_version=1,
                outcome=Outcome.UNKNOWN if unseen else Outcome.LEVEL,
                level=None if unseen else float(value),
                cause=Cause(value) if isinstance(value, Cause) else None,
                confidence=0.9,
                reason=Reason(key="seen"),
                text_fa="دیده شد",
                text_en="seen",
                evidence=() if unseen else (page,),
            )
        )
    ordered = repository.order_visit(engine, round_name, agency, counts=True, as_of=datetime.now(UTC))
    repository.save_judged(engine, ordered.id, found, page_count=5, rendered_count=1, cause=None)
    engine.dispose()


def scores(run: Command) -> dict[str, float | None]:
    return {entry["agency"]: entry["score"] for entry in run("rank", "--json").data["ranking"]}


def finding(run: Command, agency: str, indicator: str) -> dict[str, Any]:
    lines = run("findings", "--agency", agency, "--indicator", indicator, "--format", "jsonl").out.splitlines()
    (only,) = [json.loads(line) for line in lines]
    assert isinstance(only, dict)
    return only


def delivery(tmp_path: Path, *rows: str) -> Path:
    folder = tmp_path / "delivery"
    folder.mkdir(exist_ok=True)
    (folder / PROOF).write_text("the proof")
    path = folder / "declared.csv"
    path.write_text("\n".join(["agency,service,indicator,level,evidence,note", *rows, ""]), encoding="utf-8")
    return path


def test_round_goes_from_draft_to_published_and_verifies(run: Command, register: Path, tmp_path: Path) -> None:
    drafted = run("round", "open", "r2", "--register", register, "--framework", FRAMEWORK, "--draft")
    assert "is a draft" in drafted.out
    assert "takes no decisions" in run("decide", "roads", "E1", "--confirm", "--round", "r2").err
    assert run("round", "open", "r2").code == 0
    for agency in ("roads", "post"):
        visit(tmp_path, agency, {}, "r2")
    assert run("round", "freeze", "r2").code == 2
    for word in ("review", "provisional", "freeze"):
        ended = run("round", word, "r2")
        assert ended.code == 0, ended.err
    assert "nothing to verify" in run("round", "verify", "r1").err
    verified = run("round", "verify", "r2")
    assert (verified.code, verified.out) == (0, "Edition 1: 2 agencies recomputed, identical to the last digit\n")
    assert run("round", "publish", "r2").out == "Round r2 is published: edition 1.\n"
    shown = run("round", "show", "r2", "--json").data
    assert [(m["from_state"], m["to_state"], m["who"]) for m in shown["moves"]] == [
        ("draft", "open", "sara"), ("open", "review", "sara"), ("review", "provisional", "sara"),
        ("provisional", "frozen", "sara"), ("frozen", "published", "sara"),
    ]  # fmt: skip
    assert shown["window_to"] is not None
    assert "published" in run("round", "list").out


def test_freezing_is_refused_with_the_list_while_something_must_be_decided(run: Command, tmp_path: Path) -> None:
    visit(tmp_path, "roads", {"E1": Cause.ROBOTS, "E3": 0.75, "E6": Cause.TIMEOUT})
    visit(tmp_path, "post", {"E4": Cause.LOGIN, "E5": 0.25})
    assert run("declare", delivery(tmp_path, f"post,,E5,1,{PROOF},")).code == 0
    run("round", "review", "r1")
    run("round", "provisional", "r1")
    refused = run("round", "freeze", "r1", "--json")
    assert refused.code == 2
    assert "4 matters have no decision" in refused.err
    assert {(m["agency"], m["service"], m["indicator"], m["kind"]) for m in refused.data} == {
        ("roads", None, "E1", "hidden"), ("roads", "permit", "E3", "confirm"), ("post", None, "E4", "hidden"),
        ("post", None, "E5", "conflict"),
    }  # fmt: skip
    table = tmp_path / "decisions.csv"
    table.write_text(
        "agency,service,indicator,decision,reason,note\n"
        "roads,,E1,confirm,,\nroads,permit,E3,confirm,,\npost,,E4,0.5,seen_elsewhere,shown by the agency\n"
        "post,,E5,0.25,not_proven,the file is about another year\n"
    )
    assert run("decide", "--file", table).code == 0
    assert run("decide", "--list").out == "Nothing waits for a decision.\n"
    assert run("round", "freeze", "r1").code == 0
    assert "0 upheld of 1 decided (0%)" in run("round", "show", "r1").out


def test_overruling_needs_reason_and_note_and_moves_the_score(run: Command, tmp_path: Path) -> None:
    visit(tmp_path, "roads", {})
    before = scores(run)["roads"]
    assert "give a reason" in run("decide", "roads", "E1", "--level", "1").err
    assert "say in a note" in run("decide", "roads", "E1", "--level", "1", "--reason", "seen_elsewhere").err
    assert "0, 0.5, 1" in run("decide", "roads", "E1", "--level", "0.3", "--reason", "other", "--note", "n").err
    assert scores(run)["roads"] == before
    ended = run("decide", "roads", "E1", "--level", "1", "--reason", "seen_elsewhere", "--note", "In the footer")
    assert ended.out == "roads E1: level 0.5 -> level 1 (seen_elsewhere, sara) In the footer\n"
    after = scores(run)["roads"]
    assert before is not None
    assert after is not None
    assert after > before
    row = finding(run, "roads", "E1")
    assert (row["level"], row["decided_by"], row["reason"]["data"]["visit"]["level"]) == (1, "evaluator", 0.5)
    assert "In the footer" in row["text_en"]


def test_decision_for_na_and_unknown_and_the_log_of_all(run: Command, tmp_path: Path) -> None:
    visit(tmp_path, "roads", {})
    why = ("--reason", "does_not_apply", "--note", "no managers", "--by", "omid")
    assert run("decide", "roads", "E5", "--na", *why).code == 0
    assert finding(run, "roads", "E5")["outcome"] == "na"
    again = ("--unknown", "login", "--reason", "not_observable", "--note", "behind a login")
    assert run("decide", "roads", "E5", *again).code == 0
    assert (finding(run, "roads", "E5")["outcome"], finding(run, "roads", "E5")["cause"]) == ("unknown", "login")
    first, second = run("decide", "--log", "--json").data
    assert (first["before"]["level"], first["after"]["outcome"], first["who"], first["in_force"]) == (
        0.5, "na", "omid", False,
    )  # fmt: skip
    assert (second["before"]["outcome"], second["after"]["cause"], second["in_force"]) == ("na", "login", True)
    assert run("decide", "--log").out.count("(past)") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["raods", "E1", "--confirm"], "did you mean 'roads'"),
        (["roads", "E9", "--confirm"], "no indicator 'E9'"),
        (["roads", "E3", "--confirm"], "give --service"),
        (["roads", "E1", "--service", "permit", "--confirm"], "leave --service out"),
        (["roads", "E3", "--service", "letter", "--confirm"], "no service 'letter'"),
        (["roads", "E1", "--confirm"], "visit the agency first"),
        (["roads", "E1"], "Say what is decided"),
        (["roads", "E1", "--na", "--confirm"], "Say what is decided"),
        (["roads", "E1", "--level", "much"], "is no level"),
        (["--file", "none.csv"], "none.csv"),
    ],
)
def test_decision_that_cannot_be_is_one_clear_message(run: Command, words: list[str], said: str) -> None:
    ended = run("decide", *words)
    assert ended.code == 2
    assert said in ended.err
    assert run("decide", "--log").out == "No decision is on record.\n"


def test_table_of_decisions_with_one_fault_decides_nothing(run: Command, tmp_path: Path) -> None:
    visit(tmp_path, "roads", {})
    table = tmp_path / "decisions.csv"
    table.write_text("agency,service,indicator,decision\nroads,,E1,confirm\nroads,,E4,1\npost,,E1,confirm\n")
    ended = run("decide", "--file", table)
    assert ended.code == 2
    assert "decisions.csv, row 3, reason" in ended.err
    assert "decisions.csv, row 4, agency: 'post'" in ended.err
    assert run("decide", "--log").out == "No decision is on record.\n"


def test_declaration_is_shown_beside_the_finding_and_scores_only_when_upheld(run: Command, tmp_path: Path) -> None:
    visit(tmp_path, "roads", {"E6": Cause.NEEDS_DECLARATION})
    before = run("score", "--json").data
    path = delivery(
        tmp_path, f"roads,,E1,1,{PROOF},see page 2", f"roads,,E4,0.5,{PROOF},", f"roads,,E6,1,{PROOF},",
        f"post,,E1,1,{PROOF},",
    )  # fmt: skip
    assert run("declare", path, "--by", "roads").code == 0
    assert run("score", "--json").data == before
    assert (finding(run, "roads", "E1")["outcome"], finding(run, "roads", "E1")["level"]) == ("conflict", 0.5)
    assert finding(run, "roads", "E6")["outcome"] == "unknown"
    shown = run("declare", "--json").data
    assert shown["counts"] == {
        "declared": 4, "agreeing": 1, "upheld": 0, "rejected": 0, "undecided": 2, "without_finding": 1,
        "upheld_share": None,
    }  # fmt: skip
    entry = shown["declarations"][0]
    assert (entry["level"], entry["visit"]["level"], entry["stands"]["outcome"], entry["who"]) == (
        1, 0.5, "conflict", "roads",
    )  # fmt: skip
    digest = entry["evidence"][0]["sha256"]
    assert (tmp_path / "home" / "evidence" / "declarations" / digest[:2] / digest).read_text() == "the proof"
    why = ("--reason", "proven", "--note", "the file shows it")
    assert run("decide", "roads", "E1", "--level", "1", *why).code == 0
    assert finding(run, "roads", "E1")["decided_by"] == "declaration"
    assert run("score", "--json").data != before
    assert "1 upheld of 1 decided (100%)" in run("declare").out


def test_faulty_declarations_are_named_all_at_once_and_none_is_taken(run: Command, tmp_path: Path) -> None:
    visit(tmp_path, "roads", {})
    ended = run("declare", delivery(tmp_path, "roads,,E1,0.3,none.pdf,", "nobody,,E1,1,proof.pdf,", "roads,,E4,1,,"))
    assert ended.code == 2
    for place in ("row 2, level: '0.3'", "row 2, evidence: 'none.pdf'", "row 3, agency: 'nobody'", "row 4, evidence"):
        assert f"declared.csv, {place}" in ended.err
    assert "No declarations." in run("declare").out
    problems = run("declare", tmp_path / "delivery" / "declared.csv", "--json").data["problems"]
    assert [(p["row"], p["column"]) for p in problems] == [
        (2, "level"), (2, "evidence"), (3, "agency"), (4, "evidence"),
    ]  # fmt: skip


def test_correction_of_a_published_round_is_numbered_and_the_old_one_is_kept(run: Command, tmp_path: Path) -> None:
    visit(tmp_path, "roads", {})
    visit(tmp_path, "post", {})
    for word in ("review", "provisional", "freeze", "publish"):
        assert run("round", word, "r1").code == 0
    assert "correction begins with" in run("decide", "roads", "E1", "--confirm").err
    assert "--note" in run("round", "provisional", "r1").err
    taken_back = run("round", "provisional", "r1", "--note", "an appeal was upheld")
    assert "Edition 1 stays published and kept" in taken_back.out
    why = ("--reason", "seen_elsewhere", "--note", "shown in the appeal")
    assert run("decide", "post", "E1", "--level", "1", *why).code == 0
    assert run("round", "freeze", "r1", "--note", "appeal of post").code == 0
    assert "edition 2, a correction" in run("round", "publish", "r1").out
    assert run("round", "verify", "r1", "--json").data["editions"] == {"1": [], "2": []}
    assert run("round", "verify", "r1", "--edition", "1").code == 0
    assert "has no edition 7" in run("round", "verify", "r1", "--edition", "7").err
    editions = run("round", "show", "r1", "--json").data["editions"]
    assert [(e["number"], e["published_at"] is not None) for e in editions] == [(1, True), (2, True)]


def test_verify_names_what_was_changed_behind_a_frozen_round(run: Command, tmp_path: Path) -> None:
    visit(tmp_path, "roads", {})
    for word in ("review", "provisional", "freeze"):
        run("round", word, "r1")
    with sqlite3.connect(tmp_path / "home" / "didban.db") as connection:
        connection.execute("UPDATE finding SET document = REPLACE(document, '\"level\":0.5', '\"level\":1.0')")
    connection.close()
    ended = run("round", "verify", "r1")
    assert ended.code == 1
    assert "findings were changed" in ended.out
    assert "roads: score was frozen as 50.0, recomputed as 100.0" in ended.out


def test_amendment_changes_what_is_locked_and_says_what_it_overtakes(
    run: Command, register: Path, tmp_path: Path
) -> None:
    visit(tmp_path, "roads", {})
    agencies = register / "agencies.csv"
    agencies.write_text(agencies.read_text(encoding="utf-8").replace("https://roads.", "https://www.roads."))
    assert "didban round amend" in run("round", "open", "r1", "--register", register, "--framework", FRAMEWORK).err
    ended = run("round", "amend", "r1", "--register", register, "--note", "the address was wrong")
    assert ended.code == 0
    assert "agency changed: roads" in ended.out
    assert "To be visited again (didban recheck AGENCY): roads" in ended.out
    assert "Nothing of round 'r1' would be other" in run("round", "amend", "r1", "--note", "again").err
    assert [m["kind"] for m in run("decide", "--list", "--json").data] == ["stale_visit"]
    visit(tmp_path, "roads", {})
    assert run("decide", "--list", "--json").data == []
    (entry,) = run("round", "show", "r1", "--json").data["amendments"]
    assert (entry["number"], entry["who"], entry["note"]) == (1, "sara", "the address was wrong")


def test_weights_are_amended_without_judging_again_and_rules_need_the_snapshots(run: Command, tmp_path: Path) -> None:
    visit(tmp_path, "roads", {"E6": 1})
    before = scores(run)["roads"]
    text = FRAMEWORK.read_text(encoding="utf-8")
    lighter = tmp_path / "lighter.toml"
    lighter.write_text(text.replace('weight = "1/6"', 'weight = "1/3"'), encoding="utf-8")
    assert "priority changed: voice" in run("round", "amend", "r1", "--framework", lighter, "--note", "as agreed").out
    assert scores(run)["roads"] != before
    assert run("decide", "--list", "--json").data == []
    other = tmp_path / "other.toml"
    other.write_text(lighter.read_text(encoding="utf-8").replace('service_unit = "leaf"', 'service_unit = "top"'))
    ended = run("round", "amend", "r1", "--framework", other, "--note", "only whole services")
    assert "framework service_unit: leaf -> top" in ended.out
    assert "its snapshot is missing" in ended.err
    assert [m["kind"] for m in run("decide", "--list", "--json").data] == ["stale_visit"]


def test_rules_of_a_round_with_an_edition_are_not_changed(run: Command, tmp_path: Path) -> None:
    visit(tmp_path, "roads", {})
    for word in ("review", "provisional", "freeze", "publish"):
        run("round", word, "r1")
    run("round", "provisional", "r1", "--note", "rules")
    other = tmp_path / "other.toml"
    other.write_text(FRAMEWORK.read_text(encoding="utf-8").replace('service_unit = "leaf"', 'service_unit = "top"'))
    ended = run("round", "amend", "r1", "--framework", other, "--note", "only whole services")
    assert ended.code == 2
    assert "open a new round" in ended.err


def test_window_is_stated_in_either_calendar_and_leaves_other_visits_advisory(
    run: Command, register: Path, tmp_path: Path
) -> None:
    given = ("--register", register, "--framework", FRAMEWORK)
    past = ("--window-from", "1404-01-01", "--window-to", "2025-12-31")
    assert run("round", "open", "r3", *given, *past).code == 0
    shown = run("round", "show", "r3", "--json").data
    assert (shown["window_from"], shown["window_to"][:19]) == ("2025-03-21T00:00:00+00:00", "2025-12-31T23:59:59")
    visit(tmp_path, "roads", {}, "r3")
    shown = run("round", "show", "r3", "--json").data
    assert (shown["agencies_visited"], shown["advisory_visits"]) == (0, 1)
    assert "is locked" in run("round", "open", "r3", *given, "--window-to", "2027-12-31").err
    assert run("round", "amend", "r3", "--window-to", "2030-01-01", "--note", "prolonged").code == 0
    assert run("round", "show", "r3", "--json").data["agencies_visited"] == 1
    for wrong in (("--window-from", "soon"), ("--window-from", "2026-05-02", "--window-to", "2026-05-01")):
        assert run("round", "open", "r4", *given, *wrong).code == 2


def test_withdrawn_round_says_why_and_stays(run: Command) -> None:
    assert "--note" in run("round", "withdraw", "r1").err
    assert run("round", "withdraw", "r1", "--note", "the register was wrong").code == 0
    assert "nothing more" in run("round", "open", "r1").err
    assert "the register was wrong" in run("round", "show", "r1").out


def test_round_without_a_counting_visit_is_not_frozen(run: Command) -> None:
    run("round", "review", "r1")
    run("round", "provisional", "r1")
    assert "nothing to freeze" in run("round", "freeze", "r1").err


def test_participation_is_recorded_counted_and_listed(run: Command, tmp_path: Path) -> None:
    table = tmp_path / "sessions.csv"
    table.write_text(
        "session,agency,invited,attended,representatives,held_on,cooperation\n"
        "opening,roads,yes,yes,2,1405-07-13,\nclosing,roads,yes,yes,1,,\n,post,,,,,refused\n"
    )
    ended = run("participation", table)
    assert ended.code == 0
    sentence = "Participation: 2 sessions, 1 agencies invited, 1 came, 3 representatives; refused to co-operate: post."
    assert sentence in ended.out
    assert "No bonus points." in ended.out
    assert sentence in run("round", "show", "r1").out
    assert run("participation", table).code == 0
    data = run("participation", "--json").data
    assert data["counts"]["representatives"] == 3
    assert [(a["agency"], a["rank"], a["participation"]) for a in data["agencies"]] == [
        ("roads", 1, "full"), ("post", None, "none"),
    ]  # fmt: skip
    table.write_text("session,agency,invited,attended,representatives\nopening,nobody,perhaps,yes,-1\n")
    faulty = run("participation", table)
    assert faulty.code == 2
    for column in ("agency", "invited", "representatives"):
        assert f"sessions.csv, row 2, {column}" in faulty.err
