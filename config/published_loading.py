"""Reads a series of rounds published by others, with every fault at once."""

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

from config.models import AgencyKind
from config.problems import InputError, Problem, did_you_mean
from config.published_models import (
    PRIORITY_IDS,
    Figure,
    PlaceBasis,
    Position,
    Precision,
    PublishedResult,
    PublishedRound,
    Source,
)
from config.tables import BrokenTableError, Row, Table, read_csv

_NUMBER = re.compile(r"\d{1,9}(\.\d{1,6})?")
_COLUMNS = {
    "sources.csv": ("id", "title", "address", "published"),
    "rounds.csv": ("round", "held", "source", "note"),
    "figures.csv": ("round", "agency", "figure", "value", "precision", "source", "note"),
    "agencies.csv": (
        "round", "agency", "name_fa", "name_en", "kind", "lists", "scope", "overall", "rank", "place",
        *(name.lower() for name in PRIORITY_IDS), *(f"{name.lower()}_rank" for name in PRIORITY_IDS), "source", "note",
    ),
    "positions.csv": ("round", "agency", "name_fa", "name_en", "list", "rank", "of", "place", "source", "note"),
}  # fmt: skip


class _Cells:
    """One row, whose cells are read and complained about by column."""

    def __init__(self, file: str, row: Row, problems: list[Problem]) -> None:
        self.file, self.row, self.problems = file, row, problems

    def report(self, column: str, fix: str) -> None:
        self.problems.append(Problem(self.file, self.row.number, column, self.row.cells.get(column) or None, fix))

    def optional(self, column: str) -> str | None:
        return self.row.cells.get(column) or None

    def text(self, column: str) -> str:
        value = self.optional(column)
        if value is None:
            self.report(column, "the cell is empty: write a value")
        return value or ""

    def decimal(self, column: str, *, most: int | None = None) -> Decimal | None:
        value = self.optional(column)
        if value is None:
            return None
        if not _NUMBER.fullmatch(value) or (most is not None and Decimal(value) > most):
            up_to = f" up to {most}" if most is not None else ""
            self.report(column, f"write a number{up_to} in Latin digits as printed, e.g. 87.25")
            return None
        return Decimal(value)

    def whole(self, column: str) -> int | None:
        value = self.optional(column)
        if value is None:
            return None
        if not re.fullmatch(r"[1-9]\d{0,5}", value):
            self.report(column, "write a whole number above 0")
            return None
        return int(value)

    def choice(self, column: str, words: tuple[str, ...], *, needed: bool) -> Any:
        value = self.optional(column)
        if value is None and not needed:
            return None
        if value not in words:
            self.report(column, did_you_mean(value or "", words) or f"write one of {', '.join(words)}")
            return words[0]
        return value

    def cited(self, known: set[str]) -> tuple[str, ...]:
        names = tuple(name.strip() for name in self.text("source").split(";") if name.strip())
        for name in names:
            if name not in known:
                self.report("source", f"sources.csv has no {name!r}: {did_you_mean(name, known)}")
        return names


def load_published(folder: Path) -> tuple[PublishedRound, ...]:
    """The rounds of the series in `folder`, whose name is the series, by number.

    Raises InputError with every fault found.
    """
    problems: list[Problem] = []
    tables = {name: _table(folder / name, columns, problems) for name, columns in _COLUMNS.items()}
    sources = tuple(_source(cells) for cells in _rows(tables["sources.csv"], problems))
    known = {source.id for source in sources}
    figures = [(_number(c), _figure(c, known)) for c in _rows(tables["figures.csv"], problems)]
    results = [(_number(c), _result(c, known)) for c in _rows(tables["agencies.csv"], problems)]
    positions = [(_number(c), _position(c, known)) for c in _rows(tables["positions.csv"], problems)]
    rounds: dict[int, PublishedRound] = {}
    for cells in _rows(tables["rounds.csv"], problems):
        number = _number(cells)
        if number in rounds:
            cells.report("round", "the round stands twice: remove one")
        of_round = PublishedRound(
            name=f"{folder.name}-{number}",
            series=folder.name,
            number=number,
            held=cells.optional("held"),
            source=" ".join(cells.cited(known)),
            note=cells.optional("note"),
            figures=tuple(entry for n, entry in figures if n == number),
            results=tuple(entry for n, entry in results if n == number),
            positions=tuple(entry for n, entry in positions if n == number),
            sources=sources,
        )
        rounds[number] = of_round
    problems += _stray(tables, {str(number) for number in rounds})
    problems += _twice("figures.csv", ((n, f.figure, f.agency) for n, f in figures))
    problems += _twice("agencies.csv", ((n, r.agency, r.lists) for n, r in results))
    if problems:
        raise InputError(problems)
    return tuple(rounds[number] for number in sorted(rounds))


def _table(path: Path, columns: tuple[str, ...], problems: list[Problem]) -> Table:
    try:
        return read_csv(path, required=columns, optional=(), problems=problems)
    except BrokenTableError as error:
        problems.append(error.problem)
    except OSError as error:
        problems.append(Problem(path.name, None, None, None, f"the file cannot be read: {error.strerror or error}"))
    return Table(path.name, columns, ())


def _rows(table: Table, problems: list[Problem]) -> list[_Cells]:
    return [_Cells(table.file, row, problems) for row in table.rows]


def _number(cells: _Cells) -> int:
    return cells.whole("round") or 0


def _source(cells: _Cells) -> Source:
    return Source(
        id=cells.text("id"),
        title=cells.text("title"),
        address=cells.optional("address"),
        published=cells.optional("published"),
    )


def _figure(cells: _Cells, known: set[str]) -> Figure:
    value = cells.decimal("value")
    if value is None and cells.optional("value") is None:
        cells.report("value", "the cell is empty: a figure that was not published has no row")
    precision = cells.choice("precision", get_args(Precision), needed=True)
    if precision == "read_as" and not cells.optional("note"):
        cells.report("note", "say how the source prints it and why it is read like this")
    return Figure(
        figure=cells.text("figure"),
        value=value or Decimal(0),
        agency=cells.optional("agency"),
        precision=precision,
        source=" ".join(cells.cited(known)),
        note=cells.optional("note"),
    )


def _result(cells: _Cells, known: set[str]) -> PublishedResult:
    values = {name: cells.decimal(name.lower(), most=100) for name in PRIORITY_IDS}
    ranks = {name: cells.whole(f"{name.lower()}_rank") for name in PRIORITY_IDS}
    rank, place = cells.whole("rank"), cells.choice("place", get_args(PlaceBasis), needed=False)
    if rank is not None and place is None:
        cells.report("place", "a rank needs what it rests on: printed, tie or naming_order")
    return PublishedResult(
        agency=cells.text("agency"),
        name_fa=cells.text("name_fa"),
        name_en=cells.text("name_en"),
        kind=cells.choice("kind", get_args(AgencyKind), needed=False),
        lists=tuple(name.strip() for name in (cells.optional("lists") or "").split(";") if name.strip()),
        scope=cells.choice("scope", ("own", "aggregate"), needed=False),
        overall=cells.decimal("overall", most=100),
        rank=rank,
        place=place,
        priorities={name: value for name, value in values.items() if value is not None},
        priority_ranks={name: value for name, value in ranks.items() if value is not None},
        sources=cells.cited(known),
        note=cells.optional("note"),
    )


def _position(cells: _Cells, known: set[str]) -> Position:
    return Position(
        agency=cells.text("agency"),
        name_fa=cells.text("name_fa"),
        name_en=cells.text("name_en"),
        list=cells.text("list"),
        rank=cells.whole("rank"),
        of=cells.whole("of"),
        place=cells.choice("place", get_args(PlaceBasis), needed=True),
        source=" ".join(cells.cited(known)),
        note=cells.optional("note"),
    )


def _stray(tables: dict[str, Table], rounds: set[str]) -> list[Problem]:
    return [
        Problem(table.file, row.number, "round", row.cells.get("round"), "rounds.csv does not have this round: add it")
        for name, table in tables.items()
        if name not in ("sources.csv", "rounds.csv")
        for row in table.rows
        if row.cells.get("round") not in rounds
    ]


def _twice(file: str, keys: Any) -> list[Problem]:
    return [
        Problem(file, None, None, " ".join(map(str, key)), "the same figure stands twice: remove one")
        for key, count in Counter(keys).items()
        if count > 1
    ]
