"""What each portal is doing right now, for the person who waits."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from crawler.orders import Event, Failed, Sealed
from crawler.orders import Progress as VisitProgress

SHOWN_PORTALS = 12
STAGES = {
    "waiting": "waiting",
    "home": "opening home",
    "crawling": "reading pages",
    "rendering": "in the browser",
    "probing": "probing",
    "judging": "judging",
    "evidence": "taking evidence",
    "sealing": "sealing",
    "done": "done",
}


@dataclass
class Board:
    """The state of all visits of a run, fed with events, drawn as one bar and a line for each portal at work."""

    console: Console = field(default_factory=lambda: Console(stderr=True))

    def __post_init__(self) -> None:
        self.names: dict[str, str] = {}
        self.active: dict[str, VisitProgress] = {}
        self.finished: set[str] = set()
        self.bar = Progress(
            TextColumn("Visits"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=self.console
        )
        self.task = self.bar.add_task("visits", total=None)

    def begin(self, names: dict[str, str]) -> None:
        """Say which visits there will be: visit_id -> name of the agency."""
        self.names = names
        self.bar.update(self.task, total=len(names))

    def on_event(self, event: Event) -> None:
        """Take in one event of the crawl."""
        if isinstance(event, VisitProgress):
            self.active[event.visit_id] = event
            return
        if isinstance(event, Sealed | Failed):
            last = self.active.pop(event.visit_id, None)
            if event.visit_id not in self.finished:
                self.finished.add(event.visit_id)
                self.bar.update(self.task, completed=len(self.finished))
                self._say(event, last)

    def _say(self, event: Sealed | Failed, last: VisitProgress | None) -> None:
        name = self.names.get(event.visit_id, last.agency if last else event.visit_id)
        line = Text("  ").append(name, style="bold")
        if isinstance(event, Failed):
            line.append(f"  the visit broke ({event.cause}): {event.detail}", style="red")
        elif event.cause is not None:
            line.append(f"  could not be read: {event.cause}", style="yellow")
        else:
            line.append(f"  {event.pages} pages, {event.rendered} in the browser", style="green")
        self.console.print(line)

    def __rich__(self) -> RenderableType:
        """The picture of this moment."""
        table = Table.grid(padding=(0, 2))
        at_work = sorted(self.active.values(), key=lambda p: (p.stage == "waiting", p.agency))
        for progress in at_work[:SHOWN_PORTALS]:
            table.add_row(
                "  " + self.names.get(progress.visit_id, progress.agency),
                STAGES[progress.stage],
                f"{progress.pages} pages",
                f"{progress.rendered} rendered",
                f"{progress.queued} queued",
                f"{progress.open_labels} labels open",
            )
        rest = len(at_work) - SHOWN_PORTALS
        if rest > 0:
            table.add_row(f"  and {rest} more")
        return Group(self.bar, table)


@contextmanager
def live_board() -> Iterator[Board]:
    """A board that redraws itself on a terminal and prints one line for each finished visit elsewhere."""
    board = Board()
    if not board.console.is_terminal:
        yield board
        return
    with Live(board, console=board.console, refresh_per_second=4, transient=True):
        yield board
