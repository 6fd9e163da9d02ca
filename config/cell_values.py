"""Values as people type them in tables: Persian digits, Arabic letters, yes and no in two languages."""

import unicodedata
from urllib.parse import urlsplit

# Arabic yeh and kaf as Persian ones; kashida, half-space, joiners, direction marks and BOM away.
_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک"} | dict.fromkeys("\u0640\u200c\u200d\u200e\u200f\ufeff", ""))
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_YES = frozenset({"yes", "y", "true", "1", "بله", "بلی", "آری", "درست"})
_NO = frozenset({"no", "n", "false", "0", "خیر", "نه", "نادرست"})


def ascii_digits(value: str) -> str:
    """The value with Persian and Arabic digits as ASCII; the rest untouched."""
    return value.translate(_DIGITS)


def fold_word(value: str) -> str:
    """A word of a closed list as the code spells it: NFKC, Persian letters, ASCII digits, lower case, no joiners."""
    return ascii_digits(unicodedata.normalize("NFKC", value)).translate(_LETTERS).strip().lower()


def read_yes_no(value: str) -> bool | None:
    """True or False for the words people use (yes, true, 1, بله, ...), None for any other word."""
    folded = fold_word(value)
    if folded in _YES:
        return True
    return False if folded in _NO else None


def url_fault(url: str) -> str | None:
    """What is wrong with a web address, as a fix; None when it can be used."""
    if any(character.isspace() or ord(character) < 32 for character in url):
        return "an address has no spaces or line breaks: write %20, or split it into two cells"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return "this is no web address: write it as https://host/path"
    if parts.scheme.lower() not in ("http", "https"):
        return "begin the address with https:// or http://"
    if parts.username is not None or parts.password is not None:
        return "take the user name and password out of the address"
    if not host or not any(character.isalnum() for character in host):
        return "the address names no host: write it as https://host/path"
    if _bad_host(host) or port == 0:
        return "the host name is not valid: write it as https://host/path"
    return None


def host_fault(host: str) -> str | None:
    """What is wrong with a host name (optionally with :port), as a fix; None when it can be used."""
    if "/" in host or "@" in host:
        return "write only the host name, without https:// and without a path"
    return "write a host name such as desk.example.gov" if url_fault(f"http://{host}/") else None


def _bad_host(host: str) -> bool:
    if ":" in host:  # urlsplit has already checked the brackets of an IPv6 address
        return False
    labels = host.rstrip(".").split(".")
    return any(not label or len(label) > 63 or label[0] == "-" or label[-1] == "-" for label in labels) or any(
        not (character.isalnum() or character in "-._" or unicodedata.category(character) in ("Mn", "Mc", "Cf"))
        for character in host
    )
