"""Processes that must not outlive the one that started them, nor go on while it does not answer for them."""

import contextlib
import ctypes
import os
import signal
import time

_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent is gone, even by kill -9, and leave Ctrl-C to the parent."""
    parent = os.getppid()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent or parent == 1:
        os._exit(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


SILENCE_SHARE = 0.25
"""Share of the lease after which a crawl process that hears nothing ends: before another worker may take over."""
SILENT_EXIT_CODE = 5


class Lifeline:
    """Ends this process when nothing was heard for so long: its starter is stopped, cut off, or has lost its work."""

    def __init__(self, silence_seconds: float) -> None:
        self._silence_seconds = silence_seconds
        self._heard_at = time.monotonic()

    def heard(self) -> None:
        """Something was heard."""
        self._heard_at = time.monotonic()

    def watch(self) -> None:
        """Wait for the silence; does not return."""
        while time.monotonic() - self._heard_at < self._silence_seconds:
            time.sleep(min(1.0, self._silence_seconds / 8))
        os._exit(SILENT_EXIT_CODE)
