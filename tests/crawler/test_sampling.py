"""Samples taken from real servers by a real crawl process, and copied into a snapshot."""

from pathlib import Path

from config.models import Agency
from config.settings import Settings
from config.vocabulary import Cause
from crawler.process import CrawlProcess, run_visits, sample_homes
from crawler.samples import Sample, read_samples, samples_folder
from snapshot.models import ProbeResult, VisitPlan
from tests.crawler.portal_server import Portal, Reply, page
from tests.crawler.visiting import order, settings


def agency(name: str, url: str) -> Agency:
    return Agency(id=name, name_fa=name, name_en=name, kind="main", portal_url=url)


def take(chosen: Settings, *agencies: Agency) -> dict[str, Sample | None]:
    with CrawlProcess(chosen, chosen.home / "logs" / "crawl.log") as process:
        return {name: event.sample for name, event in sample_homes(process, agencies, "r").items()}


def test_one_polite_look_at_each_home(tmp_path: Path) -> None:
    barred = Reply("User-agent: *\nDisallow: /\n", content_type="text/plain")
    with (
        Portal("127.0.0.111", {"/": page("/a")}).running() as fine,
        Portal("127.0.0.112", {"/": Reply("<h1>Error</h1>", status=500)}).running() as broken,
        Portal("127.0.0.113", {"/": page(), "/robots.txt": barred}).running() as closed,
        Portal("127.0.0.114", {"/": Reply("<p>no entry</p>", status=403)}).running() as blocking,
    ):
        names = {"fine": fine, "broken": broken, "closed": closed, "blocking": blocking}
        found = take(
            settings(tmp_path, retries=0, vantage="Tehran"),
            *(agency(name, portal.url) for name, portal in names.items()),
            agency("nobody", "http://127.0.0.115:9/"),
        )
    said = {name: (one.outcome, one.status, one.cause) for name, one in found.items() if one is not None}
    assert said == {
        "fine": ("answered", 200, None),
        "broken": ("failed", 500, Cause.HTTP_ERROR),
        "closed": ("untold", None, Cause.ROBOTS),
        "blocking": ("untold", 403, Cause.BLOCKED),
        "nobody": ("failed", None, Cause.REFUSED),
    }
    assert fine.paths == ["/"]
    assert closed.paths == []
    stored = read_samples(samples_folder(tmp_path, "r"), "fine")
    assert stored == (found["fine"],)
    assert stored[0].vantage == "Tehran"
    assert 0 < (stored[0].first_byte_ms or 0) < 5_000


def test_an_address_that_may_not_be_asked_is_no_failure_of_the_portal(tmp_path: Path) -> None:
    with Portal("127.0.0.116", {"/": page()}).running() as portal:
        found = take(settings(tmp_path, allow_private=False), agency("a", portal.url))["a"]
    assert found is not None
    assert (found.outcome, portal.log) == ("untold", [])


def test_a_visits_first_page_is_a_sample_and_the_round_is_copied_in(tmp_path: Path) -> None:
    chosen = settings(tmp_path, sample_spacing_minutes=0.0001)
    with Portal("127.0.0.117", {"/": page("/a"), "/a": page()}).running() as portal:
        for _ in range(2):
            take(chosen, agency("a", portal.url))
        wanted = order(tmp_path, "a", portal.url)
        plan = VisitPlan(labels=wanted.visit.plan.labels, probes=("availability",))
        wanted = wanted.model_copy(update={"visit": wanted.visit.model_copy(update={"plan": plan})})
        run_visits([wanted], chosen, cited_pages=lambda _: (), on_event=lambda _: None)
        homes = portal.paths.count("/")
    stored = ProbeResult.model_validate_json((wanted.folder / "probes/availability.json").read_bytes())
    assert stored.status == "done"
    assert [one["by"] for one in stored.data["samples"]] == ["pass", "pass", "visit"]
    assert (stored.data["counted"], stored.data["answered"]) == (3, 3)
    assert homes == 3  # the visit's own sample cost no request
    assert "probes/availability.json" in (wanted.folder / "manifest.json").read_text(encoding="utf-8")


def test_a_look_that_asks_for_nothing_of_the_kind_leaves_no_samples(tmp_path: Path) -> None:
    with Portal("127.0.0.118", {"/": page()}).running() as portal:
        wanted = order(tmp_path, "a", portal.url)
        run_visits([wanted], settings(tmp_path), cited_pages=lambda _: (), on_event=lambda _: None)
    assert not (tmp_path / "samples").exists()
