"""One browser for all tests of this folder, a portal on one loopback address and a forbidden host on another."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from config.settings import Settings
from crawler.browser import Browser, PortalContext
from crawler.safety import AddressGuard
from tests.crawler.in_browser.site import BrowserSite


@pytest.fixture
def site() -> Iterator[BrowserSite]:
    with BrowserSite("127.0.0.1").running() as running:
        yield running


@pytest.fixture
def forbidden() -> Iterator[BrowserSite]:
    """A private host that the guard does not open."""
    with BrowserSite("127.0.0.9").running() as running:
        running.page("/", "secret")
        running.page("/pixel", "secret")
        yield running


@pytest.fixture(scope="session")
def guard() -> AddressGuard:
    return AddressGuard()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(guard: AddressGuard) -> AsyncIterator[Browser]:
    settings = Settings(render_timeout_seconds=3, browser_recycle_pages=1000)
    async with Browser(settings, guard) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def portal(browser: Browser, guard: AddressGuard, site: BrowserSite) -> AsyncIterator[PortalContext]:
    guard.open([site.url])
    context = await browser.context("agency", frozenset({f"127.0.0.1:{site.port}"}))
    yield context
    await context.close()
