"""Administration of accounts."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from review.accounts import FaultError, add_person
from review.guards import needs
from review.pages import render
from review.passwords import SHORTEST_PASSWORD, hash_password, new_token
from review.permissions import Action, Role
from review.site import site_of
from store.accounts import Login, accounts, change_account, count_active, get_account

router = APIRouter()
Admin = Annotated[Login, Depends(needs(Action.MANAGE_ACCOUNTS))]
Text = Annotated[str, Form(max_length=200)]


@router.get("/accounts")
def show_accounts(request: Request, login: Admin) -> Response:  # noqa: ARG001 - the guard is the point
    """All accounts, and the form for a new one."""
    return _page(request, None, 200)


def _page(request: Request, fault: str | None, status: int, **typed: str) -> Response:
    return render(
        request,
        "accounts.html.j2",
        status=status,
        accounts=accounts(site_of(request).engine),
        roles=list(Role),
        fault=fault,
        typed=typed,
        shortest=SHORTEST_PASSWORD,
    )


@router.post("/accounts")
def add(
    request: Request,
    login: Admin,
    name: Text = "",
    full_name: Text = "",
    role: Text = "",
    agency: Text = "",
    password: Text = "",
) -> Response:
    """Add an account."""
    engine = site_of(request).engine
    try:
        add_person(
            engine, name=name, full_name=full_name, role=role, agency=agency, password=password, who=login.account.name
        )
    except FaultError as fault:
        return _page(request, str(fault), 400, name=name, full_name=full_name, role=role, agency=agency)
    site_of(request).notes.leave(login.token_sha256, "account_was_added", name=name.strip())
    return RedirectResponse("/accounts", status_code=303)


@router.post("/accounts/{name}")
def change(request: Request, login: Admin, name: str, what: Text = "") -> Response:
    """Turn an account off or on, give it a new password (shown once), or take its second factor away."""
    site = site_of(request)
    account = get_account(site.engine, name)
    if account is None:
        return _page(request, "account_unknown", 404)
    who = login.account.name
    if what == "off":
        last = account.role == Role.ADMINISTRATOR and count_active(site.engine, Role.ADMINISTRATOR) <= 1
        if last:
            return _page(request, "last_administrator", 400)
        change_account(site.engine, name, who=who, action="account_off", active=False)
    elif what == "on":
        change_account(
            site.engine, name, who=who, action="account_on", active=True, failed_logins=0, blocked_until=None
        )
    elif what == "password":
        fresh = new_token()[:20]
        change_account(site.engine, name, who=who, action="password_reset", password_hash=hash_password(fresh))
        site.notes.leave(login.token_sha256, "password_is_now", name=name, password=fresh)
    elif what == "second_factor":
        change_account(site.engine, name, who=who, action="second_factor_off", totp_secret=None)
    return RedirectResponse("/accounts", status_code=303)
