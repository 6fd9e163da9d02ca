"""didban init and didban round: workspaces and rounds."""

import shutil
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import typer

from config.loading import load_framework, load_register
from config.problems import InputError
from config.settings import Settings
from didban.cli.history import import_rounds
from didban.cli.options import AsJson, Home, print_json, workspace
from didban.cli.store import find_round, opened
from didban.errors import BadInputError
from didban.pipeline import open_round
from store import repository
from store.repository import Round

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
    register: Annotated[Path, typer.Option(help="Register folder.")],
    framework: Annotated[Path, typer.Option(help="Framework file.")],
    home: Home = None,
) -> None:
    """Open a round: its register and framework are copied and locked.

    Example: didban round open 1405-1 --register my-register --framework my-framework.toml
    """
    space = workspace(home)
    try:
        given_register, given_framework = load_register(register), load_framework(framework)
    except InputError as error:
        raise BadInputError(str(error)) from error
    space.prepare()
    with opened(space) as engine:
        round_ = open_round(engine, name, given_register, given_framework)
    typer.echo(
        f"Round {round_.name} is open: {len(given_register.agencies)} agencies, "
        f"{given_framework.id} {given_framework.version}."
    )


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
def show(
    name: Annotated[
        str | None, typer.Argument(help="Name of the round. Default: the newest.", show_default=False)
    ] = None,
    home: Home = None,
    json: AsJson = False,
) -> None:
    """Show one round: state, locked register and framework, visits.

    Example: didban round show 1405-1
    """
    space = workspace(home)
    space.require()
    with opened(space) as engine:
        round_ = find_round(engine, name)
        visits = repository.counted_visits(engine, round_.name)
    summary = _summary(round_, len(visits))
    if json:
        print_json(
            {
                **summary,
                "visits": [
                    {
                        "agency": v.agency,
                        "id": v.id,
                        "as_of": v.as_of.isoformat(),
                        "pages": v.page_count,
                        "rendered": v.rendered_count,
                        "cause": v.cause,
                    }
                    for v in visits.values()
                ],
            }
        )
        return
    for key, value in summary.items():
        typer.echo(f"{key:18} {value}")
    for visit in visits.values():
        typer.echo(
            f"  {visit.agency:24} {visit.page_count:5} pages  {visit.rendered_count:4} rendered  {visit.cause or ''}"
        )


def _summary(round_: Round, visited: int) -> dict[str, object]:
    return {
        "name": round_.name,
        "state": round_.state,
        "opened_at": round_.opened_at.isoformat(),
        "framework": f"{round_.framework.id} {round_.framework.version}",
        "framework_sha256": round_.framework_sha256,
        "register_sha256": round_.register_sha256,
        "agencies": len(round_.register.agencies),
        "services": len(round_.register.services),
        "agencies_visited": visited,
    }
