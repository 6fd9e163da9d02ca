"""didban checks, didban register, didban lexicon: look at the rules and the data before a round."""

import inspect
from pathlib import Path
from typing import Annotated

import typer

from didban.cli.options import AsJson, print_json
from didban.errors import BadInputError

app = typer.Typer(help="The checks: what is tested, why, and how to fix it.", no_args_is_help=True)
register_app = typer.Typer(help="The register of agencies and services.", no_args_is_help=True)
lexicon_app = typer.Typer(help="The word lists by which pages are recognised.", no_args_is_help=True)


@app.command("list")
def list_checks(json: AsJson = False) -> None:
    """List all checks, built in and from other packages.

    Example: didban checks list
    """
    from checks.registry import load_checks

    entries = [
        {
            "id": entry.meta.id,
            "version": entry.meta.version,
            "scope": entry.meta.scope,
            "labels": [str(label) for label in entry.meta.labels],
            "title": (inspect.getdoc(entry.function) or "").split("\n", 1)[0],
        }
        for entry in load_checks().values()
    ]
    if json:
        print_json(entries)
        return
    for entry in entries:
        typer.echo(f"{entry['id']:24} v{entry['version']}  {entry['scope']:8} {entry['title']}")


@app.command("explain")
def explain(check_id: Annotated[str, typer.Argument(help="Id of a check, see 'didban checks list'.")]) -> None:
    """Explain one check: what it looks for, why it matters, how to fix, known limits.

    Example: didban checks explain service-tracking
    """
    from checks.registry import load_checks

    checks = load_checks()
    if check_id not in checks:
        raise BadInputError(f"There is no check '{check_id}'. There are: {', '.join(checks)}.")
    entry = checks[check_id]
    typer.echo(f"{entry.meta.id} (version {entry.meta.version}, per {entry.meta.scope})\n")
    typer.echo(inspect.getdoc(entry.function) or "")
    typer.echo("\nMessages:")
    for key, texts in entry.meta.messages.items():
        typer.echo(f"  {key}\n    {texts['fa']}\n    {texts['en']}")


@register_app.command("check")
def check_register(
    folder: Annotated[Path, typer.Argument(help="Folder with agencies.csv and services.csv (or .xlsx).")],
    json: AsJson = False,
) -> None:
    """Read a register and name every problem in it, with row, column and the fix.

    Example: didban register check config/registers/iran
    """
    from config.loading import load_register
    from config.problems import InputError

    try:
        register = load_register(folder)
    except InputError as error:
        if json:
            print_json({"problems": [vars(problem) for problem in error.problems]})
            raise typer.Exit(2) from error
        raise BadInputError(str(error)) from error
    unaddressed = sum(agency.portal_url is None for agency in register.agencies)
    if json:
        print_json({"problems": [], "agencies": len(register.agencies), "services": len(register.services)})
        return
    typer.echo(
        f"{len(register.agencies)} agencies, {len(register.services)} services and sub-services: no problem found."
    )
    if unaddressed:
        typer.echo(f"{unaddressed} agencies have no portal address yet; their findings will be unknown.")


@lexicon_app.command("test")
def try_phrase(
    phrase: Annotated[str, typer.Argument(help="A phrase as it stands on a page, e.g. a menu entry.")],
    json: AsJson = False,
) -> None:
    """Show which labels a phrase speaks for, in each place of a page, and why.

    Example: didban lexicon test "پیگیری درخواست"
    """
    from snapshot.matching import lexicon

    matcher = lexicon()
    hits = {
        place: matcher.label_hits(phrase, place)
        for place in ("link", "heading", "title", "label", "placeholder", "url", "text", "image")
    }
    if json:
        print_json(
            {
                place: [
                    {"label": str(h.label), "phrase": h.phrase, "weight": h.weight, "negative": h.negative}
                    for h in found
                ]
                for place, found in hits.items()
            }
        )
        return
    if not any(hits.values()):
        typer.echo("No phrase of the lexicons matches.")
    for place, found in hits.items():
        for hit in found:
            sign = "against" if hit.negative else "for"
            typer.echo(f"{place:12} {sign:8} {hit.label:24} {hit.weight:.2f}  {hit.phrase}")
