"""Dates of a page over two visits of one round."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.orders import VisitOrder
from crawler.process import run_visits
from snapshot.models import ProbeResult
from tests.crawler.portal_server import Portal, page
from tests.crawler.visiting import order, settings


def made(home: Path, url: str, number: int, *, hours_ago: float) -> VisitOrder:
    """One visit of agency `a`, in a folder beside its others."""
    wanted = order(home, "a", url, max_pages=3)
    started = datetime.now(UTC) - timedelta(hours=hours_ago)
    visit = wanted.visit.model_copy(update={"visit_id": f"a-{number}", "started_at": started, "as_of": started})
    wanted = wanted.model_copy(update={"visit": visit, "folder": home / "evidence" / "r" / "a" / f"{number:04}"})
    run_visits([wanted], settings(home), cited_pages=lambda _: (), on_event=lambda _: None)
    return wanted


def test_a_second_visit_a_day_later_compares_dates_in_doubt(tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    text = "The chart of this office and of its units. " * 8
    chart = f"{text} Last updated: 12 July 2024"
    with Portal("127.0.0.171", {"/": page("/chart"), "/chart": lambda _: page(text=chart)}).running() as portal:
        first = made(tmp_path, portal.url, 1, hours_ago=30)
        chart = f"{text} Last updated: {today.day} {today:%B} {today.year}"
        asked = len(portal.paths)
        second = made(tmp_path, portal.url, 2, hours_ago=0)
        assert portal.paths[asked:].count("/chart") == portal.paths[:asked].count("/chart")
        third = made(tmp_path, portal.url, 3, hours_ago=-3)
    assert not (first.folder / "probes/earlier-dates.json").exists()
    result = ProbeResult.model_validate_json((second.folder / "probes/earlier-dates.json").read_bytes())
    (found,) = result.data["pages"]
    assert result.data["visit"] == "0001"
    assert (found["url"], found["earlier"], found["now"]) == (f"{portal.url}chart", ["2024-07-12"], [today.isoformat()])
    later = ProbeResult.model_validate_json((third.folder / "probes/earlier-dates.json").read_bytes())
    assert later.data["visit"] == "0001"  # the second visit is not old enough
