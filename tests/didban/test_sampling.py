"""didban sample on real servers: passes, witnesses, progress, exit codes."""

import json
import sys
from pathlib import Path

import pytest

from didban.cli.main import main
from tests.crawler.portal_server import Portal, Reply, page

ROOT = Path(__file__).parents[2]
HEAD = "id,name_fa,name_en,kind,parent,cluster,portal_url,extra_hosts,participation\n"
SERVICES = "id,agency,parent,title_fa,title_en,audience,status,url,instant\n"


def didban(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["didban", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A home with an open round of three portals, of which `quiet` never answers."""
    monkeypatch.setenv("DIDBAN_RETRIES", "0")
    monkeypatch.setenv("DIDBAN_REQUESTS_PER_SECOND", "50")
    register = tmp_path / "register"
    register.mkdir()
    rows = {"one": "http://127.0.0.121:8499/", "two": "http://127.0.0.122:9/", "quiet": "http://127.0.0.123:9/"}
    lines = "".join(f"{name},{name},{name},main,,,{url},,full\n" for name, url in rows.items())
    (register / "agencies.csv").write_text(HEAD + lines, encoding="utf-8")
    (register / "services.csv").write_text(SERVICES, encoding="utf-8")
    home = tmp_path / "home"
    framework = ROOT / "config" / "frameworks" / "english-example.toml"
    words = ("round", "open", "r", "--register", register, "--framework", framework, "--home", home)
    assert didban(monkeypatch, capsys, *words)[0] == 0
    return home


def test_passes_are_taken_counted_and_printed(
    opened: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    portal = Portal("127.0.0.121", {"/": page(), "/robots.txt": Reply("", status=404)}, port=8499)
    words = ("sample", "--round", "r", "--home", opened, "--allow-private", "--times", 3, "--every", 0.001)
    with portal.running():
        code, out, _ = didban(monkeypatch, capsys, *words)
    assert code == 0
    assert out.splitlines() == [
        "one: 3 of 3 answered",
        "two: 0 of 3 answered (refused)",
        "quiet: 0 of 3 answered (refused)",
    ]
    # Once a pass; and once more where a failed portal still waited for a witness.
    assert set(portal.paths) == {"/"}
    assert 3 <= len(portal.paths) <= 6
    assert len((opened / "samples/r/quiet.jsonl").read_bytes().splitlines()) == 3


def test_a_silent_portal_is_checked_against_another_one(
    opened: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("sample", "--home", opened, "--allow-private", "--agency", "quiet", "--json")
    with Portal("127.0.0.121", {"/": page()}, port=8499).running():
        code, out, _ = didban(monkeypatch, capsys, *words)
    (taken,) = json.loads(out)
    assert code == 0
    assert {one["agency"]: (one["outcome"], one["counts"]) for one in taken["samples"]}["quiet"] == ("failed", True)
    assert {one["agency"] for one in taken["samples"]} == {"quiet", "one", "two"}


def test_when_nobody_answers_the_pass_is_discarded_and_says_so(
    opened: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = didban(monkeypatch, capsys, "sample", "--home", opened, "--allow-private", "--json")
    assert code == 1
    assert "this pass is discarded" in err
    assert json.loads(out)[0]["discarded"] is True


def test_wrong_wishes_change_nothing(
    opened: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (["--round", "none"], ["--agency", "nobody"], ["--times", 0]):
        code, _, err = didban(monkeypatch, capsys, "sample", "--home", opened, *words)
        assert code == 2
        assert "didban:" in err
    assert not (opened / "samples").exists()
