"""didban user: accounts of the review app."""

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from didban.cli.options import AsJson, By, Home, person, print_json, workspace
from didban.cli.store import opened
from didban.errors import BadInputError
from review.accounts import FaultError, add_person
from review.passwords import SHORTEST_PASSWORD, hash_password
from review.permissions import Role
from review.words import say
from store.accounts import accounts, change_account, get_account

app = typer.Typer(help="Accounts of the review app.", no_args_is_help=True)
PasswordStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input, for scripts.")
]


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="Account name: small Latin letters, digits, dots, hyphens.")],
    role: Annotated[Role, typer.Option(help="What the person is in the evaluation.")],
    full_name: Annotated[str, typer.Option(help="The person's name.")] = "",
    agency: Annotated[str, typer.Option(help="Id of the agency; for representatives only.")] = "",
    password_stdin: PasswordStdin = False,
    by: By = None,
    home: Home = None,
) -> None:
    """Add a person who may log in to the review app.

    Example: didban user add sara --role evaluator --full-name "Sara Ahmadi"
    """
    space = workspace(home)
    space.prepare()
    password = _password(password_stdin)
    with opened(space) as engine:
        try:
            add_person(
                engine, name=name, full_name=full_name, role=role, agency=agency, password=password, who=person(by)
            )
        except FaultError as fault:
            raise BadInputError(str(say(str(fault), "en", shortest=SHORTEST_PASSWORD))) from fault
    typer.echo(f"{name} may log in as {role}.")


@app.command()
def password(
    name: Annotated[str, typer.Argument(help="Account name.")],
    password_stdin: PasswordStdin = False,
    by: By = None,
    home: Home = None,
) -> None:
    """Give an account another password and switch it on; its second factor is removed.

    Example: didban user password sara
    """
    space = workspace(home)
    space.require()
    with opened(space) as engine:
        account = get_account(engine, name)
        if account is None or account.demo:
            raise BadInputError(f"There is no account '{name}' whose password can be changed. See didban user list.")
        fresh = _password(password_stdin)
        if len(fresh) < SHORTEST_PASSWORD:
            raise BadInputError(f"A password has at least {SHORTEST_PASSWORD} characters.")
        change_account(
            engine,
            name,
            who=person(by),
            action="password_reset",
            password_hash=hash_password(fresh),
            totp_secret=None,
            active=True,
            failed_logins=0,
            blocked_until=None,
        )
    typer.echo(f"{name} has a new password.")


@app.command("list")
def list_accounts(home: Home = None, json: AsJson = False) -> None:
    """Print the accounts.

    Example: didban user list
    """
    space = workspace(home)
    space.require()
    with opened(space) as engine:
        known = accounts(engine)
    if json:
        keys = ("name", "full_name", "role", "agency", "active", "demo")
        print_json([{key: getattr(account, key) for key in keys} for account in known])
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in ("name", "full name", "role", "agency", "state"):
        table.add_column(title)
    for account in known:
        state = ("active" if account.active else "off") + (", demo only" if account.demo else "")
        table.add_row(account.name, account.full_name, account.role, account.agency or "", state)
    Console().print(table if known else "There is no account yet: didban user add NAME --role administrator")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
