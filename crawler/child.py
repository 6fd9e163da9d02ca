"""The crawl process: one Scrapy engine and one browser; commands come in on stdin, events go out on stdout."""

import asyncio
import logging
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any

from config.settings import Settings
from crawler.lifeline import SILENCE_SHARE, Lifeline, die_with_parent
from crawler.orders import COMMANDS, Command, Event

if TYPE_CHECKING:
    from scrapy.crawler import AsyncCrawlerProcess

END_SECONDS = 20.0
"""Time to close visits and browser after the commands have ended; then the process ends all the same."""


def main() -> int:
    """Run until stdin ends. The first line is the settings (JSON), each further line a command."""
    die_with_parent()
    events = os.dup(1)
    os.dup2(2, 1)  # What a library prints must not mix with the events.
    settings = Settings.model_validate_json(sys.stdin.buffer.readline())
    settings = settings.model_copy(update={"user_agent": user_agent(settings)})
    run(settings, lambda event: _write(events, event))
    return 0


def run(settings: Settings, emit: Any) -> None:
    """Build the engine and run it until the commands end."""
    from crawler.safety import AddressGuard
    from crawler.spiders.portal import PortalSpider

    guard = AddressGuard()
    lifeline = Lifeline(settings.lease_seconds * SILENCE_SHARE)
    process = _engine(settings, guard)
    loop = asyncio.get_event_loop_policy().get_event_loop()
    commands: asyncio.Queue[Command | None] = asyncio.Queue()

    def end() -> None:
        commands.put_nowait(None)
        watchdog = threading.Timer(END_SECONDS, os._exit, (1,))
        watchdog.daemon = True
        watchdog.start()

    def listen() -> None:
        for line in sys.stdin.buffer:
            lifeline.heard()
            loop.call_soon_threadsafe(commands.put_nowait, COMMANDS.validate_json(line))
        loop.call_soon_threadsafe(end)

    loop.add_signal_handler(signal.SIGTERM, end)
    threading.Thread(target=listen, name="commands", daemon=True).start()
    threading.Thread(target=lifeline.watch, name="lifeline", daemon=True).start()
    process.crawl(PortalSpider, workspace=settings, guard=guard, commands=commands, emit=emit)
    process.start(install_signal_handlers=False)


def _engine(settings: Settings, guard: Any) -> "AsyncCrawlerProcess":
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings as ScrapySettings

    from crawler.resolving import GUARD_SETTING

    headers = {
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language": "fa,en;q=0.8,*;q=0.5",
    }
    if settings.contact:
        headers["From"] = settings.contact
    chosen: dict[str, Any] = {
        GUARD_SETTING: guard,
        "USER_AGENT": settings.user_agent,
        "DEFAULT_REQUEST_HEADERS": headers,
        "TWISTED_DNS_RESOLVER": "crawler.resolving.GuardedResolver",
        "ASYNCIO_EVENT_LOOP": "uvloop.Loop",
        "REACTOR_THREADPOOL_MAXSIZE": 32,
        "REMOTE_CONTROL_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "LOG_LEVEL": "INFO",
        "LOGSTATS_INTERVAL": 0,
        # Pace, robots rules, redirects and new tries are the visit's own: each needs a cause (crawler.fetching).
        "CONCURRENT_REQUESTS": 0,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 2,
        "DOWNLOAD_DELAY": 0,
        "ROBOTSTXT_OBEY": False,
        "REDIRECT_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "RETRY_ENABLED": False,
        "HTTPPROXY_ENABLED": False,
        "DOWNLOAD_TIMEOUT": settings.request_timeout_seconds,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": False,
    }
    logging.getLogger("scrapy.core.engine").setLevel(logging.WARNING)
    return AsyncCrawlerProcess(ScrapySettings(chosen))


def user_agent(settings: Settings) -> str:
    """How Didban names itself: the setting, with the contact address where one is set."""
    name = settings.user_agent
    if not settings.contact or settings.contact in name:
        return name
    hint = "contact: set DIDBAN_CONTACT"
    return name.replace(hint, settings.contact) if hint in name else f"{name} (+{settings.contact})"


def _write(handle: int, event: Event) -> None:
    line = memoryview(event.model_dump_json().encode() + b"\n")
    while line:
        line = line[os.write(handle, line) :]
