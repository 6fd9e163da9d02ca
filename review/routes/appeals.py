"""Appeals: an agency's representative makes them, two readers answer."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from review.guards import NotFoundError, find_round, needs, require_agency
from review.pages import render
from review.permissions import Action, Role
from review.round_view import RoundView
from review.site import site_of
from store.accounts import Login
from store.appeals import Appeal, AppealError, answer_appeal, appeals, file_appeal, get_appeal
from store.round_states import RoundStateError

router = APIRouter()
Looker = Annotated[Login, Depends(needs(Action.SEE_APPEALS))]
Representative = Annotated[Login, Depends(needs(Action.APPEAL))]
Judge = Annotated[Login, Depends(needs(Action.JUDGE))]
Text = Annotated[str, Form(max_length=8_000)]


@router.get("/rounds/{name}/appeals")
def show_appeals(request: Request, login: Looker, name: str) -> Response:
    """The appeals of the round; a representative sees those of the own agency."""
    view = find_round(request, name)
    own = login.account.agency if login.account.role == Role.AGENCY else None
    if own is not None:
        require_agency(login, view, own)
    found = appeals(site_of(request).engine, name, own)
    return render(
        request,
        "appeals.html.j2",
        view=view,
        appeals=found,
        keys={appeal.number: _key(view, appeal) for appeal in found},
        agencies={agency.id: agency for agency in view.round.register.agencies},
    )


def _key(view: RoundView, appeal: Appeal) -> str | None:
    """The group that holds the cell of an appeal now."""
    seen = view.agencies.get(appeal.agency)
    return next(
        (
            group.key
            for group in (seen.groups.values() if seen else ())
            if group.indicator.id == appeal.indicator and any(cell.service == appeal.service for cell in group.cells)
        ),
        None,
    )


@router.post("/rounds/{name}/groups/{key}/appeal")
def make_appeal(request: Request, login: Representative, name: str, key: str, text: Text = "") -> Response:
    """Appeal against the findings of a group of the own agency."""
    site = site_of(request)
    view = find_round(request, name)
    group = view.group(key)
    if group is None:
        raise NotFoundError
    require_agency(login, view, group.agency)
    place = view.places.get(group.agency)
    if not text.strip():
        return _told(request, login, f"/rounds/{name}/groups/{key}", "appeal_needs_text")
    try:
        file_appeal(
            site.engine,
            name,
            group.agency,
            group.indicator.id,
            [cell.service for cell in group.cells],
            who=login.account.name,
            text=text.strip(),
            score=str(place.score) if place and place.score is not None else None,
            rank=place.rank if place else None,
        )
    except RoundStateError:
        return _told(request, login, f"/rounds/{name}/groups/{key}", "appeals_closed")
    except AppealError as error:
        return _told(request, login, f"/rounds/{name}/groups/{key}", str(error))
    return _told(request, login, f"/rounds/{name}/appeals", "appeal_was_filed")


@router.post("/appeals/{number}/answer")
def answer(request: Request, login: Judge, number: int, verdict: Text = "", text: Text = "") -> Response:
    """Answer an appeal, as first or as second reader."""
    site = site_of(request)
    appeal = get_appeal(site.engine, number)
    if appeal is None:
        raise NotFoundError
    view = find_round(request, appeal.round)
    back = f"/rounds/{appeal.round}/appeals"
    if verdict not in ("accept", "reject") or not text.strip():
        return _told(request, login, back, "appeal_needs_answer")
    place = view.places.get(appeal.agency)
    try:
        answer_appeal(
            site.engine,
            number,
            who=login.account.name,
            accepted=verdict == "accept",
            text=text.strip(),
            score=str(place.score) if place and place.score is not None else None,
            rank=place.rank if place else None,
        )
    except AppealError as error:
        return _told(request, login, back, str(error))
    return _told(request, login, back, "appeal_was_answered")


def _told(request: Request, login: Login, address: str, key: str) -> Response:
    site_of(request).notes.leave(login.token_sha256, key)
    return RedirectResponse(address, status_code=303)
