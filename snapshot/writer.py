"""Writes one visit's snapshot folder so that it is whole after a kill at any byte, and seals it at the end."""

import contextlib
import hashlib
import os
import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from config.vocabulary import Cause
from snapshot.models import (
    Interaction,
    Manifest,
    PageLayout,
    PageRecord,
    ProbeResult,
    Rendering,
    SearchReport,
    SkippedAddress,
    VisitRecord,
)
from snapshot.objects import FolderSource
from snapshot.warc import ARCHIVE, BrokenRecordError, read_body, response, warcinfo

Line = TypeVar("Line", bound=BaseModel)

SEAL = "manifest.json"
NOT_SEALED_FILES = frozenset({SEAL, "visit.lock"})


class SealedError(Exception):
    """A sealed snapshot is never written to."""


class SnapshotWriter:
    """The one writer of a visit's folder. Opening a folder that a killed visit left behind cuts its torn tails.

    `objects` is the folder of content-addressed objects shared by all visits: rendered documents and screenshots that
    did not change are stored there once and hard-linked (copied where the file system cannot link).
    """

    def __init__(self, folder: Path, objects: Path | None = None) -> None:
        self.folder = folder
        self._objects = objects
        self.pages: dict[str, PageRecord] = {}
        self._visit: VisitRecord | None = None
        self._given = 0

    @property
    def visit(self) -> VisitRecord:
        """The visit this folder belongs to. Raises RuntimeError before `begin`."""
        if self._visit is None:
            raise RuntimeError("begin() was not called")
        return self._visit

    @property
    def sealed(self) -> bool:
        """Whether the manifest is written: nothing may change any more."""
        return (self.folder / SEAL).exists()

    def begin(self, visit: VisitRecord, user_agent: str = "") -> VisitRecord:
        """Start the folder, or go on with it: the visit that is written there then counts, and is returned."""
        if self.sealed:
            raise SealedError(f"{self.folder} is sealed")
        self.folder.mkdir(parents=True, exist_ok=True)
        for leftover in self.folder.rglob("*.part"):
            leftover.unlink()
        if (self.folder / "visit.json").exists():
            visit = VisitRecord.model_validate_json((self.folder / "visit.json").read_bytes())
        else:
            self._put("visit.json", _json(visit), durable=True)
        self._visit = visit
        self._resume()
        if not (self.folder / ARCHIVE).exists() or (self.folder / ARCHIVE).stat().st_size == 0:
            software = f"didban {visit.versions.get('didban', '')}".strip()
            self._append(ARCHIVE, warcinfo(visit.visit_id, visit.started_at, software, user_agent))
        return visit

    def read_pages(self) -> list[PageRecord]:
        """The records on disk, without changing anything: the last whole line of each page."""
        path = self.folder / "pages.jsonl"
        latest: dict[str, PageRecord] = {}
        for line in path.read_bytes().splitlines() if path.exists() else []:
            with contextlib.suppress(ValidationError):
                record = PageRecord.model_validate_json(line)
                latest[record.page_id] = record
        return list(latest.values())

    def next_page_id(self) -> str:
        """An identifier for the next page, in order of the visit; each call gives another."""
        self._given = max(self._given, *(int(page_id[1:]) for page_id in self.pages), 0) + 1
        return f"p{self._given:04d}"

    def add_page(
        self, record: PageRecord, body: bytes | None = None, headers: Sequence[tuple[str, str]] = ()
    ) -> PageRecord:
        """Store a page that was asked for; with a body it goes into the archive first. Returns the completed record."""
        if body is not None and record.status is not None:
            key = f"{self.visit.visit_id}/{record.page_id}"
            member = response(
                key=key, url=record.url, at=record.fetched_at, status=record.status, headers=headers, body=body
            )
            offset = self._append(ARCHIVE, member)
            record = record.model_copy(
                update={
                    "body_sha256": hashlib.sha256(body).hexdigest(),
                    "body_size": len(body),
                    "warc_offset": offset,
                    "warc_length": len(member),
                }
            )
        return self.replace_page(record)

    def replace_page(self, record: PageRecord) -> PageRecord:
        """Write a page's record; a later one of the same id replaces the earlier."""
        self._append("pages.jsonl", _json(record) + b"\n")
        self.pages[record.page_id] = record
        return record

    def add_rendering(
        self,
        page_id: str,
        *,
        rendered_at: datetime,
        final_url: str,
        reason: str,
        cause: Cause | None = None,
        html: str = "",
        layout: PageLayout | None = None,
        screenshot: bytes | None = None,
        screenshot_before_consent: bytes | None = None,
    ) -> Rendering:
        """Store what the browser showed of a page and return its description, for the page's record."""
        dom = html.encode("utf-8", "replace") if html and cause is None else None
        shots = {"": screenshot, "-before": screenshot_before_consent}
        paths = {
            suffix: self._keep(f"shots/{page_id}{suffix}.jpg", shot) if shot else None for suffix, shot in shots.items()
        }
        return Rendering(
            rendered_at=rendered_at,
            final_url=final_url,
            reason=reason,
            cause=cause,
            dom=self._keep(f"rendered/{page_id}.html", dom) if dom is not None else None,
            dom_sha256=hashlib.sha256(dom).hexdigest() if dom is not None else None,
            layout=self._put(f"layout/{page_id}.json", _json(layout)) if layout is not None else None,
            screenshot=paths[""],
            screenshot_before_consent=paths["-before"],
        )

    def add_shot(self, name: str, screenshot: bytes) -> str:
        """Store a probe's screenshot (JPEG). Returns its path in the folder, shots/NAME.jpg."""
        return self._keep(f"shots/{name}.jpg", screenshot)

    def skip(self, entries: Iterable[SkippedAddress]) -> None:
        """Note addresses that were not asked for, with the reason."""
        lines = b"".join(_json(entry) + b"\n" for entry in entries)
        if lines:
            self._append("skipped.jsonl", lines)

    def interact(self, entries: Iterable[Interaction]) -> None:
        """Log clicks, opened forms and closed dialogs."""
        lines = b"".join(_json(entry) + b"\n" for entry in entries)
        if lines:
            self._append("interactions.jsonl", lines)

    def probe(self, name: str, result: ProbeResult) -> None:
        """Store a probe's artefact."""
        self._put(f"probes/{name}.json", _json(result))

    def search(self, report: SearchReport) -> None:
        """Store what the visit did to find each label."""
        self._put("search.json", _json(report))

    def seal(self, at: datetime) -> Manifest:
        """Compact pages.jsonl, write the digest of every file, and with that close the folder for good."""
        if self.sealed:
            raise SealedError(f"{self.folder} is sealed")
        self._put("pages.jsonl", b"".join(_json(record) + b"\n" for record in self.pages.values()))
        files = sorted(path for path in self.folder.rglob("*") if path.is_file() and path.name not in NOT_SEALED_FILES)
        digests = {}
        for path in files:
            with path.open("rb") as file:
                digests[path.relative_to(self.folder).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()
                os.fsync(file.fileno())
        manifest = Manifest(sealed_at=at, files=digests)
        self._put(SEAL, _json(manifest), durable=True)
        return manifest

    def _resume(self) -> None:
        """Take up the pages that are whole on disk; cut what a kill left half-written."""
        records = self._whole_lines("pages.jsonl", PageRecord)
        self._whole_lines("skipped.jsonl", SkippedAddress)
        self._whole_lines("interactions.jsonl", Interaction)
        archive = self.folder / ARCHIVE
        source, end, broken = FolderSource(self.folder), _first_member_end(archive), False
        self.pages = {}
        for record in records:
            if record.page_id not in self.pages and record.warc_length is not None:
                broken = broken or not self._whole(source, record)
                if not broken:
                    end = max(end, (record.warc_offset or 0) + record.warc_length)
            if broken:
                break
            self.pages[record.page_id] = record
        if broken:
            self._put("pages.jsonl", b"".join(_json(record) + b"\n" for record in self.pages.values()))
        if archive.exists() and archive.stat().st_size > end:
            os.truncate(archive, end)

    def _whole(self, source: FolderSource, record: PageRecord) -> bool:
        try:
            return hashlib.sha256(read_body(source, record)).hexdigest() == record.body_sha256
        except (BrokenRecordError, FileNotFoundError):
            return False

    def _whole_lines(self, name: str, model: type[Line]) -> list[Line]:
        path = self.folder / name
        if not path.exists():
            return []
        lines, end = [], 0
        for raw in path.read_bytes().splitlines(keepends=True):
            try:
                line = model.model_validate_json(raw)
            except ValidationError:
                break
            if not raw.endswith(b"\n"):
                break
            lines.append(line)
            end += len(raw)
        os.truncate(path, end)
        return lines

    def _append(self, name: str, content: bytes) -> int:
        """Append and return the offset. A write that fails half-way (disk full) is taken back."""
        with (self.folder / name).open("ab", buffering=0) as file:
            start = file.tell()
            try:
                view = memoryview(content)
                while view:
                    view = view[file.write(view) :]
            except OSError:
                with contextlib.suppress(OSError):
                    file.truncate(start)
                raise
        return start

    def _put(self, name: str, content: bytes, *, durable: bool = False) -> str:
        """Write a whole file atomically and return its name; `durable` = on the disk itself before it counts."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(path.name + ".part")
        with part.open("wb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        part.replace(path)
        return name

    def _keep(self, name: str, content: bytes) -> str:
        """Store content once over all visits and link it here; a plain file where there is no object folder."""
        if self._objects is None:
            return self._put(name, content)
        digest = hashlib.sha256(content).hexdigest()
        stored, path = self._objects / digest[:2] / digest, self.folder / name
        stored.parent.mkdir(parents=True, exist_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not stored.exists() or stored.stat().st_size != len(content):
            part = stored.with_name(f"{digest}.{os.getpid()}.part")
            part.write_bytes(content)
            part.replace(stored)
        path.unlink(missing_ok=True)
        try:
            os.link(stored, path)
        except OSError:
            return self._put(name, content)
        return name


def _json(model: BaseModel) -> bytes:
    return model.model_dump_json().encode()


def _first_member_end(archive: Path) -> int:
    """End of the archive's warcinfo record, 0 where there is none that is whole."""
    if not archive.exists():
        return 0
    decoder = zlib.decompressobj(wbits=31)
    with archive.open("rb") as file:
        head = file.read(65_536)
    try:
        decoder.decompress(head)
    except zlib.error:
        return 0
    return len(head) - len(decoder.unused_data) if decoder.eof else 0
