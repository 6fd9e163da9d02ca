"""Reads a register folder: agencies and services, as CSV or XLSX, with every fault of both files at once."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from config.models import Agency, Register, Service
from config.problems import InputError, Problem
from config.register_links import Placed, link_problems
from config.register_rows import (
    AGENCY_OPTIONAL,
    AGENCY_REQUIRED,
    SERVICE_OPTIONAL,
    SERVICE_REQUIRED,
    RowReader,
    read_agency,
    read_service,
)
from config.tables import BrokenTableError, Table, build_table, read_csv
from config.workbooks import read_sheet

Record = TypeVar("Record", Agency, Service)
_COLUMNS = {"agencies": (AGENCY_REQUIRED, AGENCY_OPTIONAL), "services": (SERVICE_REQUIRED, SERVICE_OPTIONAL)}


def load_register(folder: Path) -> Register:
    """The register in `folder`: agencies.csv and services.csv, or the same as .xlsx, or one register.xlsx.

    The columns are those of the register contract; `aliases`, `has_public_services`, `source`, `verified` (agencies)
    and `code`, `flags`, `source`, `verified` (services) may be left out. Raises InputError with every fault found.
    """
    problems: list[Problem] = []
    agency_table = _table(folder, "agencies", problems)
    service_table = _table(folder, "services", problems)
    agencies = _records(agency_table, read_agency, problems)
    services = _records(service_table, read_service, problems)
    if agency_table is not None and not agencies and not problems:
        problems.append(Problem(agency_table.file, None, None, None, "the table names no agency: add a row for each"))
    if agency_table is not None and service_table is not None:
        problems.extend(link_problems(agencies, services))
    if problems:
        order = [table.file for table in (agency_table, service_table) if table is not None]
        places = {file: place for place, file in enumerate(order, start=1)}
        raise InputError(sorted(problems, key=lambda found: (places.get(found.file, 0), found.row or 0)))
    return Register(
        agencies=tuple(placed.record for placed in agencies), services=tuple(placed.record for placed in services)
    )


def _table(folder: Path, name: str, problems: list[Problem]) -> Table | None:
    required, optional = _COLUMNS[name]
    try:
        path, sheet = _source(folder, name)
        if path.suffix.lower() != ".xlsx":
            return read_csv(path, required=required, optional=optional, problems=problems)
        shown = path.name if sheet is None else f"{path.name} [{sheet}]"
        rows = read_sheet(path, sheet, problems)
        return build_table(shown, rows, required, optional, problems)
    except BrokenTableError as error:
        if error.problem not in problems:
            problems.append(error.problem)
    except OSError as error:
        fix = f"the file cannot be read ({error.strerror or error}): check that it exists and may be opened"
        problems.append(Problem(f"{name}.csv", None, None, None, fix))
    return None


def _source(folder: Path, name: str) -> tuple[Path, str | None]:
    """The file of one table, and the sheet where both tables share a workbook."""
    if folder.is_file() and folder.suffix.lower() == ".xlsx":
        return folder, name
    if not folder.is_dir():
        fix = "there is no such folder: name the folder that holds agencies.csv and services.csv"
        raise BrokenTableError(Problem(str(folder), None, None, None, fix))
    own = [folder / f"{name}.csv", folder / f"{name}.xlsx"]
    shared = folder / "register.xlsx"
    found: list[tuple[Path, str | None]] = [(path, None) for path in own if path.is_file()]
    if shared.is_file():
        found.append((shared, name))
    if len(found) > 1:
        names = " and ".join(path.name for path, _ in found)
        fix = f"the folder holds {names}: keep one of them, else nobody knows which is meant"
        raise BrokenTableError(Problem(str(folder), None, None, None, fix))
    if not found:
        fix = f"the file is missing in {folder}: add {name}.csv, {name}.xlsx or register.xlsx with a sheet {name!r}"
        raise BrokenTableError(Problem(f"{name}.csv", None, None, None, fix))
    return found[0]


def _records(
    table: Table | None, read: Callable[[RowReader], Record | None], problems: list[Problem]
) -> list[Placed[Record]]:
    placed: list[Placed[Record]] = []
    rows: Iterable[tuple[int, Record | None]] = (
        () if table is None else ((row.number, read(RowReader(table, row, problems))) for row in table.rows)
    )
    for number, record in rows:
        if record is not None and table is not None:
            placed.append(Placed(record, table.file, number))
    return placed
