"""Every case file holds, and every check has the cases that it must have."""

import pytest

from checks.registry import load_checks
from tests.case_files import CaseFile, all_cases, finding_of_case

_CASES = all_cases()
_DECLARED_ONLY = {"data-exchange"}
"""Checks of what no visit can see: they gather hints, and every level comes from a declaration."""


@pytest.mark.parametrize("entry", _CASES, ids=lambda entry: entry.id)
def test_the_check_says_what_the_case_demands(entry: CaseFile) -> None:
    expect = entry.case.expect
    finding = finding_of_case(entry)
    said = f"{finding.outcome} {finding.level} {finding.reason.key}: {finding.text_en}"
    assert finding.outcome == expect.outcome, said
    if expect.level is not None:
        assert finding.level == expect.level, said
    if expect.max_level is not None:
        assert finding.level is None or finding.level <= expect.max_level, said
    if expect.min_level is not None:
        assert finding.level is not None, said
        assert finding.level >= expect.min_level, said
    if expect.cause is not None:
        assert finding.cause == expect.cause, said
    if expect.reason is not None:
        assert finding.reason.key == expect.reason, said
    if expect.ceiling is not None:
        assert finding.ceiling == expect.ceiling, said
    if expect.says is not None:
        assert expect.says in finding.text_en, said
    if expect.evidence_url is not None:
        assert any(one.url.endswith(expect.evidence_url) for one in finding.evidence), finding.evidence


@pytest.mark.parametrize("check_id", sorted(load_checks()))
def test_each_check_has_a_top_a_zero_and_a_hard_negative_case(check_id: str) -> None:
    kinds = {entry.case.kind for entry in _CASES if entry.check_id == check_id}
    needed = {"unknown", "hard-negative"} if check_id in _DECLARED_ONLY else {"top", "zero", "hard-negative"}
    assert needed <= kinds


@pytest.mark.parametrize("entry", _CASES, ids=lambda entry: entry.id)
def test_a_case_expects_what_its_kind_says(entry: CaseFile) -> None:
    expect, kind = entry.case.expect, entry.case.kind
    assert entry.check_id in load_checks()
    if kind == "top":
        assert expect.level == 1
    elif kind == "zero":
        assert expect.level == 0
    elif kind == "hard-negative":
        assert expect.max_level is not None or expect.level is not None
    elif kind == "unknown":
        assert expect.cause is not None
