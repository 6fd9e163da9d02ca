"""The didban command: which module has which command, and one place where errors become messages and exit codes."""

import importlib
import os
import sys

import typer

from config.problems import PluginError
from config.vocabulary import ExitCode
from didban.errors import DidbanError

COMMANDS = {
    "demo": "didban.cli.demo:demo",
    "init": "didban.cli.rounds:init",
    "round": "didban.cli.rounds:app",
    "run": "didban.cli.visits:run",
    "recheck": "didban.cli.visits:recheck",
    "sample": "didban.cli.samples:sample",
    "decide": "didban.cli.decisions:decide",
    "declare": "didban.cli.declarations:declare",
    "participation": "didban.cli.participation:participation",
    "national-window": "didban.cli.national_window:national_window",
    "findings": "didban.cli.results:findings",
    "score": "didban.cli.results:score",
    "rank": "didban.cli.ranking:rank",
    "compare": "didban.cli.compare:compare",
    "explain": "didban.cli.explain:explain",
    "weights": "didban.cli.weights:app",
    "report": "didban.cli.results:report",
    "verify": "didban.cli.results:verify",
    "export": "didban.cli.evidence:export",
    "worker": "didban.cli.worker:worker",
    "jobs": "didban.cli.jobs:app",
    "schedule": "didban.cli.schedule:app",
    "backup": "didban.cli.backup:backup",
    "restore": "didban.cli.backup:restore",
    "checks": "didban.cli.checks:app",
    "register": "didban.cli.checks:register_app",
    "lexicon": "didban.cli.checks:lexicon_app",
    "look": "didban.cli.pages:look",
    "serve": "didban.cli.serve:serve",
    "user": "didban.cli.users:app",
    "doctor": "didban.cli.pages:doctor",
}
"""Each command or group of commands, and where it stands."""


def build_app(first_word: str) -> typer.Typer:
    """The command line; only the module of the command that is asked for is loaded, all of them for an overview."""
    app = typer.Typer(
        name="didban",
        help="Didban (دیدبان) audits the web portals of public agencies: visits, evidence, findings, scores, ranking.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(lambda: None)  # keeps the command's name needed where only one is loaded
    for name in [first_word] if first_word in COMMANDS else COMMANDS:
        module, _, attribute = COMMANDS[name].partition(":")
        target = getattr(importlib.import_module(module), attribute)
        if isinstance(target, typer.Typer):
            app.add_typer(target, name=name)
        else:
            app.command(name)(target)
    return app


def main() -> None:
    """Entry point of the `didban` command. Every expected error ends with one message on stderr and its exit code."""
    try:
        code = build_app(sys.argv[1] if len(sys.argv) > 1 else "")(standalone_mode=False, prog_name="didban")
    except DidbanError as error:
        typer.echo(f"didban: {error}", err=True)
        sys.exit(error.exit_code)
    except PluginError as error:
        typer.echo(f"didban: {error}", err=True)
        sys.exit(ExitCode.ENVIRONMENT_MISSING)
    except typer.TyperException as error:  # wrong usage of any kind: typer brings its own copy of click's errors
        context = getattr(error, "ctx", None)
        usage = f"{context.get_usage()}\n" if context is not None else ""
        said = error.format_message() if hasattr(error, "format_message") else str(error)
        typer.echo(f"{usage}didban: {said}", err=True)
        sys.exit(ExitCode.BAD_INPUT)
    except (typer.Abort, KeyboardInterrupt):
        typer.echo("didban: interrupted; the same command goes on where it was.", err=True)
        sys.exit(1)
    except BrokenPipeError:
        # The reader (head, less) has gone: not an error; stdout must not be flushed again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    sys.exit(code if isinstance(code, int) else 0)
