"""What happened to a round so far, and what it waits for."""

from dataclasses import asdict, dataclass

import typer
from sqlalchemy import Engine

from didban.cli.declarations import tally_data, tally_sentence
from didban.cli.matters import counted, print_matters
from didban.cli.participation import counts_sentence
from scoring.participation import ParticipationCounts, participation_counts
from store import repository
from store.repository import Amendment, Round, RoundMove, RoundStanding, StoredEdition


@dataclass(frozen=True, slots=True)
class RoundStory:
    """A round's moves, amendments, editions, its standing now, and who took part."""

    moves: list[RoundMove]
    amendments: list[Amendment]
    editions: list[StoredEdition]
    standing: RoundStanding
    advisory: int
    participation: ParticipationCounts


def load_story(engine: Engine, round_: Round) -> RoundStory:
    """Read the story of a round."""
    standing = repository.round_standing(engine, round_)
    counted_ids = {visit.id for visit in standing.visits.values()}
    return RoundStory(
        moves=repository.round_moves(engine, round_.name),
        amendments=repository.amendments(engine, round_.name),
        editions=repository.editions(engine, round_.name),
        standing=standing,
        advisory=sum(visit.id not in counted_ids for visit in repository.judged_visits(engine, round_.name)),
        participation=participation_counts(repository.participation_rows(engine, round_.name)),
    )


def story_data(story: RoundStory) -> dict[str, object]:
    """The story for programs."""
    return {
        "visits": [
            {
                "agency": visit.agency,
                "id": visit.id,
                "as_of": visit.as_of.isoformat(),
                "pages": visit.page_count,
                "rendered": visit.rendered_count,
                "cause": visit.cause,
            }
            for visit in story.standing.visits.values()
        ],
        "advisory_visits": story.advisory,
        "moves": [asdict(move) for move in story.moves],
        "amendments": [asdict(amendment) for amendment in story.amendments],
        "editions": [
            {
                "number": kept.edition.number,
                "frozen_at": kept.at.isoformat(),
                "published_at": kept.published_at.isoformat() if kept.published_at else None,
                "who": kept.who,
                "note": kept.note,
                "sha256": kept.sha256,
            }
            for kept in story.editions
        ],
        "open_matters": [asdict(matter) for matter in story.standing.matters],
        "declarations": tally_data(story.standing.declarations),
        "participation": asdict(story.participation),
    }


def print_story(story: RoundStory) -> None:
    """The story for people."""
    for move in story.moves:
        typer.echo(f"{move.at:%Y-%m-%d %H:%M}   {move.from_state} -> {move.to_state} by {move.who}. {move.note or ''}")
    for amendment in story.amendments:
        changes = "; ".join(amendment.changes)
        typer.echo(
            f"{amendment.at:%Y-%m-%d %H:%M}   amendment {amendment.number} by {amendment.who}: "
            f"{changes} ({amendment.note})"
        )
    for kept in story.editions:
        published = f"published {kept.published_at:%Y-%m-%d %H:%M}" if kept.published_at else "not published"
        typer.echo(f"edition {kept.edition.number:<10} frozen {kept.at:%Y-%m-%d %H:%M} by {kept.who}, {published}")
    for visit in story.standing.visits.values():
        typer.echo(
            f"  {visit.agency:24} {visit.page_count:5} pages  {visit.rendered_count:4} rendered  {visit.cause or ''}"
        )
    if story.advisory:
        typer.echo(f"{story.advisory} more visits are advisory: outside the window, or followed by a later one.")
    typer.echo(tally_sentence(story.standing.declarations))
    typer.echo(counts_sentence(story.participation))
    kinds = ", ".join(f"{count} {kind}" for kind, count in counted(story.standing.matters).items())
    typer.echo(f"Waiting for a decision: {kinds or 'nothing'}.")
    if story.standing.matters:
        print_matters(story.standing.matters, as_json=False)
