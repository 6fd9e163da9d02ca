"""Fresh visits ordered from the app."""

from starlette.testclient import TestClient

from review.app import create_app
from review.site import Site
from store.audit import audit_entries
from tests.review.conftest import Enter
from tests.review.test_permissions import csrf
from tests.review.world import World


def test_an_evaluator_orders_a_visit_once_and_sees_how_it_stands(world: World, enter: Enter) -> None:
    client = enter("sara")
    for _ in range(2):
        answer = client.post("/rounds/r1/agencies/roads/recheck", data={"csrf": csrf(client)})
        assert (answer.status_code, answer.headers["location"]) == (303, "/rounds/r1/agencies/roads")
    (ordered,) = world.jobs.ordered
    assert (ordered.job.kind, ordered.job.agency, ordered.job.by) == ("recheck", "roads", "sara")
    page = client.get("/rounds/r1/agencies/roads").text
    assert 'hx-get="/rounds/r1/agencies/roads/jobs"' in page
    assert "sara" in page
    assert [entry.subject for entry in audit_entries(world.engine) if entry.action == "recheck_ordered"] == [
        "r1/roads"
    ] * 2


def test_what_has_ended_asks_no_more(world: World, enter: Enter) -> None:
    client = enter("lead")
    client.post("/rounds/r1/agencies/roads/recheck", data={"csrf": csrf(client)})
    world.jobs.cancel(world.jobs.ordered[0].id)
    part = client.get("/rounds/r1/agencies/roads/jobs").text
    assert "hx-get" not in part
    assert "<table>" in part


def test_an_unknown_agency_and_a_reader_order_nothing(world: World, enter: Enter) -> None:
    client = enter("sara")
    assert client.post("/rounds/r1/agencies/nobody/recheck", data={"csrf": csrf(client)}).status_code == 404
    reader = enter("reader")
    assert reader.post("/rounds/r1/agencies/roads/recheck", data={"csrf": csrf(reader)}).status_code == 403
    assert "/recheck" not in reader.get("/rounds/r1/agencies/roads").text
    assert world.jobs.ordered == []


def test_without_a_queue_there_is_no_button(world: World, enter: Enter) -> None:
    client = enter("sara")
    assert "/recheck" in client.get("/rounds/r1/agencies/roads").text
    bare = TestClient(create_app(Site(world.engine, world.home)), follow_redirects=False, cookies=dict(client.cookies))
    assert "/recheck" not in bare.get("/rounds/r1/agencies/roads").text
    assert bare.post("/rounds/r1/agencies/roads/recheck", data={"csrf": csrf(bare)}).status_code == 404
