"""Register and framework as frozen models: who is evaluated, and by which rules."""

from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_serializer

AgencyKind = Literal["main", "high_traffic", "other"]
Participation = Literal["full", "partial", "none"]
Audience = Literal["G2C", "G2B", "G2G"]
ServiceStatus = Literal["full", "semi", "none", "inherent"]
ServiceFlag = Literal["internal", "stopped", "free", "no_identity", "no_exchange"]
NaRule = Literal[
    "no_public_services",  # the agency's has_public_services is false
    "internal",  # service flag
    "stopped",  # service flag
    "inherent",  # service status "inherent"
    "instant",  # service delivered at once
    "free",  # service flag
    "no_identity",  # service flag
    "no_exchange",  # service flag
]


class Frozen(BaseModel):
    """A value that never changes after it was read; unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Agency(Frozen):
    """One row of agencies.csv. `portal_url` is empty where nobody has confirmed an address."""

    id: str
    name_fa: str
    name_en: str
    kind: AgencyKind
    parent: str | None = None
    cluster: str | None = None
    portal_url: str | None = None
    extra_hosts: tuple[str, ...] = ()
    participation: Participation = "none"
    aliases: tuple[str, ...] = ()
    has_public_services: bool = True
    source: str | None = None
    verified: bool | None = None


class Service(Frozen):
    """One row of services.csv. `status` is the agency's own claim; `parent` makes it a sub-service."""

    id: str
    agency: str
    parent: str | None = None
    title_fa: str
    title_en: str = ""
    audience: Audience | None = None
    status: ServiceStatus | None = None
    url: str | None = None
    instant: bool = False
    code: str | None = None
    flags: frozenset[ServiceFlag] = frozenset()
    source: str | None = None
    verified: bool | None = None

    @field_serializer("flags")
    def _flags_in_order(self, flags: frozenset[ServiceFlag]) -> list[ServiceFlag]:
        """A set has no order of its own; digests of a register need one."""
        return sorted(flags)


class Register(Frozen):
    """All agencies and services of an evaluation, in file order."""

    agencies: tuple[Agency, ...]
    services: tuple[Service, ...]

    def agency(self, agency_id: str) -> Agency | None:
        """The agency with this id, or None."""
        return next((a for a in self.agencies if a.id == agency_id), None)

    def services_of(self, agency_id: str) -> tuple[Service, ...]:
        """Services and sub-services of one agency, in file order."""
        return tuple(s for s in self.services if s.agency == agency_id)


def service_units(services: tuple[Service, ...], unit: Literal["leaf", "top"]) -> tuple[Service, ...]:
    """The services that are judged: `leaf` = those without sub-services, `top` = those without a parent."""
    if unit == "top":
        return tuple(s for s in services if s.parent is None)
    parents = {s.parent for s in services}
    return tuple(s for s in services if s.id not in parents)


def _positive(value: Fraction) -> Fraction:
    if value <= 0:
        raise ValueError("a weight must be above 0")
    return value


Weight = Annotated[Fraction, AfterValidator(_positive)]


class Text(Frozen):
    """One sentence or name in each language of the framework."""

    fa: str
    en: str


class Priority(Frozen):
    """A policy priority, e.g. transparent government."""

    id: str
    name: Text
    weight: Weight


class RubricLevel(Frozen):
    """What one level of an indicator means, for evaluators and agencies."""

    level: float = Field(ge=0, le=1)
    text: Text


class ParticipationBonus(Frozen):
    """Points out of 100 that an agency's part in the round's sessions adds to its overall score.

    `full` = it came to every session that it was invited to, `partial` = to some. An agency that refused to co-operate
    gets none. Frameworks without the rule give no bonus.
    """

    full: Fraction
    partial: Fraction = Fraction(0)


class Indicator(Frozen):
    """One question of the framework.

    `levels` is the grid a finding must lie on; `value = "share"` allows every value from 0 to 1 instead.
    `check` names the check that answers it; None stands as "not measured" and lowers coverage.
    `na_when` lists the register facts that make it not applicable.
    `confirm_levels` need an evaluator's decision before a round is frozen.
    """

    id: str
    priority: str
    name: Text
    scope: Literal["portal", "service"]
    check: str | None = None
    weight: Weight = Fraction(1)
    mode: Literal["auto", "browser", "manual"]
    levels: tuple[float, ...] = ()
    value: Literal["grid", "share"] = "grid"
    rubric: tuple[RubricLevel, ...] = ()
    legal_basis: Text | None = None
    na_when: tuple[NaRule, ...] = ()
    confirm_levels: tuple[float, ...] = ()
    options: dict[str, Any] = {}

    def allows(self, level: float) -> bool:
        """Whether a finding may carry this level."""
        if self.value == "share":
            return 0 <= level <= 1
        return level in self.levels


class Framework(Frozen):
    """Priorities, indicators, weights and rubric of an evaluation; versioned data, not code.

    `aggregate` says how a ministry is joined with its subsidiaries: every body counts alike, or every unit.
    `window_indicator` names the indicator whose value is the share of services in a single window, for the counts.
    """

    id: str
    version: str
    name: Text
    status: Text
    service_unit: Literal["leaf", "top"] = "leaf"
    rounding: Literal["half_up", "truncate"] = "half_up"
    decimals: int = 2
    tie_style: Literal["dense", "competition", "positional"] = "competition"
    aggregate: Literal["bodies", "units"] = "bodies"
    window_indicator: str | None = None
    minimum_coverage: Fraction = Fraction(4, 5)
    minimum_priority_coverage: Fraction = Fraction(3, 5)
    priorities: tuple[Priority, ...]
    indicators: tuple[Indicator, ...]
    participation_bonus: ParticipationBonus | None = None

    def indicators_of(self, priority_id: str) -> tuple[Indicator, ...]:
        """The indicators of one priority, in file order."""
        return tuple(i for i in self.indicators if i.priority == priority_id)

    def indicator(self, indicator_id: str) -> Indicator | None:
        """The indicator with this id, or None."""
        return next((i for i in self.indicators if i.id == indicator_id), None)
