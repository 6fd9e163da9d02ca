"""How fast a full round is scored: `python -m benchmarks.scoring [--json]`.

A round of 170 agencies, 7,000 service units and 30 indicators (10 of them by service), a tenth of it unknown.
Times depend on the machine; the ratio of each to its target, and the time per finding, do so less.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np

from checks.findings import Finding, Reason
from config.loading import load_framework
from config.models import Framework, Priority
from config.vocabulary import Cause, Outcome
from scoring.ranking import ranking
from scoring.robustness import simulate
from scoring.score import reweighted, score_round
from scoring.sensitivity import rank_sensitivity

AGENCIES, UNITS, DRAWS = 170, 7_000, 10_000
TARGETS = {"full scoring": 1.0, "other weights": 0.3, "robustness": 2.0}
"""Seconds, as the requirements name them."""


def findings_of(framework: Framework, rng: np.random.Generator) -> list[Finding]:
    """The findings of a made-up round."""
    made = []
    units = np.array_split(np.arange(UNITS), AGENCIES)
    for number, services in enumerate(units):
        skill = rng.random()
        for indicator in framework.indicators:
            targets = [f"s{unit}" for unit in services] if indicator.scope == "service" else [None]
            grid = indicator.levels or (0.0, 0.5, 1.0)
            for target in targets:
                level = grid[int(rng.binomial(len(grid) - 1, skill))]
                unknown = rng.random() < 0.1
                made.append(
                    Finding(
                        round="r",
                        agency=f"a{number:03}",
                        service=target,
                        indicator=indicator.id,
                        outcome=Outcome.UNKNOWN if unknown else Outcome.LEVEL,
                        level=None if unknown else level,
                        cause=Cause.TIMEOUT if unknown else None,
                        confidence=0.5 + rng.random() / 2,
                        reason=Reason(key="k"),
                        text_fa="",
                        text_en="",
                    )
                )
    return made


def seconds_of(work: Callable[[], object], times: int = 3) -> float:
    """The best of a few runs, in seconds."""
    best = float("inf")
    for _ in range(times):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best


def measure() -> dict[str, float]:
    """Seconds of each piece of work, and of one finding in the full scoring."""
    framework = load_framework(Path("config/frameworks/iran-proposal.toml"))
    framework = framework.model_copy(update={"minimum_coverage": Fraction(0)})
    other = framework.model_copy(
        update={"priorities": tuple(Priority(id=p.id, name=p.name, weight=Fraction(1)) for p in framework.priorities)}
    )
    findings = findings_of(framework, np.random.default_rng(1))
    scores = score_round(framework, findings)
    times = {
        "full scoring": seconds_of(lambda: ranking(framework, score_round(framework, findings))),
        "other weights": seconds_of(lambda: ranking(other, reweighted(other, scores))),
        "robustness": seconds_of(lambda: simulate(framework, scores, findings, np.random.default_rng(7), draws=DRAWS)),
        "sensitivity": seconds_of(lambda: rank_sensitivity(framework, scores, findings, np.random.default_rng(7)), 1),
    }
    return {**times, "findings": len(findings), "microseconds per finding": times["full scoring"] / len(findings) * 1e6}


def main() -> None:
    """Print the figures; exit code 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    as_json = parser.parse_args().json
    figures = measure()
    if as_json:
        print(json.dumps(figures, indent=2))
    else:
        for name, value in figures.items():
            target = TARGETS.get(name)
            print(f"{name:26} {value:10.3f}" + (f"   {value / target:5.2f} of its target {target} s" if target else ""))
    if any(figures[name] > target for name, target in TARGETS.items()):
        sys.exit(1)


if __name__ == "__main__":
    main()
