"""Rounds, and one round at a glance."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from review.guards import NotFoundError, find_round, needs
from review.overview import hours, lines, totals
from review.pages import render
from review.permissions import Action
from review.round_view import RoundView
from review.site import site_of
from scoring.lists import parse_list
from scoring.score import ScoringError
from store.accounts import Login
from store.repository import list_rounds
from store.stamps import visit_states

router = APIRouter()
Reader = Annotated[Login, Depends(needs(Action.SEE_ROUND))]
PAGE_SIZE = 50


@router.get("/rounds")
def show_rounds(request: Request, login: Reader) -> Response:  # noqa: ARG001 - the guard is the point
    """All rounds, newest first."""
    return render(request, "rounds.html.j2", rounds=list_rounds(site_of(request).engine))


@router.get("/rounds/{name}")
def show_round(
    request: Request,
    login: Reader,  # noqa: ARG001
    name: str,
    list: Annotated[str, Query(max_length=200)] = "all",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """Progress, coverage, unknowns, ranking and heat map of a round."""
    view = find_round(request, name)
    try:
        made = view.ranking(parse_list(list))
    except ScoringError as error:
        raise NotFoundError from error
    counted = totals(view)
    shown = made.places[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return render(
        request,
        "overview.html.j2",
        view=view,
        list=list,
        lists=_lists(view),
        lines=lines(view, shown),
        intervals=site_of(request).intervals.of(view) if list == "all" else {},
        totals=counted,
        hours=hours(counted.waiting.total()),
        page=page,
        pages=max(1, -(-len(made.places) // PAGE_SIZE)),
        **_progress(request, view),
    )


@router.get("/rounds/{name}/progress")
def show_progress(request: Request, login: Reader, name: str) -> Response:  # noqa: ARG001
    """How far the visits are: the part of the overview that renews itself."""
    view = find_round(request, name)
    return render(request, "progress.html.j2", view=view, **_progress(request, view))


def _progress(request: Request, view: RoundView) -> dict[str, Any]:
    states = visit_states(site_of(request).engine, view.round.name)
    return {"states": states, "visited": len(view.agencies), "registered": len(view.round.register.agencies)}


def _lists(view: RoundView) -> dict[str, list[tuple[str, str]]]:
    """The lists that can be chosen: (group of the catalogue) -> (list, name or key of the catalogue)."""
    register, framework = view.round.register, view.round.framework
    clusters = sorted({agency.cluster for agency in register.agencies if agency.cluster})
    parents = sorted({agency.parent for agency in register.agencies if agency.parent})
    return {
        "list_kind": [("all", "list_all"), ("main", "list_main"), ("high-traffic", "list_high_traffic")],
        "list_priority": [(f"priority:{entry.id}", entry.id) for entry in framework.priorities],
        "list_cluster": [(f"cluster:{name}", name) for name in clusters],
        "list_parent": [(f"parent:{name}", name) for name in parents],
    }
