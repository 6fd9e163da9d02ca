"""didban run and didban recheck: the commands that visit portals."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine

from config.loading import load_framework, load_register
from config.models import Agency
from config.problems import InputError
from config.vocabulary import ExitCode
from crawler.chromium import find_browser
from crawler.orders import Event, VisitOrder
from didban.cli.options import AsJson, Home, RoundName, workspace
from didban.cli.ranking import print_ranking
from didban.cli.results import print_findings, write_round_report
from didban.cli.store import find_round, opened
from didban.errors import BadInputError, EnvironmentMissingError
from didban.pipeline import RunOutcome, choose_agencies, open_round, rejudge, run_round
from didban.progress import live_board
from didban.workspace import Workspace
from scoring.decision_words import said
from store import repository
from store.repository import Round
from store.round_states import UNDECIDED_STATES

AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Visit loopback and private addresses that the register names.")
]
MaxPages = Annotated[
    int | None, typer.Option(min=1, help="Pages of one visit. Default: by the settings.", show_default=False)
]


def run(
    round_name: Annotated[str, typer.Option("--round", help="Name of the round; it is opened if it is new.")],
    register: Annotated[Path | None, typer.Option(help="Register folder; needed for a new round.")] = None,
    framework: Annotated[Path | None, typer.Option(help="Framework file; needed for a new round.")] = None,
    agency: Annotated[list[str] | None, typer.Option(help="Only this agency (may be given again).")] = None,
    max_pages: MaxPages = None,
    allow_private: AllowPrivate = False,
    home: Home = None,
    json: AsJson = False,
) -> None:
    """Visit, judge and score the agencies of a round. Resumable: the same command goes on where it was.

    Example: didban run --round 1405-1 --register my-register --framework my-framework.toml
    """
    space = workspace(home, max_pages=max_pages, allow_private=allow_private or None)
    # Everything that can be wrong with the input is found before anything is written.
    try:
        given_register = load_register(register) if register else None
        given_framework = load_framework(framework) if framework else None
    except InputError as error:
        raise BadInputError(str(error)) from error
    if given_register is not None:
        choose_agencies(given_register, agency or ())
    if given_register is None or given_framework is None:
        space.require()
    require_browser(space)
    space.prepare()
    with space.lock(f"round {round_name}"), opened(space) as engine:
        known = repository.get_round(engine, round_name)
        if known is None and (given_register is None or given_framework is None):
            raise BadInputError(f"Round '{round_name}' is new: give its --register and --framework.")
        register_used = given_register or (known.register if known else None)
        framework_used = given_framework or (known.framework if known else None)
        assert register_used is not None
        assert framework_used is not None
        round_ = open_round(engine, round_name, register_used, framework_used)
        outcome = visit_and_report(space, engine, round_, choose_agencies(round_.register, agency or ()), json=json)
    if outcome.broken or outcome.busy:
        raise typer.Exit(ExitCode.PARTLY_FAILED)


def recheck(
    agency: Annotated[str, typer.Argument(help="Id of the agency in the register.")],
    round_name: RoundName = None,
    indicator: Annotated[list[str] | None, typer.Option(help="Show only this indicator (may be given again).")] = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="Judge the stored snapshot again; changes nothing.")
    ] = False,
    max_pages: MaxPages = None,
    allow_private: AllowPrivate = False,
    home: Home = None,
    json: AsJson = False,
) -> None:
    """Re-check one agency: a fresh visit, or (--offline) its stored snapshot judged again.

    Example: didban recheck ncc --indicator T02
    """
    space = workspace(home, max_pages=max_pages, allow_private=allow_private or None)
    space.require()
    with opened(space) as engine:
        round_ = find_round(engine, round_name)
        chosen = choose_agencies(round_.register, [agency])
        _require_indicators(round_, indicator or ())
        if offline:
            again = rejudge(space, engine, round_, agency)
            print_findings([f for f in again.findings if not indicator or f.indicator in indicator], as_json=json)
            same = f"{len(again.findings)} findings judged again from {again.visit.folder}"
            differ = len(again.differing)
            typer.echo(f"{same}: {f'{differ} differ from the stored ones.' if differ else 'all identical.'}", err=True)
            for before, after in again.differing:
                shown = after or before
                assert shown is not None
                cell = f"{shown.indicator} {shown.service or ''}".strip()
                typer.echo(
                    f"  {cell}: {before.text_en if before else '-'} -> {after.text_en if after else '-'}", err=True
                )
            return
        require_browser(space)
        space.prepare()
        with space.lock(f"round {round_.name}"):
            outcome = _visit(space, engine, round_, chosen, again=True)
        for busy in outcome.busy.values():
            raise BadInputError(f"{busy}; try again when that visit has ended.")
        if not outcome.broken:
            _print_rechecked(engine, round_, agency, indicator or (), as_json=json)
        write_round_report(space, engine, round_)
    if outcome.broken:
        raise typer.Exit(ExitCode.PARTLY_FAILED)


def _print_rechecked(engine: Engine, round_: Round, agency: str, indicators: Sequence[str], *, as_json: bool) -> None:
    """Findings of the visit that was just made, and what it means for the round and for earlier decisions."""
    visit = [entry for entry in repository.judged_visits(engine, round_.name) if entry.agency == agency][-1]
    found = repository.visit_findings(engine, [visit.id])
    print_findings([f for f in found if not indicators or f.indicator in indicators], as_json=as_json)
    standing = repository.round_standing(engine, round_)
    counted = standing.visits.get(agency)
    if counted is None or counted.id != visit.id:
        why = (
            "it lies outside the round's window" if round_.state in UNDECIDED_STATES else f"the round is {round_.state}"
        )
        typer.echo(f"This visit is advisory and does not count: {why}.", err=True)
        return
    for cell in standing.cells:
        if cell.lapsed is not None and cell.crawl.agency == agency:
            where = f"{cell.crawl.indicator} {cell.crawl.service or ''}".strip()
            after = cell.lapsed.after
            typer.echo(
                f"{where}: the decision of {cell.lapsed.decided_at:%Y-%m-%d} by {cell.lapsed.who} "
                f"({said(after.outcome, after.level, after.cause)[1]}) lapsed: this visit brought other evidence.",
                err=True,
            )


def _require_indicators(round_: Round, wanted: Sequence[str]) -> None:
    known = [indicator.id for indicator in round_.framework.indicators]
    strange = [name for name in wanted if name not in known]
    if strange:
        raise BadInputError(f"The framework has no indicator {', '.join(strange)}. It has: {', '.join(known)}.")


def require_browser(space: Workspace) -> None:
    """Raise EnvironmentMissingError where no browser can be found."""
    if find_browser(space.settings) is None:
        raise EnvironmentMissingError(
            "No browser was found. Install Chromium (apt install chromium, or: playwright install chromium), "
            "or name one in DIDBAN_CHROMIUM."
        )


def visit_and_report(
    space: Workspace, engine: Engine, round_: Round, agencies: Sequence[Agency], *, json: bool
) -> RunOutcome:
    """Run the visits with their progress shown, then print the ranking and write the report."""
    if round_.state != "open":
        raise BadInputError(f"Round '{round_.name}' is {round_.state}: only an open round is visited.")
    if not round_.in_window(datetime.now(UTC)):
        typer.echo("The round's window is not open: visits made now are advisory and do not count.", err=True)
    outcome = _visit(space, engine, round_, agencies, again=False)
    index = write_round_report(space, engine, round_)
    print_ranking(engine, round_, as_json=json)
    if outcome.already_done and not outcome.judged and not outcome.broken:
        typer.echo(
            f"All {len(outcome.already_done)} agencies were already visited in this round; "
            "'didban recheck AGENCY' visits one anew.",
            err=True,
        )
    for agency, cause in outcome.unreadable.items():
        typer.echo(f"{agency} could not be read ({cause}): its findings are unknown, not zero.", err=True)
    for agency, failed in outcome.broken.items():
        typer.echo(
            f"{agency}: the visit broke ({failed.cause}): {failed.detail}. Run the same command again.", err=True
        )
    for agency, why in outcome.busy.items():
        typer.echo(f"{agency} was left out: {why}. Run the same command again.", err=True)
    typer.echo(f"Report: {index}", err=True)
    return outcome


def _visit(space: Workspace, engine: Engine, round_: Round, agencies: Sequence[Agency], *, again: bool) -> RunOutcome:
    names = {agency.id: agency.name_en or agency.name_fa for agency in agencies}
    with live_board() as board:

        def start(orders: Sequence[VisitOrder]) -> Callable[[Event], None]:
            board.begin({order.visit_id: names[order.visit.agency.id] for order in orders})
            return board.on_event

        return run_round(space, engine, round_, agencies, again=again, on_start=start)
