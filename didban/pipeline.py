"""The flow of an evaluation, readable top to bottom: order visits, crawl, judge, store, score, report."""

import functools
import platform
import re
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from checks.findings import Finding
from config.models import Agency, Framework, Register
from config.settings import Settings
from config.vocabulary import Cause
from crawler.orders import Event, Failed, Sealed, VisitOrder
from crawler.process import run_visits
from didban.errors import BadInputError
from didban.run_record import RunRecord
from didban.visiting import begin_visit, cited_pages, judge_and_store, judge_folder, make_order, visit_hosts
from didban.workspace import Workspace
from jobs.holding import BusyError, Holder
from snapshot.models import VisitPlan, VisitRecord
from snapshot.objects import FolderSource
from snapshot.reader import Page, Snapshot
from store import repository
from store.leases import Fence
from store.repository import Round, Visit

PATIENCE_LEASES = 1.2
ROUND_NAME = re.compile(r"[\w][\w.-]{0,63}")


@dataclass
class RunOutcome:
    """What a run did: whose visits were judged, which broke, who was done already, who is a worker's just now."""

    judged: list[str] = field(default_factory=list)
    broken: dict[str, Failed] = field(default_factory=dict)
    unreadable: dict[str, Cause] = field(default_factory=dict)
    already_done: list[str] = field(default_factory=list)
    busy: dict[str, str] = field(default_factory=dict)


def open_round(
    engine: Engine, name: str, register: Register, framework: Framework, *, draft: bool = False, who: str = ""
) -> Round:
    """Open a round, or return it where it is open with the same register and framework.

    Raises BadInputError for a name that cannot be a folder, and where others are locked.
    """
    if not ROUND_NAME.fullmatch(name):
        raise BadInputError(f"'{name}' cannot name a round: use letters, digits, '.', '-' and '_', at most 64.")
    try:
        return repository.open_round(engine, name, register, framework, draft=draft, who=who)
    except repository.RoundConflictError as error:
        raise BadInputError(str(error)) from error


def choose_agencies(register: Register, wanted: Collection[str]) -> list[Agency]:
    """The agencies with these ids, in register order; all for an empty choice. Raises BadInputError for unknown ids."""
    known = {agency.id for agency in register.agencies}
    strange = [agency_id for agency_id in wanted if agency_id not in known]
    if strange:
        some = ", ".join(sorted(known)[:8])
        raise BadInputError(f"The register has no agency {', '.join(strange)}. It has {len(known)}, such as {some}.")
    return [agency for agency in register.agencies if not wanted or agency.id in wanted]


def run_round(
    workspace: Workspace,
    engine: Engine,
    round_: Round,
    agencies: Sequence[Agency],
    *,
    again: bool = False,
    on_start: Callable[[Sequence[VisitOrder]], Callable[[Event], None]],
) -> RunOutcome:
    """Visit and judge these agencies; what was begun is gone on with, what is done is left alone.

    `again` orders a new visit also where one is done; in a round that is decided already it is advisory.
    `on_start` gets the orders and returns who hears of events. Agencies and hosts are held against workers meanwhile.
    """
    outcome = RunOutcome()
    done = {} if again else repository.counted_visits(engine, round_.name)
    with ExitStack() as held:
        holder = held.enter_context(Holder(engine, _name(workspace, round_), workspace.settings.lease_seconds))
        # A worker that was killed is known to be dead only when it has been silent for its lease.
        patient_until = time.monotonic() + workspace.settings.lease_seconds * PATIENCE_LEASES
        visits: dict[str, tuple[Visit, Fence]] = {}
        for agency in agencies:
            if agency.id in done:
                outcome.already_done.append(agency.id)
                continue
            try:
                hosts = visit_hosts(round_.register, agency)
                fence = held.enter_context(holder.hold(agency.id, hosts, until=patient_until))
            except BusyError as busy:
                outcome.busy[agency.id] = str(busy)
                continue
            visit = begin_visit(engine, round_, agency.id, fence=fence)
            visits[visit.id] = visit, fence
        orders = [make_order(workspace, round_, visit) for visit, _ in visits.values()]
        listen = on_start(orders)
        record = RunRecord(workspace.logs, round_.name, orders)

        def on_event(event: Event) -> None:
            if isinstance(event, Sealed):
                visit, fence = visits[event.visit_id]
                judge_and_store(workspace, engine, round_, visit, event, fence=fence)
                outcome.judged.append(visit.agency)
                if event.cause is not None:
                    outcome.unreadable[visit.agency] = event.cause
            elif isinstance(event, Failed):
                visit, fence = visits[event.visit_id]
                repository.fail_visit(engine, event.visit_id, event.cause, event.detail, fence=fence)
                outcome.broken[visit.agency] = event
            record.on_event(event)
            listen(event)

        if orders:
            cited = functools.partial(cited_pages, framework=round_.framework)
            run_visits(orders, workspace.settings, cited_pages=cited, on_event=on_event, answers=lambda: holder.sure)
    return outcome


def _name(workspace: Workspace, round_: Round) -> str:
    """The name of a run: its lock keeps it to one process, so that a killed one is followed by the next at once."""
    return f"run {round_.name} on {platform.node()} in {workspace.home}"


def judge_again(workspace: Workspace, engine: Engine, round_: Round, *, only: str | None = None) -> list[str]:
    """Judge the counted snapshots again (`only` one agency's) by the round's present framework; store the findings.

    Returns the agencies whose snapshot is missing or not sealed; their findings stay as they are.
    """
    missing: list[str] = []
    for agency, visit in repository.counted_visits(engine, round_.name).items():
        if only is not None and agency != only:
            continue
        folder = workspace.home / visit.folder
        if not (folder / "manifest.json").exists():
            missing.append(agency)
            continue
        repository.save_judged(
            engine,
            visit.id,
            judge_folder(folder, round_.framework),
            page_count=visit.page_count,
            rendered_count=visit.rendered_count,
            cause=visit.cause,
        )
    return missing


@dataclass(frozen=True, slots=True)
class Rejudged:
    """A stored snapshot judged again: the findings of now, and those that differ from the stored ones."""

    visit: Visit
    findings: tuple[Finding, ...]
    differing: tuple[tuple[Finding | None, Finding | None], ...]


def rejudge(workspace: Workspace, engine: Engine, round_: Round, agency_id: str) -> Rejudged:
    """Judge the counted snapshot of an agency again, without the network; nothing is stored.

    Raises BadInputError where the agency has no judged visit in the round, or its snapshot folder is gone.
    """
    visit = repository.counted_visits(engine, round_.name).get(agency_id)
    if visit is None:
        raise BadInputError(
            f"{agency_id} has no judged visit in round '{round_.name}' yet; run didban recheck {agency_id}."
        )
    folder = workspace.home / visit.folder
    if not (folder / "manifest.json").exists():
        raise BadInputError(f"The snapshot {folder} is missing or not sealed; restore the evidence folder.")
    now = judge_folder(folder, round_.framework)
    stored = repository.own_findings(engine, [visit.id])
    return Rejudged(visit, now, tuple(_differences(stored, now)))


def _differences(
    before: Iterable[Finding], after: Iterable[Finding]
) -> Iterable[tuple[Finding | None, Finding | None]]:
    old = {(f.indicator, f.service): f for f in before}
    new = {(f.indicator, f.service): f for f in after}
    for key in dict.fromkeys((*old, *new)):
        if old.get(key) != new.get(key):
            yield old.get(key), new.get(key)


def visit_one_page(url: str, settings: Settings) -> tuple[Page | None, Cause | None]:
    """Read one address with all the care of a visit. Gives the page, or None and why it could not be read."""
    agency = Agency(id="page", name_fa=url, name_en=url, kind="other", portal_url=url)
    now = datetime.now(UTC).replace(microsecond=0)
    with TemporaryDirectory() as folder:
        order = VisitOrder(
            folder=Path(folder) / "visit",
            max_pages=1,
            visit=VisitRecord(
                visit_id="page", round="look", agency=agency, services=(), started_at=now, as_of=now, plan=VisitPlan()
            ),
        )
        ended = run_visits([order], settings, cited_pages=lambda _: (), on_event=lambda _: None)["page"]
        if isinstance(ended, Failed):
            return None, ended.cause
        snapshot = Snapshot(FolderSource(order.folder))
        record = snapshot.records[0] if snapshot.records else None
        if record is None or record.body_sha256 is None:
            return None, ended.cause or snapshot.search.home_cause
        page = Page(record, FolderSource(order.folder))
        _ = page.body  # read while the folder is there
        return page, None
