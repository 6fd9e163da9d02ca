"""Findings that say the same are judged together: groups, why they wait, and what hangs on them."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from config.models import Framework, Indicator
from config.vocabulary import Cause, Outcome
from scoring.effective import Standing, evidence_digest
from scoring.open_matters import Matter, MatterKind, open_matters
from scoring.score import AgencyScore, IndicatorScore

Waiting = MatterKind | Literal["doubtful", "unseen", "sample"]
"""Why something waits for an evaluator: a matter of the round, a doubt of ours, or a draw to test our quality."""

DOUBTFUL = 0.75
"""Findings of less confidence than this are shown to an evaluator."""

SAMPLE_SHARE = 0.03
"""Share of all other groups that is drawn, by their digest, to test the quality of automatic judging."""

LEAST_DOUBT = 0.05
CONFIRM_DOUBT = 0.2


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell as it stands, its findings without evidence (the store has it); `waiting` = why it is in the queue."""

    standing: Standing
    waiting: Waiting | None
    blocking: bool

    @property
    def service(self) -> str | None:
        """The service, None for the portal."""
        return self.standing.crawl.service


@dataclass(frozen=True, slots=True)
class Group:
    """Cells of one agency and indicator whose findings rest on the same: value, reason, address, words, declaration.

    `stake` is what the waiting ones could move of the agency's overall score, in points out of 100, by our doubt.
    `why` is the reason of the first one that waits, None where none does; `blocking` = the round cannot freeze.
    """

    key: str
    agency: str
    indicator: Indicator
    visit_id: str
    cells: tuple[CellView, ...]
    stake: float
    why: Waiting | None
    blocking: bool

    @property
    def waiting(self) -> tuple[CellView, ...]:
        """The cells that wait for an evaluator."""
        return tuple(cell for cell in self.cells if cell.waiting is not None)

    @property
    def shown(self) -> CellView:
        """The cell that stands for all: the first that waits, else the first."""
        return next(iter(self.waiting), self.cells[0])


def groups_of(
    framework: Framework, agency: str, visit_id: str, cells: Sequence[Standing], score: AgencyScore
) -> list[Group]:
    """The groups of one agency, in the order of its cells; `score` tells what each indicator weighs."""
    matters = {(m.indicator, m.service): m for m in open_matters(framework, cells)}
    alike: dict[str, list[CellView]] = {}
    for entry in cells:
        digest = evidence_digest(entry.crawl)
        declared = entry.declaration.level if entry.declaration else None
        key = hashlib.sha256(f"{agency}|{entry.crawl.indicator}|{digest}|{declared}".encode()).hexdigest()[:16]
        matter = matters.get((entry.crawl.indicator, entry.crawl.service))
        waiting = _waiting(entry, matter, key)
        alike.setdefault(key, []).append(
            CellView(_without_evidence(entry), waiting, matter is not None and matter.blocking)
        )
    points = _points_per_cell(score)
    indicators = {indicator.id: indicator for indicator in framework.indicators}
    return [
        Group(
            key=key,
            agency=agency,
            indicator=indicators[members[0].standing.crawl.indicator],
            visit_id=visit_id,
            cells=tuple(members),
            stake=points.get(members[0].standing.crawl.indicator, 0.0) * sum(map(_doubt, members)),
            why=next((cell.waiting for cell in members if cell.waiting is not None), None),
            blocking=any(cell.blocking for cell in members),
        )
        for key, members in alike.items()
    ]


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts over the cells of some groups that apply, and over the groups that wait."""

    cells: int = 0
    observed: int = 0
    decided: int = 0
    blocking: int = 0
    causes: Counter[Cause] = field(default_factory=Counter)
    waiting: Counter[Waiting] = field(default_factory=Counter)

    def __add__(self, other: "Counts") -> "Counts":
        """Both together."""
        return Counts(
            self.cells + other.cells,
            self.observed + other.observed,
            self.decided + other.decided,
            self.blocking + other.blocking,
            self.causes + other.causes,
            self.waiting + other.waiting,
        )


def counts_of(groups: Iterable[Group]) -> Counts:
    """The counts of these groups."""
    causes: Counter[Cause] = Counter()
    waiting: Counter[Waiting] = Counter()
    cells = observed = decided = blocking = 0
    for group in groups:
        if group.why is not None:
            waiting[group.why] += 1
            blocking += group.blocking
        for cell in group.cells:
            finding = cell.standing.finding
            if finding.outcome == Outcome.NA:
                continue
            cells += 1
            decided += cell.standing.decision is not None
            observed += finding.outcome != Outcome.UNKNOWN
            if finding.outcome == Outcome.UNKNOWN and finding.cause is not None:
                causes[finding.cause] += 1
    return Counts(cells, observed, decided, blocking, causes, waiting)


def _waiting(entry: Standing, matter: Matter | None, key: str) -> Waiting | None:
    if matter is not None:
        return matter.kind
    if entry.decision is not None or entry.crawl.outcome == Outcome.NA:
        return None
    if entry.crawl.outcome == Outcome.UNKNOWN:
        return "unseen"
    if entry.crawl.confidence < DOUBTFUL:
        return "doubtful"
    return "sample" if int(key[:8], 16) < SAMPLE_SHARE * 2**32 else None


def _without_evidence(entry: Standing) -> Standing:
    crawl = entry.crawl.model_copy(update={"evidence": ()})
    same = entry.finding is entry.crawl
    finding = crawl if same else entry.finding.model_copy(update={"evidence": ()})
    return Standing(crawl, finding, entry.declaration, entry.decision, entry.lapsed)


def _doubt(cell: CellView) -> float:
    """How far the value of a cell may be off, 0 to 1, times how likely that is."""
    if cell.waiting is None:
        return 0.0
    finding, declaration = cell.standing.finding, cell.standing.declaration
    if finding.level is None:
        return 1.0 if finding.ceiling is None else finding.ceiling
    if declaration is not None and declaration.level != finding.level:
        return abs(declaration.level - finding.level)
    least = CONFIRM_DOUBT if cell.blocking else LEAST_DOUBT
    return max(finding.level, 1 - finding.level) * max(1 - finding.confidence, least)


def _points_per_cell(score: AgencyScore) -> Mapping[str, float]:
    """By indicator: what one unit of it weighs in the overall score, points out of 100."""
    applying = [entry for entry in score.priorities if entry.estimate is not None]
    whole = sum(float(entry.priority.weight) for entry in applying)
    found: dict[str, float] = {}
    for entry in applying:
        parts: Iterable[IndicatorScore] = [part for part in entry.indicators if part.estimate is not None]
        weights = sum(float(part.indicator.weight) for part in parts)
        for part in parts:
            share = float(entry.priority.weight) / whole * float(part.indicator.weight) / weights
            found[part.indicator.id] = 100 * share / part.applicable_units
    return found
