"""Everything that stands on one page, read from its bytes in one pass: the ground that perception judges on."""

from dataclasses import dataclass, field, replace

from snapshot.markup.contacts import read_contacts
from snapshot.markup.dates import read_dates
from snapshot.markup.document import read_document
from snapshot.markup.forms import read_forms
from snapshot.markup.headings import Outline
from snapshot.markup.images import read_images
from snapshot.markup.pdf import read_pdf
from snapshot.markup.steps import read_steps
from snapshot.markup.tables import read_pairs, read_tables
from snapshot.perception.blocks import read_blocks
from snapshot.perception.document import Document
from snapshot.perception.headings import read_headings
from snapshot.perception.links import read_links
from snapshot.perception.models import (
    Contact,
    Form,
    Heading,
    Image,
    Link,
    PageDate,
    Pair,
    StepList,
    Table,
    TextBlock,
)


@dataclass(frozen=True, slots=True)
class Structure:
    """What a page holds. Selectors and texts as in `snapshot.perception.models`.

    `all_text` is the whole visible text, `main_text` that of the main content. `charset` is the encoding it was read
    with, `declared_charset` what its sender named. `frames` are absolute addresses of frames and iframes, `metas` the
    named meta elements of the head (`generator`, `description`, ...), `refresh` the content of a meta refresh.
    `has_text_layer` is False for a PDF that is a picture only; `truncated` tells that a bound was hit.
    """

    url: str
    lang: str = ""
    direction: str = "ltr"
    title: str = ""
    charset: str = ""
    declared_charset: str = ""
    main_selector: str = ""
    main_text: str = ""
    all_text: str = ""
    links: tuple[Link, ...] = ()
    frames: tuple[str, ...] = ()
    is_frameset: bool = False
    headings: tuple[Heading, ...] = ()
    blocks: tuple[TextBlock, ...] = ()
    forms: tuple[Form, ...] = ()
    pairs: tuple[Pair, ...] = ()
    tables: tuple[Table, ...] = ()
    step_lists: tuple[StepList, ...] = ()
    images: tuple[Image, ...] = ()
    contacts: tuple[Contact, ...] = ()
    dates: tuple[PageDate, ...] = ()
    scripts: int = 0
    scripts_bytes: int = 0
    viewport: str = ""
    generator: str = ""
    metas: dict[str, str] = field(default_factory=dict)
    refresh: str = ""
    is_pdf: bool = False
    has_text_layer: bool = True
    truncated: bool = False


def read_structure(body: bytes, url: str, content_type: str = "") -> Structure:
    """The structure of a page or PDF. Deterministic, bounded in time and size, never raises on any bytes."""
    if body[:1024].lstrip().startswith(b"%PDF-"):
        return _from_pdf(body, url)
    document = read_document(body, url, content_type)
    outline = Outline(document)
    return replace(
        _from_document(Document.read(body, url, content_type)),
        forms=read_forms(document, outline),
        pairs=read_pairs(document),
        tables=read_tables(document, outline),
        step_lists=read_steps(document, outline),
        images=read_images(document, outline),
        contacts=read_contacts(document, outline),
        dates=read_dates(document),
    )


def _from_pdf(body: bytes, url: str) -> Structure:
    text = read_pdf(body)
    return Structure(
        url=url,
        lang=text.lang,
        title=text.title,
        main_text=text.whole,
        all_text=text.whole,
        headings=text.headings,
        blocks=text.blocks,
        dates=text.dates,
        is_pdf=True,
        has_text_layer=bool(text.blocks),
    )


def _from_document(doc: Document) -> Structure:
    headings = read_headings(doc)
    frames = [address for src, _ in doc.tree.frames if src.strip() and (address := doc.address(src.strip()))]
    metas = doc.tree.metas
    return Structure(
        url=doc.url,
        lang=doc.lang,
        direction=doc.direction,
        title=doc.tree.title,
        charset=doc.charset,
        declared_charset=doc.declared_charset,
        main_selector=doc.selector(doc.main) if doc.main is not None else "",
        main_text=doc.main_text(),
        all_text=doc.all_text(),
        links=read_links(doc),
        frames=tuple(dict.fromkeys(frames)),
        is_frameset=bool(doc.by_tag.get("frameset")),
        headings=headings,
        blocks=read_blocks(doc),
        scripts=doc.tree.scripts,
        scripts_bytes=doc.tree.scripts_bytes,
        viewport=metas.get("viewport", ""),
        generator=metas.get("generator", ""),
        metas=metas,
        refresh=doc.tree.refresh,
        truncated=doc.tree.truncated,
    )
