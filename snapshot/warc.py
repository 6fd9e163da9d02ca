"""WARC records: one gzip member each, so that every page can be read by its offset alone.

Bodies are kept as they were after content and transfer decoding; the headers that spoke of the coding are kept under
`X-Archive-Orig-` names (as replay tools do), so that each record is a complete and true HTTP answer by itself.
"""

import base64
import gzip
import hashlib
import uuid
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime

from snapshot.models import PageRecord
from snapshot.objects import ByteSource

ARCHIVE = "archive.warc.gz"
_LEVEL = 1  # five times quicker than level 6 for a quarter more bytes
_NAMESPACE = uuid.UUID("6f0a1c1e-5f0b-5c11-9d55-6a0c3f6d1d1b")
_CODING_HEADERS = frozenset({"content-encoding", "transfer-encoding", "content-length"})


class BrokenRecordError(Exception):
    """Bytes of an archive that are no whole WARC record."""


def warcinfo(visit_id: str, at: datetime, software: str, user_agent: str = "") -> bytes:
    """The first record of an archive, as a gzip member."""
    fields = [("software", software), ("format", "WARC File Format 1.1"), ("isPartOf", visit_id)]
    if user_agent:
        fields.append(("http-header-user-agent", user_agent))
    block = _header_lines(fields)
    return _member(
        "warcinfo", f"{visit_id}/warcinfo", at, "application/warc-fields", block, [("WARC-Filename", ARCHIVE)]
    )


def response(
    *, key: str, url: str, at: datetime, status: int, headers: Sequence[tuple[str, str]], body: bytes
) -> bytes:
    """One HTTP answer as a gzip member. `key` names the record, `body` is decoded, `headers` are as received."""
    kept = [(f"X-Archive-Orig-{n}" if n.lower() in _CODING_HEADERS else n, v) for n, v in headers]
    head = f"HTTP/1.1 {status} \r\n".encode() + _header_lines([*kept, ("Content-Length", str(len(body)))]) + b"\r\n"
    extra = [("WARC-Target-URI", _one_line(url)), ("WARC-Payload-Digest", _digest(body))]
    return _member("response", key, at, "application/http;msgtype=response", head + body, extra)


def split_record(member: bytes) -> tuple[bytes, bytes]:
    """HTTP head and body of one gzip member. Raises BrokenRecordError."""
    try:
        record = gzip.decompress(member)
        header, block = record.split(b"\r\n\r\n", 1)
        size = next(int(line[15:]) for line in header.split(b"\r\n") if line.lower().startswith(b"content-length:"))
        if len(block) < size:
            raise BrokenRecordError("the record's block is cut off")
        head, body = block[:size].split(b"\r\n\r\n", 1)
    except (OSError, EOFError, zlib.error, ValueError, StopIteration) as error:
        raise BrokenRecordError(f"no WARC response record: {error}") from error
    return head, body


def read_body(source: ByteSource, record: PageRecord) -> bytes:
    """The decoded body of a page, b"" where none was stored. Raises BrokenRecordError, FileNotFoundError."""
    if record.warc_offset is None or record.warc_length is None:
        return b""
    return split_record(source.read_range(ARCHIVE, record.warc_offset, record.warc_length))[1]


def _member(
    kind: str, key: str, at: datetime, content_type: str, block: bytes, extra: Sequence[tuple[str, str]]
) -> bytes:
    fields = [
        ("WARC-Type", kind),
        ("WARC-Record-ID", f"<urn:uuid:{uuid.uuid5(_NAMESPACE, key)}>"),
        ("WARC-Date", at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")),
        *extra,
        ("WARC-Block-Digest", _digest(block)),
        ("Content-Type", content_type),
        ("Content-Length", str(len(block))),
    ]
    record = b"WARC/1.1\r\n" + _header_lines(fields) + b"\r\n" + block + b"\r\n\r\n"
    return gzip.compress(record, compresslevel=_LEVEL, mtime=0)


def _header_lines(fields: Sequence[tuple[str, str]]) -> bytes:
    return b"".join(f"{name}: {_one_line(value)}\r\n".encode() for name, value in fields)


def _one_line(text: str) -> str:
    return " ".join(text.splitlines()).strip()


def _digest(content: bytes) -> str:
    return "sha256:" + base64.b32encode(hashlib.sha256(content).digest()).decode()
