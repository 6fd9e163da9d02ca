"""Which checks there are: every decorated function below checks/, and those that other distributions bring along."""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType, ModuleType

import checks
from checks.base import CheckMeta, Result
from config.models import Framework
from config.problems import PluginError
from config.vocabulary import Label
from snapshot.models import VisitPlan

GROUP = "didban.checks"
"""Entry-point group through which another distribution offers checks; a value names a module or a check function."""

_FIX = "Mend or uninstall that package."


@dataclass(frozen=True, slots=True)
class RegisteredCheck:
    """A check with its metadata. `module` is where it stands, for the docs and for messages."""

    meta: CheckMeta
    function: Callable[..., Result]
    module: str


@cache
def load_checks() -> Mapping[str, RegisteredCheck]:
    """All checks by id, in the order of their ids. Raises PluginError."""
    return registered([*_own_checks(), *_foreign_checks(entry_points(group=GROUP))])


def registered(found: Iterable[RegisteredCheck]) -> Mapping[str, RegisteredCheck]:
    """Checks by id, in the order of their ids. Raises PluginError where two have the same id."""
    table: dict[str, RegisteredCheck] = {}
    for entry in found:
        other = table.setdefault(entry.meta.id, entry)
        if other.function is not entry.function:
            raise PluginError(
                f"The check id {entry.meta.id!r} stands twice: in {other.module} and in {entry.module}. "
                "Give the newer one an id of its own."
            )
    return MappingProxyType(dict(sorted(table.items())))


def visit_plan(framework: Framework) -> VisitPlan:
    """What the framework's checks ask of a visit: the union of their labels and probes."""
    known = load_checks()
    named = {indicator.check for indicator in framework.indicators if indicator.check}
    metas = [known[check_id].meta for check_id in sorted(named & set(known))]
    labels = {label for meta in metas for label in meta.labels}
    probes = {probe for meta in metas for probe in meta.probes}
    return VisitPlan(labels=tuple(label for label in Label if label in labels), probes=tuple(sorted(probes)))


def checks_in(module: ModuleType) -> list[RegisteredCheck]:
    """The checks that a module itself defines, not those it imported."""
    return [
        RegisteredCheck(value.check_meta, value, module.__name__)
        for value in vars(module).values()
        if isinstance(getattr(value, "check_meta", None), CheckMeta)
        and getattr(value, "__module__", "") == module.__name__
    ]


def _own_checks() -> list[RegisteredCheck]:
    names = sorted(entry.name for entry in pkgutil.walk_packages(checks.__path__, "checks."))
    return [found for name in names for found in checks_in(importlib.import_module(name))]


def _foreign_checks(points: Iterable[EntryPoint]) -> list[RegisteredCheck]:
    found: list[RegisteredCheck] = []
    for point in sorted(points, key=lambda entry: (entry.name, entry.value)):
        try:
            value = point.load()
        except Exception as error:  # whatever a foreign module does on import
            raise PluginError(f"{_named(point)} cannot be loaded: {type(error).__name__}: {error}. {_FIX}") from error
        brought = checks_in(value) if isinstance(value, ModuleType) else _as_check(value)
        if not brought:
            raise PluginError(f"{_named(point)} brings no check. {_FIX}")
        found.extend(brought)
    return found


def _named(point: EntryPoint) -> str:
    package = f" of the package {point.dist.name}" if point.dist is not None else ""
    return f"The check {point.name} = {point.value}{package}"


def _as_check(value: object) -> list[RegisteredCheck]:
    meta = getattr(value, "check_meta", None)
    if not isinstance(meta, CheckMeta) or not callable(value):
        return []
    return [RegisteredCheck(meta, value, getattr(value, "__module__", ""))]
