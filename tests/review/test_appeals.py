"""Appeals: made by the own agency in time, read by two people, accepted only with a new decision."""

import pytest
from starlette.testclient import TestClient

from review.judging import decide
from review.round_view import RoundViews
from store import repository
from store.appeals import AppealError, answer_appeal, appeals, get_appeal, require_answered
from store.audit import audit_page, first_broken
from store.repository import RoundStateError
from tests.review.conftest import Enter
from tests.review.test_judging import form, group_of, post, view_of
from tests.review.world import HOSTILE, World


@pytest.fixture
def views(world: World) -> RoundViews:
    return RoundViews(world.engine)


def open_to_appeals(world: World) -> None:
    repository.move_round(world.engine, "r1", "review", who="lead")
    repository.move_round(world.engine, "r1", "provisional", who="lead")


def appeal(client: TestClient, views: RoundViews, text: str, agency: str = "roads") -> int:
    key = group_of(view_of(views), agency, "E1").key
    return int(post(client, f"/rounds/r1/groups/{key}/appeal", text=text).status_code)


def answered(world: World, who: str, *, accepted: bool) -> None:
    answer_appeal(world.engine, 1, who=who, accepted=accepted, text="why", score="1", rank=1)


def test_an_appeal_is_made_seen_and_settled_by_two_readers(world: World, enter: Enter, views: RoundViews) -> None:
    open_to_appeals(world)
    rep, sara, omid = enter("rep"), enter("sara"), enter("omid")
    before = view_of(views).places["roads"]
    assert appeal(rep, views, HOSTILE) == 303
    assert [a.state for a in appeals(world.engine, "r1")] == ["filed"]
    with pytest.raises(RoundStateError, match="no final answer"):
        require_answered(world.engine, "r1")
    assert "<script>" not in sara.get("/rounds/r1/appeals").text.replace("</script>", "").split("</head>")[1]
    post(sara, "/appeals/1/answer", verdict="accept", text="The desk is there.")
    assert "The desk is there." not in rep.get("/rounds/r1/appeals").text  # a proposal is no answer yet
    post(sara, "/appeals/1/answer", verdict="accept", text="Again.")
    assert len(appeals(world.engine, "r1")[0].answers) == 1  # the second reader is another person
    post(omid, "/appeals/1/answer", verdict="accept", text="I agree.")
    assert len(appeals(world.engine, "r1")[0].answers) == 1  # and a new decision comes first
    view = view_of(views)
    decide(world.engine, view, group_of(view, "roads", "E1"), form("level:1", reason="proven", note="x"), "omid")
    post(omid, "/appeals/1/answer", verdict="accept", text="I agree.")
    settled = get_appeal(world.engine, 1)
    assert settled is not None
    assert settled.state == "accepted"
    assert "I agree." in rep.get("/rounds/r1/appeals").text
    entry = audit_page(world.engine, action="appeal_answered")[0][0]
    assert entry.detail["score"] == [str(before.score), str(view_of(views).places["roads"].score)]
    assert entry.detail["score"][0] != entry.detail["score"][1]
    require_answered(world.engine, "r1")
    assert first_broken(world.engine) is None


def test_appeals_are_taken_in_time_and_once(world: World, enter: Enter, views: RoundViews) -> None:
    rep = enter("rep")
    assert appeal(rep, views, "too early") == 404
    open_to_appeals(world)
    assert appeal(rep, views, "not ours", agency="post") == 404
    appeal(rep, views, "   ")
    appeal(rep, views, "ours")
    appeal(rep, views, "once more")
    assert [a.text for a in appeals(world.engine, "r1")] == ["ours"]
    answered(world, "sara", accepted=False)
    answered(world, "omid", accepted=False)
    with pytest.raises(AppealError, match="settled"):
        answered(world, "lead", accepted=True)
    appeal(rep, views, "with a new proof")
    assert [a.state for a in appeals(world.engine, "r1")] == ["filed", "rejected"]


def test_who_appeals_sees_no_other_agency(world: World, enter: Enter, views: RoundViews) -> None:
    open_to_appeals(world)
    assert appeal(enter("rep"), views, "ours") == 303
    assert appeals(world.engine, "r1", "post") == []
    assert enter("reader").get("/rounds/r1/appeals").status_code == 403
    assert post(enter("rep"), "/appeals/1/answer", verdict="accept", text="x").status_code == 403
    page = enter("rep").get(f"/rounds/r1/groups/{group_of(view_of(views), 'roads', 'E1').key}").text
    assert 'id="appeal-text"' in page
    assert 'id="overrule"' not in page


def test_a_round_with_an_open_appeal_is_not_frozen(world: World, enter: Enter, views: RoundViews) -> None:
    open_to_appeals(world)
    appeal(enter("rep"), views, "ours")
    view = view_of(views)
    for group in view.queue:
        if group.blocking:
            services = tuple(cell.service or "" for cell in group.cells)
            decide(world.engine, view, group, form("confirm", *services), "sara")
    round_ = repository.get_round(world.engine, "r1")
    assert round_ is not None
    with pytest.raises(RoundStateError, match="no final answer"):
        repository.freeze(world.engine, round_, who="lead", note=None)
    answered(world, "sara", accepted=False)
    answered(world, "omid", accepted=False)
    assert repository.freeze(world.engine, round_, who="lead", note=None).edition.number == 1
