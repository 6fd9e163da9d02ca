"""What the availability samples of a round say of one portal."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.vocabulary import Cause, Label
from crawler.samples import Sample, add_sample, availability, outcome_of, read_samples

START = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
SPACING = timedelta(minutes=10)


def sample(minutes: float, outcome: str = "answered", *, host: str = "a.gov.ir", **more: Any) -> Sample:
    at = START + timedelta(minutes=minutes)
    status = {"answered": 200}.get(outcome)
    given = {"url": f"https://{host}/", "asked_at": at, "ended_at": at, "outcome": outcome, "status": status, **more}
    return Sample.model_validate(given)


def test_answers_and_errors_are_counted_with_their_times(tmp_path: Path) -> None:
    for minutes, milliseconds in ((0, 100.0), (60, 300.0), (120, 200.0)):
        add_sample(tmp_path, "a", sample(minutes, first_byte_ms=milliseconds))
    add_sample(tmp_path, "a", sample(180, "failed", status=503, cause=Cause.HTTP_ERROR))
    found = availability(tmp_path, "a", SPACING)
    assert {name: found[name] for name in ("counted", "answered", "failed", "first_byte_ms")} == {
        "counted": 4,
        "answered": 3,
        "failed": 1,
        "first_byte_ms": 200.0,
    }
    assert (found["since"], found["until"]) == ("2026-10-01T08:00:00+00:00", "2026-10-01T11:00:00+00:00")


def test_a_burst_of_samples_counts_once(tmp_path: Path) -> None:
    for minutes in (0, 1, 2, 9, 10, 11):
        add_sample(tmp_path, "a", sample(minutes))
    found = availability(tmp_path, "a", SPACING)
    assert (found["counted"], found["too_close"]) == (2, 4)


def test_silence_counts_only_where_another_site_answered_meanwhile(tmp_path: Path) -> None:
    silent: dict[str, Any] = {"cause": Cause.TIMEOUT, "ended_at": START + timedelta(minutes=1)}
    add_sample(tmp_path, "a", sample(0, "failed", **silent))
    assert availability(tmp_path, "a", SPACING)["unproven"] == 1
    add_sample(tmp_path, "sister", sample(0.5, host="www.a.gov.ir"))  # the same site is no witness
    add_sample(tmp_path, "early", sample(-1, host="b.gov.ir"))
    add_sample(tmp_path, "late", sample(3, host="b.gov.ir"))
    add_sample(tmp_path, "down", sample(0.5, "failed", host="c.gov.ir", cause=Cause.DNS))
    assert availability(tmp_path, "a", SPACING)["failed"] == 0
    add_sample(tmp_path, "other", sample(1.5, host="b.gov.ir"))
    assert availability(tmp_path, "a", SPACING)["failed"] == 1


def test_an_error_of_the_server_needs_no_witness(tmp_path: Path) -> None:
    add_sample(tmp_path, "a", sample(0, "failed", status=500, cause=Cause.HTTP_ERROR))
    assert availability(tmp_path, "a", SPACING)["failed"] == 1


def test_looks_that_tell_nothing_are_left_out_and_named(tmp_path: Path) -> None:
    for minutes in (0, 60):
        add_sample(tmp_path, "a", sample(minutes, "untold", status=403, cause=Cause.BLOCKED))
    add_sample(tmp_path, "a", sample(120, "untold", cause=Cause.ROBOTS))
    found = availability(tmp_path, "a", SPACING)
    assert (found["counted"], found["untold"], found["untold_cause"]) == (0, 3, "blocked")


def test_a_torn_last_line_costs_only_itself(tmp_path: Path) -> None:
    add_sample(tmp_path, "a", sample(0))
    with (tmp_path / "a.jsonl").open("ab") as file:
        file.write(b'{"url": "https://a.exa')
    add_sample(tmp_path, "a", sample(60))
    add_sample(tmp_path, "a", sample(120))
    assert [one.asked_at for one in read_samples(tmp_path, "a")] == [
        START + timedelta(minutes=minutes) for minutes in (0, 60, 120)
    ]


def test_an_agency_without_samples_has_none(tmp_path: Path) -> None:
    found = availability(tmp_path / "nowhere", "a", SPACING)
    assert (found["counted"], found["since"], found["first_byte_ms"]) == (0, None, None)


@pytest.mark.parametrize(
    ("cause", "page_type", "outcome"),
    [
        (None, Label.OTHER, "answered"),
        (Cause.TOO_LARGE, Label.OTHER, "answered"),
        (Cause.HTTP_ERROR, Label.OTHER, "failed"),
        (None, Label.SOFT_404, "failed"),
        (Cause.TIMEOUT, Label.OTHER, "failed"),
        (Cause.REDIRECT_LOOP, Label.OTHER, "failed"),
        (Cause.BLOCKED, Label.OTHER, "untold"),
        (Cause.HTTP_ERROR, Label.BLOCKED, "untold"),  # a challenge that comes as 503
        (None, Label.BLOCKED, "untold"),
        (None, Label.LOGIN, "untold"),
        (Cause.LOGIN, Label.OTHER, "untold"),
        (Cause.ROBOTS, Label.OTHER, "untold"),
    ],
)
def test_outcomes(cause: Cause | None, page_type: Label, outcome: str) -> None:
    assert outcome_of(cause, page_type, refused_by_us=False)[0] == outcome
    assert outcome_of(cause, page_type, refused_by_us=True)[0] == "untold"
