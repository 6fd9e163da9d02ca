"""Which addresses may be asked: by their text, and again by what their names resolve to."""
# ruff: noqa: N802 - the fakes have the method names of Twisted's interfaces

from typing import Any

import pytest
from twisted.internet.address import IPv4Address

from crawler.resolving import GuardedResolver
from crawler.safety import AddressGuard, RefusedAddressError, is_public


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.8", "192.168.1.1", "172.16.5.5", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
     "2002:7f00:1::", "64:ff9b::7f00:1", "ff02::1", "no address"],
)  # fmt: skip
def test_inner_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2.144.0.1", "2a00:1450:4001::1", "::ffff:8.8.8.8"])
def test_outer_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://017700000001/", "http://127.1:80/",
     "http://[::1]/", "http://localhost/", "http://LOCALHOST./x", "http://router.local/", "http://metadata.google.internal/",
     "file:///etc/passwd", "ftp://portal.ir/", "gopher://x/", "http:///x", "http://portal.ir:99999/"],
)  # fmt: skip
def test_addresses_that_are_refused_by_their_text(url: str) -> None:
    with pytest.raises(RefusedAddressError):
        AddressGuard().check(url)


def test_only_the_named_host_and_port_may_be_private() -> None:
    guard = AddressGuard.for_register(["http://127.0.0.1:8700/", "http://intranet.gov.ir/"], allow_private=True)
    guard.check("http://127.0.0.1:8700/deep/page")
    assert guard.allows("intranet.gov.ir", 80, "10.1.1.1")
    assert not guard.allows("intranet.gov.ir", 443, "10.1.1.1")
    for url in ("http://127.0.0.1:22/", "http://127.0.0.2:8700/"):
        with pytest.raises(RefusedAddressError):
            guard.check(url)


def test_naming_alone_opens_nothing() -> None:
    with pytest.raises(RefusedAddressError):
        AddressGuard.for_register(["http://127.0.0.1:8700/"], allow_private=False).check("http://127.0.0.1:8700/")


class FakeReactor:
    """A reactor whose names resolve to these addresses, another one at each call."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.nameResolver = self

    def resolveHostName(self, receiver: Any, name: str, port: int = 0, *_: Any) -> Any:
        receiver.resolutionBegan(self)
        receiver.addressResolved(IPv4Address("TCP", self.answers.pop(0), port))
        receiver.resolutionComplete()
        return self


class Receiver:
    """Collects what a resolution hands out."""

    def __init__(self) -> None:
        self.hosts: list[str] = []
        self.complete = False

    def resolutionBegan(self, resolution: Any) -> None:
        self.hosts = []

    def addressResolved(self, address: IPv4Address) -> None:
        self.hosts.append(address.host)

    def resolutionComplete(self) -> None:
        self.complete = True


def test_a_name_that_changes_its_answer_is_judged_at_each_connection() -> None:
    guard = AddressGuard()
    resolver = GuardedResolver(FakeReactor("93.184.216.34", "127.0.0.1"), guard)
    first, second = Receiver(), Receiver()
    resolver.resolveHostName(first, "rebind.example", 80)
    resolver.resolveHostName(second, "rebind.example", 80)
    assert (first.hosts, second.hosts, second.complete) == (["93.184.216.34"], [], True)
    assert guard.refused("http://rebind.example/x") == "127.0.0.1"
