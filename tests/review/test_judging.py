"""Groups, the queue's order, decisions over groups, undo, lapsing, and what is seen of it in memory."""

from datetime import timedelta
from decimal import Decimal

import pytest
from starlette.testclient import TestClient

from config.vocabulary import Outcome
from review.groups import Group
from review.intervals import Intervals
from review.judging import Form, FormFaultError, decide, take_back
from review.round_view import RoundView, RoundViews, gaps_to_neighbours, importance
from scoring.ranking import Place
from scoring.score import score_round
from store import repository
from store.audit import audit_page, first_broken
from store.group_locks import held_by_others, release_locks, take_lock
from tests.review.conftest import Enter
from tests.review.test_permissions import csrf
from tests.review.world import AGENCIES, World, later, visit


@pytest.fixture
def views(world: World) -> RoundViews:
    return RoundViews(world.engine)


def view_of(views: RoundViews) -> RoundView:
    view = views.get("r1")
    assert view is not None
    return view


def group_of(view: RoundView, agency: str, indicator: str, service: str | None = None) -> Group:
    return next(
        group
        for group in view.agencies[agency].groups.values()
        if group.indicator.id == indicator and any(cell.service == service for cell in group.cells)
    )


def form(verdict: str, *services: str, reason: str = "", note: str = "", cause: str = "") -> Form:
    return Form(verdict, "", cause, reason, note, services or ("",))


def test_findings_that_rest_on_the_same_are_one_group(views: RoundViews) -> None:
    view = view_of(views)
    assert [cell.service for cell in group_of(view, "roads", "E2", "s1").cells] == ["s1", "s2"]
    assert [cell.service for cell in group_of(view, "roads", "E2", "s3").cells] == ["s3"]
    assert group_of(view, "roads", "E1").key != group_of(view, "post", "E1").key


def test_what_must_be_decided_comes_first_then_what_weighs_most(views: RoundViews) -> None:
    queue = view_of(views).queue
    assert {group.indicator.id for group in queue if group.blocking} >= {"E6"}
    assert [group.blocking for group in queue] == sorted((group.blocking for group in queue), reverse=True)
    whys = {(group.agency, group.indicator.id): group.why for group in queue}
    assert whys["roads", "E6"] == "hidden"
    assert whys["roads", "E5"] == "unseen"
    assert whys["roads", "E4"] == "doubtful"


def test_a_stake_near_the_gap_to_a_neighbour_matters_more() -> None:
    places = [
        Place("a", 1, Decimal(60)),
        Place("b", 2, Decimal(58)),
        Place("c", 3, Decimal(50)),
        Place("d", None, None),
    ]
    assert gaps_to_neighbours(places) == {"a": 2, "b": 2, "c": 8}
    assert importance(3, 2) == 6
    assert importance(2, 8) == 2.5
    assert importance(2, None) == 2


def test_one_decision_covers_the_group_and_moves_the_score(world: World, views: RoundViews) -> None:
    before = view_of(views)
    group = group_of(before, "roads", "E2", "s1")
    count = decide(
        world.engine, before, group, form("level:1", "s1", "s2", reason="seen_elsewhere", note="دیدم"), "sara"
    )
    after = view_of(views)
    assert count == 2
    old, new = before.places["roads"].score, after.places["roads"].score
    assert old is not None
    assert new is not None
    assert new > old
    assert group_of(after, "roads", "E2", "s1").why is None
    entry = audit_page(world.engine, action="decision")[0][0]
    assert (entry.who, entry.subject, entry.detail["services"]) == ("sara", "r1/roads/E2", ["s1", "s2"])
    assert (entry.detail["from"]["level"], entry.detail["to"]["level"]) == (0.25, 1)
    assert first_broken(world.engine) is None


def test_members_can_be_split_off(world: World, views: RoundViews) -> None:
    view = view_of(views)
    group = group_of(view, "roads", "E2", "s1")
    assert decide(world.engine, view, group, form("confirm", "s1"), "sara") == 1
    left = group_of(view_of(views), "roads", "E2", "s2")
    assert (left.key, left.why, [cell.service for cell in left.waiting]) == (group.key, "doubtful", ["s2"])


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        (form("level:1"), "fault_reason"),
        (form("level:1", reason="confirmed", note="x"), "fault_reason"),
        (form("level:1", reason="nonsense"), "fault_reason"),
        (form("level:1", reason="other", note="  "), "fault_note"),
        (form("level:0.3", reason="other", note="x"), "fault_level"),
        (form("level:nan", reason="other", note="x"), "fault_level"),
        (form("na"), "fault_reason"),
        (form("unknown", cause="login"), "fault_reason"),
        (form(""), "fault_verdict"),
        (form("confirm", "no such service"), "fault_nothing_chosen"),
    ],
)
def test_an_overrule_needs_level_reason_and_note(world: World, views: RoundViews, wrong: Form, key: str) -> None:
    view = view_of(views)
    with pytest.raises(FormFaultError) as fault:
        decide(world.engine, view, group_of(view, "roads", "E1"), wrong, "sara")
    assert fault.value.key == key
    assert repository.decisions(world.engine, "r1") == []


def test_undo_takes_the_whole_last_decision_back_and_removes_nothing(world: World, views: RoundViews) -> None:
    before = view_of(views)
    decide(world.engine, before, group_of(before, "roads", "E1"), form("confirm"), "sara")
    middle = view_of(views)
    group = group_of(middle, "roads", "E2", "s1")
    decide(world.engine, middle, group, form("na", "s1", "s2", reason="does_not_apply", note="x"), "sara")
    back = take_back(world.engine, view_of(views), "sara")
    assert back is not None
    assert back.indicator == "E2"
    after = view_of(views)
    assert after.places == middle.places
    assert group_of(after, "roads", "E2", "s1").why == "doubtful"
    assert group_of(after, "roads", "E1").shown.standing.decision is not None
    assert len(repository.decisions(world.engine, "r1")) == 1 + 2 + 2
    assert take_back(world.engine, after, "omid") is None
    assert take_back(world.engine, after, "sara") is not None
    assert take_back(world.engine, view_of(views), "sara") is None
    assert view_of(views).places == before.places


def test_a_decision_lapses_when_a_later_visit_brings_other_evidence(world: World, views: RoundViews) -> None:
    view = view_of(views)
    decide(world.engine, view, group_of(view, "roads", "E1"), form("level:1", reason="other", note="x"), "sara")
    visit(world, AGENCIES[0], quote="other words", at=later(1))
    lapsed = group_of(view_of(views), "roads", "E1")
    assert lapsed.why == "lapsed"
    assert lapsed.shown.standing.finding.level == 0.5


def test_what_is_kept_in_memory_is_what_the_store_says(world: World, views: RoundViews) -> None:
    view = view_of(views)
    decide(world.engine, view, group_of(view, "post", "E1"), form("level:0", reason="other", note="x"), "sara")
    view_of(views)
    visit(world, AGENCIES[1], quote="new words", at=later(2))
    kept, fresh = view_of(views), view_of(RoundViews(world.engine))
    assert kept == fresh
    standing = repository.round_standing(world.engine, world.round)
    assert dict(kept.scores) == dict(score_round(world.round.framework, standing.findings))
    assert {(m.agency, m.indicator, m.kind) for m in standing.matters} == {
        (group.agency, group.indicator.id, group.why)
        for group in kept.queue
        if group.why not in ("doubtful", "unseen", "sample")
    }
    assert kept.agencies["roads"] is view.agencies["roads"]
    assert views.get("no such round") is None


def test_a_group_is_open_to_one_person_at_a_time(world: World) -> None:
    minute = timedelta(minutes=1)
    assert take_lock(world.engine, "r1", "g", "sara", hold=minute) == "sara"
    assert take_lock(world.engine, "r1", "g", "omid", hold=minute) == "sara"
    assert held_by_others(world.engine, "r1", "omid") == {"g"}
    take_lock(world.engine, "r1", "h", "sara", hold=minute)  # who goes on gives up what was open before
    assert take_lock(world.engine, "r1", "g", "omid", hold=-minute) == "omid"
    assert take_lock(world.engine, "r1", "g", "sara", hold=minute) == "sara"  # omid's had run out
    release_locks(world.engine, "sara")
    assert held_by_others(world.engine, "r1", "omid") == set()


def test_a_group_that_another_has_open_is_shown_but_not_decided(world: World, enter: Enter, views: RoundViews) -> None:
    group = group_of(view_of(views), "roads", "E6")
    sara, omid = enter("sara"), enter("omid")
    address = f"/rounds/r1/groups/{group.key}"
    assert "<form" in sara.get(address).text
    assert 'id="overrule"' not in omid.get(address).text
    refused = post(omid, f"{address}/decision", verdict="confirm", service="")
    assert refused.headers["location"] == address
    assert repository.decisions(world.engine, "r1") == []
    onward = omid.get("/rounds/r1/queue/next").headers["location"]
    assert group.key not in onward


def test_a_closed_round_takes_no_decisions(world: World, enter: Enter, views: RoundViews) -> None:
    group = group_of(view_of(views), "roads", "E1")
    lead = enter("lead")
    repository.move_round(world.engine, "r1", "withdrawn", who="lead", note="test")
    answer = post(lead, f"/rounds/r1/groups/{group.key}/decision", verdict="confirm", service="")
    assert answer.status_code == 400
    assert repository.decisions(world.engine, "r1") == []
    assert post(lead, "/rounds/r1/undo").status_code == 303


def test_evidence_that_changed_meanwhile_is_not_decided_on(world: World, enter: Enter, views: RoundViews) -> None:
    group = group_of(view_of(views), "roads", "E1")
    visit(world, AGENCIES[0], quote="other words", at=later(1))
    answer = post(enter("lead"), f"/rounds/r1/groups/{group.key}/decision", verdict="confirm", service="")
    assert answer.headers["location"] == "/rounds/r1/queue"
    assert repository.decisions(world.engine, "r1") == []


def test_the_overview_counts_what_the_findings_say(world: World, enter: Enter, views: RoundViews) -> None:
    from review.overview import totals

    counted = totals(view_of(views))
    findings = repository.round_standing(world.engine, world.round).findings
    assert counted.cells == len([f for f in findings if f.outcome != Outcome.NA])
    assert counted.observed == len([f for f in findings if f.level is not None])
    assert dict(counted.causes) == {"timeout": 2, "login": 2}
    reader = enter("reader")
    assert reader.get("/rounds/r1?list=cluster:comms").status_code == 200
    assert "Roads" not in reader.get("/rounds/r1?list=cluster:comms&lang=en").text
    assert reader.get("/rounds/r1?list=cluster:nowhere").status_code == 404


def post(client: TestClient, address: str, **form: str):  # type: ignore[no-untyped-def]
    return client.post(address, data={"csrf": csrf(client), **form})


def test_places_come_with_rank_intervals(world: World, enter: Enter, views: RoundViews) -> None:
    intervals = Intervals().of(view_of(views))
    assert set(intervals) == {"roads", "post"}
    assert all(entry.low <= entry.rank <= entry.high for entry in intervals.values())
    page = enter("reader").get("/rounds/r1?lang=en").text
    assert f"{intervals['roads'].low} to {intervals['roads'].high}" in page
    assert "Rank interval" not in enter("reader").get("/rounds/r1?list=main&lang=en").text
