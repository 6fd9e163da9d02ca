"""A fresh visit of one agency, ordered from the app and done by a worker in the background."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from jobs.port import Job, JobStatus
from review.guards import NotFoundError, find_round, needs, require_agency
from review.pages import render
from review.permissions import Action
from review.site import site_of
from store.accounts import Login
from store.audit import log_alone

router = APIRouter()
Looker = Annotated[Login, Depends(needs(Action.SEE_AGENCY))]
Judge = Annotated[Login, Depends(needs(Action.JUDGE))]
SHOWN_JOBS = 5


def jobs_of_agency(request: Request, round_name: str, agency: str) -> list[JobStatus] | None:
    """The newest jobs of an agency in a round; None where no queue is beside the app."""
    queue = site_of(request).jobs
    return None if queue is None else list(queue.list(round_name=round_name, agency=agency, limit=SHOWN_JOBS))


@router.get("/rounds/{name}/agencies/{agency}/jobs")
def show_jobs(request: Request, login: Looker, name: str, agency: str) -> Response:
    """How the ordered visits stand: a part of the agency's page that renews itself."""
    view = find_round(request, name)
    require_agency(login, view, agency)
    known = view.round.register.agency(agency)
    if known is None:
        raise NotFoundError
    return render(request, "jobs.html.j2", view=view, agency=known, jobs=jobs_of_agency(request, name, agency))


@router.post("/rounds/{name}/agencies/{agency}/recheck")
def order_recheck(request: Request, login: Judge, name: str, agency: str) -> Response:
    """Order a fresh visit. In a round that is decided already it is advisory."""
    site, view = site_of(request), find_round(request, name)
    if view.round.register.agency(agency) is None or site.jobs is None:
        raise NotFoundError
    ordered = site.jobs.enqueue(Job(kind="recheck", round=name, agency=agency, by=login.account.name))
    log_alone(site.engine, who=login.account.name, action="recheck_ordered", subject=f"{name}/{agency}",
              detail={"job": ordered.id})  # fmt: skip
    site.notes.leave(login.token_sha256, "recheck_was_ordered", agency=agency)
    return RedirectResponse(f"/rounds/{name}/agencies/{agency}", status_code=303)
