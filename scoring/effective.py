"""What a finding stands at once evaluators and agencies have spoken. The visit's own finding is never changed.

An evaluator's decision stands above the visit as long as the visit's evidence is the one that was decided on; other
evidence from a later visit makes it lapse. A declaration never scores by itself: where it differs from the visit the
outcome is `conflict` at the visit's level, and where the visit saw nothing the finding stays unknown.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pydantic import AwareDatetime

from checks.findings import Finding, Reason
from config.declarations import DeclaredFile
from config.models import Framework, Frozen, Register, Service, service_units
from config.round_tables import Cell
from config.vocabulary import Cause, DecidedBy, DecisionReason, Outcome
from scoring.decision_words import decided, disputed


class Declaration(Frozen):
    """An agency's word on one cell. `number` grows with each one of the store; the last of a cell counts."""

    number: int
    agency: str
    service: str | None = None
    indicator: str
    level: float
    note: str | None = None
    evidence: tuple[DeclaredFile, ...] = ()
    declared_at: AwareDatetime
    who: str
    file: str
    file_sha256: str
    row: int


class Value(Frozen):
    """A value that a finding can have: a level (0 to 1), not applicable, or unknown with its cause."""

    outcome: Outcome
    level: float | None = None
    cause: Cause | None = None


class Decision(Frozen):
    """An evaluator's word over one finding. `number` grows with each one of the store; the last of a cell counts.

    `before` is what the cell stood at, `evidence_sha256` digests the finding that was decided on, `declaration` is the
    number of the declaration that lay before the evaluator. `withdraws` names a decision on the same cell that this one
    takes back: the cell then stands as if neither had been made.
    """

    number: int
    agency: str
    service: str | None = None
    indicator: str
    before: Value
    after: Value
    reason: DecisionReason
    note: str | None = None
    decided_at: AwareDatetime
    who: str
    visit_id: str
    evidence_sha256: str
    declaration: int | None = None
    withdraws: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """One cell: the visit's finding, what was said about it, and the finding that counts.

    `decision` is the one in force; `lapsed` is one that later evidence overtook.
    """

    crawl: Finding
    finding: Finding
    declaration: Declaration | None = None
    decision: Decision | None = None
    lapsed: Decision | None = None


def evidence_digest(finding: Finding) -> str:
    """Digest of what a decision rests on: value, reason, and each cited address with its words.

    Digests of whole pages are left out: a date or a counter in a page's head changes them with every visit.
    """
    parts = [
        finding.outcome,
        finding.level,
        finding.cause,
        finding.reason.key,
        sorted((piece.url, piece.quote) for piece in finding.evidence),
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def cell_of(entry: Finding | Declaration | Decision) -> Cell:
    """The cell that a finding, declaration or decision is about."""
    return Cell(entry.agency, entry.service, entry.indicator)


def standing(crawl: Finding, declaration: Declaration | None, decision: Decision | None) -> Standing:
    """One cell as it stands."""
    lapsed = None
    if decision is not None and decision.evidence_sha256 != evidence_digest(crawl):
        lapsed, decision = decision, None
    if decision is not None:
        return Standing(crawl, _decided(crawl, declaration, decision), declaration, decision)
    if declaration is not None and crawl.outcome == Outcome.LEVEL and crawl.level != declaration.level:
        return Standing(crawl, _disputed(crawl, declaration), declaration, None, lapsed)
    return Standing(crawl, crawl, declaration, None, lapsed)


def standings(
    findings: Iterable[Finding], declarations: Iterable[Declaration], decisions: Iterable[Decision]
) -> tuple[Standing, ...]:
    """All cells as they stand, in the order of the findings; of several words on one cell the last one counts."""
    declared = {cell_of(entry): entry for entry in sorted(declarations, key=lambda entry: entry.number)}
    decided_on = last_decisions(decisions)
    return tuple(
        standing(finding, declared.get(cell), decided_on.get(cell))
        for finding in findings
        for cell in [cell_of(finding)]
    )


def last_decisions(decisions: Iterable[Decision]) -> dict[Cell, Decision]:
    """The last decision of each cell that was not taken back."""
    in_order = sorted(decisions, key=lambda entry: entry.number)
    taken_back = {entry.withdraws for entry in in_order if entry.withdraws is not None}
    return {cell_of(entry): entry for entry in in_order if entry.withdraws is None and entry.number not in taken_back}


def in_scope(findings: Sequence[Finding], register: Register, framework: Framework) -> list[Finding]:
    """The findings whose agency, service unit and indicator a round still has; amendments may have taken some away."""
    indicators = {indicator.id for indicator in framework.indicators}
    found_of = {finding.agency for finding in findings}
    services: dict[str, list[Service]] = {agency.id: [] for agency in register.agencies if agency.id in found_of}
    for service in register.services:
        if service.agency in services:
            services[service.agency].append(service)
    units: dict[str, set[str | None]] = {
        agency: {None, *(unit.id for unit in service_units(tuple(own), framework.service_unit))}
        for agency, own in services.items()
    }
    return [f for f in findings if f.indicator in indicators and f.service in units.get(f.agency, ())]


def _decided(crawl: Finding, declaration: Declaration | None, decision: Decision) -> Finding:
    after = decision.after
    text_fa, text_en = decided(crawl, after.outcome, after.level, after.cause, decision.reason, decision.note)
    rests_on_declaration = (
        declaration is not None
        and declaration.number == decision.declaration
        and after.level == declaration.level
        and crawl.level != declaration.level
    )
    return crawl.model_copy(
        update={
            "outcome": after.outcome,
            "level": after.level,
            "cause": after.cause,
            "ceiling": None,
            "confidence": 0.0 if after.outcome == Outcome.UNKNOWN else 1.0,
            "reason": Reason(
                key=f"decision.{decision.reason}",
                data={
                    "note": decision.note,
                    "decided_at": decision.decided_at.isoformat(),
                    "decision": decision.number,
                    "visit": _found(crawl),
                    "declared": None if declaration is None else declaration.level,
                },
            ),
            "text_fa": text_fa,
            "text_en": text_en,
            "decided_by": DecidedBy.DECLARATION if rests_on_declaration else DecidedBy.EVALUATOR,
        }
    )


def _disputed(crawl: Finding, declaration: Declaration) -> Finding:
    """The ceiling stays the visit's own: a claim that nobody verified moves neither score nor bounds."""
    text_fa, text_en = disputed(crawl, declaration.level)
    reason = Reason(
        key="declaration.differs",
        data={"declared": declaration.level, "declaration": declaration.number, "visit": _found(crawl)},
    )
    return crawl.model_copy(
        update={"outcome": Outcome.CONFLICT, "reason": reason, "text_fa": text_fa, "text_en": text_en}
    )


def _found(crawl: Finding) -> dict[str, object]:
    return {
        "outcome": crawl.outcome,
        "level": crawl.level,
        "cause": crawl.cause,
        "reason": crawl.reason.model_dump(mode="json"),
    }
