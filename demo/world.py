"""The demo world: eight fictional agencies, their portals served on loopback, their register and their truth."""

import csv
import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from demo.portals import HOSTS, SITES
from demo.server import Servers
from demo.site import Stage

BASE_PORT = 8700
"""The first port that is tried, and the one that the committed register files are written with."""
_PORTS_TRIED = 200
_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class TruthRow:
    """What a careful person finds for one indicator of one agency or service.

    `level` is a number, `na` or `unknown`; `max_level` is set for hard negatives: a finding above it is wrong.
    """

    agency: str
    service: str
    indicator: str
    level: str
    max_level: float | None
    evidence_page: str
    note: str


def load_truth(edition: int) -> tuple[TruthRow, ...]:
    """All rows of `truth-<edition>.csv`."""
    with (_FOLDER / f"truth-{edition}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            TruthRow(
                row["agency"],
                row["service"],
                row["indicator"],
                row["level"],
                float(row["max_level"]) if row["max_level"] else None,
                row["evidence_page"],
                row["note"],
            )
            for row in csv.DictReader(file)
        )


@dataclass(frozen=True)
class DemoWorld:
    """A served edition. `addresses` maps each host name of the demo (agency id, or `honar-desk`) to its origin."""

    edition: int
    port: int
    addresses: Mapping[str, str]

    @property
    def truth(self) -> tuple[TruthRow, ...]:
        """The labels of this edition."""
        return load_truth(self.edition)

    def register_folder(self, into: Path) -> Path:
        """Write agencies.csv and services.csv with the served addresses into `into`, and return it."""
        into.mkdir(parents=True, exist_ok=True)
        for name in ("agencies.csv", "services.csv"):
            text = (_FOLDER / "register" / name).read_text(encoding="utf-8")
            text = text.replace(f":{BASE_PORT}", f":{self.port}")
            (into / name).write_text(text, encoding="utf-8")
        return into


@contextmanager
def demo_world(edition: int = 1, port: int = 0, today: date | None = None) -> Iterator[DemoWorld]:
    """Serve all portals of one edition until the block ends.

    `port` 0 takes the first free one from 8700 on. `today` is the day that page dates count back from, default now.
    Raises OSError when a given port is taken.
    """
    day = today or datetime.now(UTC).date()
    for candidate in [port] if port else range(BASE_PORT, BASE_PORT + _PORTS_TRIED):
        stage = Stage(edition, day, {name: f"http://{address}:{candidate}" for name, address in HOSTS.items()})
        try:
            servers = Servers({HOSTS[name]: make(stage) for name, make in SITES.items()}, candidate)
        except OSError as error:
            if port or error.errno != errno.EADDRINUSE:
                raise
            continue
        try:
            yield DemoWorld(edition, candidate, stage.addresses)
        finally:
            servers.close()
        return
    raise OSError(errno.EADDRINUSE, f"no free port from {BASE_PORT} on")
