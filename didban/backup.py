"""Back-up of a whole workspace while it is at work: what comes out is a workspace itself."""

import hashlib
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine

from didban.errors import BadInputError
from didban.workspace import Workspace
from snapshot.verify import Damage, verify_snapshot
from store import repository
from store.copying import NotEmptyError, copy_store
from store.repository import Visit
from store.session import open_store

DATABASE = "didban.db"


@dataclass
class Copied:
    """What a back-up or a restore brought over. `damaged`: by visit folder, what is not as it was sealed."""

    rows: int = 0
    visits: int = 0
    files: int = 0
    bytes: int = 0
    damaged: dict[str, list[Damage]] = field(default_factory=dict)


def back_up(space: Workspace, engine: Engine, target: Path) -> Copied:
    """Copy a workspace into a new or empty folder: the store as of one moment, and the evidence that it names.

    The store first: whatever it names is sealed and does not change any more. Visits under way are left out; restored,
    they begin anew. Every copied snapshot is verified. Raises BadInputError where the target is not empty.
    """
    if target.exists() and any(target.iterdir()):
        raise BadInputError(f"{target} is not empty; a back-up goes into a new folder.")
    target.mkdir(parents=True, exist_ok=True)
    copied = Copied()
    half = target / f"{DATABASE}.part"
    _copy_rows(engine, f"sqlite:///{half}", copied)
    kept = open_store(f"sqlite:///{half}")
    try:
        _copy_evidence(space.home, target, _judged(kept), copied)
    finally:
        kept.dispose()
    for name in (f"{DATABASE}.part-wal", f"{DATABASE}.part-shm"):
        (target / name).unlink(missing_ok=True)
    half.replace(target / DATABASE)  # a folder without didban.db is no back-up
    return copied


def restore(source: Path, space: Workspace) -> Copied:
    """Bring a back-up into an empty workspace, on SQLite or PostgreSQL as its settings say; all snapshots are verified.

    Raises BadInputError where there is no whole back-up, or the workspace or its database holds anything.
    """
    if not (source / DATABASE).is_file():
        raise BadInputError(f"{source} holds no whole back-up: {DATABASE} is missing.")
    if (space.home / DATABASE).exists() or (space.home / "evidence" / "visits").exists():
        raise BadInputError(f"{space.home} is a workspace already; a back-up is restored into a new one.")
    space.prepare()
    copied = Copied()
    kept = open_store(f"sqlite:///{source / DATABASE}")
    try:
        _copy_evidence(source, space.home, _judged(kept), copied)
        _copy_rows(kept, space.database_url, copied)
    finally:
        kept.dispose()
    return copied


def _copy_rows(source: Engine, url: str, copied: Copied) -> None:
    target = open_store(url)
    try:
        copied.rows = sum(copy_store(source, target).values())
    except NotEmptyError as error:
        raise BadInputError(f"The database holds data already: {error}") from error
    finally:
        target.dispose()


def _judged(engine: Engine) -> list[Visit]:
    return [
        visit for round_ in repository.list_rounds(engine) for visit in repository.judged_visits(engine, round_.name)
    ]


def _copy_evidence(source: Path, target: Path, visits: Iterable[Visit], copied: Copied) -> None:
    objects = target / "evidence" / "objects"
    objects.mkdir(parents=True, exist_ok=True)
    for visit in visits:
        copied.visits += 1
        for path in sorted((source / visit.folder).rglob("*")):
            if path.is_file():
                _copy_file(path, target / path.relative_to(source), objects, copied)
        damage = verify_snapshot(target / visit.folder)
        if damage:
            copied.damaged[visit.folder] = damage
    for folder in ("evidence/declarations", "reports"):
        for path in sorted((source / folder).rglob("*")):
            if path.is_file() and path.suffix != ".part":
                _copy_file(path, target / path.relative_to(source), None, copied)


def _copy_file(path: Path, to: Path, objects: Path | None, copied: Copied) -> None:
    """Copy a file; content that the workspace keeps once over all visits (hard-linked) is kept once in the copy too."""
    to.parent.mkdir(parents=True, exist_ok=True)
    copied.files += 1
    if objects is None or path.stat().st_nlink == 1:
        shutil.copy2(path, to)
        copied.bytes += to.stat().st_size
        return
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    stored = objects / digest[:2] / digest
    if not stored.exists():
        stored.parent.mkdir(parents=True, exist_ok=True)
        part = stored.with_suffix(".part")
        shutil.copy2(path, part)
        part.replace(stored)
        copied.bytes += stored.stat().st_size
    try:
        os.link(stored, to)
    except OSError:  # a file system without links
        shutil.copy2(stored, to)
