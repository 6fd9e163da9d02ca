"""What a run leaves for whoever watches over it: metrics in Prometheus' text format, a line of JSON for each visit.

`logs/didban.prom` is replaced as a whole every few seconds, so that a collector of text files (node_exporter and the
like) can pick it up; no port is opened. `logs/visits.jsonl` grows by a line when a visit begins and one when it ends.
"""

import json
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.orders import Event, Failed, Progress, Sealed, VisitOrder
from snapshot.objects import FolderSource
from snapshot.reader import Snapshot

METRICS = "didban.prom"
VISIT_LOG = "visits.jsonl"
WRITE_SECONDS = 2.0
"""Longest time that the metrics lag behind."""

Samples = Iterable[tuple[Mapping[str, str], float]]


class RunRecord:
    """Keeps both files of one run. It hears every event of the crawl; a full disk costs the record, never the run."""

    def __init__(self, logs: Path, round_name: str, orders: Sequence[VisitOrder]) -> None:
        self._logs = logs
        self._round = round_name
        self._orders = {order.visit_id: order for order in orders}
        self._progress: dict[str, Progress] = {}
        self._began: dict[str, float] = {}
        self._ended: dict[str, str] = {}
        self._totals: Counter[str] = Counter()
        self._causes: Counter[str] = Counter()
        self._started = datetime.now(UTC)
        self._written = 0.0
        self._write()

    def on_event(self, event: Event) -> None:
        """Take in one event."""
        if isinstance(event, Progress):
            if event.visit_id not in self._began:
                self._began[event.visit_id] = time.monotonic()
                self._log(event.visit_id, "begun", pages_before=event.pages)
            self._progress[event.visit_id] = event
        elif isinstance(event, Sealed):
            self._end(event.visit_id, "sealed", self._summary(event))
        elif isinstance(event, Failed):
            self._end(event.visit_id, "failed", {"cause": event.cause, "detail": event.detail})
        if time.monotonic() - self._written >= WRITE_SECONDS or len(self._ended) == len(self._orders):
            self._write()

    def _end(self, visit_id: str, how: str, facts: Mapping[str, Any]) -> None:
        last = self._progress.pop(visit_id, None)
        if how == "failed" and last is not None:
            self._totals["unsealed"] += last.pages
        self._ended[visit_id] = how
        began = self._began.get(visit_id)
        seconds = round(time.monotonic() - began, 1) if began is not None else None
        self._log(visit_id, how, seconds=seconds, **facts)

    def _summary(self, sealed: Sealed) -> dict[str, Any]:
        """What a sealed visit did, read from its folder."""
        snapshot = Snapshot(FolderSource(self._orders[sealed.visit_id].folder))
        records = snapshot.records
        causes = Counter(str(record.cause) for record in records if record.cause is not None)
        reasons = Counter(record.rendering.reason for record in records if record.rendering is not None)
        self._totals["pages"] += sealed.pages
        self._totals["rendered"] += sealed.rendered
        self._totals["bytes"] += (size := sum(record.body_size or 0 for record in records))
        self._causes.update(causes)
        unsettled = [str(search.label) for search in snapshot.search.labels if not search.saturated]
        return {
            "pages": sealed.pages,
            "rendered": sealed.rendered,
            "bytes": size,
            "home_cause": sealed.cause,
            "causes": dict(causes),
            "rendered_for": dict(reasons),
            "labels_not_settled": unsettled,
        }

    def _log(self, visit_id: str, event: str, **facts: Any) -> None:
        visit = self._orders[visit_id].visit
        line = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "event": event,
            "round": self._round,
            "agency": visit.agency.id,
            "visit_id": visit_id,
            "attempt": visit.attempt,
            **facts,
        }
        try:
            with (self._logs / VISIT_LOG).open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError:
            return

    def _write(self) -> None:
        self._written = time.monotonic()
        part = self._logs / f"{METRICS}.part"
        try:
            part.write_text(self.text(), encoding="utf-8")
            part.replace(self._logs / METRICS)
        except OSError:
            return

    def text(self) -> str:
        """The metrics of this moment, in Prometheus' text format."""
        states = Counter(self._ended.values())
        states["running"] = len(self._progress)
        states["waiting"] = len(self._orders) - len(self._ended) - len(self._progress)
        at_work = [({"agency": one.agency}, one) for one in self._progress.values()]
        asked = self._totals["pages"] + self._totals["unsealed"] + sum(one.pages for one in self._progress.values())
        now, begun = datetime.now(UTC).timestamp(), self._started.timestamp()
        return "".join((
            self._metric("didban_visits", "gauge", "Visits of this run by state.",
                    (({"state": state}, states[state]) for state in ("waiting", "running", "sealed", "failed"))),
            self._metric("didban_visit_stage", "gauge", "1 for the stage a visit is in.",
                    (({**agency, "stage": one.stage}, 1) for agency, one in at_work)),
            self._metric("didban_visit_pages", "gauge", "Pages asked for by a visit under way.",
                    ((agency, one.pages) for agency, one in at_work)),
            self._metric("didban_visit_rendered", "gauge", "Pages shown in the browser by a visit under way.",
                    ((agency, one.rendered) for agency, one in at_work)),
            self._metric("didban_visit_queued", "gauge", "Addresses that a visit under way may still ask for.",
                    ((agency, one.queued) for agency, one in at_work)),
            self._metric("didban_visit_open_labels", "gauge", "Labels of the plan that no page has evidenced yet.",
                    ((agency, one.open_labels) for agency, one in at_work)),
            self._metric("didban_pages_total", "counter", "Pages asked for in this run.",
                    [({}, asked)]),
            self._metric("didban_sealed_pages_total", "counter", "Pages of sealed visits.",
                    [({}, self._totals["pages"])]),
            self._metric("didban_sealed_renderings_total", "counter", "Pages of sealed visits that the browser showed.",
                    [({}, self._totals["rendered"])]),
            self._metric("didban_sealed_bytes_total", "counter", "Bytes of documents of sealed visits.",
                    [({}, self._totals["bytes"])]),
            self._metric("didban_sealed_failures_total", "counter", "Pages of sealed visits that could not be read.",
                    (({"cause": cause}, count) for cause, count in sorted(self._causes.items()))),
            self._metric("didban_run_started_timestamp_seconds", "gauge", "When this run began.",
                    [({}, round(begun, 3))]),
            self._metric("didban_written_timestamp_seconds", "gauge", "When this file was written.",
                    [({}, round(now, 3))]),
        ))  # fmt: skip

    def _metric(self, name: str, kind: str, meaning: str, samples: Samples) -> str:
        lines = [f"# HELP {name} {meaning}", f"# TYPE {name} {kind}"]
        for labels, value in samples:
            lines.append(f"{name}{{{_labels({'round': self._round, **labels})}}} {value}")
        return "\n".join(lines) + "\n"


def _labels(labels: Mapping[str, str]) -> str:
    return ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
