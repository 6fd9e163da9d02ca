"""The text layer of a PDF as lines."""

import unicodedata
from dataclasses import dataclass

import pypdfium2

from snapshot.markup.dates import dates_in
from snapshot.perception.models import Heading, PageDate, TextBlock
from snapshot.text import fold_spaces

MAX_PAGES = 30


@dataclass(frozen=True, slots=True)
class PdfText:
    """The text of a PDF: its first line as title and heading, a block a line, and dates. Empty for a scan."""

    title: str
    lang: str
    whole: str
    headings: tuple[Heading, ...]
    blocks: tuple[TextBlock, ...]
    dates: tuple[PageDate, ...]


def read_pdf(body: bytes) -> PdfText:
    """The text layer of a PDF; a selector counts lines, since a PDF has no elements."""
    numbered = [(f"line:nth-child({number})", line) for number, line in enumerate(pdf_lines(body), 1)]
    whole = fold_spaces(" ".join(line for _, line in numbered))
    return PdfText(
        title=numbered[0][1][:160] if numbered else "",
        lang="fa" if any("\u0600" <= letter <= "\u06ff" for letter in whole) else "",
        whole=whole,
        headings=tuple(Heading(selector, 1, line[:160], "main") for selector, line in numbered[:1]),
        blocks=tuple(TextBlock(selector, line, "", "p") for selector, line in numbered),
        dates=tuple(
            PageDate(selector, day, line[start:end], "other")
            for selector, line in numbered
            for day, start, end in dates_in(line)
        ),
    )


def pdf_lines(body: bytes) -> list[str]:
    """Lines of the first pages in reading order, compatibility forms undone; empty for a scan or a broken file."""
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError:
        return []
    lines: list[str] = []
    try:
        for number in range(min(len(document), MAX_PAGES)):
            page = document[number]
            text = page.get_textpage().get_text_bounded()
            lines += [" ".join(line.split()) for line in unicodedata.normalize("NFKC", text).splitlines()]
            page.close()
    except pypdfium2.PdfiumError:
        return lines
    finally:
        document.close()
    return [line for line in lines if line]
