"""Reads declarations: what agencies say of themselves, by indicator and service, with files as evidence."""

import hashlib
from pathlib import Path, PurePosixPath

from config.models import Framework, Frozen, Register
from config.problems import InputError, Problem
from config.register_rows import RowReader
from config.round_tables import Cell, CellReader, read_table

REQUIRED = ("agency", "service", "indicator", "level", "evidence")
OPTIONAL = ("note",)
MAX_EVIDENCE_BYTES = 50_000_000


DECLARED_FILES = Path("evidence") / "declarations"
"""Where a workspace keeps the files that agencies gave as evidence."""


def declared_file(home: Path, sha256: str) -> Path:
    """Where the file of this digest lies in a workspace."""
    return home / DECLARED_FILES / sha256[:2] / sha256


class DeclaredFile(Frozen):
    """A file that an agency gave as evidence: its name in the delivery, digest of its bytes, and size in bytes."""

    name: str
    sha256: str
    size_bytes: int


class DeclaredRow(Frozen):
    """One row of a declaration: the level (0 to 1, on the grid) that the agency claims for one cell."""

    row: int
    agency: str
    service: str | None
    indicator: str
    level: float
    note: str | None = None
    evidence: tuple[DeclaredFile, ...] = ()


def load_declarations(
    path: Path, register: Register, framework: Framework, *, evidence_folder: Path | None = None
) -> tuple[DeclaredRow, ...]:
    """The declarations in a CSV or XLSX file: agency, service (empty for the portal), indicator, level, evidence, note.

    Evidence names files, separated by semicolons, in `evidence_folder` (default: the folder of the file); a level above
    0 needs one. Raises InputError with every fault found.
    """
    problems: list[Problem] = []
    table = read_table(path, required=REQUIRED, optional=OPTIONAL, problems=problems)
    cells = CellReader(register, framework)
    files = _Files((evidence_folder or path.parent).resolve())
    first_row: dict[Cell, int] = {}
    found: list[DeclaredRow] = []
    for row in table.rows:
        reader = RowReader(table, row, problems)
        cell = cells.cell(reader)
        level = cells.level(reader, "level", cell)
        evidence = files.read(reader)
        if level and not reader.text("evidence"):
            reader.report("evidence", "a level above 0 needs a file that proves it: write its name")
        if cell is not None and cell in first_row:
            reader.report("indicator", f"the same is declared in row {first_row[cell]} already: keep one of the rows")
        elif cell is not None:
            first_row[cell] = row.number
            if level is not None:
                found.append(
                    DeclaredRow(
                        row=row.number,
                        agency=cell.agency,
                        service=cell.service,
                        indicator=cell.indicator,
                        level=level,
                        note=reader.optional("note"),
                        evidence=evidence,
                    )
                )
    if not table.rows and not problems:
        problems.append(Problem(table.file, None, None, None, "the table declares nothing: add a row for each claim"))
    if problems:
        raise InputError(sorted(problems, key=lambda problem: problem.row or 0))
    return tuple(found)


class _Files:
    """Evidence files of one delivery; each is read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, DeclaredFile | str] = {}

    def read(self, reader: RowReader) -> tuple[DeclaredFile, ...]:
        found: list[DeclaredFile] = []
        for name in reader.parts("evidence"):
            entry = self._known.setdefault(name, self._file(name)) if name not in self._known else self._known[name]
            if isinstance(entry, str):
                reader.report("evidence", f"{name!r}: {entry}")
            else:
                found.append(entry)
        return tuple(found)

    def _file(self, name: str) -> DeclaredFile | str:
        """The file, or what is wrong with its name."""
        plain = PurePosixPath(name.replace("\\", "/"))
        path = (self._folder / plain).resolve()
        if plain.is_absolute() or not path.is_relative_to(self._folder):
            return "name a file inside the folder of the delivery"
        try:
            if not path.is_file():
                return "there is no such file in the folder of the delivery"
            size = path.stat().st_size
            if size == 0:
                return "the file is empty"
            if size > MAX_EVIDENCE_BYTES:
                return f"the file is larger than {MAX_EVIDENCE_BYTES // 1_000_000} MB: split or shrink it"
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except (OSError, ValueError) as error:
            return f"the file cannot be read ({getattr(error, 'strerror', None) or error})"
        return DeclaredFile(name=str(plain), sha256=digest, size_bytes=size)
