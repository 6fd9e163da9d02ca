"""From a form to decisions on record: one for each chosen cell of a group, and the way back."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Engine

from config.decision_files import DecidedRow, Verdict
from config.problems import InputError
from config.round_tables import read_level
from config.vocabulary import Cause, DecisionReason, Outcome
from review.groups import Group
from review.round_view import RoundView
from scoring.effective import Decision
from store import repository
from store.deciding import record_decisions, withdraw_decisions


@dataclass(frozen=True, slots=True)
class Form:
    """What a person filled in. `verdict` is confirm, level, na or unknown; `level` as typed."""

    verdict: str
    level: str
    cause: str
    reason: str
    note: str
    services: tuple[str, ...]


class FormFaultError(Exception):
    """What the form lacks: a key of the catalogue, and its values."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


def decide(engine: Engine, view: RoundView, group: Group, form: Form, who: str) -> int:
    """Record the decision over the chosen cells of a group; returns how many.

    Raises FormFaultError where something is missing, RoundStateError where the round takes no decisions.
    """
    cells = [cell for cell in group.cells if (cell.service or "") in form.services]
    if not cells:
        raise FormFaultError("fault_nothing_chosen")
    verdict = _verdict(group, form)
    rows = [
        DecidedRow(row=number, agency=group.agency, service=cell.service, indicator=group.indicator.id, verdict=verdict)
        for number, cell in enumerate(cells, start=1)
    ]
    try:
        return len(record_decisions(engine, view.round, rows, who=who, file="review"))
    except InputError as error:
        raise FormFaultError("fault_other", what=error.problems[0].fix) from error


def _verdict(group: Group, form: Form) -> Verdict:
    note = form.note.strip() or None
    if form.reason and form.reason not in list(DecisionReason):
        raise FormFaultError("fault_reason")
    reason = DecisionReason(form.reason) if form.reason else None
    if form.verdict == "confirm":
        verdict = Verdict(to="confirm", reason=reason, note=note)
    elif form.verdict == "na":
        verdict = Verdict(to="na", reason=reason, note=note)
    elif form.verdict == "unknown":
        cause = Cause(form.cause) if form.cause in list(Cause) else None
        verdict = Verdict(to="unknown", cause=cause, reason=reason, note=note)
    elif form.verdict.startswith("level"):
        typed = form.verdict.partition(":")[2] or form.level
        level = read_level(typed)
        if level is None or not group.indicator.allows(float(level)):
            raise FormFaultError("fault_level")
        verdict = Verdict(to="level", level=float(level), reason=reason, note=note)
    else:
        raise FormFaultError("fault_verdict")
    if _overrules(group, verdict):
        if reason is None or reason == DecisionReason.CONFIRMED:
            raise FormFaultError("fault_reason")
        if note is None:
            raise FormFaultError("fault_note")
    return verdict


def _overrules(group: Group, verdict: Verdict) -> bool:
    """Whether the visit's finding or the agency's declaration is overruled: then it takes a reason and a note."""
    standing = group.shown.standing
    crawl, declaration = standing.crawl, standing.declaration
    outcomes = {"level": Outcome.LEVEL, "na": Outcome.NA, "unknown": Outcome.UNKNOWN, "confirm": crawl.outcome}
    after = crawl.level if verdict.to == "confirm" else verdict.level
    same = (outcomes[verdict.to], after) == (crawl.outcome, crawl.level)
    return not same or (declaration is not None and declaration.level != after)


def take_back(engine: Engine, view: RoundView, who: str) -> Decision | None:
    """Take back a person's last decision in the round that is in force, with all cells decided at the same moment.

    Returns one of the decisions taken back, None where there is none. Raises RoundStateError.
    """
    known = repository.decisions(engine, view.round.name)
    gone: Collection[int | None] = {entry.withdraws for entry in known}
    own = [d for d in known if d.who == who and d.withdraws is None and d.number not in gone]
    if not own:
        return None
    last = own[-1]
    together = [d.number for d in own if d.decided_at == last.decided_at and d.agency == last.agency]
    try:
        withdraw_decisions(engine, view.round, last.agency, together, who=who)
    except InputError:
        return None
    return last
