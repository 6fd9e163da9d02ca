"""A handful of kits visited over real HTTP with a real browser: the visit says what the snapshot in memory says."""

import csv
import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.crawler.portal_server import Portal, Reply
from tests.portals.catalogue import families, portal
from tests.portals.site import KitPortal

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
_Found: TypeAlias = tuple[dict[str, KitPortal], dict[tuple[str, str], object]]
CHOSEN = (
    ("T02", "own_page_with_label"),
    ("T02", "inquiry_of_validity"),
    ("T05", "cards_with_photos"),
    ("T01", "table_of_steps"),
    ("I08", "visits_in_the_sheet"),
)


def _served(made: KitPortal, address: str) -> Portal:
    html = made.site.html()
    files = {page.url: page for page in made.site.pages if page.raw is not None}
    routes = {
        url: Reply(files[url].raw or b"", content_type=files[url].content_type) if url in files else Reply(text)
        for url, text in html.items()
    }
    return Portal(address, routes)


def _register(folder: Path, made: dict[str, KitPortal], urls: dict[str, str]) -> Path:
    folder.mkdir()
    with (folder / "agencies.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["id", "name_fa", "name_en", "kind", "parent", "cluster", "portal_url", "extra_hosts", "participation"]
        )
        for name, one in made.items():
            body = one.site.draw.body
            writer.writerow([name, body.name, body.en, "main", "", "", urls[name], "", "full"])
    with (folder / "services.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "agency", "parent", "title_fa", "title_en", "audience", "status", "url", "instant"])
        for name, one in made.items():
            for number, matter in enumerate(one.site.draw.matters, start=1):
                writer.writerow([f"{name}-s{number}", name, "", matter.title, matter.en, "G2C", "", "", "false"])
    return folder


@pytest.fixture(scope="module")
def found(
    tmp_path_factory: pytest.TempPathFactory,
) -> _Found:
    home = tmp_path_factory.mktemp("kits")
    kits = [next(one for one in families("rule", indicator) if one.name == name) for indicator, name in CHOSEN]
    made = {f"kit{number}": portal(one, 0) for number, one in enumerate(kits, start=1)}
    with ExitStack() as running:
        served = {name: _served(one, f"127.0.7.{number}") for number, (name, one) in enumerate(made.items(), start=1)}
        for one in served.values():
            running.enter_context(one.running())
        register = _register(home / "register", made, {name: one.url for name, one in served.items()})
        framework = ROOT / "config" / "frameworks" / "iran-proposal.toml"
        run = ("run", "--round", "k", "--register", register, "--framework", framework, "--allow-private")
        _didban(home, *run)
        printed = _didban(home, "findings", "--round", "k", "--format", "jsonl")
    findings = [json.loads(line) for line in printed.splitlines() if line.startswith("{")]
    return made, {(one["indicator"], one["service"] or one["agency"]): one["level"] for one in findings}


def _didban(home: Path, *words: object) -> str:
    environment = {**os.environ, "DIDBAN_REQUESTS_PER_SECOND": "50"}
    line = [sys.executable, "-m", "didban", *map(str, words), "--home", str(home / "home")]
    done = subprocess.run(line, capture_output=True, text=True, timeout=400, env=environment, cwd=ROOT, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def test_a_visit_finds_the_truth_of_the_kit(
    found: _Found,
) -> None:
    made, levels = found
    said = {one.id: levels[one.indicator, f"{name}-s1" if one.service else name] for name, one in made.items()}
    assert said == {one.id: one.truth.level for one in made.values()}
