"""Reads a dated export of the national window: which services of which agencies it lists (I05)."""

import hashlib
from datetime import date
from pathlib import Path

from config.cell_values import ascii_digits
from config.models import Frozen, Register
from config.participation import read_day
from config.problems import InputError, Problem, did_you_mean
from config.register_rows import RowReader
from config.round_tables import read_table

REQUIRED = ("agency", "service", "code", "title", "exported_at")
OPTIONAL = ("listed_at", "url", "active")


class ListedService(Frozen):
    """One row of the export: a service as the national window lists it.

    `service` is the register's id where whoever made the export knew it, `active` is False where the row's target is
    dead, None where nobody looked.
    """

    row: int
    service: str | None = None
    code: str | None = None
    title: str = ""
    listed_at: date | None = None
    url: str | None = None
    active: bool | None = None


class NationalWindowExport(Frozen):
    """What one export lists for each agency whose page it holds; an agency with an empty page has no services.

    `sha256` is the digest of the file as it was given, `exported_at` the day on which the pages were read.
    """

    file: str
    sha256: str
    exported_at: date
    agencies: dict[str, tuple[ListedService, ...]]


def load_national_window(path: Path, register: Register, *, today: date) -> NationalWindowExport:
    """The export in a CSV or XLSX file: agency, service, code, title, exported_at, and listed_at, url, active if known.

    One row for each service listed, with its national code, its title or the register's id; a row that names only the
    agency says that its page lists nothing. All rows bear the same day of export. Raises InputError with every fault.
    """
    problems: list[Problem] = []
    table = read_table(path, required=REQUIRED, optional=OPTIONAL, problems=problems)
    agencies: dict[str, list[ListedService]] = {}
    days: dict[date, int] = {}
    for row in table.rows:
        reader = RowReader(table, row, problems)
        agency = _agency(reader, register)
        exported_at = _day(reader, "exported_at", today)
        if exported_at is None and not reader.text("exported_at"):
            reader.report("exported_at", "the cell is empty: write the day of the export, e.g. 1405-07-13")
        elif exported_at is not None:
            days.setdefault(exported_at, row.number)
        listed = _listed(reader, row.number, agency, register, today)
        if agency is not None:
            known = agencies.setdefault(agency, [])
            if listed is not None:
                known.append(listed)
    if len(days) > 1:
        first, *others = days
        fix = f"another day than in row {days[first]} ({first.isoformat()}): give each export as a file of its own"
        problems += [Problem(table.file, days[day], "exported_at", day.isoformat(), fix) for day in others]
    if not table.rows and not problems:
        problems.append(Problem(table.file, None, None, None, "the table lists nothing: add a row for each service"))
    if problems:
        raise InputError(sorted(problems, key=lambda problem: problem.row or 0))
    return NationalWindowExport(
        file=path.name,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        exported_at=next(iter(days)),
        agencies={agency: tuple(rows) for agency, rows in agencies.items()},
    )


def _agency(reader: RowReader, register: Register) -> str | None:
    agency = reader.reference("agency")
    if agency is None:
        reader.report("agency", "the cell is empty: write the id of the agency")
    elif register.agency(agency) is None:
        hint = did_you_mean(agency, (one.id for one in register.agencies)) or "look it up in the register"
        reader.report("agency", f"there is no agency with this id: {hint}")
        return None
    return agency


def _listed(
    reader: RowReader, number: int, agency: str | None, register: Register, today: date
) -> ListedService | None:
    """The service of a row; None for a row that names only the agency, and after a report of the service."""
    service = reader.reference("service")
    own = {one.id for one in register.services_of(agency)} if agency is not None else set()
    if service is not None and agency is not None and service not in own:
        hint = did_you_mean(service, own) or "look it up in the register, or leave the cell empty"
        reader.report("service", f"{agency} has no service with this id: {hint}")
    code = ascii_digits(reader.text("code")) or None
    listed_at = _day(reader, "listed_at", today)
    url, active = reader.url("url"), reader.yes_no("active", empty=None)
    if service is None and code is None and not reader.text("title"):
        return None
    return ListedService(
        row=number, service=service, code=code, title=reader.text("title"), listed_at=listed_at, url=url, active=active
    )


def _day(reader: RowReader, column: str, today: date) -> date | None:
    """A day of either calendar, None where the cell is empty or wrong."""
    text = reader.text(column)
    if not text:
        return None
    day = read_day(text)
    if day is None:
        reader.report(column, "write a day such as 2026-10-05 or 1405-07-13")
    elif day > today:
        reader.report(column, "this day has not come yet")
        return None
    return day
