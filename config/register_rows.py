"""Rows of the register's two tables as agencies and services, cell by cell, every fault collected."""

import re
from collections.abc import Iterable
from typing import Any, TypeVar, get_args

from config.cell_values import ascii_digits, fold_word, host_fault, read_yes_no, url_fault
from config.models import Agency, AgencyKind, Audience, Participation, Service, ServiceFlag, ServiceStatus
from config.problems import Problem, did_you_mean
from config.tables import Row, Table

AGENCY_REQUIRED = (
    "id", "name_fa", "name_en", "kind", "parent", "cluster", "portal_url", "extra_hosts", "participation",
)  # fmt: skip
AGENCY_OPTIONAL = ("aliases", "has_public_services", "source", "verified")
SERVICE_REQUIRED = ("id", "agency", "parent", "title_fa", "title_en", "audience", "status", "url", "instant")
SERVICE_OPTIONAL = ("code", "flags", "source", "verified")

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
Record = TypeVar("Record", Agency, Service)


class RowReader:
    """Reads the cells of one row and reports what is wrong with them."""

    def __init__(self, table: Table, row: Row, problems: list[Problem]) -> None:
        self._table = table
        self._row = row
        self._problems = problems

    def report(self, column: str, fix: str) -> None:
        """Add a problem about a cell of this row."""
        if column in self._table.columns or column in ("id", "agency"):
            value = self._row.cells.get(column, "")
            self._problems.append(Problem(self._table.file, self._row.number, column, value or None, fix))

    def text(self, column: str) -> str:
        """The cell as it is, empty where there is none."""
        return self._row.cells.get(column, "")

    def optional(self, column: str) -> str | None:
        """The cell as it is, None where it is empty."""
        return self.text(column) or None

    def identifier(self, column: str) -> str:
        """A name that other rows and folders use; empty after a report."""
        value = ascii_digits(self.text(column))
        if not value:
            self.report(column, "the cell is empty: every row needs an id of its own")
        elif not _ID.fullmatch(value):
            self.report(
                column, "use Latin letters, digits, dot, hyphen and underscore, at most 64, the first a letter or digit"
            )
            return ""
        return value

    def reference(self, column: str) -> str | None:
        """The id of another row, None where the cell is empty. Whether it exists is seen later."""
        return ascii_digits(self.text(column)) or None

    def choice(self, column: str, known: Iterable[str], *, empty: str | None) -> str | None:
        """One word of a closed list, in any case; `empty` stands for an empty cell."""
        value = self.text(column)
        if not value:
            return empty
        words = {fold_word(word): word for word in known}
        chosen = words.get(fold_word(value).replace("-", "_").replace(" ", "_"))
        if chosen is None:
            self.report(column, did_you_mean(value, words.values()))
            return empty
        return chosen

    def choices(self, column: str, known: Iterable[str]) -> frozenset[str]:
        """Words of a closed list, separated by semicolons."""
        words = {fold_word(word): word for word in known}
        found: set[str] = set()
        for part in self.parts(column):
            chosen = words.get(fold_word(part).replace("-", "_").replace(" ", "_"))
            if chosen is None:
                self.report(column, f"unknown word {part!r}: {did_you_mean(part, words.values())}")
            else:
                found.add(chosen)
        return frozenset(found)

    def parts(self, column: str) -> tuple[str, ...]:
        """The pieces of a cell between semicolons, without empty ones and doubles."""
        pieces = (piece.strip() for piece in re.split("[;؛]", self.text(column)))
        return tuple(dict.fromkeys(piece for piece in pieces if piece))

    def yes_no(self, column: str, *, empty: bool | None) -> bool | None:
        """A truth value in any usual word; `empty` stands for an empty cell."""
        value = self.text(column)
        if not value:
            return empty
        read = read_yes_no(value)
        if read is None:
            self.report(column, "write true or false (yes, no, 1, 0, بله and خیر will do)")
            return empty
        return read

    def url(self, column: str) -> str | None:
        """A web address, None where the cell is empty or wrong."""
        value = self.optional(column)
        fault = url_fault(value) if value else None
        if fault:
            self.report(column, fault)
            return None
        return value

    def hosts(self, column: str) -> tuple[str, ...]:
        """Host names separated by semicolons, lower case."""
        found: list[str] = []
        for part in self.parts(column):
            fault = host_fault(part)
            if fault:
                self.report(column, f"{part!r}: {fault}")
            else:
                found.append(part.lower())
        return tuple(found)

    def either(self, first: str, second: str) -> tuple[str, str]:
        """Two cells of which one must be filled (a name in two languages)."""
        one, other = self.text(first), self.text(second)
        if not one and not other:
            self.report(first, f"the name is empty: fill {first} or {second}")
        return one, other


def read_agency(reader: RowReader) -> Agency | None:
    """One agency, None when its row has a fault that leaves no agency to speak of."""
    agency_id = reader.identifier("id")
    name_fa, name_en = reader.either("name_fa", "name_en")
    kind = reader.choice("kind", get_args(AgencyKind), empty=None)
    if not reader.text("kind"):
        reader.report("kind", f"the cell is empty: write one of {', '.join(get_args(AgencyKind))}")
    values: dict[str, Any] = {
        "id": agency_id,
        "name_fa": name_fa or name_en,
        "name_en": name_en or name_fa,
        "kind": kind or "other",
        "parent": reader.reference("parent"),
        "cluster": reader.optional("cluster"),
        "portal_url": reader.url("portal_url"),
        "extra_hosts": reader.hosts("extra_hosts"),
        "participation": reader.choice("participation", get_args(Participation), empty="none"),
        "aliases": reader.parts("aliases"),
        "has_public_services": reader.yes_no("has_public_services", empty=True),
        "source": reader.optional("source"),
        "verified": reader.yes_no("verified", empty=None),
    }
    return Agency(**values) if agency_id else None


def read_service(reader: RowReader) -> Service | None:
    """One service, None when its row has a fault that leaves no service to speak of."""
    service_id = reader.identifier("id")
    title_fa, title_en = reader.either("title_fa", "title_en")
    agency = reader.reference("agency")
    if agency is None:
        reader.report("agency", "the cell is empty: write the id of the agency that gives the service")
    values: dict[str, Any] = {
        "id": service_id,
        "agency": agency or "",
        "parent": reader.reference("parent"),
        "title_fa": title_fa or title_en,
        "title_en": title_en,
        "audience": reader.choice("audience", get_args(Audience), empty=None),
        "status": reader.choice("status", get_args(ServiceStatus), empty=None),
        "url": reader.url("url"),
        "instant": reader.yes_no("instant", empty=False),
        "code": ascii_digits(reader.text("code")) or None,
        "flags": reader.choices("flags", get_args(ServiceFlag)),
        "source": reader.optional("source"),
        "verified": reader.yes_no("verified", empty=None),
    }
    return Service(**values) if service_id else None
