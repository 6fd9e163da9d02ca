"""Passwords, session tokens and one-time codes."""

import base64
import hashlib
import hmac
import secrets
import struct
from functools import cache
from urllib.parse import quote

from pwdlib import PasswordHash

SHORTEST_PASSWORD = 12
STEP_SECONDS = 30
DIGITS = 6
DRIFT_STEPS = 1
"""A phone's clock may be one step early or late."""


@cache
def _hasher() -> PasswordHash:
    return PasswordHash.recommended()  # argon2id


@cache
def _nobody() -> str:
    return hash_password(secrets.token_urlsafe())


def hash_password(password: str) -> str:
    """The argon2 hash of a password, with its salt."""
    return _hasher().hash(password)


def fits(password: str, password_hash: str | None) -> bool:
    """Whether the password is right. Takes as long for a name that does not exist (None), and is then False."""
    right = _hasher().verify(password, password_hash or _nobody())
    return right and password_hash is not None


def new_token() -> str:
    """An unguessable token for a cookie or a form."""
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_totp_secret() -> str:
    """A secret for one-time codes, base32, as authenticator apps take it."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def totp_address(secret: str, account: str) -> str:
    """The otpauth address of a secret (Key Uri Format)."""
    return f"otpauth://totp/Didban:{quote(account)}?secret={secret}&issuer=Didban&digits={DIGITS}&period={STEP_SECONDS}"


def totp_code(secret: str, step: int) -> str:
    """The code of one 30-second step (RFC 6238, SHA-1, six digits)."""
    mac = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    offset = mac[-1] & 15
    number = struct.unpack(">I", mac[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def totp_step(secret: str, code: str, seconds: float) -> int | None:
    """The step that a code belongs to, at this time (seconds since 1970); None for a wrong code."""
    now = int(seconds) // STEP_SECONDS
    known = (step for step in range(now - DRIFT_STEPS, now + DRIFT_STEPS + 1))
    return next((step for step in known if hmac.compare_digest(totp_code(secret, step), code)), None)
