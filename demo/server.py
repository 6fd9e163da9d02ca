"""Serves the portals over real HTTP: one loopback address per host, all on the same port, one thread per connection."""

import gzip
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

from demo.site import Request, Response, Site

_GZIP_FROM_BYTES = 1_000
_MAX_FORM_BYTES = 1_000_000


class _HostServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    site: Site


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    server: _HostServer

    def do_GET(self) -> None:
        self._answer(self._request({}))

    def do_HEAD(self) -> None:
        self._answer(self._request({}))

    def do_POST(self) -> None:
        length = min(int(self.headers.get("Content-Length") or 0), _MAX_FORM_BYTES)
        text = self.rfile.read(length).decode("ascii", "replace")
        encoding = self.server.site.encoding
        self._answer(self._request(dict(parse_qsl(text, keep_blank_values=True, encoding=encoding, errors="replace"))))

    def _request(self, form: Mapping[str, str]) -> Request:
        parts = urlsplit(self.path)
        encoding = self.server.site.encoding
        query = dict(parse_qsl(parts.query, keep_blank_values=True, encoding=encoding, errors="replace"))
        return Request(self.command, unquote(parts.path) or "/", query, form)

    def _answer(self, request: Request) -> None:
        response: Response = self.server.site.respond(request)
        body = response.body
        self.send_response(response.status)
        for name, value in response.headers:
            self.send_header(name, value)
        packed = len(body) >= _GZIP_FROM_BYTES and "gzip" in self.headers.get("Accept-Encoding", "")
        if packed and not response.content_type.startswith("image/"):
            body = gzip.compress(body, 1)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", response.content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal belongs to the command that runs the demo."""


class Servers:
    """Running servers of all hosts; `close` stops them and frees the port."""

    def __init__(self, sites: Mapping[str, Site], port: int) -> None:
        self._servers: list[_HostServer] = []
        try:
            for address, site in sites.items():
                server = _HostServer((address, port), _Handler)
                server.site = site
                self._servers.append(server)
        except OSError:
            self.close()
            raise
        for server in self._servers:
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
            server.started = True  # type: ignore[attr-defined]

    def close(self) -> None:
        """Stop all servers; open connections end with their threads."""
        for server in self._servers:
            if getattr(server, "started", False):
                server.shutdown()
            server.server_close()
        self._servers.clear()
