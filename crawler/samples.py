"""Availability samples of a round: what each light look at a portal's home said, kept outside the visits' folders.

One file for each agency, <home>/samples/<round>/<agency>.jsonl, that is only ever appended to.
"""

import os
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any, Literal

from pydantic import AwareDatetime, ValidationError

from config.models import Frozen
from config.vocabulary import Cause, Label
from snapshot.hosts import site_of

WITNESS_SECONDS = 60.0
"""How long after a failure without any answer another portal's answer still shows that our own network works."""

_OUR_MATTER = frozenset({Cause.BLOCKED, Cause.CAPTCHA, Cause.LOGIN, Cause.ROBOTS, Cause.CRASH, Cause.BUDGET})
"""Causes that say nothing of whether people can reach the portal: it was there, but not for this visitor."""
_ANSWERED = frozenset({Cause.TOO_LARGE, Cause.MISSING_ARTEFACT})
"""Causes for which an answer came all the same: a home that is too large, or a file."""


class Sample(Frozen):
    """One look at a portal's home.

    `outcome`: `answered`, `failed` (an error, or no answer at all: `status` is then None), or `untold` where the look
    says nothing of the portal (blocked, robots.txt, login, an address that we may not ask). `asked_at` and `ended_at`
    are the begin and end of the try that counted; `first_byte_ms` is None where no answer came or nobody measured.
    `by` = `visit` (the first page of a visit) or `pass` (a pass of samples over the round's portals).
    """

    url: str
    asked_at: AwareDatetime
    ended_at: AwareDatetime
    outcome: Literal["answered", "failed", "untold"]
    status: int | None = None
    cause: Cause | None = None
    first_byte_ms: float | None = None
    by: Literal["visit", "pass"] = "pass"
    vantage: str = ""

    @property
    def silent(self) -> bool:
        """Whether it failed without any answer, so that our own network may have been down."""
        return self.outcome == "failed" and self.status is None


def outcome_of(
    cause: Cause | None, page_type: Label, *, refused_by_us: bool
) -> tuple[Literal["answered", "failed", "untold"], Cause | None]:
    """What one fetch of home says of the portal, and its cause where it did not simply answer."""
    if refused_by_us or cause in _OUR_MATTER:
        return "untold", cause or Cause.REFUSED
    if page_type == Label.BLOCKED:  # a challenge often comes as 503
        return "untold", Cause.BLOCKED
    if cause is None and page_type == Label.LOGIN:
        return "untold", Cause.LOGIN
    if cause is None and page_type == Label.SOFT_404:
        return "failed", Cause.HTTP_ERROR
    if cause is None or cause in _ANSWERED:
        return "answered", None
    return "failed", cause


def samples_folder(home: Path, round: str) -> Path:
    """Where the samples of a round lie."""
    return home / "samples" / round


def add_sample(folder: Path, agency: str, sample: Sample) -> None:
    """Append one sample in a single write; a line that a kill left torn stays a line of its own. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{agency}.jsonl"
    torn = path.exists() and path.stat().st_size > 0 and path.read_bytes()[-1:] != b"\n"
    line = (b"\n" if torn else b"") + sample.model_dump_json().encode() + b"\n"
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(handle, line)
    finally:
        os.close(handle)


def read_samples(folder: Path, agency: str) -> tuple[Sample, ...]:
    """The samples of an agency by time; lines that cannot be read (torn by a kill) are left out."""
    path = folder / f"{agency}.jsonl"
    found: list[Sample] = []
    for line in path.read_bytes().splitlines() if path.exists() else []:
        try:
            found.append(Sample.model_validate_json(line))
        except ValidationError:
            continue
    return tuple(sorted(found, key=lambda sample: sample.asked_at))


def availability(folder: Path, agency: str, spacing: timedelta) -> dict[str, Any]:
    """What the samples of a round say of one portal, for probes/availability.json.

    {"samples": [{asked_at, outcome, status, cause, first_byte_ms, by}], "counted", "answered", "failed", "untold",
    "unproven", "too_close": numbers of samples, "untold_cause": the commonest cause or None, "first_byte_ms": median or
    None, "since", "until": ISO times or None, "vantages": [str]}. `samples` are those that count: told, proven, and at
    least `spacing` apart. A failure without any answer is proven only where the home of another site answered between
    its asking and WITNESS_SECONDS after its end: else our own network may have been down, and the sample is left out.
    """
    own = read_samples(folder, agency)
    told = [sample for sample in own if sample.outcome != "untold"]
    silent = [sample for sample in told if sample.silent]
    witnesses = _answers_elsewhere(folder, agency) if silent else ()
    proven = [sample for sample in told if not sample.silent or witnessed(sample, witnesses)]
    counted: list[Sample] = []
    for sample in proven:
        if not counted or sample.asked_at - counted[-1].asked_at >= spacing:
            counted.append(sample)
    causes = [sample.cause for sample in own if sample.outcome == "untold" and sample.cause]
    times = [sample.first_byte_ms for sample in counted if sample.first_byte_ms is not None]
    return {
        "samples": [sample.model_dump(mode="json", exclude={"url", "ended_at", "vantage"}) for sample in counted],
        "counted": len(counted),
        "answered": sum(sample.outcome == "answered" for sample in counted),
        "failed": sum(sample.outcome == "failed" for sample in counted),
        "untold": len(own) - len(told),
        "unproven": len(told) - len(proven),
        "too_close": len(proven) - len(counted),
        "untold_cause": max(causes, key=causes.count).value if causes else None,
        "first_byte_ms": round(median(times), 1) if times else None,
        "since": counted[0].asked_at.isoformat() if counted else None,
        "until": counted[-1].asked_at.isoformat() if counted else None,
        "vantages": sorted({sample.vantage for sample in counted if sample.vantage}),
    }


def _answers_elsewhere(folder: Path, agency: str) -> Sequence[Sample]:
    others = sorted(path.stem for path in folder.glob("*.jsonl") if path.stem != agency)
    return [sample for other in others for sample in read_samples(folder, other) if sample.outcome == "answered"]


def witnessed(silent: Sample, answers: Iterable[Sample]) -> bool:
    """Whether another site answered while this one was silent."""
    until, site = silent.ended_at + timedelta(seconds=WITNESS_SECONDS), site_of(silent.url)
    return any(silent.asked_at <= one.ended_at <= until and site_of(one.url) != site for one in answers)
