"""Probe tls: whether a browser would accept the certificate of the portal's home."""

import asyncio
import socket
import ssl

from config.vocabulary import Cause
from crawler.addresses import host_of
from crawler.probes.site import ProbeSite
from crawler.safety import AddressGuard, RefusedAddressError, endpoint_of
from snapshot.models import ProbeResult

SECONDS = 15.0


async def look_at_certificate(site: ProbeSite) -> ProbeResult | None:
    """The home's certificate, in its host's turn; None for a portal without https."""
    if not site.home.startswith("https:"):
        return None
    async with site.crew.politeness.document(host_of(site.home)):
        return await asyncio.to_thread(probe_tls, site.home, site.crew.guard)


def probe_tls(url: str, guard: AddressGuard) -> ProbeResult:
    """One handshake with the system's trusted authorities; blocking, for a thread.

    data: {"valid": bool, "reason": str, "protocol": str, "expires": str}. A certificate that is not accepted is a
    result (`done`, valid false); where no handshake took place the probe failed with its cause.
    """
    try:
        host, port = endpoint_of(url)
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except RefusedAddressError as error:
        return _failed(Cause.REFUSED, str(error))
    except OSError as error:
        return _failed(Cause.DNS, str(error))
    addresses = guard.allowed(host, port, [str(answer[4][0]) for answer in answers])
    if not addresses:
        return _failed(Cause.REFUSED, "no public address")
    try:
        with (
            socket.create_connection((addresses[0], port), SECONDS) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=host) as secure,
        ):
            certificate = secure.getpeercert() or {}
            data = {
                "valid": True,
                "reason": "",
                "protocol": secure.version(),
                "expires": certificate.get("notAfter", ""),
            }
    except ssl.SSLCertVerificationError as error:
        return ProbeResult(status="done", data={"valid": False, "reason": error.verify_message})
    except ssl.SSLError as error:
        return ProbeResult(status="done", data={"valid": False, "reason": error.reason or str(error)})
    except TimeoutError as error:
        return _failed(Cause.TIMEOUT, str(error))
    except OSError as error:
        return _failed(Cause.REFUSED, str(error))
    return ProbeResult(status="done", data=data)


def _failed(cause: Cause, reason: str) -> ProbeResult:
    return ProbeResult(status="failed", cause=cause, data={"reason": reason})
