"""Tables that are brought into a round: one file, and rows that speak of an agency, a service and an indicator."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from config.cell_values import ascii_digits
from config.framework_keys import exact
from config.models import Framework, Indicator, Register, service_units
from config.problems import InputError, Problem, did_you_mean
from config.register_rows import RowReader
from config.tables import BrokenTableError, Table, build_table, read_csv
from config.workbooks import read_sheet

MAX_LISTED_LEVELS = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """One indicator of one agency, or of one of its services: what a finding, a decision or a declaration is about."""

    agency: str
    service: str | None
    indicator: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.agency, self.service, self.indicator) if part)


def read_table(path: Path, *, required: Iterable[str], optional: Iterable[str], problems: list[Problem]) -> Table:
    """The table of a CSV file or of the first sheet of an XLSX file. Faults of form are added to `problems`.

    Raises InputError where there is no table to go on with.
    """
    try:
        if path.suffix.lower() == ".xlsx":
            return build_table(path.name, read_sheet(path, None, problems), required, optional, problems)
        return read_csv(path, required=required, optional=optional, problems=problems)
    except BrokenTableError as error:
        raise InputError([error.problem]) from error
    except OSError as error:
        fix = f"the file cannot be read ({error.strerror or error}): check that it exists and may be opened"
        raise InputError([Problem(str(path), None, None, None, fix)]) from error


class CellReader:
    """Finds the cell that a row speaks of, and levels on its indicator's grid, in a round's register and framework."""

    def __init__(self, register: Register, framework: Framework) -> None:
        self._indicators = {indicator.id: indicator for indicator in framework.indicators}
        self._agencies = {agency.id for agency in register.agencies}
        self._owners = {
            unit.id: unit.agency
            for agency in register.agencies
            for unit in service_units(register.services_of(agency.id), framework.service_unit)
        }
        self._units: dict[str, set[str]] = {}
        for unit, owner in self._owners.items():
            self._units.setdefault(owner, set()).add(unit)
        self._services = {service.id for service in register.services}

    def agency(self, reader: RowReader) -> str | None:
        """The agency of a row, None after a report."""
        agency = reader.reference("agency")
        if agency is None:
            reader.report("agency", "the cell is empty: write the id of the agency")
        elif agency not in self._agencies:
            reader.report("agency", _no_such("agency", agency, self._agencies))
            return None
        return agency

    def cell(self, reader: RowReader) -> Cell | None:
        """The cell of a row, None after a report."""
        agency = self.agency(reader)
        indicator = self._indicator(reader)
        service = reader.reference("service")
        if agency is None or indicator is None:
            return None
        if indicator.scope == "portal":
            if service is not None:
                reader.report("service", f"{indicator.id} is about the whole portal: leave the cell empty")
                return None
            return Cell(agency, None, indicator.id)
        own = self._units.get(agency, set())
        if service is None:
            reader.report("service", f"{indicator.id} is about one service: write its id")
        elif service not in own and service in self._services:
            owner = self._owners.get(service)
            fix = "this service is not judged itself, its sub-services or parent are" if owner in (None, agency) else ""
            reader.report("service", fix or f"this is a service of {owner}, not of {agency}")
        elif service not in own:
            reader.report("service", _no_such(f"service of {agency}", service, own))
        else:
            return Cell(agency, service, indicator.id)
        return None

    def level(self, reader: RowReader, column: str, cell: Cell | None) -> float | None:
        """A level on the grid of the cell's indicator, None after a report."""
        text = reader.text(column)
        level = read_level(text)
        if level is None:
            reader.report(column, "write a level from 0 to 1, e.g. 0.5" if text else "the cell is empty: write a level")
            return None
        if cell is not None and not (indicator := self._indicators[cell.indicator]).allows(float(level)):
            reader.report(column, grid_fault(indicator))
            return None
        return float(level)

    def _indicator(self, reader: RowReader) -> Indicator | None:
        indicator_id = reader.reference("indicator")
        if indicator_id is None:
            reader.report("indicator", "the cell is empty: write the id of the indicator, e.g. T02")
            return None
        found = self._indicators.get(indicator_id) or self._indicators.get(indicator_id.upper())
        if found is None:
            reader.report("indicator", _no_such("indicator", indicator_id, self._indicators))
        return found


def read_level(text: str) -> Fraction | None:
    """A level as people write it (0.5, ۰٫۵, 1/2), None where it is none from 0 to 1."""
    level = exact(ascii_digits(text).replace("٫", "."))
    return level if level is not None and 0 <= level <= 1 else None


def grid_fault(indicator: Indicator) -> str:
    """What to write instead of a level that is not on the indicator's grid."""
    shown = ", ".join(f"{level:g}" for level in indicator.levels[:MAX_LISTED_LEVELS])
    return f"the levels of {indicator.id} are {shown}" if shown else f"{indicator.id} takes a share from 0 to 1"


def _no_such(what: str, value: str, known: Iterable[str]) -> str:
    return f"there is no {what} with this id: {did_you_mean(value, known) or 'look it up in the register'}"
