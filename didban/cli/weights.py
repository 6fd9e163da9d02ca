"""didban weights: which weights agree with published scores."""

import re
from fractions import Fraction
from typing import Annotated

import typer

from config.published_models import PRIORITY_IDS, PublishedRound
from didban.cli.history import choose, load_series
from didban.cli.options import AsJson, print_json
from didban.cli.round_data import said_plainly
from didban.errors import BadInputError
from scoring.weight_fit import Fit, Published, Rounding, accepted, in_steps, published
from scoring.weight_fit import fit as fitted

app = typer.Typer(help="Weights: what published scores say about them.", no_args_is_help=True)
app.callback()(lambda: None)  # keeps the name of the only command needed


@app.command("fit")
def fit(
    round_name: Annotated[str, typer.Option("--round", help="Published round whose scores are used.")] = "iran-7",
    rounding: Annotated[Rounding, typer.Option(help="How the published scores were rounded.")] = "half_up",
    exact_inputs: Annotated[
        bool, typer.Option("--exact-inputs", help="Take priorities printed as whole numbers as exact.")
    ] = False,
    attempt: Annotated[
        list[str] | None,
        typer.Option("--try", help="Weights to test, e.g. 8/6/10/6 (may be given again).", show_default=False),
    ] = None,
    json: AsJson = False,
) -> None:
    """Find every set of priority weights that agrees with the published scores.

    Example: didban weights fit --try 8/6/10/6 --try 25/25/25/25
    """
    tried = {text: _weights(text) for text in attempt or []}
    chosen = choose(load_series(round_name), round_name)
    if len(chosen) != 1:
        raise BadInputError(f"'{round_name}' is a series; name one round of it, e.g. {chosen[-1].name}.")
    with said_plainly():
        known = _known(chosen[0], rounding, exact_inputs=exact_inputs)
        made = fitted(known)
        verdicts = {text: accepted(weights, known) for text, weights in tried.items()}
        steps = list(in_steps(known))
    if json:
        print_json(
            {
                "round": round_name,
                "published_by_others": True,
                "rounding": rounding,
                "exact_inputs": exact_inputs,
                "agencies": [entry.agency for entry in known],
                "solutions": made.solutions,
                "ranges": {
                    name: [float(low), float(high)]
                    for name, (low, high) in zip(PRIORITY_IDS, made.ranges, strict=False)
                },
                "in_steps_of_5_percent": [list(entry) for entry in steps],
                "tried": {text: {"agrees": all(v.values()), "agencies": dict(v)} for text, v in verdicts.items()},
            }
        )
        return
    _print(known, made, steps, rounding)
    for text, verdict in verdicts.items():
        against = [agency for agency, agrees in verdict.items() if not agrees]
        said = f"rejected: {', '.join(against)} cannot have the published score" if against else "agrees"
        typer.echo(f"{text}: {said}")


def _print(known: list[Published], made: Fit, steps: list[tuple[int, ...]], rounding: Rounding) -> None:
    typer.echo(f"Agencies with priorities and overall score: {', '.join(entry.agency for entry in known)}.")
    if made.solutions == "none":
        typer.echo(f"No weights agree with scores rounded by {rounding}.")
        return
    typer.echo(
        {"one": "One solution.", "many": "Many solutions: the weights cannot be known from these scores."}[
            made.solutions
        ]
    )
    for name, (low, high) in zip(PRIORITY_IDS, made.ranges, strict=True):
        typer.echo(f"  {name}  {float(low):.2%} to {float(high):.2%}")
    sets = "; ".join("/".join(map(str, entry)) for entry in steps)
    typer.echo(f"In steps of 5 %: {sets or 'none agrees'}.")


def _known(of_round: PublishedRound, rounding: Rounding, *, exact_inputs: bool) -> list[Published]:
    return [
        published(
            entry.agency,
            [entry.priorities[name] for name in PRIORITY_IDS],
            entry.overall,
            rounding,
            exact_inputs=exact_inputs,
        )
        for entry in of_round.results
        if entry.overall is not None and all(name in entry.priorities for name in PRIORITY_IDS)
    ]


def _weights(text: str) -> tuple[Fraction, ...]:
    parts = text.split("/")
    if len(parts) != len(PRIORITY_IDS) or not all(re.fullmatch(r"\d{1,6}(\.\d{1,6})?", part) for part in parts):
        raise BadInputError(f"'{text}' is no set of weights: give {len(PRIORITY_IDS)} numbers, e.g. 8/6/10/6.")
    if not any(Fraction(part) for part in parts):
        raise BadInputError(f"'{text}' is no set of weights: one of them must be above 0.")
    return tuple(Fraction(part) for part in parts)
