"""A finding's sentence in both languages: the check's wording filled with the data of this finding."""

import re
from collections.abc import Mapping
from typing import Any

_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+|\S+@\S+|\b[\w-]+\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_LATIN_LETTER = re.compile(r"[a-z]", re.IGNORECASE)


class WordingError(Exception):
    """A message key that the check does not have, or a wording that asks for data it was not given."""


def sentences(messages: Mapping[str, Mapping[str, str]], key: str, data: Mapping[str, Any]) -> tuple[str, str]:
    """The Persian and the English sentence of a message key, filled with the data. Raises WordingError.

    Where a value is a mapping with `fa` and `en`, each language takes its own. Numbers of the Persian sentence are
    written in Persian digits; addresses and Latin words keep theirs.
    """
    if key not in messages:
        raise WordingError(f"no wording for the message {key!r}")
    wording = messages[key]
    return _filled(wording["fa"], "fa", data), _filled(wording["en"], "en", data)


def persian_number(value: float) -> str:
    """A number in Persian digits with the Persian decimal sign."""
    return f"{value:g}".replace(".", "٫").translate(_PERSIAN_DIGITS)


def _filled(wording: str, language: str, data: Mapping[str, Any]) -> str:
    values = {name: _written(value, language) for name, value in data.items()}
    try:
        return wording.format_map(values)
    except (KeyError, IndexError, ValueError) as error:
        raise WordingError(f"the wording {wording!r} asks for data that is not there: {error}") from error


def _written(value: Any, language: str) -> str:
    if isinstance(value, Mapping):
        return _written(value.get(language, ""), language)
    if isinstance(value, (list, tuple)):
        return ("، " if language == "fa" else ", ").join(_written(entry, language) for entry in value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return _persian_digits(str(value)) if language == "fa" else str(value)
    return persian_number(value) if language == "fa" else f"{value:g}"


def _persian_digits(text: str) -> str:
    """ASCII digits of a quoted text as Persian ones, but for addresses and for words with Latin letters."""
    words = re.split(r"(\s+)", text)
    return "".join(
        word if _ADDRESS.search(word) or _LATIN_LETTER.search(word) else word.translate(_PERSIAN_DIGITS)
        for word in words
    )
