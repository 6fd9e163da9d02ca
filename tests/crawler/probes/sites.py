"""A probe's site without a network: a visit's folder and the settings."""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from crawler.probes.site import ProbeSite
from snapshot.hosts import OwnHosts
from snapshot.models import VisitPlan
from snapshot.writer import SnapshotWriter
from tests.crawler.visiting import order, settings


def site_of(home: Path, *, plan: Sequence[str], **changes: object) -> ProbeSite:
    """A site whose plan asks for these probes; it has no way to the network and no browser."""
    wanted = order(home, "a", "https://portal.example/")
    visit = wanted.visit.model_copy(update={"plan": VisitPlan(probes=tuple(plan))})
    writer = SnapshotWriter(wanted.folder)
    wanted.folder.mkdir(parents=True, exist_ok=True)
    writer.begin(visit)
    crew = cast("Any", SimpleNamespace(settings=settings(home, **changes)))
    nowhere = cast("Any", None)
    return ProbeSite(visit, OwnHosts.of(visit.agency), crew, nowhere, writer, nowhere)
