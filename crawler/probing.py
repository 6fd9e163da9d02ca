"""The probes of a visit: what its plan asks for beyond the link graph, run after the crawl and before the judging."""

import asyncio
import logging
from collections.abc import Mapping
from types import MappingProxyType

from config.vocabulary import Cause
from crawler.probes.accessibility import look_at_accessibility
from crawler.probes.availability import gather_samples
from crawler.probes.earlier_dates import compare_dates
from crawler.probes.languages import look_at_languages
from crawler.probes.link_health import check_links
from crawler.probes.login_path import follow_logins
from crawler.probes.mobile import look_at_mobile_use
from crawler.probes.site import Probe, ProbeSite
from crawler.probes.site_search import ask_site_search
from crawler.probes.timing import time_home
from crawler.probes.tls import look_at_certificate
from crawler.probes.tracking_form import open_tracking_forms
from snapshot.models import ProbeResult

PROBES: Mapping[str, Probe] = MappingProxyType(
    {
        "tls": look_at_certificate,
        "timing": time_home,
        "languages": look_at_languages,
        "link-health": check_links,
        "availability": gather_samples,
        "tracking-form": open_tracking_forms,
        "accessibility": look_at_accessibility,
        "mobile": look_at_mobile_use,
        "site-search": ask_site_search,
        "login-path": follow_logins,
        "earlier-dates": compare_dates,
    }
)
"""Every probe by the name that checks ask for and its artefact bears (probes/NAME.json), in order of running."""

ALWAYS = frozenset({"tls", "earlier-dates"})
"""Probes that cost next to nothing and belong to every snapshot."""


async def run_probes(site: ProbeSite, probes: Mapping[str, Probe] = PROBES) -> None:
    """Run what the visit's plan asks for and store each result; what a killed visit has stored already is kept.

    A probe that the settings switch off is stored as `off`. One that breaks or takes too long is stored as failed:
    it costs nobody more than its own answer. A name that nobody knows is left out (its checks stay unknown).
    """
    wanted = ALWAYS.union(site.visit.plan.probes)
    for name, probe in probes.items():
        if name not in wanted or (site.writer.folder / "probes" / f"{name}.json").exists():
            continue
        if name in site.crew.settings.probes_off:
            site.writer.probe(name, ProbeResult(status="off"))
        elif (result := await _bounded(name, probe, site)) is not None:
            site.writer.probe(name, result)


async def _bounded(name: str, probe: Probe, site: ProbeSite) -> ProbeResult | None:
    try:
        return await asyncio.wait_for(probe(site), site.crew.settings.max_probe_seconds)
    except TimeoutError:
        return ProbeResult(status="failed", cause=Cause.BUDGET, data={"reason": "the probe took too long"})
    except OSError:
        raise  # A full disk is the visit's matter, not the portal's.
    except Exception as error:
        logging.getLogger(__name__).exception("probe %s broke in visit %s", name, site.visit.visit_id)
        return ProbeResult(
            status="failed", cause=Cause.CRASH, data={"reason": f"{type(error).__name__}: {error}"[:300]}
        )
