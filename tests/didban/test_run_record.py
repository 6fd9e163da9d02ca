"""What a run leaves for whoever watches over it: metrics that Prometheus reads, a line for each visit."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.models import Agency
from config.vocabulary import Cause
from crawler.orders import Failed, Progress, Sealed, VisitOrder
from didban.run_record import METRICS, VISIT_LOG, RunRecord
from snapshot.models import PageRecord, SearchReport, VisitRecord
from snapshot.writer import SnapshotWriter

AT = datetime(2026, 5, 1, 8, 0, tzinfo=UTC)
LINE = re.compile(
    r'# (?:HELP \w+ .+|TYPE \w+ (?:gauge|counter))|\w+\{\w+="(?:[^"\\\n]|\\.)*"(?:,\w+="(?:[^"\\\n]|\\.)*")*\} [\d.]+'
)


def order(folder: Path, agency: str) -> VisitOrder:
    register = Agency(id=agency, name_fa="الف", name_en="A", kind="main", portal_url="https://a.example.ir/")
    visit = VisitRecord(visit_id=f"v-{agency}", round="r", agency=register, services=(), started_at=AT, as_of=AT)
    return VisitOrder(visit=visit, folder=folder / agency, max_pages=9)


def progress(agency: str, pages: int) -> Progress:
    return Progress(visit_id=f"v-{agency}", agency=agency, stage="crawling", pages=pages, queued=4, open_labels=2)


def metrics(logs: Path) -> dict[str, float]:
    text = (logs / METRICS).read_text(encoding="utf-8")
    assert all(LINE.fullmatch(line) for line in text.splitlines()), text
    samples = (line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    return {name.replace('round="r",', "").replace('{round="r"}', ""): float(value) for name, value in samples}


def visit_log(logs: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (logs / VISIT_LOG).read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunRecord:
    monkeypatch.setattr("didban.run_record.WRITE_SECONDS", 0.0)
    return RunRecord(tmp_path, "r", [order(tmp_path, "a"), order(tmp_path, "b"), order(tmp_path, "c")])


def test_visits_under_way_are_seen(tmp_path: Path, record: RunRecord) -> None:
    assert metrics(tmp_path)['didban_visits{state="waiting"}'] == 3
    record.on_event(progress("a", 5))
    record.on_event(progress("b", 2))
    record.on_event(progress("a", 7))
    seen = metrics(tmp_path)
    assert seen['didban_visits{state="running"}'] == 2
    assert seen['didban_visits{state="waiting"}'] == 1
    assert seen['didban_visit_pages{agency="a"}'] == 7
    assert seen['didban_visit_queued{agency="b"}'] == 4
    assert seen['didban_visit_stage{agency="a",stage="crawling"}'] == 1
    assert seen["didban_pages_total"] == 9
    assert seen["didban_written_timestamp_seconds"] > 1_700_000_000
    assert [(line["event"], line["agency"]) for line in visit_log(tmp_path)] == [("begun", "a"), ("begun", "b")]


def test_a_sealed_visit_is_summed_up_and_counts_never_fall(tmp_path: Path, record: RunRecord) -> None:
    writer = SnapshotWriter(tmp_path / "a")
    writer.begin(order(tmp_path, "a").visit)
    for number, cause in enumerate((None, Cause.TIMEOUT, Cause.TIMEOUT)):
        url = f"https://a.example.ir/{number}"
        page = PageRecord(
            page_id=writer.next_page_id(), url=url, requested_url=url, status=200, fetched_at=AT, cause=cause
        )
        writer.add_page(page, b"<html>" if cause is None else None)
    writer.search(SearchReport())
    writer.seal(AT)
    record.on_event(progress("a", 3))
    record.on_event(progress("b", 2))
    record.on_event(Sealed(visit_id="v-a", pages=3, rendered=0))
    record.on_event(Failed(visit_id="v-b", cause=Cause.CRASH, detail="the disk is full"))
    seen = metrics(tmp_path)
    assert seen["didban_pages_total"] == 5
    assert seen["didban_sealed_pages_total"] == 3
    assert seen["didban_sealed_bytes_total"] == 6
    assert seen['didban_sealed_failures_total{cause="timeout"}'] == 2
    assert seen['didban_visits{state="failed"}'] == 1
    assert not any(name.startswith("didban_visit_pages") for name in seen)
    sealed, failed = visit_log(tmp_path)[-2:]
    assert (sealed["event"], sealed["pages"], sealed["causes"]) == ("sealed", 3, {"timeout": 2})
    assert (failed["event"], failed["cause"], failed["detail"]) == ("failed", "crash", "the disk is full")


def test_odd_names_stay_readable(tmp_path: Path) -> None:
    RunRecord(tmp_path, 'spring "05"\\', [])
    text = (tmp_path / METRICS).read_text(encoding="utf-8")
    assert 'round="spring \\"05\\"\\\\"' in text
    assert all(LINE.fullmatch(line) for line in text.splitlines())


def test_a_record_that_cannot_be_written_ends_no_run(tmp_path: Path) -> None:
    record = RunRecord(tmp_path / "missing", "r", [order(tmp_path, "a")])
    record.on_event(progress("a", 1))
    assert not (tmp_path / "missing").exists()
