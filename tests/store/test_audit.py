"""The audit log: every act is an entry, and no entry can be changed, removed or cut off unseen."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from store.audit import audit_entries, audit_page, first_broken, log, log_alone


@pytest.fixture
def logged(engine: Engine) -> Engine:
    for number in range(1, 6):
        log_alone(engine, who="sara", action="login", subject=f"entry {number}", detail={"نام": number})
    return engine


def test_entries_are_chained_from_the_first_to_the_last(logged: Engine) -> None:
    entries = list(audit_entries(logged))
    assert [entry.number for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry.previous_sha256 for entry in entries] == ["", *(entry.sha256 for entry in entries[:-1])]
    assert first_broken(logged) is None


@pytest.mark.parametrize(
    ("harm", "broken"),
    [
        ("UPDATE audit_entry SET who = 'omid' WHERE number = 3", 3),
        ("UPDATE audit_entry SET detail = '{}' WHERE number = 2", 2),
        ("DELETE FROM audit_entry WHERE number = 2", 2),
        ("DELETE FROM audit_entry WHERE number = 5", 5),
        ("DELETE FROM audit_entry", 1),
    ],
)
def test_harm_is_found_where_it_was_done(logged: Engine, harm: str, broken: int) -> None:
    with logged.begin() as connection:
        connection.execute(text(harm))
    assert first_broken(logged) == broken


def test_an_act_that_fails_leaves_no_entry(logged: Engine) -> None:
    with Session(logged) as session:
        log(session, who="sara", action="login", subject="x", at=datetime.now(UTC))
        session.rollback()
    log_alone(logged, who="omid", action="logout", subject="y")
    assert first_broken(logged) is None
    newest, count = audit_page(logged, size=2)
    assert (count, [entry.number for entry in newest]) == (6, [6, 5])
    assert [entry.who for entry in audit_page(logged, who="omid")[0]] == ["omid"]
