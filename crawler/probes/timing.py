"""Probe timing: how long the home page takes over HTTP, as the median of a few polite loads."""

from statistics import median
from typing import Any

from config.vocabulary import Cause
from crawler.probes.site import ProbeSite
from snapshot.models import ProbeResult

GIVE_UP = 2
"""Loads that failed after which no further one is tried."""


async def time_home(site: ProbeSite) -> ProbeResult | None:
    """Load the home page `timing_repeats` times, each in its host's turn; None for an agency without an address.

    data: {"url": str, "first_byte_ms", "load_ms": medians in milliseconds over the loads that were read, "loads":
    [{"first_byte_ms", "load_ms"}], "failed": number}. `first_byte_ms` runs from asking to the head of the answer (the
    first load makes the connection, later ones may use it again), `load_ms` to its last byte; scripts, images and
    styles are not loaded. Failed with the cause of the last load where none was read.
    """
    home = site.home_record
    if not site.home or site.crew.settings.timing_repeats == 0:
        return None
    url = home.url if home is not None and home.status is not None else site.home
    loads: list[dict[str, Any]] = []
    causes: list[Cause] = []
    for _ in range(site.crew.settings.timing_repeats):
        fetched = await site.fetcher.fetch(url, None)
        if fetched.read and fetched.answer.first_byte_ms is not None:
            loads.append({"first_byte_ms": fetched.answer.first_byte_ms, "load_ms": fetched.answer.load_ms})
        else:
            causes.append(fetched.cause or Cause.HTTP_ERROR)
        if len(causes) >= GIVE_UP:
            break
    if not loads:
        return ProbeResult(status="failed", cause=causes[-1], data={"url": url, "failed": len(causes)})
    medians = {name: round(median(load[name] for load in loads), 1) for name in ("first_byte_ms", "load_ms")}
    return ProbeResult(status="done", data={"url": url, **medians, "loads": loads, "failed": len(causes)})
