"""The export of the national window: given to a round by command, carried by its visits, judged from the snapshot."""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from checks.runner import judge
from config.loading import load_framework, load_register
from config.settings import Settings
from crawler.orders import Event, Sealed, VisitOrder
from crawler.process import run_visits
from didban.cli.main import main
from didban.cli.store import find_round, opened
from didban.national_window import artefact_of, given_export
from didban.pipeline import run_round
from didban.workspace import Workspace
from snapshot.objects import FolderSource
from snapshot.reader import Snapshot
from tests.crawler.portal_server import Portal, page
from tests.crawler.visiting import order, settings

FRAMEWORK = Path(__file__).parents[2] / "config" / "frameworks" / "iran-proposal.toml"
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def register(tmp_path: Path) -> Path:
    folder = tmp_path / "register"
    folder.mkdir()
    (folder / "agencies.csv").write_text(
        "id,name_fa,name_en,kind,parent,cluster,portal_url,extra_hosts,participation\n"
        "roads,راهداری,Roads,main,,,https://roads.example/,,full\npost,پست,Post,main,,,https://post.example/,,full\n",
        encoding="utf-8",
    )
    (folder / "services.csv").write_text(
        "id,agency,parent,title_fa,title_en,audience,status,url,instant,code\n"
        "permit,roads,,صدور مجوز عبور,,G2C,full,,false,13041234100\nweigh,roads,,توزین بار,,G2C,full,,false,\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], register: Path, tmp_path: Path) -> Command:
    monkeypatch.setenv("DIDBAN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DIDBAN_BY", "sara")

    def command(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["didban", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    code, _, error = command("round", "open", "r1", "--register", register, "--framework", FRAMEWORK)
    assert code == 0, error
    return command


def test_an_export_is_given_shown_and_replaced(run: Command, tmp_path: Path) -> None:
    code, out, _ = run("national-window")
    assert (code, "no export" in out) == (0, True)
    file = tmp_path / "export.csv"
    file.write_text("agency,service,code,title,exported_at\nroads,,13041234100,مجوز عبور,2026-09-20\n", "utf-8")
    code, out, error = run("national-window", file, "--round", "r1", "--json")
    assert code == 0, error
    assert json.loads(out)["export"]["agencies"]["roads"][0]["code"] == "13041234100"
    file.write_text("agency,service,code,title,exported_at\nroads,,,,2026-09-21\n", "utf-8")
    assert run("national-window", file)[0] == 0
    export = given_export(Workspace(Settings(home=tmp_path / "home")), "r1")
    assert export is not None
    assert (export.exported_at.isoformat(), export.agencies) == ("2026-09-21", {"roads": ()})


def test_a_faulty_export_is_refused_and_the_one_before_stays(run: Command, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text("agency,service,code,title,exported_at\nroads,,1,a,2026-09-20\n", "utf-8")
    assert run("national-window", file)[0] == 0
    file.write_text("agency,service,code,title,exported_at\nroad,,1,a,soon\n", "utf-8")
    code, _, error = run("national-window", file)
    assert code == 2
    assert "row 2, agency" in error
    assert "row 2, exported_at" in error
    export = given_export(Workspace(Settings(home=tmp_path / "home")), "r1")
    assert export is not None
    assert len(export.agencies["roads"]) == 1


def test_a_visit_carries_its_part_into_the_seal_and_is_judged_by_it(
    run: Command, register: Path, tmp_path: Path
) -> None:
    file = tmp_path / "export.csv"
    file.write_text("agency,service,code,title,exported_at\nroads,,13041234100,مجوز عبور,2026-09-20\n", "utf-8")
    assert run("national-window", file)[0] == 0
    export = given_export(Workspace(Settings(home=tmp_path / "home")), "r1")
    assert export is not None
    services = load_register(register).services
    with Portal("127.0.0.37", {"/": page("/a", title="Roads")}).running() as portal:
        wanted = order(tmp_path, "roads", portal.url, services=services, max_pages=2)
        given = {"national-window": artefact_of(export, "roads")}
        wanted = wanted.model_copy(update={"given": given})
        results = run_visits([wanted], settings(tmp_path), cited_pages=lambda _: (), on_event=lambda _: None)
    assert isinstance(results["roads"], Sealed)
    manifest = json.loads((wanted.folder / "manifest.json").read_text("utf-8"))
    assert "probes/national-window.json" in manifest["files"]
    snapshot = Snapshot(FolderSource(wanted.folder))
    findings = judge(snapshot, load_framework(FRAMEWORK), round="r1", indicators={"I05"})
    assert {finding.service: finding.level for finding in findings} == {"permit": 1.0, "weigh": 0.0}
    assert all(export.sha256 == piece.sha256 for finding in findings for piece in finding.evidence)
    again = judge(Snapshot(FolderSource(wanted.folder)), load_framework(FRAMEWORK), round="r1", indicators={"I05"})
    assert again == findings


class _StopError(Exception):
    """Ends a run when its orders are made."""


def test_orders_carry_what_was_given_and_an_agency_without_its_page_stays_open(run: Command, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text("agency,service,code,title,exported_at\nroads,,13041234100,مجوز عبور,2026-09-20\n", "utf-8")
    assert run("national-window", file)[0] == 0
    space, ordered = Workspace(Settings(home=tmp_path / "home")), list[VisitOrder]()

    def stop(orders: Sequence[VisitOrder]) -> Callable[[Event], None]:
        ordered.extend(orders)
        raise _StopError

    with opened(space) as engine:
        round_ = find_round(engine, "r1")
        with pytest.raises(_StopError):
            run_round(space, engine, round_, round_.register.agencies, on_start=stop)
    rows = {one.visit.agency.id: one.given["national-window"].data["services"] for one in ordered}
    assert [row["code"] for row in rows["roads"]] == ["13041234100"]
    assert rows["post"] is None
