"""Which probes of a visit run, and what a broken, slow or switched-off one leaves behind."""

import asyncio
from pathlib import Path

import pytest

from config.settings import Settings
from config.vocabulary import Cause
from crawler.probes.site import Probe, ProbeSite
from crawler.probing import PROBES, run_probes
from snapshot.models import ProbeResult
from snapshot.objects import FolderSource
from snapshot.reader import Snapshot
from tests.crawler.probes.sites import site_of


def run(site: ProbeSite, **probes: Probe) -> dict[str, ProbeResult | None]:
    asyncio.run(run_probes(site, probes))
    snapshot = Snapshot(FolderSource(site.writer.folder))
    return {name: snapshot.probe(name) for name in probes}


async def fine(site: ProbeSite) -> ProbeResult:
    return ProbeResult(status="done", data={"home": site.home})


async def broken(_site: ProbeSite) -> ProbeResult:
    raise ValueError("a portal that nobody thought of")


async def slow(_site: ProbeSite) -> ProbeResult:
    await asyncio.sleep(60)
    raise AssertionError


async def nothing(_site: ProbeSite) -> None:
    return None


def test_a_probe_that_breaks_or_hangs_costs_only_its_own_answer(tmp_path: Path) -> None:
    site = site_of(tmp_path, plan=("slow", "broken", "fine"), max_probe_seconds=0.1)
    results = run(site, slow=slow, broken=broken, fine=fine)
    assert results["slow"] == ProbeResult(
        status="failed", cause=Cause.BUDGET, data={"reason": "the probe took too long"}
    )
    assert results["broken"] is not None
    assert results["broken"].cause == Cause.CRASH
    assert "nobody thought of" in results["broken"].data["reason"]
    assert results["fine"] == ProbeResult(status="done", data={"home": "https://portal.example/"})


def test_only_what_the_plan_asks_for_runs_and_what_is_switched_off_says_so(tmp_path: Path) -> None:
    site = site_of(tmp_path, plan=("fine", "nothing"), probes_off="broken, fine")
    assert run(site, fine=fine, broken=broken, nothing=nothing) == {
        "fine": ProbeResult(status="off"),
        "broken": None,
        "nothing": None,
    }


def test_a_visit_that_goes_on_keeps_the_probes_that_it_has(tmp_path: Path) -> None:
    site = site_of(tmp_path, plan=("fine",))
    site.writer.probe("fine", ProbeResult(status="done", data={"first": True}))
    assert run(site, fine=broken)["fine"] == ProbeResult(status="done", data={"first": True})


def test_the_disk_is_the_visits_matter(tmp_path: Path) -> None:
    async def full(_site: ProbeSite) -> ProbeResult:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        run(site_of(tmp_path, plan=("full",)), full=full)


def test_probes_can_be_named_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIDBAN_PROBES_OFF", ", ".join(PROBES))
    assert Settings().probes_off == tuple(PROBES)


def test_a_plan_without_probes_still_looks_at_the_certificate(tmp_path: Path) -> None:
    assert run(site_of(tmp_path, plan=()), tls=fine)["tls"] is not None
