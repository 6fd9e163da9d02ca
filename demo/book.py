"""The book of a portal: many pages in one readable file.

A line `@@ /path/ | title=… | key=value` starts a page; the lines below it are its text (a jinja2 template).
`edition=2` limits a page to that edition; where a path stands twice, the one for the running edition wins.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_START = "@@ "


@dataclass(frozen=True)
class Section:
    """One page: where it is, what it is called, further fields for the layout, and its text."""

    path: str
    title: str
    body: str
    fields: Mapping[str, str] = field(default_factory=dict)


def read_book(folder: Path, edition: int) -> list[Section]:
    """All pages of the `*.book` files in a folder, for one edition, in file order.

    Raises ValueError for a page without a path.
    """
    chosen: dict[str, Section] = {}
    for file in sorted(folder.glob("*.book")):
        for section in _sections(file.read_text(encoding="utf-8")):
            wanted = section.fields.get("edition")
            if wanted is not None and int(wanted) != edition:
                continue
            if section.path in chosen and wanted is None:
                continue
            chosen[section.path] = section
    return list(chosen.values())


def _sections(text: str) -> Iterator[Section]:
    head = ""
    lines: list[str] = []
    for line in [*text.splitlines(), _START]:
        if not line.startswith(_START):
            lines.append(line)
            continue
        if head:
            yield _section(head, "\n".join(lines).strip())
        head, lines = line[len(_START) :].strip(), []


def _section(head: str, body: str) -> Section:
    path, *rest = (part.strip() for part in head.split("|"))
    if not path.startswith("/"):
        raise ValueError(f"a page of the book needs a path: {head}")
    fields = dict(part.split("=", 1) for part in rest)
    return Section(path, fields.pop("title", ""), body, fields)
