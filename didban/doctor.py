"""What Didban needs on this machine, looked at one by one."""

import shutil
import subprocess
import sys
from dataclasses import dataclass

from crawler.chromium import find_browser
from didban.errors import DidbanError
from didban.workspace import Workspace

FREE_BYTES_WANTED = 2 * 1024**3
"""A visit with evidence takes up to some 60 MB; below this a round of a few dozen agencies may fill the disk."""


@dataclass(frozen=True, slots=True)
class Note:
    """One need: what it is, whether it is met, what was found, and what to do where it is not."""

    what: str
    ok: bool
    found: str
    fix: str


def examine(workspace: Workspace) -> list[Note]:
    """Look at interpreter, browser, fonts, workspace, database and disk. Never raises for what is missing."""
    return [_python(), _browser(workspace), _fonts(), _writable(workspace), _database(workspace), _disk(workspace)]


def _python() -> Note:
    found = ".".join(str(part) for part in sys.version_info[:3])
    return Note("Python 3.11 or newer", sys.version_info >= (3, 11), found, "Install Python 3.11 or newer.")


def _browser(workspace: Workspace) -> Note:
    program = find_browser(workspace.settings)
    fix = "Install Chromium (apt install chromium, or: playwright install chromium), or name one in DIDBAN_CHROMIUM."
    if program is None:
        return Note("browser", ok=False, found="none", fix=fix)
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20, check=True)  # noqa: S603 - the operator's own browser
    except (OSError, subprocess.SubprocessError) as error:
        return Note("browser", ok=False, found=f"{program} does not start: {error}", fix=fix)
    return Note("browser", ok=True, found=f"{program} ({answer.stdout.strip()})", fix=fix)


def _fonts() -> Note:
    fix = "Install a font with Persian letters (apt install fonts-noto-core); without it screenshots show empty boxes."
    lister = shutil.which("fc-list")
    if lister is None:
        return Note("Persian font", ok=False, found="fontconfig is not installed", fix=fix)
    answer = subprocess.run([lister, ":lang=fa", "family"], capture_output=True, text=True, check=False, timeout=20)  # noqa: S603 - fixed command
    families = sorted({line.split(",")[0] for line in answer.stdout.splitlines() if line})
    return Note("Persian font", ok=bool(families), found=", ".join(families[:3]) or "none", fix=fix)


def _writable(workspace: Workspace) -> Note:
    fix = "Choose another folder with --home or DIDBAN_HOME."
    parent = next((p for p in (workspace.home, *workspace.home.parents) if p.exists()), workspace.home)
    try:
        workspace.prepare() if workspace.home.exists() else None
    except DidbanError as error:
        return Note("workspace", ok=False, found=str(error), fix=fix)
    state = "here" if workspace.home.exists() else f"not made yet (in {parent})"
    return Note("workspace", ok=True, found=f"{workspace.home}, {state}", fix=fix)


def _database(workspace: Workspace) -> Note:
    from store.session import StoreError, open_store

    fix = "Check DIDBAN_DATABASE_URL; for PostgreSQL, that the server runs and lets this user in."
    if not workspace.settings.database_url and not (workspace.home / "didban.db").exists():
        return Note("database", ok=True, found="SQLite, made on first use", fix=fix)
    try:
        engine = open_store(workspace.database_url)
    except StoreError as error:
        return Note("database", ok=False, found=str(error), fix=fix)
    found = f"{engine.dialect.name}, at the newest migration"
    engine.dispose()
    return Note("database", ok=True, found=found, fix=fix)


def _disk(workspace: Workspace) -> Note:
    parent = next((p for p in (workspace.home, *workspace.home.parents) if p.exists()), workspace.home)
    free = shutil.disk_usage(parent).free
    return Note(
        "disk", ok=free >= FREE_BYTES_WANTED, found=f"{free / 1024**3:.1f} GiB free", fix="Free at least 2 GiB."
    )
