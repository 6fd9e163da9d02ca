"""The runner: nothing lost, nothing claimed without evidence, absence earned, the same bytes each time."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from checks.base import CheckMeta, Result, at_level, not_applicable, unknown
from checks.findings import Finding
from checks.registry import RegisteredCheck
from checks.runner import judge
from config.models import Framework, Indicator, Priority, Service, Text
from config.vocabulary import Cause, Label, Outcome
from snapshot.models import SearchReport
from snapshot.reader import Snapshot
from tests.factories import agency, open_search, page, service, snapshot_of

_HOME = page("/", "<main><h1>سازمان نمونه</h1><p>به درگاه سازمان نمونه خوش آمدید.</p></main>")
_NAME = Text(fa="نام", en="name")
_WORDS = {
    "none": {"fa": "یافت نشد.", "en": "Not found."},
    "found": {"fa": "{count} مورد در {url} یافت شد: {said}", "en": "{count} found at {url}: {said}"},
}


def _framework(scope: str = "portal", **more: Any) -> Framework:
    values: dict[str, Any] = {"levels": (0, 0.5, 1), "mode": "auto", "check": "sample", **more}
    indicator = Indicator.model_validate({"id": "X01", "priority": "p", "name": _NAME, "scope": scope, **values})
    return Framework(
        id="f",
        version="1",
        name=_NAME,
        status=_NAME,
        priorities=(Priority(id="p", name=_NAME, weight=1),),
        indicators=(indicator,),
    )


def _judged(
    function: Callable[..., Result],
    snapshot: Snapshot,
    framework: Framework | None = None,
    *,
    labels: tuple[str, ...] = ("faq",),
) -> tuple[Finding, ...]:
    used = framework or _framework()
    scope = used.indicators[0].scope
    meta = CheckMeta("sample", scope, tuple(Label(name) for name in labels), (), 4, _WORDS)
    return judge(snapshot, used, round="r1", checks={"sample": RegisteredCheck(meta, function, "sample")})


def _found(snapshot: Snapshot, level: float = 0.5, **more: Any) -> Result:
    assert snapshot.home is not None
    data = {"count": 12, "url": "https://a.example/page1", "said": "مهلت 10 روز", **more.pop("data", {})}
    return at_level(level, "found", evidence=[snapshot.home.evidence("html > body", "سازمان")], **data, **more)


def _plain(snapshot: Snapshot) -> Result:
    return _found(snapshot)


def test_a_finding_carries_check_reason_evidence_and_both_sentences() -> None:
    (finding,) = _judged(_found, snapshot_of(_HOME))
    assert (finding.outcome, finding.level, finding.check, finding.check_version) == (Outcome.LEVEL, 0.5, "sample", 4)
    assert finding.reason.data["count"] == 12
    assert finding.evidence[0].quote == "سازمان"
    assert finding.text_en == "12 found at https://a.example/page1: مهلت 10 روز"
    assert finding.text_fa == "۱۲ مورد در https://a.example/page1 یافت شد: مهلت ۱۰ روز"


def test_the_same_snapshot_gives_the_same_bytes() -> None:
    snapshots = [snapshot_of(_HOME), snapshot_of(_HOME)]
    first, second = ([one.model_dump_json() for one in _judged(_found, snapshot)] for snapshot in snapshots)
    assert first == second


def test_an_indicator_without_a_check_is_not_measured() -> None:
    (finding,) = _judged(_found, snapshot_of(_HOME), _framework(check=None))
    assert (finding.outcome, finding.cause, finding.check) == (Outcome.UNKNOWN, Cause.MISSING_ARTEFACT, None)
    assert finding.reason.key == "not_measured"


def test_a_check_that_is_not_installed_is_not_measured() -> None:
    (finding,) = _judged(_found, snapshot_of(_HOME), _framework(check="elsewhere"))
    assert finding.reason.key == "not_measured"


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("internal", {"flags": ["internal"]}),
        ("stopped", {"flags": ["stopped"]}),
        ("free", {"flags": ["free"]}),
        ("no_identity", {"flags": ["no_identity"]}),
        ("no_exchange", {"flags": ["no_exchange"]}),
        ("inherent", {"status": "inherent"}),
        ("instant", {"instant": True}),
    ],
)
def test_register_facts_make_a_service_indicator_not_applicable(rule: str, facts: dict[str, Any]) -> None:
    services = [service("s1", **facts), service("s2", "تمدید پروانه")]
    framework = _framework("service", na_when=(rule,))
    findings = _judged(lambda snapshot, one: _found(snapshot), snapshot_of(_HOME, services=services), framework)
    assert [finding.outcome for finding in findings] == [Outcome.NA, Outcome.LEVEL]
    assert findings[0].reason.key == rule
    assert findings[0].text_fa


def test_an_agency_without_public_services_is_not_applicable() -> None:
    without = agency(has_public_services=False)
    framework = _framework("service", na_when=("no_public_services",))
    findings = _judged(_found, snapshot_of(_HOME, agency=without), framework)
    assert [(one.service, one.outcome) for one in findings] == [(None, Outcome.NA)]


def test_an_agency_without_registered_services_does_not_vanish() -> None:
    (finding,) = _judged(_found, snapshot_of(_HOME), _framework("service"))
    assert (finding.service, finding.cause, finding.reason.key) == (None, Cause.MISSING_ARTEFACT, "no_services")


def test_findings_follow_the_service_units_of_the_framework() -> None:
    services = [service("top"), service("leaf", "تمدید", parent="top"), service("alone", "ابطال")]
    snapshot = snapshot_of(_HOME, services=services)
    leaf = _judged(lambda seen, one: _found(seen), snapshot, _framework("service"))
    top = _judged(
        lambda seen, one: _found(seen), snapshot, _framework("service").model_copy(update={"service_unit": "top"})
    )
    assert [one.service for one in leaf] == ["leaf", "alone"]
    assert [one.service for one in top] == ["top", "alone"]


def test_an_exception_is_kept_with_what_it_said_and_where() -> None:
    def broken(snapshot: Snapshot) -> Result:
        raise ValueError(f"odd page {object()!r}")

    (finding,) = _judged(broken, snapshot_of(_HOME))
    assert (finding.outcome, finding.cause, finding.level) == (Outcome.UNKNOWN, Cause.CRASH, None)
    assert "ValueError: odd page" in finding.text_en
    assert "test_runner.py:" in finding.text_en
    assert "0x7" not in finding.text_en


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (lambda seen: _found(seen, 0.3), "not on the indicator's grid"),
        (lambda seen: at_level(1, "none"), "without evidence"),
        (lambda seen: at_level(0, "none", stands=True), "without evidence"),
        (lambda seen: _found(seen, confidence=1.5), "confidence 1.5"),
        (lambda seen: at_level(0, "not-there"), "no wording"),
        (lambda seen: at_level(0, "found"), "asks for data"),
        (lambda seen: Result(Outcome.UNKNOWN, "none"), "unknown without a cause"),
    ],
)
def test_an_answer_against_the_contract_is_refused(result: Callable[..., Result], said: str) -> None:
    (finding,) = _judged(result, snapshot_of(_HOME))
    assert (finding.outcome, finding.cause, finding.level) == (Outcome.UNKNOWN, Cause.CRASH, None)
    assert said in finding.reason.data["detail"]


def test_an_unknown_option_is_our_fault_not_the_agencys() -> None:
    (finding,) = _judged(_plain, snapshot_of(_HOME), _framework(options={"nonsense": 1}))
    assert finding.cause == Cause.CRASH


def test_options_of_the_framework_reach_the_check() -> None:
    (finding,) = _judged(
        lambda seen, *, enough: _found(seen, data={"count": enough}),
        snapshot_of(_HOME),
        _framework(options={"enough": 7}),
    )
    assert finding.reason.data["count"] == 7


def test_level_zero_counts_where_absence_was_earned() -> None:
    (finding,) = _judged(lambda seen: at_level(0, "none"), snapshot_of(_HOME))
    assert (finding.outcome, finding.level) == (Outcome.LEVEL, 0)


def test_level_zero_is_unknown_while_a_candidate_is_open() -> None:
    snapshot = snapshot_of(_HOME, search=open_search("faq", cause=Cause.TIMEOUT))
    (finding,) = _judged(lambda seen: at_level(0, "none"), snapshot)
    assert (finding.outcome, finding.cause, finding.ceiling) == (Outcome.UNKNOWN, Cause.TIMEOUT, 1)
    assert "no answer came in time" in finding.text_en


def test_a_candidate_of_another_label_leaves_absence_earned() -> None:
    (finding,) = _judged(lambda seen: at_level(0, "none"), snapshot_of(_HOME, search=open_search("tenders")))
    assert finding.outcome == Outcome.LEVEL


def test_a_candidate_of_another_service_leaves_absence_earned() -> None:
    services = [service("s1"), service("s2", "تمدید")]
    snapshot = snapshot_of(_HOME, services=services, search=open_search("faq", service="s2"))
    findings = _judged(lambda seen, one: at_level(0, "none"), snapshot, _framework("service"))
    assert [one.outcome for one in findings] == [Outcome.LEVEL, Outcome.UNKNOWN]


def test_a_zero_that_rests_on_what_the_page_says_stands() -> None:
    snapshot = snapshot_of(_HOME, search=open_search("faq"))
    (finding,) = _judged(lambda seen: _found(seen, 0, stands=True), snapshot)
    assert (finding.outcome, finding.level) == (Outcome.LEVEL, 0)


def test_a_rejected_candidate_does_not_earn_absence() -> None:
    (finding,) = _judged(lambda seen: _found(seen, 0), snapshot_of(_HOME, search=open_search("faq")))
    assert finding.outcome == Outcome.UNKNOWN
    assert finding.evidence


@pytest.mark.parametrize(("level", "ceiling"), [(0.5, 1), (1, None)])
def test_a_level_with_open_candidates_carries_what_it_might_still_become(level: float, ceiling: float | None) -> None:
    (finding,) = _judged(lambda seen: _found(seen, level), snapshot_of(_HOME, search=open_search("faq")))
    assert (finding.level, finding.ceiling) == (level, ceiling)


def test_a_portal_whose_home_was_not_read_is_unknown_with_its_cause() -> None:
    snapshot = snapshot_of(page("/", "", cause="dns"), search=SearchReport(home_cause=Cause.DNS))
    (finding,) = _judged(lambda seen: at_level(0, "none"), snapshot)
    assert (finding.outcome, finding.cause, finding.reason.key) == (Outcome.UNKNOWN, Cause.DNS, "home_unreadable")
    assert "host name was not found" in finding.text_en


def test_a_check_of_probes_alone_speaks_even_when_home_was_not_read() -> None:
    snapshot = snapshot_of(search=SearchReport(home_cause=Cause.TLS))
    (finding,) = _judged(lambda seen: unknown(Cause.TLS, "none"), snapshot, labels=())
    assert finding.reason.key == "none"


def test_a_snapshot_without_a_search_report_earns_nothing() -> None:
    snapshot = snapshot_of(_HOME)
    del snapshot._source.files["search.json"]  # type: ignore[attr-defined]
    (finding,) = _judged(lambda seen: at_level(0, "none"), snapshot)
    assert (finding.outcome, finding.cause) == (Outcome.UNKNOWN, Cause.MISSING_ARTEFACT)


def test_a_check_may_say_that_it_does_not_apply() -> None:
    (finding,) = _judged(lambda seen: not_applicable("none"), snapshot_of(_HOME))
    assert (finding.outcome, finding.level, finding.text_en) == (Outcome.NA, None, "Not found.")


def test_only_the_named_indicators_are_judged() -> None:
    assert judge(snapshot_of(_HOME), _framework(), round="r", indicators={"other"}, checks={}) == ()


def test_a_share_may_be_any_value_from_zero_to_one() -> None:
    framework = _framework(levels=(), value="share")
    (finding,) = _judged(lambda seen: _found(seen, 0.37), snapshot_of(_HOME), framework)
    assert finding.level == 0.37


def test_reason_data_is_plain_json() -> None:
    (finding,) = _judged(
        lambda seen: _found(seen, data={"said": {"fa": ["یک", "دو"], "en": ["one", "two"]}}), snapshot_of(_HOME)
    )
    assert json.loads(finding.model_dump_json())["reason"]["data"]["said"] == {"en": ["one", "two"], "fa": ["یک", "دو"]}
    assert finding.text_en.endswith("one, two")
    assert finding.text_fa.endswith("یک، دو")


def test_a_check_of_the_wrong_scope_is_our_fault() -> None:
    meta = CheckMeta("sample", "portal", (), (), 1, _WORDS)
    services: list[Service] = [service("s1")]
    findings = judge(
        snapshot_of(_HOME, services=services),
        _framework("service"),
        round="r1",
        checks={"sample": RegisteredCheck(meta, _found, "sample")},
    )
    assert [one.cause for one in findings] == [Cause.CRASH]
