"""The resolver that Scrapy connects through: hands out only addresses that the guard allows."""

from collections.abc import Sequence
from typing import Any

from scrapy.crawler import Crawler
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer

from crawler.safety import AddressGuard

GUARD_SETTING = "ADDRESS_GUARD"
"""Name of the Scrapy setting that carries the AddressGuard of the process."""


@implementer(IResolutionReceiver)
class _GuardedReceiver:
    def __init__(self, receiver: Any, guard: AddressGuard, host: str, port: int) -> None:
        self._receiver, self._guard, self._host, self._port = receiver, guard, host, port

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802 - Twisted's interface
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802 - Twisted's interface
        text = str(getattr(address, "host", ""))
        if self._guard.allows(self._host, self._port, text):
            self._receiver.addressResolved(address)
        else:
            self._guard.note_refused(self._host, self._port, text)

    def resolutionComplete(self) -> None:  # noqa: N802 - Twisted's interface
        self._receiver.resolutionComplete()


@implementer(IHostnameResolver)
class GuardedResolver:
    """Resolves each connection's host anew and passes on what the guard allows: nothing lies between check and use."""

    def __init__(self, reactor: Any, guard: AddressGuard) -> None:
        self._reactor = reactor
        self._resolver = reactor.nameResolver
        self._guard = guard

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> "GuardedResolver":
        """As Scrapy builds it, with the guard from the setting `ADDRESS_GUARD`."""
        return cls(reactor, crawler.settings[GUARD_SETTING])

    def install_on_reactor(self) -> None:
        """Take the place of the reactor's own resolver."""
        self._reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802 - Twisted's interface
        self,
        resolutionReceiver: Any,  # noqa: N803 - Twisted's interface
        hostName: str,  # noqa: N803 - Twisted's interface
        portNumber: int = 0,  # noqa: N803 - Twisted's interface
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803 - Twisted's interface
        transportSemantics: str = "TCP",  # noqa: N803 - Twisted's interface
    ) -> Any:
        """Resolve a name; addresses that the guard refuses are left out."""
        receiver = _GuardedReceiver(resolutionReceiver, self._guard, hostName, portNumber)
        return self._resolver.resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)
