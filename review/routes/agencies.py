"""One agency of a round, and one indicator of it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from review.guards import NotFoundError, find_round, needs, require_agency
from review.overview import line_of
from review.pages import render
from review.permissions import Action
from review.routes.rechecks import jobs_of_agency
from scoring.ranking import Place
from store.accounts import Login

router = APIRouter()
Looker = Annotated[Login, Depends(needs(Action.SEE_AGENCY))]


@router.get("/rounds/{name}/agencies/{agency}")
def show_agency(request: Request, login: Looker, name: str, agency: str) -> Response:
    """The agency's scorecard."""
    view = find_round(request, name)
    require_agency(login, view, agency)
    known = view.round.register.agency(agency)
    if known is None:
        raise NotFoundError
    seen = view.agencies.get(agency)
    place = view.places.get(agency, Place(agency, None, None))
    line = line_of(view, known, place) if seen else None
    jobs = jobs_of_agency(request, name, agency)
    return render(request, "agency.html.j2", view=view, agency=known, seen=seen, line=line, jobs=jobs)


@router.get("/rounds/{name}/agencies/{agency}/{indicator}")
def show_indicator(request: Request, login: Looker, name: str, agency: str, indicator: str) -> Response:
    """The findings of one indicator of the agency, in groups."""
    view = find_round(request, name)
    require_agency(login, view, agency)
    known, rule = view.round.register.agency(agency), view.round.framework.indicator(indicator)
    if known is None or rule is None:
        raise NotFoundError
    seen = view.agencies.get(agency)
    groups = [group for group in seen.groups.values() if group.indicator.id == indicator] if seen else []
    titles = {service.id: service for service in view.round.register.services_of(agency)}
    return render(request, "indicator.html.j2", view=view, agency=known, indicator=rule, groups=groups, titles=titles)
