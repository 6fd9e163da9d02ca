"""All families, and the portals that they give: `portals("held", "T02")`."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from tests.portals import words
from tests.portals.draw import Draw
from tests.portals.site import KitPortal, Site, Truth

# Portals for each indicator and kind (present, hard negative), over both splits.
WANTED = {"T02": 150, "T05": 150, "T01": 40, "T03": 40, "T04": 40}
_WANTED_ELSE = 20
_BODIES = {split: words.bodies(split) for split in ("rule", "held")}
_SERVICE_SCOPE = {"U02", "T01", "T02", "I01", "I04", "I08", "P02"}

Make: TypeAlias = Callable[[Draw], tuple[Site, Truth]]


@dataclass(frozen=True)
class Family:
    """One way to build a portal: a structure of its own, in which wording, details and level vary."""

    indicator: str
    kind: str
    language: str
    name: str
    split: str
    make: Make


FAMILIES: list[Family] = []


def family(indicator: str, kind: str, language: str = "fa") -> Callable[[Make], Make]:
    """Register a family. `kind`: `present` (mostly level 0.5 and more) or `hard` (a hard negative)."""

    def register(make: Make) -> Make:
        split = make.__module__.split(".")[-2]
        FAMILIES.append(Family(indicator, kind, language, make.__name__, split, make))
        return make

    return register


def families(split: str, indicator: str | None = None) -> list[Family]:
    """The families of a split, in the order of indicator, kind and name."""
    package = importlib.import_module(f"tests.portals.{split}")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    chosen = [one for one in FAMILIES if one.split == split and indicator in (None, one.indicator)]
    return sorted(chosen, key=lambda one: (one.indicator, one.kind, one.name))


def portals(split: str, indicator: str | None = None, *, share: int = 1) -> Iterator[KitPortal]:
    """The portals of a split: half of what is wanted of each kind, spread over its families.

    `share` n takes every n-th portal of each family only, the first always.
    """
    found = families(split, indicator)
    for one in found:
        fellows = [other for other in found if (other.indicator, other.kind) == (one.indicator, one.kind)]
        half = -(-WANTED.get(one.indicator, _WANTED_ELSE) // 2)
        for number in range(0, -(-half // len(fellows)), share):
            yield portal(one, number)


def portal(one: Family, number: int) -> KitPortal:
    """One portal of a family."""
    name = f"{one.indicator}/{one.split}/{one.name}/{number}"
    draw = Draw(name, _BODIES[one.split], one.language)
    site, truth = one.make(draw)
    if one.kind == "hard" and truth.max_level is None and isinstance(truth.level, float | int):
        truth = Truth(truth.level, truth.why, float(truth.level))
    service = "s1" if one.indicator in _SERVICE_SCOPE else None
    return KitPortal(name, one.indicator, one.name, one.split, one.language, truth, service, site)
