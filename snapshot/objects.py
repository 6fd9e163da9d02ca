"""Bytes by name and bytes by content: where a snapshot is read from and where unchanged content is kept once."""

import os
from pathlib import Path
from typing import Protocol


class ByteSource(Protocol):
    """Reads the files of one snapshot folder. Names are relative, with forward slashes."""

    def read(self, name: str) -> bytes:
        """All bytes of a file. Raises FileNotFoundError."""
        ...

    def read_range(self, name: str, offset: int, length: int) -> bytes:
        """`length` bytes from `offset`. Raises FileNotFoundError."""
        ...

    def exists(self, name: str) -> bool:
        """Whether the file is there."""
        ...


class FolderSource:
    """A snapshot folder on this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, name: str) -> bytes:
        """All bytes of a file. Raises FileNotFoundError."""
        return (self.folder / name).read_bytes()

    def read_range(self, name: str, offset: int, length: int) -> bytes:
        """`length` bytes from `offset`. Raises FileNotFoundError."""
        with (self.folder / name).open("rb") as file:
            file.seek(offset)
            return file.read(length)

    def exists(self, name: str) -> bool:
        """Whether the file is there."""
        return os.path.exists(self.folder / name)
