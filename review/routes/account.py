"""One's own account: password and second factor."""

import time
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse
from persiantools import digits

from review.guards import needs
from review.pages import render
from review.passwords import SHORTEST_PASSWORD, fits, hash_password, new_totp_secret, totp_address, totp_step
from review.permissions import Action
from review.site import site_of
from store.accounts import Login, change_account

router = APIRouter()
Own = Annotated[Login, Depends(needs(Action.OWN_ACCOUNT))]
Text = Annotated[str, Form(max_length=500)]


@router.get("/account")
def show_account(request: Request, login: Own) -> Response:
    """The account, and a fresh secret to begin a second factor with."""
    return _page(request, login, None, new_totp_secret(), 200)


def _page(request: Request, login: Login, fault: str | None, secret: str, status: int) -> Response:
    return render(
        request,
        "account.html.j2",
        status=status,
        fault=fault,
        secret=secret,
        totp_link=totp_address(secret, login.account.name),
        shortest=SHORTEST_PASSWORD,
    )


@router.post("/account/password")
def change_password(request: Request, login: Own, old: Text = "", new: Text = "") -> Response:
    """Set another password; every session of the account ends."""
    if login.account.demo:
        return _page(request, login, "demo_account_fixed", new_totp_secret(), 400)
    if not fits(old, login.account.password_hash):
        return _page(request, login, "password_wrong", new_totp_secret(), 400)
    if len(new) < SHORTEST_PASSWORD:
        return _page(request, login, "password_short", new_totp_secret(), 400)
    _change(request, login, "password_changed", password_hash=hash_password(new))
    return RedirectResponse("/login", status_code=303)


@router.post("/account/second-factor")
def change_second_factor(
    request: Request, login: Own, password: Text = "", secret: Text = "", code: Text = ""
) -> Response:
    """Turn the second factor on (a code shows that the phone has the secret) or, without a secret, off."""
    if login.account.demo:
        return _page(request, login, "demo_account_fixed", new_totp_secret(), 400)
    if not fits(password, login.account.password_hash):
        return _page(request, login, "password_wrong", secret or new_totp_secret(), 400)
    if not secret:
        _change(request, login, "second_factor_off", totp_secret=None)
        return RedirectResponse("/login", status_code=303)
    try:
        step = totp_step(secret, str(digits.fa_to_en(code.strip())), time.time())
    except ValueError:  # no base32
        step = None
    if step is None:
        return _page(request, login, "code_wrong", secret, 400)
    _change(request, login, "second_factor_on", totp_secret=secret, totp_last_step=step)
    return RedirectResponse("/login", status_code=303)


def _change(request: Request, login: Login, action: str, **values: object) -> None:
    change_account(site_of(request).engine, login.account.name, who=login.account.name, action=action, **values)
