"""Amendments: what is other in a register, framework or window, and whose visits that overtakes."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from config.models import Agency, Framework, Indicator, Register, Service
from store.repository import Round

SHOWN_IDS = 6


@dataclass(frozen=True, slots=True)
class Difference:
    """What an amendment changes, in sentences.

    `agencies` = those whose portal must be visited again, `judging` = the visits must be judged again by the new rules.
    """

    changes: tuple[str, ...]
    agencies: tuple[str, ...]
    judging: bool


def difference(before: Round, after: Round) -> Difference:
    """What is other in a round; no change at all gives no sentence."""
    changes: list[str] = []
    agencies, services = _keyed(before.register.agencies), _keyed(before.register.services)
    new_agencies, new_services = _keyed(after.register.agencies), _keyed(after.register.services)
    changes += _sentences("agency", agencies, new_agencies)
    changes += _sentences("service", services, new_services)
    indicators, new_indicators = _keyed(before.framework.indicators), _keyed(after.framework.indicators)
    changes += _sentences("indicator", indicators, new_indicators)
    changes += _sentences("priority", _keyed(before.framework.priorities), _keyed(after.framework.priorities))
    changes += _rules(before.framework, after.framework)
    for key in ("window_from", "window_to"):
        old, new = getattr(before, key), getattr(after, key)
        if old != new:
            changes.append(f"{key.replace('_', ' ')}: {_shown(old)} -> {_shown(new)}")
    return Difference(
        changes=tuple(changes),
        agencies=_overtaken(before.register, after.register),
        judging=_judging_of(before.framework) != _judging_of(after.framework),
    )


def _keyed(entries: Iterable[Agency] | Iterable[Service] | Iterable[Indicator] | Iterable[object]) -> dict[str, object]:
    return {str(getattr(entry, "id", "")): entry for entry in entries}


def _sentences(what: str, before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    groups = {
        "added": [key for key in after if key not in before],
        "removed": [key for key in before if key not in after],
        "changed": [key for key in after if key in before and before[key] != after[key]],
    }
    return [f"{what} {word}: {_some(ids)}" for word, ids in groups.items() if ids]


def _some(ids: list[str]) -> str:
    more = len(ids) - SHOWN_IDS
    return ", ".join(ids[:SHOWN_IDS]) + (f" and {more} more" if more > 0 else "")


def _rules(before: Framework, after: Framework) -> list[str]:
    found: list[str] = []
    for key in Framework.model_fields:
        old, new = getattr(before, key), getattr(after, key)
        if key not in ("priorities", "indicators") and old != new:
            found.append(f"framework {key}: {_shown(old)} -> {_shown(new)}")
    return found


def _shown(value: object) -> str:
    if value is None:
        return "none"
    return str(getattr(value, "en", value))


def _judging_of(framework: Framework) -> Hashable:
    """The part of a framework that findings hang on; weights, names and rounding are none of it."""
    return (
        framework.service_unit,
        *(
            (i.id, i.scope, i.check, i.levels, i.value, i.na_when, repr(sorted(i.options.items())))
            for i in framework.indicators
        ),
    )


def _overtaken(before: Register, after: Register) -> tuple[str, ...]:
    """Agencies whose own row or services changed in a way that a visit depends on."""
    old, new = _visited_facts(before), _visited_facts(after)
    return tuple(agency for agency in new if agency in old and old[agency] != new[agency])


def _visited_facts(register: Register) -> dict[str, tuple[object, ...]]:
    services: dict[str, list[object]] = {agency.id: [] for agency in register.agencies}
    for service in register.services:
        services.setdefault(service.agency, []).append(service.model_dump(exclude={"source", "verified", "audience"}))
    unseen = {"kind", "parent", "cluster", "participation", "source", "verified"}
    return {agency.id: (agency.model_dump(exclude=unseen), services[agency.id]) for agency in register.agencies}
