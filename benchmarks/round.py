"""A polite round over the synthetic crowd, without the browser: `python -m benchmarks.round [--full] [--json]`.

Perception and all checks are on; it ends with the findings in the store. The floor is what politeness alone demands:
the requests of the busiest host (its pages, robots.txt, sitemap.xml) less one, at the round's rate. CPU is that of all
Didban processes, the server's left out. `--full` is 170 portals with a budget of 100 pages, the default a quick look.
The textbook Scrapy spider then reads the same pages without a pause, as its figure is CPU a page.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.watching import Watched, watch
from config.loading import load_framework, load_register
from config.settings import Settings
from crawler.probing import PROBES
from demo.scale import crowd_address
from didban.pipeline import choose_agencies, open_round, run_round
from didban.workspace import Workspace
from snapshot.objects import FolderSource
from snapshot.reader import Snapshot
from store.session import open_store

FRAMEWORK = Path(__file__).parent.parent / "config" / "frameworks" / "iran-proposal.toml"
ROUND = "crowd"
OWN_FILES = 2
"""Requests of a visit beside its pages: robots.txt and sitemap.xml."""
TEXTBOOK_HOSTS = 4


@contextmanager
def crowd(agencies: int, pages: int, port: int, register: Path) -> Iterator[None]:
    """Serve the crowd in a process of its own until the block ends."""
    numbers = ["--agencies", str(agencies), "--pages", str(pages), "--port", str(port), "--register", str(register)]
    command = [sys.executable, "-m", "demo", "scale", *numbers]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        server.stdout.readline()
        try:
            yield
        finally:
            server.terminate()


def visit_all(home: Path, register: Path, pages: int) -> None:
    """The round itself, in this process and those it starts; prints one JSON line."""
    settings = Settings(home=home, allow_private=True, max_pages=pages, max_renders=0, probes_off=tuple(PROBES))
    space = Workspace(settings)
    space.prepare()
    engine = open_store(space.database_url)
    loaded = load_register(register)
    round_ = open_round(engine, ROUND, loaded, load_framework(FRAMEWORK))
    started = time.monotonic()
    outcome = run_round(space, engine, round_, choose_agencies(loaded, ()), on_start=lambda _: lambda _: None)
    wall = time.monotonic() - started
    counts = [len(Snapshot(FolderSource(folder.parent)).records) for folder in home.rglob("manifest.json")]
    print(json.dumps({"wall": wall, "judged": len(outcome.judged), "broken": len(outcome.broken), "counts": counts}))


def figures_of(watched: Watched, textbook: dict[str, float], rate: float) -> dict[str, float]:
    """The figures of a run, as `--json` prints them."""
    said = json.loads(watched.output.splitlines()[-1])
    counts = said["counts"]
    pages = sum(counts)
    floor = (max(counts) + OWN_FILES - 1) / rate
    cpu = watched.cpu_seconds
    return {
        "floor_ratio": round(said["wall"] / floor, 3),
        "cpu_ms_per_page": round(1000 * sum(cpu.values()) / pages, 2),
        "pages": pages,
        "textbook_scrapy_cpu_ms_per_page": round(1000 * textbook["cpu_seconds"] / textbook["pages"], 2),
        "peak_memory_mb": round(watched.peak_memory_mb),
        "wall_seconds": round(said["wall"], 1),
        "floor_seconds": round(floor, 1),
        "agencies": len(counts),
        "judged": said["judged"],
        "broken": said["broken"],
        **{f"cpu_ms_per_page_{role}": round(1000 * seconds / pages, 2) for role, seconds in sorted(cpu.items())},
    }


def main() -> int:
    """Serve, visit, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--agencies", type=int, default=20)
    parser.add_argument("--pages", type=int, default=20, help="pages of a portal, and budget of its visit")
    parser.add_argument("--full", action="store_true", help="170 portals, 100 pages")
    parser.add_argument("--rate", type=float, default=1.0, help="requests a second and host")
    parser.add_argument("--port", type=int, default=8800)
    parser.add_argument("--home", type=Path, help="keep the workspace here")
    parser.add_argument("--json", action="store_true", help="end with one JSON line")
    parser.add_argument("--visit", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    agencies, pages = (170, 100) if given.full else (given.agencies, given.pages)
    if given.visit is not None:
        visit_all(given.home, given.visit, pages)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        home, register = given.home or Path(folder) / "home", Path(folder) / "register"
        with crowd(agencies, pages, given.port, register):
            command = [sys.executable, "-m", "benchmarks.round", "--visit", str(register), "--home", str(home)]
            environment = {**os.environ, "DIDBAN_REQUESTS_PER_SECOND": str(given.rate)}
            watched = watch([*command, "--pages", str(pages)], environment)
            hosts = [f"http://{crowd_address(n)}:{given.port}/" for n in range(1, min(TEXTBOOK_HOSTS, agencies) + 1)]
            textbook = [sys.executable, "-m", "benchmarks.textbook", *hosts]
            printed = subprocess.run(textbook, check=True, capture_output=True, text=True).stdout
        figures = figures_of(watched, json.loads(printed), given.rate)
    for name, value in figures.items():
        print(f"{name:34} {value:>10g}")
    if given.json:
        print(json.dumps(figures))
    return 1 if figures["broken"] else 0


if __name__ == "__main__":
    sys.exit(main())
