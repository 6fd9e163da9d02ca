"""didban look and didban doctor: what is seen on one page, and whether everything is here."""

from pathlib import Path
from typing import Annotated

import typer

from config.vocabulary import ExitCode
from didban.cli.options import AsJson, Home, print_json, workspace
from didban.errors import BadInputError, DidbanError


def look(
    page: Annotated[str, typer.Argument(help="A saved page, or an address (http or https).")],
    url: Annotated[
        str, typer.Option(help="The address the saved page stands for; links are resolved against it.")
    ] = "",
    lang: Annotated[str | None, typer.Option(help="Only labels of this language's lexicon: fa or en.")] = None,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Let an address be a private one.")] = False,
    json: AsJson = False,
) -> None:
    """Show what Didban perceives on one page. A file is read without the network.

    Example: didban look saved-page.html --url https://portal.example/desk
    """
    from snapshot.perception.look import look as perceived

    path = Path(page)
    if page.startswith(("http://", "https://")):
        from didban.pipeline import visit_one_page

        settings = workspace(None, allow_private=allow_private or None, max_renders=0).settings
        found, cause = visit_one_page(page, settings)
        if found is None:
            raise DidbanError(f"{page} could not be read: {cause}.")
        data = perceived(found.body, found.url, found.record.content_type or "", lang)
    else:
        try:
            body = path.read_bytes()
        except OSError as error:
            raise BadInputError(f"{page} is no readable file: {error.strerror}.") from error
        kind = "application/pdf" if body.startswith(b"%PDF-") else ""
        data = perceived(body, url or path.absolute().as_uri(), kind, lang)
    if json:
        print_json(data)
        return
    _print_page(data)


def _print_page(data: dict[str, object]) -> None:
    for key in ("url", "title", "lang", "page_type"):
        typer.echo(f"{key:10} {data.get(key, '')}")
    labels = data.get("labels")
    typer.echo("labels")
    for label in labels if isinstance(labels, list) else []:
        clues = "; ".join(f"{clue['place']}: {clue['quote']}" for clue in label["clues"][:3])
        typer.echo(f"  {label['label']:24} {label['strength']:.2f}  {clues}")
    for key in ("forms", "steps", "contacts", "dates", "pairs"):
        items = data.get(key)
        if isinstance(items, list) and items:
            typer.echo(f"{key} ({len(items)})")
            for item in items[:8]:
                typer.echo(f"  {item}")


def doctor(home: Home = None, json: AsJson = False) -> None:
    """Say whether everything that Didban needs is here, and what to do where it is not.

    Example: didban doctor
    """
    from didban.doctor import examine

    notes = examine(workspace(home))
    if json:
        print_json([{"what": n.what, "ok": n.ok, "found": n.found, "fix": n.fix} for n in notes])
    else:
        for note in notes:
            typer.echo(f"{'ok     ' if note.ok else 'MISSING'} {note.what}: {note.found}")
            if not note.ok:
                typer.echo(f"        {note.fix}")
    if not all(note.ok for note in notes):
        raise typer.Exit(ExitCode.ENVIRONMENT_MISSING)
