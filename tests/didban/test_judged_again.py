"""What becomes of findings and decisions when rules are amended or a portal is visited again."""

import dataclasses
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from config.loading import load_framework
from config.models import Agency, Register, Service
from config.settings import Settings
from demo.world import demo_world
from didban.pipeline import judge_again
from didban.visiting import judge_folder
from didban.workspace import Workspace
from snapshot.models import Manifest
from store import repository
from store.session import open_store
from tests.factories import DictSource, page, snapshot_of

ROOT = Path(__file__).parents[2]
AGENCY = "sepidrud"
"""Its service desk gets a start for each service in the second edition of the demo."""


def test_snapshot_is_judged_again_by_the_amended_framework(tmp_path: Path) -> None:
    framework = load_framework(ROOT / "config" / "frameworks" / "english-example.toml")
    services = (
        Service(id="whole", agency="agency", title_fa="صدور پروانه"),
        Service(id="part", agency="agency", parent="whole", title_fa="تمدید پروانه"),
    )
    register = Register(
        agencies=(Agency(id="agency", name_fa="سازمان نمونه", name_en="Sample Agency", kind="main"),),
        services=services,
    )
    space = Workspace(Settings(home=tmp_path))
    engine = open_store(space.database_url)
    round_ = repository.open_round(engine, "r1", register, framework)
    visit = repository.order_visit(engine, "r1", "agency", counts=True, as_of=datetime(2026, 10, 10, 8, tzinfo=UTC))
    folder = tmp_path / visit.folder
    source = snapshot_of(page("/", "<h1>سازمان نمونه</h1>"), services=list(services))._source
    assert isinstance(source, DictSource)
    for name, content in source.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    repository.save_judged(
        engine, visit.id, judge_folder(folder, framework), page_count=1, rendered_count=0, cause=None
    )
    assert {f.service for f in repository.round_findings(engine, "r1")} == {None, "part"}
    other = framework.model_copy(update={"service_unit": "top"})
    repository.amend_round(
        engine,
        dataclasses.replace(round_, framework=other),
        who="sara",
        note="n",
        changes=["service unit"],
        agencies=["agency"],
    )
    amended = repository.get_round(engine, "r1")
    assert amended is not None
    assert judge_again(space, engine, amended) == ["agency"]
    sealed = Manifest(sealed_at=datetime(2026, 10, 10, 9, tzinfo=UTC), files={})
    (folder / "manifest.json").write_text(sealed.model_dump_json())
    assert judge_again(space, engine, amended) == []
    assert {f.service for f in repository.round_findings(engine, "r1")} == {None, "whole"}
    assert [m for m in repository.round_standing(engine, amended).matters if m.kind == "stale_visit"] == []
    engine.dispose()


@pytest.mark.browser
def test_decision_lapses_and_says_so_when_a_recheck_brings_other_evidence(tmp_path: Path) -> None:
    home = tmp_path / "home"

    def didban(*words: object) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "DIDBAN_REQUESTS_PER_SECOND": "50", "DIDBAN_BY": "sara", "DIDBAN_HOME": str(home)}
        return subprocess.run(
            [sys.executable, "-m", "didban", *map(str, words)],
            capture_output=True, text=True, timeout=240, env=environment, cwd=ROOT, check=False,
        )  # fmt: skip

    def service_desk() -> dict[str, Any]:
        said = didban("findings", "--agency", AGENCY, "--indicator", "U01", "--format", "jsonl")
        found = json.loads(said.stdout)
        assert isinstance(found, dict)
        return found

    with demo_world(1) as world:
        register = world.register_folder(tmp_path / "register")
        ran = didban(
            "run", "--round", "r1", "--register", register, "--framework", "config/frameworks/iran-proposal.toml",
            "--agency", AGENCY, "--allow-private",
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        assert service_desk()["level"] == 0.5
        why = ("--reason", "does_not_work", "--note", "no entry could be opened")
        assert didban("decide", AGENCY, "U01", "--level", "0", *why).returncode == 0
        assert (service_desk()["level"], service_desk()["decided_by"]) == (0, "evaluator")
        offline = didban("recheck", AGENCY, "--offline")
        assert "all identical" in offline.stderr
        same = didban("recheck", AGENCY, "--allow-private")
        assert same.returncode == 0, same.stderr
        assert "lapsed" not in same.stderr
        assert service_desk()["level"] == 0
    with demo_world(2, world.port):
        rechecked = didban("recheck", AGENCY, "--allow-private")
    assert rechecked.returncode == 0, rechecked.stderr
    assert "U01: the decision of" in rechecked.stderr
    assert "by sara (level 0) lapsed: this visit brought other evidence." in rechecked.stderr
    assert (service_desk()["level"], service_desk()["decided_by"]) == (1, "auto")
    waiting = json.loads(didban("decide", "--list", "--json").stdout)
    assert [m["kind"] for m in waiting if m["indicator"] == "U01"] == ["lapsed"]
