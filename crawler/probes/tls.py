"""Probe tls: whether a browser would accept the certificate of the portal's home, and how the host uses TLS."""

import asyncio
import re
import socket
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from config.vocabulary import Cause
from crawler.addresses import host_of
from crawler.fetching import Fetched
from crawler.probes.handshakes import VERSIONS, offers, served_chain, verdict
from crawler.probes.site import ProbeSite
from crawler.safety import DEFAULT_PORTS, AddressGuard, RefusedAddressError, endpoint_of
from snapshot.hosts import certifiable
from snapshot.models import ProbeResult

_MAX_AGE = re.compile(r"max-age\s*=\s*\"?(\d+)", re.IGNORECASE)


async def look_at_certificate(site: ProbeSite) -> ProbeResult | None:
    """The home's TLS as `probe_tls` says, and what one polite fetch of the same host by plain http adds.

    None for an agency without an address. The host is the one that home ended on; a portal that is served by plain
    http is asked for https on the usual port, and not at all where its port is an unusual one. Further data:
    {"certifiable": whether an authority could certify such an address at all, "plain_http": "redirects" to https |
    "serves" the portal | "closed" | None (not told), "hsts": the header or "", "hsts_max_age_seconds": int or None,
    "looked_at": ISO time}.
    """
    home = site.home_record.url if site.home_record is not None else site.home
    if not home:
        return None
    extra: dict[str, Any] = {"certifiable": certifiable(home), "looked_at": datetime.now(UTC).isoformat()}
    secure = https_address(home)
    if not secure:
        reason = f"the portal is served by plain http on port {urlsplit(home).port}"
        return ProbeResult(status="done", data={"https": False, "valid": False, "reason": reason, **extra})
    result = await _in_turns(site, secure)
    if result.status == "failed" and result.data["asked"] and home.startswith("http:") and _was_read(site):
        # The host answers by plain http, so that it can be reached: it has no https.
        result = ProbeResult(status="done", data={"https": False, "valid": False, "reason": result.data["reason"]})
    if result.status == "done":
        result = result.model_copy(update={"data": {**result.data, **extra, **await _by_http(site, secure, result)}})
    return result


def _was_read(site: ProbeSite) -> bool:
    return site.home_record is not None and site.home_record.cause is None


def https_address(home: str) -> str:
    """Where the host of home is asked for https; "" where nobody could know."""
    parts = urlsplit(home)
    if parts.scheme == "https":
        return home
    return f"https://{parts.netloc.removesuffix(':80')}/" if (parts.port or 80) == DEFAULT_PORTS["http"] else ""


async def _in_turns(site: ProbeSite, url: str) -> ProbeResult:
    """The handshakes, each in the host's turn."""
    host = host_of(url)
    async with site.crew.politeness.document(host):
        result = await asyncio.to_thread(probe_tls, url, site.crew.guard)
    if result.status != "done" or not result.data["https"]:
        return result
    versions: dict[str, bool | None] = {}
    for name in VERSIONS:
        async with site.crew.politeness.document(host):
            versions[name] = await asyncio.to_thread(offered_version, url, name, site.crew.guard)
    return result.model_copy(update={"data": {**result.data, "versions": versions}})


async def _by_http(site: ProbeSite, secure: str, result: ProbeResult) -> dict[str, Any]:
    """What the host does with plain http, and the header by which it asks browsers to keep to https."""
    parts = urlsplit(secure)
    plain, last = None, None
    if (parts.port or 443) == DEFAULT_PORTS["https"]:
        last = await site.fetcher.fetch(f"http://{parts.netloc.removesuffix(':443')}/", site.own)
        plain = plain_http(last)
    if result.data["https"] and (last is None or not last.url.startswith("https:")):
        last = await site.fetcher.fetch(secure, site.own)
    header = last.answer.header("strict-transport-security") if last and last.url.startswith("https:") else ""
    age = _MAX_AGE.search(header)
    return {"plain_http": plain, "hsts": header[:200], "hsts_max_age_seconds": int(age[1]) if age else None}


def plain_http(fetched: Fetched) -> str | None:
    """What a fetch by plain http says of the host; None where it says nothing (blocked, robots.txt, an error)."""
    if fetched.url.startswith("https:"):
        return "redirects"
    if fetched.read:
        return "serves"
    silent = fetched.answer.status is None and fetched.answer.passing and fetched.cause == Cause.REFUSED
    return "closed" if silent else None


def probe_tls(url: str, guard: AddressGuard) -> ProbeResult:
    """Two handshakes: one with the system's trusted authorities, one for the chain as served. Blocking, for a thread.

    data: {"https": whether the host speaks TLS at all, "valid": bool, "fault": "" | expired | not_yet | name |
    self_signed | untrusted | incomplete_chain | protocol | other, "reason": str, "protocol": str, "expires": str,
    "not_before_at", "not_after_at": ISO times of the host's certificate, "chain": [{"subject", "issuer",
    "not_before_at", "not_after_at", "sha256", "issuer_url"}], as served, the host's own first}. `incomplete_chain`: the
    host leaves out an intermediate certificate; many browsers fetch it, others refuse. A certificate that is not
    accepted is a result (`done`, valid false); where no connection was made the probe failed with its cause, and
    `asked` says whether one was tried.
    """
    try:
        host, port, addresses = _resolved(url, guard)
    except RefusedAddressError as error:
        return _failed(Cause.REFUSED, str(error), asked=False)
    except OSError as error:
        return _failed(Cause.DNS, str(error), asked=False)
    try:
        checked = verdict(host, addresses[0], port)
        chain = served_chain(host, addresses[0], port) if checked["https"] else []
    except TimeoutError as error:
        return _failed(Cause.TIMEOUT, str(error))
    except OSError as error:
        return _failed(Cause.REFUSED, str(error))
    # An authority whose certificate can be fetched is one that browsers may know; a private one rarely says where.
    if checked["fault"] == "untrusted" and len(chain) == 1 and chain[0]["issuer_url"]:
        checked = {**checked, "fault": "incomplete_chain"}
    own = chain[0] if chain else {"not_before_at": None, "not_after_at": None}
    dates = {name: own[name] for name in ("not_before_at", "not_after_at")}
    return ProbeResult(status="done", data={**checked, **dates, "chain": chain})


def offered_version(url: str, name: str, guard: AddressGuard) -> bool | None:
    """Whether the host speaks this version of TLS; None where that could not be told. Blocking, for a thread."""
    try:
        host, port, addresses = _resolved(url, guard)
        return offers(host, addresses[0], port, name)
    except (RefusedAddressError, OSError):
        return None


def _resolved(url: str, guard: AddressGuard) -> tuple[str, int, list[str]]:
    """Host, port and the addresses that may be asked. Raises OSError or RefusedAddressError."""
    host, port = endpoint_of(url)
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = guard.allowed(host, port, [str(answer[4][0]) for answer in answers])
    if not addresses:
        raise RefusedAddressError("no public address")
    return host, port, addresses


def _failed(cause: Cause, reason: str, *, asked: bool = True) -> ProbeResult:
    return ProbeResult(status="failed", cause=cause, data={"reason": reason, "asked": asked})
