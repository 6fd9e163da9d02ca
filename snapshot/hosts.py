"""Whose address is it: the hosts that belong to an agency's own portal."""

import ipaddress
from collections.abc import Iterable
from functools import cache
from urllib.parse import urlsplit

from tldextract import TLDExtract

from config.models import Agency

_DEFAULT_PORTS = {"http": 80, "https": 443}
_extract = TLDExtract(suffix_list_urls=(), cache_dir=None)


class OwnHosts:
    """The agency's own hosts: every sub-domain of its portal's registrable domain and of its declared extra hosts.

    For IP addresses and localhost it is exactly that host and port. `add` takes up what a visit learns, such as the
    domain that the registered home address redirects to.
    """

    def __init__(self, addresses: Iterable[str] = ()) -> None:
        self._sites: set[str] = set()
        for address in addresses:
            self.add(address)

    @classmethod
    def of(cls, agency: Agency) -> "OwnHosts":
        """Those that the register names."""
        return cls([*([agency.portal_url] if agency.portal_url else ()), *agency.extra_hosts])

    def add(self, address: str) -> None:
        """Count the site of this address or bare host as own."""
        site = site_of(address if "://" in address else f"http://{address}")
        if site:
            self._sites.add(site)

    def __contains__(self, url: str) -> bool:
        return site_of(url) in self._sites


def site_of(url: str) -> str:
    """The site an address belongs to: registrable domain, or host:port for IP addresses and single-word hosts.

    Empty for what is no HTTP address. Scheme, `www.` and other sub-domains make no difference.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return ""
    host = parts.hostname.lower().rstrip(".")
    domain = "" if _is_ip(host) else _registrable(host)
    return domain or f"{host}:{port or _DEFAULT_PORTS[parts.scheme]}"


def is_domain_name(host: str) -> bool:
    """Whether a host is a name under a public suffix, not an IP address or a bare word."""
    return not _is_ip(host) and bool(_registrable(host.lower()))


def certifiable(url: str) -> bool:
    """Whether an authority that browsers trust could certify this host: no loopback, private address or bare word."""
    try:
        host = (urlsplit(url).hostname or "").lower().rstrip(".")
    except ValueError:
        return False
    if _is_ip(host):
        return ipaddress.ip_address(host).is_global
    return "." in host and not host.endswith((".localhost", ".local", ".internal"))


@cache
def _registrable(host: str) -> str:
    return _extract(host).top_domain_under_public_suffix


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
