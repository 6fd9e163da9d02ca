"""What all visits of one crawl process share."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from config.settings import Settings
from crawler.browser import Browser
from crawler.downloading import Downloader
from crawler.orders import Event
from crawler.perceiving import Perceiver
from crawler.politeness import Politeness
from crawler.robots import Robots
from crawler.safety import AddressGuard


@dataclass(frozen=True, slots=True)
class Crew:
    """The shared parts: settings, the way to the network with its pace and rules, perception, browser, listener."""

    settings: Settings
    guard: AddressGuard
    downloader: Downloader
    politeness: Politeness
    robots: Robots
    perceiver: Perceiver
    browser: Browser
    emit: Callable[[Event], None]

    @property
    def objects(self) -> Path:
        """Folder of content stored once over all visits."""
        return self.settings.home / "evidence" / "objects"
