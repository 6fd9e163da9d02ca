"""didban init and didban round: workspaces and rounds."""

import shutil
from datetime import datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import typer

from config.loading import load_framework, load_register
from config.problems import InputError
from config.settings import Settings
from didban.cli import round_moves
from didban.cli.history import import_rounds
from didban.cli.options import AsJson, By, Home, Note, person, print_json, read_moment, workspace
from didban.cli.round_story import load_story, print_story, story_data
from didban.cli.store import find_round, opened
from didban.errors import BadInputError
from didban.pipeline import open_round
from store import repository
from store.repository import Round
from store.round_states import RoundStateError

app = typer.Typer(help="Rounds: one evaluation season each.", no_args_is_help=True)
app.command("import")(import_rounds)


def init(
    folder: Annotated[Path, typer.Argument(help="Folder of the new workspace.")],
) -> None:
    """Make a workspace: settings, a register and a framework to start from, and the database.

    Example: didban init my-evaluation
    """
    space = workspace(folder)
    there = [name for name in ("didban.toml", "register", "framework.toml") if (space.home / name).exists()]
    if there:
        raise BadInputError(f"{space.home} is a workspace already (it has {', '.join(there)}); nothing was changed.")
    space.prepare()
    with as_file(files("config")) as shipped:
        shutil.copytree(shipped / "registers" / "iran", space.home / "register")
        shutil.copyfile(shipped / "frameworks" / "iran-proposal.toml", space.home / "framework.toml")
    (space.home / "didban.toml").write_text(_settings_file(), encoding="utf-8")
    with opened(space):
        pass
    typer.echo(
        f"Workspace {space.home}\n  didban.toml     settings, each with its default\n"
        "  register/       agencies and services: edit"
    )
    typer.echo("  framework.toml  priorities, indicators, weights: edit\n  didban.db       rounds and findings")
    typer.echo(
        f"Next: didban run --round NAME --register {folder / 'register'} "
        f"--framework {folder / 'framework.toml'} --home {folder}"
    )


def _settings_file() -> str:
    lines = ["# Settings of this workspace. The environment (DIDBAN_ prefix) wins over this file.", ""]
    for name, entry in Settings.model_fields.items():
        if name == "home":
            continue
        lines += [f"# {entry.description}", f"# {name} = {_toml(entry.default)}", ""]
    return "\n".join(lines)


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    return '""' if value is None else f'"{value}"'


@app.command("open")
def open_new(
    name: Annotated[str, typer.Argument(help="Name of the round, e.g. 1405-1.")],
    register: Annotated[
        Path | None, typer.Option(help="Register folder; needed for a new round.", show_default=False)
    ] = None,
    framework: Annotated[
        Path | None, typer.Option(help="Framework file; needed for a new round.", show_default=False)
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Prepare it only: nothing is locked yet.")] = False,
    window_from: round_moves.WindowFrom = None,
    window_to: round_moves.WindowTo = None,
    note: Note = None,
    by: By = None,
    home: Home = None,
) -> None:
    """Open a round: its register and framework are copied and locked. Also opens a draft, or one under review again.

    Example: didban round open 1405-1 --register my-register --framework my-framework.toml
    """
    space = workspace(home)
    try:
        given_register = load_register(register) if register else None
        given_framework = load_framework(framework) if framework else None
    except InputError as error:
        raise BadInputError(str(error)) from error
    window = read_moment(window_from, "--window-from", end=False), read_moment(window_to, "--window-to", end=True)
    if given_register is None or given_framework is None:
        space.require()
    space.prepare()
    with opened(space) as engine, space.lock(f"the decisions of round {name}"):
        known = repository.get_round(engine, name)
        if known is None and (given_register is None or given_framework is None):
            raise BadInputError(f"Round '{name}' is new: give its --register and --framework.")
        if any(window):
            _require_settable(known, name, window)
        who = person(by)
        if known is not None and given_register is None and given_framework is None and not draft:
            try:
                round_ = repository.move_round(engine, name, "open", who=who, note=note)
            except RoundStateError as error:
                raise BadInputError(str(error)) from error
        else:
            register_used = given_register or (known.register if known else None)
            framework_used = given_framework or (known.framework if known else None)
            assert register_used is not None
            assert framework_used is not None
            round_ = open_round(engine, name, register_used, framework_used, draft=draft, who=who)
        if any(window):
            round_ = repository.set_window(engine, name, *window)
    typer.echo(
        f"Round {round_.name} is {'a draft' if round_.state == 'draft' else round_.state}: "
        f"{len(round_.register.agencies)} agencies, {round_.framework.id} {round_.framework.version}."
    )


def _require_settable(known: Round | None, name: str, window: tuple[datetime | None, datetime | None]) -> None:
    if known is not None and known.state != "draft" and (known.window_from, known.window_to) != window:
        raise BadInputError(f"The window of round '{name}' is locked; change it with 'didban round amend'.")
    if window[0] and window[1] and window[1] < window[0]:
        raise BadInputError("The observation window ends before it begins: check --window-from and --window-to.")


@app.command("list")
def list_rounds(home: Home = None, json: AsJson = False) -> None:
    """List the rounds of the workspace, newest first.

    Example: didban round list
    """
    space = workspace(home)
    space.require()
    with opened(space) as engine:
        rounds = repository.list_rounds(engine)
        visited = {entry.name: len(repository.counted_visits(engine, entry.name)) for entry in rounds}
    if json:
        print_json([_summary(entry, visited[entry.name]) for entry in rounds])
        return
    if not rounds:
        typer.echo("No round yet. Open one with 'didban run --round NAME --register DIR --framework FILE'.")
    for entry in rounds:
        typer.echo(
            f"{entry.name:20} {entry.state:12} {visited[entry.name]}/{len(entry.register.agencies)} agencies visited"
        )


@app.command("show")
def show(name: round_moves.OptionalRound = None, home: Home = None, json: AsJson = False) -> None:
    """Show one round: state, window, amendments, editions, visits, and what waits for a decision.

    Example: didban round show 1405-1
    """
    space = workspace(home)
    space.require()
    with opened(space) as engine:
        round_ = find_round(engine, name)
        story = load_story(engine, round_)
    summary = _summary(round_, len(story.standing.visits))
    if json:
        print_json({**summary, **story_data(story)})
        return
    for key, value in summary.items():
        typer.echo(f"{key:18} {value}")
    print_story(story)


def _summary(round_: Round, visited: int) -> dict[str, object]:
    return {
        "name": round_.name,
        "state": round_.state,
        "opened_at": round_.opened_at.isoformat(),
        "window_from": round_.window_from.isoformat() if round_.window_from else None,
        "window_to": round_.window_to.isoformat() if round_.window_to else None,
        "framework": f"{round_.framework.id} {round_.framework.version}",
        "framework_sha256": round_.framework_sha256,
        "register_sha256": round_.register_sha256,
        "agencies": len(round_.register.agencies),
        "services": len(round_.register.services),
        "agencies_visited": visited,
    }


for command in (
    round_moves.review,
    round_moves.provisional,
    round_moves.freeze,
    round_moves.publish,
    round_moves.withdraw,
    round_moves.amend,
    round_moves.verify,
):
    app.command(command.__name__)(command)
