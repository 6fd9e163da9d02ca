"""Where the browser program is looked for."""

from pathlib import Path

import pytest

from config.settings import Settings
from crawler.chromium import find_browser


def _program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "downloads"))
    monkeypatch.delenv("DIDBAN_CHROMIUM", raising=False)


def test_setting_wins_over_path(tmp_path: Path) -> None:
    _program(tmp_path / "bin" / "chromium")
    named = _program(tmp_path / "mine")
    assert find_browser(Settings(chromium=named)) == named


def test_setting_that_names_no_program_finds_none(tmp_path: Path) -> None:
    _program(tmp_path / "bin" / "chromium")
    assert find_browser(Settings(chromium=tmp_path / "missing")) is None


def test_headless_shell_is_preferred_on_path(tmp_path: Path) -> None:
    _program(tmp_path / "bin" / "google-chrome")
    chromium = _program(tmp_path / "bin" / "chromium")
    assert find_browser(Settings()) == chromium
    shell = _program(tmp_path / "bin" / "chromium-headless-shell")
    assert find_browser(Settings()) == shell


def test_downloaded_browser_comes_last(tmp_path: Path) -> None:
    assert find_browser(Settings()) is None
    downloaded = _program(tmp_path / "downloads" / "chromium-1200" / "chrome-linux" / "chrome")
    assert find_browser(Settings()) == downloaded
