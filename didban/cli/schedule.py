"""didban schedule: what is ordered by the clock."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from pydantic import ValidationError

from didban.cli.options import AsJson, By, Home, person, print_json, workspace
from didban.cli.store import find_round, opened
from didban.errors import BadInputError
from jobs.hours import read_zone
from jobs.port import JobKind
from jobs.schedules import Schedule
from store.schedules import StoredSchedule, remove_schedule, schedules, set_schedule

SHOWN_MOMENTS = 10

app = typer.Typer(help="What workers order by the clock: set, list, remove.", no_args_is_help=True)


@app.command("set")
def set_(
    round_name: Annotated[str, typer.Argument(metavar="ROUND", help="Name of the round.")],
    cron: Annotated[str, typer.Option(help="minute hour day month weekday, such as '30 20 * * sat'.")],
    kind: Annotated[JobKind, typer.Option(help="What is ordered for every agency (report: once).")] = "visit",
    tz: Annotated[str, typer.Option(help="Time zone of cron and hours.")] = "Asia/Tehran",
    hours: Annotated[str, typer.Option(help="Jobs begin only in these hours: '20:00-06:00'.")] = "",
    name: Annotated[str | None, typer.Option(help="Default: ROUND-KIND.", show_default=False)] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only print the next ten times; change nothing.")] = False,
    by: By = None,
    home: Home = None,
    json: AsJson = False,
) -> None:
    """Order a kind of job again and again. Each kind of a round has a schedule, and so a frequency, of its own.

    What was missed while no worker ran is told and caught up once.

    Example: didban schedule set 1405-1 --cron "0 20 * * sat" --tz Asia/Tehran --hours 20:00-06:00 --dry-run
    """
    space = workspace(home)
    space.require()
    with opened(space) as engine:
        round_ = find_round(engine, round_name)
        try:
            schedule = Schedule(
                name=name or f"{round_.name}-{kind}",
                round=round_.name,
                kind=kind,
                cron=cron,
                zone=tz,
                hours=f"{hours} {tz}" if hours and " " not in hours.strip() else hours,
                by=person(by),
            )
        except ValidationError as error:
            said = "; ".join(problem["msg"].removeprefix("Value error, ") for problem in error.errors())
            raise BadInputError(f"This schedule cannot be set: {said}.") from error
        moments = schedule.next_moments(datetime.now(UTC), SHOWN_MOMENTS)
        if not dry_run:
            set_schedule(engine, schedule.name, round_.name, schedule.model_dump_json())
    if json:
        print_json({"schedule": schedule.model_dump(), "next": [m.isoformat() for m in moments], "set": not dry_run})
        return
    typer.echo(f"{schedule.name}: {'not set (dry run)' if dry_run else 'set'}. Next times in {tz}:")
    for moment in moments:
        typer.echo(f"  {moment.astimezone(read_zone(tz)):%Y-%m-%d %H:%M %a}")


@app.command("list")
def list_(home: Home = None, json: AsJson = False) -> None:
    """Show all schedules with their next time and how many moments were missed.

    Example: didban schedule list
    """
    space = workspace(home)
    space.require()
    with opened(space) as engine:
        stored = schedules(engine)
    shown = [(entry, Schedule.model_validate_json(entry.document)) for entry in stored]
    now = datetime.now(UTC)
    if json:
        print_json([_data(entry, schedule, now) for entry, schedule in shown])
        return
    for entry, schedule in shown:
        begins = schedule.next_moments(now, 1)
        next_time = f"{begins[0].astimezone(read_zone(schedule.zone)):%Y-%m-%d %H:%M}" if begins else "never again"
        hours = f", in the hours {schedule.hours}" if schedule.hours else ""
        missed = f"; {entry.missed_count} missed" if entry.missed_count else ""
        typer.echo(
            f"{entry.name}: {schedule.kind} of {schedule.round} at '{schedule.cron}' {schedule.zone}{hours}; "
            f"next {next_time}{missed}"
        )


def _data(entry: StoredSchedule, schedule: Schedule, now: datetime) -> dict[str, object]:
    return {
        **schedule.model_dump(),
        "answered_at": entry.answered_at,
        "missed_count": entry.missed_count,
        "next": [moment.isoformat() for moment in schedule.next_moments(now, SHOWN_MOMENTS)],
    }


@app.command()
def remove(name: Annotated[str, typer.Argument(help="Name of the schedule.")], home: Home = None) -> None:
    """Remove a schedule; jobs that it ordered stay.

    Example: didban schedule remove 1405-1-visit
    """
    space = workspace(home)
    space.require()
    with opened(space) as engine:
        if not remove_schedule(engine, name):
            known = ", ".join(entry.name for entry in schedules(engine)) or "none"
            raise BadInputError(f"There is no schedule '{name}'. There are: {known}.")
    typer.echo(f"{name} is removed.")
