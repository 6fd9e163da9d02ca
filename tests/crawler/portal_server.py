"""A small portal on one loopback address: each test says what its paths answer, and reads what was asked."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Reply:
    """One answer. `raw` writes to the connection itself instead."""

    body: str | bytes = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = HTML
    raw: "Callable[[Handler], None] | None" = None


Route = Reply | Callable[[str], Reply]


class Handler(BaseHTTPRequestHandler):
    """Answers from the portal's routes and logs each request with its time."""

    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_GET(self) -> None:
        portal = self.server.portal
        portal.log.append((time.monotonic(), self.path))
        portal.agents.append(self.headers.get("User-Agent", ""))
        reply = portal.reply_to(self.path)
        if reply.raw is not None:
            self.close_connection = True
            reply.raw(self)
            return
        body = reply.body.encode() if isinstance(reply.body, str) else reply.body
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Tests read the log of the portal instead."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    portal: "Portal"

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are part of the tests."""


class Portal:
    """The routes of one host and the log of what was asked of it."""

    def __init__(
        self,
        address: str,
        routes: Mapping[str, Route] | None = None,
        tls: ssl.SSLContext | None = None,
        *,
        port: int = 0,
    ) -> None:
        self.log: list[tuple[float, str]] = []
        self.agents: list[str] = []
        self.routes: dict[str, Route] = dict(routes or {})
        self.otherwise: Callable[[str], Reply] = lambda path: Reply(f"<p>no {path}</p>", status=404)
        self._server = _Server((address, port), Handler)
        self._server.portal = self
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.url = f"{'https' if tls else 'http'}://{address}:{self._server.server_address[1]}/"

    def reply_to(self, path: str) -> Reply:
        """What a path answers."""
        route = self.routes.get(path)
        if route is None:
            return self.otherwise(path)
        return route if isinstance(route, Reply) else route(path)

    @property
    def paths(self) -> list[str]:
        """What was asked, in order, without robots.txt and sitemap."""
        return [path for _, path in self.log if path not in ("/robots.txt", "/sitemap.xml")]

    @contextmanager
    def running(self) -> "Iterator[Portal]":
        """Serve until the block ends."""
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()


def page(*links: str | tuple[str, str], title: str = "Page", text: str = "") -> Reply:
    """A page whose menu has these links: an address, or an address with its caption. Its text is its own."""
    pairs = [link if isinstance(link, tuple) else (link, f"Item {link}") for link in links]
    menu = "".join(f'<li><a href="{href}">{caption}</a></li>' for href, caption in pairs)
    words = text or f"{title}. " + "This office publishes what people need to know about its work. " * 6
    return Reply(
        f"<!doctype html><html lang=en><head><title>{title}</title></head><body><nav><ul>{menu}</ul></nav>"
        f"<main><h1>{title}</h1><p>{words}</p></main></body></html>"
    )
