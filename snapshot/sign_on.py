"""What an address says of signing on: the national sign-on, an agency's own, the national window, a payment gateway."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from snapshot.matching import lexicon

_SIGN_ON_PATHS = ("/oauth2/authorize", "/oauth/authorize", "/connect/authorize", "/openid-connect/auth", "/cas/login",
                  "/saml2", "/idp/", "/adfs/ls")  # fmt: skip
"""Paths of the common protocols (OAuth 2, OpenID Connect, CAS, SAML) under which a sign-on server takes visitors."""
_RETURN = ("redirect_uri", "service", "returnurl", "return_to", "wreply", "redirect")
_SIGN_ON_LABELS = frozenset({"sso", "cas", "idp", "auth", "accounts", "login", "signin", "passport"})


@dataclass(frozen=True, slots=True)
class SignOn:
    """An address of a sign-on server. `returns_to` is the host that the visitor is sent back to, empty if none."""

    host: str
    national: bool
    client: str
    returns_to: str

    @property
    def proven(self) -> bool:
        """Whether the address itself proves the sign-on: it names who asks, and where visitors return (rubric I04)."""
        return bool(self.client and self.returns_to)


def sign_on_at(url: str, *, national_hosts: tuple[str, ...] | None = None) -> SignOn | None:
    """The sign-on server that an address belongs to; None for any other address.

    `national_hosts` stands in for those that the lexicons name (group national-sign-on-host).
    """
    parts = split_address(url)
    if parts is None:
        return None
    host, path, values = parts
    hosts = lexicon().groups.get("national-sign-on-host", ()) if national_hosts is None else national_hosts
    national = _among(host, hosts)
    if not national and not any(mark in path for mark in _SIGN_ON_PATHS) and not _named_sign_on(host, values):
        return None
    back = next((values[name] for name in _RETURN if values.get(name)), "")
    returns = split_address(back)
    return SignOn(host, national, values.get("client_id", ""), returns[0] if returns else "")


def is_sign_on_host(host: str, *, national_hosts: tuple[str, ...] | None = None) -> bool:
    """Whether a host (with its port, unless that is the usual one) is there to sign people on, by list or by name."""
    hosts = lexicon().groups.get("national-sign-on-host", ()) if national_hosts is None else national_hosts
    return _among(host, hosts) or host.split(".", 1)[0] in _SIGN_ON_LABELS


def in_national_window(url: str) -> bool:
    """Whether an address lies in the national window of services (not at its sign-on)."""
    return _on_host(url, "national-window-host") and not _on_host(url, "national-sign-on-host")


def at_payment_gateway(url: str) -> bool:
    """Whether an address belongs to a gateway where a fee is paid."""
    return _on_host(url, "payment-gateway-host")


def in_foreign_system(url: str) -> bool:
    """Whether an address lies in a national system that another body runs (lexicon section 8)."""
    return _on_host(url, "national-system-host")


def split_address(url: str) -> tuple[str, str, dict[str, str]] | None:
    """Host with port, path and query values (names in lower case) of an address; None for what is none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    host = parts.hostname.lower() + (f":{port}" if port not in (None, 80, 443) else "")
    query = parse_qs(parts.query, max_num_fields=100) if len(parts.query) < 8_000 else {}
    return host, parts.path.lower() or "/", {name.lower(): values[0] for name, values in query.items()}


def _named_sign_on(host: str, values: dict[str, str]) -> bool:
    """A host called sso, idp or the like, asked to send the visitor back: a sign-on of the agency's own."""
    return host.split(".", 1)[0] in _SIGN_ON_LABELS and any(values.get(name) for name in _RETURN)


def _on_host(url: str, group: str) -> bool:
    parts = split_address(url)
    return parts is not None and _among(parts[0], lexicon().groups.get(group, ()))


def _among(host: str, hosts: tuple[str, ...]) -> bool:
    return any(host == entry or host.endswith("." + entry) for entry in hosts)
