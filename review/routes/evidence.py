"""Pictures and archived pages behind a finding. What portals wrote is served so that it can do nothing."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import FileResponse

from config.declarations import declared_file
from review.cards import open_snapshot, page_record
from review.guards import NotFoundError, find_round, needs, require_agency
from review.headers import ARCHIVE_POLICY
from review.permissions import Action
from review.site import site_of
from snapshot.models import Evidence
from snapshot.objects import FolderSource
from snapshot.outline import outlined
from snapshot.reader import Page
from store.accounts import Login
from store.cells import stored_finding

router = APIRouter()
Looker = Annotated[Login, Depends(needs(Action.SEE_AGENCY))]
JPEG_HEADERS = {"Cache-Control": "private, max-age=3600"}
HTML_TYPES = ("text/html", "application/xhtml+xml")


def _evidence(request: Request, login: Login, number: int, piece: int) -> tuple[Path, Evidence]:
    """Folder and evidence of a finding that this person may see. Raises NotFoundError."""
    site = site_of(request)
    stored = stored_finding(site.engine, number)
    if stored is None or not 0 <= piece < len(stored.finding.evidence):
        raise NotFoundError
    require_agency(login, find_round(request, stored.round), stored.finding.agency)
    return site.home / stored.folder, stored.finding.evidence[piece]


@router.get("/evidence/{number}/{piece}/element.jpg")
def show_element(request: Request, login: Looker, number: int, piece: int) -> Response:
    """The element, outlined, with what stands around it."""
    folder, evidence = _evidence(request, login, number, piece)
    return _jpeg(outlined(_picture(folder, evidence.screenshot), evidence.box))


@router.get("/evidence/{number}/{piece}/page.jpg")
def show_page(request: Request, login: Looker, number: int, piece: int, before: bool = False) -> Response:
    """The full page as it was shown; `before` = before a consent dialog was closed."""
    folder, evidence = _evidence(request, login, number, piece)
    name = evidence.screenshot
    if before:
        snapshot = open_snapshot(folder)
        record = page_record(snapshot, evidence.page_id) if snapshot else None
        name = record.rendering.screenshot_before_consent if record and record.rendering else None
    return _jpeg(_picture(folder, name))


@router.get("/rounds/{name}/groups/{key}/declared/{piece}")
def give_declared(request: Request, login: Looker, name: str, key: str, piece: int) -> Response:
    """A file that the agency gave with its declaration: as a download, never shown."""
    view = find_round(request, name)
    group = view.group(key)
    if group is None:
        raise NotFoundError
    require_agency(login, view, group.agency)
    declaration = group.shown.standing.declaration
    files = declaration.evidence if declaration else ()
    if not 0 <= piece < len(files):
        raise NotFoundError
    path = declared_file(site_of(request).home, files[piece].sha256)
    if not path.is_file():
        raise NotFoundError
    return FileResponse(path, media_type="application/octet-stream", filename=files[piece].name)


def _picture(folder: Path, name: str | None) -> bytes:
    path = (folder / name).resolve() if name else None
    if path is None or not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise NotFoundError
    return path.read_bytes()


def _jpeg(content: bytes) -> Response:
    return Response(content, media_type="image/jpeg", headers=JPEG_HEADERS)


@router.get("/evidence/{number}/{piece}/archived")
def show_archived(request: Request, login: Looker, number: int, piece: int) -> Response:
    """The page's own bytes out of the archive: in a sandbox, without script, network and forms.

    Whatever is no HTML is offered as a file, never shown.
    """
    folder, evidence = _evidence(request, login, number, piece)
    snapshot = open_snapshot(folder)
    record = page_record(snapshot, evidence.page_id) if snapshot else None
    if record is None or record.body_sha256 is None:
        raise NotFoundError
    page = Page(record, FolderSource(folder))
    declared = "text/html; charset=utf-8" if page.dom == "rendered" else record.content_type or ""
    headers = {
        "Content-Security-Policy": ARCHIVE_POLICY,
        "X-Frame-Options": "SAMEORIGIN",
        "X-Robots-Tag": "noindex",
        "Cache-Control": "no-store",
    }
    if declared.split(";", 1)[0].strip().lower() not in HTML_TYPES:
        headers["Content-Disposition"] = f'attachment; filename="{record.page_id}.bin"'
        return Response(page.body, media_type="application/octet-stream", headers=headers)
    response = Response(page.body, headers=headers)
    response.headers["Content-Type"] = declared
    return response
