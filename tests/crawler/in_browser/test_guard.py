"""No page reaches an address that the guard does not open, whatever way it tries."""

import socket

import pytest

from config.vocabulary import Cause
from crawler.browser import Browser, PortalContext, ShowOptions
from crawler.guard_proxy import GuardProxy
from crawler.safety import AddressGuard
from tests.crawler.in_browser.site import FILLER, Answer, BrowserSite

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PLAIN = ShowOptions(screenshot=False, layout=False)


async def test_private_host_is_not_reached_by_parts_of_a_page(
    portal: PortalContext, site: BrowserSite, forbidden: BrowserSite
) -> None:
    body = (
        f"{FILLER}<img src='{forbidden.url}/pixel'><iframe src='{forbidden.url}/'></iframe>"
        f"<link rel=stylesheet href='{forbidden.url}/pixel'><object data='{forbidden.url}/'></object>"
        "<iframe src='http://169.254.169.254/latest/meta-data/'></iframe>"
        f"<script>fetch('{forbidden.url}/', {{mode: 'no-cors'}}).catch(() => 0);"
        f"try {{ new WebSocket('ws://127.0.0.9:{forbidden.port}/pixel') }} catch (e) {{}};"
        f"navigator.sendBeacon('{forbidden.url}/pixel', 'x')</script>"
    )
    shown = await portal.show(site.page("/", body), reason="r", want=PLAIN)
    assert shown.cause is None
    assert "secret" not in shown.html
    assert forbidden.asked == []


async def test_page_itself_may_not_be_on_a_private_host(portal: PortalContext, forbidden: BrowserSite) -> None:
    shown = await portal.show(forbidden.url + "/", reason="r", want=PLAIN)
    assert (shown.cause, shown.html, forbidden.asked) == (Cause.REFUSED, "", [])


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "chrome://version", "view-source:http://127.0.0.9/", "about:blank"]
)
async def test_only_http_addresses_are_shown(portal: PortalContext, url: str) -> None:
    shown = await portal.show(url, reason="r", want=PLAIN)
    assert (shown.cause, shown.html) == (Cause.REFUSED, "")


async def test_redirect_to_a_private_host_is_refused(
    portal: PortalContext, site: BrowserSite, forbidden: BrowserSite
) -> None:
    site.routes["/"] = Answer(status=302, headers={"Location": forbidden.url + "/"})
    shown = await portal.show(site.url + "/", reason="r", want=PLAIN)
    assert (shown.cause, forbidden.asked) == (Cause.REFUSED, [])
    assert shown.redirects == ()


async def test_script_that_goes_to_a_private_host_gets_nothing(
    portal: PortalContext, site: BrowserSite, forbidden: BrowserSite
) -> None:
    shown = await portal.show(
        site.page("/", f"{FILLER}<script>location = '{forbidden.url}/'</script>"), reason="r", want=PLAIN
    )
    assert forbidden.asked == []
    assert "secret" not in shown.html
    assert shown.cause == Cause.REFUSED


async def test_udp_ways_around_the_proxy_are_closed(portal: PortalContext, site: BrowserSite) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind(("127.0.0.9", 0))
        listener.settimeout(0)
        port = listener.getsockname()[1]
        body = (
            f"{FILLER}<script>const peer = new RTCPeerConnection({{iceServers: [{{urls: 'stun:127.0.0.9:{port}'}}]}});"
            "peer.createDataChannel('x'); peer.createOffer().then(o => peer.setLocalDescription(o));"
            f"try {{ new WebTransport('https://127.0.0.9:{port}/').ready.catch(() => 0) }} catch (e) {{}};"
            "setTimeout(() => document.body.append('over'), 900)</script>"
        )
        shown = await portal.show(site.page("/", body), reason="r", want=PLAIN)
        assert shown.cause is None
        with pytest.raises(BlockingIOError):
            listener.recv(2000)


async def test_load_over_its_bytes_is_cut(browser: Browser, guard: AddressGuard, site: BrowserSite) -> None:
    guard.open([site.url])
    context = await browser.context("a", frozenset())
    context._proxy._load_bytes = 200_000
    # A style sheet: a browser gives up a broken picture by itself, early or late.
    site.routes["/big.css"] = Answer(b"/*" + b"x" * 5_000_000, headers={"Content-Type": "text/css"})
    page = site.page("/", "<link rel=stylesheet href=/big.css>" + FILLER)
    shown = await context.show(page, reason="r", want=PLAIN)
    await context.close()
    assert shown.cause is None
    assert 200_000 <= shown.received_bytes < 1_000_000


async def test_names_without_an_address_are_told_as_such(portal: PortalContext) -> None:
    shown = await portal.show("http://no-such-host.invalid/", reason="r", want=PLAIN)
    assert shown.cause == Cause.DNS


async def test_closed_port_is_told_as_refused(portal: PortalContext, guard: AddressGuard) -> None:
    guard.open(["http://127.0.0.1:1/"])
    shown = await portal.show("http://127.0.0.1:1/", reason="r", want=PLAIN)
    assert shown.cause == Cause.REFUSED


async def test_proxy_stops_listening_when_closed() -> None:
    proxy = GuardProxy(AddressGuard(), load_bytes=1000)
    await proxy.start()
    port = proxy.port
    await proxy.close()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
