"""The timing probe on a real portal."""

import time
from pathlib import Path

from config.vocabulary import Cause
from crawler.process import run_visits
from snapshot.models import ProbeResult, VisitPlan
from tests.crawler.portal_server import Handler, Portal, Reply, page
from tests.crawler.visiting import order, settings


def timed(tmp_path: Path, portal: Portal, **changes: object) -> ProbeResult:
    wanted = order(tmp_path, "a", portal.url)
    wanted = wanted.model_copy(
        update={"visit": wanted.visit.model_copy(update={"plan": VisitPlan(probes=("timing",))})}
    )
    run_visits([wanted], settings(tmp_path, **changes), cited_pages=lambda _: (), on_event=lambda _: None)
    return ProbeResult.model_validate_json((wanted.folder / "probes/timing.json").read_bytes())


def slowly(handler: Handler) -> None:
    body = str(page().body).encode()
    time.sleep(0.08)
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    handler.wfile.write(head.encode())
    handler.wfile.flush()
    time.sleep(0.12)
    handler.wfile.write(body)


def test_first_byte_and_load_are_medians_of_repeats(tmp_path: Path) -> None:
    with Portal("127.0.0.141", {"/": Reply(raw=slowly)}).running() as portal:
        found = timed(tmp_path, portal, timing_repeats=3)
    assert (found.status, len(found.data["loads"]), found.data["failed"]) == ("done", 3, 0)
    assert 75 <= found.data["first_byte_ms"] < found.data["load_ms"] - 50
    assert found.data["load_ms"] >= 190
    assert portal.paths == ["/"] * 4


def test_a_home_that_fails_has_no_times(tmp_path: Path) -> None:
    def once(path: str) -> Reply:
        return page() if portal.paths.count("/") == 1 else Reply("<p>no</p>", status=500)

    with Portal("127.0.0.142", {"/": once}).running() as portal:
        found = timed(tmp_path, portal, retries=0)
    assert (found.status, found.cause, found.data["failed"]) == ("failed", Cause.HTTP_ERROR, 2)
    assert portal.paths == ["/"] * 3
