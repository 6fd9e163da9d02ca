"""Everything that stands on one page, read from its bytes in one pass: the ground that perception judges on."""

from dataclasses import dataclass, field

from snapshot.perception.blocks import read_blocks
from snapshot.perception.contacts import read_contacts
from snapshot.perception.dates import read_dates
from snapshot.perception.document import Document
from snapshot.perception.forms import read_forms
from snapshot.perception.headings import read_headings
from snapshot.perception.images import read_images
from snapshot.perception.language import direction_of, lang_of
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
from snapshot.perception.pairs import read_pairs
from snapshot.perception.pdf import is_pdf, read_pdf
from snapshot.perception.steps import read_steps
from snapshot.perception.tables import read_tables


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
    if is_pdf(body, content_type):
        return _from_pdf(body, url)
    return _from_document(Document.read(body, url, content_type))


def _from_pdf(body: bytes, url: str) -> Structure:
    pdf = read_pdf(body)
    return Structure(
        url=url,
        lang=pdf.lang,
        direction="rtl" if pdf.lang == "fa" else "ltr",
        title=pdf.title,
        main_text=pdf.text,
        all_text=pdf.text,
        headings=pdf.headings,
        blocks=pdf.blocks,
        pairs=pdf.pairs,
        tables=pdf.tables,
        step_lists=pdf.step_lists,
        dates=pdf.dates,
        is_pdf=True,
        has_text_layer=pdf.has_text_layer,
    )


def _from_document(doc: Document) -> Structure:
    headings = read_headings(doc)
    frames = [address for src, _ in doc.tree.frames if src.strip() and (address := doc.address(src.strip()))]
    metas = doc.tree.metas
    return Structure(
        url=doc.url,
        lang=lang_of(doc),
        direction=direction_of(doc),
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
        forms=read_forms(doc),
        pairs=read_pairs(doc),
        tables=read_tables(doc),
        step_lists=read_steps(doc),
        images=read_images(doc),
        contacts=read_contacts(doc),
        dates=read_dates(doc),
        scripts=doc.tree.scripts,
        scripts_bytes=doc.tree.scripts_bytes,
        viewport=metas.get("viewport", ""),
        generator=metas.get("generator", ""),
        metas=metas,
        refresh=doc.tree.refresh,
        truncated=doc.tree.truncated,
    )
