"""The whole flow on real HTTP, a real browser and a real database: run, interrupt, go on, judge again, verify."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.world import demo_world

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
PORTAL = "qanat"


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with demo_world() as world:
        yield world.register_folder(tmp_path_factory.mktemp("register"))


def command(home: Path, *words: object) -> list[str]:
    return [sys.executable, "-m", "didban", *map(str, words), "--home", str(home)]


def didban(home: Path, *words: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DIDBAN_REQUESTS_PER_SECOND": "50"}
    return subprocess.run(
        command(home, *words), capture_output=True, text=True, timeout=240, env=environment, cwd=ROOT, check=False
    )


def run_words(register: Path) -> tuple[object, ...]:
    return (
        "run", "--round", "r1", "--register", register, "--framework", "config/frameworks/iran-proposal.toml",
        "--agency", PORTAL, "--max-pages", "15", "--allow-private",
    )  # fmt: skip


def test_killed_run_goes_on_and_its_result_stands(register: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    environment = {**os.environ, "DIDBAN_REQUESTS_PER_SECOND": "6"}
    begun = subprocess.Popen(
        command(home, *run_words(register)), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=environment,
        cwd=ROOT,
    )  # fmt: skip
    folder = home / "evidence" / "visits" / "r1" / PORTAL / "0001"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and _lines(folder) < 5:
        time.sleep(0.05)
    begun.send_signal(signal.SIGKILL)
    begun.wait()
    assert _lines(folder) >= 5
    assert not (folder / "manifest.json").exists()

    done = didban(home, *run_words(register))
    assert done.returncode == 0, done.stderr
    records = [json.loads(line) for line in (folder / "pages.jsonl").read_text(encoding="utf-8").splitlines()]
    asked = Counter(record["requested_url"] for record in records if record["source"] == "http")
    assert max(asked.values()) == 1
    assert len({record["page_id"] for record in records}) == len(records)
    assert not (folder.parent / "0002").exists()

    findings = didban(home, "findings", "--round", "r1", "--format", "jsonl")
    rows = [json.loads(line) for line in findings.stdout.splitlines()]
    cells = Counter((row["agency"], row["service"], row["indicator"]) for row in rows)
    assert max(cells.values()) == 1
    assert {row["indicator"] for row in rows} >= {"T01", "T02", "P01", "I10"}
    assert all(row["evidence"] for row in rows if row["level"])
    assert all(row["check"] for row in rows)

    offline = didban(home, "recheck", PORTAL, "--offline", "--json")
    assert offline.returncode == 0
    assert "all identical" in offline.stderr
    assert offline.stdout == findings.stdout

    again = didban(home, *run_words(register))
    assert again.returncode == 0
    assert "already visited" in again.stderr

    assert (home / "reports" / "r1" / "index.html").exists()
    assert didban(home, "verify").returncode == 0
    damaged = next((folder / "shots").glob("*.jpg"))
    damaged.unlink()
    damaged.write_bytes(b"another picture")
    verified = didban(home, "verify")
    assert verified.returncode == 1
    assert f"{damaged.name}: changed" in verified.stdout


def test_portal_that_is_down_gives_unknown_with_its_cause_and_the_round_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "register"
    folder.mkdir()
    (folder / "agencies.csv").write_text(
        "id,name_fa,name_en,kind,parent,cluster,portal_url,extra_hosts,participation\n"
        "down,خاموش,Down,main,,,http://127.0.9.9:9/,,full\n"
        "nowhere,بی‌نام,Nowhere,main,,,http://no-such-host.invalid/,,full\n"
        "unknown,بی‌نشانی,No address,main,,,,,full\n",
        encoding="utf-8",
    )
    (folder / "services.csv").write_text(
        "id,agency,parent,title_fa,title_en,audience,status,url,instant\n1,down,,مجوز,Permit,G2C,semi,,false\n",
        encoding="utf-8",
    )
    home = tmp_path / "home"
    done = didban(
        home, "run", "--round", "r1", "--register", folder, "--framework", "config/frameworks/iran-proposal.toml",
        "--allow-private",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in didban(home, "findings", "--format", "jsonl").stdout.splitlines()]
    causes = {(row["agency"], row["cause"]) for row in rows if row["indicator"] == "P01"}
    assert causes == {("down", "refused"), ("nowhere", "dns"), ("unknown", "missing_artefact")}
    assert all(row["level"] is None for row in rows)
    ranked = json.loads(didban(home, "rank", "--json").stdout)["ranking"]
    assert [entry["rank"] for entry in ranked] == [None, None, None]


def _lines(folder: Path) -> int:
    pages = folder / "pages.jsonl"
    return pages.read_bytes().count(b"\n") if pages.exists() else 0
