"""Single TLS handshakes, as the tls probe needs them. All of them block and take an address that was checked before."""

import socket
import ssl
from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from OpenSSL import SSL, crypto

from snapshot.hosts import is_domain_name

SECONDS = 15.0
CHAIN_MAX = 10
"""Certificates of a chain that are written down."""

VERSIONS: Mapping[str, int] = MappingProxyType(
    {"TLSv1": SSL.TLS1_VERSION, "TLSv1.1": SSL.TLS1_1_VERSION, "TLSv1.2": SSL.TLS1_2_VERSION,
     "TLSv1.3": SSL.TLS1_3_VERSION}
)  # fmt: skip
"""The versions that are asked for, oldest first."""

_FAULTS = {
    9: "not_yet",
    10: "expired",
    18: "self_signed",
    19: "untrusted",
    20: "untrusted",
    21: "untrusted",
    62: "name",
    64: "name",
}
"""Codes of OpenSSL's verification (openssl-verification-options) as faults."""
_OURS = frozenset({"NO_PROTOCOLS_AVAILABLE", "no protocols available"})


_INFORMATION_ACCESS, _ISSUER = "1.3.6.1.5.5.7.1.1", "1.3.6.1.5.5.7.48.2"


def verdict(host: str, address: str, port: int) -> dict[str, Any]:
    """What the system's trusted authorities say: {"https", "valid", "fault", "reason", "protocol", "expires"}.

    Raises OSError where no connection was made, RuntimeError where this machine trusts no authority at all.
    """
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if not context.cert_store_stats()["x509_ca"] and not paths.capath:
        raise RuntimeError("this machine has no trusted authorities (ca-certificates)")
    said: dict[str, Any] = {"https": True, "valid": False, "fault": "", "reason": "", "protocol": None, "expires": ""}
    with socket.create_connection((address, port), SECONDS) as plain:
        try:
            with context.wrap_socket(plain, server_hostname=host) as secure:
                expires = (secure.getpeercert() or {}).get("notAfter", "")
                return {**said, "valid": True, "protocol": secure.version(), "expires": expires}
        except ssl.SSLCertVerificationError as error:
            return {**said, "fault": _FAULTS.get(error.verify_code, "other"), "reason": error.verify_message}
        except ssl.SSLError as error:
            return {**said, "https": _speaks_tls(error), "fault": "protocol", "reason": error.reason or str(error)}


def served_chain(host: str, address: str, port: int) -> list[dict[str, Any]]:
    """The certificates as the host serves them, its own first; [] where this handshake fails.

    Each: {"subject", "issuer", "not_before_at", "not_after_at": ISO times, "sha256": of the DER bytes, "issuer_url":
    where it says its issuer's certificate lies, or ""}.
    """
    context = SSL.Context(SSL.TLS_METHOD)
    context.set_verify(SSL.VERIFY_NONE, lambda *_: True)
    context.set_cipher_list(b"DEFAULT:@SECLEVEL=0")
    try:
        connection = _shaken(context, host, address, port)
    except (SSL.Error, OSError):
        return []
    return [_described(certificate) for certificate in (connection.get_peer_cert_chain() or [])[:CHAIN_MAX]]


def offers(host: str, address: str, port: int, version: str) -> bool | None:
    """Whether the host speaks exactly this version; None where our own library does not. Raises OSError."""
    context = SSL.Context(SSL.TLS_METHOD)
    context.set_verify(SSL.VERIFY_NONE, lambda *_: True)
    # Weak ciphers are asked for on purpose: old versions have no others.
    context.set_cipher_list(b"DEFAULT:@SECLEVEL=0")
    context.set_min_proto_version(VERSIONS[version])
    context.set_max_proto_version(VERSIONS[version])
    try:
        _shaken(context, host, address, port)
    except SSL.Error as error:
        return None if any(reason in _OURS for *_, reason in (error.args[0] if error.args else ())) else False
    except ConnectionError:
        return False  # Many servers hang up on a version that they do not speak.
    return True


def _shaken(context: SSL.Context, host: str, address: str, port: int) -> SSL.Connection:
    """A connection after its handshake; the socket is closed by then. Raises SSL.Error or OSError."""
    connection = SSL.Connection(context, None)
    if is_domain_name(host):
        connection.set_tlsext_host_name(host.encode("idna"))
    connection.set_connect_state()
    with socket.create_connection((address, port), SECONDS) as plain:
        while True:
            try:
                connection.do_handshake()
            except SSL.WantReadError:
                _send(connection, plain)
                received = plain.recv(16_384)
                if not received:
                    raise ConnectionResetError("the host hung up") from None
                connection.bio_write(received)
            else:
                _send(connection, plain)
                return connection


def _send(connection: SSL.Connection, plain: socket.socket) -> None:
    while True:
        try:
            plain.sendall(connection.bio_read(16_384))
        except SSL.WantReadError:
            return


def _described(certificate: crypto.X509) -> dict[str, Any]:
    found = certificate.to_cryptography()
    return {
        "subject": found.subject.rfc4514_string()[:300],
        "issuer": found.issuer.rfc4514_string()[:300],
        "not_before_at": _iso(found.not_valid_before_utc),
        "not_after_at": _iso(found.not_valid_after_utc),
        "sha256": certificate.digest("sha256").decode().replace(":", "").lower(),
        "issuer_url": _issuer_url(found.extensions),
    }


def _issuer_url(extensions: Iterable[Any]) -> str:
    """The address of the issuer's certificate (authority information access, RFC 5280 4.2.2.1)."""
    for extension in extensions:
        if extension.oid.dotted_string == _INFORMATION_ACCESS:
            for access in extension.value:
                if access.access_method.dotted_string == _ISSUER:
                    return str(access.access_location.value)[:300]
    return ""


def _iso(at: datetime) -> str:
    return at.isoformat()


def _speaks_tls(error: ssl.SSLError) -> bool:
    """Whether the other side answered in TLS at all: an alert, a version, a cipher; not a web server's plain text."""
    return error.reason not in (
        "WRONG_VERSION_NUMBER",
        "HTTP_REQUEST",
        "RECORD_LAYER_FAILURE",
        "PACKET_LENGTH_TOO_LONG",
    )
