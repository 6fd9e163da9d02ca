"""Who may do what: each address with each role, and the own agency beside another one."""

import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from review.app import create_app
from review.permissions import PERMISSIONS, Action, Role
from review.site import Site
from store import repository
from store.cells import cell_findings
from tests.review.conftest import Enter
from tests.review.world import PEOPLE, World

EVERYONE = {"admin", "lead", "sara", "rep", "reader"}
READERS = EVERYONE - {"rep"}
JUDGES = {"lead", "sara"}
TABLE: dict[tuple[str, str], set[str]] = {
    ("GET", "/"): EVERYONE,
    ("POST", "/logout"): EVERYONE,
    ("GET", "/account"): EVERYONE,
    ("POST", "/account/password"): EVERYONE,
    ("POST", "/account/second-factor"): EVERYONE,
    ("GET", "/rounds"): READERS,
    ("GET", "/rounds/{name}"): READERS,
    ("GET", "/rounds/{name}/progress"): READERS,
    ("GET", "/rounds/{name}/agencies/{agency}"): READERS,
    ("GET", "/rounds/{name}/agencies/{agency}/{indicator}"): READERS,
    ("GET", "/rounds/{name}/agencies/{agency}/jobs"): READERS,
    ("POST", "/rounds/{name}/agencies/{agency}/recheck"): JUDGES,
    ("GET", "/rounds/{name}/groups/{key}"): READERS,
    ("GET", "/rounds/{name}/groups/{key}/declared/{piece}"): READERS,
    ("GET", "/evidence/{number}/{piece}/element.jpg"): READERS,
    ("GET", "/evidence/{number}/{piece}/page.jpg"): READERS,
    ("GET", "/evidence/{number}/{piece}/archived"): READERS,
    ("GET", "/rounds/{name}/queue"): JUDGES,
    ("GET", "/rounds/{name}/queue/next"): JUDGES,
    ("POST", "/rounds/{name}/groups/{key}/decision"): JUDGES,
    ("POST", "/rounds/{name}/undo"): JUDGES,
    ("GET", "/rounds/{name}/appeals"): JUDGES | {"admin"},
    ("POST", "/rounds/{name}/groups/{key}/appeal"): set(),
    ("POST", "/appeals/{number}/answer"): JUDGES,
    ("GET", "/audit"): {"admin", "lead"},
    ("GET", "/audit.jsonl"): {"admin", "lead"},
    ("GET", "/accounts"): {"admin"},
    ("POST", "/accounts"): {"admin"},
    ("POST", "/accounts/{name}"): {"admin"},
}
"""Who gets in while the round is open; a representative's own agency has tests of its own below."""

PUBLIC = {("GET", "/login"), ("POST", "/login")}


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    for path, methods in app.openapi()["paths"].items():
        for method in methods:
            yield method.upper(), path


def group_key(client: TestClient, agency: str, indicator: str) -> str:
    page = client.get(f"/rounds/r1/agencies/{agency}/{indicator}").text
    found = re.search(r"/rounds/r1/groups/([0-9a-f]{16})", page)
    assert found is not None
    return found.group(1)


def finding_number(world: World, agency: str) -> int:
    return cell_findings(world.engine, f"r1.{agency}.1", "E1", [None])[0].number


def csrf(client: TestClient) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/account").text)
    return found.group(1) if found else "none"


def filled(path: str, world: World, agency: str, key: str) -> str:
    number = str(finding_number(world, agency))
    values = {"agency": agency, "indicator": "E1", "key": key, "number": number, "piece": "0"}
    path = path.replace("/accounts/{name}", "/accounts/omid").replace("{name}", "r1")
    return re.sub(r"\{(\w+)\}", lambda match: values[match.group(1)], path)


def asked(client: TestClient, method: str, path: str, token: str) -> int:
    return client.request(method, path, headers={"X-CSRF-Token": token}).status_code


def test_the_table_names_every_address(world: World) -> None:
    assert set(routes(create_app(Site(world.engine, world.home)))) == set(TABLE) | PUBLIC


def test_every_role_has_its_actions() -> None:
    assert set(PERMISSIONS) == set(Role)
    assert PERMISSIONS[Role.AGENCY] == {
        Action.OWN_ACCOUNT: "all",
        Action.SEE_AGENCY: "own",
        Action.APPEAL: "own",
        Action.SEE_APPEALS: "own",
    }


@pytest.mark.parametrize("who", sorted(EVERYONE))
def test_each_role_at_each_address(world: World, enter: Enter, who: str) -> None:
    key = group_key(enter("reader"), "roads", "E4")
    for (method, path), allowed in TABLE.items():
        client = enter(who)
        status = asked(client, method, filled(path, world, "roads", key), csrf(client))
        if who in allowed:
            reached = (200, 303, 400, 404) if path.startswith("/appeals/") else (200, 303, 400)
            assert status in reached, (who, method, path, status)
        else:
            assert status in (403, 404), (who, method, path, status)


def test_nobody_gets_in_without_a_login(world: World, enter: Enter) -> None:
    key = group_key(enter("reader"), "roads", "E4")
    client = enter("")
    for method, path in TABLE:
        answer = client.request(method, filled(path, world, "roads", key))
        assert (answer.status_code, answer.headers["location"][:6]) == (303, "/login"), (method, path)


@pytest.mark.parametrize(("method", "path"), [entry for entry in TABLE if entry[0] == "POST"])
def test_what_changes_something_needs_the_sessions_token(world: World, enter: Enter, method: str, path: str) -> None:
    client = enter("admin" if path.startswith("/accounts") else "lead")
    key = group_key(client, "roads", "E4")
    address = filled(path, world, "roads", key)
    assert client.request(method, address).status_code == 403
    assert client.request(method, address, data={"csrf": "guessed"}).status_code == 403
    foreign = {"X-CSRF-Token": csrf(client), "Sec-Fetch-Site": "cross-site"}
    assert client.request(method, address, headers=foreign).status_code == 403


OWN_PAGES = [
    path
    for method, path in TABLE
    if method == "GET" and ("agenc" in path or path.startswith("/evidence") or "groups/{key}" in path)
]


@pytest.mark.parametrize("state", ["open", "review", "provisional"])
def test_a_representative_sees_the_own_agency_once_the_round_is_open_to_agencies(
    world: World, enter: Enter, state: str
) -> None:
    keys = {agency: group_key(enter("reader"), agency, "E4") for agency in ("roads", "post")}
    for step in ("review", "provisional")[: ("open", "review", "provisional").index(state)]:
        repository.move_round(world.engine, "r1", step, who="lead")  # type: ignore[arg-type]
    client = enter("rep")
    assert len(OWN_PAGES) == 8
    for path in OWN_PAGES:
        own = client.get(filled(path, world, "roads", keys["roads"])).status_code
        other = client.get(filled(path, world, "post", keys["post"])).status_code
        assert (own, other) == (200 if state == "provisional" else 404, 404), path


def test_an_account_that_is_switched_off_is_out_at_once(world: World, enter: Enter) -> None:
    sara, admin = enter("sara"), enter("admin")
    assert sara.get("/rounds/r1").status_code == 200
    assert admin.post("/accounts/sara", data={"csrf": csrf(admin), "what": "off"}).status_code == 303
    assert sara.get("/rounds/r1").status_code == 303
    assert set(PEOPLE) == EVERYONE | {"omid"}


def test_a_declared_file_is_a_download_and_no_page(world: World, enter: Enter) -> None:
    client = enter("lead")
    address = f"/rounds/r1/groups/{group_key(client, 'roads', 'E4')}/declared/"
    answer = client.get(f"{address}0")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "window.hacked" in answer.text
    assert client.get(f"{address}1").status_code == 404
    assert client.get(f"{address}-1").status_code == 404
