"""didban serve: the review app in the browser."""

from ipaddress import ip_address
from typing import TYPE_CHECKING, Annotated

import typer
from sqlalchemy import Engine

from didban.cli.options import Home, workspace
from didban.cli.store import opened
from didban.errors import EnvironmentMissingError
from didban.workspace import Workspace
from store import repository

if TYPE_CHECKING:
    from review.site import Site

DEMO_ROUNDS = "demo-"
"""How the rounds of the demo are named."""

Host = Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for all, behind a proxy that speaks TLS.")]
Port = Annotated[int, typer.Option(min=0, max=65_535, help="Port to listen on; 0 = any free one.")]


def serve(host: Host = "127.0.0.1", port: Port = 8000, home: Home = None) -> None:
    """Serve the review app: overview, queue, evidence, decisions, audit log.

    Example: didban serve --port 8000
    """
    space = workspace(home)
    space.require()
    with opened(space) as engine:
        serve_app(space, engine, host=host, port=port, demo=_is_demo(engine, host))


def _is_demo(engine: Engine, host: str) -> bool:
    """Whether the demo accounts count: this machine alone can come here, and no round is about a real agency."""
    rounds = repository.list_rounds(engine)
    only_demo = bool(rounds) and all(round_.name.startswith(DEMO_ROUNDS) for round_ in rounds)
    return only_demo and _is_loopback(host)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def serve_app(space: Workspace, engine: Engine, *, host: str, port: int, demo: bool) -> None:
    """Serve until interrupted, with the queue of jobs; on SQLite a worker runs beside it.

    Raises EnvironmentMissingError where the address cannot be listened on.
    """
    import contextlib
    import socket
    import threading

    import uvicorn

    from didban.beside import worker_beside
    from jobs.engine import open_jobs
    from review.app import create_app
    from review.site import Site
    from store.accounts import accounts

    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        raise EnvironmentMissingError(
            f"{host}:{port} cannot be listened on: {error.strerror or error}. Choose another with --host and --port."
        ) from error
    if not accounts(engine):
        typer.echo("There is no account yet: didban user add NAME --role administrator", err=True)
    shown = f"[{host}]" if ":" in host else host
    typer.echo(f"Review app: http://{shown}:{listener.getsockname()[1]}/  (Ctrl+C ends it)", err=True)
    # Where several machines share a queue, their workers are started on purpose: docs/operating.md.
    worker = worker_beside(space) if space.jobs_url.startswith("sqlite") else contextlib.nullcontext()
    with open_jobs(space.jobs_url) as queue, worker:
        site = Site(engine, space.home, demo=demo, jobs=queue)
        # The first look at a large round takes seconds: better before somebody waits for it.
        threading.Thread(target=_look_at_newest, args=(site,), daemon=True).start()
        config = uvicorn.Config(create_app(site), log_level="warning", server_header=False, proxy_headers=True)
        uvicorn.Server(config).run(sockets=[listener])


def _look_at_newest(site: "Site") -> None:
    for round_ in repository.list_rounds(site.engine)[:1]:
        site.rounds.get(round_.name)
