"""One visit of one agency, from its order to its stored findings."""

from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Engine

from checks.findings import Finding
from checks.registry import visit_plan
from checks.runner import judge
from config.models import Agency, Framework, Register, service_units
from crawler.addresses import host_of
from crawler.orders import Sealed, VisitOrder
from didban.national_window import ARTEFACT, artefact_of, given_export
from didban.workspace import Workspace
from snapshot.models import VisitRecord
from snapshot.objects import FolderSource
from snapshot.perception.page import PERCEPTION_VERSION
from snapshot.perceptions import Perceptions
from snapshot.reader import Snapshot
from store import repository
from store.leases import Fence
from store.repository import Round, Visit
from store.round_states import UNDECIDED_STATES


def visit_hosts(register: Register, agency: Agency) -> frozenset[str]:
    """The hosts that a visit may ask by order of the register: they are held alone while it is under way."""
    urls = [agency.portal_url or "", *(s.url or "" for s in register.services_of(agency.id))]
    named = [host if "://" in host else f"http://{host}" for host in agency.extra_hosts]
    return frozenset(host_of(url) for url in (*urls, *named)) - {""}


def begin_visit(
    engine: Engine, round_: Round, agency_id: str, *, job: str | None = None, fence: Fence | None = None
) -> Visit:
    """The agency's unfinished visit, or a new one; in a round that is decided already it is advisory.

    Raises LostLeaseError.
    """
    return repository.unfinished_visit(engine, round_.name, agency_id) or repository.order_visit(
        engine,
        round_.name,
        agency_id,
        counts=round_.state in UNDECIDED_STATES,
        as_of=datetime.now(UTC).replace(microsecond=0),
        job=job,
        fence=fence,
    )


def make_order(workspace: Workspace, round_: Round, visit: Visit) -> VisitOrder:
    """What the crawler is told of a visit."""
    agency = round_.register.agency(visit.agency)
    assert agency is not None
    services = round_.register.services_of(agency.id)
    settings = workspace.settings
    units = service_units(services, round_.framework.service_unit)
    export = given_export(workspace, round_.name)
    return VisitOrder(
        folder=workspace.home / visit.folder,
        max_pages=settings.page_budget(len(units)),
        given={} if export is None else {ARTEFACT: artefact_of(export, agency.id)},
        visit=VisitRecord(
            visit_id=visit.id,
            attempt=visit.attempt,
            round=round_.name,
            agency=agency,
            services=services,
            started_at=visit.as_of,
            as_of=visit.as_of,
            vantage=settings.vantage,
            versions={"didban": version("didban"), "perception": str(PERCEPTION_VERSION)},
            settings=settings.model_dump(mode="json", exclude={"home", "database_url", "jobs_url", "chromium"}),
            plan=visit_plan(round_.framework),
        ),
    )


def cited_pages(order: VisitOrder, *, framework: Framework) -> tuple[str, ...]:
    """Draft judging over the unsealed folder: the pages that findings would cite, in order of first citation."""
    findings = judge_folder(order.folder, framework, kept=Perceptions(order.folder))
    return tuple(dict.fromkeys(piece.page_id for finding in findings for piece in finding.evidence))


def judge_folder(folder: Path, framework: Framework, kept: Perceptions | None = None) -> tuple[Finding, ...]:
    """Judge a snapshot folder; `kept` are the perceptions of the crawl that has just made it."""
    snapshot = Snapshot(FolderSource(folder), kept)
    return judge(snapshot, framework, round=snapshot.visit.round)


def judge_and_store(
    workspace: Workspace, engine: Engine, round_: Round, visit: Visit, sealed: Sealed, *, fence: Fence | None = None
) -> None:
    """Judge a sealed visit and store its findings. Raises LostLeaseError."""
    folder = workspace.home / visit.folder
    kept = Perceptions(folder)
    findings = judge_folder(folder, round_.framework, kept)
    repository.save_judged(
        engine,
        visit.id,
        findings,
        page_count=sealed.pages,
        rendered_count=sealed.rendered,
        cause=sealed.cause,
        fence=fence,
    )
    kept.discard()
