"""One HTTP request through Scrapy, and every way it can fail as a cause with its words."""

import re
import time
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime

import brotli
from OpenSSL import SSL
from scrapy import Request
from scrapy.core.engine import ExecutionEngine
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    StopDownload,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from twisted.internet import error as net
from twisted.web.client import ResponseFailed, ResponseNeverReceived

from config.vocabulary import Cause
from crawler.safety import AddressGuard, RefusedAddressError

PASSING = frozenset({Cause.DNS, Cause.TIMEOUT, Cause.REFUSED})
"""Causes that may be gone at the next try."""

_FOREIGN_TYPES = re.compile(
    r"(?:image|video|audio|font)/|application/(?:zip|x-(?:rar|7z|msdownload)|vnd\.|msword)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer, or why none came: decoded body, headers as received; `cut` = the body is not whole.

    `first_byte_ms` and `load_ms` are milliseconds from asking to the answer's head and to its end, a new connection
    included; None where no answer came.
    """

    url: str
    at: datetime
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    cause: Cause | None = None
    detail: str | None = None
    stopped: bool = False
    cut: bool = False
    passing: bool = False
    first_byte_ms: float | None = None
    load_ms: float | None = None

    def header(self, name: str) -> str:
        """The first value of a header, "" where it is absent."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def content_type(self) -> str:
        """The Content-Type header."""
        return self.header("content-type")


def stop_foreign_types(headers: object) -> None:
    """Handler of Scrapy's headers_received signal: the body of an image, a film or an archive is not loaded."""
    kind = headers.get("Content-Type", b"")  # type: ignore[attr-defined]
    if kind and _FOREIGN_TYPES.match(kind.decode("latin-1")):
        raise StopDownload(fail=False)


class Downloader:
    """Asks for single addresses through the engine's downloader and its middlewares; follows and repeats nothing."""

    def __init__(self, engine: ExecutionEngine, guard: AddressGuard, timeout: float) -> None:
        self._engine = engine
        self._guard = guard
        self._timeout = timeout

    async def get(self, url: str, *, max_bytes: int, cookies: str) -> Answer:
        """Ask for one address. `cookies` names the jar, one for each visit."""
        at = datetime.now(UTC)
        meta = {
            "download_timeout": self._timeout,
            "download_maxsize": max_bytes,
            "cookiejar": cookies,
            "download_slot": cookies,
        }
        try:
            self._guard.check(url)
            request = Request(url, callback=NO_CALLBACK, meta=meta, dont_filter=True)
            asked = time.monotonic()
            response = await self._engine.download_async(request)
        except (RefusedAddressError, UnsupportedURLSchemeError, ValueError) as error:
            return Answer(url, at, cause=Cause.REFUSED, detail=str(error))
        except CannotResolveHostError as error:
            refused = self._guard.refused(url)
            if refused:
                return Answer(url, at, cause=Cause.REFUSED, detail=f"the name leads to {refused}: no public address")
            return Answer(url, at, cause=Cause.DNS, detail=str(error), passing=True)
        except (IgnoreRequest, DownloadCancelledError) as error:
            return Answer(url, at, cause=Cause.TOO_LARGE, detail=str(error)[:200])
        except (DownloadTimeoutError, net.TimeoutError) as error:
            return Answer(url, at, cause=Cause.TIMEOUT, detail=str(error)[:200], passing=True)
        except DownloadConnectionRefusedError as error:
            return Answer(url, at, cause=Cause.REFUSED, detail=str(error)[:200], passing=True)
        except (DownloadFailedError, ResponseDataLossError, ResponseFailed, net.ConnectError, SSL.Error) as error:
            return _broken(url, at, error)
        except (zlib.error, brotli.error, EOFError, OSError) as error:
            return Answer(url, at, cause=Cause.HTTP_ERROR, detail=f"the body cannot be decoded: {error}"[:200])
        taken = time.monotonic() - asked
        return _answer(url, at, response, first_byte=request.meta.get("download_latency"), taken=taken)


def _answer(url: str, at: datetime, response: Response, *, first_byte: float | None, taken: float) -> Answer:
    headers = tuple(
        (name.decode("latin-1"), value.decode("utf-8", "replace"))
        for name, values in response.headers.items()
        for value in values
    )
    flags = response.flags
    return Answer(
        url=url,
        at=at,
        status=response.status,
        headers=headers,
        body=response.body,
        stopped="download_stopped" in flags,
        cut="dataloss" in flags,
        first_byte_ms=round(first_byte * 1000, 1) if first_byte is not None else None,
        load_ms=round(taken * 1000, 1),
    )


def _broken(url: str, at: datetime, error: BaseException) -> Answer:
    """A connection that broke: by TLS, or reset, or closed before an answer came."""
    reasons = list(_reasons(error))
    texts = [text for text in (str(reason).strip() for reason in reasons) if text]
    detail = (texts[-1] if texts else type(error).__name__)[:200]
    if any(isinstance(reason, SSL.Error) or "ssl" in type(reason).__module__.lower() for reason in reasons):
        return Answer(url, at, cause=Cause.TLS, detail=detail)
    if any(isinstance(reason, net.TimeoutError) for reason in reasons):
        return Answer(url, at, cause=Cause.TIMEOUT, detail=detail, passing=True)
    if any(isinstance(reason, (net.ConnectionLost, net.ConnectionDone, net.ConnectError)) for reason in reasons):
        return Answer(url, at, cause=Cause.REFUSED, detail=f"the connection was cut: {detail}", passing=True)
    return Answer(url, at, cause=Cause.HTTP_ERROR, detail=f"no HTTP answer: {detail}", passing=True)


def _reasons(error: BaseException, depth: int = 0) -> list[BaseException]:
    """The error, what it came from, and the failures it wraps."""
    found = [error]
    if depth > 4:
        return found
    if isinstance(error, (ResponseFailed, ResponseNeverReceived)):
        for failure in error.reasons:
            found += _reasons(failure.value, depth + 1)
    if error.__cause__ is not None:
        found += _reasons(error.__cause__, depth + 1)
    return found
