"""Judging a snapshot: every indicator asked of every unit, with nothing lost and nothing claimed without evidence."""

import re
import traceback
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from checks.base import Result, not_applicable, unknown
from checks.findings import Finding, Reason
from checks.registry import RegisteredCheck, load_checks
from checks.runner_words import CAUSES, NOT_APPLICABLE, NOT_JUDGED
from checks.sentences import WordingError, sentences
from config.models import Agency, Framework, Indicator, Service, service_units
from config.vocabulary import Cause, Outcome
from snapshot.reader import Snapshot

_MEMORY_ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")


@dataclass(frozen=True, slots=True)
class _Question:
    """One indicator asked of one unit: the agency itself where `service` is None."""

    snapshot: Snapshot
    indicator: Indicator
    entry: RegisteredCheck | None
    service: Service | None


class _RefusedError(Exception):
    """A check's answer that breaks the contract of checks; the text says how."""


def judge(
    snapshot: Snapshot,
    framework: Framework,
    *,
    round: str,
    indicators: Collection[str] | None = None,
    checks: Mapping[str, RegisteredCheck] | None = None,
) -> tuple[Finding, ...]:
    """Findings of every indicator (or of those named) for the agency or each of its service units.

    Order: indicators as in the framework, units as in the register. The same snapshot and framework give the same
    findings, byte for byte. `checks` stands in for the registered checks (tests). A check's fault becomes an unknown
    finding with the cause `crash`; nothing is raised for it.
    """
    known = load_checks() if checks is None else checks
    wanted = [entry for entry in framework.indicators if indicators is None or entry.id in indicators]
    units = service_units(snapshot.services, framework.service_unit)
    findings: list[Finding] = []
    for indicator in wanted:
        # An agency without registered services still gets one line, so that the indicator does not vanish unseen.
        targets: tuple[Service | None, ...] = (units or (None,)) if indicator.scope == "service" else (None,)
        for service in targets:
            entry = known.get(indicator.check) if indicator.check else None
            question = _Question(snapshot, indicator, entry, service)
            findings.append(_finding(question, _answer(question), round))
    return tuple(findings)


def na_rule(indicator: Indicator, agency: Agency, service: Service | None) -> str | None:
    """The first register fact that takes the indicator out for this unit, None where it applies."""
    for rule in indicator.na_when:
        if rule == "no_public_services":
            applies = not agency.has_public_services
        elif service is None:
            applies = False
        elif rule == "inherent":
            applies = service.status == "inherent"
        elif rule == "instant":
            applies = service.instant
        else:
            applies = rule in service.flags
        if applies:
            return rule
    return None


def _answer(question: _Question) -> Result:
    rule = na_rule(question.indicator, question.snapshot.agency, question.service)
    if rule is not None:
        return not_applicable(rule)
    if question.entry is None:
        return unknown(Cause.MISSING_ARTEFACT, "not_measured")
    if question.indicator.scope == "service" and question.service is None:
        return unknown(Cause.MISSING_ARTEFACT, "no_services")
    home_cause = question.snapshot.search.home_cause
    if home_cause is not None and question.entry.meta.labels:  # a check without labels reads probes, not pages
        return unknown(home_cause, "home_unreadable", why=CAUSES[home_cause])
    try:
        return _earned(question, _contract_kept(question, _asked(question, question.entry)))
    except Exception as error:  # noqa: BLE001 - whatever a check does wrong, its finding must not be lost
        return _crash(error)


def _asked(question: _Question, entry: RegisteredCheck) -> Result:
    if entry.meta.scope != question.indicator.scope:
        raise _RefusedError(f"a check of scope {entry.meta.scope} for an indicator of scope {question.indicator.scope}")
    if question.service is None:
        return entry.function(question.snapshot, **question.indicator.options)
    return entry.function(question.snapshot, question.service, **question.indicator.options)


def _contract_kept(question: _Question, result: Result) -> Result:
    """The result as it is, or _RefusedError where it breaks what a check promises."""
    if not 0 <= result.confidence <= 1:
        raise _RefusedError(f"confidence {result.confidence:g} is not between 0 and 1")
    if result.outcome == Outcome.UNKNOWN and result.cause is None:
        raise _RefusedError("unknown without a cause")
    if result.outcome == Outcome.LEVEL:
        if result.level is None or not question.indicator.allows(result.level):
            grid = ", ".join(f"{level:g}" for level in question.indicator.levels)
            raise _RefusedError(f"level {result.level} is not on the indicator's grid ({grid or '0 to 1'})")
        if not result.evidence and (result.level > 0 or result.stands):
            raise _RefusedError(f"level {result.level:g} without evidence")
    return result


def _earned(question: _Question, result: Result) -> Result:
    """Level 0 only where the search was complete or the page itself says so; a ceiling where more might be found."""
    if result.outcome != Outcome.LEVEL or result.level is None or result.stands:
        return result
    cause = _open_cause(question)
    if cause is None:
        return result
    top = 1.0 if question.indicator.value == "share" else max(question.indicator.levels)
    if result.level == 0:
        ceiling = top if result.ceiling is None else result.ceiling
        return unknown(cause, "absence_open", evidence=result.evidence, ceiling=ceiling, why=CAUSES[cause])
    if result.ceiling is None and result.level < top:
        return replace(result, ceiling=top)
    return result


def _open_cause(question: _Question) -> Cause | None:
    service_id = question.service.id if question.service else None
    labels = question.entry.meta.labels if question.entry else ()
    causes = (question.snapshot.search.absence_cause(label, service_id) for label in labels)
    return next((cause for cause in causes if cause is not None), None)


def _crash(error: Exception) -> Result:
    if isinstance(error, _RefusedError):
        return unknown(Cause.CRASH, "crash", detail=str(error))
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    said = _MEMORY_ADDRESS.sub("0x…", f"{type(error).__name__}: {error}")[:300]
    return unknown(Cause.CRASH, "crash", detail=f"{said} [{place}]")


def _finding(question: _Question, result: Result, round_name: str) -> Finding:
    entry = question.entry
    own = entry.meta.messages if entry else {}
    try:
        text_fa, text_en = sentences(_wordings(result, own), result.key, result.data)
    except WordingError as error:
        result = unknown(Cause.CRASH, "crash", detail=str(error))
        text_fa, text_en = sentences(NOT_JUDGED, result.key, result.data)
    return Finding(
        round=round_name,
        agency=question.snapshot.agency.id,
        service=question.service.id if question.service else None,
        indicator=question.indicator.id,
        check=entry.meta.id if entry else None,
        check_version=entry.meta.version if entry else None,
        outcome=result.outcome,
        level=result.level,
        ceiling=result.ceiling,
        confidence=result.confidence,
        cause=result.cause,
        reason=Reason(key=result.key, data=_plain(result.data)),
        text_fa=text_fa,
        text_en=text_en,
        evidence=result.evidence,
    )


def _wordings(result: Result, own: Mapping[str, Mapping[str, str]]) -> Mapping[str, Mapping[str, str]]:
    """The check's wordings with the runner's; those of the runner's keys are the runner's alone."""
    if result.outcome == Outcome.NA:
        return {**own, **NOT_APPLICABLE}
    return {**own, **NOT_JUDGED}


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """Reason data as it is stored: lists and mappings of plain values, in a fixed order."""
    return {name: _plain_value(data[name]) for name in sorted(data)}


def _plain_value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _plain(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, tuple):
        return list(value)
    return value
