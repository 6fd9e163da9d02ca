"""didban round review, provisional, freeze, publish, withdraw, amend, verify: a round from state to state."""

import dataclasses
from pathlib import Path
from typing import Annotated

import typer

from config.loading import load_framework, load_register
from config.problems import InputError
from config.vocabulary import ExitCode
from didban.amending import difference
from didban.cli.matters import print_matters
from didban.cli.options import AsJson, By, Home, Note, person, print_json, read_moment, workspace
from didban.cli.store import changing, find_round, opened
from didban.errors import BadInputError
from didban.pipeline import judge_again
from store import repository
from store.round_states import RoundState, require_move

RoundArgument = Annotated[str, typer.Argument(help="Name of the round.")]
OptionalRound = Annotated[
    str | None, typer.Argument(help="Name of the round. Default: the newest.", show_default=False)
]
WindowFrom = Annotated[
    str | None,
    typer.Option(help="First day of the observation window: 2026-10-05 or 1405-07-13.", show_default=False),
]
WindowTo = Annotated[str | None, typer.Option(help="Last day of the observation window.", show_default=False)]


def _move(name: str, to: RoundState, home: Path | None, by: str | None, note: str | None) -> None:
    space = workspace(home)
    space.require()
    with opened(space) as engine, changing(space, engine, name) as round_:
        was_published = round_.state == "published"
        moved = repository.move_round(engine, round_.name, to, who=person(by), note=note)
        editions = repository.editions(engine, round_.name)
    typer.echo(f"Round {moved.name} is {moved.state}.")
    if was_published and to == "provisional":
        typer.echo(
            f"Edition {editions[-1].edition.number} stays published and kept; freezing makes edition "
            f"{len(editions) + 1}, the correction."
        )


def review(name: RoundArgument, note: Note = None, by: By = None, home: Home = None) -> None:
    """End the visits of an open round: evaluators review its findings.

    Example: didban round review 1405-1
    """
    _move(name, "review", home, by, note)


def provisional(name: RoundArgument, note: Note = None, by: By = None, home: Home = None) -> None:
    """Show the results to the agencies for appeals; also takes a frozen or published round back, with a reason.

    Example: didban round provisional 1405-1
    """
    _move(name, "provisional", home, by, note)


def withdraw(name: RoundArgument, note: Note = None, by: By = None, home: Home = None) -> None:
    """Withdraw a round for good, with the reason. Everything in it is kept.

    Example: didban round withdraw 1405-1 --note "The register was wrong."
    """
    _move(name, "withdrawn", home, by, note)


def freeze(name: RoundArgument, note: Note = None, by: By = None, home: Home = None, json: AsJson = False) -> None:
    """Freeze the result of a provisional round; refused, with the list, while something must be decided.

    Example: didban round freeze 1405-1
    """
    space = workspace(home)
    space.require()
    with opened(space) as engine, changing(space, engine, name) as round_, space.lock(f"round {round_.name}"):
        require_move(round_.name, round_.state, "frozen", note)
        if not repository.counted_visits(engine, round_.name):
            raise BadInputError(f"No visit counts in round '{round_.name}': there is nothing to freeze.")
        try:
            kept = repository.freeze(engine, round_, who=person(by), note=note)
        except repository.UndecidedError as error:
            print_matters(error.matters, as_json=json)
            raise BadInputError(
                f"Round '{round_.name}' is not frozen: {len(error.matters)} matters have no decision. Decide them with "
                "'didban decide', one by one or by --file."
            ) from error
    unvisited = len(round_.register.agencies) - len(kept.edition.visits)
    if json:
        print_json({"round": round_.name, "edition": kept.edition.number, "sha256": kept.sha256})
        return
    typer.echo(f"Round {round_.name} is frozen: edition {kept.edition.number}, sha256 {kept.sha256}")
    if unvisited:
        typer.echo(f"{unvisited} agencies of the register have no visit that counts and stand in no list.")


def publish(name: RoundArgument, note: Note = None, by: By = None, home: Home = None) -> None:
    """Publish a frozen round.

    Example: didban round publish 1405-1
    """
    space = workspace(home)
    space.require()
    with opened(space) as engine, changing(space, engine, name) as round_:
        kept = repository.publish(engine, round_.name, who=person(by), note=note)
    number = kept.edition.number
    correction = "" if number == 1 else ", a correction; the earlier editions are kept"
    typer.echo(f"Round {round_.name} is published: edition {number}{correction}.")


def amend(
    name: RoundArgument,
    note: Annotated[str, typer.Option("--note", help="Why; kept on record.")],
    register: Annotated[Path | None, typer.Option(help="Register folder to lock in.", show_default=False)] = None,
    framework: Annotated[Path | None, typer.Option(help="Framework file to lock in.", show_default=False)] = None,
    window_from: WindowFrom = None,
    window_to: WindowTo = None,
    by: By = None,
    home: Home = None,
) -> None:
    """Change the locked register, framework or window of a round, as a numbered amendment.

    Example: didban round amend 1405-1 --register corrected-register --note "Two addresses were wrong."
    """
    space = workspace(home)
    try:
        given_register = load_register(register) if register else None
        given_framework = load_framework(framework) if framework else None
    except InputError as error:
        raise BadInputError(str(error)) from error
    if not note.strip():
        raise BadInputError("Say why the round is amended: --note TEXT.")
    space.require()
    with opened(space) as engine, changing(space, engine, name) as round_, space.lock(f"round {round_.name}"):
        after = dataclasses.replace(
            round_,
            register=given_register or round_.register,
            framework=given_framework or round_.framework,
            window_from=read_moment(window_from, "--window-from", end=False) or round_.window_from,
            window_to=read_moment(window_to, "--window-to", end=True) or round_.window_to,
        )
        require_window(after)
        found = difference(round_, after)
        if not found.changes:
            raise BadInputError(f"Nothing of round '{round_.name}' would be other: give what changes.")
        if found.judging and repository.editions(engine, round_.name):
            raise BadInputError(
                "The framework judges otherwise than the one that an edition of this round was frozen with. A "
                "correction may change weights, names and rounding; for other rules open a new round."
            )
        visited = repository.counted_visits(engine, round_.name)
        overtaken = tuple(agency for agency in visited if found.judging or agency in found.agencies)
        entry = repository.amend_round(
            engine, after, who=person(by), note=note, changes=found.changes, agencies=overtaken
        )
        typer.echo(f"Amendment {entry.number} of round {round_.name}:")
        for change in found.changes:
            typer.echo(f"  {change}")
        if found.judging:
            missing = judge_again(space, engine, find_round(engine, round_.name))
            typer.echo(f"{len(visited) - len(missing)} visits were judged again by the new rules.")
            for agency in missing:
                typer.echo(f"  {agency}: its snapshot is missing; didban recheck {agency}", err=True)
        elif overtaken:
            typer.echo(f"To be visited again (didban recheck AGENCY): {', '.join(overtaken)}")


def require_window(round_: repository.Round) -> None:
    """Raise BadInputError for a window that ends before it begins."""
    if round_.window_from and round_.window_to and round_.window_to < round_.window_from:
        raise BadInputError("The observation window ends before it begins: check --window-from and --window-to.")


def verify(
    name: OptionalRound = None,
    edition: Annotated[int | None, typer.Option(help="Edition. Default: each one.", show_default=False)] = None,
    home: Home = None,
    json: AsJson = False,
) -> None:
    """Recompute a frozen round from its findings and decisions and compare every score and rank to the last digit.

    Example: didban round verify 1405-1
    """
    space = workspace(home)
    space.require()
    with opened(space) as engine:
        round_ = find_round(engine, name)
        kept = repository.editions(engine, round_.name)
        if not kept:
            raise BadInputError(f"Round '{round_.name}' has not been frozen yet: there is nothing to verify.")
        chosen = [entry for entry in kept if edition in (None, entry.edition.number)]
        if not chosen:
            raise BadInputError(f"Round '{round_.name}' has no edition {edition}; it has 1 to {len(kept)}.")
        faults = {entry.edition.number: repository.verify_edition(engine, entry) for entry in chosen}
    if json:
        print_json({"round": round_.name, "editions": {str(number): found for number, found in faults.items()}})
    else:
        for entry in chosen:
            number = entry.edition.number
            said = f"{len(entry.edition.results)} agencies recomputed, identical to the last digit"
            typer.echo(f"Edition {number}: {said if not faults[number] else f'{len(faults[number])} differences'}")
            for fault in faults[number]:
                typer.echo(f"  {fault}")
    if any(faults.values()):
        raise typer.Exit(ExitCode.PARTLY_FAILED)
