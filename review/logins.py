"""Logging in: the checks in their order, with failures counted for the account and for the address they come from."""

import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Literal

from persiantools import digits
from sqlalchemy import Engine

from review.passwords import fits, new_token, token_digest, totp_step
from store import accounts
from store.accounts import Account

LONGEST = timedelta(hours=12)
IDLE = timedelta(hours=2)
"""A session ends after this time, or after this time without a page."""

FREE_FAILURES = 5
LONGEST_BLOCK = timedelta(minutes=15)
FAILURES_PER_ADDRESS = 30
ADDRESS_SPAN_SECONDS = 600

Refusal = Literal["login_wrong", "login_blocked", "login_demo_only"]


@dataclass
class AddressLimiter:
    """Failed logins of each network address within the last ten minutes, in this process."""

    _failures: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _lock: Lock = field(default_factory=Lock)

    def blocked(self, address: str) -> bool:
        """Whether this address failed too often."""
        with self._lock:
            times = self._failures.get(address)
            while times and times[0] < time.monotonic() - ADDRESS_SPAN_SECONDS:
                times.popleft()
            if times is not None and not times:
                del self._failures[address]
            return times is not None and len(times) >= FAILURES_PER_ADDRESS

    def failed(self, address: str) -> None:
        """Count a failure."""
        with self._lock:
            self._failures[address].append(time.monotonic())


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a person typed, and from where."""

    name: str
    password: str
    code: str
    address: str


def log_in(engine: Engine, limiter: AddressLimiter, attempt: Attempt, *, demo: bool) -> str | Refusal:
    """A new session's token, or why there is none. `demo` = demo accounts count here.

    A wrong name, password and code look alike, so that nobody learns which names exist.
    """
    if limiter.blocked(attempt.address):
        return "login_blocked"
    account = accounts.get_account(engine, attempt.name)
    now = datetime.now(UTC)
    if account is not None and account.blocked_until is not None and account.blocked_until > now:
        return "login_blocked"
    right = fits(attempt.password, account.password_hash if account else None)
    if account is None or not right or not account.active or not _code_fits(engine, account, attempt.code):
        limiter.failed(attempt.address)
        if account is not None:
            accounts.refuse_login(engine, account.name, blocked_until=_block(account, now))
        return "login_wrong"
    if account.demo and not demo:
        return "login_demo_only"
    token = new_token()
    accounts.begin_login(engine, account.name, token_sha256=token_digest(token), csrf=new_token())
    return token


def is_refusal(answer: str) -> bool:
    """Whether `log_in` refused."""
    return answer.startswith("login_")


def _code_fits(engine: Engine, account: Account, code: str) -> bool:
    if account.totp_secret is None:
        return True
    step = totp_step(account.totp_secret, str(digits.fa_to_en(code.strip())), time.time())
    return step is not None and accounts.take_totp_step(engine, account.name, step)


def _block(account: Account, now: datetime) -> datetime | None:
    over = account.failed_logins + 1 - FREE_FAILURES
    if over < 0:
        return None
    return now + min(LONGEST_BLOCK, timedelta(minutes=2 ** min(over, 10)))
