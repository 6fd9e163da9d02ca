"""The app: its parts put together."""

from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from review.guards import ForbiddenError, LoginNeededError, NotFoundError, current_login
from review.headers import SafetyHeaders
from review.pages import render
from review.routes import account, accounts, agencies, appeals, audit, cards, evidence, login, overview, queue, rechecks
from review.site import Site

STATIC_SECONDS = 3_600


class _Static(StaticFiles):
    """Style sheets, scripts and fonts, which browsers may keep."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = f"public, max-age={STATIC_SECONDS}"
        return response


def create_app(site: Site) -> FastAPI:
    """The app over these surroundings."""
    app = FastAPI(title="Didban", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.site = site
    app.add_middleware(SafetyHeaders)
    # Before the agencies: "jobs" is no indicator.
    for part in (login, account, accounts, overview, rechecks, agencies, queue, cards, evidence, appeals, audit):
        app.include_router(part.router)
    app.mount("/static", _Static(directory=Path(str(files("review") / "static"))), name="static")
    app.add_exception_handler(LoginNeededError, _login_needed)
    app.add_exception_handler(ForbiddenError, _forbidden)
    app.add_exception_handler(NotFoundError, _not_found)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _bad_request)
    return app


def _login_needed(request: Request, _: Exception) -> Response:
    asked = request.url.path if request.method == "GET" else "/"
    return RedirectResponse(f"/login?next={quote(asked)}", status_code=303)


def _error_page(request: Request, status: int, what: str) -> Response:
    if getattr(request.state, "login", None) is None:
        request.state.login = current_login(request)
    return render(request, "error.html.j2", status=status, what=what)


def _forbidden(request: Request, _: Exception) -> Response:
    return _error_page(request, 403, "forbidden")


def _not_found(request: Request, _: Exception) -> Response:
    return _error_page(request, 404, "not_found")


def _bad_request(request: Request, _: Exception) -> Response:
    return _error_page(request, 400, "bad_request")


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    what = "not_found" if error.status_code == 404 else "bad_request"
    return _error_page(request, error.status_code, what)
