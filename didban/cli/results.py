"""didban findings, score, report, verify: what came out of a round."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine

from checks.findings import Finding
from config.vocabulary import ExitCode
from didban.cli.options import AsJson, Home, RoundName, print_json, workspace
from didban.cli.store import find_round, opened
from didban.workspace import Workspace
from reports.assembly import Visited, assemble
from reports.data import AgencyReport, RoundReport
from reports.html import write_report
from snapshot.models import Evidence
from snapshot.outline import outlined
from snapshot.verify import verify_snapshot
from store import repository
from store.repository import Round
from store.standing import round_standing


def findings(
    round_name: RoundName = None,
    agency: Annotated[list[str] | None, typer.Option(help="Only this agency (may be given again).")] = None,
    indicator: Annotated[list[str] | None, typer.Option(help="Only this indicator (may be given again).")] = None,
    format: Annotated[
        Literal["jsonl", "table"], typer.Option("--format", help="jsonl for programs, or a table.")
    ] = "table",
    home: Home = None,
) -> None:
    """Print the findings that count in a round, with reason and evidence.

    Example: didban findings --round 1405-1 --format jsonl
    """
    space = workspace(home)
    space.require()
    with opened(space) as engine:
        round_ = find_round(engine, round_name)
        found = repository.round_findings(engine, round_.name)
    chosen = [f for f in found if (not agency or f.agency in agency) and (not indicator or f.indicator in indicator)]
    if format == "jsonl":
        for finding in chosen:
            typer.echo(finding.model_dump_json())
    else:
        print_findings(chosen, as_json=False)


def print_findings(chosen: Sequence[Finding], *, as_json: bool) -> None:
    """Findings as a table for people, or one JSON object a line."""
    if as_json:
        for finding in chosen:
            typer.echo(finding.model_dump_json())
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in ("agency", "service", "indicator", "finding", "why"):
        table.add_column(title)
    for finding in chosen:
        said = f"{finding.level:g}" if finding.level is not None else f"{finding.outcome} {finding.cause or ''}".strip()
        table.add_row(finding.agency, finding.service or "", finding.indicator, said, finding.text_en)
    Console().print(table if chosen else "No findings yet.")


def score(round_name: RoundName = None, home: Home = None, json: AsJson = False) -> None:
    """Print score, possible range, coverage and priorities of each agency.

    Example: didban score --round 1405-1 --json
    """
    report_ = _loaded(home, round_name)
    if json:
        print_json([_as_data(entry) for entry in report_.agencies])
        return
    priorities = [priority.name.en for priority in report_.framework.priorities]
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in ("agency", "score", "range", "coverage", *priorities):
        table.add_column(title)
    for entry in report_.agencies:
        table.add_row(
            entry.agency.id,
            entry.score or "-",
            f"{entry.low} - {entry.high}",
            f"{float(entry.coverage):.0%}",
            *(cell.score or "-" for cell in entry.priorities),
        )
    Console().print(table)


def _as_data(entry: AgencyReport) -> dict[str, object]:
    return {
        "agency": entry.agency.id,
        "name_fa": entry.agency.name_fa,
        "name_en": entry.agency.name_en,
        "rank": entry.rank,
        "score": None if entry.score is None else float(entry.score),
        "low": float(entry.low),
        "high": float(entry.high),
        "coverage": round(float(entry.coverage), 4),
        "priorities": {
            cell.priority.id: {
                "score": None if cell.score is None else float(cell.score),
                "coverage": round(float(cell.coverage), 4),
            }
            for cell in entry.priorities
        },
    }


def _loaded(home: Path | None, round_name: str | None) -> RoundReport:
    space = workspace(home)
    space.require()
    with opened(space) as engine:
        return load_report(engine, find_round(engine, round_name))


def load_report(engine: Engine, round_: Round) -> RoundReport:
    """A round's findings, scored and put in order."""
    standing = round_standing(engine, round_)
    return assemble(
        name=round_.name,
        state=round_.state,
        register=round_.register,
        framework=round_.framework,
        findings=standing.findings,
        visits={agency: Visited(visit.as_of, visit.folder) for agency, visit in standing.visits.items()},
        made_at=datetime.now(UTC),
        bonus=standing.bonus,
    )


def report(round_name: RoundName = None, home: Home = None) -> None:
    """Write the HTML report of a round, in Persian and English, with evidence pictures.

    Example: didban report --round 1405-1
    """
    space = workspace(home)
    space.require()
    space.prepare()
    with opened(space) as engine:
        typer.echo(write_round_report(space, engine, find_round(engine, round_name)))


def write_round_report(space: Workspace, engine: Engine, round_: Round) -> Path:
    """Write the report of a round into the workspace and return its first page."""

    def read_picture(entry: AgencyReport, piece: Evidence) -> bytes | None:
        if piece.screenshot is None or entry.snapshot_folder is None:
            return None
        path = space.home / entry.snapshot_folder / piece.screenshot
        return outlined(path.read_bytes(), piece.box) if path.is_file() else None

    return write_report(load_report(engine, round_), space.reports / round_.name, read_picture)


def verify(round_name: RoundName = None, home: Home = None, json: AsJson = False) -> None:
    """Recompute every digest of a round's snapshots and name what was changed or lost.

    Example: didban verify --round 1405-1
    """
    space = workspace(home)
    space.require()
    with opened(space) as engine:
        visits = repository.counted_visits(engine, find_round(engine, round_name).name)
    damage = {visit.id: verify_snapshot(space.home / visit.folder) for visit in visits.values()}
    if json:
        print_json({visit: [{"file": d.file, "what": d.what} for d in found] for visit, found in damage.items()})
    else:
        for visit_id, found in damage.items():
            typer.echo(f"{visit_id:40} {'as sealed' if not found else f'{len(found)} files damaged'}")
            for entry in found:
                typer.echo(f"  {entry.file}: {entry.what}")
    if any(damage.values()):
        raise typer.Exit(ExitCode.PARTLY_FAILED)
