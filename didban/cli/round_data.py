"""Rounds as the commands of results need them: scored, as figures, own and published by others."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import Engine

from checks.findings import Finding
from config.models import Agency
from didban.cli.store import find_round
from didban.errors import BadInputError
from scoring.aggregate import aggregate_round
from scoring.comparison import RoundFigures, own_figures, published_figures
from scoring.counts import RoundCounts, round_counts
from scoring.lists import Scope
from scoring.participation import with_bonus
from scoring.ranking import TieStyle
from scoring.score import AgencyScore, ScoringError, score_round
from store import repository
from store.history import published_rounds
from store.repository import Round
from store.standing import round_standing


@dataclass(frozen=True, slots=True)
class Scored:
    """An own round with its findings as they stand and the scores of one scope.

    `bonus` are the points for participation, out of 100, that the own scores hold; an aggregate holds none.
    """

    round: Round
    findings: tuple[Finding, ...]
    scores: Mapping[str, AgencyScore]
    bonus: Mapping[str, Fraction]

    def require_no_bonus(self, what: str) -> None:
        """Raise BadInputError where participation gave points: `what` accounts for findings and weights alone."""
        if self.bonus:
            raise BadInputError(
                f"Round {self.round.name} grants bonus points for participation, which {what} does not account for. "
                f"'didban participation --round {self.round.name}' lists the points, 'didban rank' "
                "the scores with them."
            )

    def counts(self) -> RoundCounts:
        """The counts that a round is published with."""
        framework = self.round.framework
        return round_counts(framework, self.round.register, self.findings, self.scores, framework.window_indicator)

    def figures(self, tie_style: TieStyle | None = None) -> RoundFigures:
        """The round as one to put beside others."""
        return own_figures(self.round.name, self.round.framework, self.scores, self.counts(), tie_style)

    def name_of(self, agency_id: str) -> str:
        """The agency's names, or its id where the register has none."""
        agency: Agency | None = self.round.register.agency(agency_id)
        return agency_id if agency is None else f"{agency.name_en or agency.id}  {agency.name_fa}"


@contextmanager
def said_plainly() -> Iterator[None]:
    """Errors of scoring as errors of the command line."""
    try:
        yield
    except ScoringError as error:
        raise BadInputError(str(error)) from error


def scored(engine: Engine, round_: Round, scope: Scope = "own") -> Scored:
    """The round's findings that count, scored. Raises ScoringError where they do not fit together."""
    standing = round_standing(engine, round_)
    findings = tuple(standing.findings)
    scores = score_round(round_.framework, findings)
    if scope == "aggregate":
        return Scored(round_, findings, aggregate_round(round_.framework, round_.register, scores), {})
    return Scored(round_, findings, with_bonus(scores, standing.bonus), standing.bonus)


def find_figures(
    engine: Engine, name: str, scope: Scope = "own", tie_style: TieStyle | None = None, list_name: str = "all"
) -> RoundFigures:
    """A round by name, own or published by others. Raises BadInputError naming the rounds there are."""
    own = {entry.name: entry for entry in repository.list_rounds(engine)}
    if name in own:
        return scored(engine, own[name], scope).figures(tie_style)
    by_others = {entry.name: entry for entry in published_rounds(engine)}
    if name in by_others:
        return published_figures(by_others[name], list_name)
    known = [*own, *by_others]
    hint = "" if by_others else " 'didban round import iran' brings in the published ones."
    raise BadInputError(f"There is no round '{name}'. There are: {', '.join(known) or 'none'}.{hint}")


def all_figures(engine: Engine) -> list[RoundFigures]:
    """Every round, those published by others first, then the own ones by the time they were opened."""
    own = [scored(engine, entry).figures() for entry in reversed(repository.list_rounds(engine))]
    return [*(published_figures(entry) for entry in published_rounds(engine)), *own]


def is_own_round(engine: Engine, name: str) -> bool:
    """Whether a round of this workspace has the name."""
    return repository.get_round(engine, name) is not None


def scored_round(engine: Engine, name: str | None, scope: Scope = "own") -> Scored:
    """An own round by name, or the newest. Raises BadInputError and ScoringError."""
    return scored(engine, find_round(engine, name), scope)
