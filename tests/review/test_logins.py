"""Logging in: wrong tries, blocks, one-time codes, sessions that end, and a login that never leads away."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from review.accounts import DEMO_PASSWORD, FaultError, add_demo_people, add_person
from review.app import create_app
from review.guards import SESSION_COOKIE
from review.logins import FREE_FAILURES
from review.passwords import STEP_SECONDS, new_totp_secret, totp_code, totp_step
from review.routes.login import own_path
from review.site import Site
from store.accounts import accounts, change_account, get_account
from store.audit import audit_page
from tests.review.conftest import Enter
from tests.review.world import PASSWORD, World


def client_of(world: World, *, demo: bool = False) -> TestClient:
    return TestClient(create_app(Site(world.engine, world.home, demo=demo)), follow_redirects=False)


def try_login(client: TestClient, name: str, password: str, **more: str) -> int:
    return client.post("/login", data={"name": name, "password": password, **more}).status_code


def test_a_right_login_gives_a_session_that_scripts_cannot_read(world: World) -> None:
    client = client_of(world)
    answer = client.post("/login", data={"name": "sara", "password": PASSWORD, "next": "/rounds/r1"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/rounds/r1")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert client.get("/rounds/r1").status_code == 200
    token = client.cookies[SESSION_COOKIE]
    assert token not in str([entry.detail for entry in audit_page(world.engine)[0]])


def test_wrong_name_and_wrong_password_look_alike(world: World) -> None:
    client = client_of(world)
    wrong = [client.post("/login", data={"name": name, "password": "not this one"}).text for name in ("sara", "nobody")]
    assert wrong[0].replace("sara", "nobody") == wrong[1]


def test_too_many_wrong_tries_block_the_account_even_for_the_right_password(world: World) -> None:
    client = client_of(world)
    for _ in range(FREE_FAILURES):
        assert try_login(client, "sara", "not this one") == 401
    assert try_login(client, "sara", PASSWORD) == 429
    change_account(
        world.engine, "sara", who="test", action="account_on", blocked_until=datetime.now(UTC) - timedelta(1)
    )
    assert try_login(client, "sara", PASSWORD) == 303
    account = get_account(world.engine, "sara")
    assert account is not None
    assert account.failed_logins == 0


def test_an_address_that_guesses_names_is_blocked(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("review.logins.FAILURES_PER_ADDRESS", 2)
    client = client_of(world)
    assert [try_login(client, name, "guess") for name in ("a1", "a2", "a3")] == [401, 401, 429]
    assert try_login(client, "sara", PASSWORD) == 429


def test_a_one_time_code_is_taken_once(world: World) -> None:
    secret = new_totp_secret()
    change_account(world.engine, "sara", who="sara", action="second_factor_on", totp_secret=secret)
    client = client_of(world)
    code = totp_code(secret, int(time.time()) // STEP_SECONDS)
    assert try_login(client, "sara", PASSWORD) == 401
    assert try_login(client, "sara", PASSWORD, code=code) == 303
    assert try_login(client_of(world), "sara", PASSWORD, code=code) == 401


def test_codes_are_those_of_the_standard() -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238, appendix B: the ASCII secret 12345678901234567890
    assert totp_code(secret, 59 // STEP_SECONDS) == "287082"
    assert totp_step(secret, "287082", 59 + STEP_SECONDS) == 1
    assert totp_step(secret, "287082", 59 + 3 * STEP_SECONDS) is None


def test_turning_the_second_factor_on_and_off(world: World, enter: Enter) -> None:
    client = enter("sara")
    page = client.get("/account").text
    token = page.split('name="csrf" value="')[1].split('"')[0]
    secret = page.split('name="secret" value="')[1].split('"')[0]
    code = totp_code(secret, int(time.time()) // STEP_SECONDS)
    form = {"csrf": token, "secret": secret, "password": PASSWORD}
    assert (
        client.post("/account/second-factor", data={**form, "code": "000000" if code != "000000" else "1"}).status_code
        == 400
    )
    assert client.post("/account/second-factor", data={**form, "code": code}).status_code == 303
    account = get_account(world.engine, "sara")
    assert account is not None
    assert account.totp_secret == secret
    assert client.get("/account").status_code == 303  # the session ended with the change


def test_demo_accounts_count_only_where_the_demo_is_served(world: World) -> None:
    add_demo_people(world.engine, "roads")
    add_demo_people(world.engine, "roads")
    assert sum(account.demo for account in accounts(world.engine)) == 6
    demo = client_of(world, demo=True)
    assert try_login(demo, "arzyab", DEMO_PASSWORD) == 303
    outside = client_of(world)
    assert try_login(outside, "arzyab", DEMO_PASSWORD) == 401
    outside.cookies.set(SESSION_COOKIE, demo.cookies[SESSION_COOKIE])
    assert outside.get("/rounds/r1").status_code == 303


@pytest.mark.parametrize(
    "address", ["//evil.example", "/\\evil.example", "https://evil.example", "evil", "javascript:alert(1)", "/a\\b", ""]
)
def test_a_login_never_leads_away(address: str) -> None:
    assert own_path(address) == "/"


def test_a_login_goes_on_where_one_was() -> None:
    assert own_path("/rounds/r1?list=main") == "/rounds/r1?list=main"


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"name": "X"}, "account_name_bad"),
        ({"role": "king"}, "account_role_bad"),
        ({"agency": "roads"}, "account_agency_bad"),
        ({"role": "agency"}, "account_agency_bad"),
        ({"password": "short"}, "password_short"),
        ({"name": "sara"}, "account_exists"),
    ],
)
def test_faulty_accounts_are_refused(world: World, values: dict[str, str], fault: str) -> None:
    given = {"name": "new", "full_name": "", "role": "reader", "agency": "", "password": PASSWORD, "who": "test"}
    with pytest.raises(FaultError, match=fault):
        add_person(world.engine, **{**given, **values})


def test_every_answer_carries_the_strict_policy(world: World, enter: Enter) -> None:
    for path in ("/login", "/static/keys.js", "/nothing"):
        headers = client_of(world).get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
    page = enter("lead").get("/rounds/r1/queue").text
    assert " style=" not in page
    assert "<style" not in page
    assert " on" + "click=" not in page
