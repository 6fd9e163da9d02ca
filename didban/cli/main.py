"""The didban command: groups of commands, and one place where errors become messages and exit codes."""

import os
import sys

import click
import typer

from didban.cli import checks, demo, pages, results, rounds, visits
from didban.errors import DidbanError

app = typer.Typer(
    name="didban",
    help="Didban (دیدبان) audits the web portals of public agencies: visits, evidence, findings, scores, ranking.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("demo")(demo.demo)
app.command("init")(rounds.init)
app.add_typer(rounds.app, name="round")
app.command("run")(visits.run)
app.command("recheck")(visits.recheck)
app.command("findings")(results.findings)
app.command("score")(results.score)
app.command("rank")(results.rank)
app.command("report")(results.report)
app.command("verify")(results.verify)
app.add_typer(checks.app, name="checks")
app.add_typer(checks.register_app, name="register")
app.add_typer(checks.lexicon_app, name="lexicon")
app.command("look")(pages.look)
app.command("doctor")(pages.doctor)


def main() -> None:
    """Entry point of the `didban` command. Every expected error ends with one message on stderr and its exit code."""
    try:
        code = app(standalone_mode=False)
    except DidbanError as error:
        typer.echo(f"didban: {error}", err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        typer.echo("didban: interrupted; the same command goes on where it was.", err=True)
        sys.exit(1)
    except BrokenPipeError:
        # The reader (head, less) has gone: not an error; stdout must not be flushed again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    sys.exit(code if isinstance(code, int) else 0)
