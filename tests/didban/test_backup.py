"""A back-up is a workspace: restored on either kind of database, everything in it is as it was."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, MetaData, event, insert, select
from typer.testing import CliRunner

from checks.findings import Finding, Reason
from config.loading import load_framework
from config.models import Agency, Register
from config.settings import Settings
from config.vocabulary import Outcome
from didban.backup import back_up, restore
from didban.cli.main import build_app
from didban.errors import BadInputError
from didban.workspace import Workspace
from snapshot.models import PageRecord, VisitPlan, VisitRecord
from snapshot.writer import SnapshotWriter
from store import repository
from store.copying import copy_store
from store.decision_tables import DecisionRow
from store.session import migrate, open_store

FRAMEWORK = Path(__file__).parents[2] / "config" / "frameworks" / "english-example.toml"
AS_OF = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
AGENCY = Agency(id="roads", name_fa="راهداری", name_en="Roads", kind="main", portal_url="https://roads.example/")
REGISTER = Register(agencies=(AGENCY,), services=())
SHOT = b"the same picture in both visits"


def judged(space: Workspace, engine: Engine) -> str:
    """One sealed and judged visit; its folder."""
    visit = repository.order_visit(engine, "r1", "roads", counts=True, as_of=AS_OF)
    writer = SnapshotWriter(space.home / visit.folder, space.objects)
    record = VisitRecord(
        visit_id=visit.id, round="r1", agency=AGENCY, services=(), started_at=AS_OF, as_of=AS_OF, plan=VisitPlan()
    )
    writer.begin(record)
    writer.add_page(
        PageRecord(
            page_id="p0001", requested_url="https://roads.example/", url="https://roads.example/", status=200,
            fetched_at=AS_OF, source="http",
        ),
        b"<h1>Roads</h1>",
    )  # fmt: skip
    writer._keep("shots/p0001.jpg", SHOT)
    writer.seal(AS_OF)
    finding = Finding(
        round="r1", agency="roads", indicator="E4", outcome=Outcome.LEVEL, level=0.5, confidence=0.9,
        reason=Reason(key="found", data={}), text_fa="یافت شد", text_en="found",
    )  # fmt: skip
    repository.save_judged(engine, visit.id, [finding], page_count=1, rendered_count=0, cause=None)
    return visit.folder


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


def rows(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, times as UTC."""
    tables = MetaData()
    tables.reflect(engine)

    def plain(value: object) -> object:
        return value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) and value.tzinfo else value

    with engine.connect() as connection:
        return {
            name: sorted((tuple(map(plain, row)) for row in connection.execute(select(table))), key=repr)
            for name, table in tables.tables.items()
            if name not in ("worker", "lease", "alembic_version")
        }


@pytest.mark.postgres
def test_back_up_and_restore_bring_everything_over_to_either_database(
    space: Workspace, engine: Engine, tmp_path: Path, postgres_url: str
) -> None:
    folders = [judged(space, engine), judged(space, engine)]
    repository.order_visit(engine, "r1", "roads", counts=True, as_of=AS_OF)
    (space.home / "evidence/visits/r1/roads/0003").mkdir(parents=True)
    (space.home / "evidence/visits/r1/roads/0003/visit.json").write_text("{}")
    (space.reports / "r1").mkdir()
    (space.reports / "r1" / "index.html").write_text("report")

    copied = back_up(space, engine, tmp_path / "kept")
    assert (copied.visits, copied.damaged) == (2, {})
    for url in ("", postgres_url):
        home = tmp_path / ("server" if url else "folder")
        target = Workspace(Settings(home=home, database_url=url))
        assert restore(tmp_path / "kept", target).damaged == {}
        restored = open_store(target.database_url)
        assert rows(restored) == rows(engine)
        assert repository.round_findings(restored, "r1") == repository.round_findings(engine, "r1")
        # What was under way has no folder and begins anew; its row says that it was ordered.
        unfinished = repository.unfinished_visit(restored, "r1", "roads")
        assert unfinished is not None
        assert not (home / unfinished.folder).exists()
        assert repository.order_visit(restored, "r1", "roads", counts=True, as_of=AS_OF).attempt == 4
        with restored.begin() as connection:  # numbers go on after the copied rows
            row = {"round": "r1", "agency": "roads", "service_key": "", "indicator": "E4", "at": AS_OF, "who": "sara"}
            connection.execute(insert(DecisionRow), [{**row, "document": "{}"}, {**row, "document": "{}"}])
        shots = [home / folder / "shots" / "p0001.jpg" for folder in folders]
        assert [shot.read_bytes() for shot in shots] == [SHOT, SHOT]
        assert shots[0].stat().st_ino == shots[1].stat().st_ino
        assert (home / "reports" / "r1" / "index.html").read_text() == "report"
        if url:
            migrate(restored, "base")
        restored.dispose()


def test_copy_is_of_one_moment(space: Workspace, engine: Engine, tmp_path: Path) -> None:
    judged(space, engine)
    target = open_store(f"sqlite:///{tmp_path / 'copy.db'}")
    before = rows(engine)
    written: list[str] = []

    def write_meanwhile(_connection: object, _cursor: object, sql: str, *_: object) -> None:
        if sql.startswith("INSERT") and not written:  # another process finishes a visit after the first copied row
            written.append(judged(space, engine))

    event.listen(target, "after_cursor_execute", write_meanwhile)
    copy_store(engine, target)
    assert written
    assert rows(target) == before
    assert rows(engine) != before
    target.dispose()


def test_damage_is_named_and_half_a_back_up_is_none(space: Workspace, engine: Engine, tmp_path: Path) -> None:
    folder = judged(space, engine)
    shot = space.home / folder / "shots" / "p0001.jpg"
    shot.unlink()
    shot.write_bytes(b"another")
    copied = back_up(space, engine, tmp_path / "kept")
    assert [damage.file for damage in copied.damaged[folder]] == ["shots/p0001.jpg"]
    with pytest.raises(BadInputError, match="not empty"):
        back_up(space, engine, tmp_path / "kept")
    with pytest.raises(BadInputError, match="workspace already"):
        restore(tmp_path / "kept", space)
    (tmp_path / "kept" / "didban.db").unlink()
    with pytest.raises(BadInputError, match="no whole back-up"):
        restore(tmp_path / "kept", Workspace(Settings(home=tmp_path / "new")))
    done = CliRunner().invoke(build_app("backup"), ["backup", str(tmp_path / "again"), "--home", str(space.home)])
    assert done.exit_code == 1
    assert "1 visits" in done.output
