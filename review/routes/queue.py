"""The queue of groups that wait for an evaluator."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from review.choosing import Choice, choice, next_key
from review.guards import find_round, needs
from review.overview import hours, totals
from review.pages import render
from review.permissions import Action
from review.site import site_of
from store.accounts import Login
from store.group_locks import held_by_others

router = APIRouter()
Judge = Annotated[Login, Depends(needs(Action.JUDGE))]
Chosen = Annotated[Choice, Depends(choice)]
PAGE_SIZE = 40


@router.get("/rounds/{name}/queue")
def show_queue(
    request: Request,
    login: Judge,
    name: str,
    chosen: Chosen,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """The groups that wait, what matters most first."""
    view = find_round(request, name)
    groups = chosen.groups(view)
    return render(
        request,
        "queue.html.j2",
        view=view,
        chosen=chosen,
        groups=groups[(page - 1) * PAGE_SIZE : page * PAGE_SIZE],
        count=len(groups),
        cells=sum(len(group.waiting) for group in groups),
        totals=totals(view),
        hours=hours(len(groups)),
        taken=held_by_others(site_of(request).engine, name, login.account.name),
        agencies={agency.id: agency for agency in view.round.register.agencies},
        page=page,
        pages=max(1, -(-len(groups) // PAGE_SIZE)),
    )


@router.get("/rounds/{name}/queue/next")
def go_on(
    request: Request, login: Judge, name: str, chosen: Chosen, after: Annotated[str, Query(max_length=40)] = ""
) -> Response:
    """To the next group that nobody else has open, or back to the queue where none is left."""
    view = find_round(request, name)
    order = [group.key for group in chosen.groups(view)]
    key = next_key(order, after, view, held_by_others(site_of(request).engine, name, login.account.name))
    if key is None:
        site_of(request).notes.leave(login.token_sha256, "queue_empty")
        return RedirectResponse(f"/rounds/{name}/queue{chosen.address()}", status_code=303)
    return RedirectResponse(f"/rounds/{name}/groups/{key}{chosen.address()}", status_code=303)
