"""didban decide: an evaluator's word over a finding, kept on record."""

from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import Engine

from config.decision_files import DecidedRow, Verdict, load_decisions
from config.problems import InputError, did_you_mean
from config.round_tables import read_level
from config.vocabulary import Cause, DecisionReason
from didban.cli.matters import print_matters
from didban.cli.options import AsJson, By, Home, Note, RoundName, person, print_json, workspace
from didban.cli.store import changing, find_round, opened
from didban.errors import BadInputError
from scoring.decision_words import said
from scoring.effective import Decision, Value
from store import repository
from store.deciding import record_decisions
from store.repository import Round
from store.round_states import require_undecided


def decide(
    agency: Annotated[str | None, typer.Argument(help="The agency's id.", show_default=False)] = None,
    indicator: Annotated[str | None, typer.Argument(help="The indicator, e.g. T02.", show_default=False)] = None,
    service: Annotated[str | None, typer.Option(help="The service, for indicators of services.")] = None,
    level: Annotated[str | None, typer.Option(help="Decide for this level, e.g. 0.5.", show_default=False)] = None,
    na: Annotated[bool, typer.Option("--na", help="Decide that it does not apply.")] = False,
    unknown: Annotated[Cause | None, typer.Option(help="Decide that it is unknown, and why.")] = None,
    confirm: Annotated[bool, typer.Option("--confirm", help="Take the visit's finding as it is.")] = False,
    reason: Annotated[
        DecisionReason | None, typer.Option(help="Why; needed where a finding or declaration is overruled.")
    ] = None,
    note: Note = None,
    file: Annotated[
        Path | None,
        typer.Option(help="CSV or XLSX with many decisions: agency,service,indicator,decision,reason,note."),
    ] = None,
    list_open: Annotated[bool, typer.Option("--list", help="Print everything that waits for a decision.")] = False,
    log: Annotated[bool, typer.Option("--log", help="Print the decisions on record.")] = False,
    by: By = None,
    round_name: RoundName = None,
    home: Home = None,
    json: AsJson = False,
) -> None:
    """Decide over a finding: a level, not applicable, unknown, or confirmed. The finding itself is never changed.

    Example: didban decide roads T02 --service 1234 --level 0.5 --reason not_visible --note "Only after a login."
    """
    space = workspace(home)
    space.require()
    words = {"--level": level, "--na": na, "--unknown": unknown, "--confirm": confirm}
    given = [name for name, value in words.items() if value]
    with opened(space) as engine:
        if list_open or log:
            _print(engine, find_round(engine, round_name), log=log, as_json=json)
            return
        with changing(space, engine, round_name) as round_:
            require_undecided(round_.name, round_.state, "decisions")
            try:
                if file is not None:
                    rows = load_decisions(file, round_.register, round_.framework)
                elif agency is None or indicator is None or len(given) != 1:
                    raise BadInputError(
                        "Say what is decided: AGENCY INDICATOR and one of --level, --na, --unknown, --confirm; "
                        "or give --file; or look at --list first."
                    )
                else:
                    verdict = _verdict(level, na=na, unknown=unknown, reason=reason, note=note)
                    rows = (_row(round_, agency, service, indicator, verdict),)
                made = record_decisions(
                    engine, round_, rows, who=person(by), file=file.name if file is not None else "decision"
                )
            except InputError as error:
                single = f"{agency} {indicator}: {error.problems[0].fix}."
                raise BadInputError(str(error) if file is not None else single) from error
    if json:
        print_json([_as_data(decision) for decision, _ in made])
        return
    for decision, _ in made:
        typer.echo(_line(decision))


def _verdict(
    level: str | None, *, na: bool, unknown: Cause | None, reason: DecisionReason | None, note: str | None
) -> Verdict:
    if level is not None:
        read = read_level(level)
        if read is None:
            raise BadInputError(f"--level {level!r} is no level: write a number from 0 to 1, e.g. 0.5.")
        return Verdict(to="level", level=float(read), reason=reason, note=note)
    if unknown is not None:
        return Verdict(to="unknown", cause=unknown, reason=reason, note=note)
    return Verdict(to="na" if na else "confirm", reason=reason, note=note)


def _row(round_: Round, agency: str, service: str | None, indicator_id: str, verdict: Verdict) -> DecidedRow:
    """The row that the arguments stand for. Raises BadInputError for an agency, service or indicator that is not."""
    if round_.register.agency(agency) is None:
        hint = did_you_mean(agency, [entry.id for entry in round_.register.agencies])
        raise BadInputError(f"The register has no agency '{agency}'. {hint}".strip())
    indicator = round_.framework.indicator(indicator_id)
    if indicator is None:
        known = ", ".join(entry.id for entry in round_.framework.indicators)
        raise BadInputError(f"The framework has no indicator '{indicator_id}'. It has: {known}.")
    if (service is None) != (indicator.scope == "portal"):
        fix = "leave --service out" if indicator.scope == "portal" else "give --service"
        raise BadInputError(f"{indicator_id} is about {indicator.scope}s: {fix}.")
    if service is not None and service not in {entry.id for entry in round_.register.services_of(agency)}:
        hint = did_you_mean(service, [entry.id for entry in round_.register.services_of(agency)])
        raise BadInputError(f"{agency} has no service '{service}'. {hint}".strip())
    return DecidedRow(row=0, agency=agency, service=service, indicator=indicator_id, verdict=verdict)


def _print(engine: Engine, round_: Round, *, log: bool, as_json: bool) -> None:
    if not log:
        print_matters(repository.round_standing(engine, round_).matters, as_json=as_json, every=True)
        return
    known = repository.decisions(engine, round_.name)
    in_force = {cell.decision.number for cell in repository.round_standing(engine, round_).cells if cell.decision}
    if as_json:
        print_json([{**_as_data(entry), "in_force": entry.number in in_force} for entry in known])
        return
    if not known:
        typer.echo("No decision is on record.")
    for entry in known:
        typer.echo(f"{entry.decided_at:%Y-%m-%d %H:%M} {_line(entry)}{'' if entry.number in in_force else '  (past)'}")


def _line(entry: Decision) -> str:
    cell = " ".join(part for part in (entry.agency, entry.service, entry.indicator) if part)
    why = f" {entry.note}" if entry.note else ""
    return f"{cell}: {_said(entry.before)} -> {_said(entry.after)} ({entry.reason}, {entry.who}){why}"


def _said(value: Value) -> str:
    return said(value.outcome, value.level, value.cause)[1]


def _as_data(entry: Decision) -> dict[str, Any]:
    return entry.model_dump(mode="json")
