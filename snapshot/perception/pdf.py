"""PDF documents: the text layer as blocks, headings, pairs, tables and dates. Selectors are `page N` paths."""

import re
import unicodedata
from dataclasses import dataclass

import pypdfium2

from snapshot.perception.dates import dates_in, kind_beside
from snapshot.perception.models import Heading, PageDate, Pair, Step, StepList, Table, TextBlock
from snapshot.perception.pair_keys import key_of, value_of
from snapshot.perception.step_parts import duration_in, unit_in
from snapshot.text import fold

MAX_PAGES = 40
MAX_BYTES = 30_000_000
MAX_CHARS = 400_000
_LINE = re.compile(r"^\s*([^:：]{2,80}?)\s*[:：]\s*(.*)$")
_COLUMNS = re.compile(r"\s{3,}|\t|\s\|\s")
_SENTENCE_END = re.compile(r"[.؛;:!؟?،,]\s*$")
_STEP = re.compile(r"(?:مرحله|گام|step)\s*\S+|[(\[]?(\d{1,2})\s*[-–.)]\s*\S")
_ARABIC = re.compile(r"[\u0600-\u06ff]")


@dataclass(frozen=True, slots=True)
class PdfContent:
    """What a PDF says. All empty, with `has_text_layer` False, for a scan or a broken file."""

    title: str = ""
    lang: str = ""
    text: str = ""
    has_text_layer: bool = False
    headings: tuple[Heading, ...] = ()
    blocks: tuple[TextBlock, ...] = ()
    pairs: tuple[Pair, ...] = ()
    tables: tuple[Table, ...] = ()
    step_lists: tuple[StepList, ...] = ()
    dates: tuple[PageDate, ...] = ()


def is_pdf(body: bytes, content_type: str = "") -> bool:
    """Whether the bytes are a PDF, whatever the server calls them."""
    return b"%PDF-" in body[:1024] or (
        content_type.lower().startswith("application/pdf") and b"<html" not in body[:2048].lower()
    )


def read_pdf(body: bytes) -> PdfContent:
    """The first pages of a PDF. Bounded, never raises on any bytes."""
    pages, title = _pages(body)
    lines = [
        (f"page:nth-child({number}) > line:nth-child({at})", line)
        for number, page in enumerate(pages, 1)
        for at, line in enumerate(page, 1)
    ]
    if not lines:
        return PdfContent(title=title)
    headings, blocks = _outline(lines)
    text = " ".join(" ".join(line.split()) for _, line in lines)
    persian = len(_ARABIC.findall(text[:5000])) * 3 > len(text[:5000])
    return PdfContent(
        title=title or (headings[0].text if headings else " ".join(lines[0][1].split())[:160]),
        lang="fa" if persian else "",
        text=text,
        has_text_layer=True,
        headings=tuple(headings),
        blocks=tuple(blocks),
        pairs=tuple(_pairs(lines)),
        tables=tuple(_tables(lines)),
        step_lists=tuple(_steps(blocks)),
        dates=tuple(
            PageDate(block.selector, day, block.text[start:end], kind_beside(block.text, start, end) or "other")
            for block in blocks[:2000]
            for day, start, end in dates_in(block.text)
        )[:200],
    )


def _pages(body: bytes) -> tuple[list[list[str]], str]:
    """Lines by page with their inner spacing, and the title that the file names."""
    if len(body) > MAX_BYTES:
        return [], ""
    try:
        document = pypdfium2.PdfDocument(body)
    except (pypdfium2.PdfiumError, ValueError, OSError):
        return [], ""
    pages: list[list[str]] = []
    title, size = "", 0
    try:
        title = " ".join(str(document.get_metadata_dict().get("Title") or "").split())[:200]
        for number in range(min(len(document), MAX_PAGES)):
            page = document[number]
            text_page = page.get_textpage()
            text = unicodedata.normalize("NFKC", text_page.get_text_bounded())[: MAX_CHARS - size]
            text_page.close()
            page.close()
            size += len(text)
            pages.append([line.rstrip() for line in text.splitlines() if line.strip()])
            if size >= MAX_CHARS:
                break
    except (pypdfium2.PdfiumError, ValueError, OSError):
        return pages, title
    finally:
        document.close()
    return ([] if not any(pages) else pages), title


def _outline(lines: list[tuple[str, str]]) -> tuple[list[Heading], list[TextBlock]]:
    """Short lines without an end mark that stand before longer ones are headings; the rest are blocks."""
    headings: list[Heading] = []
    blocks: list[TextBlock] = []
    usual = sorted(len(line) for _, line in lines)[len(lines) * 3 // 4]
    above = ""
    for at, (selector, raw) in enumerate(lines):
        line = " ".join(raw.split())
        following = lines[at + 1][1] if at + 1 < len(lines) else ""
        short = 3 < len(line) <= 80 and len(line) < 0.7 * max(usual, 30)
        plain = not _SENTENCE_END.search(line) and not _COLUMNS.search(raw.strip()) and any(c.isalpha() for c in line)
        if (
            short
            and plain
            and (at == 0 or len(following) > len(line))
            and not _STEP.match(fold(line))
            and len(headings) < 300
        ):
            headings.append(Heading(selector, 1 if at == 0 else 7, line, "main"))
            above = line
            continue
        blocks.append(TextBlock(selector, line, above, "p"))
    return headings, blocks[:5000]


def _pairs(lines: list[tuple[str, str]]) -> list[Pair]:
    pairs: list[Pair] = []
    for selector, raw in lines:
        match = _LINE.match(" ".join(raw.split()))
        if match and len(match.group(1).split()) <= 9 and any(c.isalpha() for c in match.group(1)):
            key = key_of(match.group(1))
            pairs.append(Pair(selector, match.group(1), value_of(match.group(2), key), key))
        if len(pairs) >= 500:
            break
    return pairs


def _tables(lines: list[tuple[str, str]]) -> list[Table]:
    """Runs of at least three lines with the same number of columns set apart by wide gaps."""
    tables: list[Table] = []
    run: list[tuple[str, tuple[str, ...]]] = []
    for selector, raw in [*lines, ("", "")]:
        cells = tuple(cell.strip() for cell in _COLUMNS.split(raw.strip()) if cell.strip())
        if len(cells) >= 2 and (not run or len(run[0][1]) == len(cells)):
            run.append((selector, cells))
            continue
        if len(run) >= 3:
            tables.append(Table(run[0][0], "", run[0][1], tuple(row for _, row in run[1:])))
        run = [(selector, cells)] if len(cells) >= 2 else []
    return tables[:50]


def _steps(blocks: list[TextBlock]) -> list[StepList]:
    found: list[StepList] = []
    run: list[TextBlock] = []
    for block in [*blocks, None]:
        match = _STEP.match(fold(block.text[:60])) if block is not None else None
        number = int(match.group(1)) if match and match.group(1) else None
        if block is not None and match and (number is None or number == len(run) + 1):
            run.append(block)
            continue
        if len(run) > 1:
            steps = tuple(Step(one.text, duration_in(one.text), unit_in(one.text)) for one in run)
            found.append(StepList(run[0].selector, run[0].heading, "paragraphs", steps))
        run = []
    return found[:30]
