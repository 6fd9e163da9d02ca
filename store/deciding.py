"""From what an evaluator says to decisions on record: each against the finding that it is about."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import Engine

from config.decision_files import DecidedRow, Verdict
from config.models import Framework
from config.problems import InputError, Problem
from config.round_tables import Cell, grid_fault
from config.vocabulary import Cause, DecisionReason, Outcome
from scoring.effective import Decision, Standing, Value, cell_of, evidence_digest
from store import repository
from store.repository import Round, Visit


def record_decisions(
    engine: Engine, round_: Round, rows: Sequence[DecidedRow], *, who: str, file: str
) -> list[tuple[Decision, Standing]]:
    """Put decisions on record, all or none; each with the cell as it stood before.

    Raises InputError naming every row that cannot be decided so, RoundStateError where the round takes no decisions.
    """
    visits = repository.counted_visits(engine, round_.name)
    cells = _cells(engine, round_, visits, {row.agency for row in rows})
    now = datetime.now(UTC)
    problems: list[Problem] = []
    made: list[tuple[Decision, Standing]] = []
    for row in rows:
        entry = cells.get(Cell(row.agency, row.service, row.indicator))
        visit = visits.get(row.agency)
        if entry is None or visit is None:
            fix = "no visit that counts has a finding here: visit the agency first (didban run, didban recheck)"
            problems.append(Problem(file, row.row or None, "agency", row.agency, fix))
            continue
        after = _value(row.verdict, entry)
        fault = _fault(round_.framework, row, entry, after)
        if fault is not None:
            problems.append(Problem(file, row.row or None, fault[0], None, fault[1]))
            continue
        reason = row.verdict.reason or DecisionReason.CONFIRMED
        decision = Decision(
            number=0,
            agency=row.agency,
            service=row.service,
            indicator=row.indicator,
            before=Value(outcome=entry.finding.outcome, level=entry.finding.level, cause=entry.finding.cause),
            after=after,
            reason=reason,
            note=row.verdict.note,
            decided_at=now,
            who=who,
            visit_id=visit.id,
            evidence_sha256=evidence_digest(entry.crawl),
            declaration=entry.declaration.number if entry.declaration else None,
        )
        made.append((decision, entry))
    if problems:
        raise InputError(problems)
    repository.add_decisions(engine, round_.name, [decision for decision, _ in made])
    return made


def withdraw_decisions(
    engine: Engine, round_: Round, agency: str, numbers: Sequence[int], *, who: str
) -> list[tuple[Decision, Standing]]:
    """Take back decisions on an agency that are in force, all or none; each with the cell as it stood before.

    Nothing is removed: the rows stay, and a row for each says that it counts no more. Raises InputError where one of
    them is not in force (any more), RoundStateError where the round takes no decisions.
    """
    cells = _cells(engine, round_, repository.counted_visits(engine, round_.name), {agency})
    in_force = {entry.decision.number: entry for entry in cells.values() if entry.decision is not None}
    problems = [
        Problem("decision", None, "number", str(number), "this decision is not in force any more: look at the log")
        for number in numbers
        if number not in in_force
    ]
    if problems:
        raise InputError(problems)
    now = datetime.now(UTC)
    made: list[tuple[Decision, Standing]] = []
    for number in numbers:
        entry = in_force[number]
        assert entry.decision is not None
        back = {"number": 0, "before": entry.decision.after, "after": _found(entry), "withdraws": number}
        made.append((entry.decision.model_copy(update={**back, "decided_at": now, "who": who}), entry))
    repository.add_decisions(engine, round_.name, [decision for decision, _ in made])
    return made


def _cells(
    engine: Engine, round_: Round, visits: Mapping[str, Visit], agencies: Collection[str]
) -> dict[Cell, Standing]:
    """The cells of these agencies; a decision needs no other, and a large round has many."""
    return {
        cell_of(entry.crawl): entry
        for agency in sorted(agencies)
        if agency in visits
        for entry in repository.agency_cells(engine, round_, visits[agency])
    }


def _found(entry: Standing) -> Value:
    return Value(outcome=entry.crawl.outcome, level=entry.crawl.level, cause=entry.crawl.cause)


def _value(verdict: Verdict, entry: Standing) -> Value:
    crawl = entry.crawl
    if verdict.to == "confirm":
        return _found(entry)
    if verdict.to == "level":
        return Value(outcome=Outcome.LEVEL, level=verdict.level)
    if verdict.to == "na":
        return Value(outcome=Outcome.NA)
    return Value(outcome=Outcome.UNKNOWN, cause=verdict.cause or crawl.cause or Cause.MISSING_ARTEFACT)


def _fault(framework: Framework, row: DecidedRow, entry: Standing, after: Value) -> tuple[str, str] | None:
    """Column and fix where this cannot be decided so."""
    indicator = framework.indicator(row.indicator)
    assert indicator is not None
    if after.level is not None and not indicator.allows(after.level):
        return "decision", grid_fault(indicator)
    crawl = entry.crawl
    overrules_visit = (after.outcome, after.level) != (crawl.outcome, crawl.level)
    overrules_agency = entry.declaration is not None and after.level != entry.declaration.level
    if not overrules_visit and not overrules_agency:
        return None
    whom = "the visit's finding" if overrules_visit else "the agency's declaration"
    if row.verdict.reason is None or row.verdict.reason == DecisionReason.CONFIRMED:
        codes = ", ".join(reason for reason in DecisionReason if reason != DecisionReason.CONFIRMED)
        return "reason", f"this overrules {whom}: give a reason, one of {codes}"
    if not (row.verdict.note or "").strip():
        return "note", f"this overrules {whom}: say in a note what you saw"
    return None
