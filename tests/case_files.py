"""Case files: one small portal and what a check must say of it. The format is in tests/cases/README.md."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from checks.findings import Finding
from checks.runner import judge
from config.loading import load_framework
from config.models import Framework, Frozen, Indicator
from config.vocabulary import Cause, Label, Outcome
from snapshot.models import ClickStep, ProbeResult
from snapshot.reader import Snapshot
from tests import factories

CASES = Path(__file__).parent / "cases"
FRAMEWORK = Path(__file__).parent.parent / "config" / "frameworks" / "iran-proposal.toml"


class Expectation(Frozen):
    """What the finding must be. `level` is exact; `max_level` and `min_level` are bounds."""

    outcome: Outcome = Outcome.LEVEL
    level: float | None = None
    min_level: float | None = None
    max_level: float | None = None
    cause: Cause | None = None
    reason: str | None = None
    ceiling: float | None = None
    evidence_url: str | None = None
    says: str | None = None


class OpenLabel(Frozen):
    """A label of which one promising candidate was not settled."""

    label: Label
    cause: Cause = Cause.BUDGET
    url: str = "/unvisited"
    service: str | None = None


class CasePage(Frozen):
    """One address of the case's portal: `html` in place, or `file` beside the case file."""

    url: str
    html: str | None = None
    file: str | None = None
    path: tuple[str, ...] | None = None
    sitemap: bool = False
    page_type: Label | None = None
    status: int | None = 200
    cause: Cause | None = None
    rendered: bool = False
    rendering_cause: Cause | None = None
    hidden: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    content_type: str = "text/html; charset=utf-8"
    redirects: tuple[str, ...] = ()
    service: str | None = None


class Case(Frozen):
    """One case file."""

    title: str
    kind: Literal["top", "zero", "hard-negative", "middle", "unknown"]
    expect: Expectation
    service: str | None = None
    agency: dict[str, Any] = {}
    services: tuple[dict[str, Any], ...] = ()
    pages: tuple[CasePage, ...] = ()
    open: OpenLabel | None = None
    probes: dict[str, ProbeResult] = {}
    options: dict[str, Any] = {}


@dataclass(frozen=True)
class CaseFile:
    """A case with the check it is for and its place."""

    check_id: str
    name: str
    case: Case
    folder: Path

    @property
    def id(self) -> str:
        """How the case is named in test output."""
        return f"{self.check_id}/{self.name}"


def all_cases() -> list[CaseFile]:
    """Every case below tests/cases, in the order of check and name."""
    return [
        CaseFile(path.parent.parent.name, path.parent.name, _read(path), path.parent)
        for path in sorted(CASES.glob("*/*/case.toml"))
    ]


def snapshot_of_case(entry: CaseFile) -> Snapshot:
    """The portal of a case as a snapshot."""
    case = entry.case
    search = None
    if case.open is not None:
        left = case.open
        search = factories.open_search(left.label, left.url, cause=left.cause, service=left.service)
    return factories.snapshot_of(
        *(_page(entry, page) for page in case.pages),
        agency=factories.agency(**case.agency),
        services=[factories.service(**{"title_fa": "", **one}) for one in case.services],
        search=search,
        probes=case.probes,
    )


def finding_of_case(entry: CaseFile) -> Finding:
    """What the shipped framework's indicator for this check finds on the case's portal."""
    framework = framework_for(entry.check_id, entry.case.options)
    findings = judge(snapshot_of_case(entry), framework, round="test")
    (finding,) = [one for one in findings if one.service == entry.case.service]
    return finding


def framework_for(check_id: str, options: Mapping[str, Any] | None = None) -> Framework:
    """The shipped framework, reduced to the indicator that this check answers."""
    framework = load_framework(FRAMEWORK)
    (indicator,) = [entry for entry in framework.indicators if entry.check == check_id]
    changed: Indicator = indicator.model_copy(update={"options": {**indicator.options, **(options or {})}})
    return framework.model_copy(update={"indicators": (changed,)})


def _read(path: Path) -> Case:
    return Case.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


def _page(entry: CaseFile, spec: CasePage) -> factories.PageSpec:
    body: str | bytes = (entry.folder / spec.file).read_bytes() if spec.file else spec.html or ""
    path: tuple[str | ClickStep, ...] | None = spec.path
    if spec.sitemap:
        path = (ClickStep(url=factories.PORTAL, how="sitemap"),)
    return factories.page(
        spec.url,
        body,
        path=path,
        page_type=spec.page_type,
        status=spec.status,
        cause=spec.cause,
        rendered=spec.rendered,
        rendering_cause=spec.rendering_cause,
        hidden=spec.hidden,
        shown=spec.shown,
        content_type=spec.content_type,
        redirects=spec.redirects,
        service=spec.service,
    )
