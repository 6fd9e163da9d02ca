"""Data tables, told from tables that only place things on the page."""

from snapshot.perception.document import Document
from snapshot.perception.models import Table
from snapshot.perception.tree import El

MAX_TABLES = 200
MAX_ROWS = 1000
MAX_COLUMNS = 60
_CELLS = frozenset(("td", "th"))
_LONG_CELL = 600
_LONGEST_HEAD = 60


def own_rows(table: El) -> list[list[El]]:
    """Cells by row, those of nested tables left out. Elements with table roles count as such."""
    rows: list[list[El]] = []
    waiting = list(reversed(table.kids))
    while waiting and len(rows) < MAX_ROWS:
        element = waiting.pop()
        if element.tag == "table" or element.attrs.get("role") == "table":
            continue
        if element.tag == "tr" or element.attrs.get("role") == "row":
            cells = [kid for kid in element.kids if is_cell(kid)]
            if cells:
                rows.append(cells)
            continue
        waiting.extend(reversed(element.kids))
    return rows


def spread(rows: list[list[El]]) -> list[list[El]]:
    """The rows with merged cells repeated wherever they reach, so that columns keep their number."""
    grid: list[list[El]] = []
    open_cells: dict[int, tuple[El, int]] = {}
    for row in rows:
        made: list[El] = []
        waiting = list(reversed(row))
        while len(made) < MAX_COLUMNS and (waiting or len(made) in open_cells):
            at = len(made)
            if at in open_cells:
                cell, left = open_cells.pop(at)
                if left > 1:
                    open_cells[at] = (cell, left - 1)
                made.append(cell)
                continue
            cell = waiting.pop()
            # A span that reaches over cells from above ends there.
            for column in range(at, min(MAX_COLUMNS, at + _span(cell, "colspan"))):
                if column in open_cells:
                    break
                if (down := _span(cell, "rowspan")) > 1:
                    open_cells[column] = (cell, down - 1)
                made.append(cell)
        grid.append(made)
    return grid


def _span(cell: El, name: str) -> int:
    said = cell.attr(name).strip()
    return max(1, min(MAX_ROWS, int(said))) if said.isascii() and said.isdecimal() and len(said) < 6 else 1


def is_cell(element: El) -> bool:
    """A cell by tag or role."""
    return element.tag in _CELLS or element.attrs.get("role") in {"cell", "gridcell", "columnheader", "rowheader"}


def is_layout(doc: Document, table: El) -> bool:
    """Whether a table only places things: nested tables, form fields, very long cells, or a single column or row."""
    if table.attrs.get("role") in {"presentation", "none"} or doc.select(table, "table"):
        return True
    rows = own_rows(table)
    if not rows or max(map(len, rows)) < 2:
        return True
    fields = len(doc.select(table, "input", "select", "textarea"))
    if fields and fields * 2 >= len(rows):
        return True
    if len(rows) == 1:
        return not any(cell.tag == "th" for cell in rows[0])
    cells = [cell for row in rows for cell in row]
    long = sum(1 for cell in cells if len(doc.text(cell)) > _LONG_CELL)
    return long * 2 > len(cells)


def data_tables(doc: Document) -> list[El]:
    """Tables of the main content that hold data, in page order."""
    found = [element for element in doc.by_tag.get("table", []) if element.place == "main"]
    if doc.has_role("table"):
        found += [
            e
            for e in doc.elements
            if e.place == "main" and e.attrs.get("role") in {"table", "grid"} and e.tag != "table"
        ]
    return sorted((table for table in found if not is_layout(doc, table)), key=lambda one: one.order)[:MAX_TABLES]


def header_of(doc: Document, rows: list[list[El]]) -> tuple[str, ...]:
    """Texts of the header row, empty where the first row holds data."""
    first = rows[0]
    texts = tuple(doc.text(cell) for cell in first)
    if all(cell.tag == "th" or cell.attrs.get("role") == "columnheader" for cell in first) and len(rows) > 1:
        return texts
    parent = first[0].parent
    if parent is not None and parent.parent is not None and parent.parent.tag == "thead":
        return texts
    if len(rows) < 2 or len(first) < 2 or any(len(text) > _LONGEST_HEAD for text in texts):
        return ()
    if _is_bold(doc, first) and not _is_bold(doc, rows[1]):
        return texts
    named = sum(1 for text in texts if text and not any(char.isdecimal() for char in text))
    digits = any(char.isdecimal() for row in rows[1:4] for cell in row for char in doc.text(cell))
    return texts if len(first) > 2 and named == len(texts) and digits and len(rows) > 2 else ()


def _is_bold(doc: Document, row: list[El]) -> bool:
    """Whether every cell that says something is bold throughout, a th, or styled as a header."""

    def bold(cell: El) -> bool:
        if cell.tag == "th" or "head" in cell.attr("class").lower():
            return True
        return any(doc.text(inner) == doc.text(cell) for inner in doc.select(cell, "b", "strong"))

    row_class = row[0].parent.attr("class").lower() if row[0].parent is not None else ""
    return "head" in row_class or all(bold(cell) for cell in row if doc.text(cell))


def read_tables(doc: Document) -> tuple[Table, ...]:
    """Data tables of the main content with their header and rows."""
    tables: list[Table] = []
    for element in data_tables(doc):
        rows = own_rows(element)
        header = header_of(doc, rows)
        body = rows[1:] if header else rows
        caption = next((doc.text(kid) for kid in element.kids if kid.tag == "caption"), "") or doc.heading_above(
            element
        )
        texts = tuple(tuple(doc.text(cell) for cell in row) for row in body)
        tables.append(Table(doc.selector(element), caption, header, texts))
    return tuple(tables)
