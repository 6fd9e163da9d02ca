"""Probe availability: what the samples of the round say so far, with this visit's own first page among them."""

import asyncio
from datetime import timedelta
from typing import Any

from crawler.crew import Crew
from crawler.probes.site import ProbeSite
from crawler.samples import availability, samples_folder
from crawler.sampling import sample_of_visit
from snapshot.models import ProbeResult, VisitRecord


async def gather_samples(site: ProbeSite) -> ProbeResult:
    """Take this visit's first page as a sample and copy those of the round. data: see `samples.availability`."""
    if site.home_record is not None:
        sample_of_visit(site.visit, site.home_record, site.crew)
    return ProbeResult(status="done", data=await asyncio.to_thread(samples_of, site.visit, site.crew))


def samples_of(visit: VisitRecord, crew: Crew) -> dict[str, Any]:
    """What the samples of this visit's agency say by now."""
    spacing = timedelta(minutes=crew.settings.sample_spacing_minutes)
    return availability(samples_folder(crew.settings.home, visit.round), visit.agency.id, spacing)
