"""didban jobs: order work for the workers, see how it stands, cancel it."""

from collections.abc import Sequence
from typing import Annotated, get_args

import typer

from didban.cli.options import AsJson, By, Home, RoundName, person, print_json, workspace
from didban.cli.store import find_round, opened
from didban.errors import BadInputError
from didban.pipeline import choose_agencies
from didban.scheduling import check_hours, jobs_of
from jobs.engine import open_jobs
from jobs.port import JobKind, JobState, JobStatus, UnknownJobError

app = typer.Typer(help="Work that is queued for workers: add, list, cancel.", no_args_is_help=True)


@app.command()
def add(
    kind: Annotated[JobKind, typer.Argument(help="visit, recheck, judge or report.")],
    round_name: RoundName = None,
    agency: Annotated[list[str] | None, typer.Option(help="Only this agency (may be given again).")] = None,
    hours: Annotated[str, typer.Option(help="Hours in which it may begin: '20:00-06:00 Asia/Tehran'.")] = "",
    by: By = None,
    home: Home = None,
    json: AsJson = False,
) -> None:
    """Order jobs of a round: visits of all its agencies, or of some.

    Example: didban jobs add visit --round 1405-1 --hours "20:00-06:00 Asia/Tehran"
    """
    space = workspace(home)
    space.require()
    check_hours(hours)
    with opened(space) as engine, open_jobs(space.jobs_url) as queue:
        round_ = find_round(engine, round_name)
        chosen = choose_agencies(round_.register, agency or ())
        ordered = [queue.enqueue(job) for job in jobs_of(kind, round_, chosen, by=person(by), hours=hours)]
    _print(ordered, as_json=json)


@app.command("list")
def list_jobs(
    round_name: RoundName = None,
    agency: Annotated[str | None, typer.Option(help="Only this agency.", show_default=False)] = None,
    state: Annotated[JobState | None, typer.Option(help="Only this state.", show_default=False)] = None,
    home: Home = None,
    json: AsJson = False,
) -> None:
    """Show the newest jobs.

    Example: didban jobs list --state running
    """
    space = workspace(home)
    space.require()
    with open_jobs(space.jobs_url) as queue:
        found = queue.list(round_name=round_name, agency=agency, states=[state] if state else get_args(JobState))
    _print(found, as_json=json)


@app.command()
def cancel(
    job_id: Annotated[str, typer.Argument(help="Identifier, as 'didban jobs list' shows it.")],
    home: Home = None,
    json: AsJson = False,
) -> None:
    """Cancel a job; a visit under way stops within seconds and can be gone on with later.

    Example: didban jobs cancel visit:1405-1:ncc:1
    """
    space = workspace(home)
    space.require()
    with open_jobs(space.jobs_url) as queue:
        try:
            status = queue.cancel(job_id)
        except UnknownJobError as error:
            raise BadInputError(str(error)) from error
    _print([status], as_json=json)


def _print(statuses: Sequence[JobStatus], *, as_json: bool) -> None:
    if as_json:
        print_json([status.model_dump(mode="json") for status in statuses])
        return
    for status in statuses:
        at = status.ended_at or status.started_at or status.not_before or status.ordered_at
        outcome = status.outcome
        said = " ".join(part for part in (outcome.cause or "", outcome.detail) if part) if outcome else ""
        typer.echo(f"{status.state:9}  {at:%Y-%m-%d %H:%M:%S}Z  {status.id}  {said}".rstrip())
