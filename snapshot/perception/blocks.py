"""Paragraph-like runs of text in the main content, each with the heading it stands under."""

from snapshot.perception.document import Document
from snapshot.perception.models import TextBlock

MAX_BLOCKS = 3000
MAX_CHARS = 5000
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "title", "option", "legend", "summary"))


def read_blocks(doc: Document) -> tuple[TextBlock, ...]:
    """Runs of text that no inner block takes apart. Needs the headings to be read."""
    blocks: list[TextBlock] = []
    for element, text, _ in doc.runs():
        if element.place != "main" or element.tag in _HEADINGS:
            continue
        if len(text) < 2 or not any(char.isalnum() for char in text):
            continue
        blocks.append(TextBlock(doc.selector(element), text[:MAX_CHARS], doc.heading_above(element), element.tag))
        if len(blocks) >= MAX_BLOCKS:
            break
    return tuple(blocks)
