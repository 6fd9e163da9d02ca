"""Logging in and out, and the first page."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from review.guards import SESSION_COOKIE, current_login, home_of, needs, own_request
from review.logins import LONGEST, Attempt, is_refusal, log_in
from review.pages import render
from review.permissions import Action
from review.site import site_of
from store.accounts import Login, end_login
from store.group_locks import release_locks
from store.repository import list_rounds

router = APIRouter()
Own = Annotated[Login, Depends(needs(Action.OWN_ACCOUNT))]


@router.get("/")
def first_page(request: Request, login: Own) -> Response:
    """To the page that the person begins with, in the newest round."""
    rounds = list_rounds(site_of(request).engine)
    return RedirectResponse(home_of(login, rounds[0].name if rounds else None), status_code=303)


@router.get("/login")
def show_login(request: Request, login: Annotated[Login | None, Depends(current_login)], next: str = "/") -> Response:
    """The form."""
    if login is not None:
        return RedirectResponse(own_path(next), status_code=303)
    return render(request, "login.html.j2", next=own_path(next), name="", refusal=None)


@router.post("/login")
def take_login(
    request: Request,
    _: Annotated[None, Depends(own_request)],
    name: Annotated[str, Form(max_length=100)] = "",
    password: Annotated[str, Form(max_length=500)] = "",
    code: Annotated[str, Form(max_length=20)] = "",
    next: Annotated[str, Form(max_length=500)] = "/",
) -> Response:
    """Begin a session, or say that it was not right."""
    site = site_of(request)
    address = request.client.host if request.client else ""
    answer = log_in(site.engine, site.limiter, Attempt(name.strip(), password, code, address), demo=site.demo)
    if is_refusal(answer):
        status = 429 if answer == "login_blocked" else 401
        return render(request, "login.html.j2", status=status, next=own_path(next), name=name, refusal=answer)
    response = RedirectResponse(own_path(next), status_code=303)
    response.set_cookie(
        SESSION_COOKIE,
        answer,
        max_age=int(LONGEST.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


@router.post("/logout")
def log_out(request: Request, login: Own) -> Response:
    """End the session and give up what the person had open."""
    engine = site_of(request).engine
    release_locks(engine, login.account.name)
    end_login(engine, login)
    response = RedirectResponse("/login", status_code=303)
    response.delete_cookie(SESSION_COOKIE)
    return response


def own_path(address: str) -> str:
    """The address where it is a path of this app, else the first page: a login never leads away."""
    parts = urlsplit(address)
    plain = address.startswith("/") and not address.startswith(("//", "/\\")) and "\\" not in address
    return address if plain and not parts.netloc and not parts.scheme else "/"
