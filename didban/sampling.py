"""Passes of availability samples over a round's portals, with other portals as witnesses of our own network."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from config.models import Agency
from crawler.process import LOG_NAME, CrawlProcess, sample_homes
from crawler.samples import Sample, witnessed
from didban.workspace import Workspace
from snapshot.hosts import site_of
from store.repository import Round

WITNESSES = 3
"""Other portals that are asked where a portal gave no answer and no other site answered meanwhile."""

LONG_SECONDS = 60.0
"""From this distance each pass has a crawl process of its own: robots.txt is read anew, and none idles for hours."""


@dataclass(frozen=True)
class Pass:
    """One pass: the samples by agency, those of witnesses included, and why others could not be taken.

    `unproven` gave no answer while no other site answered either: these samples do not count.
    """

    samples: dict[str, Sample]
    broken: dict[str, str]
    unproven: tuple[str, ...] = ()

    @property
    def discarded(self) -> bool:
        """Whether no portal gave any answer, so that our own network is taken to be down."""
        return bool(self.unproven) and len(self.unproven) == len(self.samples)


def take_passes(
    workspace: Workspace,
    round_: Round,
    agencies: Sequence[Agency],
    *,
    times: int,
    every_seconds: float,
    pause: Callable[[float], None] = time.sleep,
) -> Iterator[Pass]:
    """Sample these agencies `times` times, each pass begun `every_seconds` after the one before. One by one, lazily.

    Agencies without an address are left out.
    """
    asked = [agency for agency in agencies if agency.portal_url]
    settings = workspace.settings.model_copy(update={"home": workspace.home, "perception_workers": 0})
    log_file = workspace.logs / LOG_NAME
    due = time.monotonic()
    for size in [1] * times if every_seconds >= LONG_SECONDS else [times]:
        pause(max(0.0, due - time.monotonic()))
        with CrawlProcess(settings, log_file) as process:
            for number in range(size):
                pause(max(0.0, due - time.monotonic()) if number else 0.0)
                due = time.monotonic() + every_seconds
                yield _one_pass(process, round_, asked)


def _one_pass(process: CrawlProcess, round_: Round, asked: Sequence[Agency]) -> Pass:
    taken = sample_homes(process, asked, round_.name)
    samples = {agency: event.sample for agency, event in taken.items() if event.sample is not None}
    if _unproven(samples):
        witnesses = _witnesses(round_, samples)
        for agency, event in sample_homes(process, witnesses, round_.name).items():
            if event.sample is not None:
                samples[agency] = event.sample
    broken = {agency.id: "the crawl process died" for agency in asked if agency.id not in taken}
    broken.update({agency: event.detail for agency, event in taken.items() if event.sample is None})
    return Pass(samples, broken, _unproven(samples))


def _unproven(samples: dict[str, Sample]) -> tuple[str, ...]:
    answers = [sample for sample in samples.values() if sample.outcome == "answered"]
    return tuple(agency for agency, one in samples.items() if one.silent and not witnessed(one, answers))


def _witnesses(round_: Round, samples: dict[str, Sample]) -> list[Agency]:
    """Up to three portals of other sites, those first that were not asked in this pass."""
    silent = {site_of(sample.url) for sample in samples.values() if sample.silent}
    fit = [
        agency for agency in round_.register.agencies if agency.portal_url and site_of(agency.portal_url) not in silent
    ]
    fit.sort(key=lambda agency: agency.id in samples)
    return fit[:WITNESSES]
