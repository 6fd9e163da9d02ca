"""What one register row says about another: duplicate ids, parents, cycles, agencies of services."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from config.models import Agency, Service
from config.problems import Problem, did_you_mean

Record = TypeVar("Record", Agency, Service)


@dataclass(frozen=True, slots=True)
class Placed(Generic[Record]):
    """An agency or a service with the file and row it came from."""

    record: Record
    file: str
    row: int

    def problem(self, column: str, value: str | None, fix: str) -> Problem:
        """A problem in a cell of this row."""
        return Problem(self.file, self.row, column, value, fix)


def link_problems(agencies: Sequence[Placed[Agency]], services: Sequence[Placed[Service]]) -> list[Problem]:
    """Every fault between the rows of both tables."""
    known_agencies = {placed.record.id: placed.record for placed in agencies}
    known_services = {placed.record.id: placed.record for placed in services}
    return [
        *_duplicates(agencies),
        *_unknown_parents(agencies, known_agencies),
        *_cycles(agencies, {key: record.parent for key, record in known_agencies.items()}),
        *_duplicates(services),
        *_unknown_agencies(services, known_agencies),
        *_unknown_parents(services, known_services),
        *_foreign_parents(services, known_services),
        *_cycles(services, {key: record.parent for key, record in known_services.items()}),
    ]


def _duplicates(placed: Sequence[Placed[Record]]) -> list[Problem]:
    # Ids name folders, and some file systems do not tell letter case apart.
    first: dict[str, int] = {}
    problems: list[Problem] = []
    for entry in placed:
        key = entry.record.id.lower()
        if key in first:
            fix = f"the id stands in row {first[key]} already (letter case does not count): give each row its own"
            problems.append(entry.problem("id", entry.record.id, fix))
        else:
            first[key] = entry.row
    return problems


def _unknown_agencies(services: Sequence[Placed[Service]], known: Mapping[str, Agency]) -> list[Problem]:
    return [
        entry.problem("agency", entry.record.agency, _unknown("agency", entry.record.agency, known))
        for entry in services
        if entry.record.agency and entry.record.agency not in known
    ]


def _unknown_parents(placed: Sequence[Placed[Record]], known: Mapping[str, Record]) -> list[Problem]:
    return [
        entry.problem("parent", entry.record.parent, _unknown("row", entry.record.parent, known))
        for entry in placed
        if entry.record.parent is not None and entry.record.parent not in known
    ]


def _foreign_parents(services: Sequence[Placed[Service]], known: Mapping[str, Service]) -> list[Problem]:
    problems: list[Problem] = []
    for entry in services:
        parent = known.get(entry.record.parent or "")
        if parent is not None and parent.agency != entry.record.agency:
            fix = f"the parent belongs to agency {parent.agency!r}: a sub-service stays in its own agency"
            problems.append(entry.problem("parent", entry.record.parent, fix))
    return problems


def _cycles(placed: Sequence[Placed[Record]], parents: Mapping[str, str | None]) -> list[Problem]:
    problems: list[Problem] = []
    done: set[str] = set()
    for entry in placed:
        path: list[str] = []
        step: str = entry.record.id
        while step and step not in done and step not in path:
            path.append(step)
            step = parents.get(step) or ""
        if step in path:
            loop = [*path[path.index(step) :], step]
            start = next(one for one in placed if one.record.id == step)
            fix = f"the parents run in a circle ({' > '.join(loop)}): empty one of these cells"
            problems.append(start.problem("parent", start.record.parent, fix))
        done.update(path)
    return problems


def _unknown(what: str, value: str, known: Mapping[str, object]) -> str:
    hint = did_you_mean(value, known)
    return f"no {what} has this id: {hint}" if hint else f"no {what} has this id: add it or correct the cell"
