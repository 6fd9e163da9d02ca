"""Pages made of templates: what every template can say, and the answer that carries it."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any
from urllib.parse import unquote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from config.models import Agency, Text
from config.vocabulary import Outcome
from config.wording import Language, cause_text, moment, number, percent
from review.headers import LANGUAGE_COOKIE
from review.permissions import Action, may
from review.site import site_of
from review.words import say
from scoring.decision_words import REASONS, said
from scoring.effective import Value
from store.accounts import Login


def language_of(request: Request) -> Language:
    """The language asked for in the address, else the one chosen before, else Persian."""
    chosen = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    return "en" if chosen == "en" else "fa"


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page in the person's language."""
    language = language_of(request)
    login: Login | None = getattr(request.state, "login", None)
    site = site_of(request)
    note = site.notes.take(login.token_sha256) if login else None
    query = {key: value for key, value in request.query_params.items() if key != "lang"}
    common: dict[str, Any] = {
        "login": login,
        "csrf": login.csrf if login else "",
        "may": lambda action: login is not None and may(login.account, Action(action), login.account.agency),
        "note": say(note[0], language, **_worded(note[1], language)) if note else None,
        "demo": site.demo,
        "other_language_address": "?" + urlencode({**query, "lang": "en" if language == "fa" else "fa"}),
        "address": request.url.path,
    }
    html = _environment(language).get_template(template).render({**common, **values})
    return HTMLResponse(html, status_code=status)


def _worded(values: Mapping[str, object], language: Language) -> dict[str, object]:
    return {key: _worded_value(value, language) for key, value in values.items()}


def _worded_value(value: object, language: Language) -> object:
    if value is None:
        return "–"
    if isinstance(value, Decimal):
        return number(str(value), language)  # printed scores keep their last zeros
    return number(value, language) if isinstance(value, int | float) else value


@cache
def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=PackageLoader("review"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["value"] = Value.model_validate
    environment.globals.update(
        language=language,
        direction="rtl" if language == "fa" else "ltr",
        other_language="en" if language == "fa" else "fa",
        t=lambda key, **values: say(key, language, **_worded(values, language)),
        number=lambda value: number(value, language),
        percent=lambda value: percent(value, language),
        moment=lambda value: moment(value, language),
        cause=lambda value: cause_text(value, language),
        text=lambda value: _text(value, language),
        agency_name=lambda agency: _agency_name(agency, language),
        value_text=lambda value: value_text(value, language),
        reason_text=lambda reason: REASONS[reason][0 if language == "fa" else 1],
        sentence=lambda finding: finding.text_fa if language == "fa" else finding.text_en,
        live_link=lambda url: _live_link(url, language),
        heat=heat,
        query=urlencode,
    )
    return environment


def _text(value: Text, language: Language) -> str:
    return value.fa if language == "fa" else value.en


def _agency_name(agency: Agency, language: Language) -> str:
    return agency.name_fa if language == "fa" else agency.name_en or agency.name_fa


def value_text(value: Value | Any, language: Language) -> str:
    """A value of a finding in words: anything with outcome, level and cause."""
    if value.outcome == Outcome.UNKNOWN and value.cause is not None:
        return f"{say('unknown', language)} ({cause_text(value.cause, language)})"
    text = said(value.outcome, value.level, value.cause)[0 if language == "fa" else 1]
    return f"{say('conflict', language)} · {text}" if value.outcome == Outcome.CONFLICT else text


def heat(level: float | None, *, na: bool = False) -> str:
    """Class of a coloured cell."""
    if na:
        return "n"
    return "u" if level is None else f"l{round(level * 4)}"


def _live_link(url: str, language: Language) -> Markup:
    """A link that leaves for the portal; only web addresses become one, since portals choose what stands here."""
    if not url.lower().startswith(("http://", "https://")):
        return Markup('<code dir="ltr">{}</code>').format(url)
    return Markup(
        '<a class="leaves" dir="ltr" rel="noopener noreferrer nofollow" target="_blank" href="{0}">{1}'
        '<span class="leaving" dir="auto">↗ {2}</span></a>'
    ).format(url, readable_address(url), say("leaves_app", language))


def readable_address(url: str) -> str:
    """An address with its Persian letters in place of their codes, where that shows nothing but letters and signs."""
    plain = unquote(url)
    return plain if plain.isprintable() else url
