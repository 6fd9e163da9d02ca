"""A synthetic crowd of portals for benchmarks: every byte is made before the first request, one asyncio protocol serves all."""

import asyncio
import gzip
import sys
from collections.abc import Iterable
from pathlib import Path
from zlib import crc32

import uvloop
from jinja2 import Environment, FileSystemLoader

_FOLDER = Path(__file__).parent / "pages" / "scale"
_TOPICS = ("صدور پروانه", "ثبت درخواست", "تمدید مجوز", "استعلام سابقه", "بازرسی", "صدور گواهی")
_OBJECTS = ("کارگاه", "باغ", "انبار", "شناور", "چاه", "غرفه", "کارت مهارت", "نشان کیفیت")
_SERVICES = 10
_PAGE_BYTES = 100_000
_FIRST_PAGE_OF_NEWS = 17  # as many pages come before the news
_SENTENCE = (
    "به گزارش روابط عمومی، مدیرکل در نشست هماهنگی گفت: کیفیت خدمات و سرعت پاسخ‌گویی به مراجعان افزایش یافته است. "
)
Page = tuple[bytes, bytes]  # plain answer, gzip answer


def crowd_address(number: int) -> str:
    """The loopback address of portal `number`, counted from 1: 127.0.2.1 and on, 250 to a block."""
    return f"127.0.{2 + (number - 1) // 250}.{1 + (number - 1) % 250}"


def service_title(number: int) -> str:
    """The title of service `number`, counted from 0."""
    return f"{_TOPICS[number % len(_TOPICS)]} {_OBJECTS[number % len(_OBJECTS)]}"


def crowd_pages(pages: int) -> dict[bytes, Page]:
    """All answers of one portal by request target; every portal of the crowd serves the same set."""
    templates = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True)
    layout = templates.get_template("page.html")
    services = [{"path": f"/service/{n}", "title": service_title(n), "code": 99900000100 + n} for n in range(_SERVICES)]
    plain = {"/": "خانه", "/desk": "میز خدمت", "/track": "پیگیری درخواست", "/managers": "معرفی مدیران", "/chart": "نمودار سازمانی",
             "/complaints": "ثبت شکایت", "/contact": "تماس با ما"}  # fmt: skip
    targets: list[tuple[str, str, str]] = [(path, title, path.strip("/") or "home") for path, title in plain.items()]
    targets += [(str(s["path"]), str(s["title"]), "service") for s in services]
    targets += [
        (f"/news/{n}", f"خبر شماره {n}", "news") for n in range(_FIRST_PAGE_OF_NEWS, max(_FIRST_PAGE_OF_NEWS, pages))
    ]
    answers = {b"/robots.txt": _answer(b"User-agent: *\nAllow: /\n", "text/plain")}
    for path, title, kind in targets[: max(pages, len(plain))]:
        number = crc32(path.encode()) % 997
        after = [f"/news/{n}" for n in range(_FIRST_PAGE_OF_NEWS, pages) if n % 9 == number % 9][:40]
        text = layout.render(path=path, title=title, kind=kind, services=services, after=after, number=number)
        filler = _SENTENCE * ((_PAGE_BYTES - len(text.encode())) // len(_SENTENCE.encode()))
        answers[path.encode()] = _answer(text.replace("<!--filler-->", filler).encode(), "text/html")
    return answers


def _answer(body: bytes, kind: str, status: str = "200 OK") -> Page:
    def head(length: int, more: str = "") -> bytes:
        return f"HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\n{more}Content-Length: {length}\r\n\r\n".encode()

    packed = gzip.compress(body, 6)
    return head(len(body)) + body, head(len(packed), "Content-Encoding: gzip\r\n") + packed


class _Protocol(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, as little of it as a crawler needs: one request line, headers, no body."""

    def __init__(self, answers: dict[bytes, Page]) -> None:
        self._answers = answers
        self._missing = _answer("صفحه پیدا نشد".encode(), "text/html", "404 Not Found")
        self._waiting = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport) or hasattr(transport, "write")
        self._transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        while (end := self._waiting.find(b"\r\n\r\n")) >= 0:
            request, self._waiting = self._waiting[:end], self._waiting[end + 4 :]
            target = request.split(b" ", 2)[1].split(b"?", 1)[0]
            plain, packed = self._answers.get(target, self._missing)
            if self._transport is not None:
                self._transport.write(packed if b"gzip" in request else plain)


def write_register(folder: Path, agencies: int, port: int) -> None:
    """Write the crowd's agencies.csv and services.csv."""
    folder.mkdir(parents=True, exist_ok=True)
    numbers = range(1, agencies + 1)
    _write(
        folder / "agencies.csv",
        "id,name_fa,name_en,kind,parent,cluster,portal_url,extra_hosts,participation",
        (
            f"crowd-{n},دستگاه آزمایشی شماره {n},Synthetic agency {n},other,,crowd,http://{crowd_address(n)}:{port}/,,full"
            for n in numbers
        ),
    )
    _write(
        folder / "services.csv",
        "id,agency,parent,title_fa,title_en,audience,status,url,instant",
        (
            f"crowd-{n}-{s},crowd-{n},,{service_title(s)},Service {s},G2C,full,http://{crowd_address(n)}:{port}/service/{s},false"
            for n in numbers
            for s in range(_SERVICES)
        ),
    )


def _write(file: Path, head: str, rows: Iterable[str]) -> None:
    file.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")


async def _serve(agencies: int, pages: int, port: int) -> None:
    answers = crowd_pages(pages)
    loop = asyncio.get_running_loop()
    hosts = [crowd_address(n) for n in range(1, agencies + 1)]
    servers = [await loop.create_server(lambda: _Protocol(answers), host, port, backlog=512) for host in hosts]
    sys.stdout.write(f"{agencies} portals x {pages} pages on port {port}, {hosts[0]} .. {hosts[-1]}\n")
    sys.stdout.flush()
    await asyncio.gather(*(server.serve_forever() for server in servers))


def serve_crowd(agencies: int, pages: int, port: int, register: Path | None = None) -> int:
    """Serve the crowd until interrupted; writes its register first when a folder is given."""
    if register is not None:
        write_register(register, agencies, port)
    try:
        uvloop.run(_serve(agencies, pages, port))
    except KeyboardInterrupt:
        return 0
    return 0
