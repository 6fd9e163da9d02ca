"""didban rank --intervals: how far a ranking holds."""

from rich.console import Console
from rich.table import Table

from didban.cli.options import print_json
from didban.cli.round_data import Scored

SHOWN_ALTERNATIVES = 5


def print_robustness(of_round: Scored, draws: int, seed: int, *, as_json: bool) -> None:
    """Rank intervals, tied groups, single choices made otherwise and sensitivity shares. Raises ScoringError."""
    import numpy as np  # costs start-up time that no other command needs

    from scoring.robustness import INTERVAL_PERCENT, simulate
    from scoring.sensitivity import rank_sensitivity

    of_round.require_no_bonus("'didban rank --intervals'")
    framework, scores, findings = of_round.round.framework, of_round.scores, of_round.findings
    rng = np.random.default_rng(seed)
    made = simulate(framework, scores, findings, rng, draws=draws)
    shares = rank_sensitivity(framework, scores, findings, rng)
    if as_json:
        print_json(
            {
                "round": of_round.round.name,
                "draws": made.draws,
                "seed": seed,
                "intervals": [
                    {key: getattr(entry, key) for key in ("agency", "rank", "best", "low", "median", "high", "worst")}
                    for entry in made.intervals
                ],
                "tied_groups": [list(group) for group in made.tied],
                "alternatives": [
                    {
                        "choice": entry.choice,
                        "mean_shift": entry.mean_shift,
                        "most_shift": entry.most_shift,
                        "agency": entry.agency,
                    }
                    for entry in made.alternatives
                ],
                "sensitivity": {
                    key: {"first_order": entry.first_order, "total": entry.total} for key, entry in shares.items()
                },
            }
        )
        return
    console = Console()
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in ("rank", f"{INTERVAL_PERCENT} % of draws", "median", "extremes", "agency"):
        table.add_column(column, justify="left" if column == "agency" else "right")
    for entry in made.intervals:
        table.add_row(
            str(entry.rank),
            f"{entry.low} - {entry.high}",
            str(entry.median),
            f"{entry.best} - {entry.worst}",
            of_round.name_of(entry.agency),
        )
    console.print(table)
    console.print(f"{made.draws} draws, seed {seed}. Ranks in competition style.", highlight=False)
    groups = [", ".join(group) for group in made.tied if len(group) > 1]
    console.print(f"Not clearly apart: {'; '.join(groups) or 'none'}.", highlight=False, soft_wrap=True)
    for choice in made.alternatives[:SHOWN_ALTERNATIVES]:
        console.print(
            f"{choice.choice}: ranks move {choice.mean_shift:.2f} places on average, at most {choice.most_shift} "
            f"({choice.agency})",
            highlight=False,
            soft_wrap=True,
        )
    for factor, share in shares.items():
        console.print(
            f"{factor:12} by itself {share.first_order:6.1%}, with others {share.total:6.1%}", highlight=False
        )
