"""Reads decisions that an evaluator wrote into a table: one row for each finding that is confirmed or overruled."""

from pathlib import Path
from typing import Literal

from config.models import Framework, Frozen, Register
from config.problems import InputError, Problem
from config.register_rows import RowReader
from config.round_tables import Cell, CellReader, read_level, read_table
from config.vocabulary import Cause, DecisionReason

REQUIRED = ("agency", "service", "indicator", "decision")
OPTIONAL = ("reason", "note")


class Verdict(Frozen):
    """What an evaluator says of one finding. `confirm` takes the visit's finding as it is; `level` is 0 to 1."""

    to: Literal["level", "na", "unknown", "confirm"]
    level: float | None = None
    cause: Cause | None = None
    reason: DecisionReason | None = None
    note: str | None = None


class DecidedRow(Frozen):
    """One row of a table of decisions."""

    row: int
    agency: str
    service: str | None
    indicator: str
    verdict: Verdict


def load_decisions(path: Path, register: Register, framework: Framework) -> tuple[DecidedRow, ...]:
    """The decisions in a CSV or XLSX file: agency, service, indicator, decision, reason, note.

    `decision` is a level, `confirm`, `na`, `unknown` or `unknown:CAUSE`. Raises InputError with every fault found.
    """
    problems: list[Problem] = []
    table = read_table(path, required=REQUIRED, optional=OPTIONAL, problems=problems)
    cells = CellReader(register, framework)
    first_row: dict[Cell, int] = {}
    found: list[DecidedRow] = []
    for row in table.rows:
        reader = RowReader(table, row, problems)
        cell = cells.cell(reader)
        verdict = _verdict(reader, cells, cell)
        if cell is not None and cell in first_row:
            reader.report("indicator", f"the same is decided in row {first_row[cell]} already: keep one of the rows")
        elif cell is not None:
            first_row[cell] = row.number
            if verdict is not None:
                found.append(
                    DecidedRow(
                        row=row.number,
                        agency=cell.agency,
                        service=cell.service,
                        indicator=cell.indicator,
                        verdict=verdict,
                    )
                )
    if not table.rows and not problems:
        problems.append(Problem(table.file, None, None, None, "the table decides nothing: add a row for each decision"))
    if problems:
        raise InputError(sorted(problems, key=lambda problem: problem.row or 0))
    return tuple(found)


def _verdict(reader: RowReader, cells: CellReader, cell: Cell | None) -> Verdict | None:
    said = reader.text("decision").lower()
    word, _, cause = (part.strip() for part in said.partition(":"))
    chosen = reader.choice("reason", list(DecisionReason), empty=None)
    reason = DecisionReason(chosen) if chosen else None
    note = reader.optional("note")
    if word in ("confirm", "na") and not cause:
        return Verdict(to="confirm" if word == "confirm" else "na", reason=reason, note=note)
    if word == "unknown":
        if cause and cause not in list(Cause):
            reader.report("decision", f"there is no such cause; known are {', '.join(Cause)}")
            return None
        return Verdict(to="unknown", cause=Cause(cause) if cause else None, reason=reason, note=note)
    if read_level(said) is None:
        reader.report("decision", "write a level such as 0.5, or confirm, na, unknown, unknown:CAUSE")
        return None
    level = cells.level(reader, "decision", cell)
    return None if level is None else Verdict(to="level", level=level, reason=reason, note=note)
