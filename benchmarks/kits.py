"""Accuracy on the labelled construction kits: `python -m benchmarks.kits [--split held|rule] [--indicator T02 ...]`.

Each portal of `tests/portals` becomes a snapshot in memory and is judged by the shipped framework. Printed per
indicator, and with --languages per language: precision and recall of presence with 95 % intervals, share of exact
levels, mean error, unknowns, kappa, calibration. Held-back and rule kits stand apart. --floors also fails where a
committed floor (tests/portals/floors.toml) is broken. --differences lists what differs: of the rule kits only.
"""

import argparse
import json
import math
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.agreement import Figures, Judged, figures
from checks.runner import judge
from config.loading import load_framework
from config.models import Framework
from config.vocabulary import Outcome
from tests.case_files import FRAMEWORK
from tests.portals import catalogue
from tests.portals.site import KitPortal

FLOORS = Path(__file__).parent.parent / "tests" / "portals" / "floors.toml"
_SPLITS = ("held", "rule")


def judged(portal: KitPortal, framework: Framework) -> Judged:
    """What the framework's check says of the portal."""
    indicators = tuple(one for one in framework.indicators if one.id == portal.indicator)
    findings = judge(portal.snapshot(), framework.model_copy(update={"indicators": indicators}), round="kits")
    (finding,) = (one for one in findings if one.service == portal.service)
    truth = portal.truth.level
    level = None if isinstance(truth, Outcome) else float(truth)
    return Judged(
        id=portal.id,
        indicator=portal.indicator,
        language=portal.language,
        wanted=str(truth) if isinstance(truth, Outcome) else f"{truth:g}",
        said=str(finding.outcome) if finding.level is None else f"{finding.level:g}",
        wanted_level=level,
        said_level=finding.level,
        max_level=portal.truth.max_level,
        confidence=finding.confidence,
        why=portal.truth.why,
        because=f"{finding.reason.key}: {finding.text_en}",
    )


def measure(split: str, indicators: Sequence[str] = (), *, share: int = 1, jobs: int = 1) -> list[Judged]:
    """Judge the portals of a split, of the indicators that have a check (or of those named)."""
    checked = {one.id for one in load_framework(FRAMEWORK).indicators if one.check}
    chosen = [one.id for one in load_framework(FRAMEWORK).indicators if one.id in checked & set(indicators or checked)]
    if jobs == 1:
        return [one for indicator in chosen for one in _of_indicator((split, indicator, share))]
    with ProcessPoolExecutor(jobs) as pool:
        return [one for part in pool.map(_of_indicator, [(split, name, share) for name in chosen]) for one in part]


def grouped(results: Iterable[Judged], *, languages: bool = False) -> dict[str, Figures]:
    """Figures by indicator (and language where there are several), then over all."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in results:
        groups[one.indicator].append(one)
        if languages:
            groups[f"{one.indicator} {one.language}"].append(one)
            groups[f"~all {one.language}"].append(one)
        groups["~all"].append(one)
    return {name.lstrip("~"): figures(groups[name]) for name in sorted(groups)}


def lower_bounds(measured: Mapping[str, Figures]) -> dict[str, dict[str, float]]:
    """What floors are held against: the lower ends of the 95 % intervals."""
    shares = {
        name: {"precision": one.precision, "recall": one.recall, "exact": one.exact, "within": one.within}
        for name, one in measured.items()
    }
    return {
        name: {key: math.floor(share.interval()[0] * 1000) / 1000 for key, share in of.items() if share.total}
        for name, of in shares.items()
    }


def broken(measured: Mapping[str, Figures], floors: Mapping[str, Mapping[str, float]]) -> list[str]:
    """The floors that are not reached, one sentence each; an indicator without a floor has none to break."""
    found = lower_bounds(measured)
    return [
        f"{name}: the lower bound of {key} is {found.get(name, {}).get(key, 0.0):.3f}, the floor is {floor:.3f}"
        for name, wanted in floors.items()
        for key, floor in wanted.items()
        if found.get(name, {}).get(key, 0.0) < floor
    ]


def floors(part: str, split: str) -> dict[str, dict[str, float]]:
    """The committed floors of a `part` (full or sample)."""
    table: dict[str, dict[str, float]] = tomllib.loads(FLOORS.read_text(encoding="utf-8"))[part][split]
    return table


def _of_indicator(order: tuple[str, str, int]) -> list[Judged]:
    split, indicator, share = order
    framework = load_framework(FRAMEWORK)
    return [judged(one, framework) for one in catalogue.portals(split, indicator, share=share)]


def main() -> int:
    """Print the tables; 1 where a floor is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=_SPLITS, help="one split only")
    parser.add_argument("--indicator", nargs="*", default=[], help="these indicators only")
    parser.add_argument("--languages", action="store_true")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--floors", action="store_true", help="fail where a floor is broken")
    parser.add_argument("--differences", action="store_true", help="list what differs (rule kits only)")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    failures: list[str] = []
    for split in (given.split,) if given.split else _SPLITS:
        results = measure(split, given.indicator, jobs=given.jobs)
        measured = grouped(results, languages=given.languages)
        if given.json:
            print(json.dumps({"split": split, "lower_bounds": lower_bounds(measured)}))
        else:
            _print(split, measured)
        if given.differences and split == "rule":
            _list(results)
        if given.floors:
            failures += [f"{split} {line}" for line in broken(measured, floors("full", split))]
    print("\n".join(failures), file=sys.stderr)
    return 1 if failures else 0


def _print(split: str, measured: Mapping[str, Figures]) -> None:
    shares = "".join(f"{name:22}" for name in ("precision", "recall", "exact"))
    print(f"\n{split} kits\n{'':7}{'n':>5}  {shares}{'error':>6}{'unkn.':>7}{'kappa':>7}{'ECE':>7}{'above':>6}")
    for name, one in measured.items():
        values = (one.mean_error, one.unknown.value, one.kappa, one.calibration_error)
        numbers = "".join(f"{'-' if value is None else f'{value:.3f}':>7}" for value in values)
        shares = "".join(f"{share!s:22}" for share in (one.precision, one.recall, one.exact))
        print(f"{name:7}{one.portals:>5}  {shares}{numbers}{len(one.above):>6}")
    whole = measured["all"]
    print("\nconfidence    n   mean  right")
    for part in whole.bins:
        print(f"{part.low:.1f}-{part.high:.1f}   {part.count:>5}  {part.confidence:.3f}  {part.right:.3f}")
    print(f"\nabove the maximum: {len(whole.above)}")
    for found in whole.above:
        print(f"  {found.id}: said {found.said}, at most {found.max_level:g}")


def _list(results: Iterable[Judged]) -> None:
    for one in results:
        if not one.exact or one.above:
            print(f"{one.id}: said {one.said}, truth {one.wanted}\n    said: {one.because}\n    truth: {one.why}")


if __name__ == "__main__":
    sys.exit(main())
