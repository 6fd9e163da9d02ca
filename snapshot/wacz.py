"""A sealed snapshot as one WACZ file (Web Archive Collection Zipped 1.1.1), which replay tools open without Didban.

The archive of the snapshot goes in as it is; an index of its records, a list of its pages and the digests of all parts
come beside it. See https://specs.webrecorder.net/wacz/1.1.1/
"""

import base64
import hashlib
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from snapshot.models import PageRecord
from snapshot.reader import Snapshot
from snapshot.warc import ARCHIVE

WACZ_VERSION = "1.1.1"
PAGES = "pages/pages.jsonl"
INDEX = "indexes/index.cdx"
ARCHIVED = "archive/data.warc.gz"
CHUNK = 1 << 20
_EPOCH = (1980, 1, 1, 0, 0, 0)  # no clock in the file: the same snapshot gives the same bytes


def write_wacz(snapshot: Snapshot, folder: Path, target: Path, *, software: str) -> int:
    """Write the snapshot in `folder` to `target` and return the number of pages in its page list.

    The file appears whole or not at all. Raises FileNotFoundError where the snapshot has no archive, OSError where
    `target` cannot be written.
    """
    archived = [record for record in snapshot.records if record.warc_offset is not None and record.status is not None]
    pages = [record for record in archived if record.status == 200]
    made: dict[str, tuple[str, int]] = {}
    building = target.with_name(target.name + ".part")
    try:
        with zipfile.ZipFile(building, "w", zipfile.ZIP_STORED, allowZip64=True) as file:
            made[ARCHIVED] = _copy(file, folder / ARCHIVE, ARCHIVED)
            made[INDEX] = _put(file, INDEX, "".join(sorted(_index_lines(archived))).encode())
            made[PAGES] = _put(file, PAGES, "".join(_page_lines(snapshot, pages)).encode())
            package = _package(snapshot, made, software)
            digest, _ = _put(file, "datapackage.json", package)
            _put(file, "datapackage-digest.json", _json({"path": "datapackage.json", "hash": f"sha256:{digest}"}))
        building.replace(target)
    finally:
        building.unlink(missing_ok=True)
    return len(pages)


def _package(snapshot: Snapshot, made: dict[str, tuple[str, int]], software: str) -> bytes:
    resources = [
        {"name": name.rsplit("/", 1)[-1], "path": name, "hash": f"sha256:{digest}", "bytes": size}
        for name, (digest, size) in made.items()
    ]
    home = snapshot.home
    described = {
        "profile": "data-package",
        "wacz_version": WACZ_VERSION,
        "title": f"{snapshot.agency.name_en or snapshot.agency.name_fa} ({snapshot.agency.id})",
        "software": software,
        "created": _seconds(snapshot.as_of),
        "resources": resources,
    }
    if home is not None:
        described |= {"mainPageUrl": home.url, "mainPageDate": _seconds(home.record.fetched_at)}
    return _json(described)


def _page_lines(snapshot: Snapshot, records: list[PageRecord]) -> Iterator[str]:
    yield json.dumps({"format": "json-pages-1.0", "id": "pages", "title": "Pages of the visit"}) + "\n"
    for record in records:
        page = snapshot.page(record.page_id)
        title = page.perception.title if page is not None else ""
        # The time must equal the record's to the second, or replay tools drop the page list.
        line = {"id": record.page_id, "url": record.url, "ts": _seconds(record.fetched_at), "title": title}
        yield json.dumps(line, ensure_ascii=False) + "\n"


def _index_lines(records: list[PageRecord]) -> Iterator[str]:
    """CDXJ: one line a record, by reversed host and path, so that a replay tool finds an address by bisection."""
    for record in records:
        digest = base64.b32encode(bytes.fromhex(record.body_sha256 or "")).decode()
        described = {
            "url": record.url,
            "mime": (record.content_type or "").partition(";")[0].strip(),
            "status": str(record.status),
            "digest": f"sha256:{digest}",
            "length": str(record.warc_length),
            "offset": str(record.warc_offset),
            "filename": ARCHIVED.rsplit("/", 1)[-1],
        }
        stamp = record.fetched_at.astimezone(UTC).strftime("%Y%m%d%H%M%S")
        yield f"{sort_key(record.url)} {stamp} {json.dumps(described, ensure_ascii=False)}\n"


def sort_key(url: str) -> str:
    """An address as index key: host parts reversed, then port, path and query: `ir,gov,a)/page?id=1`."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    reversed_host = host if host.replace(".", "").isdigit() else ",".join(reversed(host.split(".")))
    port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    query = f"?{'&'.join(sorted(parts.query.split('&')))}" if parts.query else ""
    return f"{reversed_host}{port}){parts.path or '/'}{query}".lower().replace(" ", "%20")


def _copy(file: zipfile.ZipFile, path: Path, name: str) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source, file.open(zipfile.ZipInfo(name, _EPOCH), "w", force_zip64=True) as into:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            into.write(chunk)
    return digest.hexdigest(), size


def _put(file: zipfile.ZipFile, name: str, content: bytes) -> tuple[str, int]:
    file.writestr(zipfile.ZipInfo(name, _EPOCH), content)
    return hashlib.sha256(content).hexdigest(), len(content)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode()


def _seconds(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
