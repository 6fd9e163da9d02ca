"""Reads who took part in a round: sessions, invitations, attendance, representatives, co-operation refused."""

from datetime import date
from pathlib import Path

from persiantools.jdatetime import JalaliDate

from config.cell_values import ascii_digits
from config.models import Framework, Frozen, Register
from config.problems import InputError, Problem
from config.register_rows import RowReader
from config.round_tables import CellReader, read_table

REQUIRED = ("session", "agency", "invited", "attended", "representatives")
OPTIONAL = ("held_on", "cooperation", "note")
MAX_REPRESENTATIVES = 1_000
FIRST_GREGORIAN_YEAR = 1700
"""A smaller year is one of the Persian calendar."""


class SessionRow(Frozen):
    """One agency in one session of a round, or (without a session) its refusal to co-operate.

    `representatives` counts the persons whom the agency sent.
    """

    row: int
    session: str | None
    held_on: date | None = None
    agency: str
    invited: bool
    attended: bool
    representatives: int
    refused: bool = False
    note: str | None = None


def load_participation(path: Path, register: Register, framework: Framework) -> tuple[SessionRow, ...]:
    """The rows of a CSV or XLSX file: session, agency, invited, attended, representatives, held_on, cooperation, note.

    `cooperation` is `yes` or `refused`. Raises InputError with every fault found.
    """
    problems: list[Problem] = []
    table = read_table(path, required=REQUIRED, optional=OPTIONAL, problems=problems)
    cells = CellReader(register, framework)
    first_row: dict[tuple[str | None, str], int] = {}
    dates: dict[str, date] = {}
    found: list[SessionRow] = []
    for row in table.rows:
        reader = RowReader(table, row, problems)
        entry = _session_row(reader, row.number, cells.agency(reader))
        if entry is None:
            continue
        key = (entry.session, entry.agency)
        if key in first_row:
            reader.report("agency", f"the same stands in row {first_row[key]} already: keep one of the rows")
        first_row.setdefault(key, row.number)
        if entry.session and entry.held_on and dates.setdefault(entry.session, entry.held_on) != entry.held_on:
            reader.report("held_on", f"another row says that this session was held on {dates[entry.session]}")
        found.append(entry)
    if not table.rows and not problems:
        problems.append(Problem(table.file, None, None, None, "the table is empty: add a row for each invitation"))
    if problems:
        raise InputError(sorted(problems, key=lambda problem: problem.row or 0))
    return tuple(found)


def _session_row(reader: RowReader, number: int, agency: str | None) -> SessionRow | None:
    session = reader.reference("session")
    refused = reader.choice("cooperation", ("yes", "refused"), empty="yes") == "refused"
    attended = bool(reader.yes_no("attended", empty=False))
    invited = bool(reader.yes_no("invited", empty=session is not None))
    representatives = _count(reader)
    if session is None and not refused:
        reader.report("session", "the cell is empty: write the name of the session, or that co-operation was refused")
    if session is None and (attended or representatives):
        reader.report("session", "someone came: write to which session")
    if representatives and not attended:
        reader.report("representatives", "someone was sent, so the session was attended: correct one of the cells")
    held_on = _day(reader)
    if agency is None:
        return None
    return SessionRow(
        row=number,
        session=session,
        held_on=held_on,
        agency=agency,
        invited=invited or attended,
        attended=attended,
        representatives=representatives,
        refused=refused,
        note=reader.optional("note"),
    )


def _count(reader: RowReader) -> int:
    text = ascii_digits(reader.text("representatives")) or "0"
    if not text.isascii() or not text.isdigit() or len(text) > 6 or int(text) > MAX_REPRESENTATIVES:
        reader.report("representatives", f"write how many persons came, 0 to {MAX_REPRESENTATIVES}")
        return 0
    return int(text)


def _day(reader: RowReader) -> date | None:
    text = reader.optional("held_on")
    if text is None:
        return None
    found = read_day(text)
    if found is None:
        reader.report("held_on", "write a day such as 2026-10-05 or 1405-07-13")
    return found


def read_day(text: str) -> date | None:
    """A day of the Gregorian or the Persian calendar (year-month-day), None where it is none."""
    parts = ascii_digits(text.strip()).split("T", 1)[0].replace("/", "-").split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        return None
    year, month, day = map(int, parts)
    try:
        if year >= FIRST_GREGORIAN_YEAR:
            return date(year, month, day)
        made: date = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
    except ValueError:
        return None
    return made
