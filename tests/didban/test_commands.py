"""Wrong input ends with one clear message and the right exit code, and changes nothing."""

import json
import sys
from pathlib import Path

import pytest

from didban.cli.main import main

ROOT = Path(__file__).parents[2]
FRAMEWORK = ROOT / "config" / "frameworks" / "english-example.toml"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    folder = tmp_path / "register"
    folder.mkdir()
    (folder / "agencies.csv").write_text(
        "id,name_fa,name_en,kind,parent,cluster,portal_url,extra_hosts,participation\n"
        "roads,راهداری,Roads,main,,,http://127.0.9.9:9/,,full\n",
        encoding="utf-8",
    )
    (folder / "services.csv").write_text(
        "id,agency,parent,title_fa,title_en,audience,status,url,instant\n", encoding="utf-8"
    )
    return folder


def didban(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """Run a didban command in this process: exit code, stdout, stderr."""
    monkeypatch.setattr(sys, "argv", ["didban", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


def test_every_command_has_help_with_an_example(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (
        ["decide"], ["declare"], ["participation"], ["round", "review"], ["round", "provisional"], ["round", "freeze"],
        ["round", "publish"], ["round", "withdraw"], ["round", "amend"], ["round", "verify"],
        ["demo"], ["init"], ["run"], ["recheck"], ["findings"], ["score"], ["rank"], ["report"], ["verify"], ["look"],
        ["doctor"], ["serve"], ["user", "add"], ["user", "list"], ["user", "password"],
        ["round", "open"], ["round", "list"], ["round", "show"], ["checks", "list"], ["checks", "explain"],
        ["compare"], ["explain"], ["weights", "fit"], ["round", "import"],
        ["register", "check"], ["lexicon", "test"], ["decide"], ["declare"], ["participation"], ["round", "review"],
        ["round", "provisional"], ["round", "freeze"], ["round", "publish"], ["round", "withdraw"], ["round", "amend"],
        ["round", "verify"], ["sample"],
    ):  # fmt: skip
        code, out, _ = didban(monkeypatch, capsys, *command, "--help")
        assert code == 0
        assert "Example: didban" in out, command


@pytest.mark.parametrize(
    "words", [["frobnicate"], ["--nope"], ["rank", "--nope"], ["run"], ["run", "--max-pages", "x"]]
)
def test_wrong_usage_is_one_message_and_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    code, _, err = didban(monkeypatch, capsys, *words)
    assert code == 2
    assert "Usage: didban" in err
    assert "Traceback" not in err


def test_faulty_register_names_every_problem_and_makes_no_workspace(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], register: Path, tmp_path: Path
) -> None:
    agencies = register / "agencies.csv"
    agencies.write_text(agencies.read_text(encoding="utf-8").replace(",main,", ",mian,").replace(",full", ",fully"))
    home = tmp_path / "home"
    code, _, err = didban(
        monkeypatch, capsys, "run", "--round", "r", "--register", register, "--framework", FRAMEWORK, "--home", home
    )
    assert code == 2
    assert "mian" in err
    assert "fully" in err
    assert not home.exists()


@pytest.mark.parametrize("missing", ["register", "framework"])
def test_missing_file_is_bad_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], register: Path, tmp_path: Path, missing: str
) -> None:
    given = {"register": register, "framework": FRAMEWORK, missing: tmp_path / "nowhere"}
    words = [word for name, path in given.items() for word in (f"--{name}", path)]
    code, _, err = didban(monkeypatch, capsys, "run", "--round", "r", *words, "--home", tmp_path / "home")
    assert code == 2
    assert "nowhere" in err
    assert not (tmp_path / "home").exists()


def test_unknown_agency_names_those_that_exist(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], register: Path, tmp_path: Path
) -> None:
    code, _, err = didban(
        monkeypatch, capsys, "run", "--round", "r", "--register", register, "--framework", FRAMEWORK,
        "--agency", "roda", "--home", tmp_path / "home",
    )  # fmt: skip
    assert code == 2
    assert "roda" in err
    assert "roads" in err
    assert not (tmp_path / "home").exists()


def test_home_that_cannot_be_written_is_a_missing_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], register: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    code, _, err = didban(
        monkeypatch, capsys, "run", "--round", "r", "--register", register, "--framework", FRAMEWORK,
        "--home", tmp_path / "file" / "home",
    )  # fmt: skip
    assert code == 3
    assert "cannot be written" in err


def test_missing_browser_is_named_before_anything_is_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], register: Path, tmp_path: Path
) -> None:
    monkeypatch.setenv("DIDBAN_CHROMIUM", str(tmp_path / "no-browser"))
    code, _, err = didban(
        monkeypatch, capsys, "run", "--round", "r", "--register", register, "--framework", FRAMEWORK,
        "--home", tmp_path / "home",
    )  # fmt: skip
    assert code == 3
    assert "Install Chromium" in err
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("command", [["rank"], ["findings"], ["recheck", "roads"], ["verify"], ["round", "list"]])
def test_reading_commands_make_no_workspace(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, command: list[str]
) -> None:
    code, _, err = didban(monkeypatch, capsys, *command, "--home", tmp_path / "home")
    assert code == 2
    assert "no Didban workspace" in err
    assert not (tmp_path / "home").exists()


def test_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("DIDBAN_REQUESTS_PER_SECOND", "often")
    code, _, err = didban(monkeypatch, capsys, "rank")
    assert code == 2
    assert "requests_per_second" in err


def test_new_workspace_opens_a_round_with_what_init_gave_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    home = tmp_path / "mine"
    assert didban(monkeypatch, capsys, "init", home)[0] == 0
    assert didban(monkeypatch, capsys, "init", home)[0] == 2
    code, _, err = didban(
        monkeypatch, capsys, "round", "open", "1405-1", "--register", home / "register",
        "--framework", home / "framework.toml", "--home", home,
    )  # fmt: skip
    assert (code, err) == (0, "")
    code, out, _ = didban(monkeypatch, capsys, "round", "show", "--json", "--home", home)
    assert code == 0
    assert json.loads(out)["framework"].startswith("iran-proposal ")


def test_page_is_looked_at_without_the_network(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<html lang=fa><title>پیگیری درخواست</title><main><h1>پیگیری درخواست</h1><form action=/t method=post>"
        "<label for=c>کد رهگیری</label><input id=c name=code><button>پیگیری</button></form></main>",
        encoding="utf-8",
    )
    code, out, _ = didban(monkeypatch, capsys, "look", page, "--url", "https://portal.example/track", "--json")
    seen = json.loads(out)
    assert code == 0
    assert "service-tracking" in [label["label"] for label in seen["labels"]]
    assert seen["forms"][0]["fields"][0]["meaning"] == "tracking-code"
    assert didban(monkeypatch, capsys, "look", tmp_path / "none.html")[0] == 2


def test_every_setting_is_documented() -> None:
    from config.settings import Settings

    text = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    for name, entry in Settings.model_fields.items():
        assert f"| `{name}` |" in text, name
        assert (entry.description or "").split("|")[0] in text, name
