"""The browser's only way to the network: a proxy that resolves, checks, and connects to the checked address."""

import asyncio
import contextlib
from collections.abc import Callable
from urllib.parse import urlsplit

from config.vocabulary import Cause
from crawler.safety import AddressGuard, RefusedAddressError

HEADER_LIMIT = 64 * 1024
CONNECT_SECONDS = 15.0
CHUNK = 64 * 1024


class ProxyError(Exception):
    """A connection that is not made, with its cause."""

    def __init__(self, cause: Cause, detail: str) -> None:
        super().__init__(detail)
        self.cause = cause
        self.detail = detail


class GuardProxy:
    """HTTP and CONNECT forward proxy on loopback, one for each browser context.

    Names are resolved here and the connection goes to the very address that was checked, so a name that changes its
    address between check and use gains nothing. Bytes are counted for each load; over `load_bytes` all is cut.
    """

    def __init__(self, guard: AddressGuard, load_bytes: int) -> None:
        self._guard = guard
        self._load_bytes = load_bytes
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._last_at = 0.0
        self.received = 0
        self._barred: Callable[[str, int], bool] | None = None
        self.failures: dict[tuple[str, int], tuple[Cause, str]] = {}

    @property
    def port(self) -> int:
        """Where the proxy listens on 127.0.0.1."""
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    async def start(self) -> None:
        """Begin to listen on a free port of 127.0.0.1."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=HEADER_LIMIT)

    async def close(self) -> None:
        """Stop listening and cut every connection."""
        if self._server is not None:
            self._server.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def begin_load(self) -> None:
        """A new page: count from zero, forget earlier failures, bar no host."""
        self.received = 0
        self._barred = None
        self.failures = {}

    def bar(self, barred: Callable[[str, int], bool]) -> None:
        """Make no connection to these hosts and ports while this page is shown."""
        self._barred = barred

    def quiet(self, seconds: float) -> bool:
        """Whether no request waits for its answer and nothing has come for so long."""
        return self._waiting <= 0 and asyncio.get_running_loop().time() - self._last_at >= seconds

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            await self._request(reader, writer)
        except ProxyError:
            writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            with contextlib.suppress(OSError):
                await writer.drain()
        except asyncio.CancelledError:
            pass  # close() cuts connections; the stream's own callback would report the cancellation as a fault.
        except (OSError, EOFError, ValueError, asyncio.LimitOverrunError, asyncio.IncompleteReadError):
            pass  # A connection that breaks is the browser's to report.
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _request(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        line, _, rest = head.partition(b"\r\n")
        method, target, _version = line.decode("latin-1").split(" ", 2)
        if method == "CONNECT":
            host, _, port = target.rpartition(":")
            far_reader, far_writer = await self._connect(host.strip("[]"), int(port))
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            await self._pump_both(reader, writer, far_reader, far_writer)
            return
        parts = urlsplit(target)
        if parts.scheme not in ("http", "ws") or not parts.hostname:
            raise ProxyError(Cause.REFUSED, "not an address for this proxy")
        far_reader, far_writer = await self._connect(parts.hostname, parts.port or 80)
        far_writer.write(_forwarded(method, target, rest))
        await self._pump_both(reader, writer, far_reader, far_writer, heads=True)

    async def _connect(self, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        try:
            return await self._connect_checked(host, port)
        except ProxyError as error:
            self.failures[(host.lower(), port)] = (error.cause, error.detail)
            raise

    async def _connect_checked(self, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self.received > self._load_bytes:
            raise ProxyError(Cause.TOO_LARGE, "the load is over its bytes")
        if self._barred is not None and self._barred(host.lower(), port):
            raise ProxyError(Cause.REFUSED, f"{host} is not entered")
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                allowed = await self._guard.resolve(host, port)
        except RefusedAddressError as error:
            raise ProxyError(Cause.REFUSED, str(error)) from error
        except TimeoutError as error:
            raise ProxyError(Cause.DNS, "the name was not resolved in time") from error
        except (OSError, UnicodeError) as error:
            raise ProxyError(Cause.DNS, str(error)) from error
        return await self._first_open(allowed, port)

    async def _first_open(self, addresses: list[str], port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        cause, detail = Cause.REFUSED, "connection refused"
        for address in addresses[:4]:
            try:
                async with asyncio.timeout(CONNECT_SECONDS):
                    return await asyncio.open_connection(address, port, limit=CHUNK)
            except TimeoutError:
                cause, detail = Cause.TIMEOUT, "no connection in time"
            except OSError as error:
                cause, detail = Cause.REFUSED, error.strerror or str(error)
        raise ProxyError(cause, detail)

    async def _pump_both(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        far_reader: asyncio.StreamReader,
        far_writer: asyncio.StreamWriter,
        *,
        heads: bool = False,
    ) -> None:
        """Copy both ways until one side ends. With `heads` the answer's head is made to say that it is the last."""
        waiting = False

        def sent(_count: int) -> None:
            nonlocal waiting
            if not waiting:
                waiting = True
                self._waiting += 1
            self._touch()

        def came(count: int) -> None:
            nonlocal waiting
            if waiting:
                waiting = False
                self._waiting -= 1
            self._touch()
            self.received += count
            if self.received > self._load_bytes:
                raise ProxyError(Cause.TOO_LARGE, "the load is over its bytes")

        async def down() -> None:
            if heads:
                head = await _last_head(far_reader)
                came(len(head))
                writer.write(head)
            await _pump(far_reader, writer, came)

        sent(0)
        ways = [asyncio.ensure_future(_pump(reader, far_writer, sent)), asyncio.ensure_future(down())]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            if waiting:
                self._waiting -= 1
            far_writer.close()

    def _touch(self) -> None:
        self._last_at = asyncio.get_running_loop().time()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seen: Callable[[int], None]) -> None:
    """Copy until the end."""
    while data := await reader.read(CHUNK):
        seen(len(data))
        writer.write(data)
        await writer.drain()


async def _last_head(reader: asyncio.StreamReader) -> bytes:
    """The answer's head up to its blank line, saying that the connection ends with it (unless it is upgraded)."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        while head[9:10] == b"1" and head[9:12] != b"101":
            head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        return error.partial
    except asyncio.LimitOverrunError as error:
        return await reader.read(error.consumed)
    if head[9:12] == b"101":
        return head
    lines = [line for line in head[:-4].split(b"\r\n") if not _is_connection(line)]
    return b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n"


def _is_connection(line: bytes) -> bool:
    name = line.partition(b":")[0].strip().lower()
    return name in (b"connection", b"keep-alive", b"proxy-connection")


def _forwarded(method: str, target: str, rest: bytes) -> bytes:
    """The request as the far server gets it: path only, no proxy headers, one answer for each connection.

    One answer for each connection keeps every further request, perhaps to another host, before the guard.
    """
    parts = urlsplit(target)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [line for line in rest.split(b"\r\n") if line and not line.lower().startswith(b"proxy-")]
    if not any(line.lower().startswith(b"upgrade:") for line in lines):
        lines = [*(line for line in lines if not _is_connection(line)), b"Connection: close"]
    return f"{method} {path} HTTP/1.1\r\n".encode("latin-1") + b"\r\n".join(lines) + b"\r\n\r\n"
