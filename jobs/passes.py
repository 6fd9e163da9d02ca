"""Which failures are tried again, and when: a later pass at another hour, only for what may pass by itself."""

from collections.abc import Sequence
from datetime import timedelta

from config.vocabulary import Cause

MAY_PASS = frozenset({Cause.DNS, Cause.TIMEOUT, Cause.REFUSED, Cause.TLS, Cause.HTTP_ERROR, Cause.CRASH})
"""Faults of the network, of the server, or our own. What a portal says on purpose (robots, login, captcha, blocked) is
not asked again: that would be pestering; nor is what no other hour changes (redirect_loop, too_large, budget)."""


def next_pass(cause: Cause | None, pass_number: int, delays_hours: Sequence[float]) -> timedelta | None:
    """How long to wait for the next pass; None where there is none: success, a lasting cause, or the last pass."""
    if cause not in MAY_PASS or pass_number > len(delays_hours):
        return None
    return timedelta(hours=delays_hours[pass_number - 1])
