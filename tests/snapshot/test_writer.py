"""The snapshot writer: whole after a kill at any byte, readable by other WARC tools, sealed once."""

import io
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from config.models import Agency
from config.vocabulary import Cause, Label
from snapshot.models import Manifest, PageRecord, ProbeResult, SearchReport, SkippedAddress, VisitRecord
from snapshot.objects import FolderSource
from snapshot.warc import ARCHIVE, read_body
from snapshot.writer import SealedError, SnapshotWriter

AT = datetime(2026, 5, 1, 8, 0, tzinfo=UTC)
AGENCY = Agency(id="a", name_fa="الف", name_en="A", kind="main", portal_url="https://a.example.ir/")
VISIT = VisitRecord(visit_id="v1", round="r", agency=AGENCY, services=(), started_at=AT, as_of=AT)


def page(writer: SnapshotWriter, body: bytes | None = b"<html>", **fields: object) -> PageRecord:
    url = f"https://a.example.ir/{len(writer.pages)}"
    values = {"page_id": writer.next_page_id(), "url": url, "requested_url": url, "status": 200, "fetched_at": AT}
    headers = [("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("X-Note", "سلام")]
    return writer.add_page(PageRecord.model_validate({**values, **fields}), body, headers)


def writer_of(folder: Path, objects: Path | None = None) -> SnapshotWriter:
    writer = SnapshotWriter(folder, objects)
    writer.begin(VISIT, "Didban/0.1")
    return writer


def test_bodies_come_back_as_they_were(tmp_path: Path) -> None:
    writer = writer_of(tmp_path)
    bodies = [b"", b"\r\n\r\n" * 3, "سلام".encode(), bytes(range(256)) * 50]
    records = [page(writer, body) for body in bodies]
    assert [read_body(FolderSource(tmp_path), record) for record in records] == bodies


def test_archive_passes_the_digest_check_of_another_reader(tmp_path: Path) -> None:
    writer = writer_of(tmp_path)
    page(writer, "سلام".encode())
    page(writer, b"")
    stream = io.BytesIO((tmp_path / ARCHIVE).read_bytes())
    kinds = []
    for record in ArchiveIterator(stream, check_digests="raise"):
        kinds.append(record.rec_type)
        body = record.content_stream().read()
        if record.rec_type == "response":
            assert record.http_headers.get_header("Content-Length") == str(len(body))
            assert record.http_headers.get_header("Content-Encoding") is None
            assert record.http_headers.get_header("X-Archive-Orig-Content-Encoding") == "gzip"
    assert kinds == ["warcinfo", "response", "response"]


def test_a_failed_page_needs_no_body(tmp_path: Path) -> None:
    writer = writer_of(tmp_path)
    record = page(writer, None, status=None, cause=Cause.DNS)
    assert record.warc_offset is None
    assert read_body(FolderSource(tmp_path), record) == b""


def test_resume_is_whole_after_a_cut_at_any_byte(tmp_path: Path) -> None:
    writer = writer_of(tmp_path / "first")
    page(writer, b"one")
    page(writer, b"two" * 50)
    for name in (ARCHIVE, "pages.jsonl"):
        content = (tmp_path / "first" / name).read_bytes()
        for cut in range(0, len(content), 7):
            folder = tmp_path / "again"
            shutil.copytree(tmp_path / "first", folder)
            (folder / name).write_bytes(content[:cut])
            again = writer_of(folder)
            known = list(again.pages)
            assert known == ["p0001", "p0002"][: len(known)]
            page(again, b"next")
            source = FolderSource(folder)
            assert read_body(source, again.pages[list(again.pages)[-1]]) == b"next"
            stream = io.BytesIO((folder / ARCHIVE).read_bytes())
            read = [record.content_stream().read() for record in ArchiveIterator(stream, check_digests="raise")]
            assert len(read) == 1 + len(again.pages)
            shutil.rmtree(folder)


def test_a_page_that_only_the_archive_knows_is_cut_off(tmp_path: Path) -> None:
    writer = writer_of(tmp_path)
    page(writer, b"one")
    size = (tmp_path / ARCHIVE).stat().st_size
    page(writer, b"two")
    lines = (tmp_path / "pages.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "pages.jsonl").write_bytes(lines[0])
    writer_of(tmp_path)
    assert (tmp_path / ARCHIVE).stat().st_size == size


def test_the_first_visit_record_stays(tmp_path: Path) -> None:
    writer_of(tmp_path)
    later = VISIT.model_copy(update={"attempt": 2})
    assert SnapshotWriter(tmp_path).begin(later).attempt == 1


def test_later_line_replaces_the_earlier_and_sealing_compacts(tmp_path: Path) -> None:
    writer = writer_of(tmp_path)
    record = page(writer)
    writer.replace_page(record.model_copy(update={"page_type": Label.LOGIN}))
    assert len((tmp_path / "pages.jsonl").read_bytes().splitlines()) == 2
    writer.seal(AT)
    lines = (tmp_path / "pages.jsonl").read_bytes().splitlines()
    assert [PageRecord.model_validate_json(line).page_type for line in lines] == [Label.LOGIN]


def test_manifest_names_every_file_but_itself_and_closes_the_folder(tmp_path: Path) -> None:
    writer = writer_of(tmp_path)
    page(writer)
    writer.skip([SkippedAddress(url="https://x.example/", reason="other body")])
    writer.probe("tls", ProbeResult(status="done", data={"valid": True}))
    writer.search(SearchReport())
    (tmp_path / "visit.lock").touch()
    manifest = writer.seal(AT)
    assert set(manifest.files) == {
        "visit.json",
        "pages.jsonl",
        ARCHIVE,
        "skipped.jsonl",
        "probes/tls.json",
        "search.json",
    }
    assert Manifest.model_validate_json((tmp_path / "manifest.json").read_bytes()) == manifest
    with pytest.raises(SealedError):
        writer.seal(AT)
    with pytest.raises(SealedError):
        SnapshotWriter(tmp_path).begin(VISIT)


def test_unchanged_content_is_stored_once_over_all_visits(tmp_path: Path) -> None:
    for name in ("a", "b"):
        writer = writer_of(tmp_path / name, tmp_path / "objects")
        rendering = writer.add_rendering(
            "p0001", rendered_at=AT, final_url="https://a.example.ir/", reason="shell", html="<p>", screenshot=b"jpeg"
        )
        assert rendering.dom == "rendered/p0001.html"
        assert rendering.screenshot == "shots/p0001.jpg"
    stored = [path for path in (tmp_path / "objects").rglob("*") if path.is_file()]
    assert sorted(path.read_bytes() for path in stored) == [b"<p>", b"jpeg"]
    assert (tmp_path / "a/shots/p0001.jpg").stat().st_nlink == 3


def test_a_failed_rendering_keeps_its_cause_and_no_document(tmp_path: Path) -> None:
    rendering = writer_of(tmp_path).add_rendering(
        "p0001", rendered_at=AT, final_url="https://a.example.ir/", reason="shell", cause=Cause.TIMEOUT, html="<p>"
    )
    assert (rendering.cause, rendering.dom, rendering.screenshot) == (Cause.TIMEOUT, None, None)
