"""Every string of the app, from the catalogues of the two languages."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from markupsafe import Markup, escape

from config.wording import Language

LANGUAGES: tuple[Language, ...] = ("fa", "en")


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """All strings of a language by key."""
    text = (files("review") / "catalogues" / f"{language}.toml").read_text(encoding="utf-8")
    return {key: str(value) for key, value in tomllib.loads(text).items()}


def say(key: str, language: Language, **values: object) -> Markup:
    """A string with its places filled, safe to put into a page: values are escaped. Raises KeyError."""
    text = escape(catalogue(language)[key])
    return text.format(**values) if values else text
