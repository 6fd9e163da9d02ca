"""Where the browser program is and how it is started. Imports no browser library, so that anyone may ask."""

import os
import shutil
from pathlib import Path

from config.settings import Settings

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""Names looked for on PATH, quickest first: the headless shell needs half the processor time for a new host."""

FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    # Ways around a proxy: real-time connections over UDP and WebTransport (QUIC).
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-blink-features=WebTransport",
)
"""Chromium flags of every start."""


class NoBrowserError(Exception):
    """There is no browser program, or it does not start."""


def find_browser(settings: Settings) -> Path | None:
    """The browser program: the setting, else the first of PROGRAMS on PATH, else Playwright's own download.

    None where there is none; a setting that names no program that can be run gives None too, never another browser.
    """
    if settings.chromium is not None:
        named = shutil.which(settings.chromium)
        return Path(named) if named else None
    for program in PROGRAMS:
        found = shutil.which(program)
        if found:
            return Path(found)
    return _downloaded()


def _downloaded() -> Path | None:
    """The newest browser in Playwright's own folder (its documented place, or PLAYWRIGHT_BROWSERS_PATH)."""
    named = os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "")
    folder = Path(named) if named not in ("", "0") else Path.home() / ".cache" / "ms-playwright"
    patterns = ("chromium_headless_shell-*/*/*headless*shell", "chromium-*/*/chrome")
    for pattern in patterns:
        programs = sorted(path for path in folder.glob(pattern) if os.access(path, os.X_OK))
        if programs:
            return programs[-1]
    return None
