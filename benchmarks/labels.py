"""How well labels are recognised on saved pages: `python -m benchmarks.labels PAGES LABELS [--json] [--misses]`.

PAGES is a folder or a zip of saved pages; a path ending in a slash stands for its index.html. LABELS is a table with
the columns path, labels and hard_negative_for (labels separated by semicolons; lang and note may stand too). A label is
found, and a hard negative fires, at strength >= the strength from which checks are offered a page. `other` is no label.
"""

import argparse
import csv
import json
import statistics
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from config.vocabulary import Label
from snapshot.perception.page import perceive
from snapshot.reader import SELECTED


def reader_of(pages: Path) -> Callable[[str], bytes]:
    """A function from page path to bytes, over a folder or a zip. It raises KeyError or FileNotFoundError."""
    if pages.is_dir():
        return lambda name: (pages / name).read_bytes()
    return zipfile.ZipFile(pages).read


def file_name(path: str) -> str:
    """The file that a page path stands for."""
    name = path.lstrip("/")
    return name + "index.html" if not name or name.endswith("/") else name


def measure(pages: Path, labels: Path, base: str) -> dict[str, object]:
    """Figures over all labelled pages: shares found and fired, per label and in all, and what went wrong."""
    read = reader_of(pages)
    found, wanted, fired, negatives = (Counter[str]() for _ in range(4))
    misses: list[dict[str, object]] = []
    seconds: list[float] = []
    with labels.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            body = read(file_name(row["path"]))
            started = time.perf_counter()
            perception = perceive(body, base + row["path"], content_type="text/html; charset=utf-8")
            seconds.append(time.perf_counter() - started)
            for column, total, hits, wrong in (
                ("labels", wanted, found, False),
                ("hard_negative_for", negatives, fired, True),
            ):
                for name in filter(None, (row[column] or "").split(";")):
                    if name == Label.OTHER:
                        continue
                    strength = perception.strength(Label(name))
                    total[name] += 1
                    hits[name] += strength >= SELECTED
                    if (strength >= SELECTED) == wrong:
                        misses.append({"path": row["path"], "label": name, "strength": strength, "fired": wrong})
    return {
        "labels_found": _share(found, wanted),
        "hard_negatives_fired": _share(fired, negatives),
        "labels": {name: f"{found[name]}/{wanted[name]}" for name in sorted(wanted)},
        "negatives": {name: f"{fired[name]}/{negatives[name]}" for name in sorted(negatives)},
        "seconds_per_page_median": round(statistics.median(seconds), 4) if seconds else None,
        "misses": misses,
    }


def _share(hits: Counter[str], total: Counter[str]) -> float | None:
    return round(hits.total() / total.total(), 3) if total else None


def main() -> int:
    """Read the arguments, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--base", default="http://portal.example", help="address the page paths are put under")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--misses", action="store_true", help="name each label missed and each negative fired")
    arguments = parser.parse_args()
    figures = measure(arguments.pages, arguments.labels, arguments.base)
    misses = figures.pop("misses")
    if arguments.json:
        print(json.dumps({**figures, "misses": misses}, ensure_ascii=False, indent=1))
        return 0
    for key, value in figures.items():
        print(f"{key}: {value}")
    if arguments.misses and isinstance(misses, list):
        for miss in misses:
            kind = "fired " if miss["fired"] else "missed"
            print(f"{kind} {miss['label']:22} {miss['strength']:.2f} {miss['path']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
