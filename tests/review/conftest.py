"""The app over a small hostile round: in this process, and served for a real browser."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright
from starlette.testclient import TestClient

from config.settings import Settings
from crawler.chromium import FLAGS, find_browser
from review.app import create_app
from review.guards import SESSION_COOKIE
from review.passwords import new_token, token_digest
from review.site import Site
from store.accounts import begin_login
from tests.review.world import World, make_world

Enter = Callable[[str], TestClient]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path / "home")
    yield made
    made.engine.dispose()


@pytest.fixture
def enter(world: World) -> Enter:
    """Log a person in; the client keeps the cookie. An empty name gives a client that is not logged in."""
    app = create_app(Site(world.engine, world.home, jobs=world.jobs))

    def entered(name: str) -> TestClient:
        client = TestClient(app, follow_redirects=False)
        if name:
            token = new_token()
            begin_login(world.engine, name, token_sha256=token_digest(token), csrf=new_token())
            client.cookies.set(SESSION_COOKIE, token)
        return client

    return entered


@dataclass
class Called:
    """A hostile portal that notes every address asked of it."""

    portal: str
    addresses: list[str]


@pytest.fixture(scope="module")
def called() -> Iterator[Called]:
    """The portal that hostile pages call; nobody should ever come."""
    addresses: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            addresses.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Called(f"http://127.0.0.1:{server.server_port}", addresses)
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, called: "Called") -> Iterator[tuple[str, World]]:
    """Address of the app, served in a thread, and its world."""
    made = make_world(tmp_path_factory.mktemp("review") / "home", called.portal)
    server = uvicorn.Server(
        uvicorn.Config(create_app(Site(made.engine, made.home)), port=0, log_level="error", lifespan="off")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}", made
    server.should_exit = True
    thread.join()
    made.engine.dispose()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        program = find_browser(Settings())
        browser = playwright.chromium.launch(executable_path=program, args=[*FLAGS, "--no-sandbox"])
        yield browser
        browser.close()
