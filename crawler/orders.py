"""What goes over the pipe between whoever wants visits and the process that makes them."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from config.models import Agency, Frozen
from config.vocabulary import Cause
from crawler.samples import Sample
from snapshot.models import ProbeResult, VisitRecord


class VisitOrder(Frozen):
    """One agency to visit. `folder` is the visit's own folder; what already lies there is gone on with.

    `given` are artefacts that no probe can fetch, by name: they are laid into the snapshot as they are.
    """

    visit: VisitRecord
    folder: Path
    max_pages: int
    given: dict[str, ProbeResult] = {}

    @property
    def visit_id(self) -> str:
        """The visit's identifier."""
        return self.visit.visit_id


class StartVisit(Frozen):
    """Command: begin a visit, or go on with it."""

    do: Literal["start"] = "start"
    order: VisitOrder


class FinishVisit(Frozen):
    """Command: the evidence leg. Render the cited pages that are not rendered yet, then seal the snapshot."""

    do: Literal["finish"] = "finish"
    visit_id: str
    page_ids: tuple[str, ...]


class CancelVisit(Frozen):
    """Command: stop a visit; what it has stays on disk."""

    do: Literal["cancel"] = "cancel"
    visit_id: str


class TakeSample(Frozen):
    """Command: one light look at an agency's home, written to the round's availability samples."""

    do: Literal["sample"] = "sample"
    agency: Agency
    round: str


class Beat(Frozen):
    """Command: go on, whoever ordered the visits still answers for them."""

    do: Literal["beat"] = "beat"


class Progress(Frozen):
    """Event: where a visit stands. `open_labels` counts labels of the plan that no page has evidenced yet."""

    event: Literal["progress"] = "progress"
    visit_id: str
    agency: str
    stage: Literal["waiting", "home", "crawling", "rendering", "probing", "judging", "evidence", "sealing", "done"]
    pages: int = 0
    rendered: int = 0
    queued: int = 0
    open_labels: int = 0
    url: str = ""


class Crawled(Frozen):
    """Event: the crawl has ended (see search.json); the visit waits for FinishVisit."""

    event: Literal["crawled"] = "crawled"
    visit_id: str


class Sealed(Frozen):
    """Event: manifest.json is written. `cause` is the home page's cause where the portal could not be read."""

    event: Literal["sealed"] = "sealed"
    visit_id: str
    pages: int
    rendered: int
    cause: Cause | None = None


class Failed(Frozen):
    """Event: the visit itself broke (our fault); its folder stays as it is."""

    event: Literal["failed"] = "failed"
    visit_id: str
    cause: Cause
    detail: str


class Sampled(Frozen):
    """Event: an availability sample is written. `sample` is None where it could not be taken or written."""

    event: Literal["sampled"] = "sampled"
    agency: str
    sample: Sample | None
    detail: str = ""


class Cancelled(Frozen):
    """Event: the visit was stopped as ordered; its folder can be gone on with."""

    event: Literal["cancelled"] = "cancelled"
    visit_id: str


Command = Annotated[StartVisit | FinishVisit | CancelVisit | TakeSample | Beat, Field(discriminator="do")]
Event = Annotated[Progress | Crawled | Sealed | Failed | Cancelled | Sampled, Field(discriminator="event")]
COMMANDS: TypeAdapter[Command] = TypeAdapter(Command)
EVENTS: TypeAdapter[Event] = TypeAdapter(Event)
