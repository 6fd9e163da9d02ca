"""What a round still has to decide before it is frozen: hiding must not pay, nor may a doubt be published as a fact."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from config.models import Framework
from config.vocabulary import Cause, Outcome
from scoring.decision_words import said
from scoring.effective import Decision, Declaration, Standing, cell_of

MUST_BE_DECIDED = frozenset({Cause.ROBOTS, Cause.BLOCKED, Cause.CAPTCHA, Cause.LOGIN, Cause.REFUSED})
"""Causes of unknown that an agency has in its own hands (design: scoring)."""

MatterKind = Literal["conflict", "hidden", "confirm", "lapsed", "later_declaration", "declared_unseen", "stale_visit"]


@dataclass(frozen=True, slots=True)
class Matter:
    """One open question: the cell (service and indicator None = the whole agency), its kind, and a sentence.

    `blocking` = the round cannot be frozen while it is open.
    """

    agency: str
    service: str | None
    indicator: str | None
    kind: MatterKind
    text: str
    blocking: bool = True


def open_matters(framework: Framework, cells: Iterable[Standing]) -> tuple[Matter, ...]:
    """Every cell that waits for an evaluator, in the order of the cells, at most one matter each."""
    confirm = {indicator.id: indicator.confirm_levels for indicator in framework.indicators}
    found = (_matter(entry, confirm.get(entry.crawl.indicator, ())) for entry in cells)
    return tuple(matter for matter in found if matter is not None)


def _matter(entry: Standing, confirm_levels: Sequence[float]) -> Matter | None:
    decision, declaration, finding = entry.decision, entry.declaration, entry.finding
    if decision is not None:
        if declaration is not None and _came_later(declaration, decision) and decision.after.level != declaration.level:
            return _of(entry, "later_declaration", f"after the decision the agency declared {declaration.level:g}")
        return None
    if entry.lapsed is not None and (entry.lapsed.after.outcome, entry.lapsed.after.level) != (
        finding.outcome,
        finding.level,
    ):
        decided = said(entry.lapsed.after.outcome, entry.lapsed.after.level, entry.lapsed.after.cause)[1]
        return _of(entry, "lapsed", f"the decision for {decided} lapsed: a later visit brought other evidence")
    if finding.outcome == Outcome.CONFLICT and declaration is not None:
        return _of(entry, "conflict", f"the visit found {finding.level:g}, the agency declares {declaration.level:g}")
    if finding.outcome == Outcome.UNKNOWN and finding.cause in MUST_BE_DECIDED:
        return _of(entry, "hidden", f"unknown because of {finding.cause}")
    if finding.outcome == Outcome.LEVEL and finding.level in confirm_levels:
        return _of(entry, "confirm", f"level {finding.level:g} needs an evaluator's confirmation")
    if finding.outcome == Outcome.UNKNOWN and declaration is not None:
        text = f"the agency declares {declaration.level:g}, the visit saw nothing; it stays unknown until decided"
        return _of(entry, "declared_unseen", text, blocking=False)
    return None


def _came_later(declaration: Declaration, decision: Decision) -> bool:
    return decision.declaration is None or declaration.number > decision.declaration


def _of(entry: Standing, kind: MatterKind, text: str, *, blocking: bool = True) -> Matter:
    return Matter(entry.crawl.agency, entry.crawl.service, entry.crawl.indicator, kind, text, blocking)


@dataclass(frozen=True, slots=True)
class DeclarationTally:
    """How a round's declarations fared, each cell's last one counted once.

    `agreeing` = the visit found the same. Of the others: `upheld` and `rejected` by an evaluator, `undecided`,
    `without_finding` (nothing was visited or the indicator does not apply).
    """

    agreeing: int
    upheld: int
    rejected: int
    undecided: int
    without_finding: int

    @property
    def total(self) -> int:
        """All declared cells."""
        return self.agreeing + self.upheld + self.rejected + self.undecided + self.without_finding

    @property
    def upheld_share(self) -> Fraction | None:
        """Share of the decided ones that were upheld, 0 to 1; None where none was decided."""
        decided = self.upheld + self.rejected
        return Fraction(self.upheld, decided) if decided else None


def tally(cells: Sequence[Standing], declarations: Iterable[Declaration]) -> DeclarationTally:
    """Count how the declarations of a round fared."""
    by_cell = {cell_of(entry.crawl): entry for entry in cells}
    counts = {"agreeing": 0, "upheld": 0, "rejected": 0, "undecided": 0, "without_finding": 0}
    last = {cell_of(declaration): declaration for declaration in sorted(declarations, key=lambda d: d.number)}
    for cell, declaration in last.items():
        counts[_fared(by_cell.get(cell), declaration)] += 1
    return DeclarationTally(**counts)


def _fared(entry: Standing | None, declaration: Declaration) -> str:
    if entry is None or (entry.crawl.outcome == Outcome.NA and entry.decision is None):
        return "without_finding"
    decision = entry.decision
    if entry.crawl.level == declaration.level and (decision is None or decision.after.level == declaration.level):
        return "agreeing"
    if decision is None or _came_later(declaration, decision):
        return "undecided"
    return "upheld" if decision.after.level == declaration.level else "rejected"
