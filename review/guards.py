"""At the door: who is asking, whether the form is ours, and whether the person may do this."""

import hmac
from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request

from review.logins import IDLE, LONGEST
from review.passwords import token_digest
from review.permissions import Action, Role, may, may_see
from review.round_view import RoundView
from review.site import site_of
from store.accounts import Login, find_login

SESSION_COOKIE = "didban_session"
SAFE_METHODS = ("GET", "HEAD")


class LoginNeededError(Exception):
    """Nobody is logged in."""


class ForbiddenError(Exception):
    """The person may not do this, or the form is not one of ours."""


class NotFoundError(Exception):
    """There is no such thing, or not for this person."""


def current_login(request: Request) -> Login | None:
    """The session of a request, None where there is none that holds."""
    token = request.cookies.get(SESSION_COOKIE)
    if not token:
        return None
    site = site_of(request)
    login = find_login(site.engine, token_digest(token), longest=LONGEST, idle=IDLE)
    if login is not None and login.account.demo and not site.demo:
        return None
    return login


async def own_request(request: Request, login: Annotated[Login | None, Depends(current_login)]) -> None:
    """Whether what changes something comes from our own pages: by the browser's word and by the session's token."""
    if request.method in SAFE_METHODS:
        return
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise ForbiddenError
    if login is None:
        return
    given = request.headers.get("x-csrf-token") or (await request.form()).get("csrf") or ""
    if not isinstance(given, str) or not hmac.compare_digest(given, login.csrf):
        raise ForbiddenError


def needs(action: Action) -> Callable[..., Login]:
    """A dependency: the session of a person whose role has the action, over all agencies or over the own one."""

    def allowed(
        request: Request,
        login: Annotated[Login | None, Depends(current_login)],
        _: Annotated[None, Depends(own_request)],
    ) -> Login:
        if login is None:
            raise LoginNeededError
        if not may(login.account, action, login.account.agency):
            raise ForbiddenError
        request.state.login = login
        return login

    allowed.__dict__["action"] = action  # read by the table of permissions in the tests
    return allowed


def find_round(request: Request, name: str) -> RoundView:
    """A round by name. Raises NotFoundError."""
    view = site_of(request).rounds.get(name)
    if view is None:
        raise NotFoundError
    return view


def require_agency(login: Login, view: RoundView, agency: str) -> None:
    """Raise NotFoundError where the person may not see this agency in this round: others learn not even that it is."""
    if not may_see(login.account, agency, view.round.state):
        raise NotFoundError


def home_of(login: Login, newest: str | None) -> str:
    """The page that a person begins with."""
    role = Role(login.account.role)
    if newest is None:
        return "/account"
    if role is Role.AGENCY:
        return f"/rounds/{newest}/agencies/{login.account.agency}"
    return f"/rounds/{newest}"
