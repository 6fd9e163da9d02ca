"""What a check is: a decorated pure function from a snapshot to a result."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from config.vocabulary import Cause, Label, Outcome
from snapshot.models import Evidence

CheckFunction = TypeVar("CheckFunction", bound=Callable[..., "Result"])


@dataclass(frozen=True, slots=True)
class CheckMeta:
    """Everything that the registry, the crawler's plan and the docs need to know of a check."""

    id: str
    scope: Literal["portal", "service"]
    labels: tuple[Label, ...]
    probes: tuple[str, ...]
    version: int
    messages: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Result:
    """What a check says: an outcome, a message key with its data, and the evidence it rests on.

    `ceiling` is the highest level that what could not be seen (behind a login or captcha) might still give.
    `stands` marks a level 0 that rests on something seen, with its evidence (the page itself says "only by phone"): it
    needs no earned absence. Any other level 0 is absence, and becomes unknown while candidates are open.
    """

    outcome: Outcome
    key: str
    level: float | None = None
    cause: Cause | None = None
    ceiling: float | None = None
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    stands: bool = False


def check(
    *,
    id: str,
    scope: Literal["portal", "service"],
    labels: tuple[str, ...],
    version: int,
    messages: Mapping[str, Mapping[str, str]],
    probes: tuple[str, ...] = (),
) -> Callable[[CheckFunction], CheckFunction]:
    """Attach metadata to a check function and return it unchanged, so that a test simply calls it.

    Every label must be one of `config.vocabulary.Label`; `messages` maps key -> {"fa": ..., "en": ...}.
    """

    def decorate(function: CheckFunction) -> CheckFunction:
        meta = CheckMeta(
            id=id,
            scope=scope,
            labels=tuple(Label(name) for name in labels),
            probes=probes,
            version=version,
            messages=messages,
        )
        function.check_meta = meta  # type: ignore[attr-defined]
        return function

    return decorate


def at_level(
    level: float,
    key: str,
    *,
    evidence: list[Evidence] | tuple[Evidence, ...] = (),
    confidence: float = 1.0,
    ceiling: float | None = None,
    stands: bool = False,
    **data: Any,
) -> Result:
    """A level on the indicator's grid, with the message key, its data and the evidence. `stands`: see `Result`."""
    return Result(
        Outcome.LEVEL,
        key,
        level=float(level),
        ceiling=ceiling,
        confidence=confidence,
        evidence=tuple(evidence),
        data=data,
        stands=stands,
    )


def not_applicable(key: str, **data: Any) -> Result:
    """The rubric does not apply here; leaves the denominator."""
    return Result(Outcome.NA, key, data=data)


def unknown(
    cause: Cause,
    key: str,
    *,
    evidence: list[Evidence] | tuple[Evidence, ...] = (),
    ceiling: float | None = None,
    **data: Any,
) -> Result:
    """It could not be observed: never zero, never success."""
    return Result(
        Outcome.UNKNOWN, key, cause=cause, ceiling=ceiling, confidence=0.0, evidence=tuple(evidence), data=data
    )
