"""didban schedule, didban jobs, and a worker beside another command, as a person uses them."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from config.loading import load_framework
from config.models import Agency, Register
from config.settings import Settings
from didban.beside import worker_beside
from didban.cli.main import build_app
from didban.errors import BadInputError
from didban.scheduling import order_due
from didban.workspace import Workspace
from jobs.engine import open_jobs
from jobs.holding import Holder
from jobs.port import Job
from store import repository
from store.schedules import answer_schedule, schedules
from store.session import open_store

FRAMEWORK = Path(__file__).parents[2] / "config" / "frameworks" / "english-example.toml"
REGISTER = Register(
    agencies=tuple(Agency(id=name, name_fa=name, name_en=name, kind="main") for name in ("roads", "post")), services=()
)


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    made = Workspace(Settings(home=tmp_path / "home"))
    made.prepare()
    return made


@pytest.fixture
def engine(space: Workspace) -> Iterator[Engine]:
    opened = open_store(space.database_url)
    repository.open_round(opened, "r1", REGISTER, load_framework(FRAMEWORK))
    yield opened
    opened.dispose()


def didban(space: Workspace, *words: str) -> str:
    done = CliRunner().invoke(build_app(words[0]), [*words, "--home", str(space.home)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_dry_run_prints_ten_times_and_sets_nothing(space: Workspace, engine: Engine) -> None:
    words = ("schedule", "set", "r1", "--cron", "0 12 * * *", "--hours", "20:00-06:00", "--by", "sara")
    shown = didban(space, *words, "--dry-run").splitlines()
    assert "dry run" in shown[0]
    assert len(shown) == 11
    assert all(" 20:00 " in line for line in shown[1:])
    assert schedules(engine) == []

    assert "Next times in Asia/Tehran" in didban(space, *words)
    listed = json.loads(didban(space, "schedule", "list", "--json"))
    assert [(entry["name"], entry["kind"], entry["hours"]) for entry in listed] == [
        ("r1-visit", "visit", "20:00-06:00 Asia/Tehran")
    ]
    assert "0 12 * * *" in didban(space, "schedule", "list")
    with pytest.raises(BadInputError, match="r1-visit"):
        didban(space, "schedule", "remove", "r2")
    didban(space, "schedule", "remove", "r1-visit")
    assert schedules(engine) == []


def test_wrong_schedule_says_what_is_wrong(space: Workspace, engine: Engine) -> None:
    with pytest.raises(BadInputError, match="five"):
        didban(space, "schedule", "set", "r1", "--cron", "daily", "--by", "sara")
    with pytest.raises(BadInputError, match="time zone"):
        didban(space, "schedule", "set", "r1", "--cron", "0 0 * * *", "--tz", "Mars", "--by", "sara")


def test_what_was_missed_is_told_and_ordered_once(
    space: Workspace, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    didban(space, "schedule", "set", "r1", "--cron", "0 * * * *", "--kind", "recheck", "--tz", "UTC", "--by", "sara")
    with open_jobs(space.jobs_url) as queue, Holder(engine, "w", 60.0) as holder:
        order_due(holder, queue)
        assert queue.list() == []
        answer_schedule(engine, schedules(engine)[0], datetime.now(UTC) - timedelta(hours=5, minutes=20), 0)
        order_due(holder, queue)
        order_due(holder, queue)
        jobs = queue.list()
        assert sorted(status.job.agency or "" for status in jobs) == ["post", "roads"]
        assert {status.job.by for status in jobs} == {"schedule r1-recheck"}
    assert "caught up once" in caplog.text
    assert schedules(engine)[0].missed_count >= 4
    assert "missed" in didban(space, "schedule", "list")


def test_jobs_are_added_listed_and_cancelled_by_command(space: Workspace, engine: Engine) -> None:
    added = json.loads(didban(space, "jobs", "add", "visit", "--agency", "roads", "--by", "sara", "--json"))
    assert [(job["id"], job["state"], job["job"]["by"]) for job in added] == [("visit:r1:roads:1", "waiting", "sara")]
    didban(space, "jobs", "add", "report", "--by", "sara")
    assert len(didban(space, "jobs", "list").splitlines()) == 2
    assert "cancelled" in didban(space, "jobs", "cancel", "visit:r1:roads:1")
    assert "visit:r1:roads:1" in didban(space, "jobs", "list", "--state", "cancelled")
    with pytest.raises(BadInputError, match="no job"):
        didban(space, "jobs", "cancel", "visit:r1:none:1")
    with pytest.raises(BadInputError, match="hours of the day"):
        didban(space, "jobs", "add", "report", "--hours", "tonight", "--by", "sara")


@pytest.mark.browser
def test_worker_beside_does_the_jobs_and_ends_with_its_block(space: Workspace, engine: Engine) -> None:
    with open_jobs(space.jobs_url) as queue:
        # An agency without an address: the visit tells so without the network.
        visit = queue.enqueue(Job(kind="visit", round="r1", agency="roads"))
        report = queue.enqueue(Job(kind="report", round="r1"))
        asked = space.settings.model_copy(update={"sample_spacing_minutes": 0.5})
        with worker_beside(Workspace(asked)):
            beside = psutil.Process().children()
            assert any(one.environ().get("DIDBAN_SAMPLE_SPACING_MINUTES") == "0.5" for one in beside)
            until = time.monotonic() + 150
            while {queue.status(visit.id).state, queue.status(report.id).state} != {"done"}:
                assert time.monotonic() < until
                time.sleep(0.2)
        assert [process for process in beside if process.is_running() and "worker" in process.cmdline()] == []
    assert list(repository.counted_visits(engine, "r1")) == ["roads"]
    assert (space.reports / "r1" / "index.html").exists()
