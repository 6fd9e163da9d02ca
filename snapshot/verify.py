"""Recomputing every digest of a sealed snapshot, so that what was changed or lost has a name."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from snapshot.models import Manifest

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Damage:
    """One file of a snapshot that is not what was sealed."""

    file: str
    what: str


def verify_snapshot(folder: Path) -> list[Damage]:
    """Everything in a sealed snapshot folder that is lost, changed or was added; empty where all is as sealed."""
    try:
        manifest = Manifest.model_validate_json((folder / "manifest.json").read_bytes())
    except FileNotFoundError:
        return [Damage("manifest.json", "missing: the snapshot was not sealed, or its manifest is lost")]
    except ValidationError:
        return [Damage("manifest.json", "changed: it cannot be read as a manifest")]
    found = []
    for name, digest in sorted(manifest.files.items()):
        path = folder / name
        if not path.is_file():
            found.append(Damage(name, "lost"))
        elif _digest(path) != digest:
            found.append(Damage(name, "changed"))
    here = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    added = here - set(manifest.files) - {"manifest.json"}
    return found + [Damage(name, "added after sealing") for name in sorted(added)]


def _digest(path: Path) -> str:
    total = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            total.update(chunk)
    return total.hexdigest()
