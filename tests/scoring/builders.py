"""Small frameworks and findings for the tests of scoring."""

from collections.abc import Sequence
from fractions import Fraction

from checks.findings import Finding, Reason
from config.models import Framework, Indicator, Priority, Text
from config.vocabulary import Cause, Outcome

NAME = Text(fa="نام", en="name")
GRID = (0.0, 0.25, 0.5, 0.75, 1.0)


def framework(weights: Sequence[str] = ("1", "1"), indicators_each: int = 2, **changes: object) -> Framework:
    priorities = [Priority(id=f"P{n}", name=NAME, weight=Fraction(weight)) for n, weight in enumerate(weights)]
    indicators = [
        Indicator(id=f"{p.id}.{n}", priority=p.id, name=NAME, scope="service", mode="auto", levels=GRID)
        for p in priorities
        for n in range(indicators_each)
    ]
    known: dict[str, object] = {
        "id": "t", "version": "1", "name": NAME, "status": NAME,
        "priorities": tuple(priorities), "indicators": tuple(indicators),
    }  # fmt: skip
    return Framework.model_validate({**known, **changes})


def finding(indicator: str, level: float | None, *, agency: str = "a", service: str = "", **changes: object) -> Finding:
    outcome = Outcome.LEVEL if level is not None else Outcome.UNKNOWN
    known: dict[str, object] = {
        "round": "r", "agency": agency, "service": service or None, "indicator": indicator, "outcome": outcome,
        "level": level, "cause": None if level is not None else Cause.TIMEOUT, "reason": Reason(key="k"),
        "text_fa": "", "text_en": "",
    }  # fmt: skip
    return Finding.model_validate({**known, **changes})
