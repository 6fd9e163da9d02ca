"""Which addresses may be asked at all: public ones, and private ones only where the register names them.

The rule holds after name resolution: the guarded resolver hands out no address that the rule refuses, so a name that
changes its answer between check and connection (DNS rebinding) gains nothing.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

Endpoint = tuple[str, int]
"""Lower-case host without brackets, and port."""

DEFAULT_PORTS = {"http": 80, "https": 443}
_SHARED = ipaddress.ip_network("100.64.0.0/10")  # carrier-grade NAT: neither private nor global in all Python versions
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class RefusedAddressError(Exception):
    """An address that Didban does not ask: not HTTP, private, loopback, link-local, metadata or reserved."""


def endpoint_of(url: str) -> Endpoint:
    """Host and port of an address. Raises RefusedAddressError for what is no HTTP address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise RefusedAddressError(f"not an address: {error}") from error
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        raise RefusedAddressError("not an HTTP address")
    return parts.hostname.lower().rstrip("."), port or DEFAULT_PORTS[parts.scheme]


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet."""
    try:
        ip = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        embedded = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if embedded is None and ip in _NAT64:
            embedded = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if embedded is not None:
            return is_public(str(embedded))
    shared = isinstance(ip, ipaddress.IPv4Address) and ip in _SHARED
    return ip.is_global and not (shared or ip.is_multicast or ip.is_reserved or ip.is_unspecified)


class AddressGuard:
    """The rule for one visit or for a whole process. `open_endpoints` are the private ones that may be asked."""

    def __init__(self, open_endpoints: Iterable[Endpoint] = ()) -> None:
        self._open = set(open_endpoints)
        self._refused: dict[Endpoint, str] = {}

    @classmethod
    def for_register(cls, urls: Iterable[str], *, allow_private: bool) -> "AddressGuard":
        """A guard that lets private addresses through for exactly the hosts and ports of these addresses."""
        guard = cls()
        if allow_private:
            guard.open(urls)
        return guard

    def open(self, urls: Iterable[str]) -> None:
        """Let private addresses through for the hosts and ports of these addresses, too."""
        for url in urls:
            try:
                self._open.add(endpoint_of(url))
            except RefusedAddressError:
                continue

    def opens(self, host: str, port: int) -> bool:
        """Whether this host and port may be private."""
        return (host.lower().strip("[]").rstrip("."), port) in self._open

    def check(self, url: str) -> None:
        """Refuse an address by its text alone. Names pass until resolved. Raises RefusedAddressError."""
        host, port = endpoint_of(url)
        if self.opens(host, port):
            return
        literal = _literal(host)
        if literal is not None and not is_public(literal):
            raise RefusedAddressError(f"{host} is no public address")
        if literal is None and (host == "localhost" or host.endswith((".localhost", ".local", ".internal"))):
            raise RefusedAddressError(f"{host} is no public name")

    def allowed(self, host: str, port: int, addresses: Sequence[str]) -> list[str]:
        """Those resolved addresses of a host that may be connected to."""
        return [address for address in addresses if self.allows(host, port, address)]

    def allows(self, host: str, port: int, address: str) -> bool:
        """Whether a host that resolves to this address may be connected to there."""
        return self.opens(host, port) or is_public(address)

    def note_refused(self, host: str, port: int, address: str) -> None:
        """Remember that a host led to an address that may not be asked."""
        self._refused[(host.lower().rstrip("."), port)] = address

    def refused(self, url: str) -> str:
        """The address that was refused when this one's host was resolved; "" where none was."""
        return self._refused.get(endpoint_of(url), "")

    async def resolve(self, host: str, port: int) -> list[str]:
        """Addresses of a host that may be asked. Raises OSError (no answer) or RefusedAddressError (none allowed)."""
        loop = asyncio.get_running_loop()
        answers = await loop.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
        allowed = self.allowed(host, port, addresses)
        if not allowed:
            raise RefusedAddressError(f"{host} leads to {', '.join(addresses) or 'nothing'}: no public address")
        return allowed


def _literal(host: str) -> str | None:
    """The IP address a host text stands for, in any spelling that a resolver takes (decimal, hex, short); else None."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except (OSError, UnicodeEncodeError):
        return None
