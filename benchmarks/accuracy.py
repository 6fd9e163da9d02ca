"""How well findings agree with a labelled truth: `python -m benchmarks.accuracy`.

Without arguments the demo world is visited anew in a temporary workspace. With `--findings FILE --truth FILE` any
findings export (jsonl) is compared with any truth table (columns agency, service, indicator, level, max_level, note;
level is a number, `na` or `unknown`). Presence means level >= 0.5. Unknown findings count neither as present nor as
absent: they stand in a column of their own.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

PRESENT = 0.5
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Truth:
    """What a careful human says of one cell."""

    key: Key
    level: str
    max_level: float | None
    note: str


@dataclass
class Tally:
    """Counts of one indicator, and the cells in which finding and truth differ."""

    cells: int = 0
    exact: int = 0
    unknown: int = 0
    true_present: int = 0
    false_present: int = 0
    missed_present: int = 0
    above_maximum: int = 0
    differences: list[str] = field(default_factory=list)

    def as_row(self) -> dict[str, float | int | None]:
        """The figures: shares are 0 to 1, None where there is nothing to divide by."""
        judged_present = self.true_present + self.false_present
        really_present = self.true_present + self.missed_present
        return {
            "cells": self.cells,
            "exact_share": self.exact / self.cells if self.cells else None,
            "precision": self.true_present / judged_present if judged_present else None,
            "recall": self.true_present / really_present if really_present else None,
            "unknown": self.unknown,
            "above_max_level": self.above_maximum,
        }


def read_truth(path: Path) -> list[Truth]:
    """Read a truth table. Raises KeyError where a column is missing."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            Truth(
                key=(row["agency"], row["service"] or "", row["indicator"]),
                level=row["level"].strip(),
                max_level=float(row["max_level"]) if row["max_level"].strip() else None,
                note=row["note"],
            )
            for row in csv.DictReader(file)
        ]


def read_findings(lines: Iterable[str]) -> dict[Key, dict[str, object]]:
    """Findings by cell, from `didban findings --format jsonl`."""
    found = (json.loads(line) for line in lines if line.strip())
    return {(f["agency"], f["service"] or "", f["indicator"]): f for f in found}


def compare(truths: Iterable[Truth], findings: Mapping[Key, Mapping[str, object]]) -> dict[str, Tally]:
    """Tallies by indicator, of the indicators that some finding has a check for."""
    checked = {key[2] for key, finding in findings.items() if finding["check"]}
    tallies: dict[str, Tally] = defaultdict(Tally)
    for truth in truths:
        if truth.key[2] not in checked:
            continue
        finding = findings.get(truth.key, {"outcome": "absent", "level": None, "text_en": "no finding"})
        _count(tallies[truth.key[2]], truth, finding)
    return dict(sorted(tallies.items()))


def _count(tally: Tally, truth: Truth, finding: Mapping[str, object]) -> None:
    outcome, level = finding["outcome"], finding["level"]
    said = str(outcome) if outcome != "level" else f"{level:g}"
    wanted = truth.level if truth.level in ("na", "unknown") else f"{float(truth.level):g}"
    tally.cells += 1
    tally.exact += said == wanted
    tally.unknown += outcome == "unknown" and wanted != "unknown"
    present = isinstance(level, float | int) and level >= PRESENT
    really = wanted not in ("na", "unknown") and float(wanted) >= PRESENT
    tally.true_present += present and really
    tally.false_present += present and not really
    tally.missed_present += really and not present
    over = truth.max_level is not None and isinstance(level, float | int) and level > truth.max_level
    tally.above_maximum += over
    if said != wanted or over:
        mark = " ABOVE MAX" if over else ""
        tally.differences.append(
            f"{'/'.join(part for part in truth.key if part)}: said {said}, truth {wanted}{mark}\n"
            f"      said because: {finding['text_en']}\n      truth because: {truth.note}"
        )


def _visit_demo(edition: int, home: Path) -> tuple[list[Truth], dict[Key, dict[str, object]]]:
    didban = [sys.executable, "-m", "didban"]
    subprocess.run([*didban, "demo", "--once", "--edition", str(edition), "--home", str(home)], check=True)
    command = [*didban, "findings", "--round", f"demo-{edition}", "--format", "jsonl", "--home", str(home)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    truth = Path(__file__).parent.parent / "demo" / f"truth-{edition}.csv"
    return read_truth(truth), read_findings(printed.splitlines())


def main() -> None:
    """Print the table; with --json the figures, with --differences every cell that differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--findings", type=Path, help="findings export (jsonl)")
    parser.add_argument("--truth", type=Path, help="truth table (csv)")
    parser.add_argument("--edition", type=int, default=1, choices=(1, 2), help="edition of the demo world")
    parser.add_argument("--home", type=Path, help="keep the demo's workspace here")
    parser.add_argument("--differences", action="store_true")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if bool(given.findings) != bool(given.truth):
        parser.error("--findings and --truth go together")
    if given.findings:
        truths = read_truth(given.truth)
        findings = read_findings(given.findings.read_text(encoding="utf-8").splitlines())
    elif given.home:
        truths, findings = _visit_demo(given.edition, given.home)
    else:
        with tempfile.TemporaryDirectory() as folder:
            truths, findings = _visit_demo(given.edition, Path(folder))
    _print(compare(truths, findings), as_json=given.json, differences=given.differences)


def _print(tallies: Mapping[str, Tally], *, as_json: bool, differences: bool) -> None:
    whole = Tally()
    for tally in tallies.values():
        for name in ("cells", "exact", "unknown", "true_present", "false_present", "missed_present", "above_maximum"):
            setattr(whole, name, getattr(whole, name) + getattr(tally, name))
    rows = {**{name: tally.as_row() for name, tally in tallies.items()}, "all": whole.as_row()}
    if as_json:
        print(json.dumps(rows))
        return
    print(f"{'':6}{'cells':>6}{'exact':>8}{'precision':>11}{'recall':>8}{'unknown':>9}{'above max':>11}")
    for name, row in rows.items():
        shares = [f"{row[k]:.3f}" if row[k] is not None else "-" for k in ("exact_share", "precision", "recall")]
        print(
            f"{name:6}{row['cells']:>6}{shares[0]:>8}{shares[1]:>11}{shares[2]:>8}{row['unknown']:>9}"
            f"{row['above_max_level']:>11}"
        )
    if differences:
        for name, tally in tallies.items():
            for line in tally.differences:
                print(f"{name}  {line}")


if __name__ == "__main__":
    main()
