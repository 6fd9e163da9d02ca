"""A small site on a loopback address of its own choice, which remembers what it was asked."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FILLER = "<p>" + "این متن برای آن است که صفحه خالی نباشد. " * 8 + "</p>"


@dataclass
class Answer:
    """One answer: body, status and headers beside the usual ones."""

    body: str | bytes = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


Route = Answer | Callable[[str, bytes], Answer]


class BrowserSite:
    """Routes by path (query left out), and a list of (method, path) that came in."""

    def __init__(self, host: str) -> None:
        self.routes: dict[str, Route] = {}
        self.asked: list[tuple[str, str]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                site.asked.append((self.command, self.path))
                route = site.routes.get(self.path.partition("?")[0], Answer("nothing here", 404))
                answer = route if isinstance(route, Answer) else route(self.command, body)
                data = answer.body.encode() if isinstance(answer.body, str) else answer.body
                self.send_response(answer.status)
                headers = {
                    "Content-Type": "text/html; charset=utf-8",
                    "Content-Length": str(len(data)),
                    **answer.headers,
                }
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

            def do_POST(self) -> None:
                self.do_GET()

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer((host, 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        self.url = f"http://{host}:{self.port}"

    def page(self, path: str, body: str, head: str = "") -> str:
        """Serve a page; returns its address."""
        self.routes[path] = Answer(
            f"<!doctype html><html><head><title>t</title>{head}</head><body>{body}</body></html>"
        )
        return self.url + path

    def paths(self) -> list[str]:
        """Paths that were asked for."""
        return [path for _, path in self.asked]

    @contextmanager
    def running(self) -> Iterator["BrowserSite"]:
        """Serve until the end of the block."""
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
