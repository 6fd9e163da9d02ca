"""didban declare: what agencies say of themselves, beside what the visits found."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from config.declarations import DeclaredRow, load_declarations
from config.problems import InputError
from didban.cli.options import AsJson, By, Home, RoundName, person, print_json, workspace
from didban.cli.store import changing, find_round, opened
from didban.errors import BadInputError
from didban.workspace import Workspace
from scoring.decision_words import said
from scoring.effective import Standing
from scoring.open_matters import DeclarationTally
from store import repository
from store.round_states import require_undecided


def declare(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="CSV or XLSX: agency,service,indicator,level,evidence,note. Without it: show what is declared.",
            show_default=False,
        ),
    ] = None,
    evidence: Annotated[
        Path | None, typer.Option(help="Folder of the evidence files. Default: the file's folder.", show_default=False)
    ] = None,
    round_name: RoundName = None,
    by: By = None,
    home: Home = None,
    json: AsJson = False,
) -> None:
    """Take in the agencies' declarations, or show them beside the findings. What nobody verified never scores.

    Example: didban declare declarations.xlsx --round 1405-1 --by secretariat
    """
    space = workspace(home)
    space.require()
    with opened(space) as engine:
        if file is not None:
            with changing(space, engine, round_name) as round_:
                require_undecided(round_.name, round_.state, "declarations")
                folder = evidence or file.parent
                try:
                    rows = load_declarations(file, round_.register, round_.framework, evidence_folder=folder)
                except InputError as error:
                    if json:
                        print_json({"problems": [_problem(problem) for problem in error.problems]})
                        raise typer.Exit(2) from error
                    raise BadInputError(str(error)) from error
                _keep_evidence(space, folder, rows)
                repository.add_declarations(
                    engine,
                    round_.name,
                    rows,
                    who=person(by),
                    file=file.name,
                    file_sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
                )
            typer.echo(f"{len(rows)} declarations were taken into round {round_.name}.", err=json)
        standing = repository.round_standing(engine, find_round(engine, round_name))
    shown = [cell for cell in standing.cells if cell.declaration is not None]
    if json:
        print_json({"declarations": [_as_data(cell) for cell in shown], "counts": tally_data(standing.declarations)})
        return
    if file is None:
        _print(shown)
    typer.echo(tally_sentence(standing.declarations))


def _problem(problem: object) -> dict[str, object]:
    return {key: getattr(problem, key) for key in ("file", "row", "column", "value", "fix")}


def _keep_evidence(space: Workspace, folder: Path, rows: Iterable[DeclaredRow]) -> None:
    for sha256, name in {piece.sha256: piece.name for row in rows for piece in row.evidence}.items():
        space.keep_declared(folder / name, sha256)


def _print(cells: Iterable[Standing]) -> None:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in ("agency", "service", "indicator", "declared", "visit found", "stands at", "evidence"):
        table.add_column(title)
    for cell in cells:
        assert cell.declaration is not None
        crawl, finding = cell.crawl, cell.finding
        table.add_row(
            crawl.agency,
            crawl.service or "",
            crawl.indicator,
            f"{cell.declaration.level:g}",
            said(crawl.outcome, crawl.level, crawl.cause)[1],
            f"{finding.outcome} {finding.level:g}" if finding.level is not None else str(finding.outcome),
            ", ".join(piece.name for piece in cell.declaration.evidence),
        )
    Console().print(table)


def _as_data(cell: Standing) -> dict[str, object]:
    assert cell.declaration is not None
    return {
        **cell.declaration.model_dump(mode="json"),
        "visit": {"outcome": cell.crawl.outcome, "level": cell.crawl.level, "cause": cell.crawl.cause},
        "stands": {
            "outcome": cell.finding.outcome,
            "level": cell.finding.level,
            "decided_by": cell.finding.decided_by,
        },
    }


def tally_data(tally: DeclarationTally) -> dict[str, object]:
    """How declarations fared, for programs; `upheld_share` is 0 to 1, None where none was decided."""
    share = tally.upheld_share
    return {
        "declared": tally.total,
        "agreeing": tally.agreeing,
        "upheld": tally.upheld,
        "rejected": tally.rejected,
        "undecided": tally.undecided,
        "without_finding": tally.without_finding,
        "upheld_share": None if share is None else round(float(share), 4),
    }


def tally_sentence(tally: DeclarationTally) -> str:
    """How declarations fared, in one line."""
    if not tally.total:
        return "No declarations."
    share = tally.upheld_share
    upheld = f"{tally.upheld} upheld of {tally.upheld + tally.rejected} decided"
    return (
        f"Declarations: {tally.total}; {tally.agreeing} agree with the visit, {upheld}"
        f"{'' if share is None else f' ({float(share):.0%})'}, {tally.undecided} undecided, "
        f"{tally.without_finding} without a finding."
    )
