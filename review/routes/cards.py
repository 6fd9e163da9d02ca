"""The evidence card of a group, and deciding over it."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from config.vocabulary import Cause, DecisionReason
from review.cards import make_card
from review.choosing import Choice, choice, next_key
from review.groups import Group
from review.guards import NotFoundError, find_round, needs, require_agency
from review.judging import Form as DecisionForm
from review.judging import FormFaultError, decide, take_back
from review.pages import render
from review.permissions import Action, may
from review.round_view import RoundView
from review.site import site_of
from store.accounts import Login
from store.group_locks import held_by_others, release_locks, take_lock
from store.round_states import UNDECIDED_STATES, RoundStateError

router = APIRouter()
Looker = Annotated[Login, Depends(needs(Action.SEE_AGENCY))]
Judge = Annotated[Login, Depends(needs(Action.JUDGE))]
Chosen = Annotated[Choice, Depends(choice)]
Word = Annotated[str, Form(max_length=100)]
HOLD = timedelta(minutes=10)
"""How long a group stays locked after it was opened; opening it again begins anew."""


@router.get("/rounds/{name}/groups/{key}")
def show_card(request: Request, login: Looker, name: str, key: str, chosen: Chosen) -> Response:
    """The card. Whoever may judge takes the lock of a group that waits."""
    view = find_round(request, name)
    group = _group(login, view, key)
    holder = None
    own_page = request.headers.get("sec-fetch-site", "none") in ("same-origin", "none")
    if group.why is not None and own_page and may(login.account, Action.JUDGE):
        holder = take_lock(site_of(request).engine, name, key, login.account.name, hold=HOLD)
    response = _card(request, login, view, group, chosen, holder=holder)
    if request.headers.get("hx-request"):
        response.headers["HX-Push-Url"] = f"{request.url.path}{chosen.address()}"
    return response


def _group(login: Login, view: RoundView, key: str) -> Group:
    group = view.group(key)
    if group is None:
        raise NotFoundError
    require_agency(login, view, group.agency)
    return group


def _card(
    request: Request,
    login: Login,
    view: RoundView,
    group: Group,
    chosen: Choice,
    *,
    holder: str | None,
    fault: FormFaultError | None = None,
    typed: DecisionForm | None = None,
) -> Response:
    site = site_of(request)
    card = make_card(site.engine, site.home, view, group)
    if card is None:
        raise NotFoundError
    taken_by = holder if holder not in (None, login.account.name) else None
    order = [entry.key for entry in chosen.groups(view)]
    return render(
        request,
        "card.html.j2",
        status=400 if fault else 200,
        view=view,
        card=card,
        group=group,
        agency=view.agencies[group.agency].agency,
        chosen=chosen,
        position=order.index(group.key) + 1 if group.key in order else None,
        left=len(order),
        can_decide=may(login.account, Action.JUDGE) and view.round.state in UNDECIDED_STATES and taken_by is None,
        taken_by=taken_by,
        fault=fault,
        typed=typed,
        reasons=[reason for reason in DecisionReason if reason != DecisionReason.CONFIRMED],
        causes=list(Cause),
        titles={service.id: service for service in card.services},
    )


@router.post("/rounds/{name}/groups/{key}/decision")
def take_decision(
    request: Request,
    login: Judge,
    name: str,
    key: str,
    chosen: Chosen,
    verdict: Word = "",
    level: Word = "",
    cause: Word = "",
    reason: Word = "",
    note: Annotated[str, Form(max_length=4_000)] = "",
    service: Annotated[list[str], Form()] = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """Record the decision and go on with the next group."""
    site = site_of(request)
    view = find_round(request, name)
    group = view.group(key)
    if group is None:
        site.notes.leave(login.token_sha256, "evidence_changed")
        return RedirectResponse(f"/rounds/{name}/queue{chosen.address()}", status_code=303)
    who = login.account.name
    taken = held_by_others(site.engine, name, who)
    if key in taken:
        return RedirectResponse(f"/rounds/{name}/groups/{key}{chosen.address()}", status_code=303)
    form = DecisionForm(verdict, level, cause, reason, note, tuple(service))
    order = [entry.key for entry in chosen.groups(view)]
    try:
        count = decide(site.engine, view, group, form, who)
    except FormFaultError as fault:
        return _card(request, login, view, group, chosen, holder=who, fault=fault, typed=form)
    except RoundStateError:
        closed = FormFaultError("fault_round_closed")
        return _card(request, login, view, group, chosen, holder=who, fault=closed, typed=form)
    after = find_round(request, name)
    _tell(request, login, view, after, group, count)
    following = next_key(order, key, after, taken)
    if following is None:
        release_locks(site.engine, who)
        return RedirectResponse(f"/rounds/{name}/queue{chosen.address()}", status_code=303)
    return RedirectResponse(f"/rounds/{name}/groups/{following}{chosen.address()}", status_code=303)


def _tell(request: Request, login: Login, before: RoundView, after: RoundView, group: Group, count: int) -> None:
    """Leave a note of what the decision did to the agency's score and place."""
    old, new = before.places.get(group.agency), after.places.get(group.agency)
    site_of(request).notes.leave(
        login.token_sha256,
        "decision_recorded",
        count=count,
        indicator=group.indicator.id,
        score_before=old.score if old else None,
        score_after=new.score if new else None,
        rank_before=old.rank if old else None,
        rank_after=new.rank if new else None,
    )


@router.post("/rounds/{name}/undo")
def undo(request: Request, login: Judge, name: str, chosen: Chosen) -> Response:
    """Take back one's last decision and open its group again."""
    site = site_of(request)
    view = find_round(request, name)
    try:
        back = take_back(site.engine, view, login.account.name)
    except RoundStateError:
        back = None
    if back is None:
        site.notes.leave(login.token_sha256, "nothing_to_undo")
        return RedirectResponse(f"/rounds/{name}/queue{chosen.address()}", status_code=303)
    site.notes.leave(login.token_sha256, "decision_undone", indicator=back.indicator)
    after = find_round(request, name)
    key = next(
        group.key
        for group in after.agencies[back.agency].groups.values()
        if group.indicator.id == back.indicator and any(cell.service == back.service for cell in group.cells)
    )
    return RedirectResponse(f"/rounds/{name}/groups/{key}{chosen.address()}", status_code=303)
