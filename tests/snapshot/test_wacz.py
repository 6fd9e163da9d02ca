"""The WACZ file of a snapshot: what the format asks for, checked with a reader of somebody else's."""

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from snapshot.models import SearchReport
from snapshot.objects import FolderSource
from snapshot.reader import Snapshot
from snapshot.wacz import sort_key, write_wacz
from tests.snapshot.test_writer import AT, page, writer_of


@pytest.fixture
def wacz(tmp_path: Path) -> zipfile.ZipFile:
    folder = tmp_path / "visit"
    folder.mkdir()
    writer = writer_of(folder)
    page(writer, "<title>سلام</title>".encode(), content_type="text/html")
    page(writer, b"<title>Two</title>", url="https://www.a.example.ir:8443/B?z=1&a=2")
    page(writer, b"gone", status=404)
    page(writer, None, status=None, cause="timeout")
    writer.search(SearchReport())
    writer.seal(AT)
    target = tmp_path / "out.wacz"
    assert write_wacz(Snapshot(FolderSource(folder)), folder, target, software="test") == 2
    assert list(tmp_path.glob("*.part")) == []
    return zipfile.ZipFile(target)


def test_every_part_has_its_digest(wacz: zipfile.ZipFile) -> None:
    package = json.loads(wacz.read("datapackage.json"))
    digest = json.loads(wacz.read("datapackage-digest.json"))
    assert digest["hash"] == f"sha256:{hashlib.sha256(wacz.read('datapackage.json')).hexdigest()}"
    assert package["profile"] == "data-package"
    assert {entry["path"] for entry in package["resources"]} | {
        "datapackage.json",
        "datapackage-digest.json",
    } == set(wacz.namelist())
    for entry in package["resources"]:
        content = wacz.read(entry["path"])
        assert entry["bytes"] == len(content)
        assert entry["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert all(info.compress_type == zipfile.ZIP_STORED for info in wacz.infolist())


def test_page_list_agrees_with_the_records_to_the_second(wacz: zipfile.ZipFile) -> None:
    header, *pages = [json.loads(line) for line in wacz.read("pages/pages.jsonl").splitlines()]
    assert header["format"] == "json-pages-1.0"
    assert [entry["title"] for entry in pages] == ["سلام", "Two"]
    dates = {
        record.rec_headers["WARC-Target-URI"]: record.rec_headers["WARC-Date"]
        for record in ArchiveIterator(io.BytesIO(wacz.read("archive/data.warc.gz")))
        if record.rec_type == "response"
    }
    for entry in pages:
        assert dates[entry["url"]][:19] == entry["ts"][:19]


def test_index_leads_to_each_record(wacz: zipfile.ZipFile) -> None:
    lines = wacz.read("indexes/index.cdx").decode().splitlines()
    assert lines == sorted(lines)
    assert len(lines) == 3
    archive = wacz.read("archive/data.warc.gz")
    for line in lines:
        told = json.loads(line.split(" ", 2)[2])
        start = int(told["offset"])
        record = next(iter(ArchiveIterator(io.BytesIO(archive[start : start + int(told["length"])]))))
        assert record.rec_headers["WARC-Target-URI"] == told["url"]
        assert record.rec_headers["WARC-Payload-Digest"] == told["digest"]


def test_index_keys_sort_hosts_from_their_end() -> None:
    assert sort_key("https://www.a.example.ir:8443/B?z=1&a=2") == "ir,example,a:8443)/b?a=2&z=1"
    assert sort_key("http://127.0.1.6:80/") == "127.0.1.6)/"
