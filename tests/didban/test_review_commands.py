"""didban user and didban serve: accounts from the command line, and the app that they open."""

import io
import json
import socket
import sys
from pathlib import Path

import pytest

from didban.cli.main import main
from didban.cli.serve import _is_loopback
from review.logins import AddressLimiter, Attempt, is_refusal, log_in
from store.audit import audit_page
from store.session import open_store


def didban(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: object, typed: str = ""
) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["didban", *map(str, words)])
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


def test_an_added_person_may_log_in(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    password, other = "a long password", "another long password"
    add = ["user", "add", "sara", "--role", "evaluator", "--password-stdin", "--by", "me", "--home", home]
    assert didban(monkeypatch, capsys, *add, typed=f"{password}\n")[0] == 0
    code, _, err = didban(monkeypatch, capsys, *add, typed=f"{password}\n")
    assert (code, "already" in err) == (2, True)
    _, out, _ = didban(monkeypatch, capsys, "user", "list", "--json", "--home", home)
    assert [(entry["name"], entry["role"]) for entry in json.loads(out)] == [("sara", "evaluator")]
    change = ["user", "password", "sara", "--password-stdin", "--home", home]
    assert didban(monkeypatch, capsys, *change, typed="short\n")[0] == 2
    assert didban(monkeypatch, capsys, *change, typed=f"{other}\n")[0] == 0
    engine = open_store(f"sqlite:///{home / 'didban.db'}")
    tries = [log_in(engine, AddressLimiter(), Attempt("sara", word, "", ""), demo=False) for word in (password, other)]
    assert [is_refusal(answer) for answer in tries] == [True, False]
    acts = [(entry.action, entry.who) for entry in audit_page(engine)[0]]
    assert acts[-1] == ("account_added", "me")
    engine.dispose()


def test_serving_an_address_in_use_is_one_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    open_store(f"sqlite:///{_made(home) / 'didban.db'}").dispose()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, _, err = didban(monkeypatch, capsys, "serve", "--port", port, "--home", home)
    assert (code, "cannot be listened on" in err, "Traceback" in err) == (3, True, False)


def test_serving_nothing_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert didban(monkeypatch, capsys, "serve", "--home", tmp_path / "nothing")[0] == 2
    assert not (tmp_path / "nothing").exists()


def test_demo_accounts_need_this_machine() -> None:
    assert [_is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "didban.example")] == [
        True, True, True, False, False,
    ]  # fmt: skip


def _made(home: Path) -> Path:
    home.mkdir(parents=True, exist_ok=True)
    return home
