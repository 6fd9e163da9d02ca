"""Sheets of XLSX files as raw rows: bounded when unpacked, no entities, no formulas."""

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from config.problems import Problem
from config.tables import MAX_FILE_BYTES, MAX_ROWS, BrokenTableError

MAX_UNPACKED_BYTES = 300_000_000
MAX_COLUMNS = 100

# What the reader raises over parts that are well-formed XML but no workbook: it does not translate them itself.
_DAMAGE = (
    InvalidFileException,
    zipfile.BadZipFile,
    ParseError,
    OSError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
)


def read_sheet(path: Path, sheet: str | None, problems: list[Problem]) -> Iterator[list[str]]:
    """Rows of a sheet as text; `sheet` None means the first one. Formulas are reported, never computed.

    Raises BrokenTableError when the file is no usable workbook or has no such sheet.
    """
    _check_archive(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and views that the reader does not know are of no matter here
            workbook = load_workbook(path, read_only=True, data_only=False)
            try:
                yield from _rows(path, workbook, sheet, problems)
            finally:
                workbook.close()
    except _DAMAGE as error:
        raise BrokenTableError(_damaged(path)) from error


def _rows(path: Path, workbook: Any, sheet: str | None, problems: list[Problem]) -> Iterator[list[str]]:
    names = {worksheet.title.strip().lower(): worksheet for worksheet in workbook.worksheets}
    chosen = next(iter(names.values()), None) if sheet is None else names.get(sheet)
    if chosen is None:
        fix = f"the workbook has no sheet named {sheet!r}: add it or rename one of {', '.join(names) or 'none'}"
        raise BrokenTableError(Problem(path.name, None, None, None, fix))
    chosen.reset_dimensions()  # a wrong declared size would hide rows or invent a million empty ones
    shown = path.name if sheet is None else f"{path.name} [{chosen.title}]"
    for number, cells in enumerate(chosen.iter_rows(), start=1):
        if number > MAX_ROWS:
            raise BrokenTableError(
                Problem(shown, number, None, None, f"the sheet has more than {MAX_ROWS:,} rows: split it")
            )
        row: list[str] = []
        for place, cell in enumerate(cells[:MAX_COLUMNS]):
            if cell.data_type == "f":
                fix = "the cell holds a formula: paste its value instead"
                problems.append(Problem(shown, number, f"column {place + 1}", str(cell.value), fix))
                row.append("")
            else:
                row.append(_as_text(cell.value))
        yield row


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def _check_archive(path: Path) -> None:
    if path.stat().st_size > MAX_FILE_BYTES:
        raise BrokenTableError(
            Problem(path.name, None, None, None, f"the file is larger than {MAX_FILE_BYTES // 1_000_000} MB: split it")
        )
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
                fix = "the workbook unpacks to more than it may: remove pictures and empty rows"
                raise BrokenTableError(Problem(path.name, None, None, None, fix))
            for entry in archive.infolist():
                if entry.filename.endswith((".xml", ".rels")):
                    with archive.open(entry) as file:
                        for _, element in iterparse(file, forbid_dtd=True):
                            element.clear()
    except (zipfile.BadZipFile, ParseError, EOFError, RuntimeError, NotImplementedError) as error:
        raise BrokenTableError(_damaged(path)) from error
    except DefusedXmlException as error:
        fix = "the workbook declares XML entities, which no spreadsheet needs: save it again from a spreadsheet program"
        raise BrokenTableError(Problem(path.name, None, None, None, fix)) from error


def _damaged(path: Path) -> Problem:
    fix = "this is not a readable .xlsx workbook: save it again as Excel Workbook (.xlsx), without a password"
    return Problem(path.name, None, None, None, fix)
