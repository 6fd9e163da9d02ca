"""Adding a person: what an account must have, whoever adds it."""

import re

from sqlalchemy import Engine

from review.passwords import SHORTEST_PASSWORD, hash_password
from review.permissions import Role
from store.accounts import Account, AccountExistsError, add_account

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
DEMO_PASSWORD = "didban-demo-1405"  # noqa: S105 - published on purpose; such accounts count only where the demo is served
DEMO_PEOPLE: tuple[tuple[str, Role, str], ...] = (
    ("modir", Role.ADMINISTRATOR, "مدیر سامانه"),
    ("sarparast", Role.LEAD, "سرپرست ارزیابی"),
    ("arzyab", Role.EVALUATOR, "ارزیاب نخست"),
    ("arzyab2", Role.EVALUATOR, "ارزیاب دوم"),
    ("namayande", Role.AGENCY, "نمایندهٔ دستگاه"),
    ("khanande", Role.READER, "خواننده"),
)


class FaultError(Exception):
    """Why an account cannot be added: a key of the catalogue."""


def add_person(
    engine: Engine, *, name: str, full_name: str, role: str, agency: str, password: str, who: str
) -> Account:
    """Add an account. Raises FaultError."""
    name, agency = name.strip(), agency.strip()
    if not NAME.fullmatch(name):
        raise FaultError("account_name_bad")
    if role not in list(Role):
        raise FaultError("account_role_bad")
    if (role == Role.AGENCY) != bool(agency):
        raise FaultError("account_agency_bad")
    if len(password) < SHORTEST_PASSWORD:
        raise FaultError("password_short")
    try:
        return add_account(
            engine,
            name=name,
            full_name=full_name.strip() or name,
            role=role,
            agency=agency or None,
            password_hash=hash_password(password),
            who=who,
        )
    except AccountExistsError as error:
        raise FaultError("account_exists") from error


def add_demo_people(engine: Engine, agency: str) -> None:
    """The accounts of the demo, all with one published password; those that exist stay."""
    password_hash = hash_password(DEMO_PASSWORD)
    for name, role, full_name in DEMO_PEOPLE:
        try:
            add_account(
                engine,
                name=name,
                full_name=full_name,
                role=role,
                agency=agency if role is Role.AGENCY else None,
                password_hash=password_hash,
                who="didban demo",
                demo=True,
            )
        except AccountExistsError:
            continue
