"""Tables from CSV and XLSX files: bounded, never executed, every fault of form with its row."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from config.problems import Problem, did_you_mean

MAX_FILE_BYTES = 50_000_000
MAX_ROWS = 200_000
MAX_CELL_CHARACTERS = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet shows it, and the cells by column name, stripped, empty where missing."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """One file or sheet: the name to show in messages, the columns in file order, and the rows that hold anything."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class BrokenTableError(Exception):
    """A file or sheet that is no readable table at all."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def read_csv(path: Path, *, required: Iterable[str], optional: Iterable[str], problems: list[Problem]) -> Table:
    """The table of a CSV file in UTF-8 (with or without BOM). Faults of form are added to `problems`.

    Raises BrokenTableError when there is nothing to go on with: unreadable, empty, too large, other encoding.
    """
    text = _decoded(path)
    first_line = text.split("\n", 1)[0]
    for separator, name in ((";", "semicolons"), ("\t", "tabs")):
        if "," not in first_line and separator in first_line:
            fix = f"the columns are separated by {name}: save the file as CSV with commas"
            raise BrokenTableError(Problem(path.name, 1, None, first_line.strip(), fix))
    return build_table(path.name, _csv_rows(path.name, text), required, optional, problems)


def build_table(
    file: str,
    rows: Iterable[list[str]],
    required: Iterable[str],
    optional: Iterable[str],
    problems: list[Problem],
) -> Table:
    """The table of raw rows, whose first one is the heading. Faults of form are added to `problems`."""
    iterator = iter(rows)
    header = next(iterator, None)
    if header is None or not any(cell.strip() for cell in header):
        raise BrokenTableError(
            Problem(file, None, None, None, "the file is empty: the first row must name the columns")
        )
    columns = _columns(file, header, list(required), list(optional), problems)
    read: list[Row] = []
    for number, raw in enumerate(iterator, start=2):
        if number > MAX_ROWS:
            raise BrokenTableError(
                Problem(file, number, None, None, f"the table has more than {MAX_ROWS:,} rows: split it")
            )
        if not any(cell.strip() for cell in raw):
            continue
        if any(cell.strip() for cell in raw[len(header) :]):
            fix = "the row has more cells than there are columns: put text that contains a comma into double quotes"
            problems.append(Problem(file, number, None, ", ".join(raw[len(header) :]), fix))
        cells = {name: raw[place].strip() if place < len(raw) else "" for name, place in columns.items()}
        for name, value in cells.items():
            if len(value) > MAX_CELL_CHARACTERS:
                fix = f"the cell holds more than {MAX_CELL_CHARACTERS:,} characters: shorten it"
                problems.append(Problem(file, number, name, value, fix))
                cells[name] = ""
        read.append(Row(number, cells))
    return Table(file, tuple(columns), tuple(read))


def _decoded(path: Path) -> str:
    if path.stat().st_size > MAX_FILE_BYTES:
        raise BrokenTableError(
            Problem(path.name, None, None, None, f"the file is larger than {MAX_FILE_BYTES // 1_000_000} MB: split it")
        )
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BrokenTableError(Problem(path.name, None, None, None, "the file is in UTF-16: save it as CSV UTF-8"))
    if data.startswith(b"PK\x03\x04"):
        raise BrokenTableError(Problem(path.name, None, None, None, "this is an Excel file: name it .xlsx"))
    if b"\x00" in data:
        row = data[: data.index(b"\x00")].count(b"\n") + 1
        raise BrokenTableError(
            Problem(path.name, row, None, None, "the file holds NUL bytes, it is damaged: save it again")
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        line = data.splitlines()[row - 1]
        shown = line.decode("cp1256", errors="replace")
        fix = "the file is not in UTF-8 (it looks like windows-1256): save it as CSV UTF-8"
        raise BrokenTableError(Problem(path.name, row, None, shown, fix)) from error


def _csv_rows(file: str, text: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    while True:
        number += 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            fix = f"the row cannot be read ({error}): look for a double quote that is not closed or not doubled"
            raise BrokenTableError(Problem(file, number, None, None, fix)) from error
        yield row


def _columns(
    file: str, header: list[str], required: list[str], optional: list[str], problems: list[Problem]
) -> dict[str, int]:
    known = [*required, *optional]
    columns: dict[str, int] = {}
    for place, raw in enumerate(header):
        name = raw.strip().lower()
        if not name:
            continue
        if name in columns:
            problems.append(Problem(file, 1, raw.strip(), None, "the column stands twice: remove one"))
        elif name not in known:
            missing = [word for word in known if word not in {cell.strip().lower() for cell in header}]
            hint = did_you_mean(name, missing) or "remove the column"
            problems.append(Problem(file, 1, raw.strip(), None, f"unknown column: {hint}"))
        else:
            columns[name] = place
    problems.extend(
        Problem(file, 1, name, None, "the column is missing: add it, with empty cells where nothing is known")
        for name in required
        if name not in columns
    )
    return columns
