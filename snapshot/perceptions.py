"""Perceptions of a visit's documents, kept from the crawl until its findings are stored, so that none is made twice.

A cache, never the source: it lies beside the visit's folder, not in it, and is dropped when the visit is judged.
Whoever judges a stored snapshot again looks at its pages anew.
"""

import json
import os
import zlib
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from snapshot.perception.models import Perception
from snapshot.perception.page import PERCEPTION_VERSION

_ADAPTER = TypeAdapter(Perception)
_Key = tuple[str, str, str]


def pack(perception: Perception) -> bytes:
    """A perception as bytes."""
    return zlib.compress(_ADAPTER.dump_json(perception), 1)


def unpack(packed: bytes) -> Perception:
    """The perception behind bytes. Raises ValueError where they hold none."""
    try:
        return _ADAPTER.validate_json(zlib.decompress(packed))
    except (zlib.error, ValidationError) as error:
        raise ValueError(f"no perception: {error}") from error


class Perceptions:
    """The kept perceptions of one visit, by the digest of the document, its address and its stated content type."""

    def __init__(self, folder: Path) -> None:
        self._path = folder.with_name(f"{folder.name}.perceptions")
        self._index: dict[_Key, tuple[int, int]] | None = None

    def keep(self, document_sha256: str, url: str, content_type: str, packed: bytes) -> None:
        """Keep a packed perception. Raises OSError."""
        head = json.dumps([PERCEPTION_VERSION, document_sha256, url, content_type, len(packed)]).encode()
        with self._path.open("ab") as file:
            file.write(head + b"\n" + packed)

    def find(self, document_sha256: str | None, url: str, content_type: str) -> Perception | None:
        """The perception of a document, None where it was not kept, or not whole."""
        if self._index is None:
            self._index = self._read_index()
        place = self._index.get((document_sha256 or "", url, content_type))
        if place is None:
            return None
        try:
            with self._path.open("rb") as file:
                return unpack(os.pread(file.fileno(), place[1], place[0]))
        except (OSError, ValueError):
            return None

    def discard(self) -> None:
        """Drop all that was kept."""
        self._path.unlink(missing_ok=True)
        self._index = None

    def _read_index(self) -> dict[_Key, tuple[int, int]]:
        """Where each perception of this version lies; a tail that a kill left torn is passed over."""
        index: dict[_Key, tuple[int, int]] = {}
        try:
            with self._path.open("rb") as file:
                while head := file.readline():
                    made, document, url, kind, size = json.loads(head)
                    if made == PERCEPTION_VERSION:
                        index[document, url, kind] = (file.tell(), size)
                    file.seek(size, os.SEEK_CUR)
        except (OSError, ValueError, TypeError):
            return index
        return index
