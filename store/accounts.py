"""Accounts and logins in the store. Each function is one transaction; passwords and tokens come in as digests only."""

from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, delete, func, update
from sqlmodel import Session, col, select

from store.audit import log
from store.review_tables import AccountRow, LoginRow


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may log in. `role` is a word of review.permissions, `agency` set for representatives."""

    name: str
    full_name: str
    role: str
    agency: str | None
    password_hash: str
    demo: bool
    active: bool
    totp_secret: str | None
    totp_last_step: int
    failed_logins: int
    blocked_until: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Login:
    """A session that holds: whose, and the token that its forms must carry."""

    account: Account
    csrf: str
    token_sha256: str


class AccountExistsError(Exception):
    """There is an account of this name already."""


def add_account(
    engine: Engine,
    *,
    name: str,
    full_name: str,
    role: str,
    password_hash: str,
    who: str,
    agency: str | None = None,
    demo: bool = False,
) -> Account:
    """Add an account. Raises AccountExistsError for a name that is taken."""
    now = datetime.now(UTC)
    with Session(engine) as session:
        if session.get(AccountRow, name) is not None:
            raise AccountExistsError(f"There is an account '{name}' already.")
        row = AccountRow(
            name=name,
            full_name=full_name,
            role=role,
            agency=agency,
            password_hash=password_hash,
            demo=demo,
            created_at=now,
        )
        session.add(row)
        detail = {"role": role, "agency": agency, "demo": demo}
        log(session, who=who, action="account_added", subject=name, detail=detail, at=now)
        session.commit()
        return _account(row)


def accounts(engine: Engine) -> list[Account]:
    """All accounts by name."""
    with Session(engine) as session:
        return [_account(row) for row in session.exec(select(AccountRow).order_by(col(AccountRow.name))).all()]


def get_account(engine: Engine, name: str) -> Account | None:
    """An account by name, None where there is none."""
    with Session(engine) as session:
        row = session.get(AccountRow, name)
        return None if row is None else _account(row)


def change_account(engine: Engine, name: str, *, who: str, action: str, **values: Any) -> None:
    """Set columns of an account and log it; whatever it may do changes at once, so its sessions end.

    Secrets (`password_hash`, `totp_secret`) are changed but never logged.
    """
    now = datetime.now(UTC)
    with Session(engine) as session:
        session.exec(update(AccountRow).where(col(AccountRow.name) == name).values(**values))
        session.exec(delete(LoginRow).where(col(LoginRow.account) == name))
        shown = {key: value for key, value in values.items() if key in ("full_name", "role", "agency", "active")}
        log(session, who=who, action=action, subject=name, detail=shown, at=now)
        session.commit()


def count_active(engine: Engine, role: str) -> int:
    """How many accounts of a role may log in."""
    with Session(engine) as session:
        wanted = (col(AccountRow.role) == role, col(AccountRow.active))
        return session.exec(select(func.count()).select_from(AccountRow).where(*wanted)).one()


def refuse_login(engine: Engine, name: str, *, blocked_until: datetime | None) -> None:
    """Count a failed login of an account and log it."""
    now = datetime.now(UTC)
    with Session(engine) as session:
        values: dict[str, Any] = {"failed_logins": AccountRow.failed_logins + 1}
        if blocked_until is not None:
            values["blocked_until"] = blocked_until
        session.exec(update(AccountRow).where(col(AccountRow.name) == name).values(**values))
        log(session, who=name, action="login_refused", subject=name, at=now)
        session.commit()


def take_totp_step(engine: Engine, name: str, step: int) -> bool:
    """Mark a one-time code as used; False where it (or a later one) was used before."""
    with Session(engine) as session:
        fresh = (col(AccountRow.name) == name, col(AccountRow.totp_last_step) < step)
        taken = session.exec(update(AccountRow).where(*fresh).values(totp_last_step=step)).rowcount
        session.commit()
        return taken == 1


def begin_login(engine: Engine, name: str, *, token_sha256: str, csrf: str) -> None:
    """Store a new session of an account, forget its failed logins, and log it."""
    now = datetime.now(UTC)
    with Session(engine) as session:
        fresh = {"failed_logins": 0, "blocked_until": None}
        session.exec(update(AccountRow).where(col(AccountRow.name) == name).values(**fresh))
        session.add(LoginRow(token_sha256=token_sha256, account=name, csrf=csrf, created_at=now, seen_at=now))
        log(session, who=name, action="login", subject=name, at=now)
        session.commit()


def find_login(engine: Engine, token_sha256: str, *, longest: timedelta, idle: timedelta) -> Login | None:
    """The session of a token, None where it ended: logged out, too old, unused for too long, or the account is off."""
    now = datetime.now(UTC)
    with Session(engine) as session:
        query = select(LoginRow, AccountRow).where(
            col(LoginRow.token_sha256) == token_sha256, col(AccountRow.name) == col(LoginRow.account)
        )
        found = session.exec(query).first()
        if found is None:
            return None
        row, account = found
        if not account.active or now - row.created_at > longest or now - row.seen_at > idle:
            return None
        login = Login(_account(account), row.csrf, row.token_sha256)
        if now - row.seen_at > idle / 10:  # not a write for every page
            row.seen_at = now
            session.add(row)
            session.commit()
        return login


def end_login(engine: Engine, login: Login) -> None:
    """Log out."""
    with Session(engine) as session:
        session.exec(delete(LoginRow).where(col(LoginRow.token_sha256) == login.token_sha256))
        log(session, who=login.account.name, action="logout", subject=login.account.name, at=datetime.now(UTC))
        session.commit()


def _account(row: AccountRow) -> Account:
    return Account(**{field.name: getattr(row, field.name) for field in fields(Account)})
